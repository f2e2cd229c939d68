import HeapModule
import Model

/// Which of a partition's items expire next, so that a sweep need not look at all of them.
///
/// ```
/// due        … ▏▏▏▏ ▏▏▏  ▏▏ ▏▏│ ▏▏  ▏  ▏▏ ▏  ▏▏▏
///            in the queue  horizon    known only to the tree
/// ```
/// The tree is read as a whole to fill the queue with the earliest sixteenth; until the clock passes the horizon the
/// log is enough to keep it complete. So each item is read about sixteen times, however it lives.
///
/// An entry is a hint: whoever takes it looks at the item itself.
struct Expirations {
    private struct Entry: Comparable {
        let due: SimulatedInstant
        let key: StorageKey

        static func < (left: Entry, right: Entry) -> Bool { left.due < right.due }
        static func == (left: Entry, right: Entry) -> Bool { left.due == right.due }
    }

    private var queue = Heap<Entry>()
    /// Every item that is due up to here is in the queue. Before all time: nothing has been read yet.
    private var horizon = SimulatedInstant.distantPast
    /// The last record of the log that the queue knows of.
    private var followedIndex: UInt64 = 0
    /// Of the rule by which the queue was filled.
    private var lag: Int64 = 0
    /// How many entries the queue was filled with.
    private var filledCount = 0
    /// Times the tree was read as a whole.
    private(set) var scanCount = 0

    var entryCount: Int { queue.count }

    private static let entriesMin = 1_000
    private static let share = 16

    /// Makes the queue hold everything that is due now.
    mutating func update(from partition: Partition, _ rule: ExpiryRule, now: SimulatedInstant) {
        let isForeign = rule.lag != lag || followedIndex + 1 < partition.log.firstIndex
        // Items that are written again and again leave entries behind: too many of them cost more than a new reading.
        let isBloated = queue.count > 2 * filledCount + Expirations.entriesMin
        if horizon < now || isForeign || isBloated { return scan(partition, rule, now: now) }
        follow(partition, rule, now: now)
    }

    /// Takes over the log's new records. Called too before they are dropped.
    mutating func follow(_ partition: Partition, _ rule: ExpiryRule, now: SimulatedInstant) {
        let last = partition.appliedLogIndex
        let log = partition.log
        guard followedIndex < last, followedIndex + 1 >= log.firstIndex, horizon > .distantPast else { return }
        for index in (followedIndex + 1)...last {
            let record = log[index]
            guard let new = record.new else { continue }
            let due = record.key.withBytes { rule.due(new, at: $0, now: now) }
            if let due, due <= horizon { queue.insert(Entry(due: due, key: record.key)) }
        }
        followedIndex = last
    }

    /// Takes the keys out of what is due now.
    mutating func takeDue(now: SimulatedInstant) -> [StorageKey] {
        var keys: [StorageKey] = []
        while let first = queue.min, first.due < now { keys.append(queue.removeMin().key) }
        return keys
    }

    /// Puts a key back that could not be dealt with: the next sweep tries again.
    mutating func putBack(_ key: StorageKey, now: SimulatedInstant) { queue.insert(Entry(due: now, key: key)) }

    private mutating func scan(_ partition: Partition, _ rule: ExpiryRule, now: SimulatedInstant) {
        let tree = partition.tree
        var moments: [Int64] = []
        tree.walk(.everything) { slot in
            if let due = rule.due(slot.item, at: slot.keyBytes, now: now) { moments.append(due.microseconds) }
            return true
        }
        let kept = max(Expirations.entriesMin, moments.count / Expirations.share)
        horizon = SimulatedInstant(microseconds: .max)
        if moments.count > kept {
            moments.sort()
            // What is overdue already belongs to this sweep in any case.
            horizon = max(SimulatedInstant(microseconds: moments[kept - 1]), now)
        }
        var entries: [Entry] = []
        tree.walk(.everything) { slot in
            if let due = rule.due(slot.item, at: slot.keyBytes, now: now), due <= horizon {
                entries.append(Entry(due: due, key: slot.key))
            }
            return true
        }
        queue = Heap(entries)
        filledCount = entries.count
        followedIndex = partition.appliedLogIndex
        lag = rule.lag
        scanCount += 1
    }
}
