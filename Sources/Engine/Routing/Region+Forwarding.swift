import Model

/// The way from a router to a replica and back.
extension Region {
    /// One way between a router and a replica's node.
    func hop(between router: Int, and replica: Replica) -> Int64 {
        fleet[router].zone == replica.zone ? constants.hopWithinZone : constants.hopAcrossZones
    }

    /// Takes the request to the replica that will read: the leader, or any when an older answer will do.
    func forwardRead(
        to partition: Partition,
        atLeader: Bool,
        router: Int,
        _ journey: inout Journey
    ) -> Int {
        let chosen = atLeader ? partition.leader : journey.chooseReplica()
        let replica = partition.replicas[chosen]
        journey.report.servedBy = ReplicaLabel(partition: partition.label, node: replica.node.number)
        journey.spend(median: hop(between: router, and: replica))
        if journey.isTraced {
            let state =
                atLeader
                ? "leader, term \(partition.term)"
                : "\(replica.role.rawValue), \(staleness(of: chosen, partition, on: journey.now))"
            journey.trace("→ \(replica.node) (az \(replica.zone))", "\(partition.label) \(state)")
        }
        journey.spend(median: constants.nodeWork)
        return chosen
    }

    private func staleness(of replica: Int, _ partition: Partition, on instant: SimulatedInstant) -> String {
        let applied = partition.appliedIndex(of: replica, on: instant, lag: constants.followerLag)
        let behind = partition.log.lastIndex - applied
        return behind == 0 ? "current" : "\(behind) log record\(behind == 1 ? "" : "s") behind"
    }

    func answer(from replica: Int, of partition: Partition, router: Int, _ journey: inout Journey) {
        journey.spend(median: hop(between: router, and: partition.replicas[replica]))
        finish(router, &journey)
    }

    func finish(_ router: Int, _ journey: inout Journey) {
        journey.trace("← router \(fleet[router].name)", "answer")
        journey.spend(median: constants.hopWithinZone)
    }

    /// Takes a write to the leader.
    func forwardWrite(to partition: Partition, router: Int, _ journey: inout Journey) {
        let leader = partition.replicas[partition.leader]
        journey.spend(median: hop(between: router, and: leader))
        journey.trace("→ \(leader.node) (az \(leader.zone))", "\(partition.label) leader, term \(partition.term)")
        journey.spend(median: constants.nodeWork)
    }

    /// Lets the leader and its followers make a record durable; returns when two of the three have it.
    func replicate(_ partition: Partition, _ journey: inout Journey) {
        let own = journey.draw(median: constants.logWrite)
        var fastest = Int64.max
        for _ in 0..<2 {
            let roundTrip =
                journey.draw(median: constants.hopAcrossZones) + journey.draw(median: constants.logWrite)
                + journey.draw(median: constants.hopAcrossZones)
            fastest = min(fastest, roundTrip)
        }
        journey.wait(microseconds: max(own, fastest))
        if journey.isTraced {
            let leader = partition.replicas[partition.leader]
            journey.trace(
                "\(leader.node)",
                "log record \(partition.log.lastIndex + 1) durable on 2 of 3 replicas (leader and the faster follower)"
            )
        }
    }
}
