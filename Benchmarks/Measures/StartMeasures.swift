/// How the shell starts, and what it needs while nobody types.
enum StartMeasures {
    static var all: [Measure] { [start, memory] }

    private static let starts = 41

    private static var start: Measure {
        Measure(
            name: "start-shell",
            title: "start to first answer: shell",
            opponent: "`sqlite3 :memory: 'select 1'`",
            unit: .milliseconds,
            target: .figureAtMost(floor: 10, goal: 4)
        ) { bench in
            guard bench.hasShell else { return nil }
            let script = bench.scripts.write("first.sk") {
                $0.append("CreateTable app (pk S) ON DEMAND;\nDescribe app;\n")
            }
            return Pairs.measure(starts) {
                ChildProcess.timeToFirstAnswer(bench.shell, [], script: script)
            } opponent: {
                ChildProcess.timeToFirstAnswer("sqlite3", [":memory:", "select 1"])
            }.milliseconds()
        }
    }

    private static var memory: Measure {
        Measure(
            name: "memory-shell",
            title: "idle memory: shell",
            opponent: "`sqlite3` at its prompt",
            unit: .megabytes,
            target: .figureAtMost(floor: 15, goal: 10)
        ) { bench in
            guard bench.hasShell else { return nil }
            return Pairs.measure(3) {
                Double(Terminal().idleMemory(of: bench.shell, []))
            } opponent: {
                Double(Terminal().idleMemory(of: "sqlite3", []))
            }.megabytes()
        }
    }
}
