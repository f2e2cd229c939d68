import Model

/// PutItem, UpdateItem, DeleteItem and ConditionCheck.
extension CommandParser {
    /// What the clauses of a write fill in.
    struct Writing {
        var options = WriteOptions()
        var update: [String] = []
        var wholeUpdate: String?

        var updateExpression: String? {
            wholeUpdate ?? (update.isEmpty ? nil : update.count == 1 ? update[0] : update.joined(separator: " "))
        }
    }

    /// "PutItem" [target] object { clause }
    ///
    /// Nil when the object is a raw body, which only a statement without a target can have: then nothing was taken.
    mutating func parsePutItem() throws(SyntaxError) -> PutItemRequest {
        let target = try parseKnownTarget(.putItem)
        try refuseIndex(target, .putItem)
        let table = target.table
        let item: Item
        switch token.kind {
        case .leftBrace: item = try parseItem(keys: table.key.attributes)
        case .valuePlaceholder:
            let range = token.range
            guard case .map(let map) = try parseLiteral().plainValue() else {
                throw SyntaxError("an item is a map", at: range)
            }
            item = Item(map)
        case .word where keyword == .dynamoDBJSON || keyword == .plainJSON: item = try parseForcedItem()
        default: throw unexpected("an item {…}")
        }
        let writing = try parseWriteClauses(.putItem)
        return PutItemRequest(tableName: table.name, item: item, options: writing.options)
    }

    /// "UpdateItem" [target] key { update | clause }
    mutating func parseUpdateItem() throws(SyntaxError) -> UpdateItemRequest {
        let (table, key) = try parseWrittenKey(.updateItem)
        let writing = try parseWriteClauses(.updateItem)
        return UpdateItemRequest(
            tableName: table.name,
            key: key,
            updateExpression: writing.updateExpression,
            options: writing.options
        )
    }

    /// "DeleteItem" [target] key { clause }
    mutating func parseDeleteItem() throws(SyntaxError) -> DeleteItemRequest {
        let (table, key) = try parseWrittenKey(.deleteItem)
        let writing = try parseWriteClauses(.deleteItem)
        return DeleteItemRequest(tableName: table.name, key: key, options: writing.options)
    }

    /// "ConditionCheck" [target] key { clause }
    mutating func parseConditionCheck() throws(SyntaxError) -> ConditionCheckRequest {
        let (table, key) = try parseWrittenKey(.conditionCheck)
        let writing = try parseWriteClauses(.conditionCheck)
        guard let condition = writing.options.conditionExpression else { throw unexpected("IF condition") }
        return ConditionCheckRequest(
            tableName: table.name,
            key: key,
            conditionExpression: condition,
            expressionAttributes: writing.options.expressionAttributes,
            returnValuesOnConditionCheckFailure: writing.options.returnValuesOnConditionCheckFailure
        )
    }

    private mutating func parseWrittenKey(_ verb: Verb) throws(SyntaxError) -> (KnownTable, Item) {
        let target = try parseKnownTarget(verb)
        try refuseIndex(target, verb)
        return (target.table, try parseKey(target.table.key.attributes, target.table, verb))
    }

    /// { "IF" cond | "ELSE" "ALL_OLD" | "RETURN" RETVAL | update | names }
    @inline(__always)
    private mutating func parseWriteClauses(_ verb: Verb) throws(SyntaxError) -> Writing {
        var writing = Writing()
        while let clause = try nextClause(verb) { try parseWriteClause(clause, &writing, verb) }
        writing.options.expressionAttributes = try expressionAttributes()
        return writing
    }

    private mutating func parseWriteClause(
        _ clause: Keyword,
        _ writing: inout Writing,
        _ verb: Verb
    ) throws(SyntaxError) {
        switch clause {
        case .condition: writing.options.conditionExpression = try parseCondition()
        case .otherwise:
            let choices = ReturnValuesOnConditionCheckFailure.allCases
            writing.options.returnValuesOnConditionCheckFailure = try parseChoice("ELSE", choices)
        case .returning:
            let choices = verb == .updateItem ? ReturnValues.allCases : [.none, .allOld]
            writing.options.returnValues = try parseChoice("RETURN", choices)
        case .set, .remove, .add, .delete:
            try exclude(clause, with: .updateExpression)
            writing.update.append(try parseUpdateSection(clause))
        case .updateExpression:
            for section in [Keyword.set, .remove, .add, .delete] { try exclude(clause, with: section) }
            writing.wholeUpdate = try parseQuotedExpression()
        case .names: try parseNames()
        case .values: try parseValues()
        case .returnConsumedCapacity:
            let choices = ReturnConsumedCapacity.allCases
            writing.options.returnConsumedCapacity = try parseChoice(clause.rawValue, choices)
        case .returnItemCollectionMetrics:
            let choices = ReturnItemCollectionMetrics.allCases
            writing.options.returnItemCollectionMetrics = try parseChoice(clause.rawValue, choices)
        default: preconditionFailure("\(clause) is a clause of \(verb) without a rule")
        }
    }
}
