import Engine
import Model

/// The engine in process, beside SQLite through its C API.
enum EngineMeasures {
    static var all: [Measure] { [putServe, putTeach, putBesideIndexed, putMade, get, query, putWithIndex] }

    private static var putServe: Measure {
        Measure(
            name: "engine-put-serve",
            title: "engine `PutItem`, three replicas, profile serve",
            opponent: "SQLite prepared INSERT, memory, one transaction",
            unit: .perSecond,
            target: .ratioAtLeast(floor: 0.8, goal: 1.5),
            take: { put($0, profile: .serve) }
        )
    }

    private static var putTeach: Measure {
        Measure(
            name: "engine-put-teach",
            title: "engine `PutItem`, three replicas, profile teach",
            opponent: "SQLite prepared INSERT, memory, one transaction",
            unit: .perSecond,
            target: .ratioAtLeast(floor: 0.8, goal: 1.5),
            take: { put($0, profile: .teach) }
        )
    }

    private static var putBesideIndexed: Measure {
        Measure(
            name: "engine-put-indexed",
            title: "engine `PutItem`, profile serve",
            opponent: "the same into a table with rowid and index",
            unit: .perSecond,
            target: .ratioAtLeast(floor: nil, goal: nil),
            take: { put($0, profile: .serve, beside: .indexed) }
        )
    }

    private static func put(
        _ bench: Workbench,
        profile: Profile,
        beside form: SQLiteTable.Form = .clustered
    ) -> Finding {
        let data = bench.data
        return bench.compare {
            let table = EngineTable(data, profile: profile)
            return seconds { table.load(data.writeOrder) }
        } opponent: {
            let table = SQLiteTable(data, form)
            return seconds { table.load(data.writeOrder) }
        }.rates(data.count)
    }

    private static var putMade: Measure {
        Measure(
            name: "engine-put-made",
            title: "engine `PutItem` of items that are made already",
            opponent: "our own, item made from its attributes in the loop",
            unit: .perSecond,
            target: .ratioAtLeast(floor: nil, goal: nil)
        ) { bench in
            let data = bench.data
            var maker = ItemMaker(data)
            let items = data.writeOrder.map { maker.item(data.rows[$0]) }
            return bench.compare {
                let table = EngineTable(data)
                return seconds { table.put(items) }
            } opponent: {
                let table = EngineTable(data)
                return seconds { table.load(data.writeOrder) }
            }.rates(data.count)
        }
    }

    private static var get: Measure {
        Measure(
            name: "engine-get",
            title: "engine `GetItem`, strong",
            opponent: "SQLite prepared SELECT",
            unit: .perSecond,
            target: .ratioAtLeast(floor: 1.3, goal: 2)
        ) { bench in
            let data = bench.data
            let (table, sqlite) = loadedTables(data)
            return bench.compareOften {
                seconds { bench.keep(table.readEach(data.readOrder)) }
            } opponent: {
                seconds { bench.keep(sqlite.readEach(data.readOrder)) }
            }.rates(data.count)
        }
    }

    private static var query: Measure {
        Measure(
            name: "engine-query",
            title: "engine `Query` of 20 items, strong",
            opponent: "SQLite prepared range SELECT of 20 rows",
            unit: .perSecond,
            target: .ratioAtLeast(floor: nil, goal: nil)
        ) { bench in
            let data = bench.data
            let (table, sqlite) = loadedTables(data)
            let ranges = RowRange.twenties(data.count / 4, of: data)
            return bench.compareOften {
                seconds { bench.keep(table.readRanges(ranges)) }
            } opponent: {
                seconds { bench.keep(sqlite.readRanges(ranges)) }
            }.rates(ranges.count)
        }
    }

    private static var putWithIndex: Measure {
        Measure(
            name: "engine-gsi-put",
            title: "`PutItem` with one ALL-projected GSI",
            opponent: "our own without",
            unit: .perSecond,
            target: .ratioAtLeast(floor: 0.35, goal: 0.5)
        ) { bench in
            let data = bench.data
            return bench.compare {
                let table = EngineTable(data, index: .byCity)
                return seconds { table.load(data.writeOrder) }
            } opponent: {
                let table = EngineTable(data)
                return seconds { table.load(data.writeOrder) }
            }.rates(data.count)
        }
    }

    private static func loadedTables(_ data: DataSet) -> (EngineTable, SQLiteTable) {
        let table = EngineTable(data)
        table.load(data.writeOrder)
        let sqlite = SQLiteTable(data, .clustered)
        sqlite.load(data.writeOrder)
        return (table, sqlite)
    }
}
