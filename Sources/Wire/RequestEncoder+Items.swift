import Model

/// Single-item operations, Query and Scan.
extension RequestEncoder {
    static func putItem(_ request: PutItemRequest) -> Document {
        var body = ObjectBuilder()
        body.add("TableName", request.tableName)
        body.add("Item", request.item)
        body.add(request.options)
        return body.object
    }

    static func updateItem(_ request: UpdateItemRequest) -> Document {
        var body = ObjectBuilder()
        body.add("TableName", request.tableName)
        body.add("Key", request.key)
        body.add("UpdateExpression", request.updateExpression)
        body.add("AttributeUpdates", request.attributeUpdates) { encode($0) }
        body.add(request.options)
        return body.object
    }

    static func deleteItem(_ request: DeleteItemRequest) -> Document {
        var body = ObjectBuilder()
        body.add("TableName", request.tableName)
        body.add("Key", request.key)
        body.add(request.options)
        return body.object
    }

    static func getItem(_ request: GetItemRequest) -> Document {
        var body = ObjectBuilder()
        body.add("TableName", request.tableName)
        body.add("Key", request.key)
        body.add("ConsistentRead", request.consistentRead, unless: false)
        body.add("ProjectionExpression", request.projectionExpression)
        body.addNames(request.expressionAttributes.names)
        body.addReturns(request.returnConsumedCapacity)
        body.add(attributesToGet: request.attributesToGet)
        return body.object
    }

    static func query(_ request: QueryRequest) -> Document {
        var body = ObjectBuilder()
        body.add("TableName", request.tableName)
        body.add("IndexName", request.indexName)
        body.add("KeyConditionExpression", request.keyConditionExpression)
        body.add("FilterExpression", request.filterExpression)
        body.add("ProjectionExpression", request.projectionExpression)
        body.add(request.expressionAttributes)
        body.add("Select", request.select?.rawValue)
        body.add("Limit", request.limit)
        body.add("ExclusiveStartKey", request.exclusiveStartKey)
        body.add("ScanIndexForward", request.scanIndexForward, unless: true)
        body.add("ConsistentRead", request.consistentRead, unless: false)
        body.addReturns(request.returnConsumedCapacity)
        body.add("KeyConditions", request.keyConditions) { encode($0) }
        body.add("QueryFilter", request.queryFilter) { encode($0) }
        body.add("ConditionalOperator", request.conditionalOperator?.rawValue)
        body.add(attributesToGet: request.attributesToGet)
        return body.object
    }

    static func scan(_ request: ScanRequest) -> Document {
        var body = ObjectBuilder()
        body.add("TableName", request.tableName)
        body.add("IndexName", request.indexName)
        body.add("FilterExpression", request.filterExpression)
        body.add("ProjectionExpression", request.projectionExpression)
        body.add(request.expressionAttributes)
        body.add("Select", request.select?.rawValue)
        body.add("Limit", request.limit)
        body.add("ExclusiveStartKey", request.exclusiveStartKey)
        body.add("Segment", request.segment)
        body.add("TotalSegments", request.totalSegments)
        body.add("ConsistentRead", request.consistentRead, unless: false)
        body.addReturns(request.returnConsumedCapacity)
        body.add("ScanFilter", request.scanFilter) { encode($0) }
        body.add("ConditionalOperator", request.conditionalOperator?.rawValue)
        body.add(attributesToGet: request.attributesToGet)
        return body.object
    }
}

extension ObjectBuilder {
    mutating func add(_ choice: ReturnValuesOnConditionCheckFailure) {
        add("ReturnValuesOnConditionCheckFailure", choice, unless: .none)
    }
}

extension ObjectBuilder {
    fileprivate mutating func add(_ options: WriteOptions) {
        add("ConditionExpression", options.conditionExpression)
        add(options.expressionAttributes)
        add("ReturnValues", options.returnValues, unless: .none)
        addReturns(options.returnConsumedCapacity, options.returnItemCollectionMetrics)
        add(options.returnValuesOnConditionCheckFailure)
        add(expected: options.expected, options.conditionalOperator)
    }
}
