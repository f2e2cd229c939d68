import Model

/// Single-item operations, Query and Scan.
extension RequestDecoding {
    mutating func putItem(_ body: Structure) throws(WireError) -> PutItemRequest {
        refuseLegacy(["Expected", "ConditionalOperator"], for: "ConditionExpression", in: body)
        var request = PutItemRequest(tableName: try mainTableName(body), item: try requiredItem(body, "Item"))
        request.conditionExpression = try string(body, "ConditionExpression")
        request.expressionAttributes = try expressionAttributes(body)
        request.returnValues = try enumeration(body, "ReturnValues", in: EnumOrder.returnValues) ?? .none
        request.returnConsumedCapacity = try returnConsumedCapacity(body)
        request.returnItemCollectionMetrics = try returnItemCollectionMetrics(body)
        request.returnValuesOnConditionCheckFailure = try returnValuesOnConditionCheckFailure(body)
        return request
    }

    mutating func updateItem(_ body: Structure) throws(WireError) -> UpdateItemRequest {
        refuseLegacy(["AttributeUpdates"], for: "UpdateExpression", in: body)
        refuseLegacy(["Expected", "ConditionalOperator"], for: "ConditionExpression", in: body)
        var request = UpdateItemRequest(tableName: try mainTableName(body), key: try requiredItem(body, "Key"))
        request.updateExpression = try string(body, "UpdateExpression")
        request.conditionExpression = try string(body, "ConditionExpression")
        request.expressionAttributes = try expressionAttributes(body)
        request.returnValues = try enumeration(body, "ReturnValues", in: EnumOrder.returnValues) ?? .none
        request.returnConsumedCapacity = try returnConsumedCapacity(body)
        request.returnItemCollectionMetrics = try returnItemCollectionMetrics(body)
        request.returnValuesOnConditionCheckFailure = try returnValuesOnConditionCheckFailure(body)
        return request
    }

    mutating func deleteItem(_ body: Structure) throws(WireError) -> DeleteItemRequest {
        refuseLegacy(["Expected", "ConditionalOperator"], for: "ConditionExpression", in: body)
        var request = DeleteItemRequest(tableName: try mainTableName(body), key: try requiredItem(body, "Key"))
        request.conditionExpression = try string(body, "ConditionExpression")
        request.expressionAttributes = try expressionAttributes(body)
        request.returnValues = try enumeration(body, "ReturnValues", in: EnumOrder.returnValues) ?? .none
        request.returnConsumedCapacity = try returnConsumedCapacity(body)
        request.returnItemCollectionMetrics = try returnItemCollectionMetrics(body)
        request.returnValuesOnConditionCheckFailure = try returnValuesOnConditionCheckFailure(body)
        return request
    }

    mutating func getItem(_ body: Structure) throws(WireError) -> GetItemRequest {
        refuseLegacy(["AttributesToGet"], for: "ProjectionExpression", in: body)
        var request = GetItemRequest(tableName: try mainTableName(body), key: try requiredItem(body, "Key"))
        request.consistentRead = try bool(body, "ConsistentRead") ?? false
        request.projectionExpression = try string(body, "ProjectionExpression")
        request.expressionAttributes.names = try names(body)
        request.returnConsumedCapacity = try returnConsumedCapacity(body)
        return request
    }

    mutating func query(_ body: Structure) throws(WireError) -> QueryRequest {
        refuseLegacy(["KeyConditions"], for: "KeyConditionExpression", in: body)
        refuseLegacy(["QueryFilter", "ConditionalOperator"], for: "FilterExpression", in: body)
        refuseLegacy(["AttributesToGet"], for: "ProjectionExpression", in: body)
        var request = QueryRequest(tableName: try mainTableName(body))
        request.indexName = try string(body, "IndexName")
        request.select = try enumeration(body, "Select", in: EnumOrder.select)
        request.limit = try integer(body, "Limit")
        request.consistentRead = try bool(body, "ConsistentRead") ?? false
        request.scanIndexForward = try bool(body, "ScanIndexForward") ?? true
        request.exclusiveStartKey = try item(body, "ExclusiveStartKey")
        request.returnConsumedCapacity = try returnConsumedCapacity(body)
        request.keyConditionExpression = try string(body, "KeyConditionExpression")
        request.filterExpression = try string(body, "FilterExpression")
        request.projectionExpression = try string(body, "ProjectionExpression")
        request.expressionAttributes = try expressionAttributes(body)
        return request
    }

    mutating func scan(_ body: Structure) throws(WireError) -> ScanRequest {
        refuseLegacy(["ScanFilter", "ConditionalOperator"], for: "FilterExpression", in: body)
        refuseLegacy(["AttributesToGet"], for: "ProjectionExpression", in: body)
        var request = ScanRequest(tableName: try mainTableName(body))
        request.indexName = try string(body, "IndexName")
        request.limit = try integer(body, "Limit")
        request.select = try enumeration(body, "Select", in: EnumOrder.select)
        request.exclusiveStartKey = try item(body, "ExclusiveStartKey")
        request.returnConsumedCapacity = try returnConsumedCapacity(body)
        request.totalSegments = try integer(body, "TotalSegments")
        request.segment = try integer(body, "Segment")
        request.consistentRead = try bool(body, "ConsistentRead") ?? false
        request.filterExpression = try string(body, "FilterExpression")
        request.projectionExpression = try string(body, "ProjectionExpression")
        request.expressionAttributes = try expressionAttributes(body)
        return request
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
