import Model

/// A running 64-bit checksum, eight bytes at a step. It finds flipped bits; it does not withstand an attacker.
struct Checksum {
    private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

    mutating func add(_ word: UInt64) {
        value = (value ^ word) &* 0xFF51_AFD7_ED55_8CCD
        value ^= value >> 32
    }

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        add(UInt64(bytes.count))
        var offset = 0
        while offset + 8 <= bytes.count {
            add(bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += 8
        }
        var rest: UInt64 = 0
        while offset < bytes.count {
            rest = rest << 8 | UInt64(bytes[offset])
            offset += 1
        }
        add(rest)
    }

    /// An absent item is not the same as an empty one.
    mutating func add(_ item: Item?) {
        guard let item else {
            add(0)
            return
        }
        item.withBytes { bytes in add(bytes) }
    }
}

/// The checksum of every item of a tree, made before bits can flip: while nothing corrupts, nothing needs comparing.
struct TreeChecksums {
    private var sums: [[UInt8]: UInt64] = [:]

    init(of tree: BTree) {
        tree.walk(.everything) { slot in
            sums[Array(slot.keyBytes)] = TreeChecksums.sum(of: slot.item)
            return true
        }
    }

    mutating func record(_ item: Item?, at key: StorageKey) { sums[key.bytes] = item.map { TreeChecksums.sum(of: $0) } }

    /// Whether the item read at the key is the one that was stored there.
    func fits(_ item: Item?, at key: UnsafeRawBufferPointer) -> Bool {
        sums[Array(key)] == item.map { TreeChecksums.sum(of: $0) }
    }

    /// Whether every item of the tree is the one that was stored, and none is missing.
    func fit(_ tree: BTree) -> Bool {
        guard tree.count == sums.count else { return false }
        var isSound = true
        tree.walk(.everything) { slot in
            isSound = fits(slot.item, at: slot.keyBytes)
            return isSound
        }
        return isSound
    }

    private static func sum(of item: Item) -> UInt64 {
        var sum = Checksum()
        sum.add(item)
        return sum.value
    }
}
