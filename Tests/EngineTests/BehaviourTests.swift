import Model
import Testing

@testable import Engine

/// Rows of reference K, "sixty behaviours emulators get wrong", that no other file tells of.
struct BehaviourTests {
    static func region() throws -> Region {
        let region = Region(profile: .serve)
        try region.create(.table("Music"))
        return region
    }

    static func refusal(_ region: Region, _ condition: String, _ values: Region.Values? = nil) -> String? {
        message { () throws(ServiceError) in try region.put("Music", ["pk": "k"], if: condition, values: values) }
    }

    /// K1.
    @Test func aMissingAttributeDiffersFromEverything() throws {
        let region = try Self.region()
        try region.put("Music", ["pk": "k"])
        #expect(Self.refusal(region, "a <> :x", [":x": 1]) == nil)
        for false_ in ["a = :x", "a < :x", "a >= :x", "a BETWEEN :x AND :x", "a IN (:x)"] {
            #expect(Self.refusal(region, false_, [":x": 1]) == "The conditional request failed", "\(false_)")
        }
        #expect(Self.refusal(region, "NOT a = :x", [":x": 1]) == nil)
    }

    /// K17.
    @Test func anEmptyStringIsAValueButNoKey() throws {
        let region = try Self.region()
        try region.put("Music", ["pk": "k", "a": "", "b": .binary([])])
        #expect(try region.get("Music", ["pk": "k"]) == ["pk": "k", "a": "", "b": .binary([])])
        #expect(
            message { () throws(ServiceError) in try region.put("Music", ["pk": ""]) }
                == "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
                + "string value. Key: pk"
        )
        #expect(
            message { () throws(ServiceError) in try region.get("Music", ["pk": ""]) }?.hasSuffix("Key: pk") == true
        )
    }

    /// A4.
    @Test func keysHaveTheirLimits() throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music", sort: ("sk", .string)))
        func put(_ hash: Int, _ range: Int) -> String? {
            let item: Item = [
                "pk": .string(String(repeating: "p", count: hash)), "sk": .string(String(repeating: "s", count: range)),
            ]
            return message { () throws(ServiceError) in try region.put("Music", item) }
        }
        #expect(put(2_048, 1_024) == nil)
        #expect(
            put(2_049, 1)
                == "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes"
        )
        #expect(
            put(1, 1_025)
                == "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes"
        )
        #expect(try region.scan("Music").count == 1)
    }

    /// K19 to K22: the engine hears them from the expressions.
    @Test func expressionsAreCheckedAsTheServiceDoes() throws {
        let region = try Self.region()
        let prefix = "Invalid ConditionExpression: "
        #expect(
            Self.refusal(region, "NaMe = :x", [":x": 1])
                == prefix + "Attribute name is a reserved keyword; reserved keyword: NaMe"
        )
        #expect(
            Self.refusal(region, "a = :x", [":x": 1, ":y": 1])
                == "Value provided in ExpressionAttributeValues unused in expressions: keys: {:y}"
        )
        #expect(Self.refusal(region, "((a = :x))", [":x": 1]) == prefix + "The expression has redundant parentheses;")
        #expect(Self.refusal(region, "a = a")?.hasPrefix(prefix + "The first operand must be distinct") == true)
    }

    /// K23: a faulty request is refused before anybody looks for the table.
    @Test func validationComesBeforeTheTable() throws {
        let region = try Self.region()
        #expect(
            message { () throws(ServiceError) in try region.put("Nowhere", ["pk": "k"], if: "a =") }?
                .hasPrefix("Invalid ConditionExpression: Syntax error") == true
        )
        let large: Item = ["pk": "k", "fill": .string(String(repeating: "x", count: 409_600))]
        #expect(
            message { () throws(ServiceError) in try region.put("Nowhere", large) }
                == "Item size has exceeded the maximum allowed size"
        )
        #expect(
            message { () throws(ServiceError) in try region.put("Nowhere", ["other": 1]) }
                == "Requested resource not found"
        )
    }

    /// K24.
    @Test func severalConstraintErrorsAreToldTogether() throws {
        let region = try Self.region()
        let text = message { () throws(ServiceError) in try region.scan("Music", limit: 0, segment: -1, of: 0) }
        #expect(text?.hasPrefix("3 validation errors detected: ") == true)
    }

    /// K30.
    @Test func anAttributeOfTypeNullExists() throws {
        let region = try Self.region()
        try region.put("Music", ["pk": "k", "a": .null])
        #expect(Self.refusal(region, "attribute_exists(a)") == nil)
    }

    /// C2, "condition": evaluated on the stored item, the empty one when there is none.
    @Test func aConditionIsAboutTheStoredItem() throws {
        let region = try Self.region()
        let once = "attribute_not_exists(pk)"
        #expect(Self.refusal(region, once) == nil)
        #expect(Self.refusal(region, once) == "The conditional request failed")
        try region.delete("Music", ["pk": "k"], if: "attribute_exists(pk)")
        #expect(
            thrown { () throws(ServiceError) in try region.delete("Music", ["pk": "k"], if: "attribute_exists(pk)") }
                == .conditionalCheckFailedException(item: nil)
        )
    }

    /// A3 and A2 end to end: 38 digits stay exact, the item's size follows them.
    @Test func numbersStayExact() throws {
        let region = try Self.region()
        let precise = AttributeValue.decimal("-1234567890123456789012345678.0123456789")
        try region.put("Music", ["pk": "k", "n": precise])
        try region.update("Music", ["pk": "k"], "ADD n :tiny", values: [":tiny": .decimal("-0.0000000001")])
        #expect(try region.get("Music", ["pk": "k"])?["n"] == .decimal("-1234567890123456789012345678.012345679"))
        #expect(
            message { () throws(ServiceError) in
                try region.update("Music", ["pk": "k"], "ADD n :more", values: [":more": .decimal("0.00000000001")])
            } == "Attempting to store more than 38 significant digits in a Number"
        )
    }

    /// A1: nesting.
    @Test func thirtyOneContainersMayWrapAValue() throws {
        let region = try Self.region()
        func nested(_ depth: Int) -> AttributeValue {
            (0..<depth).reduce(AttributeValue.string("x")) { value, _ in [value] }
        }
        try region.put("Music", ["pk": "k", "a": nested(31)])
        #expect(try region.get("Music", ["pk": "k"])?["a"] == nested(31))
        #expect(
            message { () throws(ServiceError) in try region.put("Music", ["pk": "k", "a": nested(32)]) }?
                .hasPrefix("Nesting Levels have exceeded supported limits") == true
        )
    }

    /// A2: an item and its entries in local indexes share 400 KB.
    @Test func anItemAndItsLocalEntriesShareTheLimit() throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music", sort: ("sk", .number), locals: [("byA", ("a", .number), Projection(.all))]))
        let key: Item = ["pk": "k", "sk": 1]
        try region.put("Music", key.padded(to: 409_600))
        let entry: Item = ["pk": "k", "sk": 1, "a": 1]
        try region.put("Music", entry.padded(to: 204_800))
        #expect(
            message { () throws(ServiceError) in try region.put("Music", entry.padded(to: 204_801)) }
                == "Item size has exceeded the maximum allowed size"
        )
        #expect(
            message { () throws(ServiceError) in
                try region.update("Music", key, "SET x = :x", values: [":x": "more"])
            } == "Item size to update has exceeded the maximum allowed size"
        )
    }

    /// H, "LSI": strong consistency; its entries are part of the write.
    @Test func localIndexEntriesAreThereAtOnce() throws {
        let region = Region(profile: .teach)
        try region.createAndWait(
            .table("Music", sort: ("sk", .number), locals: [("byA", ("a", .number), Projection(.all))])
        )
        for number in 0..<20 {
            try region.put("Music", ["pk": "k", "sk": .number(Number(number)), "a": .number(Number(-number))])
            let page = try region.query("Music", index: "byA", "pk = :p", [":p": "k"], consistent: true)
            #expect(page.count == number + 1)
            #expect(page.items.first?["sk"] == .number(Number(number)))
        }
    }
}
