import Model
import Testing
import Wire

/// Every operation, once with nothing but what it needs and once with everything: encoding and decoding again gives
/// the same request.
@Suite struct RoundTripTests {
    @Test(arguments: RequestSamples.all)
    func decodingUndoesEncoding(request: Request) throws {
        let document = RequestEncoder.encode(request)
        #expect(try RequestDecoder.decode(request.operation, document) == request)
        let bytes = JSONWriter.compact(document)
        #expect(try RequestDecoder.decode(request.operation, JSONReader.read(bytes)) == request)
    }

    @Test func everyOperationHasSamples() {
        #expect(Set(RequestSamples.all.map(\.operation)) == Set(Operation.allCases))
    }

    @Test func defaultsAreLeftOut() {
        let request = Request.query(QueryRequest(tableName: "T", keyConditionExpression: "a = :a"))
        #expect(
            JSONWriter.compactText(RequestEncoder.encode(request))
                == #"{"TableName":"T","KeyConditionExpression":"a = :a"}"#
        )
    }
}

enum RequestSamples {
    static let value: Item = [
        "s": .string("é\"'\n"), "n": .number(-42), "b": .binary([0, 255]), "t": .bool(true), "f": .bool(false),
        "z": .null, "ss": .stringSet(["a", "b"]), "ns": .numberSet([1, 2]), "bs": .binarySet([[1], [2]]),
        "l": .list([.list([]), .map(["k": .string("")])]),
    ]
    static let key: Item = ["pk": .string("x"), "sk": .number(1)]
    static let attributes = ExpressionAttributes(
        names: ["#b": "B", "#a": "A"],
        values: [":v": .number(1), ":m": .map(["x": .list([.null])])]
    )
    static let statement = ParameterizedStatement(
        statement: "SELECT * FROM \"T\" WHERE pk = ?",
        parameters: [.string("x"), .numberSet([1])],
        consistentRead: true,
        returnValuesOnConditionCheckFailure: .allOld
    )
    static let keySchema = [KeySchemaElement("pk", .hash), KeySchemaElement("sk", .range)]

    static let all = items + reads + batches + statements + tables + legacy + resources

    static let legacy: [Request] = {
        var put = PutItemRequest(tableName: "Tab", item: value)
        put.options.expected = [
            "a": .init(value: .null), "b": .init(exists: false), "é": .init(comparisonOperator: .notNull),
            "c": .init(comparisonOperator: .isIn, attributeValueList: [.number(1), .string("x")]),
        ]
        put.options.conditionalOperator = .or
        var update = UpdateItemRequest(tableName: "Tab", key: key)
        update.attributeUpdates = ["a": .init(.put, .list([])), "b": .init(.add, .number(1)), "c": .init(.delete)]
        update.options.expected = [:]
        var delete = DeleteItemRequest(tableName: "Tab", key: key)
        delete.options.expected = ["a": .init(value: .bool(true), exists: true)]
        var get = GetItemRequest(tableName: "Tab", key: key)
        get.attributesToGet = ["b", "a"]
        var query = QueryRequest(tableName: "Tab")
        query.keyConditions = ["pk": .init(.equal, [.string("x")]), "sk": .init(.between, [.number(1), .number(2)])]
        query.queryFilter = ["a": .init(.null)]
        query.attributesToGet = ["a"]
        var scan = ScanRequest(tableName: "Tab")
        scan.scanFilter = ["a": .init(.contains, [.string("x")]), "b": .init(.notContains, [.binary([1])])]
        scan.conditionalOperator = .and
        var keys = BatchGetItemRequest.TableKeys(tableName: "Tab", keys: [key])
        keys.attributesToGet = ["a", "b"]
        return [
            .putItem(put), .updateItem(update), .deleteItem(delete), .getItem(get), .query(query), .scan(scan),
            .batchGetItem(BatchGetItemRequest(requestItems: [keys])),
        ]
    }()

    static let items: [Request] = [
        .putItem(PutItemRequest(tableName: "Tab", item: value)),
        .putItem(
            PutItemRequest(
                tableName: "arn:aws:dynamodb:us-east-1:123456789012:table/Music",
                item: value,
                options: .init(
                    conditionExpression: "#a = :v",
                    expressionAttributes: attributes,
                    returnValues: .allOld,
                    returnValuesOnConditionCheckFailure: .allOld,
                    returnConsumedCapacity: .indexes,
                    returnItemCollectionMetrics: .size
                )
            )
        ),
        .updateItem(UpdateItemRequest(tableName: "Tab", key: key)),
        .updateItem(
            UpdateItemRequest(
                tableName: "Tab",
                key: key,
                updateExpression: "SET #a = :v",
                options: .init(
                    conditionExpression: "#b = :m",
                    expressionAttributes: attributes,
                    returnValues: .updatedNew,
                    returnValuesOnConditionCheckFailure: .allOld,
                    returnConsumedCapacity: .total,
                    returnItemCollectionMetrics: .size
                )
            )
        ),
        .deleteItem(DeleteItemRequest(tableName: "Tab", key: key)),
        .deleteItem(
            DeleteItemRequest(
                tableName: "Tab",
                key: key,
                options: .init(
                    conditionExpression: "#b = :m",
                    expressionAttributes: .init(names: [:], values: [:]),
                    returnValues: .allOld,
                    returnValuesOnConditionCheckFailure: .allOld,
                    returnConsumedCapacity: .total,
                    returnItemCollectionMetrics: .size
                )
            )
        ),
    ]

