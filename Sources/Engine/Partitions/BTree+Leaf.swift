import CPrefetch
import Model

extension BTree {
    struct Slot {
        let prefix: UInt64
        /// Where the key's bytes lie among the leaf's.
        var keyOffset: UInt32
        let keyLength: UInt32
        var item: Item
    }

    /// A node that holds items.
    ///
    /// ```
    /// slots   │ s0 │ s1 │ s2 │ …          sorted
    /// keys    │ bytes of s1 │ of s0 │ of s2 │ …  free │     in the order they came; removed ones stay until it is full
    /// ```
    /// Keys lie beside one another because a search visits many of them: as objects of their own they cost it twice the
    /// time. Both blocks are raw memory, since what an array in a class checks at every access costs as much as a search.
    final class Leaf: Node, @unchecked Sendable {
        private(set) var count = 0
        private let slots: UnsafeMutablePointer<Slot>
        private var keys: UnsafeMutableRawPointer
        private var keyCapacity: Int
        /// Bytes of keys written, removed ones included.
        private var keyEnd = 0

        init(keyCapacity: Int) {
            slots = .allocate(capacity: nodeCapacity + 1)
            keys = .allocate(byteCount: keyCapacity, alignment: 8)
            self.keyCapacity = keyCapacity
            super.init(isLeaf: true)
        }

        deinit {
            slots.deinitialize(count: count)
            slots.deallocate()
            keys.deallocate()
        }

        // MARK: Reading

        @inline(__always)
        func key(at index: Int) -> UnsafeRawBufferPointer { key(of: slots + index) }

        @inline(__always)
        private func key(of slot: UnsafePointer<Slot>) -> UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(start: keys + Int(slot.pointee.keyOffset), count: Int(slot.pointee.keyLength))
        }

        @inline(__always)
        func item(at index: Int) -> Item { slots[index].item }

        @inline(__always)
        func prefetchItem(at index: Int) { prefetch(slots[index].item.address) }

        func prefetchItems(_ range: Range<Int>) {
            for index in range { prefetchItem(at: index) }
        }

        func prefix(at index: Int) -> UInt64 { slots[index].prefix }

        /// The slot itself, as long as the leaf lives and is not changed.
        @inline(__always)
        func lentSlot(at index: Int) -> LentSlot { LentSlot(slots + index, keys: keys) }

        /// Index of the first slot at or after the probe, and whether it is at it.
        @inline(__always)
        func slotIndex(_ probe: KeyProbe) -> (index: Int, found: Bool) {
            var low = 0
            var high = count
            // Where the second step may look, while the first waits for memory.
            prefetch(slots + count / 4)
            prefetch(slots + count / 4 * 3)
            while low < high {
                let middle = (low + high) >> 1
                let slot = slots + middle
                let prefix = slot.pointee.prefix
                let comparison: Int
                if prefix == probe.prefix {
                    // Among the last few it is likely the one that is sought: its item and its key come together.
                    if high - low < 4 { prefetch(slot.pointee.item.address) }
                    comparison = compareBytes(key(of: slot), probe.bytes)
                    if comparison == 0 { return (middle, true) }
                } else {
                    comparison = prefix < probe.prefix ? -1 : 1
                }
                if comparison < 0 { low = middle + 1 } else { high = middle }
            }
            return (low, false)
        }

        // MARK: Changing

        func replaceItem(at index: Int, with item: Item) -> Item {
            let old = slots[index].item
            slots[index].item = item
            return old
        }

        func insert(_ item: Item, at probe: KeyProbe, _ index: Int) {
            precondition(count <= nodeCapacity, "a full leaf is split first")
            let slot = Slot(
                prefix: probe.prefix,
                keyOffset: keep(probe.bytes),
                keyLength: UInt32(probe.bytes.count),
                item: item
            )
            (slots + index + 1).moveInitialize(from: slots + index, count: count - index)
            (slots + index).initialize(to: slot)
            count += 1
        }

        func remove(at index: Int) -> Item {
            let slot = (slots + index).move()
            (slots + index).moveInitialize(from: slots + index + 1, count: count - index - 1)
            count -= 1
            return slot.item
        }

        override func copy() -> Node {
            let copy = Leaf(keyCapacity: keyEnd)
            for index in 0..<count { copy.append(slots[index], key: key(at: index)) }
            return copy
        }

        override func split(at middle: Int) -> Split {
            let right = Leaf(keyCapacity: keyEnd)
            right.takeSlots(of: self, from: middle)
            packKeys(capacity: keyCapacity)
            return Split(separator: right.firstSeparator, right: right)
        }

        override func takeAll(of next: Node, behind separator: Separator) { takeSlots(of: next.asLeaf, from: 0) }

        var firstSeparator: Separator { Separator(prefix: prefix(at: 0), key: StorageKey(key(at: 0))) }

        private func takeSlots(of other: Leaf, from first: Int) {
            for index in first..<other.count {
                let key = other.key(at: index)
                append((other.slots + index).move(), key: key)
            }
            other.count = first
        }

        private func append(_ slot: consuming Slot, key: UnsafeRawBufferPointer) {
            slot.keyOffset = keep(key)
            (slots + count).initialize(to: slot)
            count += 1
        }

        // MARK: Keys

        /// Writes a key behind the others; answers where.
        private func keep(_ key: UnsafeRawBufferPointer) -> UInt32 {
            if keyEnd + key.count > keyCapacity { makeRoom(for: key.count) }
            let offset = keyEnd
            (keys + offset).copyMemory(from: key.baseAddress!, byteCount: key.count)
            keyEnd += key.count
            return UInt32(offset)
        }

        /// Drops the removed keys; grows when that alone would not help for long.
        private func makeRoom(for length: Int) {
            let used = (0..<count).reduce(0) { $0 + Int(slots[$1].keyLength) }
            packKeys(capacity: max(keyCapacity, (used + length) * 3 / 2))
        }

        private func packKeys(capacity: Int) {
            let packed = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
            var end = 0
            for index in 0..<count {
                let key = key(at: index)
                (packed + end).copyMemory(from: key.baseAddress!, byteCount: key.count)
                slots[index].keyOffset = UInt32(end)
                end += key.count
            }
            keys.deallocate()
            keys = packed
            keyCapacity = capacity
            keyEnd = end
        }
    }
}
