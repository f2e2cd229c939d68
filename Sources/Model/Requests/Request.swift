/// One call of the API: the operation and its members, by the API's own names.
public enum Request: Equatable, Sendable {
    case putItem(PutItemRequest)
    case getItem(GetItemRequest)
    case updateItem(UpdateItemRequest)
    case deleteItem(DeleteItemRequest)
    case query(QueryRequest)
    case scan(ScanRequest)
    case batchGetItem(BatchGetItemRequest)
    case batchWriteItem(BatchWriteItemRequest)
    case transactWriteItems(TransactWriteItemsRequest)
    case transactGetItems(TransactGetItemsRequest)
    case executeStatement(ExecuteStatementRequest)
    case batchExecuteStatement(BatchExecuteStatementRequest)
    case executeTransaction(ExecuteTransactionRequest)
    case createTable(CreateTableRequest)
    case updateTable(UpdateTableRequest)
    case deleteTable(DeleteTableRequest)
    case describeTable(DescribeTableRequest)
    case listTables(ListTablesRequest)
    case updateTimeToLive(UpdateTimeToLiveRequest)
    case describeTimeToLive(DescribeTimeToLiveRequest)
    case tagResource(TagResourceRequest)
    case untagResource(UntagResourceRequest)
    case listTagsOfResource(ListTagsOfResourceRequest)
    case putResourcePolicy(PutResourcePolicyRequest)
    case getResourcePolicy(GetResourcePolicyRequest)
    case deleteResourcePolicy(DeleteResourcePolicyRequest)
    case describeLimits
    case describeEndpoints
    case listStreams(ListStreamsRequest)
    case describeStream(DescribeStreamRequest)
    case getShardIterator(GetShardIteratorRequest)
    case getRecords(GetRecordsRequest)

    public var operation: Operation {
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

/// The operations by the names that `X-Amz-Target` carries.
public enum Operation: String, Sendable, CaseIterable {
    case putItem = "PutItem"
    case getItem = "GetItem"
    case updateItem = "UpdateItem"
    case deleteItem = "DeleteItem"
    case query = "Query"
    case scan = "Scan"
    case batchGetItem = "BatchGetItem"
    case batchWriteItem = "BatchWriteItem"
    case transactWriteItems = "TransactWriteItems"
    case transactGetItems = "TransactGetItems"
    case executeStatement = "ExecuteStatement"
    case batchExecuteStatement = "BatchExecuteStatement"
    case executeTransaction = "ExecuteTransaction"
    case createTable = "CreateTable"
    case updateTable = "UpdateTable"
    case deleteTable = "DeleteTable"
    case describeTable = "DescribeTable"
    case listTables = "ListTables"
    case updateTimeToLive = "UpdateTimeToLive"
    case describeTimeToLive = "DescribeTimeToLive"
    case tagResource = "TagResource"
    case untagResource = "UntagResource"
    case listTagsOfResource = "ListTagsOfResource"
    case putResourcePolicy = "PutResourcePolicy"
    case getResourcePolicy = "GetResourcePolicy"
    case deleteResourcePolicy = "DeleteResourcePolicy"
    case describeLimits = "DescribeLimits"
    case describeEndpoints = "DescribeEndpoints"
    case listStreams = "ListStreams"
    case describeStream = "DescribeStream"
    case getShardIterator = "GetShardIterator"
    case getRecords = "GetRecords"

    /// Before the dot of `X-Amz-Target`: streams are a service of their own.
    public var targetPrefix: String { isOfStreams ? "DynamoDBStreams_20120810" : "DynamoDB_20120810" }

    /// Its word behind `aws`.
    public var commandLineService: String { isOfStreams ? "dynamodbstreams" : "dynamodb" }

    public var isOfStreams: Bool {
        switch self {
        case .listStreams, .describeStream, .getShardIterator, .getRecords: true
        default: false
        }
    }
}

public enum Response: Equatable, Sendable {
    case putItem(WriteResponse)
    case getItem(GetItemResponse)
    case updateItem(WriteResponse)
    case deleteItem(WriteResponse)
    case query(PageResponse)
    case scan(PageResponse)
    case batchGetItem(BatchGetItemResponse)
    case batchWriteItem(BatchWriteItemResponse)
    case transactWriteItems(TransactWriteItemsResponse)
    case transactGetItems(TransactGetItemsResponse)
    case executeStatement(ExecuteStatementResponse)
    case batchExecuteStatement(BatchExecuteStatementResponse)
    case executeTransaction(ExecuteTransactionResponse)
    case createTable(TableDescription)
    case updateTable(TableDescription)
    case deleteTable(TableDescription)
    case describeTable(TableDescription)
    case listTables(ListTablesResponse)
    case updateTimeToLive(TimeToLiveSpecification)
    case describeTimeToLive(TimeToLiveDescription)
    case tagResource
    case untagResource
    case listTagsOfResource(ListTagsOfResourceResponse)
    case putResourcePolicy(ResourcePolicyRevision)
    case getResourcePolicy(GetResourcePolicyResponse)
    case deleteResourcePolicy(ResourcePolicyRevision)
    case describeLimits(AccountLimits)
    case describeEndpoints([ServiceEndpoint])
    case listStreams(ListStreamsResponse)
    case describeStream(StreamDescription)
    case getShardIterator(GetShardIteratorResponse)
    case getRecords(GetRecordsResponse)
}

public enum ReturnValues: String, Sendable, CaseIterable {
    case none = "NONE"
    case allOld = "ALL_OLD"
    case updatedOld = "UPDATED_OLD"
    case allNew = "ALL_NEW"
    case updatedNew = "UPDATED_NEW"
}

public enum ReturnConsumedCapacity: String, Sendable, CaseIterable {
    case indexes = "INDEXES"
    case total = "TOTAL"
    case none = "NONE"
}

public enum ReturnItemCollectionMetrics: String, Sendable, CaseIterable {
    case size = "SIZE"
    case none = "NONE"
}

public enum ReturnValuesOnConditionCheckFailure: String, Sendable, CaseIterable {
    case none = "NONE"
    case allOld = "ALL_OLD"
}

public enum Select: String, Sendable, CaseIterable {
    case allAttributes = "ALL_ATTRIBUTES"
    case allProjectedAttributes = "ALL_PROJECTED_ATTRIBUTES"
    case specificAttributes = "SPECIFIC_ATTRIBUTES"
    case count = "COUNT"
}

/// What `#name` and `:value` stand for in a request's expressions. Nil when the member is absent, which differs from
/// an empty map. Keys carry their `#` or `:`.
public struct ExpressionAttributes: Equatable, Sendable {
    public var names: [String: String]?
    public var values: [String: AttributeValue]?

    public init(names: [String: String]? = nil, values: [String: AttributeValue]? = nil) {
        self.names = names
        self.values = values
    }
}
