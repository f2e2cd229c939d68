import Glibc

/// A program that is started, fed from a file and waited for.
struct ChildProcess {
    enum Stream {
        case nothing
        case file(String)
        case descriptor(Int32)
    }

    let id: pid_t

    init(_ path: String, _ arguments: [String], input: Stream, output: Stream, errors: Stream = .nothing) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        ChildProcess.add(input, as: 0, O_RDONLY, to: &actions)
        ChildProcess.add(output, as: 1, O_WRONLY | O_CREAT | O_TRUNC, to: &actions)
        ChildProcess.add(errors, as: 2, O_WRONLY | O_CREAT | O_TRUNC, to: &actions)
        var vector = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for text in vector { free(text) } }
        var started = pid_t()
        let code = posix_spawnp(&started, path, &actions, nil, &vector, environ)
        precondition(code == 0, "\(path) cannot be started")
        id = started
    }

    private static func add(
        _ stream: Stream,
        as descriptor: Int32,
        _ flags: Int32,
        to actions: inout posix_spawn_file_actions_t
    ) {
        switch stream {
        case .nothing: posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", flags, 0)
        case .file(let path): posix_spawn_file_actions_addopen(&actions, descriptor, path, flags, 0o600)
        case .descriptor(let open): posix_spawn_file_actions_adddup2(&actions, open, descriptor)
        }
    }

    /// Its exit code; 128 and more for a signal.
    @discardableResult
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0 && errno == EINTR {}
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    func kill() {
        _ = Glibc.kill(id, SIGKILL)
        wait()
    }
}

extension ChildProcess {
    /// Runs a program to its end on a script, results to /dev/null. Answers the seconds it took.
    static func run(_ path: String, _ arguments: [String], script: String) -> Double {
        var code: Int32 = 0
        let time = seconds {
            code = ChildProcess(path, arguments, input: .file(script), output: .nothing).wait()
        }
        precondition(code == 0, "\(path) < \(script) ended with \(code)")
        return time
    }

    /// Runs a program on scripts behind one another, through a pipe. Answers the seconds in which it took in each: a
    /// pipe holds little, so that the writer is never more than a few hundred statements ahead.
    static func feed(_ path: String, _ arguments: [String], scripts: [String]) -> [Double] {
        let (reader, writer) = makePipe()
        let child = ChildProcess(path, arguments, input: .descriptor(reader), output: .nothing)
        close(reader)
        let times = scripts.map { script in seconds { File.copy(script, to: writer) } }
        close(writer)
        let code = child.wait()
        precondition(code == 0, "\(path) ended with \(code)")
        return times
    }

    /// What a program writes, without the last line end.
    static func output(of path: String, _ arguments: [String], script: String? = nil) -> String {
        let (reader, writer) = makePipe()
        let child = ChildProcess(
            path,
            arguments,
            input: script.map { .file($0) } ?? .nothing,
            output: .descriptor(writer),
            errors: .descriptor(2)
        )
        close(writer)
        let bytes = File.readToEnd(reader)
        close(reader)
        let code = child.wait()
        precondition(code == 0, "\(path) ended with \(code)")
        return String(decoding: bytes.last == 10 ? bytes.dropLast() : bytes[...], as: UTF8.self)
    }

    /// Seconds from the start of a program to the first byte it answers.
    static func timeToFirstAnswer(_ path: String, _ arguments: [String], script: String? = nil) -> Double {
        let (reader, writer) = makePipe()
        var child: ChildProcess?
        let time = seconds {
            child = ChildProcess(
                path,
                arguments,
                input: script.map { .file($0) } ?? .nothing,
                output: .descriptor(writer)
            )
            close(writer)
            var byte: UInt8 = 0
            let count = read(reader, &byte, 1)
            precondition(count == 1, "\(path) must answer something")
        }
        _ = File.readToEnd(reader)
        close(reader)
        child?.wait()
        return time
    }

    private static func makePipe() -> (reader: Int32, writer: Int32) {
        var ends: [Int32] = [0, 0]
        let code = pipe(&ends)
        precondition(code == 0, "a pipe must be had")
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}
