import Model
import Testing

@testable import Engine

/// The tree against a dictionary that is sorted whenever it is asked.
struct BTreeTests {
    struct Sorted {
        private(set) var keys: [[UInt8]] = []
        private var items: [[UInt8]: Int] = [:]

        var count: Int { keys.count }

        subscript(key: [UInt8]) -> Int? {
            get { items[key] }
            set {
                let place = firstIndex(notBefore: key)
                if items[key] == nil, newValue != nil { keys.insert(key, at: place) }
                if items[key] != nil, newValue == nil { keys.remove(at: place) }
                items[key] = newValue
            }
        }

        func pairs(from lower: [UInt8], to upper: [UInt8]?) -> [Pair] {
            let first = firstIndex(notBefore: lower)
            let end = upper.map { firstIndex(notBefore: $0) } ?? keys.count
            return first < end ? keys[first..<end].map { Pair(key: $0, number: items[$0]!) } : []
        }

        private func firstIndex(notBefore key: [UInt8]) -> Int {
            var (low, high) = (0, keys.count)
            while low < high {
                let middle = (low + high) / 2
                if keys[middle].lexicographicallyPrecedes(key) { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }

    struct Pair: Equatable {
        let key: [UInt8]
        let number: Int
    }

    /// Few different bytes and lengths around eight, so that many keys share their first eight bytes.
    static func randomKey(_ random: inout Randomness) -> [UInt8] {
        let bytes: [UInt8] = [0, 0, 0, 1, 0x7F, 0x80, 0xFF]
        return (0..<(1 + random.next(below: 12))).map { _ in random.pick(bytes) }
    }

    static func item(_ number: Int) -> Item { ["n": .number(Number(number))] }

    static func number(of item: Item?) -> Int? {
        guard case .number(let number)? = item?["n"] else { return nil }
        return number.integer
    }

    static func pairs(_ tree: BTree, _ range: KeyRange, descending: Bool = false, atMost limit: Int = .max) -> [Pair] {
        var pairs: [Pair] = []
        tree.walk(range, descending: descending) { slot in
            pairs.append(Pair(key: slot.key.bytes, number: number(of: slot.item)!))
            return pairs.count < limit
        }
        return pairs
    }

    @Test(arguments: Seeds.thisRun)
    func behavesAsASortedDictionary(seed: UInt64) {
        var random = Randomness(seed: seed)
        var tree = BTree()
        var sorted = Sorted()
        var snapshots: [(tree: BTree, sorted: Sorted)] = []
        var heightMax = 0
        for step in 0..<4_000 {
            // Grows in the first half, shrinks in the second.
            let puts = step < 2_000 ? random.next(below: 10) < 7 : random.next(below: 10) < 3
            let removesKnown = !puts && sorted.count > 0 && !random.oneIn(4)
            let key = removesKnown ? random.pick(sorted.keys) : Self.randomKey(&random)
            let expected = sorted[key]
            let old = key.withUnsafeBytes { bytes in
                puts
                    ? tree.put(Self.item(step), at: KeyProbe(bytes))
                    : tree.remove(at: KeyProbe(bytes))
            }
            sorted[key] = puts ? step : nil
            #expect(Self.number(of: old) == expected, "step \(step)")
            #expect(tree.count == sorted.count)
            heightMax = max(heightMax, tree.height)
            if step % 40 == 0 { tree.checkInvariants() }
            if step % 500 == 250 { snapshots.append((tree, sorted)) }
        }
        #expect(heightMax > 1, "the test must reach inner nodes")
        snapshots.append((tree, sorted))
        for (snapshot, sorted) in snapshots {
            snapshot.checkInvariants()
            #expect(Self.pairs(snapshot, .everything) == sorted.pairs(from: [], to: nil))
        }
    }

    @Test(arguments: Seeds.thisRun)
    func findsWhatIsThereAndNothingElse(seed: UInt64) {
        var random = Randomness(seed: seed)
        var (tree, sorted) = Self.grown(to: 1_500, &random)
        for _ in 0..<2_000 {
            let key = Self.randomKey(&random)
            let found = key.withUnsafeBytes { tree.item(at: KeyProbe($0)) }
            #expect(Self.number(of: found) == sorted[key])
        }
        // And also when it is half gone.
        for key in sorted.keys where random.oneIn(2) {
            key.withUnsafeBytes { _ = tree.remove(at: KeyProbe($0)) }
            sorted[key] = nil
        }
        for key in sorted.keys {
            #expect(Self.number(of: key.withUnsafeBytes { tree.item(at: KeyProbe($0)) }) == sorted[key])
        }
    }

    @Test(arguments: Seeds.thisRun)
    func walksRangesInBothDirections(seed: UInt64) {
        var random = Randomness(seed: seed)
        let (tree, sorted) = Self.grown(to: 3_000, &random)
        let keys = sorted.keys
        /// A bound: a key that is there, one just after it, the beginning of one, or any.
        func bound(_ random: inout Randomness) -> [UInt8] {
            let key = random.pick(keys)
            return switch random.next(below: 5) {
            case 0: key
            case 1: KeyRange.successor(of: key)
            case 2: Array(key.prefix(1 + random.next(below: key.count)))
            case 3: KeyRange.successor(ofPrefix: key) ?? []
            default: Self.randomKey(&random)
            }
        }
        for _ in 0..<400 {
            let range = KeyRange(
                lower: random.oneIn(4) ? [] : bound(&random),
                upper: random.oneIn(4) ? nil : bound(&random)
            )
            let expected = sorted.pairs(from: range.lower, to: range.upper)
            let limit = random.oneIn(2) ? .max : 1 + random.next(below: 40)
            #expect(Self.pairs(tree, range, atMost: limit) == Array(expected.prefix(limit)), "\(range)")
            #expect(
                Self.pairs(tree, range, descending: true, atMost: limit) == Array(expected.reversed().prefix(limit)),
                "\(range), backwards"
            )
        }
    }

    @Test func aRangeWhoseBoundsAreCrossedIsEmpty() {
        var random = Randomness(seed: 5)
        let (tree, _) = Self.grown(to: 500, &random)
        #expect(Self.pairs(tree, KeyRange(lower: [0x80], upper: [1])).isEmpty)
        #expect(Self.pairs(tree, KeyRange(lower: [0x80], upper: [1]), descending: true).isEmpty)
        #expect(Self.pairs(tree, KeyRange(lower: [], upper: [])).isEmpty)
    }

    @Test func removalOfEverythingLeavesASingleEmptyLeaf() {
        var random = Randomness(seed: 6)
        let (full, sorted) = Self.grown(to: 6_000, &random)
        var tree = full
        #expect(tree.height >= 3, "the test must reach three levels")
        var keys = sorted.keys
        keys.shuffle(using: &random)
        for (step, key) in keys.enumerated() {
            let old = key.withUnsafeBytes { tree.remove(at: KeyProbe($0)) }
            #expect(Self.number(of: old) == sorted[key])
            if step % 500 == 0 || keys.count - step < 40 { tree.checkInvariants() }
        }
        #expect(tree.count == 0)
        #expect(tree.height == 1)
        #expect(Self.pairs(tree, .everything).isEmpty)
        #expect(Self.pairs(full, .everything) == sorted.pairs(from: [], to: nil), "the snapshot kept everything")
        let absent: [UInt8] = [1, 2, 3]
        #expect(absent.withUnsafeBytes { tree.remove(at: KeyProbe($0)) } == nil)
    }

    @Test func ascendingAndDescendingInsertionsKeepTheInvariants() {
        for ascending in [true, false] {
            var tree = BTree()
            for step in 0..<5_000 {
                let number = ascending ? step : 5_000 - step
                let key = [UInt8(number >> 8), UInt8(number & 0xFF)]
                key.withUnsafeBytes { bytes in
                    _ = tree.put(Self.item(number), at: KeyProbe(bytes))
                }
                if step % 250 == 0 { tree.checkInvariants() }
            }
            tree.checkInvariants()
            #expect(Self.pairs(tree, .everything).map(\.number) == (ascending ? Array(0..<5_000) : Array(1...5_000)))
        }
    }

    @Test func aSnapshotAndItsOriginalGoSeparateWays() {
        var random = Randomness(seed: 7)
        let (original, sorted) = Self.grown(to: 2_000, &random)
        var changed = original
        var other = sorted
        for key in sorted.keys.prefix(1_000) {
            key.withUnsafeBytes { bytes in
                _ = changed.put(Self.item(-1), at: KeyProbe(bytes))
            }
            other[key] = -1
        }
        #expect(Self.pairs(original, .everything) == sorted.pairs(from: [], to: nil))
        #expect(Self.pairs(changed, .everything) == other.pairs(from: [], to: nil))
    }

    private static func grown(to count: Int, _ random: inout Randomness) -> (tree: BTree, sorted: Sorted) {
        var tree = BTree()
        var sorted = Sorted()
        while sorted.count < count {
            let key = randomKey(&random)
            let number = sorted.count
            key.withUnsafeBytes { bytes in
                _ = tree.put(item(number), at: KeyProbe(bytes))
            }
            sorted[key] = number
        }
        tree.checkInvariants()
        return (tree, sorted)
    }
}
