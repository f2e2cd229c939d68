/// Chooses the node for a replica, from what every node carries. It decides; it changes nothing.
///
/// Of the zone's nodes that live: those with room left for what the replica is promised; of these the one with the
/// least allocated capacity, then the fewest replicas, then the lowest number. Replicas of on-demand partitions are
/// promised nothing and count by the traffic they consumed. Source: reference E6.
struct Placement {
    let nodes: [StorageNode]
    /// By node, in the same order.
    let loads: [NodeLoad]
    let limits: NodeLimits

    /// The node for a new replica. When no node has room, the emptiest takes it. When none lives, the replica is placed
    /// all the same: three zones matter more, and it will catch up when its node comes back.
    func nodeForNewReplica(in zone: Zone, needing need: NodeLoad) -> StorageNodeName {
        let ofZone = nodes.indices.filter { nodes[$0].zone == zone }
        let alive = ofZone.filter { nodes[$0].isAlive }
        return best(alive.isEmpty ? ofZone : alive, for: need)!
    }

    /// The node that takes a replica from another, or nil when none should: it must stay below the threshold with it.
    func nodeToTake(_ need: NodeLoad, in zone: Zone, except excluded: [StorageNodeName]) -> StorageNodeName? {
        let candidates = nodes.indices.filter { position in
            nodes[position].zone == zone && nodes[position].isAlive && !excluded.contains(nodes[position].name)
                && !limits.isAboveThreshold(loads[position] + need)
        }
        return best(candidates, for: need)
    }

    /// The node that keeps a dead replica's log for a while, or its place for good.
    func nodeToStandIn(in zone: Zone, except excluded: [StorageNodeName]) -> StorageNodeName? {
        let candidates = nodes.indices.filter { position in
            nodes[position].zone == zone && nodes[position].isAlive && !excluded.contains(nodes[position].name)
        }
        return best(candidates, for: NodeLoad(replicas: 1))
    }

    private func best(_ candidates: [Int], for need: NodeLoad) -> StorageNodeName? {
        candidates.min { isBetter($0, than: $1, for: need) }.map { nodes[$0].name }
    }

    private func isBetter(_ one: Int, than other: Int, for need: NodeLoad) -> Bool {
        let (oneHasRoom, otherHasRoom) = (hasRoom(one, for: need), hasRoom(other, for: need))
        if oneHasRoom != otherHasRoom { return oneHasRoom }
        let parts = [one, other].map { loads[$0].committed.part(of: limits.throughput) }
        if parts[0] != parts[1] { return parts[0] < parts[1] }
        if loads[one].replicas != loads[other].replicas { return loads[one].replicas < loads[other].replicas }
        return one < other
    }

    private func hasRoom(_ position: Int, for need: NodeLoad) -> Bool {
        limits.hasRoom(for: loads[position] + need)
    }
}
