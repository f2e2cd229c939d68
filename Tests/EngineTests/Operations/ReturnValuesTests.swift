import Model
import Testing

@testable import Engine

/// Reference B3: what a write answers with.
struct ReturnValuesTests {
    static let key: Item = ["pk": "k"]
    static let old: Item = ["pk": "k", "a": 1, "b": "x", "m": ["c": 1, "d": 2], "l": [1, 2, 3]]

    static func region(holding item: Item? = old) throws -> Region {
        let region = Region(profile: .serve)
        try region.create(.table("Music"))
        if let item { try region.put("Music", item) }
        return region
    }

    @Test func aPutAnswersWithTheItemItReplaced() throws {
        let region = try Self.region()
        #expect(try region.put("Music", ["pk": "k", "new": 1]).attributes == nil)
        #expect(try region.put("Music", Self.old, returning: .allOld).attributes == ["pk": "k", "new": 1])
        #expect(try region.get("Music", Self.key) == Self.old)
        #expect(try region.put("Music", ["pk": "other"], returning: .allOld).attributes == nil)
    }

    @Test func aDeletionAnswersWithTheItemItTook() throws {
        let region = try Self.region()
        #expect(try region.delete("Music", Self.key, returning: .allOld).attributes == Self.old)
        #expect(try region.delete("Music", Self.key, returning: .allOld).attributes == nil)
        try region.put("Music", Self.old)
        #expect(try region.delete("Music", Self.key).attributes == nil)
    }

    @Test(arguments: [ReturnValues.updatedOld, .updatedNew, .allNew])
    func putsAndDeletionsKnowNoOtherValues(_ values: ReturnValues) throws {
        let region = try Self.region()
        let text = "ReturnValues can only be ALL_OLD or NONE"
        #expect(message { () throws(ServiceError) in try region.put("Music", Self.old, returning: values) } == text)
        #expect(message { () throws(ServiceError) in try region.delete("Music", Self.key, returning: values) } == text)
    }

    @Test func anUpdateAnswersWithTheWholeItemBeforeOrAfter() throws {
        let region = try Self.region()
        let new: Item = ["pk": "k", "a": 2, "b": "x", "m": ["c": 1, "d": 2], "l": [1, 2, 3]]
        #expect(
            try region.update("Music", Self.key, "SET a = a + :one", values: [":one": 1], returning: .allOld).attributes
                == Self.old
        )
        #expect(
            try region.update("Music", Self.key, "SET a = :two", values: [":two": 2], returning: .allNew).attributes
                == new
        )
        #expect(try region.update("Music", Self.key, "SET a = :two", values: [":two": 2]).attributes == nil)
    }

    @Test func anUpdateThatCreatesHasNothingBefore() throws {
        for values in [ReturnValues.allOld, .updatedOld] {
            let region = try Self.region(holding: nil)
            #expect(
                try region.update("Music", Self.key, "SET a = :one", values: [":one": 1], returning: values).attributes
                    == nil
            )
        }
        let region = try Self.region(holding: nil)
        #expect(try region.update("Music", Self.key, nil, returning: .allNew).attributes == Self.key)
        #expect(try region.get("Music", Self.key) == Self.key, "an update without an expression creates the item")
    }

    /// K32: the leaf of the path, not the whole top-level attribute.
    @Test func updatedValuesAreTheLeavesOfTheTouchedPaths() throws {
        let expression = "SET m.c = :n, l[1] = :n, fresh = :n REMOVE b"
        let before = try Self.region().update("Music", Self.key, expression, values: [":n": 9], returning: .updatedOld)
        #expect(before.attributes == ["m": ["c": 1], "l": [2], "b": "x"])
        let after = try Self.region().update("Music", Self.key, expression, values: [":n": 9], returning: .updatedNew)
        #expect(after.attributes == ["m": ["c": 9], "l": [9], "fresh": 9])
    }

    @Test func anUpdateThatOnlyRemovesHasNoNewValues() throws {
        #expect(try Self.region().update("Music", Self.key, "REMOVE a, b", returning: .updatedNew).attributes == nil)
        #expect(
            try Self.region().update("Music", Self.key, "REMOVE a, b", returning: .updatedOld).attributes
                == ["a": 1, "b": "x"]
        )
        #expect(try Self.region().update("Music", Self.key, "REMOVE nothing", returning: .updatedOld).attributes == nil)
    }

    @Test func aFalseConditionCarriesTheItemOnlyWhenAsked() throws {
        let region = try Self.region()
        let absent = "attribute_not_exists(pk)"
        let quiet = thrown { () throws(ServiceError) in try region.put("Music", Self.old, if: absent) }
        #expect(quiet == .conditionalCheckFailedException(item: nil))
        let telling = thrown { () throws(ServiceError) in
            try region.put("Music", Self.old, if: absent, onFailure: .allOld)
        }
        #expect(telling == .conditionalCheckFailedException(item: Self.old))
        let nothingThere = thrown { () throws(ServiceError) in
            try region.delete("Music", ["pk": "other"], if: "attribute_exists(pk)", onFailure: .allOld)
        }
        #expect(nothingThere == .conditionalCheckFailedException(item: nil))
        #expect(try region.get("Music", Self.key) == Self.old, "nothing was written")
    }
}

