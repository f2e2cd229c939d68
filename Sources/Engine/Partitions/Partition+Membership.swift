/// Planned changes of who keeps the partition and who leads it. Only while it is calm.
extension Partition {
    /// A follower takes over, with every record of the log: nothing is lost, nobody waits. The old leader follows.
    func handOver(to successor: Int, at instant: SimulatedInstant) {
        precondition(isCalm && successor != leader, "a leader hands over to a follower")
        replicas[leader].role = .follower
        let last = log.lastIndex(committedBy: instant)
        replicas[leader].cursor = replicas[leader].cursor.moved(to: last, at: instant)
        replicas[successor].role = .leader
        leader = successor
        term += 1
    }

    /// A replica that has copied the tree and the log takes the place of one that does not lead.
    func replaceReplica(at position: Int, with replica: Replica) {
        precondition(isCalm && position != leader, "a leader hands over before it is replaced")
        replicas[position] = replica
    }
}

extension WriteAheadLog {
    /// The last record that was committed by then. A request that is still on its way may have committed a later one.
    func lastIndex(committedBy instant: SimulatedInstant) -> UInt64 {
        var index = lastIndex
        while index >= firstIndex, self[index].committedAt > instant { index -= 1 }
        return index
    }
}
