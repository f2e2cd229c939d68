import Model
import Wire

/// Writes a request as a statement: keyword clauses with names and values in place, PartiQL as PartiQL, blocks over
/// several lines. No terminator.
///
/// What it writes reads back as a request of the same meaning. What the clauses cannot say, such as a request the
/// service would refuse, is written as a raw body.
public enum CanonicalPrinter {
    public static func print(_ request: Request, catalog: any TableCatalog) -> String {
        let writer = StatementWriter(catalog: catalog)
        if let text = writer.statement(request), readsBack(text, request, catalog) { return text }
        return rawBody(request)
    }

    /// The operation and its body.
    static func rawBody(_ request: Request) -> String {
        var format = ValueFormat()
        format.append(RequestEncoder.encode(request))
        return "\(request.operation.rawValue) \(format.text)"
    }

    private static func readsBack(_ text: String, _ request: Request, _ catalog: any TableCatalog) -> Bool {
        var parser = CommandParser(catalog: catalog)
        guard let parsed = try? parser.parse(text), case .call(let call) = parsed.command else { return false }
        return call.request.hasSameMeaning(as: request)
    }
}

/// The clauses of each kind of request. Nil where they cannot say it.
struct StatementWriter {
    let catalog: any TableCatalog

    func statement(_ request: Request) -> String? {
        switch request {
        case .putItem(let request): put(request)
        case .getItem(let request): get(request)
        case .updateItem(let request): update(request)
        case .deleteItem(let request): delete(request)
        case .query(let request): query(request)
        case .scan(let request): scan(request)
        case .batchGetItem(let request): batchGet(request)
        case .batchWriteItem(let request): batchWrite(request)
        case .transactWriteItems(let request): transactWrite(request)
        case .transactGetItems(let request): transactGet(request)
        case .executeStatement(let request): execute(request)
        case .batchExecuteStatement(let request): batchExecute(request)
        case .executeTransaction(let request): executeTransaction(request)
        case .createTable(let request): createTable(request)
        case .updateTable(let request): updateTable(request)
        case .deleteTable(let request): ValueFormat.table(request.tableName).map { "DropTable \($0)" }
        case .describeTable(let request): ValueFormat.table(request.tableName).map { "DescribeTable \($0)" }
        case .listTables(let request): listTables(request)
        case .updateTimeToLive(let request): updateTimeToLive(request)
        case .describeTimeToLive, .tagResource, .untagResource, .listTagsOfResource,
            .putResourcePolicy, .getResourcePolicy, .deleteResourcePolicy, .describeLimits, .describeEndpoints,
            .listStreams, .describeStream, .getShardIterator, .getRecords:
            nil
        }
    }

    private func listTables(_ request: ListTablesRequest) -> String {
        var text = "ListTables"
        if let start = request.exclusiveStartTableName { text += " AFTER \(formatValue(.string(start)))" }
        if let limit = request.limit { text += " LIMIT \(limit)" }
        return text
    }

    // MARK: Parts

    func target(_ table: String, _ index: String? = nil) -> String? {
        guard let table = ValueFormat.table(table) else { return nil }
        guard let index else { return table }
        return ValueFormat.table(index).map { "\(table)/\($0)" }
    }

    /// `PutItem app …`, for a table whose key is known; otherwise nothing behind it could be read.
    private func head(_ verb: Verb, _ table: String, _ index: String? = nil) -> String? {
        guard catalog.shape(of: table) != nil, let target = target(table, index) else { return nil }
        return "\(verb.name) \(target)"
    }

    /// The key attributes first, then the others by name.
    func item(_ item: Item, of table: String) -> String {
        let keys = catalog.shape(of: table)?.key.attributes.map(\.name) ?? []
        let attributes = item.attributes
        let first = keys.compactMap { name in attributes[name].map { (name, $0) } }
        let rest = attributes.entries.filter { !keys.contains($0.name) }.map { ($0.name, $0.value) }
        var format = ValueFormat()
        var text = ""
        for (name, value) in first + rest {
            format = ValueFormat()
            format.append(name: name)
            text += (text.isEmpty ? "" : ", ") + format.text + ": " + formatValue(value)
        }
        // An object as the key's value would make all of it DynamoDB JSON.
        let isAmbiguous = first.contains { $0.1.type == .map }
        return (isAmbiguous ? "json " : "") + "{\(text)}"
    }