    static let reads: [Request] = [
        .getItem(GetItemRequest(tableName: "Tab", key: key)),
        .getItem(
            GetItemRequest(
                tableName: "Tab",
                key: key,
                consistentRead: true,
                projectionExpression: "#a",
                expressionAttributes: .init(names: ["#a": "a"]),
                returnConsumedCapacity: .total
            )
        ),
        .query(QueryRequest(tableName: "Tab")),
        .query(
            QueryRequest(
                tableName: "Tab",
                indexName: "idx",
                keyConditionExpression: "#a = :v",
                filterExpression: "b = :m",
                projectionExpression: "a, b",
                expressionAttributes: attributes,
                limit: 5,
                exclusiveStartKey: key,
                scanIndexForward: false,
                consistentRead: true,
                select: .specificAttributes,
                returnConsumedCapacity: .indexes
            )
        ),
        .scan(ScanRequest(tableName: "Tab")),
        .scan(
            ScanRequest(
                tableName: "Tab",
                indexName: "idx",
                filterExpression: "b = :m",
                projectionExpression: "a, b",
                expressionAttributes: attributes,
                limit: 5,
                exclusiveStartKey: key,
                segment: 0,
                totalSegments: 4,
                consistentRead: true,
                select: .count,
                returnConsumedCapacity: .indexes
            )
        ),
    ]

    static let batches: [Request] = [
        .batchGetItem(
            BatchGetItemRequest(
                requestItems: [
                    .init(tableName: "Zoo", keys: [key]),
                    .init(
                        tableName: "Abc",
                        keys: [key, ["pk": .string("y")]],
                        consistentRead: true,
                        projectionExpression: "#a",
                        expressionAttributeNames: ["#a": "a"]
                    ),
                ],
                returnConsumedCapacity: .total
            )
        ),
        .batchWriteItem(
            BatchWriteItemRequest(
                requestItems: [
                    .init(tableName: "Zoo", writes: [.put(item: value), .delete(key: key)]),
                    .init(tableName: "Abc", writes: [.delete(key: key)]),
                ],
                returnConsumedCapacity: .total,
                returnItemCollectionMetrics: .size
            )
        ),
        .transactWriteItems(
            TransactWriteItemsRequest(
                transactItems: [
                    .put(PutItemRequest(tableName: "Tab", item: value, options: .init(conditionExpression: "a = :v"))),
                    .update(
                        UpdateItemRequest(
                            tableName: "Tab",
                            key: key,
                            updateExpression: "SET a = :v",
                            options: .init(
                                expressionAttributes: attributes,
                                returnValuesOnConditionCheckFailure: .allOld
                            )
                        )
                    ),
                    .delete(DeleteItemRequest(tableName: "Tab", key: key)),
                    .conditionCheck(
                        ConditionCheckRequest(
                            tableName: "Tab",
                            key: key,
                            conditionExpression: "a = :v",
                            expressionAttributes: attributes,
                            returnValuesOnConditionCheckFailure: .allOld
                        )
                    ),
                ],
                clientRequestToken: "token",
                returnConsumedCapacity: .indexes,
                returnItemCollectionMetrics: .size
            )
        ),
        .transactGetItems(
            TransactGetItemsRequest(
                transactItems: [
                    .init(tableName: "Tab", key: key),
                    .init(
                        tableName: "Tab",
                        key: key,
                        projectionExpression: "#a",
                        expressionAttributeNames: ["#a": "a"]
                    ),
                ],
                returnConsumedCapacity: .total
            )
        ),
    ]

    static let statements: [Request] = [
        .executeStatement(ExecuteStatementRequest(statement: .init(statement: "SELECT * FROM T"))),
        .executeStatement(
            ExecuteStatementRequest(statement: statement, nextToken: "t", limit: 3, returnConsumedCapacity: .total)
        ),
        .batchExecuteStatement(
            BatchExecuteStatementRequest(statements: [statement, statement], returnConsumedCapacity: .total)
        ),
        .executeTransaction(
            ExecuteTransactionRequest(
                transactStatements: [.init(statement: "SELECT * FROM T", parameters: [.null])],
                clientRequestToken: "t",
                returnConsumedCapacity: .total
            )
        ),
    ]

