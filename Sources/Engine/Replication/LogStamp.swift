import Model

/// What a record carries while replicas exchange messages: who made it when, for which request, and a checksum.
final class LogStamp: Sendable {
    enum Purpose: Sendable, Equatable {
        /// A change of one item.
        case change
        /// The first record of a new leader: with it, everything before is committed.
        case newTerm
        /// Who votes from here on, by node.
        case voters([Int])
        /// A transaction has this item's word.
        case prepare(TransactionMark)
        /// The transaction is over; the record's images tell what became of the item.
        case finish(transaction: UInt64)
    }

    let term: Int
    /// The same when a router sends the same write again; 0 for what no request asked for.
    let request: UInt64
    let purpose: Purpose
    let checksum: UInt64

    init(term: Int, request: UInt64, purpose: Purpose, key: StorageKey, old: Item?, new: Item?) {
        self.term = term
        self.request = request
        self.purpose = purpose
        checksum = LogStamp.checksum(term: term, request: request, key: key, old: old, new: new)
    }

    /// Whether the record is what it was when it was made.
    func fits(_ record: LogRecord) -> Bool {
        checksum
            == LogStamp.checksum(term: term, request: request, key: record.key, old: record.old, new: record.new)
    }

    private static func checksum(term: Int, request: UInt64, key: StorageKey, old: Item?, new: Item?) -> UInt64 {
        var sum = Checksum()
        sum.add(UInt64(term))
        sum.add(request)
        key.withBytes { sum.add($0) }
        sum.add(old)
        sum.add(new)
        return sum.value
    }
}
