import Glibc
import LineEditor

/// Whole scripts: files, text, and streams.
extension Session {
    /// How deep `.read` and Sample may nest.
    private static let depthMax = 16

    /// Runs text given at once, such as that of `-c`.
    public func runScript(_ text: String, name: String? = nil) -> Outcome {
        var text = text
        let feed = StatementFeed(self, name: name)
        let outcome = text.withUTF8 { feed.append(UnsafeRawBufferPointer($0)) }
        return outcome ?? feed.finish() ?? .succeeded
    }

    /// Runs what an open file holds, to its end.
    public func runScript(descriptor: Int32, name: String) -> Outcome {
        let feed = StatementFeed(self, name: name)
        var chunk = [UInt8](repeating: 0, count: InputFile.chunkSize)
        while true {
            flushBeforeWaiting(for: descriptor)
            if InputFile.waitForInput(descriptor) == .interrupted { return .cancelled }
            let count = InputFile.read(descriptor, into: &chunk)
            if count == 0 { return feed.finish() ?? .succeeded }
            if count < 0 {
                if errno == EINTR, !InterruptFlag.isSet { continue }
                if errno == EINTR { return .cancelled }
                return fail(with: Diagnostic(message: "cannot read \(name): \(errorText(errno))"))
            }
            if let outcome = chunk.withUnsafeBytes({ feed.append(UnsafeRawBufferPointer(rebasing: $0[..<count])) }) {
                return outcome
            }
        }
    }

    /// Whoever feeds statements through a pipe and waits for the answers must get them.
    private func flushBeforeWaiting(for descriptor: Int32) {
        var readable = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        if poll(&readable, 1, 0) != 1 { console.flush() }
    }

    /// Nil when the file cannot be read.
    public func runScript(file path: String) -> Outcome? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
            errno = EISDIR
            return nil
        }
        return runScript(descriptor: descriptor, name: path)
    }

    // MARK: Scripts within scripts

    func readScript(_ path: String) throws(StatementFailure) -> Outcome {
        let resolved = resolve(path)
        return try nested {
            guard let outcome = runScript(file: resolved) else {
                let message = "cannot read \(path): \(errorText(errno))"
                return fail(with: Diagnostic(location: runningPosition.text, message: message))
            }
            return outcome
        }
    }

    /// A relative path counts from the folder of the script that names it, if there is such a file.
    private func resolve(_ path: String) -> String {
        guard !path.hasPrefix("/"), let script = runningPosition.file, let slash = script.lastIndex(of: "/") else {
            return path
        }
        let beside = script[...slash] + path
        return access(String(beside), R_OK) == 0 ? String(beside) : path
    }

    func nested(_ body: () -> Outcome) throws(StatementFailure) -> Outcome {
        guard readingDepth < Self.depthMax else {
            throw .message("scripts are nested too deeply", details: ["does one read itself?"])
        }
        let position = runningPosition
        readingDepth += 1
        defer {
            readingDepth -= 1
            runningPosition = position
        }
        let wasInteractive = settings.isInteractive
        // A script within a conversation stops at its first error, too.
        settings.isInteractive = false
        defer { settings.isInteractive = wasInteractive }
        return body()
    }
}
