import Engine
import Model
import Testing

/// Requests put together by chance, good and bad ones: a region behind the wire format answers each exactly as the same
/// region without it.
struct WireLoopTests {
    @Test(arguments: [1, 2, UInt64.random(in: 10...999_999)])
    func bothWaysAnswerAlike(seed: UInt64) throws {
        let plain = Region(profile: .serve, seed: 1)
        let wired = EndpointRegion(Region(profile: .serve, seed: 1)) { WireLoop($0) }
        var draft = RequestDraft(seed: seed)
        for request in RequestDraft.tables { #expect(try plain.perform(request) == wired.perform(request)) }
        var answered = 0
        for step in 0..<1_500 {
            let request = draft.next()
            let answers = [plain as any DatabaseService, wired].map { service in
                Result { () throws(ServiceError) in try service.perform(request) }
            }
            #expect(answers[0] == answers[1], "seed \(seed), step \(step): \(request)")
            if case .success = answers[0] { answered += 1 }
        }
        #expect((300...1_400).contains(answered), "\(answered) of the requests were good")
    }
}

/// Draws requests of all data operations. About every second one has something wrong with it.
private struct RequestDraft {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    static let tables: [Request] = [
        .createTable(
            CreateTableRequest(
                tableName: "Music",
                attributeDefinitions: [.init("pk", .string), .init("sk", .number), .init("n", .number)],
                keySchema: [.init("pk", .hash), .init("sk", .range)],
                billingMode: .payPerRequest,
                localSecondaryIndexes: [
                    .init(
                        indexName: "local",
                        keySchema: [.init("pk", .hash), .init("n", .range)],
                        projection: Projection(.keysOnly)
                    )
                ],
                globalSecondaryIndexes: [
                    .init(
                        indexName: "global",
                        keySchema: [.init("n", .hash)],
                        projection: Projection(.include, nonKeyAttributes: ["t"])
                    )
                ],
                tags: [Tag(key: "k", value: "v")]
            )
        ),
        .createTable(
            CreateTableRequest(
                tableName: "Plain",
                attributeDefinitions: [.init("pk", .binary)],
                keySchema: [.init("pk", .hash)],
                provisionedThroughput: ProvisionedThroughput(readCapacityUnits: 5, writeCapacityUnits: 5)
            )
        ),
    ]

    private mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices.randomElement(using: &generator)! }

