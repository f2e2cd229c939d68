import Model

/// The way of a read while a fault is near the partition: strong ones at the leader under its lease, others at any
/// replica that lives and has trees.
extension Region {
    /// Nil when the partition is calm and nothing was read.
    func fetchWatched(
        _ read: ItemRead,
        key: [UInt8],
        startingAt partition: Partition?,
        _ consistency: RequestReport.Consistency,
        router: Int,
        _ journey: inout Journey
    ) throws(ServiceError) -> Item?? {
        func get(_ group: ReplicationGroup, _ position: Int, _ journey: inout Journey) -> Item?? {
            guard let item = key.withUnsafeBytes({ soundItem(at: $0, in: group, position) }) else { return nil }
            let member = group.members[position]
            charge(read, item, consistency, group.partition, replica: position, &journey)
            traceGet(item, consistency, at: member.node, height: member.state.trees.items.height, &journey)
            return .some(item)
        }
        if consistency != .eventual {
            return try atLeader(of: key, in: read.table, startingAt: partition, router: router, &journey) {
                (group, position, journey) throws(ServiceError) -> Item?? in
                journey.report.servedBy = group.name(of: group.members[position].id).label
                return get(group, position, &journey)
            }
        }
        return try atAnyReplica(
            of: { [table = read.table] in
                key.withUnsafeBytes { PartitionMap.partition(holding: $0, in: table.partitions) }
            },
            router: router,
            &journey
        ) { group, position, journey in get(group, position, &journey) }
    }

    /// The stored item, or that there is none; nil when it is not the one that was written there.
    func soundItem(at key: UnsafeRawBufferPointer, in group: ReplicationGroup, _ position: Int) -> Item?? {
        let item = group.members[position].state.trees.items.item(at: KeyProbe(key))
        if let checksums = group.members[position].checksums, !checksums.fits(item, at: key) {
            foundDamage(at: position, in: group)
            return nil
        }
        return .some(item)
    }

    /// Calls `work` at one of the partition's full replicas until one gives a result; nil when the partition is calm.
    func atAnyReplica<R>(
        of partition: () -> Partition,
        router: Int,
        _ journey: inout Journey,
        _ work: (ReplicationGroup, _ position: Int, inout Journey) -> R?
    ) throws(ServiceError) -> R? {
        var router = router
        var attempt = journey.chooseReplica()
        while true {
            guard let group = partition().group else { return nil }
            let readable = group.members.filter { $0.kind == .full }.map(\.id)
            let node = readable[attempt % readable.count]
            attempt += 1
            if travel(to: node, of: group, from: router, &journey), !group.isOver,
                let position = group.position(of: node), group.members[position].isUp, group.members[position].isSound,
                group.members[position].kind == .full
            {
                catchUp(position, in: group)
                journey.report.servedBy = group.name(of: node).label
                traceReplica(group, position, &journey)
                journey.spend(median: constants.nodeWork)
                if let result = work(group, position, &journey),
                    returnAnswer(from: node, of: group, to: router, &journey)
                {
                    return result
                }
            }
            router = nextRouter(after: router)
            try checkPatience(journey)
        }
    }

    private func traceReplica(_ group: ReplicationGroup, _ position: Int, _ journey: inout Journey) {
        guard journey.isTraced else { return }
        let member = group.members[position]
        let behind = group.leading.state.commitIndex - min(member.state.appliedIndex, group.leading.state.commitIndex)
        journey.trace(
            "→ \(member.node) (az \(member.zone))",
            "\(group.partition.label) \(member.role.rawValue), "
                + (behind == 0 ? "current" : "\(behind) log record\(behind == 1 ? "" : "s") behind")
        )
    }

    /// What one partition is asked for by a Query or Scan.
    struct RangeRead {
        let range: KeyRange
        let target: ReadTarget
        let descending: Bool
        let isConsistent: Bool
    }

    /// The page with the range's entries added; nil when the partition is calm or retired and nothing was read.
    func readWatched(
        _ read: RangeRead,
        of partition: Partition,
        router: Int,
        from page: PageWalk,
        _ journey: inout Journey
    ) throws(ServiceError) -> (page: PageWalk, position: Int)? {
        func evaluate(
            _ group: ReplicationGroup,
            _ position: Int,
            _ journey: inout Journey
        ) -> (page: PageWalk, position: Int)? {
            guard group.members[position].treesFit else {
                foundDamage(at: position, in: group)
                return nil
            }
            var copy = page
            let member = group.members[position]
            self.evaluate(read.range, of: member.state.trees, read.target, descending: read.descending, into: &copy)
            traceRange(copy, at: member.node, descending: read.descending, &journey)
            return (copy, position)
        }
        if !read.isConsistent {
            return try atAnyReplica(of: { partition }, router: router, &journey, evaluate)
        }
        return try atLeader(of: { _, _ in partition }, router: router, &journey) {
            (group, position, journey) throws(ServiceError) -> (page: PageWalk, position: Int)? in
            journey.report.servedBy = group.name(of: group.members[position].id).label
            return evaluate(group, position, &journey)
        }
    }
}
