import Model

/// Statements in parentheses: batches and transactions.
extension CommandParser {
    /// block ::= "(" statement { ";" statement } [ ";" ] ")"
    ///
    /// `parse` reads one statement, its verb taken already.
    private mutating func parseBlock(
        of block: Verb,
        _ allowed: [Verb],
        _ parse: (inout CommandParser, Verb, Range<Int>) throws(SyntaxError) -> Void
    ) throws(SyntaxError) {
        try expect(.leftParenthesis, "( and the statements")
        let outer = statement
        while token.kind != .rightParenthesis {
            for verb in allowed { expecting(.word(verb.name, kind: "verb")) }
            let word = token
            let verb = try parseInnerVerb(block, allowed)
            statement = StatementState()
            statement.placeholderPrefix = outer.placeholderPrefix
            statement.placeholders = Placeholders(prefix: outer.placeholderPrefix)
            statement.verb = verb
            statement.depth = outer.depth
            recorder?.verb = verb
            recorder?.clause = nil
            do throws(SyntaxError) {
                try parse(&self, verb, word.range)
            } catch {
                throw statement.placeholders.collide ? error : blame(error)
            }
            let notes = statement.notes
            statement = outer
            statement.notes += notes
            if !take(.semicolon) { break }
        }
        try expect(.rightParenthesis, "; or )")
        recorder?.verb = block
    }

    private mutating func parseInnerVerb(_ block: Verb, _ allowed: [Verb]) throws(SyntaxError) -> Verb {
        rewind()
        let word = takeVerbWord()
        let names = Suggestions.list(allowed.map(\.name))
        guard word.kind == .word else { throw unexpected(names) }
        guard let verb = Verb.named(bytes(of: word)) else {
            throw SyntaxError(
                "\(block.name) holds \(names), not \(shown(word))",
                at: word.range,
                remark: Suggestions.remark(text(of: word), among: allowed.map(\.name))
            )
        }
        if !allowed.contains(verb) {
            throw SyntaxError("\(block.name) holds \(names), not \(verb.name)", at: word.range)
        }
        advance()
        return verb
    }

    // MARK: Reads

    /// "BatchGet" block of GetItem
    mutating func parseBatchGet() throws(SyntaxError) -> BatchGetItemRequest {
        var request = BatchGetItemRequest(requestItems: [])
        try parseBlock(of: .batchGetItem, [.getItem]) { (parser, _, range) throws(SyntaxError) in
            let get = try parser.parseGetItem()
            try parser.add(get, to: &request, at: range)
        }
        while let clause = try nextClause(.batchGetItem) {
            request.returnConsumedCapacity = try parseChoice(clause.rawValue, ReturnConsumedCapacity.allCases)
        }
        return request
    }

    private func add(
        _ get: GetItemRequest,
        to batch: inout BatchGetItemRequest,
        at range: Range<Int>
    ) throws(SyntaxError) {
        if get.returnConsumedCapacity != .none { throw inBlockOnly("ReturnConsumedCapacity", .batchGetItem, range) }
        let keys = BatchGetItemRequest.TableKeys(
            tableName: get.tableName,
            keys: [get.key],
            consistentRead: get.consistentRead,
            projectionExpression: get.projectionExpression,
            expressionAttributeNames: get.expressionAttributes.names
        )
        guard let position = batch.requestItems.firstIndex(where: { $0.tableName == get.tableName }) else {
            batch.requestItems.append(keys)
            return
        }
        let first = batch.requestItems[position]
        guard first.consistentRead == keys.consistentRead, first.projectionExpression == keys.projectionExpression,
            first.expressionAttributeNames == keys.expressionAttributeNames
        else {
            throw SyntaxError(
                "BatchGet has one PROJECT and one CONSISTENT for each table; \(get.tableName) was read differently",
                at: range
            )
        }
        batch.requestItems[position].keys.append(get.key)
    }

    /// "TransactGet" block of GetItem
    mutating func parseTransactGet() throws(SyntaxError) -> TransactGetItemsRequest {
        var request = TransactGetItemsRequest(transactItems: [])
        try parseBlock(of: .transactGetItems, [.getItem]) { (parser, _, range) throws(SyntaxError) in
            let get = try parser.parseGetItem()
            if get.consistentRead {
                throw SyntaxError("TransactGet needs no CONSISTENT: it reads as of one moment", at: range)
            }
            if get.returnConsumedCapacity != .none {
                throw parser.inBlockOnly("ReturnConsumedCapacity", .transactGetItems, range)
            }
            request.transactItems.append(
                TransactGetAction(
                    tableName: get.tableName,
                    key: get.key,
                    projectionExpression: get.projectionExpression,
                    expressionAttributeNames: get.expressionAttributes.names
                )
            )
        }
        while let clause = try nextClause(.transactGetItems) {
            request.returnConsumedCapacity = try parseChoice(clause.rawValue, ReturnConsumedCapacity.allCases)
        }
        return request
    }

