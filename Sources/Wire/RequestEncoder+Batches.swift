import Model

/// Batches, transactions and statements.
extension RequestEncoder {
    static func batchGetItem(_ request: BatchGetItemRequest) -> Document {
        var body = ObjectBuilder()
        body.add("RequestItems", tableKeys(request.requestItems))
        body.addReturns(request.returnConsumedCapacity)
        return body.object
    }

    /// Also the form of UnprocessedKeys.
    static func tableKeys(_ tables: [BatchGetItemRequest.TableKeys]) -> Document {
        .object(
            tables.map { table in
                var keys = ObjectBuilder()
                keys.add("Keys", Document.array(table.keys.map(AttributeValueEncoder.encode)))
                keys.add("ConsistentRead", table.consistentRead, unless: false)
                keys.add("ProjectionExpression", table.projectionExpression)
                keys.addNames(table.expressionAttributeNames)
                keys.add(attributesToGet: table.attributesToGet)
                return Document.Member(table.tableName, keys.object)
            }
        )
    }

    static func batchWriteItem(_ request: BatchWriteItemRequest) -> Document {
        var body = ObjectBuilder()
        body.add("RequestItems", tableWrites(request.requestItems))
        body.addReturns(request.returnConsumedCapacity, request.returnItemCollectionMetrics)
        return body.object
    }

    /// Also the form of UnprocessedItems.
    static func tableWrites(_ tables: [BatchWriteItemRequest.TableWrites]) -> Document {
        .object(
            tables.map { table in
                let writes = table.writes.map { write in
                    switch write {
                    case .put(let item): wrap("PutRequest", "Item", item)
                    case .delete(let key): wrap("DeleteRequest", "Key", key)
                    }
                }
                return Document.Member(table.tableName, .array(writes))
            }
        )
    }

    private static func wrap(_ outer: String, _ inner: String, _ item: Item) -> Document {
        let content = Document.object([Document.Member(inner, AttributeValueEncoder.encode(item))])
        return .object([Document.Member(outer, content)])
    }

    static func transactWriteItems(_ request: TransactWriteItemsRequest) -> Document {
        var body = ObjectBuilder()
        body.add("TransactItems", Document.array(request.transactItems.map(transactWriteAction)))
        body.add("ClientRequestToken", request.clientRequestToken)
        body.addReturns(request.returnConsumedCapacity, request.returnItemCollectionMetrics)
        return body.object
    }

    /// An action has the members of the single-item request of the same name, but for what to return.
    private static func transactWriteAction(_ action: TransactWriteAction) -> Document {
        let (name, document) =
            switch action {
            case .put(let put): ("Put", putItem(put))
            case .update(let update): ("Update", updateItem(update))
            case .delete(let delete): ("Delete", deleteItem(delete))
            case .conditionCheck(let check): ("ConditionCheck", conditionCheck(check))
            }
        guard case .object(let members) = document else { return document }
        let dropped = ["ReturnValues", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics"]
        return .object([Document.Member(name, .object(members.filter { !dropped.contains($0.name) }))])
    }

    private static func conditionCheck(_ request: ConditionCheckRequest) -> Document {
        var body = ObjectBuilder()
        body.add("TableName", request.tableName)
        body.add("Key", request.key)
        body.add("ConditionExpression", request.conditionExpression)
        body.add(request.expressionAttributes)
        body.add(request.returnValuesOnConditionCheckFailure)
        return body.object
    }

    static func transactGetItems(_ request: TransactGetItemsRequest) -> Document {
        var body = ObjectBuilder()
        let actions = request.transactItems.map { action in
            var get = ObjectBuilder()
            get.add("TableName", action.tableName)
            get.add("Key", action.key)
            get.add("ProjectionExpression", action.projectionExpression)
            get.addNames(action.expressionAttributeNames)
            return Document.object([Document.Member("Get", get.object)])
        }
        body.add("TransactItems", Document.array(actions))
        body.addReturns(request.returnConsumedCapacity)
        return body.object
    }

    static func executeStatement(_ request: ExecuteStatementRequest) -> Document {
        var body = ObjectBuilder()
        body.add(request.statement)
        body.add("NextToken", request.nextToken)
        body.add("Limit", request.limit)
        body.addReturns(request.returnConsumedCapacity)
        return body.object
    }

    static func batchExecuteStatement(_ request: BatchExecuteStatementRequest) -> Document {
        var body = ObjectBuilder()
        body.add("Statements", Document.array(request.statements.map(statement)))
        body.addReturns(request.returnConsumedCapacity)
        return body.object
    }

    static func executeTransaction(_ request: ExecuteTransactionRequest) -> Document {
        var body = ObjectBuilder()
        // Statements of a transaction have no ConsistentRead.
        let statements = request.transactStatements.map { parameterized in
            var parameterized = parameterized
            parameterized.consistentRead = false
            return statement(parameterized)
        }
        body.add("TransactStatements", Document.array(statements))
        body.add("ClientRequestToken", request.clientRequestToken)
        body.addReturns(request.returnConsumedCapacity)
        return body.object
    }

    private static func statement(_ statement: ParameterizedStatement) -> Document {
        var body = ObjectBuilder()
        body.add(statement)
        return body.object
    }
}

extension ObjectBuilder {
    mutating func add(_ statement: ParameterizedStatement) {
        add("Statement", statement.statement)
        if !statement.parameters.isEmpty {
            add("Parameters", Document.array(statement.parameters.map(AttributeValueEncoder.encode)))
        }
        add("ConsistentRead", statement.consistentRead, unless: false)
        add(statement.returnValuesOnConditionCheckFailure)
    }
}
