import Engine

/// A stream that is read shard by shard, parents before children, tells every committed change of an item once, in order.
package enum StreamsTell {
    /// One record: the item before and after.
    package struct Record: Sendable {
        package let key: ItemKey
        package let old: Stamp?
        package let new: Stamp?

        package init(_ key: ItemKey, from old: Stamp?, to new: Stamp?) {
            self.key = key
            self.old = old
            self.new = new
        }
    }

    /// `records` in the order in which they were read, of any number of tables.
    package static func check(
        _ records: [Record],
        _ order: CommitOrder,
        name: (ItemKey) -> String
    ) -> [Violation] {
        let told = Dictionary(grouping: records) { $0.key }
        let keys = Set(told.keys).union(order.chains.keys).sorted()
        return keys.compactMap { key in
            fault(of: told[key] ?? [], against: order[key].states).map { Violation(.streamsTell, at: name(key), $0) }
        }
    }

    /// What is wrong with the records of one item, whose committed states were these, the first before any change.
    private static func fault(of records: [Record], against states: [Stamp?]) -> String? {
        for (number, record) in records.enumerated() {
            let change = "\(Sight(record.old)) to \(Sight(record.new))"
            guard number + 1 < states.count else { return "the stream tells of \(change) after all that was committed" }
            if record.old != states[number] || record.new != states[number + 1] {
                return "record \(number + 1) of the stream tells of \(change), where "
                    + "\(Sight(states[number])) became \(Sight(states[number + 1]))"
            }
        }
        guard records.count + 1 < states.count else { return nil }
        return
            "\(Sight(states[records.count])) became \(Sight(states[records.count + 1])), and the stream ends before that"
    }
}