    /// By position where that says the same.
    private func key(_ key: Item, of table: String) -> String {
        let attributes = catalog.shape(of: table)?.key.attributes ?? []
        let values = attributes.compactMap { attribute in
            key[attribute.attribute].flatMap { $0.type == attribute.type ? $0 : nil }
        }
        guard !values.isEmpty, values.count == attributes.count, key.count == values.count else {
            return item(key, of: table)
        }
        return values.map(formatValue).joined(separator: ", ")
    }

    /// Expressions in the language's own form; quoted, with NAMES and VALUES, when one of them has no such form.
    struct Expressions {
        var texts: [String?]
        var clauses = ""

        init(_ texts: [String?], _ attributes: ExpressionAttributes) {
            let parts = texts.map { text in text.map { ExpressionTokens($0, attributes) } }
            let written = parts.map { part in part.map { $0?.text } }
            let usedNames = parts.reduce(into: Set<String>()) { $0.formUnion($1??.usedNames ?? []) }
            let usedValues = parts.reduce(into: Set<String>()) { $0.formUnion($1??.usedValues ?? []) }
            let isWhole = !written.contains { $0 == .some(nil) }
            // An empty member is none of ours to leave out: the service refuses it.
            if isWhole, (attributes.names?.keys).map({ !$0.isEmpty && usedNames.isSuperset(of: $0) }) ?? true,
                (attributes.values?.keys).map({ !$0.isEmpty && usedValues.isSuperset(of: $0) }) ?? true
            {
                self.texts = written.map { $0 ?? nil }
                return
            }
            self.texts = texts.map { text in text.map { formatValue(.string($0)) } }
            clauses = Expressions.placeholderClauses(attributes)
        }

        private static func placeholderClauses(_ attributes: ExpressionAttributes) -> String {
            var text = ""
            if let names = attributes.names {
                let entries = names.sorted { $0.key.bytesPrecede($1.key) }.map { name, attribute in
                    "\(placeholder(name)): \(formatValue(.string(attribute)))"
                }
                text += " NAMES {\(entries.joined(separator: ", "))}"
            }
            if let values = attributes.values {
                let entries = values.sorted { $0.key.bytesPrecede($1.key) }.map { name, value in
                    "\(placeholder(name)): \(formatValue(value))"
                }
                let isAmbiguous = values.values.allSatisfy { $0.type == .map }
                text += " VALUES \(isAmbiguous ? "json " : ""){\(entries.joined(separator: ", "))}"
            }
            return text
        }

        private static func placeholder(_ name: String) -> String {
            let body = name.utf8.dropFirst()
            let isBare = !body.isEmpty && body.allSatisfy(isPlaceholderByte)
            return isBare ? name : formatValue(.string(name))
        }
    }

    private func capacity(_ capacity: ReturnConsumedCapacity) -> String {
        capacity == .none ? "" : " ReturnConsumedCapacity \(capacity.rawValue)"
    }

    private func metrics(_ metrics: ReturnItemCollectionMetrics) -> String {
        metrics == .none ? "" : " ReturnItemCollectionMetrics \(metrics.rawValue)"
    }

    private func clause(_ word: String, _ text: String?) -> String { text.map { " \(word) \($0)" } ?? "" }

    // MARK: Items

    private func put(_ request: PutItemRequest) -> String? {
        guard let head = head(.putItem, request.tableName) else { return nil }
        return head + " " + item(request.item, of: request.tableName) + clauses(of: request.options)
    }

    /// `IF` and what follows it.
    private func clauses(of options: WriteOptions) -> String {
        let expressions = Expressions([options.conditionExpression], options.expressionAttributes)
        return clauses(of: options, condition: expressions.texts[0], expressions)
    }

