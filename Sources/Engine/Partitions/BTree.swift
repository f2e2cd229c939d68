import Model

/// Items ordered by storage key: a B+tree that is a value.
///
/// ```
///            inner   separators s1 s2 …; children c0 c1 c2 …    c(i) holds keys from s(i), below s(i+1)
///           /  |  \
///        leaf leaf leaf          slots: (first eight bytes of the key, place of the key, item), sorted; keys' bytes
/// ```
/// Copies share their nodes; a node is copied before it is changed when another tree holds it too. So a snapshot is an
/// assignment, and costs only what is written afterwards.
package struct BTree: Sendable {
    /// A leaf or an inner node. Changed only while one tree holds it; shared nodes are read only. Hence unchecked.
    class Node: @unchecked Sendable {
        final let isLeaf: Bool

        init(isLeaf: Bool) { self.isLeaf = isLeaf }

        @inline(__always)
        final var asLeaf: Leaf { unsafeDowncast(self, to: Leaf.self) }

        @inline(__always)
        final var asInner: Inner { unsafeDowncast(self, to: Inner.self) }

        /// Slots or children.
        final var size: Int { isLeaf ? asLeaf.count : asInner.count }

        func copy() -> Node { preconditionFailure("a node is a leaf or an inner node") }

        /// Moves what is behind `middle` into a new node.
        func split(at middle: Int) -> Split { preconditionFailure("a node is a leaf or an inner node") }

        /// Moves everything of the next node, of the same kind, behind the own; there must be room for it.
        /// `separator` stood between the two.
        func takeAll(of next: Node, behind separator: Separator) {
            preconditionFailure("a node is a leaf or an inner node")
        }
    }

    /// A leaf or inner node splits above this many slots or children, and is merged below a quarter of it.
    static let nodeCapacity = 64
    static let nodeMinimum = nodeCapacity / 4

    var root: Node = Leaf(keyCapacity: 0)
    package private(set) var count = 0
    /// Levels of nodes; 1 for a single leaf.
    package internal(set) var height = 1

    package init() {}

    init(root: Node, count: Int, height: Int) {
        self.root = root
        self.count = count
        self.height = height
    }

    package func item(at probe: KeyProbe) -> Item? {
        var node = Unmanaged.passUnretained(root)
        while true {
            let next = node._withUnsafeGuaranteedRef { node in
                node.isLeaf ? nil : node.asInner.child(at: node.asInner.childIndex(probe))
            }
            guard let next else { break }
            node = next
        }
        return node._withUnsafeGuaranteedRef { node in
            let (index, found) = node.asLeaf.slotIndex(probe)
            return found ? node.asLeaf.item(at: index) : nil
        }
    }

    /// Stores an item and returns the one it replaces.
    @discardableResult
    package mutating func put(_ item: Item, at probe: KeyProbe) -> Item? {
        if !isKnownUniquelyReferenced(&root) { root = root.copy() }
        let (old, split) = BTree.put(item, at: probe, into: root)
        if let split {
            root = Inner(root, split)
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
        if !root.isLeaf, root.asInner.count == 1 {
            root = root.asInner.unsharedChild(0)
            height -= 1
        }
        return old
    }

    // MARK: Insertion

    /// What a node that was too large gives to its parent: its right half, and the first key there.
    struct Split {
        let separator: Separator
        let right: Node
    }

    struct Separator {
        let prefix: UInt64
        let key: StorageKey
    }

    /// `node` must not be shared.
    private static func put(_ item: Item, at probe: KeyProbe, into node: Node) -> (old: Item?, split: Split?) {
        if node.isLeaf { return put(item, at: probe, into: node.asLeaf) }
        let inner = node.asInner
        let index = inner.childIndex(probe)
        let (old, split) = put(item, at: probe, into: inner.unsharedChild(index))
        guard let split else { return (old, nil) }
        inner.insert(split, after: index)
        return (old, inner.count > nodeCapacity ? inner.split(at: inner.count / 2) : nil)
    }

    private static func put(_ item: Item, at probe: KeyProbe, into leaf: Leaf) -> (old: Item?, split: Split?) {
        let (index, found) = leaf.slotIndex(probe)
        if found { return (leaf.replaceItem(at: index, with: item), nil) }
        leaf.insert(item, at: probe, index)
        return (nil, leaf.count > nodeCapacity ? leaf.split(at: leaf.count / 2) : nil)
    }
}
