import Expressions
import Model
import Testing

@testable import Engine

/// The order of storage keys is the order of what they stand for.
struct KeyOrderTests {
    /// Values of one type that are close to each other: shared beginnings, zero bytes, signs, neighbours in magnitude.
    static func value(of type: AttributeType, _ random: inout Randomness) -> AttributeValue {
        switch type {
        case .string:
            let letters = ["a", "b", "\u{0}", "\u{1}", "é", "\u{FFFF}", "😀", "\u{7F}"]
            return .string((0..<(1 + random.next(below: 4))).map { _ in random.pick(letters) }.joined())
        case .binary:
            let bytes: [UInt8] = [0, 0, 1, 2, 0x7F, 0x80, 0xFE, 0xFF]
            return .binary((0..<(1 + random.next(below: 4))).map { _ in random.pick(bytes) })
        default:
            let digits = (0..<random.pick([1, 1, 2, 3, 19, 38])).map { _ in "\(random.next(below: 10))" }.joined()
            let exponent = random.pick([-91, -40, -3, -2, -1, 0, 0, 0, 1, 2, 40, 87])
            return .decimal("\(random.oneIn(2) ? "-" : "")\(digits)E\(exponent)")
        }
    }

    private static func precedes(_ left: [AttributeValue], _ right: [AttributeValue]) -> Bool {
        for (left, right) in zip(left, right) where left != right { return left.ordered(before: right)! }
        return false
    }

    @Test(arguments: Seeds.thisRun, [AttributeType.string, .number, .binary])
    func sortKeysOfATableAreOrderedAsTheirValues(seed: UInt64, type: AttributeType) throws {
        var random = Randomness(seed: seed)
        let region = Region(profile: .serve)
        try region.create(.table("Music", sort: ("sk", type)))
        let table = try #require(region.metadata["Music"])
        for _ in 0..<2_000 {
            let (left, right) = (Self.value(of: type, &random), Self.value(of: type, &random))
            let leftKey = table.storageKey(of: ["pk": "same", "sk": left])
            let rightKey = table.storageKey(of: ["pk": "same", "sk": right])
            #expect((left == right) == (leftKey == rightKey), "\(left) \(right)")
            #expect(left.ordered(before: right) == leftKey.lexicographicallyPrecedes(rightKey), "\(left) \(right)")
        }
    }

    /// An index's sort keys are escaped, because other parts follow them.
    @Test(arguments: Seeds.thisRun, [AttributeType.string, .number, .binary])
    func aLocalIndexIsOrderedByItsSortKeyThenTheTables(seed: UInt64, type: AttributeType) {
        var random = Randomness(seed: seed)
        let tableKey = KeySchema(hash: [KeyAttribute("pk", .string)], range: [KeyAttribute("sk", type)])
        let index = IndexDefinition(
            name: "byA",
            isLocal: true,
            key: KeySchema(hash: [KeyAttribute("pk", .string)], range: [KeyAttribute("a", type)]),
            tableKey: tableKey,
            projection: Projection(.keysOnly)
        )
        var encoder = KeyEncoder()
        func key(_ values: [AttributeValue]) -> [UInt8] {
            index.encodeKey(of: ["pk": "same", "a": values[0], "sk": values[1]], into: &encoder)
            return encoder.bytes
        }
        for _ in 0..<2_000 {
            let left = [Self.value(of: type, &random), Self.value(of: type, &random)]
            let right = [random.oneIn(3) ? left[0] : Self.value(of: type, &random), Self.value(of: type, &random)]
            #expect((left == right) == (key(left) == key(right)), "\(left) \(right)")
            #expect(Self.precedes(left, right) == key(left).lexicographicallyPrecedes(key(right)), "\(left) \(right)")
        }
    }

    @Test(arguments: Seeds.thisRun)
    func aGlobalIndexIsOrderedByItsRangeAttributesFromTheLeft(seed: UInt64) {
        var random = Randomness(seed: seed)
        let types: [AttributeType] = [.string, .number, .binary, .string]
        let index = IndexDefinition(
            name: "g",
            isLocal: false,
            key: KeySchema(
                hash: [KeyAttribute("h1", .string), KeyAttribute("h2", .number)],
                range: types.enumerated().map { KeyAttribute("r\($0.offset)", $0.element) }
            ),
            tableKey: KeySchema(hash: [KeyAttribute("pk", .string)]),
            projection: Projection(.all)
        )
        var encoder = KeyEncoder()
        func key(_ values: [AttributeValue]) -> [UInt8] {
            var entry: AttributeMap = ["h1": "x", "h2": 1, "pk": "p"]
            for (offset, value) in values.enumerated() { entry["r\(offset)"] = value }
            index.encodeKey(of: Item(entry), into: &encoder)
            return encoder.bytes
        }
        for _ in 0..<2_000 {
            let left = types.map { Self.value(of: $0, &random) }
            let shared = random.next(below: 5)
            let right = types.enumerated().map {
                $0.offset < shared ? left[$0.offset] : Self.value(of: $0.element, &random)
            }
            #expect((left == right) == (key(left) == key(right)), "\(left) \(right)")
            #expect(Self.precedes(left, right) == key(left).lexicographicallyPrecedes(key(right)), "\(left) \(right)")
        }
    }

