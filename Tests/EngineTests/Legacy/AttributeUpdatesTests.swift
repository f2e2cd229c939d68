import Model
import Testing

@testable import Engine

/// `AttributeUpdates`. Reference C3.
struct AttributeUpdatesTests {
    static let key: Item = ["pk": "a"]

    static func region() throws -> Region {
        let region = Region(profile: .serve)
        try region.create(.table("Music", globals: [.init(name: "byG", hash: [("g", .string)])]))
        try region.put("Music", ["pk": "a", "n": 5, "s": "x", "ss": .stringSet(["x", "y"]), "l": [1]])
        return region
    }

    @Test func everyAction() throws {
        let region = try Self.region()
        try region.update(
            "Music",
            Self.key,
            attributes: [
                "n": .init(.add, 2), "new": .init(.add, 1), "s": .init(.put, ["k": 1]), "t": .init(.put, "t"),
                "ss": .init(.add, .stringSet(["z", "x"])), "newSet": .init(.add, .numberSet([1])),
                "l": .init(.add, [2, 3]), "newList": .init(.add, ["a"]), "absent": .init(.delete),
            ]
        )
        #expect(
            try region.get("Music", Self.key) == [
                "pk": "a", "n": 7, "new": 1, "s": ["k": 1], "t": "t", "ss": .stringSet(["x", "y", "z"]),
                "newSet": .numberSet([1]), "l": [1, 2, 3], "newList": ["a"],
            ]
        )
        try region.update(
            "Music",
            Self.key,
            attributes: [
                "n": .init(.delete), "ss": .init(.delete, .stringSet(["y", "none"])),
                "newSet": .init(.delete, .numberSet([1])), "none": .init(.delete, .stringSet(["a"])),
            ]
        )
        #expect(
            try region.get("Music", Self.key) == [
                "pk": "a", "new": 1, "s": ["k": 1], "t": "t", "ss": .stringSet(["x", "z"]), "l": [1, 2, 3],
                "newList": ["a"],
            ]
        )
    }

    @Test func returnValuesShowTheAttributesNamed() throws {
        let region = try Self.region()
        let updates: [AttributeName: AttributeValueUpdate] = ["n": .init(.add, 1), "s": .init(.delete)]
        #expect(
            try region.update("Music", Self.key, attributes: updates, returning: .updatedNew).attributes == ["n": 6]
        )
        #expect(
            try region.update("Music", Self.key, attributes: updates, returning: .updatedOld).attributes == ["n": 6]
        )
        #expect(
            try region.update("Music", Self.key, attributes: ["l": .init(.delete)], returning: .updatedNew).attributes
                == nil
        )
        #expect(
            try region.update("Music", Self.key, attributes: updates, returning: .allNew).attributes
                == ["pk": "a", "n": 8, "ss": .stringSet(["x", "y"])]
        )
    }

    @Test func anItemIsMadeButNotByDeletingFromNothing() throws {
        let region = try Self.region()
        let response = try region.update(
            "Music",
            ["pk": "b"],
            attributes: ["n": .init(.delete), "s": .init(.delete, .stringSet(["x"]))],
            returning: .allNew
        )
        #expect(try region.get("Music", ["pk": "b"]) == nil)
        #expect(response.attributes == nil)
        #expect(response.consumedCapacity?.arms == ["": 1])
        try region.update("Music", ["pk": "b"], attributes: ["n": .init(.delete), "s": .init(.put, "x")])
        #expect(try region.get("Music", ["pk": "b"]) == ["pk": "b", "s": "x"])
        try region.update("Music", ["pk": "c"], attributes: [:])
        #expect(try region.get("Music", ["pk": "c"]) == ["pk": "c"])
    }

    @Test func expectationsGuardUpdates() throws {
        let region = try Self.region()
        let updates: [AttributeName: AttributeValueUpdate] = ["n": .init(.put, 0)]
        #expect(
            thrown { () throws(ServiceError) in
                try region.update("Music", Self.key, attributes: updates, expecting: ["n": .init(value: 6)])
            } == .conditionalCheckFailedException(item: nil)
        )
        try region.update("Music", Self.key, attributes: updates, expecting: ["n": .init(value: 5)])
        #expect(try region.get("Music", Self.key)?["n"] == 0)
    }

    @Test(arguments: [
        (AttributeValueUpdate(.put), "Only DELETE action is allowed when no attribute value is specified"),
        (.init(.add), "Only DELETE action is allowed when no attribute value is specified"),
        (.init(.add, "x"), "ADD action is not supported for the type S"),
        (.init(.add, ["k": 1]), "ADD action is not supported for the type M"),
        (.init(.delete, 1), "DELETE action with value is not supported for the type N"),
        (.init(.delete, [1]), "DELETE action with value is not supported for the type L"),
    ])
    func badUpdatesHaveTheServicesTexts(update: AttributeValueUpdate, text: String) throws {
        let region = try Self.region()
        #expect(
            message { () throws(ServiceError) in try region.update("none", Self.key, attributes: ["a": update]) }
                == "One or more parameter values were invalid: \(text)"
        )
    }

    @Test(arguments: [
        ("n", AttributeValueUpdate(.add, .stringSet(["x"]))), ("s", .init(.add, 1)), ("ss", .init(.add, [1])),
        ("ss", .init(.add, .numberSet([1]))), ("n", .init(.delete, .stringSet(["x"]))),
    ])
    func storedValuesOfAnotherTypeAreRefused(name: String, update: AttributeValueUpdate) throws {
        let region = try Self.region()
        #expect(
            message { () throws(ServiceError) in
                try region.update("Music", Self.key, attributes: [AttributeName(name): update])
            } == "Type mismatch for attribute to update"
        )
    }

    @Test func keysAreNotUpdated() throws {
        let region = try Self.region()
        #expect(
            message { () throws(ServiceError) in
                try region.update("Music", Self.key, attributes: ["pk": .init(.put, "a")])
            }
                == "One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key"
        )
        #expect(
            message { () throws(ServiceError) in
                try region.update("Music", Self.key, attributes: ["g": .init(.put, 1)])
            } == "One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: N "
                + "IndexName: byG"
        )
    }

    /// A type that can be told from the request alone is told before the condition is asked.
    @Test func indexKeysAreJudgedBeforeTheCondition() throws {
        let region = try Self.region()
        for expression in ["SET g = :v", "ADD g :v"] {
            #expect(
                message { () throws(ServiceError) in
                    try region.update("Music", Self.key, expression, if: "attribute_exists(nothing)", values: [":v": 1])
                } == "One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: N "
                    + "IndexName: byG"
            )
        }
    }
}