    private func clauses(of options: WriteOptions, condition: String?, _ expressions: Expressions) -> String {
        clause("IF", condition) + onFailure(options.returnValuesOnConditionCheckFailure)
            + returning(options.returnValues) + expressions.clauses + capacity(options.returnConsumedCapacity)
            + metrics(options.returnItemCollectionMetrics)
    }

    private func onFailure(_ values: ReturnValuesOnConditionCheckFailure) -> String {
        values == .none ? "" : " ELSE \(values.rawValue)"
    }

    private func returning(_ values: ReturnValues) -> String {
        values == .none ? "" : " RETURN \(values.rawValue)"
    }

    private func get(_ request: GetItemRequest) -> String? {
        guard let head = head(.getItem, request.tableName) else { return nil }
        let expressions = Expressions([request.projectionExpression], request.expressionAttributes)
        return head + " " + key(request.key, of: request.tableName) + clause("PROJECT", expressions.texts[0])
            + (request.consistentRead ? " CONSISTENT" : "") + expressions.clauses
            + capacity(request.returnConsumedCapacity)
    }

    private func update(_ request: UpdateItemRequest) -> String? {
        guard let head = head(.updateItem, request.tableName) else { return nil }
        let expressions = Expressions(
            [request.updateExpression, request.options.conditionExpression],
            request.options.expressionAttributes
        )
        let update: String
        if let text = expressions.texts[0] {
            update = expressions.clauses.isEmpty && !text.hasPrefix("'") ? " " + text : " UpdateExpression " + text
        } else {
            update = ""
        }
        return head + " " + key(request.key, of: request.tableName) + update
            + clauses(of: request.options, condition: expressions.texts[1], expressions)
    }

    private func delete(_ request: DeleteItemRequest) -> String? {
        guard let head = head(.deleteItem, request.tableName) else { return nil }
        return head + " " + key(request.key, of: request.tableName) + clauses(of: request.options)
    }

    private func check(_ request: ConditionCheckRequest) -> String? {
        guard let head = head(.conditionCheck, request.tableName) else { return nil }
        let expressions = Expressions([request.conditionExpression], request.expressionAttributes)
        return head + " " + key(request.key, of: request.tableName) + clause("IF", expressions.texts[0])
            + onFailure(request.returnValuesOnConditionCheckFailure) + expressions.clauses
    }

    // MARK: Pages

    private func query(_ request: QueryRequest) -> String? {
        guard let head = head(.query, request.tableName, request.indexName) else { return nil }
        let expressions = Expressions(
            [request.keyConditionExpression, request.filterExpression, request.projectionExpression],
            request.expressionAttributes
        )
        guard let key = expressions.texts[0] else { return nil }
        return head + clause("KEY", key) + clause("FILTER", expressions.texts[1])
            + clause("PROJECT", expressions.texts[2]) + select(request.select)
            + clause("LIMIT", request.limit.map(String.init)) + (request.scanIndexForward ? "" : " DESC")
            + clause("AFTER", request.exclusiveStartKey.map { item($0, of: request.tableName) })
            + (request.consistentRead ? " CONSISTENT" : "") + expressions.clauses
            + capacity(request.returnConsumedCapacity)
    }

    private func scan(_ request: ScanRequest) -> String? {
        guard let head = head(.scan, request.tableName, request.indexName) else { return nil }
        let expressions = Expressions(
            [request.filterExpression, request.projectionExpression],
            request.expressionAttributes
        )
        var segment = ""
        switch (request.segment, request.totalSegments) {
        case (let number?, let total?): segment = " SEGMENT \(number) OF \(total)"
        case (let number?, nil): segment = " SEGMENT \(number)"
        case (nil, let total?): segment = " TotalSegments \(total)"
        case (nil, nil): break
        }
        return head + clause("FILTER", expressions.texts[0]) + clause("PROJECT", expressions.texts[1])
            + select(request.select) + clause("LIMIT", request.limit.map(String.init))
            + clause("AFTER", request.exclusiveStartKey.map { item($0, of: request.tableName) }) + segment
            + (request.consistentRead ? " CONSISTENT" : "") + expressions.clauses
            + capacity(request.returnConsumedCapacity)
    }

