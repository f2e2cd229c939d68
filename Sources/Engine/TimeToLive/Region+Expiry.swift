import Model

/// The deletion of expired items, in the background. It costs the table nothing, and leaves indexes and the log like
/// any other deletion.
extension Region {
    /// The change that UpdateTimeToLive began has come to its end.
    func settleTimeToLive(of table: Table) {
        guard metadata[table.name] === table else { return }
        table.timeToLive.settle()
        note("table \(table.name): time to live is \(table.timeToLive.status.rawValue)")
        guard table.timeToLive.status == .enabled else { return }
        for partition in table.partitions { partition.expirations = Expirations() }
        scheduleSweep(of: table)
    }

    private func scheduleSweep(of table: Table) {
        let interval = max(constants.ttlSweep, Region.sweepIntervalMin)
        schedule(.expirySweep(table, period: table.timeToLive.period), after: interval)
    }

    private static let sweepIntervalMin: Int64 = 1_000_000

    /// Deletes what has expired, partition by partition, and comes again.
    func sweepExpired(_ table: Table, period: Int) {
        guard metadata[table.name] === table, table.timeToLive.period == period,
            let rule = table.timeToLive.rule(lag: constants.ttlLag)
        else { return }
        if table.status == .active || table.status == .updating {
            let deleted = table.partitions.reduce(0) { $0 + sweep($1, of: table, rule) }
            if deleted > 0 {
                note("table \(table.name): \(deleted) expired item\(deleted == 1 ? " is" : "s are") deleted")
            }
        }
        scheduleSweep(of: table)
    }

    /// How many items were deleted.
    private func sweep(_ partition: Partition, of table: Table, _ rule: ExpiryRule) -> Int {
        partition.expirations.update(from: partition, rule, now: now)
        var deleted = 0
        for key in partition.expirations.takeDue(now: now) {
            if partition.isCalm {
                deleted += deleteExpired(key, from: partition, rule) ? 1 : 0
            } else {
                deleted += deleteExpired(key, fromWatched: partition, rule) ? 1 : 0
                // Until the deletion is committed it may come to nothing.
                partition.expirations.putBack(key, now: now)
            }
        }
        if partition.isCalm { tidy(partition, of: table, on: now) }
        return deleted
    }

    private func deleteExpired(_ key: StorageKey, from partition: Partition, _ rule: ExpiryRule) -> Bool {
        key.withBytes { bytes in
            let probe = KeyProbe(bytes)
            guard let item = partition.tree.item(at: probe), rule.isDue(item, at: bytes, now: now) else { return false }
            partition.commit(nil, at: probe, on: now, isByService: true)
            return true
        }
    }

    /// The same through the leader of a watched partition. Whoever has changed the item, or is about to, goes first.
    private func deleteExpired(_ key: StorageKey, fromWatched partition: Partition, _ rule: ExpiryRule) -> Bool {
        guard let group = partition.group, let position = group.readyLeader(at: now),
            case .item(let old?) = key.withBytes({ item(at: $0, in: group, position) }),
            group.members[position].state.marks[key.bytes] == nil,
            key.withBytes({ rule.isDue(old, at: $0, now: now) })
        else { return false }
        append(.change, request: 0, key: key, old: old, new: nil, isByService: true, at: position, in: group)
        return true
    }
}
