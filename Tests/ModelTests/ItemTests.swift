import Model
import Testing

@Suite struct ItemTests {
    static let seeds: [UInt64] = [1, 2, 3, 5, 8, 13, 21, 34]

    /// Sizes byte for byte: reference A1, A2.
    @Test func countsSizesExactly() {
        #expect(Item.empty.size == 0)
        #expect(Item(["pk": .string("abc")]).size == 5)
        #expect(Item(["é": .string("é")]).size == 4)
        #expect(Item(["a": .number(0)]).size == 2)
        #expect(Item(["a": .number(-123)]).size == 5)
        #expect(Item(["a": .binary([1, 2, 3])]).size == 4)
        #expect(Item(["a": .bool(true), "b": .null]).size == 4)
        #expect(Item(["a": .stringSet(["x", "yy", ""])]).size == 4)
        #expect(Item(["a": .numberSet([1, 22, 333])]).size == 8)
        #expect(Item(["a": .binarySet([[1], [2, 3]])]).size == 4)
        #expect(Item(["a": .list([])]).size == 4)
        #expect(Item(["a": .list([.string("xy"), .null])]).size == 1 + 3 + 3 + 2)
        #expect(Item(["a": .map([:])]).size == 4)
        #expect(Item(["a": .map(["k": .string("xy"), "n": .list([])])]).size == 1 + 3 + (1 + 1 + 2) + (1 + 1 + 3))
    }

    @Test func equalContentGivesEqualItems() {
        let left: Item = ["b": .numberSet([2, 1]), "a": .stringSet(["y", "x"]), "c": .binarySet([[2], [1]])]
        let right: Item = ["c": .binarySet([[1], [2]]), "a": .stringSet(["x", "y"]), "b": .numberSet([1, 2])]
        #expect(left == right)
        #expect(left != ["a": .stringSet(["x", "y"])])
        #expect(Item(["a": .list([.number(1), .number(2)])]) != ["a": .list([.number(2), .number(1)])])
    }

    @Test func stringsCompareAsBytes() {
        let composed = "\u{E9}"
        let decomposed = "e\u{301}"
        #expect(AttributeValue.string(composed) != .string(decomposed))
        #expect(AttributeValue.stringSet([composed]) != .stringSet([decomposed]))
        #expect(Item([composed: .null]) != [decomposed: .null])
        let both: Item = [composed: .number(1), decomposed: .number(2)]
        #expect(both.count == 2)
        #expect(both[AttributeName(composed)] == .number(1))
        #expect(both[AttributeName(decomposed)] == .number(2))
        #expect(both.attributes[decomposed] == .number(2))
    }

    @Test func theLaterOfTwoValuesWins() {
        var builder = ItemBuilder()
        builder.append("a", .string("first, and long"))
        builder.append("b", .number(1))
        builder.append("a", .string("second"))
        builder.append("a", .number(3))
        let item = builder.finish()
        #expect(item == ["a": .number(3), "b": .number(1)])
        #expect(item.size == Item(["a": .number(3), "b": .number(1)]).size)
        #expect(item.count == 2)
        #expect(builder.count == 0)
        builder.append("z", .null)
        #expect(builder.finish() == ["z": .null])
    }

    @Test func findsAttributes() {
        let item: Item = ["pk": .string("x"), "p": .number(1), "pkk": .null]
        #expect(item["pk"] == .string("x"))
        #expect(item["p"] == .number(1))
        #expect(item["pkk"] == .null)
        #expect(item["missing" as AttributeName] == nil)
        #expect(item.attributes.names == ["p", "pk", "pkk"])
        #expect(item.projected(to: ["pkk", "p", "missing"]) == ["p": .number(1), "pkk": .null])
        #expect(Item.empty.isEmpty)
        #expect(Item.empty == [:])
    }

    @Test func buildersKnowWhatTheyHold() {
        var builder = ItemBuilder()
        builder.append("ab", .null)
        #expect(Array("ab".utf8).withUnsafeBytes { builder.contains($0) })
        #expect(!Array("a".utf8).withUnsafeBytes { builder.contains($0) })
        builder.reset()
        #expect(builder.finish() == .empty)
    }