    // MARK: Writes

    /// "BatchWrite" block of PutItem and DeleteItem
    mutating func parseBatchWrite() throws(SyntaxError) -> BatchWriteItemRequest {
        var request = BatchWriteItemRequest(requestItems: [])
        func add(_ write: BatchWriteItemRequest.Write, to table: String) {
            if let position = request.requestItems.firstIndex(where: { $0.tableName == table }) {
                request.requestItems[position].writes.append(write)
            } else {
                request.requestItems.append(.init(tableName: table, writes: [write]))
            }
        }
        try parseBlock(of: .batchWriteItem, [.putItem, .deleteItem]) { (parser, verb, range) throws(SyntaxError) in
            if verb == .putItem {
                let put = try parser.parsePutItem()
                try parser.refuseClauses(of: .batchWriteItem, range)
                add(.put(item: put.item), to: put.tableName)
            } else {
                let delete = try parser.parseDeleteItem()
                try parser.refuseClauses(of: .batchWriteItem, range)
                add(.delete(key: delete.key), to: delete.tableName)
            }
        }
        while let clause = try nextClause(.batchWriteItem) {
            if clause == .returnConsumedCapacity {
                request.returnConsumedCapacity = try parseChoice(clause.rawValue, ReturnConsumedCapacity.allCases)
            } else {
                request.returnItemCollectionMetrics =
                    try parseChoice(clause.rawValue, ReturnItemCollectionMetrics.allCases)
            }
        }
        return request
    }

    private func refuseClauses(of block: Verb, _ range: Range<Int>) throws(SyntaxError) {
        guard let clause = statement.used.keywords.first else { return }
        throw SyntaxError(
            "\(block.name) takes no \(clause.rawValue)",
            at: statement.clauseStart..<max(statement.clauseStart, previousEnd),
            remark: clause == .condition ? "TransactWrite does" : nil
        )
    }

    private func inBlockOnly(_ clause: String, _ block: Verb, _ range: Range<Int>) -> SyntaxError {
        SyntaxError("\(clause) stands behind the block of \(block.name)", at: range)
    }

    /// "TransactWrite" block of PutItem, UpdateItem, DeleteItem and ConditionCheck [ "TOKEN" value ]
    mutating func parseTransactWrite() throws(SyntaxError) -> TransactWriteItemsRequest {
        var request = TransactWriteItemsRequest(transactItems: [])
        let allowed: [Verb] = [.putItem, .updateItem, .deleteItem, .conditionCheck]
        try parseBlock(of: .transactWriteItems, allowed) { (parser, verb, range) throws(SyntaxError) in
            let action: TransactWriteAction =
                switch verb {
                case .putItem: .put(try parser.parsePutItem())
                case .updateItem: .update(try parser.parseUpdateItem())
                case .deleteItem: .delete(try parser.parseDeleteItem())
                default: .conditionCheck(try parser.parseConditionCheck())
                }
            for clause in [Keyword.returning, .returnConsumedCapacity, .returnItemCollectionMetrics]
            where parser.statement.used.contains(clause) {
                throw SyntaxError(
                    "a transaction takes no \(clause.rawValue) inside",
                    at: range,
                    remark: clause == .returning ? "ELSE ALL_OLD returns the item that failed it" : nil
                )
            }
            request.transactItems.append(action)
        }
        while let clause = try nextClause(.transactWriteItems) {
            switch clause {
            case .token: request.clientRequestToken = try parseTokenText()
            case .returnConsumedCapacity:
                request.returnConsumedCapacity = try parseChoice(clause.rawValue, ReturnConsumedCapacity.allCases)
            default:
                request.returnItemCollectionMetrics =
                    try parseChoice(clause.rawValue, ReturnItemCollectionMetrics.allCases)
            }
        }
        return request
    }

    /// The text of TOKEN, perhaps from a parameter.
    mutating func parseTokenText() throws(SyntaxError) -> String {
        let range = token.range
        guard beginsLiteral || token.kind == .valuePlaceholder else { throw unexpected("a text in quotes") }
        guard case .string(let text) = try parseLiteral().plainValue() else {
            throw SyntaxError("TOKEN takes a text", at: range)
        }
        return text
    }
}
