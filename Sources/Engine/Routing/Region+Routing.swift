import Model

/// The way from the caller to a replica and back.
extension Region {
    /// Takes the request to one of the routers, which accepts and authenticates it.
    func arrive(_ journey: inout Journey) -> Int {
        let router = journey.chooseReplica()
        journey.spend(median: constants.hopWithinZone)
        journey.trace("router \(fleet[router].name)", "accept, authenticate, parse")
        journey.spend(median: constants.routerWork)
        return router
    }

    /// The table for a call that reads or writes items: it must be there, and not be about to come or go.
    func activeTable(_ reference: TableReference) throws(ServiceError) -> Table {
        guard let table = reference.table, table.status == .active || table.status == .updating else {
            throw .resourceNotFoundException("Requested resource not found")
        }
        return table
    }

    /// The router's look-up of the partition that holds a key.
    func route(
        _ key: UnsafeRawBufferPointer,
        in partitions: [Partition],
        of table: Table,
        index: GlobalIndex?,
        router: Int,
        _ journey: inout Journey
    ) -> Partition {
        let isHit = lookUpMap(of: table, index: index, router: router, &journey)
        let partition = PartitionMap.partition(holding: key, in: partitions)
        if journey.isTraced {
            let hash = PartitionHash.leadingInteger(key)
            journey.trace(
                "router \(fleet[router].name)",
                "hash \(HashText.short(hash)) → \(partition.label) "
                    + "[\(HashText.short(partition.firstHash))…\(HashText.short(partition.lastHash))]; "
                    + "partition map cache \(isHit ? "hit" : "miss, asked the metadata service"), "
                    + "epoch \(table.mapEpoch)"
            )
        }
        visit(partition, of: partitions, &journey)
        return partition
    }

    func lookUpMap(of table: Table, index: GlobalIndex?, router: Int, _ journey: inout Journey) -> Bool {
        let isHit = fleet[router].lookUp(index?.mapNumber ?? table.mapNumber, epoch: table.mapEpoch)
        if !isHit { journey.spend(median: constants.hopAcrossZones) }
        return isHit
    }

    func visit(_ partition: Partition, of partitions: [Partition], _ journey: inout Journey) {
        journey.report.visit(partition.label)
        journey.report.partitionCount = partitions.count
    }

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

/// Hashes as people read them.
enum HashText {
    /// The first four hexadecimal digits and an ellipsis.
    static func short(_ hash: UInt128) -> String {
        let digits = String(hash >> 112, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
