import Model

/// A global secondary index: partitions of its own, filled from the logs of the table's partitions, each log with its
/// own position and lag.
///
/// ```
/// table p0  log … 17 18 19 ──┐ after a lag
/// table p1  log … 41 42 ─────┼──► entry deleted, put or both ──► index p0, p1 …
/// ```
final class GlobalIndex {
    let definition: IndexDefinition
    let arn: String
    var status: TableStatus
    /// Nil unless the index is being built.
    var isBackfilling: Bool?
    var billing: Billing
    let partitions: [Partition]
    /// Under which routers remember the partition map.
    let mapNumber: Int
    /// By number of the table's partition.
    private var cursors: [LogCursor]
    private var encoder = KeyEncoder()

    /// Records an index partition's own log keeps before those that all replicas applied are dropped.
    private static let logRecordsKept = 512

    init(
        definition: IndexDefinition,
        arn: String,
        status: TableStatus,
        isBackfilling: Bool?,
        billing: Billing,
        partitions: [Partition],
        mapNumber: Int,
        cursors: [LogCursor]
    ) {
        self.definition = definition
        self.arn = arn
        self.status = status
        self.isBackfilling = isBackfilling
        self.billing = billing
        self.partitions = partitions
        self.mapNumber = mapNumber
        self.cursors = cursors
    }

    var name: String { definition.name }
    var itemCount: Int { partitions.reduce(0) { $0 + $1.itemCount } }
    /// Whether writes to the table are carried over: from the start of backfilling until the deletion.
    var isFed: Bool { status != .deleting && isBackfilling != false }

    func appliedIndex(of tablePartition: Int) -> UInt64 { cursors[tablePartition].appliedIndex }

    /// Applies every change of the table's logs that is due by then, in the order in which they fall due, so that the
    /// index's own logs are in the order of time too.
    func propagate(from tablePartitions: [Partition], through instant: SimulatedInstant, lag: Lag) {
        var due = tablePartitions.indices.map { cursors[$0].nextDue(in: tablePartitions[$0].log, lag: lag) }
        while let number = GlobalIndex.earliest(due), let moment = due[number], moment <= instant {
            let log = tablePartitions[number].log
            cursors[number].advance(at: moment)
            if isFed { apply(log[cursors[number].appliedIndex], on: moment) }
            due[number] = cursors[number].nextDue(in: log, lag: lag)
        }
    }

    /// Position of the earliest moment, the first among equals; nil when there is none.
    private static func earliest(_ moments: [SimulatedInstant?]) -> Int? {
        var earliest: Int?
        for (position, moment) in moments.enumerated() {
            guard let moment else { continue }
            if let best = earliest, moments[best]! <= moment { continue }
            earliest = position
        }
        return earliest
    }

    /// Fills a new index from a snapshot of the table, and follows the logs from there.
    func backfill(from tablePartitions: [Partition], on instant: SimulatedInstant) {
        for (number, source) in tablePartitions.enumerated() {
            let snapshot = source.tree
            snapshot.walk(.everything) { slot in
                if let entry = definition.entry(for: slot.item) { put(entry, of: slot.key, on: instant) }
                return true
            }
            while cursors[number].appliedIndex < source.log.lastIndex { cursors[number].advance(at: instant) }
        }
    }

    private func apply(_ record: LogRecord, on instant: SimulatedInstant) {
        let old = definition.entry(for: record.old)
        let new = definition.entry(for: record.new)
        if let old, let new, old == new { return }
        guard let old else {
            if let new { put(new, of: record.key, on: instant) }
            return
        }
        definition.encodeKey(of: old, at: record.key, into: &encoder)
        let oldKey = encoder.bytes
        if let new {
            put(new, of: record.key, on: instant)
            if encoder.bytes == oldKey { return }
        }
        oldKey.withUnsafeBytes { commit(nil, at: KeyProbe($0), on: instant) }
    }

    private func put(_ entry: Item, of tablePlace: StorageKey, on instant: SimulatedInstant) {
        definition.encodeKey(of: entry, at: tablePlace, into: &encoder)
        encoder.bytes.withUnsafeBytes { commit(entry, at: KeyProbe($0), on: instant) }
    }

    private func commit(_ entry: Item?, at probe: KeyProbe, on instant: SimulatedInstant) {
        let partition = PartitionMap.partition(holding: probe.bytes, in: partitions)
        partition.commit(entry, at: probe, on: instant)
    }

    /// Keeps the partitions' own logs short.
    func tidyLogs(on instant: SimulatedInstant, lag: Lag) {
        for partition in partitions where partition.log.count >= GlobalIndex.logRecordsKept {
            partition.trimLog(on: instant, lag: lag, others: partition.log.lastIndex)
        }
    }
}
