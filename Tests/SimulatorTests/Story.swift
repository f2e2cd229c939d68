import Engine
import Glibc
import Model

@testable import Simulator

/// A history told by hand. Moments are small numbers.
struct Story {
    var history = History()
    var order = CommitOrder()

    static let key = ItemKey(table: 0, position: 0)
    static let otherKey = ItemKey(table: 0, position: 1)

    static func moment(_ number: Int) -> SimulatedInstant { SimulatedInstant(microseconds: Int64(number)) }

    /// Adds an operation and returns its number. Actions count as done unless they say otherwise.
    @discardableResult
    mutating func tell(
        from start: Int,
        to end: Int,
        _ actions: [Action],
        outcome: ClientOperation.Outcome = .done,
        isStrong: Bool = true,
        isTransaction: Bool = false,
        servedBy node: Int? = nil
    ) -> Int {
        let number = history.operations.count
        var operation = ClientOperation(
            number: number,
            client: 1,
            name: "told",
            invoked: Story.moment(start),
            completed: Story.moment(end),
            actions: actions
        )
        operation.outcome = outcome
        operation.isStrong = isStrong
        operation.isTransaction = isTransaction
        operation.servedBy = node.map {
            ClientOperation.Server(table: 0, replica: ReplicaLabel(partition: PartitionLabel(number: 0), node: $0))
        }
        history.operations.append(operation)
        return number
    }

    @discardableResult
    mutating func put(
        _ writer: Int,
        from start: Int,
        to end: Int,
        key: ItemKey = Story.key,
        verdict: Action.Verdict = .done
    ) -> Int {
        let outcome: ClientOperation.Outcome =
            switch verdict {
            case .done: .done
            case .refused: .refused
            case .unknown, .dropped: .unknown
            }
        let action = Action(key: key, effect: .put(Stamp(writer: writer, count: 0)), verdict: verdict)
        return tell(from: start, to: end, [action], outcome: outcome)
    }

    @discardableResult
    mutating func read(
        _ writer: Int?,
        from start: Int,
        to end: Int,
        isStrong: Bool = true,
        servedBy node: Int? = nil
    ) -> Int {
        let sight = Sight(writer.map { Stamp(writer: $0, count: 0) })
        let action = Action(key: Story.key, before: sight, verdict: .done)
        return tell(from: start, to: end, [action], isStrong: isStrong, servedBy: node)
    }

    mutating func commit(_ old: Int?, _ new: Int?, key: ItemKey = Story.key) {
        func stamp(_ writer: Int?) -> Stamp? { writer.map { Stamp(writer: $0, count: 0) } }
        order.append(key, from: stamp(old), to: stamp(new))
    }

    /// The verdict over the first key.
    var linearizability: Linearizability.Verdict {
        Linearizability(history.actionsByKey().first { $0.key == Story.key }?.actions ?? []).check()
    }

    static func name(_ key: ItemKey) -> String { "item \(key.position)" }
}

/// Where a simulation starts. `SIMULATION_SEED` in the environment replays just one.
enum Seeds {
    struct Run: Sendable {
        let seed: UInt64
        let operations: Int
    }

    /// Seeds that failed once, and how many requests it took.
    static let failedOnce = [Run(seed: 241, operations: 1_000), Run(seed: 724, operations: 1_000)]

    /// A few fixed ones, and fresh ones.
    static let thisRun: [UInt64] = {
        if let text = getenv("SIMULATION_SEED"), let seed = UInt64(String(cString: text)) { return [seed] }
        return [1, 2, 3, 4] + (0..<8).map { _ in UInt64.random(in: 1_000...999_999_999) }
    }()
}
