import Model
import Wire

/// The answer of a call, from the body that the API gives. Stricter than a client: what it does not know is a fault.
enum ResponseDecoder {
    static func decode(_ operation: Operation, json: [UInt8]) throws(BodyFault) -> Response {
        try decode(operation, try body(json))
    }

    static func body(_ json: [UInt8]) throws(BodyFault) -> Field {
        do {
            return Field(document: try JSONReader.read(json), path: "")
        } catch {
            throw BodyFault(path: "", problem: "no JSON: \(error)")
        }
    }

    private static func decode(_ operation: Operation, _ body: Field) throws(BodyFault) -> Response {
        try body.structure { body throws(BodyFault) -> Response in
            switch operation {
            case .putItem: .putItem(try write(&body))
            case .updateItem: .updateItem(try write(&body))
            case .deleteItem: .deleteItem(try write(&body))
            case .getItem:
                .getItem(
                    GetItemResponse(
                        item: try body.optional("Item")?.item(),
                        consumedCapacity: try capacity(&body)
                    )
                )
            case .query: .query(try page(&body))
            case .scan: .scan(try page(&body))
            case .batchGetItem: .batchGetItem(try batchGetItem(&body))
            case .batchWriteItem: .batchWriteItem(try batchWriteItem(&body))
            case .transactWriteItems:
                .transactWriteItems(
                    TransactWriteItemsResponse(
                        consumedCapacity: try capacities(&body),
                        itemCollectionMetrics: try collectionMetrics(&body)
                    )
                )
            case .transactGetItems:
                .transactGetItems(
                    TransactGetItemsResponse(
                        responses: try positionalItems(&body),
                        consumedCapacity: try capacities(&body)
                    )
                )
            case .executeStatement: .executeStatement(try executeStatement(&body))
            case .batchExecuteStatement: .batchExecuteStatement(try batchExecuteStatement(&body))
            case .executeTransaction:
                .executeTransaction(
                    ExecuteTransactionResponse(
                        responses: try positionalItems(&body),
                        consumedCapacity: try capacities(&body)
                    )
                )
            case .createTable: .createTable(try table(body.required("TableDescription")))
            case .updateTable: .updateTable(try table(body.required("TableDescription")))
            case .deleteTable: .deleteTable(try table(body.required("TableDescription")))
            case .describeTable: .describeTable(try table(body.required("Table")))
            case .listTables:
                .listTables(
                    ListTablesResponse(
                        tableNames: try strings(body.required("TableNames")),
                        lastEvaluatedTableName: try body.optional("LastEvaluatedTableName")?.string()
                    )
                )
            case .updateTimeToLive: .updateTimeToLive(try updateTimeToLive(&body))
            case .describeTimeToLive: .describeTimeToLive(try describeTimeToLive(&body))
            case .tagResource: .tagResource
            case .untagResource: .untagResource
            case .listTagsOfResource: .listTagsOfResource(try listTagsOfResource(&body))
            case .putResourcePolicy: .putResourcePolicy(try policyRevision(&body))
            case .getResourcePolicy: .getResourcePolicy(try getResourcePolicy(&body))
            case .deleteResourcePolicy: .deleteResourcePolicy(try policyRevision(&body))
            case .describeLimits: .describeLimits(try describeLimits(&body))
            case .describeEndpoints: .describeEndpoints(try describeEndpoints(&body))
            case .listStreams: .listStreams(try listStreams(&body))
            case .describeStream: .describeStream(try describeStream(body.required("StreamDescription")))
            case .getShardIterator:
                .getShardIterator(
                    GetShardIteratorResponse(shardIterator: try body.required("ShardIterator").string())
                )
            case .getRecords: .getRecords(try getRecords(&body))
            }
        }
    }

    static func strings(_ field: Field) throws(BodyFault) -> [String] {
        try field.list { element throws(BodyFault) in try element.string() }
    }

    static func items(_ field: Field) throws(BodyFault) -> [Item] {
        try field.list { element throws(BodyFault) in try element.item() }
    }

    private static func write(_ body: inout Members) throws(BodyFault) -> WriteResponse {
        WriteResponse(
            attributes: try body.optional("Attributes")?.item(),
            consumedCapacity: try capacity(&body),
            itemCollectionMetrics: try body.optional("ItemCollectionMetrics").map(collectionMetrics)
        )
    }

    private static func page(_ body: inout Members) throws(BodyFault) -> PageResponse {
        let found = try body.optional("Items").map(items)
        return PageResponse(
            items: found ?? [],
            hasItems: found != nil,
            count: try body.required("Count").int(),
            scannedCount: try body.required("ScannedCount").int(),
            lastEvaluatedKey: try body.optional("LastEvaluatedKey")?.item(),
            consumedCapacity: try capacity(&body)
        )
    }
}