    static let globalIndex = GlobalSecondaryIndexRequest(
        indexName: "gsi",
        keySchema: keySchema,
        projection: Projection(.include, nonKeyAttributes: ["a", "b"]),
        provisionedThroughput: .init(readCapacityUnits: 1, writeCapacityUnits: 2),
        onDemandThroughput: .init(maxReadRequestUnits: 5, maxWriteRequestUnits: -1),
        warmThroughput: .init(readUnitsPerSecond: 12_000, writeUnitsPerSecond: 4_000)
    )

    static let streamArn = "arn:aws:dynamodb:us-east-1:000000000000:table/Tab/stream/2026-01-01T00:00:00.000"
    static let shardID = "shardId-00000001767225608000-5f2a91c3"

    static let tables: [Request] = [
        .createTable(
            CreateTableRequest(
                tableName: "Tab",
                attributeDefinitions: [.init("pk", .string)],
                keySchema: [keySchema[0]],
                billingMode: .payPerRequest
            )
        ),
        .createTable(
            CreateTableRequest(
                tableName: "Tab",
                attributeDefinitions: [.init("pk", .string), .init("sk", .number), .init("b", .binary)],
                keySchema: keySchema,
                provisionedThroughput: .init(readCapacityUnits: 5, writeCapacityUnits: 6),
                localSecondaryIndexes: [
                    .init(indexName: "lsi", keySchema: keySchema, projection: Projection(.keysOnly))
                ],
                globalSecondaryIndexes: [globalIndex],
                onDemandThroughput: .init(maxReadRequestUnits: 1),
                warmThroughput: .init(readUnitsPerSecond: 12_000, writeUnitsPerSecond: 0),
                streamSpecification: .init(streamEnabled: true, streamViewType: .newAndOldImages),
                tableClass: .standardInfrequentAccess,
                deletionProtectionEnabled: true,
                tags: [Tag(key: "k", value: ""), Tag(key: "l", value: "v")],
                resourcePolicy: policy,
                sseSpecification: .init(enabled: true, sseType: .kms, kmsMasterKeyId: "alias/mine")
            )
        ),
        .updateTable(UpdateTableRequest(tableName: "Tab")),
        .updateTable(
            UpdateTableRequest(
                tableName: "Tab",
                attributeDefinitions: [.init("pk", .string)],
                billingMode: .provisioned,
                provisionedThroughput: .init(readCapacityUnits: 5, writeCapacityUnits: 6),
                globalSecondaryIndexUpdates: [
                    .create(globalIndex), .delete(indexName: "old"),
                    .update(
                        indexName: "other",
                        provisionedThroughput: .init(readCapacityUnits: 1, writeCapacityUnits: 2),
                        onDemandThroughput: .init(maxWriteRequestUnits: 7),
                        warmThroughput: .init(readUnitsPerSecond: 1, writeUnitsPerSecond: 2)
                    ),
                ],
                onDemandThroughput: .init(maxReadRequestUnits: 1),
                warmThroughput: .init(readUnitsPerSecond: 1, writeUnitsPerSecond: 2),
                streamSpecification: .init(streamEnabled: false),
                tableClass: .standard,
                deletionProtectionEnabled: false,
                sseSpecification: .init(enabled: false)
            )
        ),
        .deleteTable(DeleteTableRequest(tableName: "Tab")),
        .describeTable(DescribeTableRequest(tableName: "Tab")),
        .listTables(ListTablesRequest()),
        .listTables(ListTablesRequest(exclusiveStartTableName: "Tab", limit: 7)),
        .listStreams(ListStreamsRequest()),
        .listStreams(ListStreamsRequest(tableName: "Tab", limit: 5, exclusiveStartStreamArn: streamArn)),
        .describeStream(DescribeStreamRequest(streamArn: streamArn)),
        .describeStream(
            DescribeStreamRequest(
                streamArn: streamArn,
                limit: 9,
                exclusiveStartShardId: shardID,
                childrenOfShardId: shardID
            )
        ),
        .getShardIterator(
            GetShardIteratorRequest(streamArn: streamArn, shardId: shardID, shardIteratorType: .latest)
        ),
        .getShardIterator(
            GetShardIteratorRequest(
                streamArn: streamArn,
                shardId: shardID,
                shardIteratorType: .afterSequenceNumber,
                sequenceNumber: "100000000000001000007"
            )
        ),
        .getRecords(GetRecordsRequest(shardIterator: "x")),
        .getRecords(GetRecordsRequest(shardIterator: "x", limit: 1_000)),
    ]
}
