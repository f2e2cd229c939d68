/// The region's storage nodes. Each hosts replicas of many tables; a partition's three replicas live in three zones.
struct StorageNodes {
    /// Replicas by node, indexed by node number − 1. Nodes are dealt out to the zones in turn.
    private var replicaCounts: [Int]

    init(perZone: Int) {
        replicaCounts = Array(repeating: 0, count: perZone * Zone.allCases.count)
    }

    /// The node of the zone that hosts the fewest replicas, the lowest number among equals.
    mutating func place(in zone: Zone) -> StorageNodeName {
        let candidates = stride(from: zone.rawValue, to: replicaCounts.count, by: Zone.allCases.count)
        let chosen = candidates.min { replicaCounts[$0] < replicaCounts[$1] }!
        replicaCounts[chosen] += 1
        return StorageNodeName(number: chosen + 1)
    }

    mutating func release(_ node: StorageNodeName) { replicaCounts[node.number - 1] -= 1 }
}
