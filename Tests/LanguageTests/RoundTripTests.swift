import Language
import Model
import Testing

/// Random requests: what is printed reads back, and prints the same again.
@Suite struct RoundTripTests {
    @Test(arguments: [11, 12, 13, 14] as [UInt64]) func randomRequestsReadBack(seed: UInt64) throws {
        var random = RandomRequests(seed: seed)
        for _ in 0..<1_500 {
            let original = random.request()
            let printed = canonical(original)
            let again: Request
            do {
                again = try request(printed)
            } catch {
                Issue.record("\(error)\n\(printed)\n\(original)")
                return
            }
            #expect(again.hasSameMeaning(as: original), "\(printed)")
            #expect(canonical(again) == printed)
        }
    }

    @Test(arguments: [21, 22] as [UInt64]) func randomValuesReadBack(seed: UInt64) throws {
        var random = RandomRequests(seed: seed)
        var parser = CommandParser.forTests()
        for _ in 0..<3_000 {
            let value = random.value(depth: 4)
            #expect(try parser.parseValue(formatValue(value)) == value, "\(formatValue(value))")
        }
    }

    @Test(arguments: [
        ("'it\\'s'", AttributeValue.string("it's")), ("b64'SGk='", .binary([72, 105])), ("null", .null),
        ("<<1, 25>>", .numberSet([1, 25])), ("[1, 'x', {}]", .list([.number(1), .string("x"), .map([:])])),
        ("{a: true, 'b c': '\\u001b\\n'}", .map(["a": .bool(true), "b c": .string("\u{1B}\n")])),
    ])
    func valuesAreWrittenInTheLanguage(text: String, value: AttributeValue) throws {
        #expect(formatValue(value) == text)
    }
}

