import Model

/// What a replica keeps of its partition: the tree of items, and a tree of entries for each local index.
///
/// A value: a copy shares its nodes with the original until one of them changes.
struct ReplicaTrees: Sendable {
    private(set) var items = BTree()
    /// By position in the table's list of local indexes.
    private(set) var local: [BTree]
    /// Sum of item sizes, local index entries included.
    private(set) var sizeBytes = 0
    let localIndexes: [IndexDefinition]
    private var encoder = KeyEncoder()

    init(localIndexes: [IndexDefinition]) {
        self.localIndexes = localIndexes
        local = localIndexes.map { _ in BTree() }
    }

    private init(items: BTree, local: [BTree], sizeBytes: Int, localIndexes: [IndexDefinition]) {
        self.items = items
        self.local = local
        self.sizeBytes = sizeBytes
        self.localIndexes = localIndexes
    }

    /// What lies before a key, and the rest. The key must not lie inside an item collection when there are local indexes.
    func cut(at key: KeyProbe) -> (before: ReplicaTrees, after: ReplicaTrees) {
        let (itemsBefore, itemsAfter) = items.cut(at: key)
        let locals = local.map { $0.cut(at: key) }
        let bytesBefore = ([itemsBefore] + locals.map(\.before)).reduce(0) { $0 + $1.byteCount }
        return (
            ReplicaTrees(
                items: itemsBefore,
                local: locals.map(\.before),
                sizeBytes: bytesBefore,
                localIndexes: localIndexes
            ),
            ReplicaTrees(
                items: itemsAfter,
                local: locals.map(\.after),
                sizeBytes: sizeBytes - bytesBefore,
                localIndexes: localIndexes
            )
        )
    }

    /// Makes `new` the item at the probe, or removes it when `new` is nil. Returns the item that was there.
    @inline(__always)
    mutating func replace(at probe: KeyProbe, with new: Item?) -> Item? {
        let old = if let new { items.put(new, at: probe) } else { items.remove(at: probe) }
        sizeBytes += (new?.size ?? 0) - (old?.size ?? 0)
        if !localIndexes.isEmpty { updateLocalIndexes(old: old, new: new) }
        return old
    }

    private mutating func updateLocalIndexes(old: Item?, new: Item?) {
        for (position, index) in localIndexes.enumerated() {
            let change = IndexChange(old: index.entry(for: old), new: index.entry(for: new))
            sizeBytes += (change.new?.size ?? 0) - (change.old?.size ?? 0)
            change.apply(in: index, to: &local[position], encoder: &encoder)
        }
    }

    /// The tree of items, or of the local index at a position.
    func tree(localIndex: Int?) -> BTree { localIndex.map { local[$0] } ?? items }

    /// Takes a change back.
    mutating func undo(_ record: LogRecord) {
        guard record.changesItem else { return }
        record.key.withBytes { bytes in _ = replace(at: KeyProbe(bytes), with: record.old) }
    }

    /// Takes one attribute away from the item at a position of the order, without a word to anybody.
    mutating func spoil(itemAt position: Int) {
        var place = 0
        var victim: (key: [UInt8], item: Item)?
        items.walk(.everything) { slot in
            if place == position { victim = (Array(slot.keyBytes), slot.item) }
            place += 1
            return victim == nil
        }
        guard let victim else { return }
        let names = victim.item.attributes.names
        let spoilt = victim.item.projected(to: names.dropLast().map { AttributeName($0) })
        victim.key.withUnsafeBytes { bytes in _ = items.put(spoilt, at: KeyProbe(bytes)) }
    }
}
