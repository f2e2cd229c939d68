import Model

extension BTree {
    /// Two trees that share the nodes of this one: what lies before the probe, and what lies at or after it.
    ///
    /// ```
    ///      ●                 ●          ●
    ///    ● ● ●      →      ● ◐          ◑ ●        ◐ ◑ are new; every other node is held by both sides as it is
    ///   ●●●|●●●            ●●●          ●●●
    /// ```
    /// Only the nodes on the way to the cut are made anew. Those may be too small; each is then filled from, or merged
    /// with, its neighbour.
    func cut(at probe: KeyProbe) -> (before: BTree, after: BTree) {
        let (before, after) = BTree.cut(root, at: probe)
        let countBefore = before.map { BTree.slotCount(of: $0) } ?? 0
        return (
            BTree.tree(over: before, count: countBefore, height: height, cutEdge: .last),
            BTree.tree(over: after, count: count - countBefore, height: height, cutEdge: .first)
        )
    }

    private enum Edge { case first, last }

    /// Both sides of a node, as high as it is; nil where a side is empty. Sides may have less than a node should, down
    /// to one child.
    private static func cut(_ node: Node, at probe: KeyProbe) -> (before: Node?, after: Node?) {
        node.isLeaf ? cut(node.asLeaf, at: probe) : cut(node.asInner, at: probe)
    }

    private static func cut(_ leaf: Leaf, at probe: KeyProbe) -> (before: Node?, after: Node?) {
        let index = leaf.slotIndex(probe).index
        if index == 0 { return (nil, leaf.count == 0 ? nil : leaf) }
        if index == leaf.count { return (leaf, nil) }
        let before = leaf.copy()
        return (before, before.split(at: index).right)
    }

    private static func cut(_ inner: Inner, at probe: KeyProbe) -> (before: Node?, after: Node?) {
        let middle = inner.childIndex(probe)
        let children = (0..<inner.count).map { inner.child(at: $0).takeUnretainedValue() }
        let separators = (0..<inner.count - 1).map { inner.separator(at: $0) }
        let cut = cut(children[middle], at: probe)
        let before = children[..<middle] + [cut.before].compactMap { $0 }
        let after = [cut.after].compactMap { $0 } + children[(middle + 1)...]
        return (
            before.isEmpty ? nil : Inner(Array(before), Array(separators.prefix(before.count - 1))),
            after.isEmpty ? nil : Inner(after, Array(separators.suffix(after.count - 1)))
        )
    }

    /// A tree of the node, which may be too small on the edge where it was cut.
    private static func tree(over node: Node?, count: Int, height: Int, cutEdge: Edge) -> BTree {
        guard let node else { return BTree() }
        var tree = BTree(root: node, count: count, height: height)
        tree.dropSingleChildren()
        tree.fillEdge(cutEdge)
        return tree
    }

    private mutating func dropSingleChildren() {
        while !root.isLeaf, root.asInner.count == 1 {
            root = root.asInner.unsharedChild(0)
            height -= 1
        }
    }

    /// From the root down, makes every node on the edge large enough to lose one child to the level below it.
    private mutating func fillEdge(_ edge: Edge) {
        var level = root
        while !level.isLeaf {
            let inner = level.asInner
            let isSmall = inner.child(at: edge == .first ? 0 : inner.count - 1)._withUnsafeGuaranteedRef {
                $0.size <= BTree.nodeMinimum
            }
            if isSmall {
                BTree.rebalance(inner, around: edge == .first ? 0 : inner.count - 2)
            }
            let next = inner.unsharedChild(edge == .first ? 0 : inner.count - 1)
            if inner.count == 1 {
                root = next
                height -= 1
            }
            level = next
        }
    }

    private static func slotCount(of node: Node) -> Int {
        if node.isLeaf { return node.asLeaf.count }
        return (0..<node.asInner.count).reduce(0) { sum, index in
            sum + node.asInner.child(at: index)._withUnsafeGuaranteedRef { slotCount(of: $0) }
        }
    }
}
