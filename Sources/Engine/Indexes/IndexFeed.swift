/// How far a global index has followed the log of one of its table's partitions.
///
/// A partition that was split is followed to its last record; only then its children's logs are, from their first. So
/// the changes of one item arrive in order, whichever partitions it has been in.
struct IndexFeed {
    let source: Partition
    private let seed: UInt64
    private var cursor: LogCursor

    init(of source: Partition, seed: UInt64, startingAfter index: UInt64, at instant: SimulatedInstant) {
        self.source = source
        self.seed = seed
        cursor = LogCursor(seed: seed, startingAfter: index, at: instant)
    }

    var appliedIndex: UInt64 { cursor.appliedIndex }

    func nextDue(lag: Lag) -> SimulatedInstant? {
        cursor.nextDue(in: source.log, through: source.committedIndex, lag: lag)
    }

    /// The record after those that were taken over. There must be one.
    var next: LogRecord { source.log[cursor.appliedIndex + 1] }

    /// Moves past the next record.
    mutating func advance(at due: SimulatedInstant) { cursor.advance(at: due) }

    /// Names one of the two changes that the next record makes in the index, however often it is sent there.
    func request(_ part: UInt64) -> UInt64 {
        1 << 63 | Randomness.draw(seed, part, UInt64(source.label.number) << 48 | cursor.appliedIndex + 1)
    }

    /// The feeds of the children, once nothing is left of a partition that was split.
    var successors: [IndexFeed]? {
        guard source.isRetired, appliedIndex == source.committedIndex else { return nil }
        return source.children.map { child in
            // A stream of chance that depends on nothing but the partitions, whenever the feed is made.
            let seed = Randomness.draw(seed, UInt64(child.label.number), 0)
            return IndexFeed(of: child, seed: seed, startingAfter: 0, at: cursor.appliedAt)
        }
    }

    /// Calls `body` with every record that has not been taken over yet, those of the children last.
    func forEachPending(_ body: (LogRecord) -> Void) { IndexFeed.forEach(of: source, after: appliedIndex, body) }

    private static func forEach(of source: Partition, after index: UInt64, _ body: (LogRecord) -> Void) {
        var index = index
        while index < source.committedIndex {
            index += 1
            body(source.log[index])
        }
        if source.isRetired { for child in source.children { forEach(of: child, after: 0, body) } }
    }
}
