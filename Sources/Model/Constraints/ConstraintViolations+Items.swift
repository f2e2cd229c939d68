/// The modelled constraints of reads, batches, transactions and statements.
extension ConstraintViolations {
    public mutating func check(_ request: QueryRequest) {
        checkIndexName(request.indexName)
        // Query is the one operation that leaves the value out.
        if let limit = request.limit, limit < 1 { add(withoutValueAt: "Limit", .valueAtLeast(1)) }
    }

    public mutating func check(_ request: ScanRequest) {
        checkIndexName(request.indexName)
        if let limit = request.limit { check(value: limit, at: "limit", 1...Int.max) }
        if let total = request.totalSegments { check(value: total, at: "totalSegments", 1...1_000_000) }
        if let segment = request.segment { check(value: segment, at: "segment", 0...999_999) }
    }

    public mutating func check(_ request: BatchGetItemRequest) {
        for table in request.requestItems { check(batchTable: table.tableName) }
        for table in request.requestItems {
            if table.keys.isEmpty { add("[]", at: "requestItems.\(table.tableName).member.keys", .lengthAtLeast(1)) }
            if table.keys.count > Limits.batchGetKeys {
                add(withoutValueAt: "RequestItems.\(table.tableName).member.Keys", .lengthAtMost(Limits.batchGetKeys))
            }
        }
    }

    public mutating func check(_ request: BatchWriteItemRequest) {
        for table in request.requestItems { check(batchTable: table.tableName) }
        let allowed = 1...Limits.batchWriteRequests
        if request.requestItems.allSatisfy({ allowed.contains($0.writes.count) }) { return }
        // The service prints every request; the lists are cut short here.
        let tables = request.requestItems.map { "\($0.tableName)=[\($0.writes.isEmpty ? "" : "...")]" }
        add(
            "{\(tables.joined(separator: ", "))}",
            at: "requestItems",
            .mapValues([.lengthAtMost(allowed.upperBound), .lengthAtLeast(allowed.lowerBound)])
        )
    }

    public mutating func check(_ request: TransactWriteItemsRequest) {
        for (offset, action) in request.transactItems.enumerated() {
            check(nameOrArn: action.tableName, at: "transactItems.\(offset + 1).member.\(action.memberName).tableName")
        }
        check(count: request.transactItems.count, at: "transactItems", 1...Limits.transactionActions)
        check(token: request.clientRequestToken)
    }

    public mutating func check(_ request: TransactGetItemsRequest) {
        for (offset, action) in request.transactItems.enumerated() {
            check(nameOrArn: action.tableName, at: "transactItems.\(offset + 1).member.get.tableName")
        }
        check(count: request.transactItems.count, at: "transactItems", 1...Limits.transactionActions)
    }

    public mutating func check(_ request: ExecuteStatementRequest) {
        check(request.statement, at: "")
        if let token = request.nextToken {
            check(length: token.utf16.count, of: token, at: "nextToken", 1...32_768)
        }
        if let limit = request.limit { check(value: limit, at: "limit", 1...Int.max) }
    }

    public mutating func check(_ request: BatchExecuteStatementRequest) {
        check(count: request.statements.count, at: "statements", 1...25)
        for (offset, statement) in request.statements.enumerated() {
            check(statement, at: "statements.\(offset + 1).member.")
        }
    }

    public mutating func check(_ request: ExecuteTransactionRequest) {
        check(count: request.transactStatements.count, at: "transactStatements", 1...Limits.transactionActions)
        check(token: request.clientRequestToken)
        for (offset, statement) in request.transactStatements.enumerated() {
            check(statement, at: "transactStatements.\(offset + 1).member.")
        }
    }

    /// The table's name as a key of `RequestItems`.
    private mutating func check(batchTable name: String) {
        if ConstraintViolations.ofTableName(name, minimum: 1, acceptsArn: true).isEmpty { return }
        add(
            "{\(name)=...}",
            at: "requestItems",
            .mapKeys([
                .lengthAtMost(Limits.tableNameLength.upperBound), .lengthAtLeast(1),
                .pattern(ConstraintViolations.namePattern),
            ])
        )
    }

    private mutating func check(_ statement: ParameterizedStatement, at prefix: String) {
        let text = statement.statement
        check(length: text.utf16.count, of: text, at: prefix + "statement", 1...Limits.statementSize)
    }

    private mutating func check(count: Int, at path: String, _ range: ClosedRange<Int>) {
        check(length: count, of: count == 0 ? "[]" : "[...]", at: path, range)
    }

    private mutating func check(token: String?) {
        guard let token else { return }
        let range = 1...Limits.clientRequestTokenLength
        check(length: token.utf16.count, of: token, at: "clientRequestToken", range)
    }

    private mutating func checkIndexName(_ name: String?) {
        if let name { check(name: name, at: "indexName", minimum: Limits.tableNameLength.lowerBound) }
    }
}

extension TransactWriteAction {
    /// As constraints write it.
    fileprivate var memberName: String {
        switch self {
        case .put: "put"
        case .update: "update"
        case .delete: "delete"
        case .conditionCheck: "conditionCheck"
        }
    }
}
