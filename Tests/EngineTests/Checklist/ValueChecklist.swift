import Model
import Testing

@testable import Engine

/// Reference K, values, keys and sizes: rows 11–18.
struct ValueChecklist {
    static func region(_ sort: AttributeType? = nil) throws -> Region {
        let region = Region(profile: .serve)
        try region.create(
            .table(
                "Music",
                sort: sort.map { ("sk", $0) },
                globals: [.init(name: "byG", hash: [("g", .string)])]
            )
        )
        return region
    }

    /// K11.
    @Test(arguments: [
        ("1E+3", "1000"), ("001.500", "1.5"), ("-0", "0"), ("+7", "7"), (".5", "0.5"),
        ("12345678901234567890123456789012345678", "12345678901234567890123456789012345678"),
        ("0.1", "0.1"), ("1E-130", "0." + String(repeating: "0", count: 129) + "1"),
    ])
    func numbersComeBackCanonicalAndExact(written: String, canonical: String) throws {
        let region = try Self.region()
        try region.put("Music", ["pk": "p", "n": .decimal(written)])
        guard case .number(let number)? = try region.get("Music", ["pk": "p"])?["n"] else {
            Issue.record("no number came back")
            return
        }
        #expect(number.text == canonical)
    }

    /// K11: a sum that no binary fraction can hold.
    @Test func arithmeticIsDecimal() throws {
        let region = try Self.region()
        try region.put("Music", ["pk": "p", "n": .decimal("0.1")])
        try region.update("Music", ["pk": "p"], "SET n = n + :v", values: [":v": .decimal("0.2")])
        #expect(try region.get("Music", ["pk": "p"])?["n"] == .decimal("0.3"))
    }

    /// K12.
    @Test func oneAndOnePointZeroAreTheSameKeyAndSetMember() throws {
        let region = try Self.region(.number)
        try region.put("Music", ["pk": "p", "sk": 1, "v": "first"])
        try region.put("Music", ["pk": "p", "sk": .decimal("1.0"), "v": "second"])
        #expect(try region.scan("Music").items.map { $0["v"] } == ["second"])
        try region.update("Music", ["pk": "p", "sk": 1], "ADD s :s", values: [":s": .numberSet([1, 2])])
        let one = try #require(try? Number("1.00"))
        try region.update("Music", ["pk": "p", "sk": 1], "DELETE s :s", values: [":s": .numberSet([one])])
        #expect(try region.get("Music", ["pk": "p", "sk": 1])?["s"] == .numberSet([2]))
    }

    /// K13.
    @Test func stringsAreOrderedByTheirUTF8Bytes() throws {
        let region = try Self.region(.string)
        // A locale would put "a" before "B"; UTF-16 would put the surrogates of U+10000 before U+FFFD.
        let inOrder = ["B", "a", "\u{E9}", "\u{FFFD}", "\u{10000}"]
        for text in inOrder.reversed() { try region.put("Music", ["pk": "p", "sk": .string(text)]) }
        let found = try region.query("Music", "pk = :p", [":p": "p"]).items.map { $0["sk"] }
        #expect(found == inOrder.map { .string($0) })
    }

    /// K14.
    @Test func binariesAreOrderedUnsigned() throws {
        let region = try Self.region(.binary)
        let inOrder: [[UInt8]] = [[0], [0x7F], [0x80], [0x80, 0], [0xFF]]
        for bytes in inOrder.reversed() { try region.put("Music", ["pk": "p", "sk": .binary(bytes)]) }
        let found = try region.query("Music", "pk = :p", [":p": "p"]).items.map { $0["sk"] }
        #expect(found == inOrder.map { .binary($0) })
    }

    /// K15: names count, in UTF-8, and a container 3 and 1 for each element.
    @Test func anItemsSizeCountsItsNames() throws {
        let item: Item = ["pk": "é", "list": ["x", 12], "map": ["k": .bool(true)], "z": .null]
        let sizes = [
            2 + 2, 4 + 3 + (1 + 1) + (1 + 2), 3 + 3 + (1 + 1 + 1), 1 + 1,
        ]
        #expect(item.size == sizes.reduce(0, +))
        // The same bytes decide what a write costs.
        let region = try Self.region()
        let name = String(repeating: "n", count: 1_024 - 4 - 1)
        #expect(try region.put("Music", ["pk": "p1", name: "x"]).consumedCapacity?.arms == ["": 1])
        #expect(try region.put("Music", ["pk": "p12", name: "x"]).consumedCapacity?.arms == ["": 2])
    }

    /// K16.
    @Test func anUpdateHasALowerLimitThanAPut() throws {
        let region = try Self.region()
        let key: Item = ["pk": "p"]
        try region.put("Music", key.padded(to: 409_600))
        #expect(
            message { () throws(ServiceError) in try region.put("Music", key.padded(to: 409_601)) }
                == "Item size has exceeded the maximum allowed size"
        )
        // The name `fill` and its value; beside them the key (3 bytes) goes out of the sum and 3 + 19 come in.
        func update(to size: Int) -> String? {
            let fill = AttributeValue.string(String(repeating: "x", count: size - key.size - 4))
            return message { () throws(ServiceError) in
                try region.update("Music", key, "SET fill = :f", values: [":f": fill])
            }
        }
        #expect(update(to: 409_600 - 19) == nil)
        #expect(update(to: 409_600 - 18) == "Item size to update has exceeded the maximum allowed size")
    }

    /// K17.
    @Test func anEmptyStringIsAValueButNeitherKeyNorIndexKey() throws {
        let region = try Self.region()
        try region.put("Music", ["pk": "p", "a": "", "b": .binary([])])
        #expect(try region.get("Music", ["pk": "p"]) == ["pk": "p", "a": "", "b": .binary([])])
        let text = "One or more parameter values are not valid. "
        let empty = "The AttributeValue for a key attribute cannot contain an empty string value."
        #expect(
            message { () throws(ServiceError) in try region.put("Music", ["pk": ""]) } == text + empty + " Key: pk"
        )
        #expect(
            message { () throws(ServiceError) in try region.put("Music", ["pk": "p", "g": ""]) }
                == text + "A value specified for a secondary index key is not supported. " + empty
                + " IndexName: byG, IndexKey: g"
        )
        #expect(
            message { () throws(ServiceError) in
                try region.update("Music", ["pk": "p"], "SET g = :g", values: [":g": ""])
            } == text + "The update expression attempted to update a secondary index key to a value that is not "
                + "supported. " + empty
        )
    }

    /// K18.
    @Test func aWrongTypedIndexKeyIsAnErrorAndAMissingOneIsSparse() throws {
        let region = try Self.region()
        #expect(
            message { () throws(ServiceError) in try region.put("Music", ["pk": "p", "g": 1]) }
                == "One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: N "
                + "IndexName: byG"
        )
        try region.put("Music", ["pk": "sparse"])
        try region.put("Music", ["pk": "dense", "g": "x"])
        #expect(try region.scan("Music", index: "byG").items.map { $0["pk"] } == ["dense"])
    }
}
