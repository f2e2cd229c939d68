import Model

/// Splits: a partition whose range is cut in two goes on serving until its children have all it has.
extension Region {
    /// Looks after a partition of a table that has just committed: its log's length, and its size.
    @inline(__always)
    func tidy(_ partition: Partition, of table: Table, on instant: SimulatedInstant) {
        table.tidyLog(of: partition, on: instant, constants: constants)
        if partition.isTooLarge(limit: constants.partitionBytes) {
            splitBySize(partition, of: KeySpace(table), on: instant)
        }
        if !table.globalIndexes.isEmpty, !table.isIndexCheckDue {
            table.isIndexCheckDue = true
            schedule(.indexesChecked(table), at: instant.advanced(byMicroseconds: Region.indexCheckInterval))
        }
    }

    /// A split that cannot go on now is tried again after this.
    private static let splitRetry: Int64 = 1_000_000
    /// How often the control plane looks at the indexes of a table that is written to.
    private static let indexCheckInterval: Int64 = 1_000_000

    /// Index partitions grow when they take over what the table has committed, which nobody may ever read.
    func checkIndexes(of table: Table) {
        table.isIndexCheckDue = false
        guard metadata[table.name] === table else { return }
        table.propagate(through: now, constants: constants)
        for index in table.globalIndexes { splitLargePartitions(of: index, in: table, on: now) }
        guard let due = table.globalIndexes.compactMap({ $0.nextDue(lag: constants.propagationLag) }).min() else {
            return
        }
        table.isIndexCheckDue = true
        schedule(.indexesChecked(table), at: max(due, now.advanced(byMicroseconds: Region.indexCheckInterval)))
    }

    func splitLargePartitions(of index: GlobalIndex, in table: Table, on instant: SimulatedInstant) {
        for partition in index.partitions where partition.isTooLarge(limit: constants.partitionBytes) {
            splitBySize(partition, of: KeySpace(table, index), on: instant)
        }
    }

    private func splitBySize(_ partition: Partition, of space: KeySpace, on instant: SimulatedInstant) {
        guard partition.isServing else { return }
        let reason = "\(Units.size(partition.sizeBytes)) of at most \(Units.size(constants.partitionBytes))"
        guard let cut = space.cutAtByteMedian(of: partition) else {
            if partition.uncutBytes == 0 {
                let unit = space.localIndexes.isEmpty ? "item" : "item collection"
                note("\(space.name) \(partition.label) holds \(reason), but one \(unit) cannot be split")
            }
            partition.uncutBytes = partition.sizeBytes + partition.sizeBytes / 10
            return
        }
        split(partition, of: space, at: cut, because: reason, on: instant)
    }

    /// Begins to split a partition that serves: places two children and gives them a snapshot of its trees. `share` is
    /// what each child is promised, if that is not half of the parent's.
    func split(
        _ parent: Partition,
        of space: KeySpace,
        at cut: RangeCut,
        because reason: String,
        share: Throughput? = nil,
        on instant: SimulatedInstant
    ) {
        guard parent.isServing else { return }
        guard parent.isCurrent(at: now) else {
            // Who leads has to know what is committed, and damaged trees are repaired, before they go to children.
            parent.group.map { scrub($0) }
            return schedule(at: instant.advanced(byMicroseconds: Region.splitRetry)) { [unowned self] in
                self.split(parent, of: space, at: cut, because: reason, share: share, on: now)
            }
        }
        let end = instant.advanced(byMicroseconds: constants.splitTime)
        let half = parent.share.map { Throughput(reads: $0.reads / 2, writes: $0.writes / 2) }
        let children = makeChildren(of: parent, in: space, at: cut, share: share ?? half)
        let split = PartitionSplit(of: parent, at: cut.key, into: children, from: instant, to: end)
        parent.state = .splitting(split)
        note("\(space.name) \(parent.label) splits into \(children[0].label) and \(children[1].label): \(reason)")
        if constants.splitTime == 0 {
            cutOver(parent, of: space, on: instant)
        } else {
            schedule(.splitCompleted(space, parent), at: end)
        }
    }

