import Model

extension BTree {
    /// `node` must not be shared. Children that get too small are filled from, or merged with, a neighbour.
    static func remove(at probe: KeyProbe, from node: Node) -> Item? {
        if node.isLeaf {
            let (index, found) = node.asLeaf.slotIndex(probe)
            return found ? node.asLeaf.remove(at: index) : nil
        }
        let inner = node.asInner
        let index = inner.childIndex(probe)
        let child = inner.unsharedChild(index)
        guard let old = remove(at: probe, from: child) else { return nil }
        if child.size < nodeMinimum, inner.count > 1 { rebalance(inner, around: index == 0 ? 0 : index - 1) }
        return old
    }

    /// Merges the children at `index` and `index + 1`, or shares their contents evenly when one node cannot hold both.
    static func rebalance(_ parent: Inner, around index: Int) {
        let left = parent.unsharedChild(index)
        let right = parent.unsharedChild(index + 1)
        let separator = parent.separator(at: index)
        let half = (left.size + right.size) / 2
        if left.size + right.size <= nodeCapacity {
            left.takeAll(of: right, behind: separator)
            parent.removeChild(after: index)
        } else if left.size > right.size {
            let split = left.split(at: half)
            split.right.takeAll(of: right, behind: separator)
            parent.replaceChild(after: index, with: split)
        } else {
            let split = right.split(at: half - left.size)
            left.takeAll(of: right, behind: separator)
            parent.replaceChild(after: index, with: split)
        }
    }
}
