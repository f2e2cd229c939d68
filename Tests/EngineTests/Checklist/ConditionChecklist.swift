import Model
import Testing

@testable import Engine

/// Reference K, conditions and their validation: rows 1, 2, 19–24, 29, 30.
struct ConditionChecklist {
    static func region() throws -> Region {
        let region = Region(profile: .serve)
        try region.create(.table("Music", sort: ("sk", .number)))
        try region.put("Music", ["pk": "p", "sk": 1, "a": 1, "z": .null])
        try region.put("Music", ["pk": "p", "sk": 2])
        return region
    }

    static func refusal(_ region: Region, _ condition: String, _ values: Region.Values? = nil) -> String? {
        message { () throws(ServiceError) in
            try region.put("Music", ["pk": "new", "sk": 1], if: condition, values: values)
        }
    }

    /// K1.
    @Test func notEqualIsTrueForAMissingAttribute() throws {
        let region = try Self.region()
        let page = try region.query("Music", "pk = :p", [":p": "p", ":v": 7], filter: "a <> :v")
        #expect(page.items.map { $0["sk"] } == [1, 2])
        #expect(
            try region.query("Music", "pk = :p", [":p": "p", ":v": 1], filter: "a <> :v").items.map { $0["sk"] } == [2]
        )
        #expect(Self.refusal(region, "nothing <> :v", [":v": 1]) == nil)
    }

    /// K2.
    @Test func notEqualIsFalseForAMissingAttributeInPartiQL() throws {
        let region = try Self.region()
        #expect(try region.execute(#"SELECT * FROM "Music" WHERE pk = 'p' AND a <> 7"#).items.map { $0["sk"] } == [1])
        #expect(
            try region.execute(#"SELECT * FROM "Music" WHERE pk = 'p' AND NOT a <> 7"#).items.map { $0["sk"] } == [2],
            "NOT keeps the row"
        )
    }

    /// K19.
    @Test func reservedWordsBiteInAnyCaseButOnlyAsBareNames() throws {
        let region = try Self.region()
        for word in ["status", "STATUS", "StAtUs"] {
            #expect(
                Self.refusal(region, "\(word) = :v", [":v": 1])
                    == "Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: \(word)"
            )
        }
        let page = try region.query(
            "Music",
            "pk = :p",
            [":p": "p", ":v": 1],
            names: ["#s": "status"],
            filter: "#s <> :v"
        )
        #expect(page.count == 2, "behind a placeholder it is a name like any other")
    }

    /// K20.
    @Test func unusedNamesAndUnusedValuesAreErrors() throws {
        let region = try Self.region()
        #expect(
            message { () throws(ServiceError) in
                try region.query("Music", "pk = :p", [":p": "p"], names: ["#unused": "a"])
            } == "Value provided in ExpressionAttributeNames unused in expressions: keys: {#unused}"
        )
        #expect(
            message { () throws(ServiceError) in try region.query("Music", "pk = :p", [":p": "p", ":unused": 1]) }
                == "Value provided in ExpressionAttributeValues unused in expressions: keys: {:unused}"
        )
    }

    /// K21.
    @Test func redundantParenthesesAreAnError() throws {
        let region = try Self.region()
        #expect(
            Self.refusal(region, "((a = :v))", [":v": 1])
                == "Invalid ConditionExpression: The expression has redundant parentheses;"
        )
        #expect(Self.refusal(region, "(a <> :v)", [":v": 1]) == nil)
        #expect(Self.refusal(region, "((a <> :v) AND b <> :v)", [":v": 1]) == nil)
    }

    /// K22.
    @Test func theSameOperandTwiceIsAnError() throws {
        let region = try Self.region()
        for (condition, name) in [("a = a", "="), ("contains(a, a)", "contains")] {
            #expect(
                Self.refusal(region, condition)
                    == "Invalid ConditionExpression: The first operand must be distinct from the remaining operands for "
                    + "this operator or function; operator: \(name), first operand: [a]"
            )
        }
    }

    /// K23.
    @Test func validationHappensBeforeTheTableIsLookedUp() throws {
        let region = try Self.region()
        #expect(
            message { () throws(ServiceError) in try region.query("Nowhere", "pk = ", [":p": "p"]) }?
                .hasPrefix("Invalid KeyConditionExpression: Syntax error") == true
        )
        #expect(
            message { () throws(ServiceError) in try region.batchWrite([("Nowhere", []), ("Nobody", [])]) }?
                .hasPrefix("1 validation error detected") == true
        )
        #expect(
            message { () throws(ServiceError) in try region.query("Nowhere", "pk = :p", [":p": "p"]) }
                == "Requested resource not found"
        )
    }

    /// K24.
    @Test func severalConstraintErrorsComeInOneMessage() throws {
        let region = try Self.region()
        #expect(
            message { () throws(ServiceError) in try region.scan("Music", limit: 0, segment: -1, of: 0) }
                == "3 validation errors detected: Value '0' at 'limit' failed to satisfy constraint: Member must have "
                + "value greater than or equal to 1; Value '0' at 'totalSegments' failed to satisfy constraint: Member "
                + "must have value greater than or equal to 1; Value '-1' at 'segment' failed to satisfy constraint: "
                + "Member must have value greater than or equal to 0"
        )
    }

    /// K29.
    @Test func partiQLsOrOffTheKeyTurnsAQueryIntoAScan() throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music", partitions: 4))
        try region.put("Music", ["pk": "p", "a": 1])
        let query = try region.execute(#"SELECT * FROM "Music" WHERE pk = 'p'"#)
        #expect(query.consumedCapacity?.arms == ["": 0.5])
        let scan = try region.execute(#"SELECT * FROM "Music" WHERE pk = 'p' OR a = 2"#)
        #expect(scan.items.count == 1)
        #expect(scan.consumedCapacity?.arms == ["": 4 * 0.5], "every partition was visited")
    }

    /// K30.
    @Test func attributeExistsIsTrueForAValueOfTypeNull() throws {
        let region = try Self.region()
        let page = try region.query("Music", "pk = :p", [":p": "p"], filter: "attribute_exists(z)")
        #expect(page.items.map { $0["sk"] } == [1])
    }
}
