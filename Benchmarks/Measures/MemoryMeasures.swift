import Engine

/// What an item costs in memory, measured in a process of its own.
enum MemoryMeasures {
    static var all: [Measure] { [item] }

    private static var item: Measure {
        Measure(
            name: "memory-item",
            title: "memory for a 400-byte item with its three replicas",
            opponent: "",
            unit: .bytes,
            target: .figureAtMost(floor: 1_000, goal: 700)
        ) { bench in
            let figures = (0..<3).map { _ in
                Double(ChildProcess.output(of: "/proc/self/exe", [ChildTask.itemMemory.rawValue, "\(bench.count)"]))!
            }
            return Finding(ours: figures.median, opponents: nil, ratio: nil)
        }
    }

    /// The child's part: bytes by which the process grows for each item.
    static func measureItemMemory(count: Int) -> Double {
        // With 337 letters an item has 400 bytes, as the service counts them.
        let data = DataSet(count: count, noteBytes: 337)
        let table = EngineTable(data)
        let first = Array(data.writeOrder.prefix(64))
        let others = Array(data.writeOrder.dropFirst(64))
        table.load(first)
        let before = ResidentMemory.ofThisProcess()
        table.load(others)
        let after = ResidentMemory.ofThisProcess()
        withExtendedLifetime(table) {}
        return Double(after - before) / Double(others.count)
    }
}
