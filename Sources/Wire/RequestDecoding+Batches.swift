import Model

/// Batches, transactions and statements.
extension RequestDecoding {
    private static let namespace = "com.amazonaws.dynamodb.v20120810."

    mutating func batchGetItem(_ body: Structure) throws(WireError) -> BatchGetItemRequest {
        let tables = try requestItems(body, of: Self.namespace + "KeysAndAttributes")
        var requestItems: [BatchGetItemRequest.TableKeys] = []
        for table in tables {
            requestItems.append(try tableKeys(table.name, table.value))
        }
        return BatchGetItemRequest(
            requestItems: requestItems,
            returnConsumedCapacity: try returnConsumedCapacity(body)
        )
    }

    private mutating func tableKeys(
        _ tableName: String,
        _ document: Document
    ) throws(WireError) -> BatchGetItemRequest.TableKeys {
        let path = "requestItems.\(tableName).member."
        let body = try structure(document, type: "KeysAndAttributes", at: path)
        var table = BatchGetItemRequest.TableKeys(tableName: tableName, keys: [])
        if let keys = try list(body, "Keys") {
            for key in keys { table.keys.append(try item(key)) }
            table.keysDifferAsWritten = KeySpelling.tellsApart(keys, of: table.keys)
        } else {
            violate(nil, at: body.path("Keys"), .notNull)
            // Not empty, lest its length be reported too.
            table.keys = [.empty]
        }
        table.consistentRead = try bool(body, "ConsistentRead") ?? false
        table.projectionExpression = try string(body, "ProjectionExpression")
        table.expressionAttributeNames = try names(body)
        table.attributesToGet = try attributesToGet(body)
        return combined(table)
    }

    mutating func batchWriteItem(_ body: Structure) throws(WireError) -> BatchWriteItemRequest {
        let tables = try requestItems(body, of: "java.util.List<\(Self.namespace)WriteRequest>")
        var requestItems: [BatchWriteItemRequest.TableWrites] = []
        for table in tables {
            var writes: [BatchWriteItemRequest.Write] = []
            for (offset, document) in try list(table.value).enumerated() {
                let path = "requestItems.\(table.name).member.\(offset + 1).member."
                writes.append(try write(try structure(document, type: "WriteRequest", at: path)))
            }
            requestItems.append(.init(tableName: table.name, writes: writes))
        }
        return BatchWriteItemRequest(
            requestItems: requestItems,
            returnConsumedCapacity: try returnConsumedCapacity(body),
            returnItemCollectionMetrics: try returnItemCollectionMetrics(body)
        )
    }

    private mutating func write(_ body: Structure) throws(WireError) -> BatchWriteItemRequest.Write {
        let put = try structure(body, "PutRequest")
        let delete = try structure(body, "DeleteRequest")
        let supplied = "Supplied AttributeValue"
        switch (put, delete) {
        case (let put?, nil): return .put(item: try requiredItem(put, "Item"))
        case (nil, let delete?): return .delete(key: try requiredItem(delete, "Key"))
        case (_?, _?):
            reject(
                value: "\(supplied) has more than one datatypes set, must contain exactly one of the supported "
                    + "datatypes"
            )
        case (nil, nil):
            reject(value: "\(supplied) is empty, must contain exactly one of the supported datatypes")
        }
        return .delete(key: .empty)
    }

    /// The tables of a batch; of two with one name the last counts.
    private mutating func requestItems(_ body: Structure, of type: String) throws(WireError) -> [Document.Member] {
        guard let members = try map(body, "RequestItems", of: type) else {
            violate(nil, at: "requestItems", .notNull)
            return []
        }
        if members.isEmpty {
            let operation = type.contains("List") ? "BatchWriteItem" : "BatchGetItem"
            refuse("The requestItems parameter is required for \(operation)")
        }
        var tables: [Document.Member] = []
        for member in members {
            if let index = tables.firstIndex(where: { $0.name == member.name }) {
                tables[index] = member
            } else {
                tables.append(member)
            }
        }
        return tables
    }

    mutating func transactWriteItems(_ body: Structure) throws(WireError) -> TransactWriteItemsRequest {
        var actions: [TransactWriteAction] = []
        for (path, document) in try elements(body, "TransactItems") {
            actions.append(try transactWriteAction(try structure(document, type: "TransactWriteItem", at: path)))
        }
        var request = TransactWriteItemsRequest(transactItems: actions)
        request.returnConsumedCapacity = try returnConsumedCapacity(body)
        request.returnItemCollectionMetrics = try returnItemCollectionMetrics(body)
        request.clientRequestToken = try string(body, "ClientRequestToken")
        return request
    }

