import Model

/// A request as the body that the API takes. Members at their default are left out, so that decoding gives the same
/// request again.
public enum RequestEncoder {
    public static func encode(_ request: Request) -> Document {
        switch request {
        case .putItem(let request): putItem(request)
        case .getItem(let request): getItem(request)
        case .updateItem(let request): updateItem(request)
        case .deleteItem(let request): deleteItem(request)
        case .query(let request): query(request)
        case .scan(let request): scan(request)
        case .batchGetItem(let request): batchGetItem(request)
        case .batchWriteItem(let request): batchWriteItem(request)
        case .transactWriteItems(let request): transactWriteItems(request)
        case .transactGetItems(let request): transactGetItems(request)
        case .executeStatement(let request): executeStatement(request)
        case .batchExecuteStatement(let request): batchExecuteStatement(request)
        case .executeTransaction(let request): executeTransaction(request)
        case .createTable(let request): createTable(request)
        case .updateTable(let request): updateTable(request)
        case .deleteTable(let request): .object([Document.Member("TableName", .string(request.tableName))])
        case .describeTable(let request): .object([Document.Member("TableName", .string(request.tableName))])
        case .listTables(let request): listTables(request)
        case .updateTimeToLive(let request): updateTimeToLive(request)
        case .describeTimeToLive(let request): describeTimeToLive(request)
        case .tagResource(let request): tagResource(request)
        case .untagResource(let request): untagResource(request)
        case .listTagsOfResource(let request): listTagsOfResource(request)
        case .putResourcePolicy(let request): putResourcePolicy(request)
        case .getResourcePolicy(let request): getResourcePolicy(request)
        case .deleteResourcePolicy(let request): deleteResourcePolicy(request)
        case .describeLimits: .object([])
        case .describeEndpoints: .object([])
        case .listStreams(let request): listStreams(request)
        case .describeStream(let request): describeStream(request)
        case .getShardIterator(let request): getShardIterator(request)
        case .getRecords(let request): getRecords(request)
        }
    }

    private static func listTables(_ request: ListTablesRequest) -> Document {
        var body = ObjectBuilder()
        body.add("ExclusiveStartTableName", request.exclusiveStartTableName)
        body.add("Limit", request.limit)
        return body.object
    }
}

extension ObjectBuilder {
    /// By name, since a dictionary's own order differs each run.
    mutating func addNames(_ names: [String: String]?) {
        guard let names else { return }
        let sorted = names.sorted { $0.key.bytesPrecede($1.key) }
        add("ExpressionAttributeNames", Document.object(sorted.map { Document.Member($0.key, .string($0.value)) }))
    }

    mutating func add(_ attributes: ExpressionAttributes) {
        addNames(attributes.names)
        guard let values = attributes.values else { return }
        let sorted = values.sorted { $0.key.bytesPrecede($1.key) }
        let members = sorted.map { Document.Member($0.key, AttributeValueEncoder.encode($0.value)) }
        add("ExpressionAttributeValues", Document.object(members))
    }

    mutating func addReturns(
        _ capacity: ReturnConsumedCapacity,
        _ metrics: ReturnItemCollectionMetrics = .none
    ) {
        add("ReturnConsumedCapacity", capacity, unless: .none)
        add("ReturnItemCollectionMetrics", metrics, unless: .none)
    }
}