    private func select(_ select: Select?) -> String {
        guard let select else { return "" }
        return select == .count ? " COUNT" : " Select \(select.rawValue)"
    }

    // MARK: Blocks

    private func block(_ verb: String, _ statements: [String?], _ tail: String) -> String? {
        let lines = statements.compactMap { $0 }
        if lines.count != statements.count || lines.isEmpty { return nil }
        return "\(verb) (\n  " + lines.joined(separator: ";\n  ") + ";\n)" + tail
    }

    private func batchGet(_ request: BatchGetItemRequest) -> String? {
        let gets = request.requestItems.flatMap { table in
            table.keys.map { key in
                get(
                    GetItemRequest(
                        tableName: table.tableName,
                        key: key,
                        consistentRead: table.consistentRead,
                        projectionExpression: table.projectionExpression,
                        expressionAttributes: ExpressionAttributes(names: table.expressionAttributeNames)
                    )
                )
            }
        }
        return block("BatchGet", gets, capacity(request.returnConsumedCapacity))
    }

    private func batchWrite(_ request: BatchWriteItemRequest) -> String? {
        let writes = request.requestItems.flatMap { table in
            table.writes.map { write in
                switch write {
                case .put(let item): put(PutItemRequest(tableName: table.tableName, item: item))
                case .delete(let key): delete(DeleteItemRequest(tableName: table.tableName, key: key))
                }
            }
        }
        return block(
            "BatchWrite",
            writes,
            capacity(request.returnConsumedCapacity) + metrics(request.returnItemCollectionMetrics)
        )
    }

    private func transactWrite(_ request: TransactWriteItemsRequest) -> String? {
        let actions = request.transactItems.map { action in
            switch action {
            case .put(let request): put(request)
            case .update(let request): update(request)
            case .delete(let request): delete(request)
            case .conditionCheck(let request): check(request)
            }
        }
        return block(
            "TransactWrite",
            actions,
            token(request.clientRequestToken) + capacity(request.returnConsumedCapacity)
                + metrics(request.returnItemCollectionMetrics)
        )
    }

    private func token(_ token: String?) -> String { clause("TOKEN", token.map { formatValue(.string($0)) }) }

    private func transactGet(_ request: TransactGetItemsRequest) -> String? {
        let gets = request.transactItems.map { action in
            get(
                GetItemRequest(
                    tableName: action.tableName,
                    key: action.key,
                    projectionExpression: action.projectionExpression,
                    expressionAttributes: ExpressionAttributes(names: action.expressionAttributeNames)
                )
            )
        }
        return block("TransactGet", gets, capacity(request.returnConsumedCapacity))
    }

    // MARK: PartiQL

    private func execute(_ request: ExecuteStatementRequest) -> String? {
        if request.nextToken != nil || request.limit != nil || request.returnConsumedCapacity != .none { return nil }
        return partiQL(request.statement)
    }

    private func partiQL(_ statement: ParameterizedStatement) -> String? {
        if statement.consistentRead || statement.returnValuesOnConditionCheckFailure != .none { return nil }
        if statement.parameters.isEmpty { return statement.statement }
        let values = statement.parameters.map { value in
            var format = ValueFormat(doublesQuotes: true)
            format.append(value)
            return (value.type == .map ? "json " : "") + format.text
        }
        return statement.statement + " PARAMS [\(values.joined(separator: ", "))]"
    }

    private func batchExecute(_ request: BatchExecuteStatementRequest) -> String? {
        block("BatchExecute", request.statements.map(partiQL), capacity(request.returnConsumedCapacity))
    }

    private func executeTransaction(_ request: ExecuteTransactionRequest) -> String? {
        block(
            "ExecuteTransaction",
            request.transactStatements.map(partiQL),
            token(request.clientRequestToken) + capacity(request.returnConsumedCapacity)
        )
    }
}
