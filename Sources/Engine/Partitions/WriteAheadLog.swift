import DequeModule
import Model

/// One change of one item. `old` and `new` are nil where there was, or is, no item, and both when nothing changed.
///
/// The record is shared by the three replicas and by everything that follows the log: local and global indexes.
struct LogRecord: Sendable {
    let committedAt: SimulatedInstant
    let key: StorageKey
    let old: Item?
    let new: Item?
    /// The service itself made the change, not a caller: an expired item's deletion.
    let isByService: Bool
    /// What replication adds while a fault is near; nil for a record of calm times, which all replicas have.
    let stamp: LogStamp?

    /// Whether an item became another one: some records are about replication or transactions alone.
    var changesItem: Bool { old != nil || new != nil }

    init(
        committedAt: SimulatedInstant,
        key: StorageKey,
        old: Item?,
        new: Item?,
        isByService: Bool = false,
        stamp: LogStamp? = nil
    ) {
        self.committedAt = committedAt
        self.key = key
        self.old = old
        self.new = new
        self.isByService = isByService
        self.stamp = stamp
    }
}

/// The records of a partition in order. Indexes start at 1 and never repeat; the oldest records are dropped
/// once every follower has applied them.
///
/// ```
/// 1 … 40 dropped │ 41 42 43 … 57 │ next is 58
///                  first      last
/// ```
struct WriteAheadLog: Sendable {
    private var records = Deque<LogRecord>()
    private(set) var firstIndex: UInt64 = 1

    /// 0 while nothing was ever written.
    var lastIndex: UInt64 { firstIndex + UInt64(records.count) - 1 }
    var count: Int { records.count }

    mutating func append(_ record: LogRecord) { records.append(record) }

    subscript(index: UInt64) -> LogRecord {
        precondition(index >= firstIndex && index <= lastIndex, "the record is not in the log")
        return records[Int(index - firstIndex)]
    }

    mutating func drop(through index: UInt64) {
        guard index >= firstIndex else { return }
        let last = min(index, lastIndex)
        records.removeFirst(Int(last - firstIndex) + 1)
        firstIndex = last + 1
    }

    /// Takes back the newest records, from `index` on.
    mutating func truncate(from index: UInt64) {
        precondition(index >= firstIndex, "what was dropped cannot be taken back")
        guard index <= lastIndex else { return }
        records.removeLast(Int(lastIndex - index) + 1)
    }

    /// A record damaged where it lies.
    mutating func damage(at index: UInt64, into record: LogRecord) { records[Int(index - firstIndex)] = record }
}
