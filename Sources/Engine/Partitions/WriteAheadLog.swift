import DequeModule
import Model

/// One committed change of one item. `old` and `new` are nil where there was, or is, no item.
///
/// The record is shared by the three replicas and by everything that follows the log: local and global indexes.
struct LogRecord: Sendable {
    let committedAt: SimulatedInstant
    let key: StorageKey
    let old: Item?
    let new: Item?
}

/// The committed changes of a partition in order. Indexes start at 1 and never repeat; the oldest records are dropped
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
        records.removeFirst(Int(min(index, lastIndex) - firstIndex + 1))
        firstIndex = index + 1
    }
}
