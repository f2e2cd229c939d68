import Model

/// Answers of every operation, with little and with everything in them.
enum ResponseSamples {
    static let item: Item = [
        "s": .string("é\"'\n\u{1}"), "n": .number(Number(-42)), "b": .binary([0, 255]), "t": .bool(true),
        "f": .bool(false), "z": .null, "ss": .stringSet(["a", ""]), "ns": .numberSet([Number(1), Number(2)]),
        "bs": .binarySet([[1], [2]]), "l": .list([.list([]), .map(["k": .string("")])]), "m": .map([:]),
    ]
    static let key: Item = ["pk": .string("x"), "sk": .number(Number(1))]

    static let capacity = ConsumedCapacity(
        tableName: "Tab",
        table: 2.5,
        localSecondaryIndexes: [.init(indexName: "lsi", capacityUnits: 1)],
        globalSecondaryIndexes: [
            .init(indexName: "z", capacityUnits: 0.5), .init(indexName: "a", capacityUnits: 3),
        ]
    )
    /// As Query and Scan of an index, or a Get, are charged.
    static let capacities = [
        capacity, capacity.reduced(for: .total)!, ConsumedCapacity(tableName: "Zoo"),
        transactional(.read), transactional(.write), transactional(.write).reduced(for: .total)!,
    ]

    private static func transactional(_ kind: ConsumedCapacity.Kind) -> ConsumedCapacity {
        var capacity = capacity
        capacity.transactionalKind = kind
        return capacity
    }

    static let metrics = ItemCollectionMetrics(itemCollectionKey: key, sizeEstimateRangeGB: 3...4)
    static let tableMetrics = [
        (tableName: "Zoo", metrics: [metrics, metrics]), (tableName: "Abc", metrics: [metrics]),
    ]

    static let items: [Response] =
        [
            .putItem(WriteResponse()), .deleteItem(WriteResponse(attributes: .empty)),
            .updateItem(
                WriteResponse(attributes: item, consumedCapacity: capacity, itemCollectionMetrics: metrics)
            ),
            .getItem(GetItemResponse()), .getItem(GetItemResponse(item: .empty)),
            .query(PageResponse(items: [], count: 0, scannedCount: 0)),
            .query(
                PageResponse(
                    items: [item, key],
                    count: 2,
                    scannedCount: 7,
                    lastEvaluatedKey: key,
                    consumedCapacity: capacity
                )
            ),
            .scan(PageResponse(items: [], hasItems: false, count: 3, scannedCount: 3)),
        ] + capacities.map { .getItem(GetItemResponse(item: item, consumedCapacity: $0)) }

    static let batches: [Response] = [
        .batchGetItem(BatchGetItemResponse(responses: [])),
        .batchGetItem(
            BatchGetItemResponse(
                responses: [.init(tableName: "Zoo", items: [item, key]), .init(tableName: "Abc", items: [])],
                unprocessedKeys: [
                    .init(tableName: "Zoo", keys: [key]),
                    .init(
                        tableName: "Abc",
                        keys: [key, key],
                        consistentRead: true,
                        projectionExpression: "#a",
                        expressionAttributeNames: ["#a": "a"]
                    ),
                ],
                consumedCapacity: capacities
            )
        ),
        .batchWriteItem(BatchWriteItemResponse()),
        .batchWriteItem(
            BatchWriteItemResponse(
                unprocessedItems: [.init(tableName: "Zoo", writes: [.put(item: item), .delete(key: key)])],
                itemCollectionMetrics: tableMetrics,
                consumedCapacity: []
            )
        ),
        .transactWriteItems(TransactWriteItemsResponse()),
        .transactWriteItems(
            TransactWriteItemsResponse(consumedCapacity: capacities, itemCollectionMetrics: tableMetrics)
        ),
        .transactGetItems(TransactGetItemsResponse(responses: [nil, item, .empty, nil])),
        .transactGetItems(TransactGetItemsResponse(responses: [], consumedCapacity: capacities)),
        .executeStatement(ExecuteStatementResponse(items: [])),
        .executeStatement(
            ExecuteStatementResponse(
                items: [item],
                nextToken: "00ff",
                lastEvaluatedKey: key,
                consumedCapacity: capacity
            )
        ),
        .batchExecuteStatement(
            BatchExecuteStatementResponse(
                responses: [
                    .init(), .init(item: item, tableName: "Tab"),
                    .init(error: .init(code: "ValidationError", message: "m")),
                    .init(
                        error: .init(code: "ConditionalCheckFailed", message: "m", item: item),
                        tableName: "Tab"
                    ),
                ],
                consumedCapacity: capacities
            )
        ),
        .executeTransaction(ExecuteTransactionResponse(responses: [nil, item], consumedCapacity: capacities)),
    ]

