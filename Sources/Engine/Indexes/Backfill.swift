import Model

/// A new index that is being filled from its table, while writes go on: how far the scan has come.
///
/// The table is read in key order, some items at a time, each as the index's feeds show it: a change that the feeds
/// have not brought yet is undone in what is read. So it does not matter for an item whether the scan or a change comes
/// first, and no older image ever takes the place of a newer one.
struct Backfill {
    /// Where the scan goes on; nil when it is through. A place in the order of keys, since partitions may split meanwhile.
    private(set) var position: [UInt8]? = []
    private(set) var scannedCount = 0
    private var notedQuarters = 0

    /// Reads the next items, at most so many, and calls `body` with the image and place of each.
    mutating func scan(
        _ partitions: [Partition],
        atMost limit: Int,
        feeds: [IndexFeed],
        _ body: (Item, StorageKey) -> Void
    ) {
        let pending = pendingImages(feeds)
        var count = 0
        while count < limit, let position {
            let partition = position.withUnsafeBytes { PartitionMap.partition(holding: $0, in: partitions) }
            let tree = partition.tree
            var next = partition.range.upper
            tree.walk(KeyRange(lower: position, upper: nil)) { slot in
                let key = slot.key
                if count == limit {
                    next = key.bytes
                    return false
                }
                count += 1
                if let image = pending[key.bytes] ?? slot.item { body(image, key) }
                return true
            }
            self.position = next
        }
        scannedCount += count
    }

    /// Items whose changes are still to come, each as it was before the first of them.
    private func pendingImages(_ feeds: [IndexFeed]) -> [[UInt8]: Item?] {
        var images: [[UInt8]: Item?] = [:]
        for feed in feeds {
            feed.forEachPending { record in
                guard record.changesItem else { return }
                let key = record.key.bytes
                if images[key] == nil { images[key] = .some(record.old) }
            }
        }
        return images
    }

    /// 25, 50 or 75, when a quarter of the table has been passed since the last call.
    mutating func takeQuarter(of itemCount: Int) -> Int? {
        let quarters = min(3, 4 * scannedCount / max(1, itemCount))
        guard position != nil, quarters > notedQuarters else { return nil }
        notedQuarters = quarters
        return 25 * quarters
    }
}
