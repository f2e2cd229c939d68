import Model

@testable import Engine

/// Requests with the parameters from before expressions, in few words.
extension Region {
    typealias Expected = [AttributeName: ExpectedAttributeValue]
    typealias Conditions = [AttributeName: LegacyCondition]

    @discardableResult
    func put(
        _ table: String,
        _ item: Item,
        expecting expected: Expected,
        joinedBy conditionalOperator: ConditionalOperator? = nil
    ) throws(ServiceError) -> WriteResponse {
        var request = PutItemRequest(tableName: table, item: item, options: .init(returnConsumedCapacity: .indexes))
        request.options.expected = expected
        request.options.conditionalOperator = conditionalOperator
        guard case .putItem(let response) = try perform(.putItem(request)) else { preconditionFailure("a put") }
        return response
    }

    @discardableResult
    func update(
        _ table: String,
        _ key: Item,
        attributes: [AttributeName: AttributeValueUpdate],
        expecting expected: Expected? = nil,
        returning: ReturnValues = .none
    ) throws(ServiceError) -> WriteResponse {
        var request = UpdateItemRequest(
            tableName: table,
            key: key,
            options: .init(
                returnValues: returning,
                returnConsumedCapacity: .indexes
            )
        )
        request.attributeUpdates = attributes
        request.options.expected = expected
        guard case .updateItem(let response) = try perform(.updateItem(request)) else {
            preconditionFailure("an update")
        }
        return response
    }

    func query(
        _ table: String,
        index: String? = nil,
        keys: Conditions?,
        filter: Conditions? = nil,
        joinedBy conditionalOperator: ConditionalOperator? = nil,
        attributes: [String]? = nil,
        select: Select? = nil
    ) throws(ServiceError) -> PageResponse {
        var request = QueryRequest(tableName: table, indexName: index, select: select, returnConsumedCapacity: .indexes)
        request.keyConditions = keys
        request.queryFilter = filter
        request.conditionalOperator = conditionalOperator
        request.attributesToGet = attributes
        guard case .query(let page) = try perform(.query(request)) else { preconditionFailure("a query") }
        return page
    }

    func scan(
        _ table: String,
        legacyFilter filter: Conditions?,
        joinedBy conditionalOperator: ConditionalOperator? = nil,
        attributes: [String]? = nil
    ) throws(ServiceError) -> PageResponse {
        var request = ScanRequest(tableName: table, returnConsumedCapacity: .indexes)
        request.scanFilter = filter
        request.conditionalOperator = conditionalOperator
        request.attributesToGet = attributes
        guard case .scan(let page) = try perform(.scan(request)) else { preconditionFailure("a scan") }
        return page
    }
}