    private mutating func transactWriteAction(_ body: Structure) throws(WireError) -> TransactWriteAction {
        var actions: [TransactWriteAction] = []
        if let check = try structure(body, "ConditionCheck") {
            actions.append(.conditionCheck(try conditionCheck(check)))
        }
        if let put = try structure(body, "Put") {
            var request = PutItemRequest(tableName: "", item: try requiredItem(put, "Item"))
            request.tableName = try nestedTableName(put)
            request.options = try conditionOptions(put)
            actions.append(.put(request))
        }
        if let delete = try structure(body, "Delete") {
            var request = DeleteItemRequest(tableName: "", key: try requiredItem(delete, "Key"))
            request.tableName = try nestedTableName(delete)
            request.options = try conditionOptions(delete)
            actions.append(.delete(request))
        }
        if let update = try structure(body, "Update") {
            var request = UpdateItemRequest(tableName: "", key: try requiredItem(update, "Key"))
            request.updateExpression = try requiredString(update, "UpdateExpression")
            request.tableName = try nestedTableName(update)
            request.options = try conditionOptions(update)
            actions.append(.update(request))
        }
        if actions.count != 1 {
            refuse("TransactItems can only contain one of Check, Put, Update or Delete")
        }
        return actions.first ?? .delete(DeleteItemRequest(tableName: Self.anyTableName, key: .empty))
    }

    /// What a write may have inside a transaction.
    private mutating func conditionOptions(_ body: Structure) throws(WireError) -> WriteOptions {
        WriteOptions(
            conditionExpression: try string(body, "ConditionExpression"),
            expressionAttributes: try expressionAttributes(body),
            returnValuesOnConditionCheckFailure: try returnValuesOnConditionCheckFailure(body)
        )
    }

    private mutating func conditionCheck(_ body: Structure) throws(WireError) -> ConditionCheckRequest {
        let key = try requiredItem(body, "Key")
        let tableName = try nestedTableName(body)
        return ConditionCheckRequest(
            tableName: tableName,
            key: key,
            conditionExpression: try requiredString(body, "ConditionExpression") ?? "",
            expressionAttributes: try expressionAttributes(body),
            returnValuesOnConditionCheckFailure: try returnValuesOnConditionCheckFailure(body)
        )
    }

    mutating func transactGetItems(_ body: Structure) throws(WireError) -> TransactGetItemsRequest {
        var actions: [TransactGetAction] = []
        for (path, document) in try elements(body, "TransactItems") {
            let item = try structure(document, type: "TransactGetItem", at: path)
            guard let get = try structure(item, "Get") else {
                violate(nil, at: item.path("Get"), .notNull)
                actions.append(TransactGetAction(tableName: Self.anyTableName, key: .empty))
                continue
            }
            let key = try requiredItem(get, "Key")
            actions.append(
                TransactGetAction(
                    tableName: try nestedTableName(get),
                    key: key,
                    projectionExpression: try string(get, "ProjectionExpression"),
                    expressionAttributeNames: try names(get)
                )
            )
        }
        return TransactGetItemsRequest(
            transactItems: actions,
            returnConsumedCapacity: try returnConsumedCapacity(body)
        )
    }

    mutating func executeStatement(_ body: Structure) throws(WireError) -> ExecuteStatementRequest {
        var request = ExecuteStatementRequest(statement: try statement(body))
        request.nextToken = try string(body, "NextToken")
        request.returnConsumedCapacity = try returnConsumedCapacity(body)
        request.limit = try integer(body, "Limit")
        return request
    }

    mutating func batchExecuteStatement(_ body: Structure) throws(WireError) -> BatchExecuteStatementRequest {
        BatchExecuteStatementRequest(
            statements: try statements(body, "Statements", type: "BatchStatementRequest"),
            returnConsumedCapacity: try returnConsumedCapacity(body)
        )
    }

    mutating func executeTransaction(_ body: Structure) throws(WireError) -> ExecuteTransactionRequest {
        ExecuteTransactionRequest(
            transactStatements: try statements(body, "TransactStatements", type: "ParameterizedStatement"),
            clientRequestToken: try string(body, "ClientRequestToken"),
            returnConsumedCapacity: try returnConsumedCapacity(body)
        )
    }

    private mutating func statements(
        _ body: Structure,
        _ name: String,
        type: String
    ) throws(WireError) -> [ParameterizedStatement] {
        var statements: [ParameterizedStatement] = []
        for (path, document) in try elements(body, name) {
            statements.append(try statement(try structure(document, type: type, at: path)))
        }
        return statements
    }

    private mutating func statement(_ body: Structure) throws(WireError) -> ParameterizedStatement {
        // A blank keeps the length check quiet when the member is absent.
        var statement = ParameterizedStatement(statement: try requiredString(body, "Statement") ?? " ")
        if let parameters = try list(body, "Parameters") {
            if parameters.isEmpty { violate("[]", at: body.path("Parameters"), .lengthAtLeast(1)) }
            for parameter in parameters { statement.parameters.append(try attributeValue(parameter)) }
        }
        if operation != .executeTransaction {
            statement.consistentRead = try bool(body, "ConsistentRead") ?? false
        }
        statement.returnValuesOnConditionCheckFailure = try returnValuesOnConditionCheckFailure(body)
        return statement
    }

    /// The elements of a required list, each with its constraint path: `transactItems.1.member.`
    private mutating func elements(
        _ body: Structure,
        _ name: String
    ) throws(WireError) -> [(path: String, document: Document)] {
        guard let documents = try list(body, name) else {
            violate(nil, at: body.path(name), .notNull)
            isListAbsent = true
            return []
        }
        return documents.enumerated().map { ("\(body.path(name)).\($0 + 1).member.", $1) }
    }
}
