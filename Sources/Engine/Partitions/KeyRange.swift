import Model

/// A half-open interval of storage keys: from `lower`, up to but without `upper`; nil is the end of all keys.
package struct KeyRange: Equatable, Sendable {
    package var lower: [UInt8]
    package var upper: [UInt8]?

    package static let everything = KeyRange(lower: [], upper: nil)

    /// All keys that begin with `prefix`.
    package init(prefix: [UInt8]) {
        lower = prefix
        upper = KeyRange.successor(ofPrefix: prefix)
    }

    package init(lower: [UInt8], upper: [UInt8]?) {
        self.lower = lower
        self.upper = upper
    }

    /// The hashes from `first` through `last`.
    init(hashes first: UInt128, through last: UInt128) {
        lower = KeyRange.bytes(of: first)
        upper = last == .max ? nil : KeyRange.bytes(of: last + 1)
    }

    /// The hash of the first key that the range can hold.
    var firstHash: UInt128 { KeyRange.hash(of: lower) }

    /// The hash of the last key that it can hold.
    var lastHash: UInt128 {
        guard let upper else { return .max }
        return upper.count > 16 ? KeyRange.hash(of: upper) : KeyRange.hash(of: upper) - 1
    }

    /// The hash halfway between the ends; nil when both lie in one.
    var middleHash: UInt128? {
        let (first, last) = (firstHash, lastHash)
        return first == last ? nil : first + (last - first) / 2 + 1
    }

    /// Both sides of a place inside the range.
    func cut(at key: [UInt8]) -> (before: KeyRange, after: KeyRange) {
        precondition(contains(key) && key != lower, "a cut leaves something on both sides")
        return (KeyRange(lower: lower, upper: key), KeyRange(lower: key, upper: upper))
    }

    var isEmpty: Bool {
        guard let upper else { return false }
        return !lower.lexicographicallyPrecedes(upper)
    }

    func contains(_ key: UnsafeRawBufferPointer) -> Bool {
        let isAtOrAfterLower = lower.withUnsafeBytes { compareBytes(key, $0) >= 0 }
        guard isAtOrAfterLower, let upper else { return isAtOrAfterLower }
        return upper.withUnsafeBytes { compareBytes(key, $0) < 0 }
    }

    func contains(_ key: [UInt8]) -> Bool { key.withUnsafeBytes { contains($0) } }

    /// Whether the range goes on to the key, or beyond it.
    func reaches(_ key: [UInt8]) -> Bool { upper.map { key.lexicographicallyPrecedes($0) } ?? true }

    func intersection(_ other: KeyRange) -> KeyRange? {
        let lower = self.lower.lexicographicallyPrecedes(other.lower) ? other.lower : self.lower
        let upper: [UInt8]? =
            switch (self.upper, other.upper) {
            case (nil, let bound), (let bound, nil): bound
            case (let left?, let right?): left.lexicographicallyPrecedes(right) ? left : right
            }
        let range = KeyRange(lower: lower, upper: upper)
        return range.isEmpty ? nil : range
    }

    /// The smallest bytes greater than everything that begins with `prefix`; nil when there are none.
    static func successor(ofPrefix prefix: [UInt8]) -> [UInt8]? {
        var bytes = prefix
        while let last = bytes.last {
            if last < 0xFF {
                bytes[bytes.count - 1] = last + 1
                return bytes
            }
            bytes.removeLast()
        }
        return nil
    }

    /// The smallest bytes greater than `key` alone.
    static func successor(of key: [UInt8]) -> [UInt8] { key + [0] }

    /// The first 16 bytes as an integer; what is missing is zero.
    private static func hash(of bytes: [UInt8]) -> UInt128 {
        (0..<16).reduce(0) { $0 << 8 | UInt128($1 < bytes.count ? bytes[$1] : 0) }
    }

    /// A hash as 16 bytes, most significant first. The zero hash is the empty string: the start of all keys.
    static func bytes(of hash: UInt128) -> [UInt8] {
        if hash == 0 { return [] }
        return (0..<16).map { UInt8(truncatingIfNeeded: hash >> (8 * (15 - $0))) }
    }
}
