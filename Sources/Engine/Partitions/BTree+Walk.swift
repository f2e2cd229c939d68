import Model

extension BTree {
    /// A slot inside a leaf, valid during the call it is passed to: nothing is copied or retained.
    package struct LentSlot {
        private let slot: UnsafePointer<Slot>

        init(_ slot: UnsafePointer<Slot>) { self.slot = slot }

        package var item: Item { slot.pointee.item }
        package var key: StorageKey { slot.pointee.key }
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

    /// False when `body` wants no more.
    private static func walk(
        _ node: Node,
        _ lower: KeyProbe,
        _ upper: KeyProbe?,
        _ descending: Bool,
        _ body: (LentSlot) -> Bool
    ) -> Bool {
        if node.isLeaf {
            let start = slotIndex(in: node, lower).index
            let end = upper.map { slotIndex(in: node, $0).index } ?? node.slots.count
            if start >= end { return true }
            return node.slots.withUnsafeBufferPointer { slots in
                if descending {
                    var index = end - 1
                    while index >= start {
                        if !body(LentSlot(slots.baseAddress! + index)) { return false }
                        index -= 1
                    }
                } else {
                    for index in start..<end where !body(LentSlot(slots.baseAddress! + index)) { return false }
                }
                return true
            }
        }
        let first = childIndex(in: node, lower)
        let last = upper.map { childIndex(in: node, $0) } ?? node.children.count - 1
        var index = descending ? last : first
        while descending ? index >= first : index <= last {
            if !walk(node.children[index], lower, upper, descending, body) { return false }
            index += descending ? -1 : 1
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
        if node.isLeaf {
            precondition(isRoot || node.slots.count >= nodeMinimum, "a leaf must not be too small")
            precondition(node.slots.count <= nodeCapacity, "a leaf must not be too large")
            return 1
        }
        precondition(node.separators.count == node.children.count - 1, "separators stand between children")
        precondition(isRoot || node.children.count >= nodeMinimum, "an inner node must not be too small")
        precondition(node.children.count <= nodeCapacity, "an inner node must not be too large")
        let depths = Set(node.children.map { depth(of: $0, isRoot: false) })
        precondition(depths.count == 1, "all leaves must be equally deep")
        return depths.first! + 1
    }
}

extension KeyProbe {
    fileprivate static func prefix(of bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { KeyProbe($0).prefix } }
}
