import Model
import Testing
import Wire

@Suite struct ResponseEncoderTests {
    private let item: Item = ["pk": .string("x"), "n": .number(42)]

    private func text(_ response: Response) -> String { JSONWriter.compactText(ResponseEncoder.encode(response)) }

    @Test func absentMembersAreAbsent() {
        #expect(text(.putItem(WriteResponse())) == "{}")
        #expect(text(.getItem(GetItemResponse())) == "{}")
        #expect(text(.getItem(GetItemResponse(item: item))) == #"{"Item":{"n":{"N":"42"},"pk":{"S":"x"}}}"#)
        #expect(text(.transactGetItems(.init(responses: [nil, .empty]))) == #"{"Responses":[{},{"Item":{}}]}"#)
        #expect(text(.transactWriteItems(.init())) == "{}")
    }

    @Test func pages() {
        let page = PageResponse(items: [item], count: 1, scannedCount: 3, lastEvaluatedKey: ["pk": .string("x")])
        #expect(
            text(.query(page))
                == #"{"Items":[{"n":{"N":"42"},"pk":{"S":"x"}}],"Count":1,"ScannedCount":3,"#
                + #""LastEvaluatedKey":{"pk":{"S":"x"}}}"#
        )
        let count = PageResponse(items: [], hasItems: false, count: 2, scannedCount: 3)
        #expect(text(.scan(count)) == #"{"Count":2,"ScannedCount":3}"#)
    }

    @Test func batches() {
        #expect(
            text(
                .batchGetItem(
                    .init(
                        responses: [.init(tableName: "T", items: [item])],
                        unprocessedKeys: [.init(tableName: "U", keys: [["pk": .string("y")]], consistentRead: true)]
                    )
                )
            ) == #"{"Responses":{"T":[{"n":{"N":"42"},"pk":{"S":"x"}}]},"#
                + #""UnprocessedKeys":{"U":{"Keys":[{"pk":{"S":"y"}}],"ConsistentRead":true}}}"#
        )
        #expect(
            text(
                .batchWriteItem(
                    .init(
                        unprocessedItems: [.init(tableName: "T", writes: [.delete(key: ["pk": .null])])],
                        itemCollectionMetrics: [
                            ("T", [.init(itemCollectionKey: ["pk": .string("x")], sizeEstimateRangeGB: 0...1)])
                        ]
                    )
                )
            ) == #"{"UnprocessedItems":{"T":[{"DeleteRequest":{"Key":{"pk":{"NULL":true}}}}]},"#
                + #""ItemCollectionMetrics":{"T":[{"ItemCollectionKey":{"pk":{"S":"x"}},"#
                + #""SizeEstimateRangeGB":[0.0,1.0]}]}}"#
        )
        #expect(
            text(
                .batchExecuteStatement(
                    .init(responses: [
                        .init(item: item, tableName: "T"),
                        .init(error: .init(code: "ValidationError", message: "m"), tableName: "T"),
                    ])
                )
            ) == #"{"Responses":[{"TableName":"T","Item":{"n":{"N":"42"},"pk":{"S":"x"}}},"#
                + #"{"Error":{"Code":"ValidationError","Message":"m"},"TableName":"T"}]}"#
        )
    }

    @Test func capacity() {
        var capacity = ConsumedCapacity(tableName: "T", table: 1)
        capacity.charge(globalIndex: "g", 0.5)
        #expect(
            JSONWriter.compactText(ResponseEncoder.consumedCapacity(capacity))
                == #"{"TableName":"T","CapacityUnits":1.5,"Table":{"CapacityUnits":1.0},"#
                + #""GlobalSecondaryIndexes":{"g":{"CapacityUnits":0.5}}}"#
        )
        #expect(
            JSONWriter.compactText(ResponseEncoder.consumedCapacity(capacity.reduced(for: .total)!))
                == #"{"TableName":"T","CapacityUnits":1.5}"#
        )
        capacity.transactionalKind = .write
        #expect(
            JSONWriter.compactText(ResponseEncoder.consumedCapacity(capacity))
                == #"{"TableName":"T","CapacityUnits":1.5,"WriteCapacityUnits":1.5,"#
                + #""Table":{"CapacityUnits":1.0,"WriteCapacityUnits":1.0},"#
                + #""GlobalSecondaryIndexes":{"g":{"CapacityUnits":0.5,"WriteCapacityUnits":0.5}}}"#
        )
        capacity.transactionalKind = .read
        #expect(
            JSONWriter.compactText(ResponseEncoder.consumedCapacity(capacity.reduced(for: .total)!))
                == #"{"TableName":"T","CapacityUnits":1.5,"ReadCapacityUnits":1.5}"#
        )
    }

    @Test func tables() {
        let table = TableDescription(
            tableName: "Music",
            tableStatus: .active,
            attributeDefinitions: [.init("pk", .string)],
            keySchema: [.init("pk", .hash)],
            creationDateTime: 1_700_000_000.5,
            provisionedThroughput: .init(readCapacityUnits: 0, writeCapacityUnits: 0),
            tableSizeBytes: 10,
            itemCount: 1,
            tableArn: "arn",
            tableId: "id",
            billingModeSummary: .init(billingMode: .payPerRequest, lastUpdateToPayPerRequestDateTime: 1),
            localSecondaryIndexes: [
                .init(
                    indexName: "lsi",
                    keySchema: [],
                    projection: .init(.all),
                    indexSizeBytes: 1,
                    itemCount: 2,
                    indexArn: "a"
                )
            ],
            globalSecondaryIndexes: [
                .init(
                    indexName: "gsi",
                    keySchema: [],
                    projection: .init(.include, nonKeyAttributes: ["x"]),
                    indexStatus: .creating,
                    backfilling: false,
                    provisionedThroughput: .init(readCapacityUnits: 1, writeCapacityUnits: 2),
                    onDemandThroughput: nil,
                    warmThroughput: .init(readUnitsPerSecond: 3, writeUnitsPerSecond: 4),
                    indexSizeBytes: 0,
                    itemCount: 0,
                    indexArn: "b"
                )
            ],
            tableClass: .standard,
            deletionProtectionEnabled: false,
            onDemandThroughput: .init(maxReadRequestUnits: 5),
            warmThroughput: .init(readUnitsPerSecond: 12_000, writeUnitsPerSecond: 4_000)
        )
        #expect(
            text(.describeTable(table))
                == #"{"Table":{"AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],"#
                + #""TableName":"Music","#
                + #""KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"TableStatus":"ACTIVE","#
                + #""CreationDateTime":1700000000.5,"ProvisionedThroughput":{"NumberOfDecreasesToday":0,"#
                + #""ReadCapacityUnits":0,"WriteCapacityUnits":0},"TableSizeBytes":10,"ItemCount":1,"TableArn":"arn","#
                + #""TableId":"id","BillingModeSummary":{"BillingMode":"PAY_PER_REQUEST","#
                + #""LastUpdateToPayPerRequestDateTime":1.0},"LocalSecondaryIndexes":[{"IndexName":"lsi","#
                + #""KeySchema":[],"#
                + #""Projection":{"ProjectionType":"ALL"},"IndexSizeBytes":1,"ItemCount":2,"IndexArn":"a"}],"#
                + #""GlobalSecondaryIndexes":[{"IndexName":"gsi","KeySchema":[],"#
                + #""Projection":{"ProjectionType":"INCLUDE","#
                + #""NonKeyAttributes":["x"]},"IndexStatus":"CREATING","Backfilling":false,"ProvisionedThroughput":{"#
                + #""NumberOfDecreasesToday":0,"ReadCapacityUnits":1,"WriteCapacityUnits":2},"IndexSizeBytes":0,"#
                + #""ItemCount":0,"IndexArn":"b","WarmThroughput":{"ReadUnitsPerSecond":3,"WriteUnitsPerSecond":4,"#
                + #""Status":"CREATING"}}],"TableClassSummary":{"TableClass":"STANDARD"},"#
                + #""DeletionProtectionEnabled":false,"OnDemandThroughput":{"MaxReadRequestUnits":5},"#
                + #""WarmThroughput":{"ReadUnitsPerSecond":12000,"WriteUnitsPerSecond":4000,"Status":"ACTIVE"}}}"#
        )
    }

    @Test func errors() {
        func text(_ error: ServiceError) -> String { JSONWriter.compactText(ErrorEncoder.encode(error)) }
        #expect(
            text(.validationException("m")) == #"{"__type":"com.amazon.coral.validate#ValidationException","#
                + #""message":"m"}"#
        )
        #expect(
            text(.conditionalCheckFailedException(item: ["pk": .string("x")]))
                == #"{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","#
                + #""message":"The conditional request failed","Item":{"pk":{"S":"x"}}}"#
        )
        #expect(
            text(
                .transactionCanceledException(reasons: [
                    .none, .init(code: .conditionalCheckFailed, message: "The conditional request failed", item: item),
                ])
            ) == #"{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","#
                + #""Message":"Transaction cancelled, please refer cancellation reasons for specific reasons "#
                + #"[None, ConditionalCheckFailed]","CancellationReasons":[{"Code":"None"},"#
                + #"{"Code":"ConditionalCheckFailed","Message":"The conditional request failed","#
                + #""Item":{"n":{"N":"42"},"pk":{"S":"x"}}}]}"#
        )
        let reason = ThrottlingReason(reason: "TableReadProvisionedThroughputExceeded", resource: "arn")
        #expect(
            text(.provisionedThroughputExceededException(message: "m", reasons: [reason]))
                == #"{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException","#
                + #""message":"m","#
                + #""ThrottlingReasons":[{"reason":"TableReadProvisionedThroughputExceeded","resource":"arn"}]}"#
        )
        #expect(text(.throttlingException(message: "m", reasons: [reason])).contains(#""throttlingReasons":["#))
        #expect(text(.throttlingException(message: "m", reasons: [])).contains("com.amazon.coral.availability#"))
        #expect(text(.accessDeniedException("m")).hasPrefix(#"{"__type":"com.amazon.coral.service#AccessDenied"#))
        for error in [
            ServiceError.accessDeniedException("m"), .idempotentParameterMismatchException,
            .transactionInProgressException,
        ] {
            #expect(text(error).contains(#""Message":""#))
        }
        #expect(
            JSONWriter.compactText(ErrorEncoder.encode(WireError.serialization("x")))
                == #"{"__type":"com.amazon.coral.service#SerializationException","Message":"x"}"#
        )
        #expect(
            JSONWriter.compactText(ErrorEncoder.encode(WireError.serialization("")))
                == #"{"__type":"com.amazon.coral.service#SerializationException"}"#
        )
        #expect(ErrorEncoder.httpStatus(of: .service(.internalServerError("x"))) == 500)
        #expect(ErrorEncoder.httpStatus(of: .serialization("x")) == 400)
    }
}
