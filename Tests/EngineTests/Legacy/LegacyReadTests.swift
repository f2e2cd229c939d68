import Model
import Testing

@testable import Engine

/// `KeyConditions`, `QueryFilter`, `ScanFilter` and `AttributesToGet`. Reference C3.
struct LegacyReadTests {
    static func region() throws -> Region { try PagingTests.filled() }

    @Test(arguments: [
        (LegacyCondition(.equal, [3]), [3]), (.init(.less, [3]), [0, 1, 2]), (.init(.lessOrEqual, [1]), [0, 1]),
        (.init(.greater, [7]), [8, 9]), (.init(.greaterOrEqual, [9]), [9]), (.init(.between, [2, 4]), [2, 3, 4]),
    ])
    func keyConditions(condition: LegacyCondition, found: [Int]) throws {
        let region = try Self.region()
        let page = try region.query("Music", keys: ["pk": .init(.equal, ["p"]), "sk": condition])
        #expect(PagingTests.numbers(page) == found)
        #expect(page.consumedCapacity?.arms == ["": 0.5])
    }

    @Test func keyConditionsOfAnIndex() throws {
        let region = try Self.region()
        let page = try region.query(
            "Music",
            index: "byG",
            keys: ["g": .init(.equal, ["x"]), "h": .init(.greaterOrEqual, [4])],
            attributes: ["sk"]
        )
        #expect(PagingTests.numbers(page) == [8, 9])
        #expect(page.items.allSatisfy { $0.count == 1 })
    }

    @Test func aStringsBeginning() throws {
        let region = Region(profile: .serve)
        try region.create(.table("Songs", sort: ("sk", .string)))
        for sk in ["a1", "a2", "b1"] { try region.put("Songs", ["pk": "p", "sk": .string(sk)]) }
        let page = try region.query("Songs", keys: ["pk": .init(.equal, ["p"]), "sk": .init(.beginsWith, ["a"])])
        #expect(page.items.map { $0["sk"] } == ["a1", "a2"])
    }

    @Test func filters() throws {
        let region = try Self.region()
        let filter: Region.Conditions = ["n": .init(.greater, [6]), "a": .init(.greater, [97])]
        let keys: Region.Conditions = ["pk": .init(.equal, ["p"])]
        #expect(try region.query("Music", keys: keys, filter: filter).count == 0)
        let either = try region.query("Music", keys: keys, filter: filter, joinedBy: .or)
        #expect(PagingTests.numbers(either) == [0, 1, 2, 7, 8, 9])
        #expect(either.scannedCount == 10)
        #expect(try region.scan("Music", legacyFilter: ["sk": .init(.isIn, [1, 2])]).count == 2, "keys too, in a Scan")
        #expect(try region.scan("Music", legacyFilter: ["none": .init(.notNull)]).count == 0)
    }

