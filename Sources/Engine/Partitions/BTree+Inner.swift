import Model

extension BTree {
    /// A node that leads to others: one separator between two children.
    final class Inner: Node, @unchecked Sendable {
        /// Children.
        private(set) var count: Int
        private let separators: UnsafeMutablePointer<Separator>
        private let children: UnsafeMutablePointer<Node>

        private init(count: Int) {
            self.count = count
            separators = .allocate(capacity: nodeCapacity)
            children = .allocate(capacity: nodeCapacity + 1)
            super.init(isLeaf: false)
        }

        /// A root over the two halves of the old one.
        convenience init(_ left: Node, _ split: Split) {
            self.init(count: 2)
            children.initialize(to: left)
            (children + 1).initialize(to: split.right)
            separators.initialize(to: split.separator)
        }

        /// A node over some children; one separator less than children.
        convenience init(_ nodes: [Node], _ separators: [Separator]) {
            precondition(separators.count == nodes.count - 1, "a separator stands between two children")
            self.init(count: nodes.count)
            for (index, node) in nodes.enumerated() { (children + index).initialize(to: node) }
            for (index, separator) in separators.enumerated() { (self.separators + index).initialize(to: separator) }
        }

        deinit {
            separators.deinitialize(count: max(0, count - 1))
            children.deinitialize(count: count)
            separators.deallocate()
            children.deallocate()
        }

        // MARK: Reading

        @inline(__always)
        func child(at index: Int) -> Unmanaged<Node> { Unmanaged.passUnretained(children[index]) }

        func separator(at index: Int) -> Separator { separators[index] }

        /// Index of the child that holds the probe: the number of separators at or before it.
        @inline(__always)
        func childIndex(_ probe: KeyProbe) -> Int {
            var low = 0
            var high = count - 1
            while low < high {
                let middle = (low + high) >> 1
                if Inner.isAtOrBefore(separators + middle, probe) { low = middle + 1 } else { high = middle }
            }
            return low
        }

        @inline(__always)
        private static func isAtOrBefore(_ separator: UnsafePointer<Separator>, _ probe: KeyProbe) -> Bool {
            let prefix = separator.pointee.prefix
            if prefix != probe.prefix { return prefix < probe.prefix }
            return separator.pointee.key.withBytes { compareBytes($0, probe.bytes) } <= 0
        }

        // MARK: Changing

        /// The child, copied first when another tree holds it too.
        func unsharedChild(_ index: Int) -> Node {
            if !isKnownUniquelyReferenced(&children[index]) { children[index] = children[index].copy() }
            return children[index]
        }

        /// Puts the right half of the child at `index` beside it.
        func insert(_ split: Split, after index: Int) {
            precondition(count <= nodeCapacity, "a full node is split first")
            (separators + index + 1).moveInitialize(from: separators + index, count: count - 1 - index)
            (separators + index).initialize(to: split.separator)
            (children + index + 2).moveInitialize(from: children + index + 1, count: count - index - 1)
            (children + index + 1).initialize(to: split.right)
            count += 1
        }

        /// Takes out the child behind `index`, and the separator between the two.
        func removeChild(after index: Int) {
            (separators + index).deinitialize(count: 1)
            (separators + index).moveInitialize(from: separators + index + 1, count: count - 2 - index)
            (children + index + 1).deinitialize(count: 1)
            (children + index + 1).moveInitialize(from: children + index + 2, count: count - index - 2)
            count -= 1
        }

        /// Puts another node, and what separates it, in the place of the child behind `index`.
        func replaceChild(after index: Int, with split: Split) {
            separators[index] = split.separator
            children[index + 1] = split.right
        }

        override func copy() -> Node {
            let copy = Inner(count: count)
            copy.separators.initialize(from: separators, count: count - 1)
            copy.children.initialize(from: children, count: count)
            return copy
        }

        override func split(at middle: Int) -> Split {
            let right = Inner(count: count - middle)
            right.children.moveInitialize(from: children + middle, count: count - middle)
            right.separators.moveInitialize(from: separators + middle, count: count - middle - 1)
            let separator = (separators + middle - 1).move()
            count = middle
            return Split(separator: separator, right: right)
        }

        override func takeAll(of next: Node, behind separator: Separator) {
            let next = next.asInner
            (separators + count - 1).initialize(to: separator)
            (separators + count).moveInitialize(from: next.separators, count: next.count - 1)
            (children + count).moveInitialize(from: next.children, count: next.count)
            count += next.count
            next.count = 0
        }
    }
}
