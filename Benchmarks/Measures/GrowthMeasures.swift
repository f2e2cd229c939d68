import Engine

/// What one operation costs in a large table against a small one.
enum GrowthMeasures {
    static var all: [Measure] { [inProcess] }

    private static let small = 10_000
    private static let large = 1_000_000
    private static let operations = 20_000

    private static var inProcess: Measure {
        Measure(
            name: "growth-engine",
            title: "one `GetItem` and one `PutItem` in process, at 1 M items",
            opponent: "the same at 10 k items",
            unit: .microseconds,
            target: .ratioAtMost(floor: 3, goal: 2)
        ) { bench in
            let large = LoadedTable(count: GrowthMeasures.large)
            let small = LoadedTable(count: GrowthMeasures.small)
            return bench.compareOften {
                seconds { bench.keep(large.work(operations)) }
            } opponent: {
                seconds { bench.keep(small.work(operations)) }
            }.microseconds(operations)
        }
    }
}

private final class LoadedTable {
    private let data: DataSet
    private let table: EngineTable
    private var next = 0

    init(count: Int) {
        data = DataSet(count: count)
        table = EngineTable(data)
        table.load(data.writeOrder)
    }

    /// Reads one item and replaces another, `count` times, at places in random order.
    func work(_ count: Int) -> Int {
        let places = (0..<count).map { data.readOrder[(next + $0) % data.count] }
        next += count
        var bytes = 0
        for place in stride(from: 0, to: count, by: 1) {
            bytes += table.readEach([places[place]])
            table.load([places[count - 1 - place]])
        }
        return bytes
    }
}