    private mutating func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &generator) == 0 }

    // MARK: Parts

    private mutating func tableName() -> String { oneIn(15) ? pick(["", "Nowhere", "Plain", "a b"]) : "Music" }

    private mutating func value() -> AttributeValue {
        pick([
            .string("x"), .string(""), .string("é\u{0}"), .number(Number(1)), .number(Number(-250)), .binary([0, 255]),
            .bool(true), .null, .stringSet(["a", "b"]), .numberSet([Number(3), Number(1)]), .binarySet([[1], []]),
            .list([.string("x"), .null, .list([])]), .map(["k": .number(Number(7)), "": .map([:])]),
        ])
    }

    private mutating func key() -> Item {
        if oneIn(12) {
            let wrong: [Item] = [
                [:], ["pk": .string("a")], ["pk": .number(Number(1)), "sk": .number(Number(1))],
                ["pk": .string(""), "sk": .number(Number(1))], ["pk": .binary([1])],
                ["pk": .string("a"), "sk": .number(Number(1)), "n": .null],
            ]
            return pick(wrong)
        }
        return ["pk": .string(pick(["a", "b"])), "sk": .number(Number(pick([1, 2, 3])))]
    }

    private mutating func item() -> Item {
        var attributes = key().attributes
        if oneIn(2) { attributes["n"] = oneIn(8) ? .string("no number") : .number(Number(pick([1, 2]))) }
        if oneIn(2) { attributes["t"] = value() }
        if oneIn(4) { attributes["m"] = .map(["l": .list([value(), value()])]) }
        return Item(attributes)
    }

    private mutating func condition() -> String? {
        if oneIn(2) { return nil }
        return pick([
            "attribute_exists(pk)", "attribute_not_exists(#t)", "#t = :v", "n > :n", "size(m.l) > :n",
            "n BETWEEN :n AND :v",
            "contains(#t, :v)", "", "n = ", "((n = :n))", "foo(n)", "size = :n", "begins_with(#t, :n)", ":n < :v",
        ])
    }

    /// What the expressions use, and now and then something they do not.
    private mutating func attributes(for expressions: String?...) -> ExpressionAttributes {
        let text = expressions.compactMap { $0 }.joined(separator: " ")
        var attributes = ExpressionAttributes()
        if text.contains("#t") != oneIn(15) { attributes.names = ["#t": "t"] }
        var values: [String: AttributeValue] = [:]
        if text.contains(":n") != oneIn(15) { values[":n"] = .number(Number(pick([0, 1, 2]))) }
        if text.contains(":v") != oneIn(15) { values[":v"] = value() }
        if text.contains(":p") { values[":p"] = .string(pick(["a", "b"])) }
        if !values.isEmpty || oneIn(25) { attributes.values = values }
        return attributes
    }

    private mutating func update() -> String? {
        if oneIn(20) { return nil }
        return pick([
            "SET n = :n", "SET #t = :v", "SET n = n + :n", "ADD n :n", "DELETE #t :v", "REMOVE m.l[0]",
            "SET m.l[9] = :v",
            "SET m.l = list_append(m.l, :v)", "SET pk = :v", "SET n = :n, n = :n", "", "SET n = :n SET #t = :v",
            "REMOVE",
            "SET #t = if_not_exists(#t, :v) REMOVE n",
        ])
    }

    private mutating func projection() -> String? {
        oneIn(2) ? nil : pick(["pk, n", "#t", "m.l[0], m.l[1]", "n, n", ""])
    }

    // MARK: Requests

    mutating func next() -> Request {
        let capacity = pick(ReturnConsumedCapacity.allCases)
        switch Int.random(in: 0..<14, using: &generator) {
        case 0, 1: return .putItem(put(capacity))
        case 2: return .updateItem(updateItem(capacity))
        case 3: return .deleteItem(delete(capacity))
        case 4:
            let projection = projection()
            var attributes = attributes(for: projection)
            attributes.values = nil
            return .getItem(
                GetItemRequest(
                    tableName: tableName(),
                    key: key(),
                    consistentRead: oneIn(2),
                    projectionExpression: projection,
                    expressionAttributes: attributes,
                    returnConsumedCapacity: capacity
                )
            )
        case 5, 6: return .query(query(capacity))
        case 7: return .scan(scan(capacity))
        case 8: return .batchGetItem(batchGet(capacity))
        case 9: return .batchWriteItem(batchWrite(capacity))
        case 10: return .transactWriteItems(transactWrite(capacity))
        case 11:
            let count = pick([1, 2, 3])
            return .transactGetItems(
                TransactGetItemsRequest(
                    transactItems: (0..<count).map { _ in TransactGetAction(tableName: tableName(), key: key()) },
                    returnConsumedCapacity: capacity
                )
            )
        case 12:
            return .executeStatement(
                ExecuteStatementRequest(
                    statement: statement(),
                    nextToken: oneIn(20) ? "00" : nil,
                    limit: oneIn(3) ? pick([0, 1, 2]) : nil,
                    returnConsumedCapacity: capacity
                )
            )
        default:
            let count = pick([1, 2, 3, 26])
            let statements = (0..<count).map { _ in statement() }
            return oneIn(2)
                ? .batchExecuteStatement(
                    BatchExecuteStatementRequest(statements: statements, returnConsumedCapacity: capacity)
                )
                : .executeTransaction(
                    ExecuteTransactionRequest(
                        transactStatements: statements.map(\.forTransaction),
                        clientRequestToken: oneIn(4) ? pick(["t", "u", ""]) : nil,
                        returnConsumedCapacity: capacity
                    )
                )
        }
    }

    private mutating func put(_ capacity: ReturnConsumedCapacity) -> PutItemRequest {
        let condition = condition()
        return PutItemRequest(
            tableName: tableName(),
            item: item(),
            options: .init(
                conditionExpression: condition,
                expressionAttributes: attributes(for: condition),
                returnValues: oneIn(3) ? pick(ReturnValues.allCases) : .none,
                returnValuesOnConditionCheckFailure: pick(ReturnValuesOnConditionCheckFailure.allCases),
                returnConsumedCapacity: capacity,
                returnItemCollectionMetrics: pick(ReturnItemCollectionMetrics.allCases)
            )
        )
    }

    private mutating func updateItem(_ capacity: ReturnConsumedCapacity) -> UpdateItemRequest {
        let (condition, update) = (condition(), update())
        return UpdateItemRequest(
            tableName: tableName(),
            key: key(),
            updateExpression: update,
            options: .init(
                conditionExpression: condition,
                expressionAttributes: attributes(for: condition, update),
                returnValues: pick(ReturnValues.allCases),
                returnValuesOnConditionCheckFailure: pick(ReturnValuesOnConditionCheckFailure.allCases),
                returnConsumedCapacity: capacity,
                returnItemCollectionMetrics: pick(ReturnItemCollectionMetrics.allCases)
            )
        )
    }

    private mutating func delete(_ capacity: ReturnConsumedCapacity) -> DeleteItemRequest {
        let condition = condition()
        return DeleteItemRequest(
            tableName: tableName(),
            key: key(),
            options: .init(
                conditionExpression: condition,
                expressionAttributes: attributes(for: condition),
                returnValues: oneIn(3) ? pick(ReturnValues.allCases) : .none,
                returnConsumedCapacity: capacity
            )
        )
    }

    private mutating func query(_ capacity: ReturnConsumedCapacity) -> QueryRequest {
        let index = pick([nil, nil, "local", "global", "none"] as [String?])
        let condition: String? =
            index == "global"
            ? pick(["n = :n", "n > :n"])
            : pick(["pk = :p", "pk = :p AND sk > :n", "pk = :p AND n = :n", "pk = :p OR sk = :n", "sk = :n", nil])
        let filter = oneIn(3) ? self.condition() : nil
        let projection = oneIn(3) ? self.projection() : nil
        return QueryRequest(
            tableName: tableName(),
            indexName: index,
            keyConditionExpression: condition,
            filterExpression: filter,
            projectionExpression: projection,
            expressionAttributes: attributes(for: condition, filter, projection),
            limit: oneIn(3) ? pick([0, 1, 2]) : nil,
            exclusiveStartKey: oneIn(6) ? key() : nil,
            scanIndexForward: oneIn(2),
            consistentRead: oneIn(3),
            select: oneIn(4) ? pick(Select.allCases) : nil,
            returnConsumedCapacity: capacity
        )
    }

    private mutating func scan(_ capacity: ReturnConsumedCapacity) -> ScanRequest {
        let filter = oneIn(2) ? condition() : nil
        let isParallel = oneIn(3)
        return ScanRequest(
            tableName: tableName(),
            indexName: pick([nil, nil, "local", "global", "none"] as [String?]),
            filterExpression: filter,
            expressionAttributes: attributes(for: filter),
            limit: oneIn(3) ? pick([0, 1, 2]) : nil,
            exclusiveStartKey: oneIn(6) ? key() : nil,
            segment: isParallel ? pick([-1, 0, 1, 5]) : nil,
            totalSegments: isParallel != oneIn(8) ? 2 : nil,
            consistentRead: oneIn(3),
            select: oneIn(4) ? pick(Select.allCases) : nil,
            returnConsumedCapacity: capacity
        )
    }

    private mutating func batchGet(_ capacity: ReturnConsumedCapacity) -> BatchGetItemRequest {
        let names = oneIn(3) ? ["Music", "Plain"] : [tableName()]
        let tables = names.map { name in
            BatchGetItemRequest.TableKeys(
                tableName: name,
                keys: (0..<pick([0, 1, 2, 3, 101])).map { _ in name == "Plain" ? ["pk": .binary([1])] : key() },
                consistentRead: oneIn(2),
                projectionExpression: oneIn(3) ? "n" : nil
            )
        }
        return BatchGetItemRequest(requestItems: oneIn(20) ? [] : tables, returnConsumedCapacity: capacity)
    }

    private mutating func batchWrite(_ capacity: ReturnConsumedCapacity) -> BatchWriteItemRequest {
        let writes = (0..<pick([0, 1, 2, 26])).map { _ in
            oneIn(3) ? BatchWriteItemRequest.Write.delete(key: key()) : .put(item: item())
        }
        let tables = [BatchWriteItemRequest.TableWrites(tableName: tableName(), writes: writes)]
        return BatchWriteItemRequest(
            requestItems: oneIn(20) ? [] : tables,
            returnConsumedCapacity: capacity,
            returnItemCollectionMetrics: pick(ReturnItemCollectionMetrics.allCases)
        )
    }

    private mutating func transactWrite(_ capacity: ReturnConsumedCapacity) -> TransactWriteItemsRequest {
        let actions = (0..<pick([0, 1, 2, 3])).map { _ -> TransactWriteAction in
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: return .put(put(.none).forTransaction)
            case 1: return .update(updateItem(.none).forTransaction)
            case 2: return .delete(delete(.none).forTransaction)
            default:
                let condition = condition() ?? "attribute_exists(pk)"
                return .conditionCheck(
                    ConditionCheckRequest(
                        tableName: tableName(),
                        key: key(),
                        conditionExpression: condition,
                        expressionAttributes: attributes(for: condition)
                    )
                )
            }
        }
        return TransactWriteItemsRequest(
            transactItems: actions,
            clientRequestToken: oneIn(4) ? pick(["t", "u", ""]) : nil,
            returnConsumedCapacity: capacity,
            returnItemCollectionMetrics: pick(ReturnItemCollectionMetrics.allCases)
        )
    }

    private mutating func statement() -> ParameterizedStatement {
        let text = pick([
            "SELECT * FROM Music", "SELECT n, t FROM Music WHERE pk = ? AND sk = 1",
            "SELECT * FROM Music.global WHERE n = 1",
            "SELECT * FROM Music.local WHERE pk = 'a'", "SELECT * FROM Nowhere", "SELECT", "",
            "INSERT INTO Music VALUE {'pk': 'a', 'sk': 2, 't': ?}", "DELETE FROM Music WHERE pk = 'a' AND sk = 2",
            "UPDATE Music SET n = 2, t = ? WHERE pk = 'a' AND sk = 1 RETURNING ALL NEW *",
            "UPDATE Music SET n = n + 1 WHERE pk = 'b' AND sk = 3 AND n > 1",
            "UPDATE Music REMOVE t WHERE pk = 1 AND sk = 1",
            "EXISTS(SELECT * FROM Music WHERE pk = 'a' AND sk = 3 AND n = 1)",
        ])
        return ParameterizedStatement(
            statement: text,
            parameters: text.contains("?") != oneIn(15) ? [value()] : [],
            consistentRead: oneIn(4),
            returnValuesOnConditionCheckFailure: pick(ReturnValuesOnConditionCheckFailure.allCases)
        )
    }
}

// Members that a part of a transaction does not have; the wire leaves them out.

extension PutItemRequest {
    fileprivate var forTransaction: PutItemRequest {
        var part = self
        part.options.returnValues = .none
        part.options.returnItemCollectionMetrics = .none
        return part
    }
}

extension UpdateItemRequest {
    fileprivate var forTransaction: UpdateItemRequest {
        var part = self
        part.updateExpression = updateExpression ?? "REMOVE n"
        part.options.returnValues = .none
        part.options.returnItemCollectionMetrics = .none
        return part
    }
}

extension DeleteItemRequest {
    fileprivate var forTransaction: DeleteItemRequest {
        var part = self
        part.options.returnValues = .none
        return part
    }
}

extension ParameterizedStatement {
    fileprivate var forTransaction: ParameterizedStatement {
        var part = self
        part.consistentRead = false
        return part
    }
}
