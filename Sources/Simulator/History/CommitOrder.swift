import Engine
import Model

/// The versions of every item in the order in which they were committed, gathered from the partitions' logs as they grow.
///
/// ```
/// t1 key 3      none ── #4·0 ── #4·1 ── none ── #19·0
/// position         0       1       2       3       4
/// ```
package struct CommitOrder {
    package struct Chain: Sendable {
        /// The first is the state before anything was written.
        package private(set) var states: [Stamp?] = [nil]
        /// Of every version; and where each writer first stands.
        package private(set) var positions: [Stamp: Int] = [:]
        package private(set) var positionsOfWriters: [Int: Int] = [:]
        /// Faults of the log itself, in words.
        package private(set) var oddities: [String] = []

        package init() {}

        package mutating func append(from old: Stamp?, to new: Stamp?) {
            if isKnown(old, new) { return }
            if states[states.count - 1] != old {
                oddities.append(
                    "\(Sight(new)) was committed over \(Sight(old)), but \(Sight(states.last!)) stood there"
                )
            }
            states.append(new)
            guard let new else { return }
            if positions[new] != nil {
                oddities.append("\(new) was committed twice")
            } else if let first = positionsOfWriters[new.writer], states[states.count - 2]?.writer != new.writer {
                oddities.append("#\(new.writer) was committed as \(states[first]!), and again as \(new)")
            }
            if positions[new] == nil { positions[new] = states.count - 1 }
            if positionsOfWriters[new.writer] == nil { positionsOfWriters[new.writer] = states.count - 1 }
        }

        /// A partition that was split off may begin with records of its parent.
        private func isKnown(_ old: Stamp?, _ new: Stamp?) -> Bool {
            if let new {
                guard let position = positions[new] else { return false }
                return states[position - 1] == old && old != new
            }
            guard let old, let position = positions[old], position + 1 < states.count else { return false }
            return states[position + 1] == nil
        }

        /// The first position from `bound` on at which the item was like this.
        package func position(of sight: Sight, from bound: Int) -> Int? {
            switch sight {
            case .unseen: return bound
            case .absent: return states[bound...].firstIndex { $0 == nil }
            case .item(let stamp): return positions[stamp].flatMap { $0 >= bound ? $0 : nil }
            }
        }
    }

    package private(set) var chains: [ItemKey: Chain] = [:]
    /// What is wrong with a log as a whole.
    package private(set) var oddities: [String] = []
    private var followed: [(partition: InspectedPartition, seen: UInt64)] = []

    package init() {}

    package subscript(key: ItemKey) -> Chain { chains[key] ?? Chain() }

    /// From now on the partition's log is followed, also when it retires.
    mutating func follow(_ partition: InspectedPartition) { followed.append((partition, 0)) }

    /// Takes over what the logs have got since the last time. `decode` tells an item's key and stamp; nil is an item that
    /// nobody wrote.
    mutating func catchUp(decode: (_ table: String, Item) -> (key: ItemKey, stamp: Stamp)?) {
        for number in followed.indices {
            let partition = followed[number].partition
            let last = partition.lastLogIndex
            let seen = followed[number].seen
            if last == seen { continue }
            followed[number].seen = last
            if last < seen {
                oddities.append("the log of \(partition.table)/\(partition.label) went back from \(seen) to \(last)")
                continue
            }
            for change in partition.changes(after: seen) {
                let old = change.old.flatMap { decode(partition.table, $0) }
                let new = change.new.flatMap { decode(partition.table, $0) }
                guard let key = old?.key ?? new?.key else { continue }
                chains[key, default: Chain()].append(from: old?.stamp, to: new?.stamp)
            }
        }
    }

    /// For tests: a chain made by hand.
    package mutating func append(_ key: ItemKey, from old: Stamp?, to new: Stamp?) {
        chains[key, default: Chain()].append(from: old, to: new)
    }
}
