import Glibc

/// A pseudo-terminal, for programs that behave otherwise on one.
struct Terminal {
    private let controller: Int32
    /// The end that programs are started on.
    private let line: Int32

    init() {
        var (controller, line): (Int32, Int32) = (-1, -1)
        let code = openpty(&controller, &line, nil, nil, nil)
        precondition(code == 0, "a terminal must be had")
        _ = fcntl(controller, F_SETFD, FD_CLOEXEC)
        _ = fcntl(line, F_SETFD, FD_CLOEXEC)
        (self.controller, self.line) = (controller, line)
    }

    /// Starts a program on the terminal, waits until it has been silent for a moment, and answers its memory in bytes.
    func idleMemory(of path: String, _ arguments: [String]) -> Int {
        let child = ChildProcess(
            path,
            arguments,
            input: .descriptor(line),
            output: .descriptor(line),
            errors: .descriptor(line)
        )
        close(line)
        readUntilSilent()
        let memory = ResidentMemory.of(child.id)
        child.kill()
        close(controller)
        return memory
    }

    private func readUntilSilent() {
        var waited = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
        var chunk = [UInt8](repeating: 0, count: 4_096)
        while poll(&waited, 1, 500) > 0 {
            if read(controller, &chunk, chunk.count) <= 0 { return }
        }
    }
}
