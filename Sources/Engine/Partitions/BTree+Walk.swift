import Model

extension BTree {
    /// A slot inside a leaf, valid during the call it is passed to: nothing is copied or retained.
    package struct LentSlot {
        private let slot: UnsafePointer<Slot>
        private let keys: UnsafeRawPointer

        init(_ slot: UnsafePointer<Slot>, keys: UnsafeRawPointer) {
            self.slot = slot
            self.keys = keys
        }

        package var item: Item { slot.pointee.item }

        package var keyBytes: UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(start: keys + Int(slot.pointee.keyOffset), count: Int(slot.pointee.keyLength))
        }

        /// A copy of the key.
        package var key: StorageKey { StorageKey(keyBytes) }
        var prefix: UInt64 { slot.pointee.prefix }
    }

    /// Visits the slots of a range in order, or in reverse, until `body` answers false. The slot is lent.
    package func walk(_ range: KeyRange, descending: Bool = false, _ body: (LentSlot) -> Bool) {
        range.lower.withUnsafeBytes { lowerBytes in
            let lower = KeyProbe(lowerBytes)
            guard let upperBound = range.upper else {
                _ = BTree.walk(root, lower, nil, descending, body)
                return
            }
            upperBound.withUnsafeBytes { _ = BTree.walk(root, lower, KeyProbe($0), descending, body) }
        }
    }

    private static let prefetched = 8

    /// False when `body` wants no more.
    private static func walk(
        _ node: Node,
        _ lower: KeyProbe,
        _ upper: KeyProbe?,
        _ descending: Bool,
        _ body: (LentSlot) -> Bool
    ) -> Bool {
        if node.isLeaf { return walk(node.asLeaf, lower, upper, descending, body) }
        let inner = node.asInner
        let first = inner.childIndex(lower)
        let last = upper.map { inner.childIndex($0) } ?? inner.count - 1
        var index = descending ? last : first
        while descending ? index >= first : index <= last {
            let goesOn = inner.child(at: index)._withUnsafeGuaranteedRef { walk($0, lower, upper, descending, body) }
            if !goesOn { return false }
            index += descending ? -1 : 1
        }
        return true
    }

    private static func walk(
        _ leaf: Leaf,
        _ lower: KeyProbe,
        _ upper: KeyProbe?,
        _ descending: Bool,
        _ body: (LentSlot) -> Bool
    ) -> Bool {
        let start = leaf.slotIndex(lower).index
        let end = upper.map { leaf.slotIndex($0).index } ?? leaf.count
        // Items lie all over memory: fetched eight ahead, their waits overlap.
        leaf.prefetchItems(
            descending
                ? max(start, end - prefetched)..<max(start, end) : start..<max(start, min(end, start + prefetched))
        )
        if descending {
            var index = end - 1
            while index >= start {
                if index - prefetched >= start { leaf.prefetchItem(at: index - prefetched) }
                if !body(leaf.lentSlot(at: index)) { return false }
                index -= 1
            }
        } else {
            var index = start
            while index < end {
                if index + prefetched < end { leaf.prefetchItem(at: index + prefetched) }
                if !body(leaf.lentSlot(at: index)) { return false }
                index += 1
            }
        }
        return true
    }
}

/// What must hold in every tree. Called by tests, and by whoever doubts one.
extension BTree {
    package func checkInvariants() {
        var visited = 0
        var previous: [UInt8]?
        walk(.everything) { slot in
            let bytes = slot.key.bytes
            if let previous { precondition(previous.lexicographicallyPrecedes(bytes), "keys must ascend") }
            precondition(KeyProbe.prefix(of: bytes) == slot.prefix, "a slot's prefix is its key's first eight bytes")
            previous = bytes
            visited += 1
            return true
        }
        precondition(visited == count, "the count must be the number of slots")
        precondition(BTree.depth(of: root, isRoot: true) == height, "the height must be the number of levels")
    }

    private static func depth(of node: Node, isRoot: Bool) -> Int {
        precondition(node.size <= nodeCapacity, "a node must not be too large")
        precondition(isRoot || node.size >= nodeMinimum, "a node must not be too small")
        if node.isLeaf { return 1 }
        let children = (0..<node.asInner.count).map { node.asInner.child(at: $0).takeUnretainedValue() }
        let depths = Set(children.map { depth(of: $0, isRoot: false) })
        precondition(depths.count == 1, "all leaves must be equally deep")
        return depths.first! + 1
    }
}

extension KeyProbe {
    fileprivate static func prefix(of bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { KeyProbe($0).prefix } }
}
