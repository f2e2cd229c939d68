import Model

/// Items ordered by storage key: a B+tree that is a value.
///
/// ```
///            inner   separators s1 s2 …; children c0 c1 c2 …    c(i) holds keys from s(i), below s(i+1)
///           /  |  \
///        leaf leaf leaf          slots: (first eight bytes of the key, key, item), sorted
/// ```
/// Copies share their nodes; a node is copied before it is changed when another tree holds it too. So a snapshot is an
/// assignment, and costs only what is written afterwards.
package struct BTree: Sendable {
    package struct Slot {
        let prefix: UInt64
        package let key: StorageKey
        package var item: Item
    }

    struct Separator {
        let prefix: UInt64
        let key: StorageKey
    }

    /// Changed only while one tree holds it; shared nodes are read only. Hence unchecked.
    final class Node: @unchecked Sendable {
        var slots: ContiguousArray<Slot>
        var separators: ContiguousArray<Separator>
        var children: ContiguousArray<Node>

        init(slots: ContiguousArray<Slot>) {
            self.slots = slots
            separators = []
            children = []
        }

        init(separators: ContiguousArray<Separator>, children: ContiguousArray<Node>) {
            slots = []
            self.separators = separators
            self.children = children
        }

        var isLeaf: Bool { children.isEmpty }

        func copy() -> Node {
            isLeaf ? Node(slots: BTree.withRoom(slots)) : Node(separators: separators, children: children)
        }
    }

    /// A leaf or inner node splits above this many slots or children, and is merged below a quarter of it.
    static let nodeCapacity = 64
    static let nodeMinimum = nodeCapacity / 4

    var root = Node(slots: [])
    package private(set) var count = 0
    /// Levels of nodes; 1 for a single leaf.
    package private(set) var height = 1

    package init() {}

    package func item(at probe: KeyProbe) -> Item? {
        var node = Unmanaged.passUnretained(root)
        while true {
            let next = node._withUnsafeGuaranteedRef { node -> Unmanaged<Node>? in
                node.isLeaf ? nil : Unmanaged.passUnretained(node.children[BTree.childIndex(in: node, probe)])
            }
            guard let next else { break }
            node = next
        }
        return node._withUnsafeGuaranteedRef { leaf in
            let (index, found) = BTree.slotIndex(in: leaf, probe)
            return found ? leaf.slots[index].item : nil
        }
    }

    /// Stores an item and returns the one it replaces. `key` is asked for only when the place is new.
    @discardableResult
    package mutating func put(_ item: Item, at probe: KeyProbe, key: () -> StorageKey) -> Item? {
        if !isKnownUniquelyReferenced(&root) { root = root.copy() }
        let (old, split) = BTree.put(item, at: probe, key: key, into: root)
        if let split {
            root = Node(separators: [split.separator], children: [root, split.right])
            height += 1
        }
        if old == nil { count += 1 }
        return old
    }

    /// Takes an item out and returns it.
    @discardableResult
    package mutating func remove(at probe: KeyProbe) -> Item? {
        if !isKnownUniquelyReferenced(&root) { root = root.copy() }
        guard let old = BTree.remove(at: probe, from: root) else { return nil }
        count -= 1
        if !root.isLeaf, root.children.count == 1 {
            root = root.children[0]
            height -= 1
        }
        return old
    }

    // MARK: Search

    /// Index of the child that holds the probe: the number of separators at or before it.
    @inline(__always)
    static func childIndex(in node: Node, _ probe: KeyProbe) -> Int {
        node.separators.withUnsafeBufferPointer { separators in
            var low = 0
            var high = separators.count
            while low < high {
                let middle = (low + high) >> 1
                let separator = separators.baseAddress! + middle
                if isAtOrBefore(separator.pointee.prefix, separator.pointee.key, probe) {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            return low
        }
    }

    /// Index of the first slot at or after the probe, and whether it is at it.
    @inline(__always)
    static func slotIndex(in leaf: Node, _ probe: KeyProbe) -> (index: Int, found: Bool) {
        leaf.slots.withUnsafeBufferPointer { slots in
            var low = 0
            var high = slots.count
            while low < high {
                let middle = (low + high) >> 1
                let slot = slots.baseAddress! + middle
                let prefix = slot.pointee.prefix
                let comparison =
                    prefix != probe.prefix
                    ? (prefix < probe.prefix ? -1 : 1)
                    : slot.pointee.key.withBytes { compareBytes($0, probe.bytes) }
                if comparison == 0 { return (middle, true) }
                if comparison < 0 { low = middle + 1 } else { high = middle }
            }
            return (low, false)
        }
    }

    @inline(__always)
    private static func isAtOrBefore(_ prefix: UInt64, _ key: StorageKey, _ probe: KeyProbe) -> Bool {
        if prefix != probe.prefix { return prefix < probe.prefix }
        return key.withBytes { compareBytes($0, probe.bytes) } <= 0
    }

    // MARK: Insertion

    private struct Split {
        let separator: Separator
        let right: Node
    }

    /// `node` must not be shared.
    private static func put(
        _ item: Item,
        at probe: KeyProbe,
        key: () -> StorageKey,
        into node: Node
    ) -> (old: Item?, split: Split?) {
        if node.isLeaf { return putIntoLeaf(item, at: probe, key: key, node) }
        let index = childIndex(in: node, probe)
        let (old, split) = put(item, at: probe, key: key, into: unsharedChild(of: node, index))
        guard let split else { return (old, nil) }
        node.separators.insert(split.separator, at: index)
        node.children.insert(split.right, at: index + 1)
        return (old, node.children.count > nodeCapacity ? splitInner(node) : nil)
    }

    private static func putIntoLeaf(
        _ item: Item,
        at probe: KeyProbe,
        key: () -> StorageKey,
        _ leaf: Node
    ) -> (old: Item?, split: Split?) {
        let (index, found) = slotIndex(in: leaf, probe)
        if found {
            let old = leaf.slots[index].item
            leaf.slots[index].item = item
            return (old, nil)
        }
        if leaf.slots.capacity <= nodeCapacity { leaf.slots = withRoom(leaf.slots) }
        leaf.slots.insert(Slot(prefix: probe.prefix, key: key(), item: item), at: index)
        return (nil, leaf.slots.count > nodeCapacity ? splitLeaf(leaf) : nil)
    }

    private static func splitLeaf(_ leaf: Node) -> Split {
        let middle = leaf.slots.count / 2
        let right = Node(slots: withRoom(leaf.slots[middle...]))
        leaf.slots.removeSubrange(middle...)
        let first = right.slots[0]
        return Split(separator: Separator(prefix: first.prefix, key: first.key), right: right)
    }

    private static func splitInner(_ node: Node) -> Split {
        let middle = node.children.count / 2
        let right = Node(
            separators: ContiguousArray(node.separators[middle...]),
            children: ContiguousArray(node.children[middle...])
        )
        let separator = node.separators[middle - 1]
        node.separators.removeSubrange((middle - 1)...)
        node.children.removeSubrange(middle...)
        return Split(separator: separator, right: right)
    }

    /// The child, copied first when another tree holds it too.
    static func unsharedChild(of node: Node, _ index: Int) -> Node {
        if !isKnownUniquelyReferenced(&node.children[index]) {
            node.children[index] = node.children[index].copy()
        }
        return node.children[index]
    }

    /// The same slots in an array that takes a full node without growing.
    static func withRoom(_ slots: some Collection<Slot>) -> ContiguousArray<Slot> {
        var roomy = ContiguousArray<Slot>()
        roomy.reserveCapacity(nodeCapacity + 1)
        roomy.append(contentsOf: slots)
        return roomy
    }
}
