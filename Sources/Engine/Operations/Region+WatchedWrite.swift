import Model

/// The way of a single-item write while a fault is near its partition.
extension Region {
    /// Carries a write out at the leader, again and again until the router's patience ends; nil when the partition is
    /// calm and nothing was done. One request changes its item at most once, however often it is sent.
    func performWatched(
        _ write: ItemWrite,
        key: [UInt8],
        startingAt partition: Partition?,
        router: Int,
        _ journey: inout Journey
    ) throws(ServiceError) -> WriteOutcome? {
        let request = nextRequestNumber()
        let table = write.table
        var isRepeated = false
        let outcome = try atLeader(of: key, in: table, startingAt: partition, router: router, &journey) {
            (group, position, journey) throws(ServiceError) -> WriteOutcome? in
            defer { isRepeated = true }
            if isRepeated, let known = committedRecord(of: request, key: key, in: table),
                constants.sabotage != .repeatsRetriedWrites
            {
                return WriteOutcome(old: known.old, new: known.new)
            }
            return try commit(write, key: key, request: request, in: group, position, &journey)
        }
        if let outcome { return finish(write, outcome, key: key, &journey) }
        // It became calm while the request was on its way: what was committed before counts.
        guard isRepeated, let known = committedRecord(of: request, key: key, in: table) else { return nil }
        return finish(write, WriteOutcome(old: known.old, new: known.new), key: key, &journey)
    }

    func nextRequestNumber() -> UInt64 {
        requestCount += 1
        return requestCount
    }

    /// The record that an earlier attempt of a request has left, in the partition that holds the key or one that did.
    private func committedRecord(of request: UInt64, key: [UInt8], in table: Table) -> LogRecord? {
        for partition in table.partitions + table.partitionList.retired where partition.range.contains(key) {
            let log = partition.log
            for index in stride(from: partition.committedIndex, through: log.firstIndex, by: -1)
            where log[index].stamp?.request == request { return log[index] }
        }
        return nil
    }

    /// One attempt at the leader; nil when it has to be repeated.
    private func commit(
        _ write: ItemWrite,
        key: [UInt8],
        request: UInt64,
        in group: ReplicationGroup,
        _ position: Int,
        _ journey: inout Journey
    ) throws(ServiceError) -> WriteOutcome? {
        let node = group.members[position].id
        if constants.sabotage != .repeatsRetriedWrites, group.members[position].state.requests[request] != nil {
            return awaitCommit(of: request, at: node, in: group, &journey)
        }
        guard case .item(let old) = key.withUnsafeBytes({ item(at: $0, in: group, position) }) else { return nil }
        if group.members[position].state.marks[key] != nil { throw .transactionConflictException }
        let new: Item?
        do throws(ServiceError) {
            new = try write.newItem(replacing: old)
        } catch {
            if error.isCharged {
                let units = write.refusedUnits(old: old)
                let cost = ConsumedCapacity(tableName: write.table.name, table: units)
                charge(write.table, cost, group.partition, &journey)
                journey.trace("n\(node)", "refused: nothing written")
            }
            throw error
        }
        try checkCollection(of: write, becoming: new, from: old)
        guard old != nil || new != nil else { return WriteOutcome(old: nil, new: nil) }
        append(
            .change,
            request: request,
            key: key.withUnsafeBytes { StorageKey($0) },
            old: old,
            new: new,
            at: position,
            in: group
        )
        return awaitCommit(of: request, at: node, in: group, &journey)
    }

    /// What a leader knows of an item that is about to change.
    enum LeaderItem {
        case item(Item?)
        /// A change of it is under way.
        case pending
        case damaged
    }

    func item(at key: UnsafeRawBufferPointer, in group: ReplicationGroup, _ position: Int) -> LeaderItem {
        if group.members[position].state.hasPending(key) { return .pending }
        return soundItem(at: key, in: group, position).map { .item($0) } ?? .damaged
    }

    /// Waits until a record that stands in the leader's log is committed; nil when that does not happen in time.
    func awaitCommit(
        of request: UInt64,
        at node: Int,
        in group: ReplicationGroup,
        _ journey: inout Journey
    ) -> WriteOutcome? {
        let waiter = group.wait(for: request, at: node)
        group.tellCommitted(by: node, at: now)
        wait(until: now.advanced(byMicroseconds: constants.attemptTimeout), &journey) { waiter.outcome == nil }
        guard case .committed(let record, let instant)? = waiter.outcome else {
            journey.trace("n\(node)", "no second replica has confirmed the record")
            journey.rejoin(at: now)
            group.stopWaiting(for: request)
            return nil
        }
        journey.rejoin(at: instant)
        journey.trace("n\(node)", "log record durable on 2 of 3 replicas, applied to the B-tree")
        return WriteOutcome(old: record.old, new: record.new)
    }

    /// The write is done, in whichever attempt: it is charged once.
    private func finish(
        _ write: ItemWrite,
        _ outcome: WriteOutcome,
        key: [UInt8],
        _ journey: inout Journey
    ) -> WriteOutcome {
        let partition = key.withUnsafeBytes { PartitionMap.partition(holding: $0, in: write.table.partitions) }
        let units = write.tableUnits(old: outcome.old, new: outcome.new)
        let capacity = write.table.consumedCapacity(tableUnits: units, old: outcome.old, new: outcome.new)
        charge(write.table, capacity, partition, &journey)
        tidy(partition, of: write.table, on: now)
        return outcome
    }
}