    /// Equal index keys are told apart by the table's key: its hash first, then its bytes.
    @Test func tiesInAGlobalIndexAreOrderedByTheHashOfTheTableKey() throws {
        let region = Region(profile: .serve)
        let index = CreateTableRequest.GlobalIndex(name: "byG", hash: [("g", .string)], range: [("h", .number)])
        try region.create(.table("Music", sort: ("sk", .number), partitions: 3, globals: [index]))
        var keys: [(pk: String, sk: Int)] = []
        for pk in 0..<30 { for sk in 0..<2 { keys.append(("p\(pk)", sk)) } }
        for key in keys {
            try region.put("Music", ["pk": .string(key.pk), "sk": .number(Number(key.sk)), "g": "same", "h": 1])
        }
        let page = try region.query("Music", index: "byG", "g = :g", [":g": "same"])
        let expected = keys.sorted { left, right in
            let leftHash = PartitionHash.hash(Array(left.pk.utf8))
            let rightHash = PartitionHash.hash(Array(right.pk.utf8))
            return leftHash == rightHash ? left.sk < right.sk : leftHash < rightHash
        }
        #expect(page.items.map { $0["pk"] } == expected.map { .string($0.pk) })
        #expect(page.items.map { $0["sk"] } == expected.map { .number(Number($0.sk)) })
    }
}

struct PartitionMapTests {
    /// c = floor(i · 2¹²⁸ / n) exactly when c · n ≤ i · 2¹²⁸ < (c + 1) · n.
    @Test(arguments: 1...64)
    func hashRangesTileTheSpaceAtTheFloorsOfEqualShares(count: Int) {
        let ranges = PartitionMap.hashRanges(count: count)
        #expect(ranges.count == count)
        #expect(ranges.first?.lowerBound == 0)
        #expect(ranges.last?.upperBound == .max)
        for (left, right) in zip(ranges, ranges.dropFirst()) { #expect(left.upperBound + 1 == right.lowerBound) }
        for (index, range) in ranges.enumerated() where index > 0 {
            let cut = range.lowerBound
            let product = cut.multipliedFullWidth(by: UInt128(count))
            #expect(product.high < UInt128(index) || (product.high == UInt128(index) && product.low == 0))
            let next = (cut + 1).multipliedFullWidth(by: UInt128(count))
            #expect(next.high >= UInt128(index) && (next.high > UInt128(index) || next.low > 0))
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 7, 16, 40])
    func keyRangesOfPartitionsTileTheKeySpace(count: Int) throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music", partitions: count))
        let partitions = try #require(region.metadata["Music"]).partitions
        #expect(partitions.count == count)
        #expect(partitions.first?.range.lower == [])
        #expect(partitions.last?.range.upper == nil)
        for (left, right) in zip(partitions, partitions.dropFirst()) { #expect(left.range.upper == right.range.lower) }
    }

    /// Every key is in one range only, that of floor(h · n / 2¹²⁸); also the keys right at a cut.
    @Test(arguments: [1, 2, 3, 5, 13, 40])
    func everyKeyHasOnePartition(count: Int) throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music", partitions: count))
        let partitions = try #require(region.metadata["Music"]).partitions
        var random = Randomness(seed: UInt64(count))
        var hashes = (0..<200).map { _ in UInt128(random.next()) << 64 | UInt128(random.next()) }
        for partition in partitions { hashes += [partition.firstHash, partition.lastHash] }
        for hash in hashes {
            let key = (0..<16).map { UInt8(truncatingIfNeeded: hash >> (8 * (15 - $0))) } + [0, 1, 0x61]
            let expected = Int(hash.multipliedFullWidth(by: UInt128(count)).high)
            // Right at a cut the floor's rounding gives the key to the partition that starts there.
            let owner = partitions.last { $0.firstHash <= hash }!.label.number
            #expect(owner == expected || partitions[owner].firstHash == hash)
            #expect(key.withUnsafeBytes { PartitionMap.index(of: $0, in: partitions) } == owner)
            #expect(partitions.filter { $0.range.contains(key) }.map(\.label.number) == [owner])
        }
    }
}

/// Key conditions as ranges of storage keys: an entry is in the range exactly when the condition is true for it.
struct ConditionRangeTests {
    enum Place: CaseIterable { case table, local, global }

