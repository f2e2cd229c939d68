import Model

/// What one change of an item does to one index: the entry before and after.
struct IndexChange {
    let old: Item?
    let new: Item?

    /// The write units the change costs the index. Source: reference B5.
    func writeUnits(in index: IndexDefinition) -> Double {
        switch (old, new) {
        case (nil, nil): return 0
        case (nil, let new?): return Capacity.writeUnits(new.size)
        case (let old?, nil): return Capacity.writeUnits(old.size)
        case (let old?, let new?):
            if old == new { return 0 }
            return movesKey(in: index)
                ? Capacity.writeUnits(old.size) + Capacity.writeUnits(new.size)
                : Capacity.writeUnits(max(old.size, new.size))
        }
    }

    private func movesKey(in index: IndexDefinition) -> Bool {
        guard let old, let new else { return false }
        return index.key.attributes.contains {
            old.orderedBytes(of: $0.attribute) != new.orderedBytes(of: $0.attribute)
        }
    }

    /// Carries the change out in a tree of entries. Applying it twice is the same as once.
    func apply(in index: IndexDefinition, to tree: inout BTree, encoder: inout KeyEncoder) {
        if let old {
            index.encodeKey(of: old, into: &encoder)
            let oldKey = encoder.bytes
            if let new {
                index.encodeKey(of: new, into: &encoder)
                if encoder.bytes == oldKey {
                    put(new, at: oldKey, in: &tree)
                    return
                }
                put(new, at: encoder.bytes, in: &tree)
            }
            oldKey.withUnsafeBytes { _ = tree.remove(at: KeyProbe($0)) }
        } else if let new {
            index.encodeKey(of: new, into: &encoder)
            put(new, at: encoder.bytes, in: &tree)
        }
    }

    private func put(_ entry: Item, at key: [UInt8], in tree: inout BTree) {
        key.withUnsafeBytes { _ = tree.put(entry, at: KeyProbe($0)) }
    }
}
