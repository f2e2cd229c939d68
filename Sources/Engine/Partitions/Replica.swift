/// One of a partition's three copies: a node in a zone, and how much of the log it has applied.
///
/// A follower's trees are not kept apart from the leader's: what it shows is the leader's tree with the changes undone
/// that it has not applied yet (`Partition.view`). It costs no memory, and no time until somebody reads it.
struct Replica: Sendable {
    enum Role: String, Sendable {
        case leader, follower
    }

    let node: StorageNodeName
    let zone: Zone
    var role: Role
    var cursor: LogCursor
}

/// One of the region's three zones.
enum Zone: Int, CaseIterable, Sendable, CustomStringConvertible {
    case a, b, c

    var description: String { ["a", "b", "c"][rawValue] }
}

/// Storage nodes are numbered from 1: `n4`.
struct StorageNodeName: Hashable, Sendable, CustomStringConvertible {
    let number: Int

    var description: String { "n\(number)" }
}