    static let keySchema = [KeySchemaElement("pk", .hash), KeySchemaElement("sk", .range)]
    static let table = TableDescription(
        tableName: "Tab",
        tableStatus: .updating,
        attributeDefinitions: [
            AttributeDefinition("pk", .string), AttributeDefinition("sk", .number), AttributeDefinition("b", .binary),
        ],
        keySchema: keySchema,
        creationDateTime: 1_767_225_600.125,
        provisionedThroughput: ProvisionedThroughputDescription(
            readCapacityUnits: 5,
            writeCapacityUnits: 6,
            numberOfDecreasesToday: 2,
            lastIncreaseDateTime: 1_767_225_601,
            lastDecreaseDateTime: 1_767_225_602.5
        ),
        tableSizeBytes: 12_345_678_901,
        itemCount: 3,
        tableArn: "arn:aws:dynamodb:us-east-1:123456789012:table/Tab",
        tableId: "id",
        billingModeSummary: BillingModeSummary(billingMode: .payPerRequest, lastUpdateToPayPerRequestDateTime: 7),
        localSecondaryIndexes: [
            LocalSecondaryIndexDescription(
                indexName: "lsi",
                keySchema: keySchema,
                projection: Projection(.keysOnly),
                indexSizeBytes: 1,
                itemCount: 2,
                indexArn: "arn-of-lsi"
            )
        ],
        globalSecondaryIndexes: [
            GlobalSecondaryIndexDescription(
                indexName: "gsi",
                keySchema: keySchema,
                projection: Projection(.include, nonKeyAttributes: ["x", "y"]),
                indexStatus: .creating,
                backfilling: false,
                provisionedThroughput: ProvisionedThroughputDescription(readCapacityUnits: 1, writeCapacityUnits: 2),
                onDemandThroughput: OnDemandThroughput(maxReadRequestUnits: -1, maxWriteRequestUnits: 4),
                warmThroughput: WarmThroughput(readUnitsPerSecond: 12_000, writeUnitsPerSecond: 4_000),
                indexSizeBytes: 0,
                itemCount: 0,
                indexArn: "arn-of-gsi"
            )
        ],
        tableClass: .standardInfrequentAccess,
        deletionProtectionEnabled: true,
        onDemandThroughput: OnDemandThroughput(maxWriteRequestUnits: 9),
        warmThroughput: WarmThroughput(readUnitsPerSecond: 12_000, writeUnitsPerSecond: 4_000)
    )

    /// With nothing that may be absent.
    static var plainTable: TableDescription {
        var plain = table
        plain.provisionedThroughput = ProvisionedThroughputDescription(readCapacityUnits: 5, writeCapacityUnits: 5)
        plain.billingModeSummary = nil
        plain.localSecondaryIndexes = []
        plain.globalSecondaryIndexes = []
        plain.tableClass = nil
        plain.onDemandThroughput = nil
        return plain
    }

    static let tables: [Response] = [
        .createTable(plainTable), .updateTable(table), .deleteTable(table), .describeTable(plainTable),
        .listTables(ListTablesResponse(tableNames: [])),
        .listTables(ListTablesResponse(tableNames: ["Abc", "Zoo"], lastEvaluatedTableName: "Zoo")),
        .tagResource, .untagResource,
    ]

