public struct GetItemRequest: Equatable, Sendable {
    public var tableName: String
    public var key: Item
    public var consistentRead: Bool
    public var projectionExpression: String?
    public var expressionAttributes: ExpressionAttributes
    public var returnConsumedCapacity: ReturnConsumedCapacity
    /// In place of a projection expression, as once.
    public var attributesToGet: [String]?

    public init(
        tableName: String,
        key: Item,
        consistentRead: Bool = false,
        projectionExpression: String? = nil,
        expressionAttributes: ExpressionAttributes = .init(),
        returnConsumedCapacity: ReturnConsumedCapacity = .none
    ) {
        self.tableName = tableName
        self.key = key
        self.consistentRead = consistentRead
        self.projectionExpression = projectionExpression
        self.expressionAttributes = expressionAttributes
        self.returnConsumedCapacity = returnConsumedCapacity
    }
}

public struct GetItemResponse: Equatable, Sendable {
    /// Nil when there is no such item.
    public var item: Item?
    public var consumedCapacity: ConsumedCapacity?

    public init(item: Item? = nil, consumedCapacity: ConsumedCapacity? = nil) {
        self.item = item
        self.consumedCapacity = consumedCapacity
    }
}

public struct QueryRequest: Equatable, Sendable {
    public var tableName: String
    public var indexName: String?
    public var keyConditionExpression: String?
    public var filterExpression: String?
    public var projectionExpression: String?
    public var expressionAttributes: ExpressionAttributes
    public var limit: Int?
    public var exclusiveStartKey: Item?
    public var scanIndexForward: Bool
    public var consistentRead: Bool
    public var select: Select?
    public var returnConsumedCapacity: ReturnConsumedCapacity
    /// In place of a key condition expression, as once.
    public var keyConditions: [AttributeName: LegacyCondition]?
    /// In place of a filter expression, as once.
    public var queryFilter: [AttributeName: LegacyCondition]?
    public var conditionalOperator: ConditionalOperator?
    /// In place of a projection expression, as once.
    public var attributesToGet: [String]?

    public init(
        tableName: String,
        indexName: String? = nil,
        keyConditionExpression: String? = nil,
        filterExpression: String? = nil,
        projectionExpression: String? = nil,
        expressionAttributes: ExpressionAttributes = .init(),
        limit: Int? = nil,
        exclusiveStartKey: Item? = nil,
        scanIndexForward: Bool = true,
        consistentRead: Bool = false,
        select: Select? = nil,
        returnConsumedCapacity: ReturnConsumedCapacity = .none
    ) {
        self.tableName = tableName
        self.indexName = indexName
        self.keyConditionExpression = keyConditionExpression
        self.filterExpression = filterExpression
        self.projectionExpression = projectionExpression
        self.expressionAttributes = expressionAttributes
        self.limit = limit
        self.exclusiveStartKey = exclusiveStartKey
        self.scanIndexForward = scanIndexForward
        self.consistentRead = consistentRead
        self.select = select
        self.returnConsumedCapacity = returnConsumedCapacity
    }
}

public struct ScanRequest: Equatable, Sendable {
    public var tableName: String
    public var indexName: String?
    public var filterExpression: String?
    public var projectionExpression: String?
    public var expressionAttributes: ExpressionAttributes
    public var limit: Int?
    public var exclusiveStartKey: Item?
    public var segment: Int?
    public var totalSegments: Int?
    public var consistentRead: Bool
    public var select: Select?
    public var returnConsumedCapacity: ReturnConsumedCapacity
    /// In place of a filter expression, as once.
    public var scanFilter: [AttributeName: LegacyCondition]?
    public var conditionalOperator: ConditionalOperator?
    /// In place of a projection expression, as once.
    public var attributesToGet: [String]?

    public init(
        tableName: String,
        indexName: String? = nil,
        filterExpression: String? = nil,
        projectionExpression: String? = nil,
        expressionAttributes: ExpressionAttributes = .init(),
        limit: Int? = nil,
        exclusiveStartKey: Item? = nil,
        segment: Int? = nil,
        totalSegments: Int? = nil,
        consistentRead: Bool = false,
        select: Select? = nil,
        returnConsumedCapacity: ReturnConsumedCapacity = .none
    ) {
        self.tableName = tableName
        self.indexName = indexName
        self.filterExpression = filterExpression
        self.projectionExpression = projectionExpression
        self.expressionAttributes = expressionAttributes
        self.limit = limit
        self.exclusiveStartKey = exclusiveStartKey
        self.segment = segment
        self.totalSegments = totalSegments
        self.consistentRead = consistentRead
        self.select = select
        self.returnConsumedCapacity = returnConsumedCapacity
    }
}

