import Model
import Testing

@testable import Engine

extension Region {
    /// What is wrong with the partitions of a table, or of an index: gaps, overlaps, items out of their range. Empty
    /// when nothing is.
    func faultsOfPartitions(of name: String, index: String? = nil) throws -> [String] {
        let table = try #require(metadata[name])
        let space = KeySpace(table, index.flatMap { table.globalIndex(named: $0) })
        var faults: [String] = []
        if space.partitions.first?.range.lower != [] { faults.append("the first range does not begin at the start") }
        if space.partitions.last?.range.upper != nil { faults.append("the last range ends before the end") }
        for (left, right) in zip(space.partitions, space.partitions.dropFirst())
        where left.range.upper != right.range.lower {
            faults.append("\(left.label) and \(right.label) do not meet")
        }
        for partition in space.partitions {
            partition.tree.checkInvariants()
            var bytes = 0
            partition.tree.walk(.everything) { slot in
                if !partition.range.contains(slot.keyBytes) { faults.append("\(partition.label) holds a strange item") }
                bytes += space.weight(of: slot.item)
                return true
            }
            if bytes != partition.sizeBytes { faults.append("\(partition.label) has \(bytes) B, not its size") }
            for (position, index) in space.localIndexes.enumerated() {
                partition.localTrees[position].checkInvariants()
                let entries = partition.tree.count { index.entry(for: $0) != nil }
                if entries != partition.localTrees[position].count { faults.append("\(partition.label) lost entries") }
            }
        }
        return faults
    }

    /// All items, page by page.
    func scanAll(_ table: String, index: String? = nil, limit: Int? = nil) throws -> [Item] {
        var items: [Item] = []
        var start: Item?
        repeat {
            let page = try scan(table, index: index, limit: limit, after: start, consistent: index == nil)
            items += page.items
            start = page.lastEvaluatedKey
        } while start != nil
        return items
    }

    /// What differs between a global index, once it is quiet, and what it should hold of its table.
    func faultsOfIndex(_ name: String, of tableName: String) throws -> [String] {
        let table = try #require(metadata[tableName])
        let index = try #require(table.globalIndex(named: name))
        index.propagate(through: SimulatedInstant(microseconds: .max), constants: constants)
        func listing(_ items: [Item]) -> [String] { items.map { "\($0)" }.sorted() }
        var expected: [Item] = []
        for partition in table.partitions {
            partition.tree.walk(.everything) { slot in
                expected += [index.definition.entry(for: slot.item)].compactMap { $0 }
                return true
            }
        }
        var held: [Item] = []
        for partition in index.partitions {
            partition.tree.walk(.everything) { slot in
                held.append(slot.item)
                return true
            }
        }
        let (wanted, found) = (Set(listing(expected)), Set(listing(held)))
        return wanted.subtracting(found).sorted().map { "lacks \($0)" }
            + found.subtracting(wanted).sorted().map { "should not hold \($0)" }
            + (held.count == found.count ? [] : ["holds an entry twice"])
    }

    func states(_ table: String, index: String? = nil) throws -> [String] {
        try partitions(of: table, index: index).map(\.state)
    }

    func texts() -> [String] { recentEvents().map(\.text) }
}

extension BTree {
    fileprivate func count(where isCounted: (Item) -> Bool) -> Int {
        var count = 0
        walk(.everything) { slot in
            if isCounted(slot.item) { count += 1 }
            return true
        }
        return count
    }
}
