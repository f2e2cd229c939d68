@preconcurrency import Glibc

/// Statements kept across sessions: one entry a line, oldest first, `\n` and `\\` escaped.
///
/// Each statement is appended as it is entered, under a lock, so several shells share one file and nothing is lost if
/// one of them dies. Only the owner may read it (0600).
struct HistoryFile {
    let path: String

    /// The newest `countMax` entries. A file that cannot be read counts as empty.
    ///
    /// When more than twice as many lie in the file, the older ones are dropped from it.
    func load(countMax: Int) -> [String] {
        guard let text = read() else { return [] }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
        if lines.count > 2 * countMax { trim(countMax: countMax) }
        return lines.suffix(countMax).map { Self.unescape($0) }
    }

    /// Failure is not reported: a full disk must not keep anyone from working.
    func append(_ entry: String) {
        guard let descriptor = openLocked(O_WRONLY | O_APPEND | O_CREAT) else { return }
        defer { close(descriptor) }
        writeAll(Self.escape(entry) + "\n", to: descriptor)
    }

    static func escape(_ entry: String) -> String {
        var line = ""
        for scalar in entry.unicodeScalars {
            switch scalar {
            case "\\": line += "\\\\"
            case "\n": line += "\\n"
            case "\r": line += "\\r"
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    static func unescape(_ line: some StringProtocol) -> String {
        var entry = ""
        var isEscaped = false
        for scalar in line.unicodeScalars {
            if isEscaped {
                switch scalar {
                case "n": entry += "\n"
                case "r": entry += "\r"
                default: entry.unicodeScalars.append(scalar)
                }
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else {
                entry.unicodeScalars.append(scalar)
            }
        }
        return entry
    }

    /// Replaces the file by its newest entries. It is read again under the lock, for another shell may have trimmed it.
    private func trim(countMax: Int) {
        guard let lock = openLocked(O_WRONLY) else { return }
        defer { close(lock) }
        guard let text = read() else { return }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
        let draft = "\(path).\(getpid())"
        guard lines.count > countMax, case let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC, 0o600),
            descriptor >= 0
        else { return }
        let isWritten = writeAll(lines.suffix(countMax).joined(separator: "\n") + "\n", to: descriptor)
        close(descriptor)
        if !isWritten || rename(draft, path) != 0 { unlink(draft) }
    }

    private func read() -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = Glibc.read(descriptor, &block, block.count), count > 0 {
            bytes += block.prefix(count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Opens the file and locks it until it is closed. If a trim replaced it in between, the new one is opened.
    private func openLocked(_ flags: Int32) -> Int32? {
        createFolder()
        while true {
            let descriptor = open(path, flags | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { return nil }
            while flock(descriptor, LOCK_EX) != 0 && errno == EINTR {}
            var opened = stat()
            var named = stat()
            fstat(descriptor, &opened)
            if stat(path, &named) == 0, opened.st_ino == named.st_ino, opened.st_dev == named.st_dev {
                fchmod(descriptor, 0o600)
                return descriptor
            }
            close(descriptor)
        }
    }

    private func createFolder() {
        let parts = path.split(separator: "/", omittingEmptySubsequences: true).dropLast()
        var folder = path.hasPrefix("/") ? "" : "."
        for part in parts {
            folder += "/" + part
            mkdir(folder, 0o700)
        }
    }

    @discardableResult
    private func writeAll(_ text: String, to descriptor: Int32) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while rest.count > 0 {
                let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if written < 0 && errno != EINTR { return false }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(max(0, written)))
            }
            return true
        }
    }
}
