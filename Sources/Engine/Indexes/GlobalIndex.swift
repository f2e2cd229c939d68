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
    var backfill = Backfill()
    var billing: Billing
    var partitionList: PartitionList
    /// One for every partition of the table, in key order; a retired one's as long as something of it is left.
    private var feeds: [IndexFeed]
    private var encoder = KeyEncoder()
    private var isPropagating = false
    /// Brings an entry to a watched partition of the index; true once it is committed there.
    private let carry: (Partition, StorageKey, Item?, _ request: UInt64) -> Bool

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
        feeds: [IndexFeed],
        carry: @escaping (Partition, StorageKey, Item?, _ request: UInt64) -> Bool
    ) {
        self.definition = definition
        self.arn = arn
        self.status = status
        self.isBackfilling = isBackfilling
        self.billing = billing
        partitionList = PartitionList(partitions, mapNumber: mapNumber)
        self.feeds = feeds
        self.carry = carry
    }

    var name: String { definition.name }
    /// Those that serve, in key order.
    var partitions: [Partition] { partitionList.live }
    var itemCount: Int { partitions.reduce(0) { $0 + $1.itemCount } }
    /// Whether writes to the table are carried over: from the start of backfilling until the deletion.
    var isFed: Bool { status != .deleting && isBackfilling != false }

    // MARK: Following the table

    /// The last record of a table partition's log that the index has taken over.
    func appliedIndex(of source: Partition) -> UInt64 {
        // Without a feed yet, an ancestor's records come first.
        feeds.first { $0.source === source }?.appliedIndex ?? 0
    }

    func isFollowing(_ source: Partition) -> Bool { feeds.contains { $0.source === source } }

    /// When the next record of a log will be taken over, as far as is known; nil when there is none.
    func nextDue(lag: Lag) -> SimulatedInstant? { feeds.compactMap { $0.nextDue(lag: lag) }.min() }

    /// Applies every change of the table's logs that is due by then, in the order in which they fall due, so that the
    /// index's own logs are in the order of time too.
    func propagate(through instant: SimulatedInstant, constants: Settings) {
        // What it carries may be committed at once, and call it again.
        if isPropagating { return }
        isPropagating = true
        defer { isPropagating = false }
        let lag = constants.propagationLag
        handOverFeeds()
        var due = feeds.map { $0.nextDue(lag: lag) }
        while let number = GlobalIndex.earliest(due), let moment = due[number], moment <= instant {
            if isFed, !isSkipped(feeds[number].appliedIndex + 1, constants.sabotage),
                !apply(feeds[number], on: moment, sabotage: constants.sabotage)
            {
                // The index cannot take it now: what follows in this log waits, too.
                due[number] = nil
                continue
            }
            feeds[number].advance(at: moment)
            if feeds[number].successors == nil {
                due[number] = feeds[number].nextDue(lag: lag)
            } else {
                handOverFeeds()
                due = feeds.map { $0.nextDue(lag: lag) }
            }
        }
    }

    /// Puts the children's feeds in the place of each that has come to the end of a retired partition.
    private func handOverFeeds() {
        while let number = feeds.firstIndex(where: { $0.successors != nil }) {
            feeds.replaceSubrange(number...number, with: feeds[number].successors!)
        }
    }

    private func isSkipped(_ record: UInt64, _ sabotage: Sabotage?) -> Bool {
        sabotage == .skipsIndexRecords && record % 7 == 0
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

    /// Takes over the next items of the table, at most so many, as its feeds show them. Only while the index is calm.
    func continueBackfill(from table: Table, atMost limit: Int, on instant: SimulatedInstant) {
        var backfill = backfill
        backfill.scan(table.partitions, atMost: limit, feeds: feeds) { image, key in
            if let entry = definition.entry(for: image) { _ = put(entry, of: key, on: instant, request: 0) }
        }
        self.backfill = backfill
    }

    /// Carries a feed's next record over; false when not all of it is committed in the index yet.
    private func apply(_ feed: IndexFeed, on instant: SimulatedInstant, sabotage: Sabotage?) -> Bool {
        let record = feed.next
        if sabotage == .keepsIndexGhosts, record.new == nil { return true }
        let old = definition.entry(for: record.old)
        let new = definition.entry(for: record.new)
        if let old, let new, old == new { return true }
        guard let old else {
            guard let new else { return true }
            return put(new, of: record.key, on: instant, request: feed.request(0))
        }
        definition.encodeKey(of: old, at: record.key, into: &encoder)
        let oldKey = encoder.bytes
        if let new {
            guard put(new, of: record.key, on: instant, request: feed.request(0)) else { return false }
            if encoder.bytes == oldKey { return true }
        }
        return commit(nil, at: oldKey, on: instant, request: feed.request(1))
    }

    private func put(
        _ entry: Item,
        of tablePlace: StorageKey,
        on instant: SimulatedInstant,
        request: UInt64
    ) -> Bool {
        definition.encodeKey(of: entry, at: tablePlace, into: &encoder)
        return commit(entry, at: encoder.bytes, on: instant, request: request)
    }

    /// In the calm an entry is committed at once. A watched partition's replicas have to agree on it first.
    private func commit(_ entry: Item?, at key: [UInt8], on instant: SimulatedInstant, request: UInt64) -> Bool {
        key.withUnsafeBytes { bytes in
            let partition = PartitionMap.partition(holding: bytes, in: partitions)
            if partition.isCalm {
                partition.commit(entry, at: KeyProbe(bytes), on: instant)
                return true
            }
            return carry(partition, StorageKey(bytes), entry, request)
        }
    }

    /// Whether entries can be put without asking anybody.
    var isCalm: Bool { partitions.allSatisfy(\.isCalm) }

    /// Keeps the partitions' own logs short.
    func tidyLogs(on instant: SimulatedInstant, lag: Lag) {
        for partition in partitions where partition.log.count >= GlobalIndex.logRecordsKept {
            partition.split?.catchUp(with: partition)
            partition.trimLog(on: instant, lag: lag, others: partition.log.lastIndex)
        }
    }
}
