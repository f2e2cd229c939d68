import Model
import Testing

@testable import Engine

@Suite struct ValidationItemRulesTests {
    private let schema = KeySchema(hash: [KeyAttribute("pk", .string)], range: [KeyAttribute("sk", .number)])
    private let binarySchema = KeySchema(hash: [KeyAttribute("b", .binary)])
    private let invalid = "One or more parameter values were invalid: "

    private func message(_ check: () throws(ServiceError) -> Void) -> String? {
        do {
            try check()
            return nil
        } catch {
            return error.message
        }
    }

    @Test func anItemNeedsItsKeys() {
        func check(_ item: Item) -> String? {
            message { () throws(ServiceError) in try ItemRules.checkKeys(of: item, schema: schema) }
        }
        #expect(check(["pk": .string("x"), "sk": .number(1), "other": .null]) == nil)
        #expect(check(["sk": .number(1)]) == invalid + "Missing the key pk in the item")
        #expect(check(["pk": .string("x")]) == invalid + "Missing the key sk in the item")
        #expect(
            check(["pk": .number(1), "sk": .number(1)]) == invalid + "Type mismatch for key pk expected: S actual: N"
        )
        #expect(
            check(["pk": .string("x"), "sk": .map([:])]) == invalid + "Type mismatch for key sk expected: N actual: M"
        )
        #expect(
            check(["pk": .string(""), "sk": .number(1)])
                == "One or more parameter values are not valid. The AttributeValue for a key attribute cannot "
                + "contain an "
                + "empty string value. Key: pk"
        )
    }

    @Test func aKeyIsExactlyTheSchemasAttributes() {
        func check(_ key: Item, _ schema: KeySchema) -> String? {
            message { () throws(ServiceError) in try ItemRules.checkKeyParameter(key, schema: schema) }
        }
        let mismatch = "The provided key element does not match the schema"
        #expect(check(["pk": .string("x"), "sk": .number(1)], schema) == nil)
        #expect(check(["pk": .string("x")], schema) == mismatch)
        #expect(check([:], schema) == mismatch)
        #expect(check(["pk": .string("x"), "sk": .number(1), "z": .null], schema) == mismatch)
        #expect(check(["pk": .string("x"), "z": .number(1)], schema) == mismatch)
        #expect(check(["pk": .string("x"), "sk": .string("1")], schema) == mismatch)
        #expect(
            check(["b": .binary([])], binarySchema)
                == "One or more parameter values are not valid. The AttributeValue for a key attribute cannot "
                + "contain an "
                + "empty binary value. Key: b"
        )
    }

    @Test func keysHaveALargestSize() {
        let schema = KeySchema(hash: [KeyAttribute("pk", .string)], range: [KeyAttribute("sk", .binary)])
        func check(_ partitionKeySize: Int, _ sortKeySize: Int) -> String? {
            let item: Item = [
                "pk": .string(String(repeating: "x", count: partitionKeySize)),
                "sk": .binary(Array(repeating: 0, count: sortKeySize)),
            ]
            let forItem = message { () throws(ServiceError) in try ItemRules.checkKeys(of: item, schema: schema) }
            let forKey = message { () throws(ServiceError) in
                try ItemRules.checkKeyParameter(item, schema: schema)
            }
            #expect(forItem == forKey)
            return forItem
        }
        #expect(check(2_048, 1_024) == nil)
        #expect(check(2_049, 1) == invalid + "Size of hashkey has exceeded the maximum size limit of2048 bytes")
        #expect(
            check(1, 1_025) == invalid + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes"
        )
    }

    @Test func indexKeysMayBeMissingButNotWrong() {
        let indexes: [ItemRules.IndexKeys] = [
            ("z", KeySchema(hash: [KeyAttribute("a", .string)])),
            ("b", KeySchema(hash: [KeyAttribute("a", .number)], range: [KeyAttribute("c", .binary)])),
        ]
        func check(_ item: Item, _ writer: ItemRules.Writer = .put) -> String? {
            message { () throws(ServiceError) in
                try ItemRules.checkIndexKeys(of: item, indexes: indexes, writer: writer)
            }
        }
        #expect(check([:]) == nil)
        #expect(check(["c": .binary([1])]) == nil)
        #expect(
            check(["a": .bool(true)])
                == invalid + "Type mismatch for Index Key a Expected: N Actual: BOOL IndexName: b"
        )
        #expect(
            check(["a": .string("")])
                == invalid + "Type mismatch for Index Key a Expected: N Actual: S IndexName: b"
        )
        #expect(
            check(["c": .binary([])])
                == "One or more parameter values are not valid. A value specified for a secondary index key is not "
                + "supported. The AttributeValue for a key attribute cannot contain an empty binary value. "
                + "IndexName: b, "
                + "IndexKey: c"
        )
        #expect(
            check(["c": .binary([])], .update)
                == "One or more parameter values are not valid. The update expression attempted to update a secondary "
                + "index key to a value that is not supported. The AttributeValue for a key attribute cannot "
                + "contain an "
                + "empty binary value."
        )
        #expect(
            check(["c": .binary(Array(repeating: 1, count: 1_025))])
                == invalid + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes"
        )
    }

    @Test func rangeKeysOfAnIndexShareTheirLimit() {
        let schema = KeySchema(
            hash: [KeyAttribute("a", .string)],
            range: [KeyAttribute("b", .string), KeyAttribute("c", .string)]
        )
        func item(_ size: Int) -> Item {
            ["b": .string(String(repeating: "x", count: 1_000)), "c": .string(String(repeating: "x", count: size))]
        }
        let fits = message { () throws(ServiceError) in
            try ItemRules.checkIndexKeys(of: item(24), indexes: [("i", schema)])
        }
        let tooLong = message { () throws(ServiceError) in
            try ItemRules.checkIndexKeys(of: item(25), indexes: [("i", schema)])
        }
        #expect(fits == nil)
        #expect(tooLong != nil)
    }

    @Test func putItemsMayHave400KB() {
        func check(_ size: Int) -> String? {
            let item: Item = ["pk": .string(String(repeating: "x", count: size - 2))]
            return message { () throws(ServiceError) in try ItemRules.checkSize(ofPut: item) }
        }
        #expect(check(409_600) == nil)
        #expect(check(409_601) == "Item size has exceeded the maximum allowed size")
    }

    @Test func updatedItemsMayHaveSlightlyLess() {
        let schema = KeySchema(hash: [KeyAttribute("pk", .string)])
        func check(_ size: Int, _ actions: UpdateActionCounts) -> String? {
            let item: Item = ["pk": .string("k"), "a": .string(String(repeating: "x", count: size - 4))]
            return message { () throws(ServiceError) in
                try ItemRules.checkSize(ofUpdated: item, schema: schema, actions: actions)
            }
        }
        // One SET: the key's three bytes do not count, three and nineteen others do.
        #expect(check(409_600 - 19, UpdateActionCounts(assignments: 1)) == nil)
        #expect(
            check(409_600 - 18, UpdateActionCounts(assignments: 1))
                == "Item size to update has exceeded the maximum allowed size"
        )
        #expect(check(409_600, UpdateActionCounts()) == nil)
        #expect(check(409_600 - 2, UpdateActionCounts(removals: 1)) == nil)
        #expect(check(409_600 - 1, UpdateActionCounts(removals: 1)) != nil)
        #expect(check(409_600 - 70, UpdateActionCounts(assignments: 1, listIndexTargets: 1, arithmeticPairs: 1)) == nil)
        #expect(check(409_600 - 69, UpdateActionCounts(assignments: 1, listIndexTargets: 1, arithmeticPairs: 1)) != nil)
    }

    @Test func nestingAndNamesAreLimited() {
        func nested(_ levels: Int, _ wrap: (AttributeValue) -> AttributeValue) -> Item {
            var value = AttributeValue.string("x")
            for _ in 0..<levels { value = wrap(value) }
            return ["a": value]
        }
        func check(_ item: Item) -> String? {
            message { () throws(ServiceError) in try ItemRules.checkValues(of: item) }
        }
        let text =
            "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported "
            + "limit"
        #expect(check(nested(31) { .list([$0]) }) == nil)
        #expect(check(nested(32) { .list([$0]) }) == text)
        #expect(check(nested(31) { .map(["m": $0]) }) == nil)
        #expect(check(nested(32) { .map(["m": $0]) }) == text)
        #expect(check([String(repeating: "n", count: 65_535): .null]) == nil)
        #expect(check([String(repeating: "n", count: 65_536): .null]) != nil)
        #expect(check(["": .null]) != nil)
    }
}
