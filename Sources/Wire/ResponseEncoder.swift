import Model

/// A response as the body that the API answers.
public enum ResponseEncoder {
    public static func encode(_ response: Response) -> Document {
        var body = ObjectBuilder()
        switch response {
        case .putItem(let response), .updateItem(let response), .deleteItem(let response):
            body.add("Attributes", response.attributes)
            body.add("ConsumedCapacity", response.consumedCapacity.map(consumedCapacity))
            body.add("ItemCollectionMetrics", response.itemCollectionMetrics.map(itemCollectionMetrics))
        case .getItem(let response):
            body.add("Item", response.item)
            body.add("ConsumedCapacity", response.consumedCapacity.map(consumedCapacity))
        case .query(let response), .scan(let response): encode(response, into: &body)
        case .batchGetItem(let response): encode(response, into: &body)
        case .batchWriteItem(let response):
            body.add("UnprocessedItems", RequestEncoder.tableWrites(response.unprocessedItems))
            body.add(response.itemCollectionMetrics)
            body.add(response.consumedCapacity)
        case .transactWriteItems(let response):
            body.add(response.consumedCapacity)
            body.add(response.itemCollectionMetrics)
        case .transactGetItems(let response):
            body.add(response.consumedCapacity)
            body.add("Responses", positional(response.responses))
        case .executeStatement(let response):
            body.add("Items", items(response.items))
            body.add("NextToken", response.nextToken)
            body.add("LastEvaluatedKey", response.lastEvaluatedKey)
            body.add("ConsumedCapacity", response.consumedCapacity.map(consumedCapacity))
        case .batchExecuteStatement(let response):
            body.add("Responses", Document.array(response.responses.map(batchResult)))
            body.add(response.consumedCapacity)
        case .executeTransaction(let response):
            body.add("Responses", positional(response.responses))
            body.add(response.consumedCapacity)
        case .createTable(let table), .updateTable(let table), .deleteTable(let table):
            body.add("TableDescription", encode(table))
        case .describeTable(let table): body.add("Table", encode(table))
        case .listTables(let response):
            body.add("TableNames", Document.array(response.tableNames.map(Document.string)))
            body.add("LastEvaluatedTableName", response.lastEvaluatedTableName)
        case .updateTimeToLive(let response): encode(response, into: &body)
        case .describeTimeToLive(let response): encode(response, into: &body)
        case .tagResource, .untagResource: break
        case .listTagsOfResource(let response): encode(response, into: &body)
        case .putResourcePolicy(let response), .deleteResourcePolicy(let response): encode(response, into: &body)
        case .getResourcePolicy(let response): encode(response, into: &body)
        case .describeLimits(let response): encode(response, into: &body)
        case .describeEndpoints(let response): encode(response, into: &body)
        case .listStreams(let response): encode(response, into: &body)
        case .describeStream(let response): encode(response, into: &body)
        case .getShardIterator(let response): encode(response, into: &body)
        case .getRecords(let response): encode(response, into: &body)
        }
        return body.object
    }

    private static func encode(_ response: PageResponse, into body: inout ObjectBuilder) {
        if response.hasItems { body.add("Items", items(response.items)) }
        body.add("Count", response.count)
        body.add("ScannedCount", response.scannedCount)
        body.add("LastEvaluatedKey", response.lastEvaluatedKey)
        body.add("ConsumedCapacity", response.consumedCapacity.map(consumedCapacity))
    }

    private static func encode(_ response: BatchGetItemResponse, into body: inout ObjectBuilder) {
        let tables = response.responses.map { Document.Member($0.tableName, items($0.items)) }
        body.add("Responses", Document.object(tables))
        body.add("UnprocessedKeys", RequestEncoder.tableKeys(response.unprocessedKeys))
        body.add(response.consumedCapacity)
    }

    /// `{}` where there is no item.
    private static func positional(_ items: [Item?]) -> Document {
        .array(
            items.map { item in
                var body = ObjectBuilder()
                body.add("Item", item)
                return body.object
            }
        )
    }

    private static func batchResult(_ result: BatchExecuteStatementResponse.Result) -> Document {
        var body = ObjectBuilder()
        if let failure = result.error {
            var error = ObjectBuilder()
            error.add("Code", failure.code)
            error.add("Message", failure.message)
            error.add("Item", failure.item)
            body.add("Error", error.object)
        }
        body.add("TableName", result.tableName)
        body.add("Item", result.item)
        return body.object
    }

    private static func items(_ items: [Item]) -> Document { .array(items.map(AttributeValueEncoder.encode)) }
}
