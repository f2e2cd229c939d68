/// A PartiQL statement and the values of its `?`, in order.
public struct ParameterizedStatement: Equatable, Sendable {
    public var statement: String
    public var parameters: [AttributeValue]
    public var consistentRead: Bool
    public var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure

    public init(
        statement: String,
        parameters: [AttributeValue] = [],
        consistentRead: Bool = false,
        returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure = .none
    ) {
        self.statement = statement
        self.parameters = parameters
        self.consistentRead = consistentRead
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
    }
}

public struct ExecuteStatementRequest: Equatable, Sendable {
    public var statement: ParameterizedStatement
    public var nextToken: String?
    public var limit: Int?
    public var returnConsumedCapacity: ReturnConsumedCapacity

    public init(
        statement: ParameterizedStatement,
        nextToken: String? = nil,
        limit: Int? = nil,
        returnConsumedCapacity: ReturnConsumedCapacity = .none
    ) {
        self.statement = statement
        self.nextToken = nextToken
        self.limit = limit
        self.returnConsumedCapacity = returnConsumedCapacity
    }
}

public struct ExecuteStatementResponse: Equatable, Sendable {
    public var items: [Item]
    public var nextToken: String?
    public var lastEvaluatedKey: Item?
    public var consumedCapacity: ConsumedCapacity?

    public init(
        items: [Item],
        nextToken: String? = nil,
        lastEvaluatedKey: Item? = nil,
        consumedCapacity: ConsumedCapacity? = nil
    ) {
        self.items = items
        self.nextToken = nextToken
        self.lastEvaluatedKey = lastEvaluatedKey
        self.consumedCapacity = consumedCapacity
    }
}

public struct BatchExecuteStatementRequest: Equatable, Sendable {
    public var statements: [ParameterizedStatement]
    public var returnConsumedCapacity: ReturnConsumedCapacity

    public init(statements: [ParameterizedStatement], returnConsumedCapacity: ReturnConsumedCapacity = .none) {
        self.statements = statements
        self.returnConsumedCapacity = returnConsumedCapacity
    }
}

public struct BatchExecuteStatementResponse: Equatable, Sendable {
    public struct Result: Equatable, Sendable {
        public var item: Item?
        public var error: Failure?
        public var tableName: String?

        public init(item: Item? = nil, error: Failure? = nil, tableName: String? = nil) {
            self.item = item
            self.error = error
            self.tableName = tableName
        }
    }

    /// `code` is one of the API's batch error codes, such as `ValidationError`.
    public struct Failure: Equatable, Sendable {
        public var code: String
        public var message: String
        public var item: Item?

        public init(code: String, message: String, item: Item? = nil) {
            self.code = code
            self.message = message
            self.item = item
        }
    }

    public var responses: [Result]
    public var consumedCapacity: [ConsumedCapacity]?

    public init(responses: [Result], consumedCapacity: [ConsumedCapacity]? = nil) {
        self.responses = responses
        self.consumedCapacity = consumedCapacity
    }
}

public struct ExecuteTransactionRequest: Equatable, Sendable {
    public var transactStatements: [ParameterizedStatement]
    public var clientRequestToken: String?
    public var returnConsumedCapacity: ReturnConsumedCapacity

    public init(
        transactStatements: [ParameterizedStatement],
        clientRequestToken: String? = nil,
        returnConsumedCapacity: ReturnConsumedCapacity = .none
    ) {
        self.transactStatements = transactStatements
        self.clientRequestToken = clientRequestToken
        self.returnConsumedCapacity = returnConsumedCapacity
    }
}

public struct ExecuteTransactionResponse: Equatable, Sendable {
    /// By position; nil for a write, or where there is no item.
    public var responses: [Item?]
    public var consumedCapacity: [ConsumedCapacity]?

    public init(responses: [Item?], consumedCapacity: [ConsumedCapacity]? = nil) {
        self.responses = responses
        self.consumedCapacity = consumedCapacity
    }
}
