public struct PutItemRequest: Equatable, Sendable {
    public var tableName: String
    public var item: Item
    public var options: WriteOptions

    public init(tableName: String, item: Item, options: WriteOptions = .init()) {
        self.tableName = tableName
        self.item = item
        self.options = options
    }
}

public struct UpdateItemRequest: Equatable, Sendable {
    public var tableName: String
    public var key: Item
    public var updateExpression: String?
    /// In place of an update expression, as once.
    public var attributeUpdates: [AttributeName: AttributeValueUpdate]?
    public var options: WriteOptions

    public init(
        tableName: String,
        key: Item,
        updateExpression: String? = nil,
        attributeUpdates: [AttributeName: AttributeValueUpdate]? = nil,
        options: WriteOptions = .init()
    ) {
        self.tableName = tableName
        self.key = key
        self.updateExpression = updateExpression
        self.attributeUpdates = attributeUpdates
        self.options = options
    }
}

public struct DeleteItemRequest: Equatable, Sendable {
    public var tableName: String
    public var key: Item
    public var options: WriteOptions

    public init(tableName: String, key: Item, options: WriteOptions = .init()) {
        self.tableName = tableName
        self.key = key
        self.options = options
    }
}

/// What PutItem, UpdateItem and DeleteItem take besides an item: on what condition, and what they answer.
public struct WriteOptions: Equatable, Sendable {
    public var conditionExpression: String?
    public var expressionAttributes: ExpressionAttributes
    public var returnValues: ReturnValues
    public var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure
    public var returnConsumedCapacity: ReturnConsumedCapacity
    public var returnItemCollectionMetrics: ReturnItemCollectionMetrics
    /// In place of a condition expression, as once.
    public var expected: [AttributeName: ExpectedAttributeValue]?
    public var conditionalOperator: ConditionalOperator?

    public init(
        conditionExpression: String? = nil,
        expressionAttributes: ExpressionAttributes = .init(),
        returnValues: ReturnValues = .none,
        returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure = .none,
        returnConsumedCapacity: ReturnConsumedCapacity = .none,
        returnItemCollectionMetrics: ReturnItemCollectionMetrics = .none
    ) {
        self.conditionExpression = conditionExpression
        self.expressionAttributes = expressionAttributes
        self.returnValues = returnValues
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
        self.returnConsumedCapacity = returnConsumedCapacity
        self.returnItemCollectionMetrics = returnItemCollectionMetrics
    }
}

/// A condition on one item, inside a transaction only.
public struct ConditionCheckRequest: Equatable, Sendable {
    public var tableName: String
    public var key: Item
    public var conditionExpression: String
    public var expressionAttributes: ExpressionAttributes
    public var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure

    public init(
        tableName: String,
        key: Item,
        conditionExpression: String,
        expressionAttributes: ExpressionAttributes = .init(),
        returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure = .none
    ) {
        self.tableName = tableName
        self.key = key
        self.conditionExpression = conditionExpression
        self.expressionAttributes = expressionAttributes
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
    }
}

/// What PutItem, UpdateItem and DeleteItem answer.
public struct WriteResponse: Equatable, Sendable {
    public var attributes: Item?
    public var consumedCapacity: ConsumedCapacity?
    public var itemCollectionMetrics: ItemCollectionMetrics?

    public init(
        attributes: Item? = nil,
        consumedCapacity: ConsumedCapacity? = nil,
        itemCollectionMetrics: ItemCollectionMetrics? = nil
    ) {
        self.attributes = attributes
        self.consumedCapacity = consumedCapacity
        self.itemCollectionMetrics = itemCollectionMetrics
    }
}

public struct BatchWriteItemRequest: Equatable, Sendable {
    public enum Write: Equatable, Sendable {
        case put(item: Item)
        case delete(key: Item)
    }

    public struct TableWrites: Equatable, Sendable {
        public var tableName: String
        public var writes: [Write]

        public init(tableName: String, writes: [Write]) {
            self.tableName = tableName
            self.writes = writes
        }
    }

    /// In the order written, no table twice.
    public var requestItems: [TableWrites]
    public var returnConsumedCapacity: ReturnConsumedCapacity
    public var returnItemCollectionMetrics: ReturnItemCollectionMetrics

