import Model
import Wire

/// Batches, transactions and statements.
extension ResponseDecoder {
    static func batchGetItem(_ body: inout Members) throws(BodyFault) -> BatchGetItemResponse {
        let responses = try body.required("Responses").entries().map { table throws(BodyFault) in
            BatchGetItemResponse.TableItems(tableName: table.name, items: try items(table.field))
        }
        let unprocessed = try body.required("UnprocessedKeys").entries().map { table throws(BodyFault) in
            try tableKeys(table.name, table.field)
        }
        return BatchGetItemResponse(
            responses: responses,
            unprocessedKeys: unprocessed,
            consumedCapacity: try capacities(&body)
        )
    }

    private static func tableKeys(
        _ tableName: String,
        _ field: Field
    ) throws(BodyFault) -> BatchGetItemRequest.TableKeys {
        try field.structure { body throws(BodyFault) in
            var table = BatchGetItemRequest.TableKeys(
                tableName: tableName,
                keys: try items(body.required("Keys")),
                consistentRead: try body.optional("ConsistentRead")?.bool() ?? false,
                projectionExpression: try body.optional("ProjectionExpression")?.string()
            )
            if let names = body.optional("ExpressionAttributeNames") {
                table.expressionAttributeNames = [:]
                for (name, field) in try names.entries() {
                    table.expressionAttributeNames?[name] = try field.string()
                }
            }
            return table
        }
    }

    static func batchWriteItem(_ body: inout Members) throws(BodyFault) -> BatchWriteItemResponse {
        let unprocessed = try body.required("UnprocessedItems").entries().map { table throws(BodyFault) in
            BatchWriteItemRequest.TableWrites(tableName: table.name, writes: try table.field.list(write))
        }
        return BatchWriteItemResponse(
            unprocessedItems: unprocessed,
            itemCollectionMetrics: try collectionMetrics(&body),
            consumedCapacity: try capacities(&body)
        )
    }

    private static func write(_ field: Field) throws(BodyFault) -> BatchWriteItemRequest.Write {
        try field.structure { body throws(BodyFault) in
            if let put = body.optional("PutRequest") {
                return .put(
                    item: try put.structure { put throws(BodyFault) in try put.required("Item").item() }
                )
            }
            let delete = try body.required("DeleteRequest")
            return .delete(
                key: try delete.structure { delete throws(BodyFault) in try delete.required("Key").item() }
            )
        }
    }

    /// `{}` where there is no item.
    static func positionalItems(_ body: inout Members) throws(BodyFault) -> [Item?] {
        try body.required("Responses").list { element throws(BodyFault) in
            try element.structure { body throws(BodyFault) in try body.optional("Item")?.item() }
        }
    }

    static func executeStatement(_ body: inout Members) throws(BodyFault) -> ExecuteStatementResponse {
        ExecuteStatementResponse(
            items: try items(body.required("Items")),
            nextToken: try body.optional("NextToken")?.string(),
            lastEvaluatedKey: try body.optional("LastEvaluatedKey")?.item(),
            consumedCapacity: try capacity(&body)
        )
    }

    static func batchExecuteStatement(_ body: inout Members) throws(BodyFault) -> BatchExecuteStatementResponse {
        BatchExecuteStatementResponse(
            responses: try body.required("Responses").list(batchResult),
            consumedCapacity: try capacities(&body)
        )
    }

    private static func batchResult(_ field: Field) throws(BodyFault) -> BatchExecuteStatementResponse.Result {
        try field.structure { body throws(BodyFault) in
            BatchExecuteStatementResponse.Result(
                item: try body.optional("Item")?.item(),
                error: try body.optional("Error").map(batchFailure),
                tableName: try body.optional("TableName")?.string()
            )
        }
    }

    private static func batchFailure(_ field: Field) throws(BodyFault) -> BatchExecuteStatementResponse.Failure {
        try field.structure { body throws(BodyFault) in
            BatchExecuteStatementResponse.Failure(
                code: try body.required("Code").string(),
                message: try body.required("Message").string(),
                item: try body.optional("Item")?.item()
            )
        }
    }
}
