import Model
import Testing

@testable import Engine

/// A tree that is cut in two: both sides are whole trees, and the old one is as it was.
struct BTreeCutTests {
    static func tree(_ keys: [[UInt8]]) -> BTree {
        var tree = BTree()
        for (number, key) in keys.enumerated() {
            key.withUnsafeBytes { _ = tree.put(BTreeTests.item(number), at: KeyProbe($0)) }
        }
        return tree
    }

    static func numbered(_ number: Int) -> [UInt8] { (0..<4).reversed().map { UInt8(number >> (8 * $0) & 0xFF) } }

    static func check(_ tree: BTree, cutAt key: [UInt8]) {
        let whole = BTreeTests.pairs(tree, .everything)
        var (before, after) = key.withUnsafeBytes { tree.cut(at: KeyProbe($0)) }
        before.checkInvariants()
        after.checkInvariants()
        #expect(BTreeTests.pairs(before, .everything) == whole.filter { $0.key.lexicographicallyPrecedes(key) })
        #expect(BTreeTests.pairs(after, .everything) == whole.filter { !$0.key.lexicographicallyPrecedes(key) })
        #expect(before.count + after.count == tree.count)
        // What is written to one side is seen by nobody else.
        for pair in whole.prefix(300) + whole.suffix(300) {
            pair.key.withUnsafeBytes { bytes in
                if pair.key.lexicographicallyPrecedes(key) {
                    _ = before.remove(at: KeyProbe(bytes))
                } else {
                    _ = after.put(BTreeTests.item(-1), at: KeyProbe(bytes))
                }
            }
        }
        before.checkInvariants()
        after.checkInvariants()
        tree.checkInvariants()
        #expect(BTreeTests.pairs(tree, .everything) == whole)
    }

    @Test(arguments: [0, 1, 2, 64, 65, 66, 200, 1_000, 5_000, 20_000])
    func everyPlaceOfATreeOfThisSizeCanBeTheCut(count: Int) {
        let tree = Self.tree((0..<count).map { Self.numbered($0) })
        let places = Set([0, 1, 15, 16, 17, 31, 32, 33, count / 3, count / 2, count - 1, count, count + 1])
        for place in places where place >= 0 { Self.check(tree, cutAt: Self.numbered(place)) }
    }

    @Test(arguments: Seeds.thisRun)
    func treesThatGrewAndShrankAreCutAnywhere(seed: UInt64) {
        var random = Randomness(seed: seed)
        for _ in 0..<10 {
            var tree = Self.tree((0..<3_000).map { _ in BTreeTests.randomKey(&random) })
            for _ in 0..<random.next(below: 3_000) {
                BTreeTests.randomKey(&random).withUnsafeBytes { _ = tree.remove(at: KeyProbe($0)) }
            }
            for _ in 0..<5 { Self.check(tree, cutAt: BTreeTests.randomKey(&random)) }
        }
    }
}
