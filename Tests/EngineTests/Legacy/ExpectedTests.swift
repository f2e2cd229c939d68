import Model
import Testing

@testable import Engine

/// `Expected` and `ConditionalOperator`. Reference C3.
struct ExpectedTests {
    static let stored: Item = [
        "pk": "a", "n": 5, "s": "music", "b": .binary([1, 2, 3]), "z": .null, "l": ["x", 1], "m": ["k": 1],
        "ss": .stringSet(["x", "y"]),
    ]

    static func region() throws -> Region {
        let region = Region(profile: .serve)
        try region.create(.table("Music"))
        try region.put("Music", stored)
        return region
    }

    /// Whether the stored item is as expected; nil when the request is refused.
    private func holds(
        _ expected: Region.Expected,
        joinedBy conditionalOperator: ConditionalOperator? = nil
    ) throws -> Bool? {
        let region = try Self.region()
        let error = thrown { () throws(ServiceError) in
            try region.put("Music", Self.stored, expecting: expected, joinedBy: conditionalOperator)
        }
        switch error {
        case nil: return true
        case .conditionalCheckFailedException?: return false
        default: return nil
        }
    }

    @Test(
        arguments: [
            ("n", ComparisonOperator.equal, [5], true), ("n", .equal, [6], false), ("n", .equal, ["5"], false),
            ("m", .equal, [["k": 1]], true), ("ss", .equal, [.stringSet(["y", "x"])], true),
            ("none", .equal, [5], false),
            ("n", .notEqual, [5], false), ("n", .notEqual, [6], true), ("none", .notEqual, [5], true),
            ("n", .less, [6], true), ("n", .less, [5], false), ("s", .less, ["n"], true), ("n", .less, ["z"], false),
            ("n", .lessOrEqual, [5], true), ("n", .greater, [4], true), ("n", .greaterOrEqual, [6], false),
            ("none", .less, [6], false), ("b", .greater, [.binary([1, 2])], true),
            ("n", .isIn, [4, 5], true), ("n", .isIn, [4], false), ("none", .isIn, [4], false),
            ("n", .between, [5, 9], true), ("n", .between, [6, 9], false), ("s", .between, ["a", "z"], true),
            ("z", .null, [], false), ("none", .null, [], true), ("z", .notNull, [], true),
            ("none", .notNull, [], false),
            ("s", .contains, ["us"], true), ("ss", .contains, ["x"], true), ("l", .contains, [1], true),
            ("s", .contains, ["x"], false), ("none", .contains, ["x"], false),
            ("s", .notContains, ["x"], true), ("ss", .notContains, ["x"], false), ("none", .notContains, ["x"], true),
            ("s", .beginsWith, ["mu"], true), ("b", .beginsWith, [.binary([1])], true),
            ("n", .beginsWith, ["5"], false),
        ] as [(String, ComparisonOperator, [AttributeValue], Bool)]
    )
    func comparisons(name: String, comparison: ComparisonOperator, values: [AttributeValue], isTrue: Bool) throws {
        #expect(
            try holds([AttributeName(name): .init(comparisonOperator: comparison, attributeValueList: values)])
                == isTrue
        )
    }

    @Test func valueAndExistsAreTheOlderForm() throws {
        #expect(try holds(["n": .init(value: 5)]) == true)
        #expect(try holds(["n": .init(value: 5, exists: true)]) == true)
        #expect(try holds(["n": .init(value: 6)]) == false)
        #expect(try holds(["none": .init(exists: false)]) == true)
        #expect(try holds(["n": .init(exists: false)]) == false)
        #expect(try holds(["n": .init(value: 5, comparisonOperator: .greaterOrEqual)]) == true)
        #expect(try holds([:]) == true, "nothing is expected")
    }

    @Test func allOfThemOrAnyOfThem() throws {
        let one: Region.Expected = ["n": .init(value: 5), "s": .init(value: "other")]
        #expect(try holds(one) == false)
        #expect(try holds(one, joinedBy: .and) == false)
        #expect(try holds(one, joinedBy: .or) == true)
        #expect(try holds(["n": .init(value: 1), "s": .init(value: "other")], joinedBy: .or) == false)
    }

    /// The condition is asked of the leader, and what it costs is what a condition expression costs.
    @Test func aFailedExpectationIsCharged() throws {
        let region = try Self.region()
        var request = PutItemRequest(tableName: "Music", item: ["pk": "a"])
        request.options.expected = ["n": .init(value: 1)]
        var report = RequestReport()
        let error = thrown { () throws(ServiceError) in try region.perform(.putItem(request), report: &report) }
        #expect(error == .conditionalCheckFailedException(item: nil))
        #expect(report.consumedCapacity.map(\.capacityUnits) == [1])
        request.options.returnValuesOnConditionCheckFailure = .allOld
        #expect(
            thrown { () throws(ServiceError) in try region.perform(.putItem(request)) }
                == .conditionalCheckFailedException(item: Self.stored)
        )
    }

    @Test func deletesExpectToo() throws {
        let region = try Self.region()
        var request = DeleteItemRequest(tableName: "Music", key: ["pk": "a"])
        request.options.expected = ["n": .init(value: 1)]
        #expect(
            thrown { () throws(ServiceError) in try region.perform(.deleteItem(request)) }
                == .conditionalCheckFailedException(item: nil)
        )
        request.options.expected = ["n": .init(value: 5)]
        _ = try region.perform(.deleteItem(request))
        #expect(try region.get("Music", ["pk": "a"]) == nil)
    }

    @Test(arguments: [
        (
            ExpectedAttributeValue(value: 1, comparisonOperator: .equal, attributeValueList: [1]),
            "Value and AttributeValueList cannot be used together for Attribute: a"
        ),
        (
            .init(exists: true, comparisonOperator: .equal, attributeValueList: [1]),
            "Exists and ComparisonOperator cannot be used together for Attribute: a"
        ),
        (
            .init(comparisonOperator: .less),
            "Value or AttributeValueList must be used with ComparisonOperator: LT for Attribute: a"
        ),
        (
            .init(attributeValueList: [1]),
            "AttributeValueList can only be used with a ComparisonOperator for Attribute: a"
        ),
        (.init(), "Value must be provided when Exists is null for Attribute: a"),
        (.init(exists: true), "Value must be provided when Exists is true for Attribute: a"),
        (.init(value: 1, exists: false), "Value cannot be used when Exists is false for Attribute: a"),
        (
            .init(comparisonOperator: .equal, attributeValueList: []),
            "Invalid number of argument(s) for the EQ ComparisonOperator"
        ),
        (
            .init(comparisonOperator: .between, attributeValueList: [1]),
            "Invalid number of argument(s) for the BETWEEN ComparisonOperator"
        ),
        (
            .init(value: 1, comparisonOperator: .null),
            "Invalid number of argument(s) for the NULL ComparisonOperator"
        ),
        (
            .init(comparisonOperator: .isIn, attributeValueList: []),
            "Invalid number of argument(s) for the IN ComparisonOperator"
        ),
        (
            .init(comparisonOperator: .isIn, attributeValueList: [1, "x"]),
            "AttributeValues inside AttributeValueList must all be of the same type"
        ),
        (
            .init(comparisonOperator: .less, attributeValueList: [.bool(true)]),
            "ComparisonOperator LT is not valid for BOOL AttributeValue type"
        ),
        (
            .init(comparisonOperator: .beginsWith, attributeValueList: [1]),
            "ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type"
        ),
        (
            .init(comparisonOperator: .contains, attributeValueList: [.stringSet(["x"])]),
            "ComparisonOperator CONTAINS is not valid for SS AttributeValue type"
        ),
    ])
    func badExpectationsHaveTheServicesTexts(expected: ExpectedAttributeValue, text: String) throws {
        let region = try Self.region()
        #expect(
            message { () throws(ServiceError) in try region.put("none", ["pk": "a"], expecting: ["a": expected]) }
                == "One or more parameter values were invalid: \(text)",
            "before the table is looked up"
        )
    }

    @Test func boundsMustBeInOrder() throws {
        let region = try Self.region()
        let expected: Region.Expected = ["a": .init(comparisonOperator: .between, attributeValueList: [2, 1])]
        #expect(
            message { () throws(ServiceError) in try region.put("Music", ["pk": "a"], expecting: expected) }
                == "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound"
        )
    }

    @Test func aConditionalOperatorNeedsTwoConditions() throws {
        let region = try Self.region()
        func message(_ expected: Region.Expected?) -> String? {
            var request = PutItemRequest(tableName: "Music", item: ["pk": "a"])
            request.options.expected = expected
            request.options.conditionalOperator = .or
            return EngineTests.message { () throws(ServiceError) in try region.perform(.putItem(request)) }
        }
        #expect(message(nil) == "ConditionalOperator cannot be used without Filter or Expected")
        #expect(message([:]) == "ConditionalOperator cannot be used without Filter or Expected")
        #expect(
            message(["a": .init(value: 1)])
                == "ConditionalOperator can only be used when Filter or Expected has two or more elements"
        )
        #expect(message(["a": .init(exists: false), "b": .init(exists: false)]) == nil)
    }

    @Test func noExpressionBesideThem() throws {
        let region = try Self.region()
        var request = PutItemRequest(
            tableName: "none",
            item: ["pk": "a"],
            options: .init(conditionExpression: "a = :a")
        )
        request.options.expected = [:]
        #expect(
            message { () throws(ServiceError) in try region.perform(.putItem(request)) }
                == "Can not use both expression and non-expression parameters in the same request: Non-expression "
                + "parameters: {Expected} Expression parameters: {ConditionExpression}"
        )
    }
}
