import Glibc

/// Shows what is taller than the screen through `$PAGER`, else `less`.
enum Pager {
    static func show(_ bytes: [UInt8], height: Int, console: Console) {
        let lineCount = bytes.count { $0 == UInt8(ascii: "\n") }
        if lineCount >= height - 1, pipe(bytes, console) { return }
        console.out.write { $0.append(contentsOf: bytes) }
    }

    /// False when the pager cannot be started.
    private static func pipe(_ bytes: [UInt8], _ console: Console) -> Bool {
        let command = Environment.value("PAGER") ?? "less"
        if command.isEmpty || command == "cat" { return false }
        // F: quit if it fits, R: keep colours, S: cut long lines, X: leave the text on the screen.
        setenv("LESS", "FRSX", 0)
        console.flush()
        guard let stream = ChildSignals.restoringSIGPIPE({ popen(command, "w") }) else { return false }
        return ChildSignals.leavingInterruptsToChild {
            bytes.withUnsafeBytes { _ = fwrite($0.baseAddress, 1, $0.count, stream) }
            return pclose(stream) >> 8 != 127
        }
    }
}

/// What the processes that the shell starts do with signals. An ignored one stays ignored in a child, whereas one that
/// has a handler gets its usual action back.
enum ChildSignals {
    /// Starts a child with `body`: it shall end when its own reader leaves.
    static func restoringSIGPIPE<R>(_ body: () -> R) -> R { with(SIG_DFL, for: SIGPIPE, body) }

    /// Ctrl-C is the child's alone while `body` runs. The child must have been started before.
    static func leavingInterruptsToChild<R>(_ body: () -> R) -> R { with(SIG_IGN, for: SIGINT, body) }

    /// `signal` would put the former handler back with SA_RESTART, and Ctrl-C would no longer end a `read`.
    private static func with<R>(_ handler: __sighandler_t?, for number: Int32, _ body: () -> R) -> R {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = handler
        var former = sigaction()
        sigaction(number, &action, &former)
        defer { sigaction(number, &former, nil) }
        return body()
    }
}
