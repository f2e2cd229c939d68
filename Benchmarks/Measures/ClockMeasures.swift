import Engine
import Model

/// What time costs that passes without requests.
enum ClockMeasures {
    static var all: [Measure] { [idleHour] }

    private static let items = 1_000
    private static let partitions = 10
    private static let hour: Int64 = 3_600_000_000

    private static var idleHour: Measure {
        Measure(
            name: "clock-idle-hour",
            title: "a simulated hour of an idle table: ten partitions, a GSI, 1,000 items",
            opponent: "",
            unit: .milliseconds,
            target: .figureAtMost(floor: 1_000, goal: 10)
        ) { bench in
            let data = DataSet(count: items)
            let figures = (0..<bench.pairs).map { _ in
                // What the last requests left to do is part of the hour.
                let table = EngineTable(data, profile: .teach, index: .byCity, partitions: partitions)
                table.load(data.writeOrder)
                return seconds { table.pass(microseconds: hour) } * 1_000
            }
            return Finding(ours: figures.median, opponents: nil, ratio: nil)
        }
    }
}