    /// Answers with the bodies they are read from.
    static let withBodies: [(response: Response, body: String)] = [
        (
            .updateTimeToLive(TimeToLiveSpecification(enabled: true, attributeName: "exp")),
            #"{"TimeToLiveSpecification":{"Enabled":true,"AttributeName":"exp"}}"#
        ),
        (
            .describeTimeToLive(TimeToLiveDescription(status: .disabled)),
            #"{"TimeToLiveDescription":{"TimeToLiveStatus":"DISABLED"}}"#
        ),
        (
            .describeTimeToLive(TimeToLiveDescription(status: .enabling, attributeName: "exp")),
            #"{"TimeToLiveDescription":{"TimeToLiveStatus":"ENABLING","AttributeName":"exp"}}"#
        ),
        (
            .listTagsOfResource(ListTagsOfResourceResponse(tags: [Tag(key: "k", value: "")], nextToken: "t")),
            #"{"Tags":[{"Key":"k","Value":""}],"NextToken":"t"}"#
        ),
        (.listTagsOfResource(ListTagsOfResourceResponse(tags: [])), #"{"Tags":[]}"#),
        (.putResourcePolicy(ResourcePolicyRevision(revisionId: "1")), #"{"RevisionId":"1"}"#),
        (.deleteResourcePolicy(ResourcePolicyRevision()), "{}"),
        (
            .getResourcePolicy(GetResourcePolicyResponse(policy: #"{"a":1}"#, revisionId: "1")),
            #"{"Policy":"{\"a\":1}","RevisionId":"1"}"#
        ),
        (
            .describeLimits(
                AccountLimits(
                    accountMaxReadCapacityUnits: 1,
                    accountMaxWriteCapacityUnits: 2,
                    tableMaxReadCapacityUnits: 3,
                    tableMaxWriteCapacityUnits: 4
                )
            ),
            #"{"AccountMaxReadCapacityUnits":1,"AccountMaxWriteCapacityUnits":2,"TableMaxReadCapacityUnits":3,"#
                + #""TableMaxWriteCapacityUnits":4}"#
        ),
        (
            .describeEndpoints([ServiceEndpoint(address: "host", cachePeriodInMinutes: 1440)]),
            #"{"Endpoints":[{"Address":"host","CachePeriodInMinutes":1440}]}"#
        ),
        (
            .listStreams(
                ListStreamsResponse(
                    streams: [.init(streamArn: "arn", tableName: "Tab", streamLabel: "label")],
                    lastEvaluatedStreamArn: "arn"
                )
            ),
            #"{"Streams":[{"StreamArn":"arn","TableName":"Tab","StreamLabel":"label"}],"#
                + #""LastEvaluatedStreamArn":"arn"}"#
        ),
        (
            .describeStream(
                StreamDescription(
                    streamArn: "arn",
                    streamLabel: "label",
                    streamStatus: .enabled,
                    streamViewType: .newAndOldImages,
                    creationRequestDateTime: 1.5,
                    tableName: "Tab",
                    keySchema: [KeySchemaElement("pk", .hash)],
                    shards: [
                        .init(shardId: "s1", startingSequenceNumber: "1", endingSequenceNumber: "9"),
                        .init(shardId: "s2", startingSequenceNumber: "10", parentShardId: "s1"),
                    ],
                    lastEvaluatedShardId: "s2"
                )
            ),
            #"{"StreamDescription":{"StreamArn":"arn","StreamLabel":"label","StreamStatus":"ENABLED","#
                + #""StreamViewType":"NEW_AND_OLD_IMAGES","CreationRequestDateTime":1.5,"TableName":"Tab","#
                + #""KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"Shards":[{"ShardId":"s1","#
                + #""SequenceNumberRange":{"StartingSequenceNumber":"1","EndingSequenceNumber":"9"}},"#
                + #"{"ShardId":"s2","SequenceNumberRange":{"StartingSequenceNumber":"10"},"ParentShardId":"s1"}],"#
                + #""LastEvaluatedShardId":"s2"}}"#
        ),
        (.getShardIterator(GetShardIteratorResponse(shardIterator: "it")), #"{"ShardIterator":"it"}"#),
        (.getRecords(GetRecordsResponse(records: [])), #"{"Records":[]}"#),
        (
            .getRecords(
                GetRecordsResponse(
                    records: [
                        StreamRecord(
                            eventID: "id",
                            eventName: .modify,
                            awsRegion: "us-east-1",
                            approximateCreationDateTime: 7,
                            keys: ["pk": .string("x")],
                            newImage: ["pk": .string("x")],
                            oldImage: .empty,
                            sequenceNumber: "100",
                            sizeBytes: 12,
                            streamViewType: .newAndOldImages
                        ),
                        StreamRecord(
                            eventID: "id2",
                            eventName: .remove,
                            awsRegion: "us-east-1",
                            approximateCreationDateTime: 8,
                            keys: ["pk": .string("x")],
                            sequenceNumber: "101",
                            sizeBytes: 3,
                            streamViewType: .keysOnly,
                            isByService: true
                        ),
                    ],
                    nextShardIterator: "it"
                )
            ),
            #"{"Records":[{"eventID":"id","eventName":"MODIFY","eventVersion":"1.1","eventSource":"aws:dynamodb","#
                + #""awsRegion":"us-east-1","dynamodb":{"ApproximateCreationDateTime":7,"Keys":{"pk":{"S":"x"}},"#
                + #""NewImage":{"pk":{"S":"x"}},"OldImage":{},"SequenceNumber":"100","SizeBytes":12,"#
                + #""StreamViewType":"NEW_AND_OLD_IMAGES"}},{"eventID":"id2","eventName":"REMOVE","#
                + #""eventVersion":"1.1","eventSource":"aws:dynamodb","awsRegion":"us-east-1","#
                + #""dynamodb":{"ApproximateCreationDateTime":8.0,"Keys":{"pk":{"S":"x"}},"SequenceNumber":"101","#
                + #""SizeBytes":3,"StreamViewType":"KEYS_ONLY"},"userIdentity":{"PrincipalId":"dynamodb.amazonaws.com","#
                + #""Type":"Service"}}],"NextShardIterator":"it"}"#
        ),
    ]
}

extension Response {
    /// The call it answers.
    var operation: Operation {
        switch self {
        case .putItem: .putItem
        case .getItem: .getItem
        case .updateItem: .updateItem
        case .deleteItem: .deleteItem
        case .query: .query
        case .scan: .scan
        case .batchGetItem: .batchGetItem
        case .batchWriteItem: .batchWriteItem
        case .transactWriteItems: .transactWriteItems
        case .transactGetItems: .transactGetItems
        case .executeStatement: .executeStatement
        case .batchExecuteStatement: .batchExecuteStatement
        case .executeTransaction: .executeTransaction
        case .createTable: .createTable
        case .updateTable: .updateTable
        case .deleteTable: .deleteTable
        case .describeTable: .describeTable
        case .listTables: .listTables
        case .updateTimeToLive: .updateTimeToLive
        case .describeTimeToLive: .describeTimeToLive
        case .tagResource: .tagResource
        case .untagResource: .untagResource
        case .listTagsOfResource: .listTagsOfResource
        case .putResourcePolicy: .putResourcePolicy
        case .getResourcePolicy: .getResourcePolicy
        case .deleteResourcePolicy: .deleteResourcePolicy
        case .describeLimits: .describeLimits
        case .describeEndpoints: .describeEndpoints
        case .listStreams: .listStreams
        case .describeStream: .describeStream
        case .getShardIterator: .getShardIterator
        case .getRecords: .getRecords
        }
    }
}
