import Model
import Testing

@testable import Engine

/// What is told of a request with several faults, and when. Reference C4, C5.
struct ValidationOrderTests {
    static func region() throws -> Region {
        let region = Region(profile: .serve)
        try region.create(
            .table("Music", sort: ("sk", .number), globals: [.init(name: "byG", hash: [("g", .string)])])
        )
        try region.put("Music", ["pk": "p", "sk": 1, "g": "x"])
        return region
    }

    static let key: Item = ["pk": "p", "sk": 1]

    // MARK: Paths into keys

    static let keyPaths: [(String, String)] = [
        ("pk.a", "Key: pk"), ("sk[0]", "Key: sk"), ("g.a", "IndexKey: g"),
    ]

    private func text(_ what: String) -> String {
        "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: \(what)"
    }

    @Test(arguments: keyPaths) func noExpressionLooksIntoAKey(path: String, what: String) throws {
        let region = try Self.region()
        let condition = "attribute_not_exists(\(path))"
        var messages: [String?] = [
            message { () throws(ServiceError) in try region.put("Music", Self.key, if: condition) },
            message { () throws(ServiceError) in try region.delete("Music", Self.key, if: condition) },
            message { () throws(ServiceError) in try region.update("Music", Self.key, "REMOVE a", if: condition) },
            message { () throws(ServiceError) in try region.update("Music", Self.key, "SET a = \(path)") },
            message { () throws(ServiceError) in try region.getResponse("Music", Self.key, projection: path) },
            message { () throws(ServiceError) in
                try region.query("Music", "pk = :p", [":p": "p"], filter: condition)
            },
            message { () throws(ServiceError) in try region.scan("Music", projection: path) },
            message { () throws(ServiceError) in
                try region.transactGet([.init(tableName: "Music", key: Self.key, projectionExpression: path)])
            },
            message { () throws(ServiceError) in
                try region.batchGet([.init(tableName: "Music", keys: [Self.key], projectionExpression: path)])
            },
        ]
        let check = ConditionCheckRequest(tableName: "Music", key: Self.key, conditionExpression: condition)
        messages.append(message { () throws(ServiceError) in try region.transact([.conditionCheck(check)]) })
        #expect(messages == Array(repeating: text(what), count: messages.count))
    }

    @Test func changingAPathIntoAKeyIsChangingTheKey() throws {
        let region = try Self.region()
        #expect(
            message { () throws(ServiceError) in
                try region.update("Music", Self.key, "SET pk.a = :v", values: [":v": 1])
            }
                == "One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key"
        )
        #expect(
            message { () throws(ServiceError) in
                try region.update("Music", Self.key, "SET g.a = :v", values: [":v": 1])
            } == text("IndexKey: g")
        )
    }

    // MARK: Keys of BatchGetItem

    @Test func batchGetFindsDuplicatesBeforeTheTable() throws {
        let region = try Self.region()
        let duplicates = "Provided list of item keys contains duplicates"
        #expect(
            message { () throws(ServiceError) in
                try region.batchGet([.init(tableName: "Nowhere", keys: [Self.key, Self.key])])
            } == duplicates
        )
        #expect(
            message { () throws(ServiceError) in
                try region.batchWrite([("Nowhere", [.delete(key: Self.key), .delete(key: Self.key)])])
            } == "Requested resource not found",
            "a BatchWriteItem compares items, which needs the key schema"
        )
    }

    @Test func keysThatAreWrittenDifferentlyAreTwoKeys() throws {
        let region = try Self.region()
        var keys = BatchGetItemRequest.TableKeys(tableName: "Music", keys: [Self.key, Self.key])
        keys.keysDifferAsWritten = true
        let response = try region.batchGet([keys])
        #expect(response.responses.map(\.items.count) == [2])
        #expect(response.consumedCapacity?.map(\.arms) == [["": 1]])
    }

    // MARK: Steps

    /// Each request has the fault of its step and of all later ones.
    @Test func aPutIsJudgedStepByStep() throws {
        let region = try Self.region()
        let deep = (0..<32).reduce(AttributeValue.string("x")) { value, _ in [value] }
        var request = PutItemRequest(tableName: "none!", item: ["pk": 1, "deep": deep])
        request.item = request.item.padded(to: 409_601)
        request.options.conditionExpression = "a ="
        request.options.expected = ["a": .init()]
        func next(_ text: String, _ repair: (inout PutItemRequest) -> Void) {
            let found = message { () throws(ServiceError) in try region.perform(.putItem(request)) }
            #expect(found?.contains(text) == true, "\(found ?? "no error") instead of \(text)")
            repair(&request)
        }
        next("at 'tableName' failed to satisfy constraint") { $0.tableName = "Nowhere" }
        next("Can not use both expression and non-expression parameters") { $0.options.conditionExpression = nil }
        next("Nesting Levels have exceeded") { $0.item = (["pk": 1] as Item).padded(to: 409_601) }
        next("Value must be provided when Exists is null") { $0.options.expected = nil }
        next("Item size has exceeded the maximum allowed size") { $0.item = ["pk": 1] }
        request.options.conditionExpression = "a ="
        next("Invalid ConditionExpression: Syntax error") {
            $0.options.conditionExpression = "attribute_exists(nothing)"
        }
        next("Requested resource not found") { $0.tableName = "Music" }
        next("Type mismatch for key pk expected: S actual: N") { $0.item = ["pk": "p"] }
        next("Missing the key sk in the item") { $0.item = ["pk": "p", "sk": 1, "g": 1] }
        next("Type mismatch for Index Key g Expected: S Actual: N IndexName: byG") { $0.item = ["pk": "p", "sk": 1] }
        next("The conditional request failed") { $0.options.conditionExpression = nil }
        #expect(thrown { () throws(ServiceError) in try region.perform(.putItem(request)) } == nil)
    }

    @Test func aQueryIsJudgedStepByStep() throws {
        let region = try Self.region()
        var request = QueryRequest(tableName: "Nowhere", indexName: "none", limit: 0, select: .specificAttributes)
        request.filterExpression = "a ="
        request.queryFilter = ["a": .init(.equal)]
        request.exclusiveStartKey = ["pk": 1]
        func next(_ text: String, _ repair: (inout QueryRequest) -> Void) {
            let found = message { () throws(ServiceError) in try region.perform(.query(request)) }
            #expect(found?.contains(text) == true, "\(found ?? "no error") instead of \(text)")
            repair(&request)
        }
        next("at 'Limit' failed to satisfy constraint") { $0.limit = nil }
        next("Can not use both expression and non-expression parameters") { $0.filterExpression = nil }
        next("Invalid number of argument(s) for the EQ ComparisonOperator") { $0.queryFilter = nil }
        next("Must specify the AttributesToGet or ProjectionExpression") { $0.select = nil }
        next("Either the KeyConditions or KeyConditionExpression") {
            $0.keyConditionExpression = "pk = :p"
            $0.filterExpression = "a ="
            $0.expressionAttributes.values = [":p": 1, ":q": 1]
        }
        next("Invalid FilterExpression: Syntax error") { $0.filterExpression = "sk = :q" }
        next("Requested resource not found") { $0.tableName = "Music" }
        next("The table does not have the specified index: none") { $0.indexName = nil }
        next("Condition parameter type does not match schema type") {
            $0.expressionAttributes.values = [":p": "p", ":q": 1]
        }
        next("Primary key attribute: sk") { $0.filterExpression = "a <> :q" }
        next("The provided starting key is invalid") { $0.exclusiveStartKey = nil }
        #expect(thrown { () throws(ServiceError) in try region.perform(.query(request)) } == nil)
    }
}
