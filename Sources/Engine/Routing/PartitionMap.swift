import Model

/// One state of a table's or index's partition map: which partition serves which part of the key space, and where its
/// leader was then. Routers and the metadata service may remember one that is no longer true.
///
/// Partitions stand in the order of their key ranges and tile the key space.
struct PartitionMap {
    /// Where requests for a partition's leader are sent.
    struct LeaderPlace: Equatable {
        let node: StorageNodeName
        let zone: Zone
    }

    let epoch: Int
    let partitions: [Partition]
    private let leaders: [LeaderPlace]

    init(epoch: Int, _ partitions: [Partition]) {
        self.epoch = epoch
        self.partitions = partitions
        leaders = partitions.map(\.leaderPlace)
    }

    func place(of key: UnsafeRawBufferPointer) -> (partition: Partition, leader: LeaderPlace) {
        let index = PartitionMap.index(of: key, in: partitions)
        return (partitions[index], leaders[index])
    }
}

// MARK: Look-ups

extension PartitionMap {
    /// The partition whose range holds the key: the last one that starts at or before it.
    static func index(of key: UnsafeRawBufferPointer, in partitions: [Partition]) -> Int {
        var low = 0
        var high = partitions.count - 1
        while low < high {
            let middle = (low + high + 1) >> 1
            let startsAtOrBefore = partitions[middle].range.lower.withUnsafeBytes { compareBytes($0, key) <= 0 }
            if startsAtOrBefore { low = middle } else { high = middle - 1 }
        }
        return low
    }

    static func partition(holding key: UnsafeRawBufferPointer, in partitions: [Partition]) -> Partition {
        partitions[index(of: key, in: partitions)]
    }

    /// The partition where a read of the range begins, and what lies beyond it. Each step is looked up anew, since
    /// partitions may be split while one of them is read.
    static func firstStep(
        of range: KeyRange,
        descending: Bool,
        in partitions: [Partition]
    ) -> (partition: Partition, rest: KeyRange?) {
        var number = range.lower.withUnsafeBytes { index(of: $0, in: partitions) }
        if descending {
            while number + 1 < partitions.count, range.reaches(partitions[number + 1].range.lower) { number += 1 }
            let lower = partitions[number].range.lower
            let rest = KeyRange(lower: range.lower, upper: lower)
            return (partitions[number], rest.isEmpty ? nil : rest)
        }
        guard number + 1 < partitions.count else { return (partitions[number], nil) }
        let next = partitions[number + 1].range.lower
        return (partitions[number], range.reaches(next) ? KeyRange(lower: next, upper: range.upper) : nil)
    }

    /// The partitions that a range touches, in order.
    static func partitions(touching range: KeyRange, in partitions: [Partition]) -> ArraySlice<Partition> {
        let first = range.lower.withUnsafeBytes { index(of: $0, in: partitions) }
        var end = first + 1
        while end < partitions.count, range.reaches(partitions[end].range.lower) { end += 1 }
        return partitions[first..<end]
    }

    /// Hash ranges of `count` partitions of equal width: cut at floor(i · 2¹²⁸ / count).
    static func hashRanges(count: Int) -> [ClosedRange<UInt128>] {
        let cuts = (0..<count).map { cut($0, of: count) }
        return cuts.indices.map { index in
            cuts[index]...(index + 1 < count ? cuts[index + 1] - 1 : .max)
        }
    }

    /// floor(index · 2¹²⁸ / count), in two divisions of 64 bits.
    private static func cut(_ index: Int, of count: Int) -> UInt128 {
        if index == 0 { return 0 }
        let divisor = UInt64(count)
        let (high, remainder) = divisor.dividingFullWidth((UInt64(index), 0))
        let (low, _) = divisor.dividingFullWidth((remainder, 0))
        return UInt128(high) << 64 | UInt128(low)
    }
}

extension Partition {
    var leaderPlace: PartitionMap.LeaderPlace {
        guard let group else {
            return PartitionMap.LeaderPlace(node: replicas[leader].node, zone: replicas[leader].zone)
        }
        let member = group.leading
        return PartitionMap.LeaderPlace(node: member.node, zone: member.zone)
    }
}