    private func makeChildren(
        of parent: Partition,
        in space: KeySpace,
        at cut: RangeCut,
        share: Throughput?
    ) -> [Partition] {
        var (before, after) = parent.range.cut(at: cut.key)
        if constants.sabotage == .leavesGapInSplit { after.lower += Array(repeating: 0xFF, count: 20) }
        return [
            makePartition(
                space,
                range: before,
                share: share,
                .init(parent: parent.label, firstSortKey: parent.lineage?.firstSortKey, endSortKey: cut.sortKey)
            ),
            makePartition(
                space,
                range: after,
                share: share,
                .init(parent: parent.label, firstSortKey: cut.sortKey, endSortKey: parent.lineage?.endSortKey)
            ),
        ]
    }

    private func makePartition(
        _ space: KeySpace,
        range: KeyRange,
        share: Throughput?,
        _ lineage: Partition.Lineage
    ) -> Partition {
        var number = 0
        space.changeList { number = $0.nextPartitionNumber() }
        return makePartition(
            PartitionLabel(indexName: space.index?.name, number: number),
            range: range,
            lineage: lineage,
            share: share,
            localIndexes: space.localIndexes
        )
    }

    /// The children take the parent's place, when that may be now.
    func cutOver(_ parent: Partition, of space: KeySpace, on instant: SimulatedInstant) {
        guard let split = parent.split, exists(space) else { return }
        guard parent.canChangeHands(at: instant) else {
            return schedule(.splitCompleted(space, parent), at: instant.advanced(byMicroseconds: Region.splitRetry))
        }
        split.catchUp(with: parent)
        if constants.sabotage == .losesItemInSplit { split.children[1].loseFirstItem() }
        parent.children = split.children
        parent.state = .retired
        if let group = parent.group { giveUp(group) }
        parent.share = Throughput()
        for child in split.children { child.shareDivisor = 2 * parent.shareDivisor }
        space.changeList { $0.replace(parent, with: split.children, on: instant, push: constants.mapPush) }
        if space.index == nil { space.table.stream?.split(parent, at: instant, constants) }
        schedule(.retiredForgotten(space, parent), at: instant.advanced(byMicroseconds: constants.retiredKept))
        let names = split.children.map { "\($0.label)" }.joined(separator: " and ")
        note("\(space.name) \(parent.label) is retired, \(names) serve: \(space.partitions.count) partitions")
        for child in split.children where child.isTooLarge(limit: constants.partitionBytes) {
            splitBySize(child, of: space, on: instant)
        }
        watchNearFaults()
        continueUpdate(of: space.table, on: instant)
    }

    /// Drops what a retired partition still holds, once no index follows its log any more.
    func forget(_ partition: Partition, of space: KeySpace) {
        guard exists(space), space.list.retired.contains(where: { $0 === partition }) else { return }
        space.table.propagate(through: now, constants: constants)
        if space.index == nil, space.table.globalIndexes.contains(where: { $0.isFollowing(partition) }) {
            return schedule(.retiredForgotten(space, partition), at: now.advanced(byMicroseconds: 60_000_000))
        }
        release(partition)
        space.changeList { $0.forget(partition) }
        note("\(space.name) \(partition.label) is gone: its data was kept long enough")
    }

    /// Whether the table, or the index, is still there.
    private func exists(_ space: KeySpace) -> Bool {
        guard metadata[space.table.name] === space.table else { return false }
        guard let index = space.index else { return true }
        return space.table.globalIndexes.contains { $0 === index }
    }
}

extension Partition {
    fileprivate func loseFirstItem() {
        var first: LogRecord?
        tree.walk(.everything) { slot in
            first = LogRecord(committedAt: .init(microseconds: 0), key: slot.key, old: slot.item, new: nil)
            return false
        }
        if let first { replay(first) }
    }
}
