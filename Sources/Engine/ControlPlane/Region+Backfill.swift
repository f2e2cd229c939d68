import Model

/// The second phase of a new index: the table's items are taken over, some every second.
extension Region {
    /// Simulated time between two steps of a backfill.
    private static let backfillInterval: Int64 = 1_000_000

    func continueBackfill(of index: GlobalIndex, from table: Table) {
        // The index may have been deleted while it was filled.
        guard index.status == .creating else { return }
        guard index.isCalm, table.partitions.allSatisfy({ $0.isCurrent(at: now) }) else {
            return schedule(.backfillContinues(table, index), after: Region.backfillInterval)
        }
        let limit =
            constants.backfillItem == 0 ? Int.max : Int(max(1, Region.backfillInterval / constants.backfillItem))
        index.propagate(through: now, constants: constants)
        let before = index.backfill.scannedCount
        index.continueBackfill(from: table, atMost: limit, on: now)
        index.tidyLogs(on: now, lag: constants.followerLag)
        splitLargePartitions(of: index, in: table, on: now)
        let items = table.itemCount
        if let percent = index.backfill.takeQuarter(of: items) {
            note("index \(table.name)/\(index.name): backfilling, \(percent)% of \(items) items read")
        }
        let taken = constants.backfillItem * Int64(index.backfill.scannedCount - before)
        if index.backfill.position == nil {
            schedule(.indexBackfilled(table, index), after: taken + constants.indexBackfill)
        } else {
            schedule(.backfillContinues(table, index), after: taken)
        }
    }
}