/// Reference B3 and C2: what updates do to items, as far as the stored result shows it.
struct UpdateSemanticsTests {
    static func updated(_ before: Item?, _ expression: String, _ values: Region.Values? = nil) throws -> Item? {
        let region = Region(profile: .serve)
        try region.create(.table("Music"))
        if let before { try region.put("Music", before) }
        try region.update("Music", ["pk": "k"], expression, values: values)
        return try region.get("Music", ["pk": "k"])
    }

    @Test func rightHandSidesReadTheItemAsItWas() throws {
        #expect(try Self.updated(["pk": "k", "a": 1, "b": 2], "SET a = b, b = a") == ["pk": "k", "a": 2, "b": 1])
    }

    @Test func aListPositionBeyondTheEndAppends() throws {
        #expect(try Self.updated(["pk": "k", "l": [1]], "SET l[99] = :x", [":x": 2]) == ["pk": "k", "l": [1, 2]])
        #expect(
            try Self.updated(["pk": "k", "l": [1]], "SET l[7] = :y, l[5] = :x", [":x": 2, ":y": 3])
                == ["pk": "k", "l": [1, 2, 3]]
        )
    }

    @Test func addCreatesNumbersAndSetsAndRefusesOtherTypes() throws {
        #expect(try Self.updated(nil, "ADD n :five", [":five": 5]) == ["pk": "k", "n": 5])
        #expect(
            try Self.updated(["pk": "k", "s": .stringSet(["a"])], "ADD s :s", [":s": .stringSet(["b"])])
                == ["pk": "k", "s": .stringSet(["a", "b"])]
        )
        #expect(
            throws: ServiceError.validationException("An operand in the update expression has an incorrect data type")
        ) {
            try Self.updated(["pk": "k", "n": "text"], "ADD n :five", [":five": 5])
        }
    }

    @Test func deletingTheLastMemberRemovesTheAttribute() throws {
        let before: Item = ["pk": "k", "s": .stringSet(["a", "b"])]
        #expect(try Self.updated(before, "DELETE s :s", [":s": .stringSet(["a", "b", "c"])]) == ["pk": "k"])
        #expect(try Self.updated(["pk": "k"], "DELETE s :s", [":s": .stringSet(["a"])]) == ["pk": "k"])
    }

    @Test func removingAMissingPathIsNothing() throws {
        #expect(try Self.updated(["pk": "k", "m": ["a": 1]], "REMOVE m.b, l[3], x") == ["pk": "k", "m": ["a": 1]])
    }

    @Test func runtimeErrorsChangeNothing() throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music"))
        try region.put("Music", ["pk": "k", "a": "text"])
        let messages = [
            ("SET m.x = :one", "The document path provided in the update expression is invalid for update"),
            ("SET b = unheardOf", "The provided expression refers to an attribute that does not exist in the item"),
            ("SET b = a + :one", "An operand in the update expression has an incorrect data type"),
        ]
        for (expression, text) in messages {
            let values: Region.Values? = expression.contains(":one") ? [":one": 1] : nil
            #expect(
                message { () throws(ServiceError) in
                    try region.update("Music", ["pk": "k"], "\(expression)", values: values)
                } == text
            )
        }
        #expect(try region.get("Music", ["pk": "k"]) == ["pk": "k", "a": "text"])
    }

    /// K34.
    @Test func aKeyAttributeMayNotBeUpdatedEvenToItsOwnValue() throws {
        #expect(
            throws: ServiceError.validationException(
                "One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key"
            )
        ) { try Self.updated(["pk": "k"], "SET pk = :k", [":k": "k"]) }
    }

    /// K16 and A2: the key does not count, each SET counts 19, the rest 3.
    @Test func anUpdateHasSlightlyLessRoomThanAPut() throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music"))
        let full = Item(["pk": "k"]).padded(to: 409_600)
        try region.put("Music", full)
        #expect(
            message { () throws(ServiceError) in try region.put("Music", full.padded(to: 409_700, with: "more")) }
                == "Item size has exceeded the maximum allowed size"
        )
        // "pk" and "k" are three bytes; 3 + 19 are added: 19 bytes too many by one.
        func update(to size: Int) -> String? {
            let value = String(repeating: "x", count: size - 3 - 4)
            return message { () throws(ServiceError) in
                try region.update("Music", ["pk": "k"], "SET fill = :v", values: [":v": .string(value)])
            }
        }
        #expect(update(to: 409_600 - 19) == nil)
        #expect(update(to: 409_600 - 18) == "Item size to update has exceeded the maximum allowed size")
    }
}
