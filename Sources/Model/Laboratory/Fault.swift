/// Something broken on purpose.
public enum Fault: Hashable, Sendable {
    /// It stops: answers nothing, sends nothing. What it had made durable is there when it comes back.
    case kill(FaultScope)
    /// Every message to or from it takes this much longer.
    case slow(FaultScope, byMicroseconds: Int64)
    /// Nothing passes between the two, in either direction.
    case cut(FaultScope, from: FaultScope)
    /// Bits of what it stores have flipped.
    case corrupt(FaultScope)
}

/// What a fault is about.
public enum FaultScope: Hashable, Sendable {
    /// `n4`
    case node(Int)
    /// `a`, `b` or `c`: its nodes and its router.
    case zone(String)
    /// `r2`
    case router(Int)
    /// One replica of a partition: `app/p3/n4`.
    case replica(table: String, partition: PartitionLabel, node: Int)
    /// Whoever leads the partition when the fault begins: `app/p3`.
    case leader(table: String, partition: PartitionLabel)
    /// The node that carries transactions out.
    case coordinator
}

extension Fault: CustomStringConvertible {
    /// As it is typed after `Fault`.
    public var description: String {
        switch self {
        case .kill(let scope): "kill \(scope)"
        case .slow(let scope, let microseconds): "slow \(scope) BY \(Fault.text(microseconds: microseconds))"
        case .cut(let scope, let other): "cut \(scope) FROM \(other)"
        case .corrupt(let scope): "corrupt \(scope)"
        }
    }

    private static func text(microseconds: Int64) -> String {
        if microseconds % 1_000_000 == 0 { return "\(microseconds / 1_000_000)s" }
        return microseconds % 1_000 == 0 ? "\(microseconds / 1_000)ms" : "\(microseconds)us"
    }
}

extension FaultScope: CustomStringConvertible {
    /// As it is typed in a `Fault` statement.
    public var description: String {
        switch self {
        case .node(let number): "node n\(number)"
        case .zone(let name): "az \(name)"
        case .router(let number): "router r\(number)"
        case .replica(let table, let partition, let node): "replica \(table)/\(partition)/n\(node)"
        case .leader(let table, let partition): "leader \(table)/\(partition)"
        case .coordinator: "coordinator"
        }
    }
}