/// One page of a Query or Scan.
public struct PageResponse: Equatable, Sendable {
    /// Empty when only the count was asked for.
    public var items: [Item]
    /// Whether `Items` is a member of the answer at all: not with Select COUNT.
    public var hasItems: Bool
    public var count: Int
    public var scannedCount: Int
    public var lastEvaluatedKey: Item?
    public var consumedCapacity: ConsumedCapacity?

    public init(
        items: [Item],
        hasItems: Bool = true,
        count: Int,
        scannedCount: Int,
        lastEvaluatedKey: Item? = nil,
        consumedCapacity: ConsumedCapacity? = nil
    ) {
        self.items = items
        self.hasItems = hasItems
        self.count = count
        self.scannedCount = scannedCount
        self.lastEvaluatedKey = lastEvaluatedKey
        self.consumedCapacity = consumedCapacity
    }
}

public struct BatchGetItemRequest: Equatable, Sendable {
    public struct TableKeys: Equatable, Sendable {
        public var tableName: String
        public var keys: [Item]
        public var consistentRead: Bool
        public var projectionExpression: String?
        public var expressionAttributeNames: [String: String]?
        /// In place of a projection expression, as once.
        public var attributesToGet: [String]?
        /// The service finds keys that come twice by how their numbers are written: `1` and `1.0` are two keys to it.
        /// Set by who reads the request from text, when keys of one value were all written differently.
        public var keysDifferAsWritten = false

        public init(
            tableName: String,
            keys: [Item],
            consistentRead: Bool = false,
            projectionExpression: String? = nil,
            expressionAttributeNames: [String: String]? = nil
        ) {
            self.tableName = tableName
            self.keys = keys
            self.consistentRead = consistentRead
            self.projectionExpression = projectionExpression
            self.expressionAttributeNames = expressionAttributeNames
        }
    }

    /// In the order written, no table twice.
    public var requestItems: [TableKeys]
    public var returnConsumedCapacity: ReturnConsumedCapacity

    public init(requestItems: [TableKeys], returnConsumedCapacity: ReturnConsumedCapacity = .none) {
        self.requestItems = requestItems
        self.returnConsumedCapacity = returnConsumedCapacity
    }
}

public struct BatchGetItemResponse: Equatable, Sendable {
    public struct TableItems: Equatable, Sendable {
        public var tableName: String
        public var items: [Item]

        public init(tableName: String, items: [Item]) {
            self.tableName = tableName
            self.items = items
        }
    }

    /// One row a table, in the order of the request.
    public var responses: [TableItems]
    public var unprocessedKeys: [BatchGetItemRequest.TableKeys]
    public var consumedCapacity: [ConsumedCapacity]?

    public init(
        responses: [TableItems],
        unprocessedKeys: [BatchGetItemRequest.TableKeys] = [],
        consumedCapacity: [ConsumedCapacity]? = nil
    ) {
        self.responses = responses
        self.unprocessedKeys = unprocessedKeys
        self.consumedCapacity = consumedCapacity
    }
}

/// One Get of TransactGetItems.
public struct TransactGetAction: Equatable, Sendable {
    public var tableName: String
    public var key: Item
    public var projectionExpression: String?
    public var expressionAttributeNames: [String: String]?

    public init(
        tableName: String,
        key: Item,
        projectionExpression: String? = nil,
        expressionAttributeNames: [String: String]? = nil
    ) {
        self.tableName = tableName
        self.key = key
        self.projectionExpression = projectionExpression
        self.expressionAttributeNames = expressionAttributeNames
    }
}

public struct TransactGetItemsRequest: Equatable, Sendable {
    public var transactItems: [TransactGetAction]
    public var returnConsumedCapacity: ReturnConsumedCapacity

    public init(transactItems: [TransactGetAction], returnConsumedCapacity: ReturnConsumedCapacity = .none) {
        self.transactItems = transactItems
        self.returnConsumedCapacity = returnConsumedCapacity
    }
}

public struct TransactGetItemsResponse: Equatable, Sendable {
    /// By position; nil where there is no item.
    public var responses: [Item?]
    public var consumedCapacity: [ConsumedCapacity]?

    public init(responses: [Item?], consumedCapacity: [ConsumedCapacity]? = nil) {
        self.responses = responses
        self.consumedCapacity = consumedCapacity
    }
}
