import Model

extension BTree {
    /// `node` must not be shared. Children that get too small are filled from, or merged with, a neighbour.
    static func remove(at probe: KeyProbe, from node: Node) -> Item? {
        if node.isLeaf {
            let (index, found) = slotIndex(in: node, probe)
            return found ? node.slots.remove(at: index).item : nil
        }
        let index = childIndex(in: node, probe)
        guard let old = remove(at: probe, from: unsharedChild(of: node, index)) else { return nil }
        if size(of: node.children[index]) < nodeMinimum, node.children.count > 1 {
            rebalance(node, around: index == 0 ? 0 : index - 1)
        }
        return old
    }

    private static func size(of node: Node) -> Int { node.isLeaf ? node.slots.count : node.children.count }

    /// Merges the children at `index` and `index + 1`, or shares their contents evenly when one node cannot hold both.
    private static func rebalance(_ parent: Node, around index: Int) {
        let left = unsharedChild(of: parent, index)
        let right = unsharedChild(of: parent, index + 1)
        if left.isLeaf {
            left.slots.append(contentsOf: right.slots)
        } else {
            left.separators.append(parent.separators[index])
            left.separators.append(contentsOf: right.separators)
            left.children.append(contentsOf: right.children)
        }
        parent.separators.remove(at: index)
        parent.children.remove(at: index + 1)
        if size(of: left) > nodeCapacity { shareEvenly(parent, index) }
    }

    private static func shareEvenly(_ parent: Node, _ index: Int) {
        let node = parent.children[index]
        let middle = size(of: node) / 2
        let right: Node
        let separator: Separator
        if node.isLeaf {
            right = Node(slots: withRoom(node.slots[middle...]))
            node.slots.removeSubrange(middle...)
            separator = Separator(prefix: right.slots[0].prefix, key: right.slots[0].key)
        } else {
            right = Node(
                separators: ContiguousArray(node.separators[middle...]),
                children: ContiguousArray(node.children[middle...])
            )
            separator = node.separators[middle - 1]
            node.separators.removeSubrange((middle - 1)...)
            node.children.removeSubrange(middle...)
        }
        parent.separators.insert(separator, at: index)
        parent.children.insert(right, at: index + 1)
    }
}
