import Engine
import Model

/// The live partitions of a table or index, in their order, cover every key once, and hold what belongs to them.
package enum RangesTile {
    package static func check(_ ranges: [(label: PartitionLabel, range: KeyRange)], of name: String) -> [Violation] {
        guard let first = ranges.first, let last = ranges.last else {
            return [Violation(.rangesTile, at: name, "it has no partition")]
        }
        var violations: [Violation] = []
        if !first.range.lower.isEmpty {
            violations.append(Violation(.rangesTile, at: name, "\(first.label) does not begin at the first key"))
        }
        for (one, next) in zip(ranges, ranges.dropFirst()) where one.range.upper != next.range.lower {
            let isGap = one.range.upper.map { $0.lexicographicallyPrecedes(next.range.lower) } ?? false
            let fault = isGap ? "leave a gap between them" : "overlap"
            violations.append(Violation(.rangesTile, at: name, "\(one.label) and \(next.label) \(fault)"))
        }
        if last.range.upper != nil {
            violations.append(Violation(.rangesTile, at: name, "\(last.label) ends before the last key"))
        }
        return violations
    }

    /// Entries must lie in the partition that holds them.
    package static func check(
        _ entries: [InspectedEntry],
        lieIn range: KeyRange,
        of partition: String
    ) -> [Violation] {
        entries.compactMap { entry in
            let isBelow = entry.key.lexicographicallyPrecedes(range.lower)
            let isAbove = range.upper.map { !entry.key.lexicographicallyPrecedes($0) } ?? false
            if !isBelow && !isAbove { return nil }
            return Violation(.rangesTile, at: partition, "it holds \(entry.item.brief), which belongs elsewhere")
        }
    }
}

/// At most one replica holds a partition's lease.
package enum OneLeaseHolder {
    package static func check(_ holders: [Int], of partition: String) -> Violation? {
        if holders.count <= 1 { return nil }
        let names = holders.map { "n\($0)" }.joined(separator: " and ")
        return Violation(.oneLeaseHolder, at: partition, "\(names) hold the lease at the same time")
    }
}

/// In the quiet after healing all replicas are up, have the same log, and hold the same items and local index entries.
package enum ReplicasEqual {
    package static func check(_ replicas: [InspectedReplica], of partition: String) -> [Violation] {
        var violations: [Violation] = []
        func complain(_ text: String) { violations.append(Violation(.replicasEqual, at: partition, text)) }
        for replica in replicas where !replica.isUp { complain("n\(replica.node) is not up") }
        if replicas.count(where: \.isFull) < 3 { complain("it has no three full replicas") }
        if let violation = OneLeaseHolder.check(replicas.filter(\.holdsLease).map(\.node), of: partition) {
            violations.append(violation)
        }
        let end = replicas.map(\.logIndex).max() ?? 0
        for replica in replicas where replica.logIndex < end {
            complain("the log of n\(replica.node) ends at \(replica.logIndex), another at \(end)")
        }
        let full = replicas.filter(\.isFull)
        for replica in full where replica.appliedIndex < end {
            complain("n\(replica.node) has applied \(replica.appliedIndex) of \(end) records")
        }
        guard let first = full.first else { return violations }
        for replica in full.dropFirst() {
            let names = "n\(first.node) and n\(replica.node)"
            if let text = difference(first.items, replica.items) { complain("\(names): \(text)") }
            for (number, pair) in zip(first.localIndexes, replica.localIndexes).enumerated() {
                if let text = difference(pair.0, pair.1) { complain("\(names), local index \(number + 1): \(text)") }
            }
        }
        return violations
    }

    private static func difference(_ left: [InspectedEntry], _ right: [InspectedEntry]) -> String? {
        if left == right { return nil }
        for (one, other) in zip(left, right) where one != other {
            return "one has \(one.item.brief), the other \(other.item.brief)"
        }
        return "one has \(left.count) entries, the other \(right.count)"
    }
}

/// In the quiet an index holds one entry of every item that belongs into it, and nothing else.
package enum IndexesFollow {
    /// `entry` gives an item's entry, and `identity` the table's key of an item or entry.
    package static func check(
        _ entries: [Item],
        of index: String,
        against items: [Item],
        entry: (Item) -> Item?,
        identity: (Item) -> String
    ) -> [Violation] {
        var violations: [Violation] = []
        func complain(_ text: String) { violations.append(Violation(.indexesFollow, at: index, text)) }
        var expected: [String: Item] = [:]
        for item in items {
            if let entry = entry(item) { expected[identity(item)] = entry }
        }
        var seen: Set<String> = []
        for entry in entries {
            let identity = identity(entry)
            if !seen.insert(identity).inserted { complain("it has \(identity) twice") }
            guard let wanted = expected[identity] else {
                complain("it has \(entry.brief), of which the table knows nothing")
                continue
            }
            if wanted != entry { complain("it has \(entry.brief), the table \(wanted.brief)") }
        }
        for identity in expected.keys.sorted() where !seen.contains(identity) { complain("it lacks \(identity)") }
        return violations
    }
}
