import Glibc
import Simulator

/// Workers side by side, each a process with every so many of the seeds, and what they found.
struct Fleet {
    /// One process and what it has said so far.
    private struct Member {
        var process: pid_t
        var output: Int32
        var text: [UInt8] = []
        var nextSeed: UInt64
        var seedsLeft: Int
        var current: UInt64?
        var report: [String] = []
        var lastHeard: Int
    }

    private let firstSeed: UInt64
    private let seeds: Int
    private let operations: Int
    private let workers: Int
    private var members: [Member] = []
    private var figures = Figures()
    private var finished = 0
    private var failures: [(seed: UInt64, report: [String])] = []
    /// Seconds after which a silent worker counts as stuck.
    private static let patience = 180

    init(firstSeed: UInt64, seeds: Int, operations: Int, workers: Int) {
        self.firstSeed = firstSeed
        self.seeds = seeds
        self.operations = operations
        self.workers = min(workers, seeds)
    }

    /// True when every promise was kept.
    mutating func run() -> Bool {
        let begin = Fleet.seconds
        for number in 0..<workers {
            let share = (seeds - number + workers - 1) / workers
            start(nextSeed: firstSeed + UInt64(number), seedsLeft: share)
        }
        while !members.isEmpty { listen() }
        conclude(seconds: Fleet.seconds - begin)
        return failures.isEmpty
    }

    private mutating func start(nextSeed: UInt64, seedsLeft: Int) {
        let arguments = [
            "simulate", "--first-seed", "\(nextSeed)", "--seeds", "\(seedsLeft)", "--step", "\(workers)",
            "--operations", "\(operations)",
        ]
        guard let (process, output) = Fleet.spawn(arguments) else {
            failures.append((nextSeed, ["no worker could be started"]))
            return
        }
        members.append(
            Member(
                process: process,
                output: output,
                nextSeed: nextSeed,
                seedsLeft: seedsLeft,
                lastHeard: Fleet.seconds
            )
        )
    }

    // MARK: Listening

    private mutating func listen() {
        var polls = members.map { pollfd(fd: $0.output, events: Int16(POLLIN), revents: 0) }
        poll(&polls, nfds_t(polls.count), 1_000)
        var ended: [Int] = []
        for (number, state) in polls.enumerated() {
            if state.revents != 0 {
                members[number].lastHeard = Fleet.seconds
                if !read(from: number) { ended.append(number) }
            } else if Fleet.seconds - members[number].lastHeard > Fleet.patience {
                kill(members[number].process, SIGKILL)
                members[number].report.append("it did not come to an end")
                members[number].lastHeard = Fleet.seconds
            }
        }
        for number in ended.reversed() { bury(number) }
    }

    /// False at the end of what the worker has to say.
    private mutating func read(from number: Int) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(members[number].output, &buffer, buffer.count)
        if count <= 0 { return count < 0 && errno == EINTR }
        members[number].text += buffer[..<count]
        while let end = members[number].text.firstIndex(of: UInt8(ascii: "\n")) {
            let line = String(decoding: members[number].text[..<end], as: UTF8.self)
            members[number].text.removeSubrange(...end)
            hear(line, from: number)
        }
        return true
    }

    private mutating func hear(_ line: String, from number: Int) {
        guard let space = line.firstIndex(of: " ") else { return }
        let rest = line[line.index(after: space)...]
        switch line[..<space] {
        case "start": members[number].current = UInt64(rest)
        case "line": members[number].report.append(String(rest))
        case "figure":
            guard let equals = rest.lastIndex(of: "=") else { return }
            figures[String(rest[..<equals])] += Int(rest[rest.index(after: equals)...]) ?? 0
        case "end":
            if !members[number].report.isEmpty, let seed = members[number].current {
                failures.append((seed, members[number].report))
            }
            members[number].report = []
            endSeed(number)
        default: break
        }
    }

    private mutating func endSeed(_ number: Int) {
        members[number].current = nil
        members[number].nextSeed += UInt64(workers)
        members[number].seedsLeft -= 1
        finished += 1
        if finished % max(1, seeds / 20) == 0 {
            print("\(finished) of \(seeds) seeds, \(failures.count) failed")
            fflush(nil)
        }
    }

    /// The worker has ended. In the middle of a seed that is a failure, and another goes on behind it.
    private mutating func bury(_ number: Int) {
        var status: Int32 = 0
        waitpid(members[number].process, &status, 0)
        close(members[number].output)
        if let seed = members[number].current {
            let report =
                members[number].report + [
                    "the process ended in the middle of it, with status \(status)",
                    "replay: simulate --seed \(seed) --operations \(operations)",
                ]
            failures.append((seed, report))
            endSeed(number)
        }
        let member = members.remove(at: number)
        if member.seedsLeft > 0 { start(nextSeed: member.nextSeed, seedsLeft: member.seedsLeft) }
    }

    // MARK: The end

    private mutating func conclude(seconds: Int) {
        failures.sort { $0.seed < $1.seed }
        for (seed, report) in failures.prefix(10) {
            print("seed \(seed) failed")
            for line in report { print("  \(line)") }
        }
        print("")
        for (name, count) in figures.rows where name != "simulated seconds" { print("\(name): \(count)") }
        let minutes = figures["simulated seconds"] / 60
        print("simulated time: \(minutes / 60) h \(minutes % 60) min")
        print("seconds: \(seconds)")
        if failures.isEmpty { return }
        print("failed seeds: \(failures.map { "\($0.seed)" }.joined(separator: " "))")
        print("replay one with: simulate --seed \(failures[0].seed) --operations \(operations)")
    }

    private static var seconds: Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec
    }

    /// Starts this program again with other arguments; what it prints comes out of `output`.
    private static func spawn(_ arguments: [String]) -> (process: pid_t, output: Int32)? {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return nil }
        // A worker must not hold another one's pipe open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            close(ends[1])
        }
        var words = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        guard posix_spawn(&process, "/proc/self/exe", &actions, nil, &words, nil) == 0 else {
            close(ends[0])
            return nil
        }
        return (process, ends[0])
    }
}
