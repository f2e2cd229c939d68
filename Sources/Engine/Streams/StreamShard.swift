import DequeModule
import Model

/// A part of a stream: the changes of one partition, in order, from when the shard opens until it closes. Then a child
/// goes on, or two when the partition was split.
///
/// ```
/// positions   7 … 19 trimmed │ 20 21 … 57 │ end 58
///             first            oldest
/// ```
final class StreamShard {
    let id: String
    /// It may have been trimmed by now.
    let parentID: String?
    let source: PartitionLabel
    let openedAt: SimulatedInstant
    private(set) var closedAt: SimulatedInstant?
    let firstPosition: UInt64
    private var changes = Deque<StreamChange>()
    private var trimmedCount: UInt64 = 0

    init(
        id: String,
        parentID: String?,
        source: PartitionLabel,
        openedAt: SimulatedInstant,
        firstPosition: UInt64
    ) {
        self.id = id
        self.parentID = parentID
        self.source = source
        self.openedAt = openedAt
        self.firstPosition = firstPosition
    }

    var count: Int { changes.count }
    /// Of the oldest change that is kept, or else where the next one will stand.
    var oldestPosition: UInt64 { firstPosition + trimmedCount }
    /// Behind the newest change.
    var endPosition: UInt64 { oldestPosition + UInt64(changes.count) }
    /// Where a child begins: behind every number of this shard, also the one that is set aside for it.
    var childPosition: UInt64 { max(endPosition, firstPosition + 1) }

    subscript(position: UInt64) -> StreamChange { changes[Int(position - oldestPosition)] }

    func sequenceNumber(at position: UInt64) -> String {
        SequenceNumber.text(position: position, partition: source.number)
    }

    /// Whether the shard takes no more records, as somebody sees it who looks at that moment.
    func isClosed(at instant: SimulatedInstant) -> Bool { closedAt.map { $0 <= instant } ?? false }

    // MARK: Growing and shrinking

    func append(_ change: StreamChange) {
        precondition(closedAt == nil, "a closed shard takes no records")
        changes.append(change)
    }

    /// No earlier than its newest record was committed, which a request on its way may have done already.
    func close(at instant: SimulatedInstant) {
        closedAt = changes.last.map { max($0.committedAt, instant) } ?? instant
    }

    func trim(before instant: SimulatedInstant) {
        while let oldest = changes.first, oldest.committedAt <= instant {
            changes.removeFirst()
            trimmedCount += 1
        }
    }

    /// Whether nothing of it is left: its last record is trimmed, or it never had one and closed long ago. Who reads it
    /// can hear of its end before.
    func isSpent(at instant: SimulatedInstant, _ constants: Settings) -> Bool {
        guard changes.isEmpty, let closedAt else { return false }
        return instant - closedAt >= (trimmedCount > 0 ? constants.iteratorLife : constants.streamRetention)
    }

    // MARK: Reading

    /// Behind the newest change that was committed by then.
    func endPosition(committedBy instant: SimulatedInstant) -> UInt64 {
        var end = endPosition
        while end > oldestPosition, self[end - 1].committedAt > instant { end -= 1 }
        return end
    }
}
