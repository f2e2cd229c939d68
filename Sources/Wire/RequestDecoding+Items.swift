import Model

/// Single-item operations, Query and Scan.
extension RequestDecoding {
    mutating func putItem(_ body: Structure) throws(WireError) -> PutItemRequest {
        var request = PutItemRequest(tableName: try mainTableName(body), item: try requiredItem(body, "Item"))
        request.options = try writeOptions(body)
        return combined(request)
    }

    mutating func updateItem(_ body: Structure) throws(WireError) -> UpdateItemRequest {
        var request = UpdateItemRequest(tableName: try mainTableName(body), key: try requiredItem(body, "Key"))
        request.updateExpression = try string(body, "UpdateExpression")
        request.attributeUpdates = try attributeUpdates(body)
        request.options = try writeOptions(body)
        return combined(request)
    }

    mutating func deleteItem(_ body: Structure) throws(WireError) -> DeleteItemRequest {
        var request = DeleteItemRequest(tableName: try mainTableName(body), key: try requiredItem(body, "Key"))
        request.options = try writeOptions(body)
        return combined(request)
    }

    private mutating func writeOptions(_ body: Structure) throws(WireError) -> WriteOptions {
        var options = WriteOptions()
        options.conditionExpression = try string(body, "ConditionExpression")
        options.expressionAttributes = try expressionAttributes(body)
        options.returnValues = try enumeration(body, "ReturnValues", in: EnumOrder.returnValues) ?? .none
        options.returnConsumedCapacity = try returnConsumedCapacity(body)
        options.returnItemCollectionMetrics = try returnItemCollectionMetrics(body)
        options.returnValuesOnConditionCheckFailure = try returnValuesOnConditionCheckFailure(body)
        options.expected = try expected(body)
        options.conditionalOperator = try conditionalOperator(body)
        return options
    }

    mutating func getItem(_ body: Structure) throws(WireError) -> GetItemRequest {
        var request = GetItemRequest(tableName: try mainTableName(body), key: try requiredItem(body, "Key"))
        request.consistentRead = try bool(body, "ConsistentRead") ?? false
        request.projectionExpression = try string(body, "ProjectionExpression")
        request.expressionAttributes.names = try names(body)
        request.returnConsumedCapacity = try returnConsumedCapacity(body)
        request.attributesToGet = try attributesToGet(body)
        return combined(request)
    }

    mutating func query(_ body: Structure) throws(WireError) -> QueryRequest {
        var request = QueryRequest(tableName: try mainTableName(body))
        request.indexName = try string(body, "IndexName")
        request.select = try enumeration(body, "Select", in: EnumOrder.select)
        request.limit = try integer(body, "Limit")
        request.consistentRead = try bool(body, "ConsistentRead") ?? false
        request.scanIndexForward = try bool(body, "ScanIndexForward") ?? true
        request.exclusiveStartKey = try startKey(body)
        request.returnConsumedCapacity = try returnConsumedCapacity(body)
        request.keyConditionExpression = try string(body, "KeyConditionExpression")
        request.filterExpression = try string(body, "FilterExpression")
        request.projectionExpression = try string(body, "ProjectionExpression")
        request.expressionAttributes = try expressionAttributes(body)
        request.keyConditions = try conditions(body, "KeyConditions")
        request.queryFilter = try conditions(body, "QueryFilter")
        request.conditionalOperator = try conditionalOperator(body)
        request.attributesToGet = try attributesToGet(body)
        return combined(request)
    }

    mutating func scan(_ body: Structure) throws(WireError) -> ScanRequest {
        var request = ScanRequest(tableName: try mainTableName(body))
        request.indexName = try string(body, "IndexName")
        request.limit = try integer(body, "Limit")
        request.select = try enumeration(body, "Select", in: EnumOrder.select)
        request.exclusiveStartKey = try startKey(body)
        request.returnConsumedCapacity = try returnConsumedCapacity(body)
        request.totalSegments = try integer(body, "TotalSegments")
        request.segment = try integer(body, "Segment")
        request.consistentRead = try bool(body, "ConsistentRead") ?? false
        request.filterExpression = try string(body, "FilterExpression")
        request.projectionExpression = try string(body, "ProjectionExpression")
        request.expressionAttributes = try expressionAttributes(body)
        request.scanFilter = try conditions(body, "ScanFilter")
        request.conditionalOperator = try conditionalOperator(body)
        request.attributesToGet = try attributesToGet(body)
        return combined(request)
    }

    mutating func returnConsumedCapacity(_ body: Structure) throws(WireError) -> ReturnConsumedCapacity {
        try enumeration(body, "ReturnConsumedCapacity", in: EnumOrder.returnConsumedCapacity) ?? .none
    }

    mutating func returnItemCollectionMetrics(_ body: Structure) throws(WireError) -> ReturnItemCollectionMetrics {
        try enumeration(body, "ReturnItemCollectionMetrics", in: EnumOrder.returnItemCollectionMetrics) ?? .none
    }

    mutating func returnValuesOnConditionCheckFailure(
        _ body: Structure
    ) throws(WireError) -> ReturnValuesOnConditionCheckFailure {
        let order = EnumOrder.returnValuesOnConditionCheckFailure
        return try enumeration(body, "ReturnValuesOnConditionCheckFailure", in: order) ?? .none
    }
}