    @Test func depthCountsListsAndMaps() {
        #expect(AttributeValue.stringSet(["a"]).depth == 0)
        #expect(AttributeValue.list([]).depth == 1)
        #expect(AttributeValue.list([.map(["a": .list([.null])]), .null]).depth == 3)
    }

    @Test(arguments: seeds)
    func whatIsStoredComesBack(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let attributes = randomMap(depth: 3, &generator)
            let item = Item(attributes)
            #expect(item.attributes == attributes, "seed \(seed)")
            #expect(item.size == attributes.entries.reduce(0) { $0 + $1.name.utf8.count + $1.value.size })
            #expect(item.count == attributes.count)
            // Any order of appending gives the same bytes.
            var builder = ItemBuilder()
            for entry in attributes.entries.shuffled(using: &generator) { builder.append(entry.name, entry.value) }
            #expect(builder.finish() == item, "seed \(seed)")
            // Copying stored values does, too.
            item.forEach { name, value in
                builder.append(nameBytes: name, stored: value)
                #expect(value.size == value.decoded.size)
            }
            #expect(builder.finish() == item, "seed \(seed)")
        }
    }

    @Test(arguments: seeds)
    func orderedBytesOfScalarsSortAsTheValuesDo(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let texts = (0..<60).map { _ in AttributeValue.string(randomText(&generator)) }
        for left in texts {
            for right in texts {
                let before = orderedBytes(left).lexicographicallyPrecedes(orderedBytes(right))
                #expect(left.ordered(before: right) == before)
            }
        }
        #expect(AttributeValue.string("a").ordered(before: .number(1)) == nil)
        #expect(AttributeValue.list([]).ordered(before: .list([])) == nil)
        #expect(AttributeValue.binary([0xFF]).ordered(before: .binary([0x00])) == false)
    }

    private func orderedBytes(_ value: AttributeValue) -> [UInt8] {
        var bytes: [UInt8] = []
        Item(["a": value]).withValue(of: "a") { $0!.appendOrderedBytes(to: &bytes) }
        return bytes
    }

    private func randomText(_ generator: inout SeededGenerator) -> String {
        let alphabet: [Character] = ["a", "b", "\u{E9}", "e\u{301}", "😀", "\0", "\"", "z"]
        let length = Int.random(in: 0...6, using: &generator)
        return String((0..<length).map { _ in alphabet.randomElement(using: &generator)! })
    }

    private func randomMap(depth: Int, _ generator: inout SeededGenerator) -> AttributeMap {
        var map = AttributeMap()
        for _ in 0..<Int.random(in: 0...5, using: &generator) {
            map["n" + randomText(&generator)] = randomValue(depth: depth, &generator)
        }
        return map
    }

    private func randomValue(depth: Int, _ generator: inout SeededGenerator) -> AttributeValue {
        let count = Int.random(in: 1...4, using: &generator)
        switch Int.random(in: 0..<(depth > 0 ? 10 : 8), using: &generator) {
        case 0: return .string(randomText(&generator))
        case 1: return .number(Number(Int.random(in: -5_000...5_000, using: &generator)))
        // Long enough for a length of two bytes.
        case 2: return .binary((0..<count * 60).map { _ in UInt8.random(in: 0...255, using: &generator) })
        case 3: return .bool(Bool.random(using: &generator))
        case 4: return .null
        case 5: return .stringSet(Array(Set((0..<count).map { "s\($0)" + randomText(&generator) })))
        case 6: return .numberSet((0..<count).map { Number($0 * 7 - 9) })
        case 7: return .binarySet((0..<count).map { [UInt8($0), 255] })
        case 8: return .list((0..<count).map { _ in randomValue(depth: depth - 1, &generator) })
        default: return .map(randomMap(depth: depth - 1, &generator))
        }
    }
}
