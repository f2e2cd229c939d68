import Glibc

/// Shows what is taller than the screen through `$PAGER`, else `less`.
enum Pager {
    static func show(_ bytes: [UInt8], height: Int, console: Console) {
        let lineCount = bytes.count { $0 == UInt8(ascii: "\n") }
        guard lineCount >= height - 1, !pipe(bytes, console) else {
            console.out.write { $0.append(contentsOf: bytes) }
            return
        }
    }

    /// False when the pager cannot be started.
    private static func pipe(_ bytes: [UInt8], _ console: Console) -> Bool {
        let command = Environment.value("PAGER") ?? "less"
        if command.isEmpty || command == "cat" { return false }
        // F: quit if it fits, R: keep colours, S: cut long lines, X: leave the text on the screen.
        setenv("LESS", "FRSX", 0)
        console.flush()
        // Ctrl-C is the pager's while it runs.
        let former = signal(SIGINT, SIG_IGN)
        defer { signal(SIGINT, former) }
        guard let stream = popen(command, "w") else { return false }
        bytes.withUnsafeBytes { _ = fwrite($0.baseAddress, 1, $0.count, stream) }
        return pclose(stream) >> 8 != 127
    }
}
