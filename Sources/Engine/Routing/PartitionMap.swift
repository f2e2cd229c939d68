import Model

/// Look-ups in a table's or index's partitions, which stand in the order of their key ranges and tile the key space.
enum PartitionMap {
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

    /// The partitions that a range touches, in order.
    static func partitions(touching range: KeyRange, in partitions: [Partition]) -> ArraySlice<Partition> {
        let first = range.lower.withUnsafeBytes { index(of: $0, in: partitions) }
        var end = first + 1
        while end < partitions.count,
            range.upper.map({ partitions[end].range.lower.lexicographicallyPrecedes($0) }) ?? true
        {
            end += 1
        }
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