    @Test func attributesToGet() throws {
        let region = try Self.region()
        var get = GetItemRequest(tableName: "Music", key: ["pk": "p", "sk": 1], consistentRead: true)
        get.attributesToGet = ["n", "none", "a"]
        guard case .getItem(let response) = try region.perform(.getItem(get)) else { return }
        #expect(response.item == ["n": 1, "a": 99])
        var keys = BatchGetItemRequest.TableKeys(tableName: "Music", keys: [["pk": "p", "sk": 1]])
        keys.attributesToGet = ["g"]
        #expect(try region.batchGet([keys]).responses[0].items == [["g": "x"]])
        let page = try region.scan("Music", legacyFilter: nil, attributes: ["n"])
        #expect(page.items.count == 10)
        #expect(page.items.allSatisfy { $0.attributes.names == ["n"] })
        // A name is one attribute, whatever it holds.
        get.attributesToGet = ["a.b"]
        #expect(try region.perform(.getItem(get)) == .getItem(GetItemResponse(item: [:])))
        get.attributesToGet = ["a", "b", "a"]
        #expect(
            message { () throws(ServiceError) in try region.perform(.getItem(get)) }
                == "One or more parameter values were invalid: Duplicate value in attribute name: a"
        )
    }

    @Test func select() throws {
        let region = try Self.region()
        let keys: Region.Conditions = ["pk": .init(.equal, ["p"])]
        #expect(
            message { () throws(ServiceError) in
                try region.query("Music", keys: keys, attributes: ["n"], select: .count)
            } == "Cannot specify the AttributesToGet when choosing to get COUNT"
        )
        #expect(
            try region.query("Music", keys: keys, attributes: ["n"], select: .specificAttributes).items.first == [
                "n": 0
            ]
        )
    }

    @Test(
        arguments: [
            ([:], "Conditions can be of length 1 or 2 only"),
            (["sk": .init(.equal, [1])], "Query condition missed key schema element: pk"),
            (["pk": .init(.less, ["p"])], "Query key condition not supported"),
            (
                ["pk": .init(.equal, ["p"]), "n": .init(.equal, [1])],
                "Query condition missed key schema element: sk"
            ),
            (
                ["pk": .init(.equal, ["p"]), "sk": .init(.equal, [1]), "n": .init(.equal, [1])],
                "Conditions can be of length 1 or 2 only"
            ),
            (
                ["pk": .init(.equal, [1])],
                "One or more parameter values were invalid: Condition parameter type does not match schema type"
            ),
            (
                ["pk": .init(.equal, ["p"]), "sk": .init(.notEqual, [1])],
                "Attempted conditional constraint is not an indexable operation"
            ),
            (
                ["pk": .init(.equal, ["p"]), "sk": .init(.notNull)],
                "Attempted conditional constraint is not an indexable operation"
            ),
            (
                ["pk": .init(.equal, ["p", "q"])],
                "One or more parameter values were invalid: Invalid number of argument(s) for the EQ ComparisonOperator"
            ),
        ] as [(Region.Conditions, String)]
    )
    func badKeyConditionsHaveTheServicesTexts(keys: Region.Conditions, text: String) throws {
        let region = try Self.region()
        #expect(message { () throws(ServiceError) in try region.query("Music", keys: keys) } == text)
    }

    @Test func aQueryFilterMayNotNameTheKey() throws {
        let region = try Self.region()
        #expect(
            message { () throws(ServiceError) in
                try region.query("Music", keys: ["pk": .init(.equal, ["p"])], filter: ["sk": .init(.equal, [1])])
            } == "QueryFilter can only contain non-primary key attributes: Primary key attribute: sk"
        )
        #expect(
            message { () throws(ServiceError) in try region.query("Music", keys: nil) }
                == "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request."
        )
    }

    @Test func explainReadsThemToo() throws {
        let region = try Self.region()
        var query = QueryRequest(tableName: "Music", limit: 2)
        query.keyConditions = ["pk": .init(.equal, ["p"]), "sk": .init(.less, [5])]
        let plan = try region.explain(.query(query))
        #expect(plan.steps.contains { $0.text.hasPrefix("5 items") })
        var put = PutItemRequest(tableName: "Music", item: ["pk": "p", "sk": 1])
        put.options.expected = ["n": .init(value: 7)]
        #expect(
            try region.explain(.putItem(put)).warnings == [
                "as things are it would fail: ConditionalCheckFailedException: The conditional request failed"
            ]
        )
    }

    @Test func policiesSeeWhatTheyName() throws {
        let region = try Self.region()
        var query = QueryRequest(tableName: "Music")
        query.keyConditions = ["pk": .init(.equal, ["p"]), "sk": .init(.less, [5])]
        query.queryFilter = ["n": .init(.notNull)]
        query.attributesToGet = ["a", "n"]
        let access = try #require(region.accesses(of: .query(query)).first)
        #expect(access.context[.leadingKeys] == ["p"])
        #expect(access.context[.attributes] == ["pk", "sk", "n", "a"])
        #expect(access.context[.select] == ["SPECIFIC_ATTRIBUTES"])
        var update = UpdateItemRequest(tableName: "Music", key: ["pk": "p", "sk": 1])
        update.attributeUpdates = ["n": .init(.add, 1)]
        update.options.expected = ["m": .init(value: 1)]
        let write = try #require(region.accesses(of: .updateItem(update)).first)
        #expect(write.context[.attributes] == ["pk", "sk", "n", "m"])
        var get = GetItemRequest(tableName: "Music", key: ["pk": "p", "sk": 1])
        get.attributesToGet = ["a"]
        let read = try #require(region.accesses(of: .getItem(get)).first)
        #expect(read.context[.attributes] == ["pk", "sk", "a"])
        #expect(read.context[.select] == ["SPECIFIC_ATTRIBUTES"])
    }
}