    public init(
        requestItems: [TableWrites],
        returnConsumedCapacity: ReturnConsumedCapacity = .none,
        returnItemCollectionMetrics: ReturnItemCollectionMetrics = .none
    ) {
        self.requestItems = requestItems
        self.returnConsumedCapacity = returnConsumedCapacity
        self.returnItemCollectionMetrics = returnItemCollectionMetrics
    }
}

public struct BatchWriteItemResponse: Equatable, Sendable {
    public var unprocessedItems: [BatchWriteItemRequest.TableWrites]
    /// One row a table, in the order of the request.
    public var itemCollectionMetrics: [(tableName: String, metrics: [ItemCollectionMetrics])]
    public var consumedCapacity: [ConsumedCapacity]?

    public init(
        unprocessedItems: [BatchWriteItemRequest.TableWrites] = [],
        itemCollectionMetrics: [(tableName: String, metrics: [ItemCollectionMetrics])] = [],
        consumedCapacity: [ConsumedCapacity]? = nil
    ) {
        self.unprocessedItems = unprocessedItems
        self.itemCollectionMetrics = itemCollectionMetrics
        self.consumedCapacity = consumedCapacity
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.unprocessedItems == right.unprocessedItems && left.consumedCapacity == right.consumedCapacity
            && left.itemCollectionMetrics.map(\.tableName) == right.itemCollectionMetrics.map(\.tableName)
            && left.itemCollectionMetrics.map(\.metrics) == right.itemCollectionMetrics.map(\.metrics)
    }
}

/// One action of TransactWriteItems.
public enum TransactWriteAction: Equatable, Sendable {
    case put(PutItemRequest)
    case update(UpdateItemRequest)
    case delete(DeleteItemRequest)
    case conditionCheck(ConditionCheckRequest)

    public var tableName: String {
        switch self {
        case .put(let request): request.tableName
        case .update(let request): request.tableName
        case .delete(let request): request.tableName
        case .conditionCheck(let request): request.tableName
        }
    }
}

public struct TransactWriteItemsRequest: Equatable, Sendable {
    public var transactItems: [TransactWriteAction]
    public var clientRequestToken: String?
    public var returnConsumedCapacity: ReturnConsumedCapacity
    public var returnItemCollectionMetrics: ReturnItemCollectionMetrics

    public init(
        transactItems: [TransactWriteAction],
        clientRequestToken: String? = nil,
        returnConsumedCapacity: ReturnConsumedCapacity = .none,
        returnItemCollectionMetrics: ReturnItemCollectionMetrics = .none
    ) {
        self.transactItems = transactItems
        self.clientRequestToken = clientRequestToken
        self.returnConsumedCapacity = returnConsumedCapacity
        self.returnItemCollectionMetrics = returnItemCollectionMetrics
    }
}

public struct TransactWriteItemsResponse: Equatable, Sendable {
    public var consumedCapacity: [ConsumedCapacity]?
    public var itemCollectionMetrics: [(tableName: String, metrics: [ItemCollectionMetrics])]

    public init(
        consumedCapacity: [ConsumedCapacity]? = nil,
        itemCollectionMetrics: [(tableName: String, metrics: [ItemCollectionMetrics])] = []
    ) {
        self.consumedCapacity = consumedCapacity
        self.itemCollectionMetrics = itemCollectionMetrics
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.consumedCapacity == right.consumedCapacity
            && left.itemCollectionMetrics.map(\.tableName) == right.itemCollectionMetrics.map(\.tableName)
            && left.itemCollectionMetrics.map(\.metrics) == right.itemCollectionMetrics.map(\.metrics)
    }
}

/// How full an item collection is; only tables with a local index report it. Bounds are whole gigabytes.
public struct ItemCollectionMetrics: Equatable, Sendable {
    public var itemCollectionKey: Item
    public var sizeEstimateRangeGB: ClosedRange<Int>

    public init(itemCollectionKey: Item, sizeEstimateRangeGB: ClosedRange<Int>) {
        self.itemCollectionKey = itemCollectionKey
        self.sizeEstimateRangeGB = sizeEstimateRangeGB
    }
}