/// Requests of every kind that clauses can say, and some that they cannot.
struct RandomRequests {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }

    private mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &generator) }

    private mutating func pick<Element>(_ elements: [Element]) -> Element { elements.randomElement(using: &generator)! }

    private mutating func text() -> String {
        pick([
            "", "a", "USER#1", "it's", "\"", "\\", "line\nbreak", "é", "😀", "\u{1B}[31m", "-- no", "/* */", ";", "`",
            "x y",
        ])
    }

    private mutating func name() -> String {
        pick([
            "a", "name", "status", "total", "set", "IF", "limit", "a.b", "x y", "é", "_1", "SIZE", "true", "b64",
            "not", "it's",
        ])
    }

    mutating func value(depth: Int = 2) -> AttributeValue {
        switch number(0..<(depth > 0 ? 10 : 7)) {
        case 0, 1: return .string(text())
        case 2: return .number(Number(number(-5..<1_000_000)))
        case 3: return .bool(chance(50))
        case 4: return .null
        case 5: return .binary((0..<number(0..<5)).map { _ in UInt8.random(in: 0...255, using: &generator) })
        case 6: return pick([.stringSet(["a", "it's"]), .numberSet([1, 20]), .binarySet([[], [1, 2]])])
        case 7: return .list((0..<number(0..<3)).map { _ in value(depth: depth - 1) })
        default:
            var map = AttributeMap()
            for _ in 0..<number(0..<3) { map[chance(20) ? "S" : name()] = value(depth: depth - 1) }
            return .map(map)
        }
    }

    private mutating func item() -> Item {
        var map = AttributeMap()
        for _ in 0..<number(0..<4) { map[name()] = value() }
        if chance(95) { map["pk"] = chance(95) ? .string(text()) : value() }
        if chance(95) { map["sk"] = .string(text()) }
        return Item(map)
    }

    private mutating func key() -> Item {
        chance(90) ? ["pk": .string(text()), "sk": .string(text())] : item()
    }

    /// Expressions as a program writes them, with their placeholders.
    private struct Expressions {
        var names: [String: String] = [:]
        var values: [String: AttributeValue] = [:]

        var attributes: ExpressionAttributes {
            ExpressionAttributes(names: names.isEmpty ? nil : names, values: values.isEmpty ? nil : values)
        }
    }

    private mutating func path(_ expressions: inout Expressions) -> String {
        let plain = pick(["a", "foo", "bar1"])
        if chance(50) { return plain + pick(["", ".x", "[3]", ".x[0].y"]) }
        let placeholder = "#p\(expressions.names.count)"
        expressions.names[placeholder] = name()
        return placeholder
    }

    private mutating func operand(_ expressions: inout Expressions) -> String {
        if chance(20) { return path(&expressions) }
        if chance(10) { return "size(\(path(&expressions)))" }
        let placeholder = ":x\(expressions.values.count)"
        expressions.values[placeholder] = value()
        return placeholder
    }

    private mutating func condition(_ expressions: inout Expressions, depth: Int = 2) -> String {
        if depth > 0, chance(40) {
            let left = condition(&expressions, depth: depth - 1)
            let right = condition(&expressions, depth: depth - 1)
            return pick(["\(left) AND \(right)", "\(left) or \(right)", "(\(left)) AND NOT (\(right))"])
        }
        let path = path(&expressions)
        let operand = operand(&expressions)
        let other = self.operand(&expressions)
        return pick([
            "\(path) = \(operand)", "\(path)<>\(operand)", "\(path)  >=  \(operand) AND \(path) < \(other)",
            "\(path) BETWEEN \(operand) AND \(other)", "\(path) IN (\(operand),\(other))",
            "attribute_exists(\(path)) AND begins_with(\(path),\(operand)) AND \(path) = \(other)",
            "NOT contains(\(path), \(operand)) AND attribute_type( \(path) , \(other) )",
        ])
    }

    private mutating func projection(_ expressions: inout Expressions) -> String {
        (0..<number(1..<4)).map { _ in path(&expressions) }.joined(separator: pick([",", ", "]))
    }

    private mutating func update(_ expressions: inout Expressions) -> String {
        var sections: [String] = []
        let operand = operand(&expressions)
        let path = path(&expressions)
        if chance(70) {
            sections.append(
                pick([
                    "SET \(path) = \(path) + \(operand), foo.z = list_append(\(path), \(operand))",
                    "set \(path)=if_not_exists(\(path), \(operand))", "SET \(path) = \(operand)",
                ])
            )
        }
        if chance(40) || sections.isEmpty { sections.append("REMOVE \(self.path(&expressions)), bar") }
        if chance(30) {
            expressions.values[":set"] = .numberSet([1])
            sections.append("ADD n :set DELETE m :set")
        }
        if !sections.contains(where: { $0.contains(operand) }) { expressions.values[operand] = nil }
        return sections.joined(separator: " ")
    }

    private mutating func capacity() -> ReturnConsumedCapacity { chance(80) ? .none : pick([.total, .indexes]) }

    mutating func request() -> Request {
        var expressions = Expressions()
        switch number(0..<14) {
        case 0:
            let condition = chance(50) ? condition(&expressions) : nil
            return .putItem(
                PutItemRequest(
                    tableName: pick(["app", "app", "missing"]),
                    item: item(),
                    options: .init(
                        conditionExpression: condition,
                        expressionAttributes: expressions.attributes,
                        returnValues: pick([.none, .allOld, .allNew]),
                        returnValuesOnConditionCheckFailure: pick([.none, .allOld]),
                        returnConsumedCapacity: capacity()
                    )
                )
            )
        case 1:
            let projection = chance(50) ? projection(&expressions) : nil
            return .getItem(
                GetItemRequest(
                    tableName: "app",
                    key: key(),
                    consistentRead: chance(50),
                    projectionExpression: projection,
                    expressionAttributes: expressions.attributes,
                    returnConsumedCapacity: capacity()
                )
            )
        case 2, 3: return .updateItem(updateItem(&expressions))
        case 4:
            let condition = chance(50) ? condition(&expressions) : nil
            return .deleteItem(
                DeleteItemRequest(
                    tableName: "app",
                    key: key(),
                    options: .init(
                        conditionExpression: condition,
                        expressionAttributes: expressions.attributes,
                        returnValues: pick([.none, .allOld]),
                        returnItemCollectionMetrics: pick([.none, .size])
                    )
                )
            )
        case 5, 6: return .query(query(&expressions))
        case 7: return .scan(scan(&expressions))
        case 8:
            let tables = chance(50) ? ["app"] : ["app", "orders"]
            return .batchGetItem(
                BatchGetItemRequest(
                    requestItems: tables.map { table in
                        var expressions = Expressions()
                        let projection = chance(50) ? projection(&expressions) : nil
                        return .init(
                            tableName: table,
                            keys: (0..<number(1..<3)).map { _ in key() },
                            consistentRead: chance(30),
                            projectionExpression: projection,
                            expressionAttributeNames: expressions.attributes.names
                        )
                    }
                )
            )
        case 9:
            return .batchWriteItem(
                BatchWriteItemRequest(requestItems: [
                    .init(
                        tableName: "app",
                        writes: (0..<number(1..<4)).map { _ in chance(60) ? .put(item: item()) : .delete(key: key()) }
                    )
                ])
            )
        case 10: return transaction()
        case 11:
            return .executeStatement(
                ExecuteStatementRequest(
                    statement: ParameterizedStatement(
                        statement: "SELECT * FROM \"app\" WHERE pk = ? AND sk = 'it''s'",
                        parameters: [value()],
                        consistentRead: chance(20)
                    ),
                    limit: chance(20) ? 5 : nil
                )
            )
        case 12: return .createTable(table())
        default: return .updateTable(tableUpdate())
        }
    }

    private mutating func updateItem(_ expressions: inout Expressions) -> UpdateItemRequest {
        let update = chance(90) ? update(&expressions) : nil
        let condition = chance(50) ? condition(&expressions) : nil
        return UpdateItemRequest(
            tableName: "app",
            key: key(),
            updateExpression: update,
            options: .init(
                conditionExpression: condition,
                expressionAttributes: expressions.attributes,
                returnValues: pick(ReturnValues.allCases),
                returnValuesOnConditionCheckFailure: pick([.none, .allOld])
            )
        )
    }

    private mutating func query(_ expressions: inout Expressions) -> QueryRequest {
        // Without a condition no value is left over: that would be no body at all.
        let hasKeyCondition = chance(95)
        if hasKeyCondition { expressions.values[":pk"] = .string(text()) }
        let isIndex = chance(30)
        let filter = chance(40) ? condition(&expressions) : nil
        let projection = chance(30) ? projection(&expressions) : nil
        let sort = chance(50) ? " AND begins_with(\(isIndex ? "gsi1sk" : "sk"), :sk)" : ""
        if hasKeyCondition, !sort.isEmpty { expressions.values[":sk"] = .string(text()) }
        return QueryRequest(
            tableName: "app",
            indexName: isIndex ? "gsi1" : nil,
            keyConditionExpression: hasKeyCondition ? (isIndex ? "gsi1pk" : "pk") + " = :pk" + sort : nil,
            filterExpression: filter,
            projectionExpression: projection,
            expressionAttributes: expressions.attributes,
            limit: chance(30) ? number(1..<50) : nil,
            exclusiveStartKey: chance(20) ? key() : nil,
            scanIndexForward: chance(60),
            consistentRead: chance(30),
            select: chance(30) ? pick(Select.allCases) : nil,
            returnConsumedCapacity: capacity()
        )
    }

    private mutating func scan(_ expressions: inout Expressions) -> ScanRequest {
        let filter = chance(60) ? condition(&expressions) : nil
        let projection = chance(30) ? projection(&expressions) : nil
        return ScanRequest(
            tableName: "app",
            indexName: chance(20) ? "gsi1" : nil,
            filterExpression: filter,
            projectionExpression: projection,
            expressionAttributes: expressions.attributes,
            limit: chance(30) ? number(1..<50) : nil,
            exclusiveStartKey: chance(20) ? item() : nil,
            segment: chance(30) ? 0 : nil,
            totalSegments: chance(30) ? 4 : nil,
            consistentRead: chance(30),
            select: chance(30) ? .count : nil
        )
    }

    private mutating func transaction() -> Request {
        let actions = (0..<number(1..<4)).map { _ -> TransactWriteAction in
            var expressions = Expressions()
            switch number(0..<3) {
            case 0: return .put(PutItemRequest(tableName: "app", item: item()))
            case 1:
                var update = updateItem(&expressions)
                update.options.returnValues = .none
                return .update(update)
            default:
                let condition = condition(&expressions)
                return .conditionCheck(
                    ConditionCheckRequest(
                        tableName: "app",
                        key: key(),
                        conditionExpression: condition,
                        expressionAttributes: expressions.attributes
                    )
                )
            }
        }
        return .transactWriteItems(
            TransactWriteItemsRequest(transactItems: actions, clientRequestToken: chance(30) ? "it's" : nil)
        )
    }

    private mutating func table() -> CreateTableRequest {
        var request = CreateTableRequest(
            tableName: pick(["logs", "a-b.c", "Scan", "x--y"]),
            attributeDefinitions: [.init("pk", .string)],
            keySchema: [.init("pk", .hash)],
            billingMode: chance(50) ? .payPerRequest : .provisioned
        )
        if request.billingMode == .provisioned, chance(90) {
            request.provisionedThroughput = .init(readCapacityUnits: 5, writeCapacityUnits: 6)
        } else if chance(30) {
            request.onDemandThroughput = .init(maxReadRequestUnits: 10, maxWriteRequestUnits: chance(50) ? 5 : nil)
        }
        if chance(50) {
            request.attributeDefinitions.append(.init(pick(["a b", "c"]), .number))
            let name = request.attributeDefinitions[1].attributeName
            let projection: Projection =
                pick([Projection(.all), Projection(.keysOnly), Projection(.include, nonKeyAttributes: ["x.y", "z w"])])
            request.globalSecondaryIndexes = [
                .init(
                    indexName: "gsi",
                    keySchema: [.init(name, .hash), .init("pk", .range)],
                    projection: projection,
                    provisionedThroughput: chance(30) ? .init(readCapacityUnits: 1, writeCapacityUnits: 2) : nil,
                    warmThroughput: chance(20) ? .init(readUnitsPerSecond: 1, writeUnitsPerSecond: 2) : nil
                )
            ]
        }
        if chance(20) { request.streamSpecification = stream() }
        if chance(20) { request.tags = [Tag(key: "a b", value: "it's")] }
        if chance(20) { request.tableClass = pick(TableClass.allCases) }
        request.deletionProtectionEnabled = chance(20)
        return request
    }

    private mutating func stream() -> StreamSpecification {
        let isEnabled = chance(70)
        return .init(streamEnabled: isEnabled, streamViewType: isEnabled ? pick(StreamViewType.allCases) : nil)
    }

    private mutating func tableUpdate() -> UpdateTableRequest {
        var request = UpdateTableRequest(tableName: "app")
        switch number(0..<6) {
        case 0:
            request.attributeDefinitions = [.init("g", .string)]
            request.globalSecondaryIndexUpdates = [
                .create(.init(indexName: "gsi9", keySchema: [.init("g", .hash)], projection: Projection(.all)))
            ]
        case 1: request.globalSecondaryIndexUpdates = [.delete(indexName: "gsi1")]
        case 2:
            request.provisionedThroughput = .init(readCapacityUnits: 5, writeCapacityUnits: 6)
            if chance(70) { request.billingMode = .provisioned }
        case 3: request.deletionProtectionEnabled = chance(50)
        case 4: request.streamSpecification = stream()
        default:
            request.billingMode = .payPerRequest
            if chance(50) { request.onDemandThroughput = .init(maxReadRequestUnits: -1, maxWriteRequestUnits: 7) }
        }
        return request
    }
}