    static let types: [AttributeType] = [.string, .number, .binary]

    @Test(arguments: Seeds.thisRun, Place.allCases)
    func aRangeHoldsWhatTheConditionIsTrueFor(seed: UInt64, place: Place) throws {
        for type in Self.types {
            var random = Randomness(seed: seed)
            let target = try Self.target(place, type)
            for _ in 0..<300 {
                let (condition, isTrue) = Self.condition(type, &random)
                let resolved = ResolvedKeyCondition(hashValues: ["h"], rangeCondition: condition)
                let range = target.range(of: resolved)
                for _ in 0..<12 {
                    let value =
                        random.oneIn(3) && condition != nil
                        ? condition!.operands[0] : KeyOrderTests.value(of: type, &random)
                    let entry: Item = ["pk": "h", "g": "h", "sk": value, "a": value, "r": value]
                    #expect(
                        range.contains(target.storageKey(of: entry)) == isTrue(value),
                        "\(condition as Any) \(value)"
                    )
                    let other: Item = ["pk": "h2", "g": "h2", "sk": value, "a": value, "r": value]
                    #expect(!range.contains(target.storageKey(of: other)))
                }
            }
        }
    }

    /// Three range attributes: equality on all but the last one used.
    @Test(arguments: Seeds.thisRun)
    func leadingEqualitiesOfAMultiAttributeKeyNarrowTheRange(seed: UInt64) throws {
        var random = Randomness(seed: seed)
        let region = Region(profile: .serve)
        let index = CreateTableRequest.GlobalIndex(
            name: "wide",
            hash: [("g", .string), ("h", .number)],
            range: [("a", .string), ("b", .number), ("c", .binary)]
        )
        try region.create(.table("Music", globals: [index]))
        let table = try #require(region.metadata["Music"])
        let target = try region.readTarget(table: table, index: "wide")
        let types = Self.types
        for _ in 0..<500 {
            let equal = random.next(below: 3)
            let wanted = types.map { KeyOrderTests.value(of: $0, &random) }
            let (condition, isTrue) = Self.condition(types[equal], &random)
            let resolved = ResolvedKeyCondition(
                hashValues: ["x", 1],
                rangeEqualities: Array(wanted.prefix(equal)),
                rangeCondition: condition
            )
            let range = target.range(of: resolved)
            for _ in 0..<10 {
                var values = wanted
                for position in 0..<3 where position >= equal || random.oneIn(4) {
                    values[position] = KeyOrderTests.value(of: types[position], &random)
                }
                let entry: Item = ["pk": "p", "g": "x", "h": 1, "a": values[0], "b": values[1], "c": values[2]]
                let matches = values.prefix(equal).elementsEqual(wanted.prefix(equal)) && isTrue(values[equal])
                #expect(range.contains(target.storageKey(of: entry)) == matches, "\(resolved) \(values)")
            }
        }
    }

    private static func target(_ place: Place, _ type: AttributeType) throws -> ReadTarget {
        let region = Region(profile: .serve)
        let global = CreateTableRequest.GlobalIndex(name: "byG", hash: [("g", .string)], range: [("r", type)])
        try region.create(
            .table(
                "Music",
                sort: ("sk", type),
                locals: [("byA", ("a", type), Projection(.keysOnly))],
                globals: [global]
            )
        )
        let table = try #require(region.metadata["Music"])
        return try region.readTarget(
            table: table,
            index: place == .table ? nil : place == .local ? "byA" : "byG"
        )
    }

    /// A condition of any kind, and what it means, said once more in plain words.
    private static func condition(
        _ type: AttributeType,
        _ random: inout Randomness
    ) -> (RangeCondition?, (AttributeValue) -> Bool) {
        let first = KeyOrderTests.value(of: type, &random)
        let second = KeyOrderTests.value(of: type, &random)
        let (low, high) = first.ordered(before: second)! ? (first, second) : (second, first)
        func precedes(_ left: AttributeValue, _ right: AttributeValue) -> Bool { left.ordered(before: right)! }
        switch random.next(below: type == .number ? 7 : 8) {
        case 0: return (nil, { _ in true })
        case 1: return (.equal(first), { $0 == first })
        case 2: return (.less(first), { precedes($0, first) })
        case 3: return (.lessOrEqual(first), { !precedes(first, $0) })
        case 4: return (.greater(first), { precedes(first, $0) })
        case 5: return (.greaterOrEqual(first), { !precedes($0, first) })
        case 6: return (.between(low, high), { !precedes($0, low) && !precedes(high, $0) })
        default:
            return (
                .beginsWith(first),
                { Array($0.orderedBytes.prefix(first.orderedBytes.count)) == first.orderedBytes }
            )
        }
    }
}
