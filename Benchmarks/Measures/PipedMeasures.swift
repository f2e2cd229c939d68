/// Scripts of statements through the shell, beside the same through sqlite3: `program < file`, results to /dev/null.
enum PipedMeasures {
    static var all: [Measure] { [put, putBesideIndexed, get, query, growth] }

    private static let sqlite = "sqlite3"
    private static let inMemory = [":memory:"]

    private static var put: Measure {
        Measure(
            name: "piped-put",
            title: "piped `PutItem`, in memory",
            opponent: "`sqlite3 :memory:` INSERT in one transaction",
            unit: .perSecond,
            target: .ratioAtLeast(floor: 1.2, goal: 2.5),
            take: { put($0, beside: .clusteredSQL) }
        )
    }

    private static var putBesideIndexed: Measure {
        Measure(
            name: "piped-put-indexed",
            title: "piped `PutItem`, in memory",
            opponent: "the same into a table with rowid and index",
            unit: .perSecond,
            target: .ratioAtLeast(floor: nil, goal: nil),
            take: { put($0, beside: .indexedSQL) }
        )
    }

    private static func put(_ bench: Workbench, beside language: Scripts.Language) -> Finding? {
        guard bench.hasShell else { return nil }
        let scripts = Scripts(bench.data, in: bench.scripts)
        let (ours, theirs) = (scripts.load(.sortkey), scripts.load(language))
        return bench.compare {
            ChildProcess.run(bench.shell, [], script: ours)
        } opponent: {
            ChildProcess.run(sqlite, inMemory, script: theirs)
        }.rates(bench.count)
    }

    private static var get: Measure {
        Measure(
            name: "piped-get",
            title: "piped `GetItem`, item printed",
            opponent: "`sqlite3` point SELECT, in memory",
            unit: .perSecond,
            target: .ratioAtLeast(floor: 1.2, goal: 2.5)
        ) { bench in
            guard bench.hasShell else { return nil }
            return read(bench, operations: bench.count) { scripts, language in scripts.get(language, bench.count) }
        }
    }

    private static var query: Measure {
        Measure(
            name: "piped-query",
            title: "piped `Query` of 20 items",
            opponent: "`sqlite3` range SELECT of 20 rows",
            unit: .perSecond,
            target: .ratioAtLeast(floor: 1, goal: 1.5)
        ) { bench in
            guard bench.hasShell else { return nil }
            let ranges = RowRange.twenties(bench.count / 4, of: bench.data)
            return read(bench, operations: ranges.count) { scripts, language in scripts.query(language, ranges) }
        }
    }

    /// Times scripts that load and read, and takes off what loading alone takes.
    private static func read(
        _ bench: Workbench,
        operations: Int,
        script: (Scripts, Scripts.Language) -> String
    ) -> Finding {
        let scripts = Scripts(bench.data, in: bench.scripts)
        let (ours, theirs) = (script(scripts, .sortkey), script(scripts, .clusteredSQL))
        let (ourLoad, theirLoad) = (scripts.load(.sortkey), scripts.load(.clusteredSQL))
        return bench.compare {
            ChildProcess.run(bench.shell, [], script: ours) - ChildProcess.run(bench.shell, [], script: ourLoad)
        } opponent: {
            ChildProcess.run(sqlite, inMemory, script: theirs) - ChildProcess.run(sqlite, inMemory, script: theirLoad)
        }.rates(operations)
    }

    private static let operationsOfGrowth = 200_000

    private static var growth: Measure {
        Measure(
            name: "growth-piped",
            title: "one `PutItem` piped, at 1 M items",
            opponent: "the same at 10 k items",
            unit: .microseconds,
            target: .ratioAtMost(floor: 1.6, goal: 1.3)
        ) { bench in
            guard bench.hasShell else { return nil }
            let large = Scripts(DataSet(count: 1_000_000), in: bench.scripts)
            let small = Scripts(DataSet(count: 10_000), in: bench.scripts)
            return Pairs.measure(min(bench.pairs, 3)) {
                overwrite(large, bench)
            } opponent: {
                overwrite(small, bench)
            }.microseconds(operationsOfGrowth)
        }
    }

    /// Seconds for writing rows again that are there already.
    private static func overwrite(_ scripts: Scripts, _ bench: Workbench) -> Double {
        let (load, again) = (scripts.load(.sortkey), scripts.overwrite(.sortkey, operationsOfGrowth))
        return ChildProcess.feed(bench.shell, [], scripts: [load, again])[1]
    }
}
