import Expressions
import Model
import PartiQL

/// What each request wants to do, as policies see it: its actions, the resources, and what conditions may ask.
/// Source: reference I6.
///
/// What cannot be read of a malformed request is left out: the request is refused later, by the same rules that could
/// not read it here.
extension Region {
    func accesses(of request: Request) -> [AccessRequest] {
        switch request {
        case .putItem(let put): return [access(put)]
        case .updateItem(let update): return [access(update)]
        case .deleteItem(let delete): return [access(delete)]
        case .getItem(let get):
            var facts = readFacts(
                keys: [get.key],
                of: get.tableName,
                get.projectionExpression,
                attributesToGet: get.attributesToGet,
                get.expressionAttributes
            )
            facts[.returnConsumedCapacity] = [get.returnConsumedCapacity.rawValue]
            return [AccessRequest(.getItem, resource(get.tableName), facts)]
        case .query(let query): return [access(query)]
        case .scan(let scan): return [access(scan)]
        case .batchGetItem(let batch):
            return batch.requestItems.map { table in
                let attributes = ExpressionAttributes(names: table.expressionAttributeNames)
                var facts = readFacts(
                    keys: table.keys,
                    of: table.tableName,
                    table.projectionExpression,
                    attributesToGet: table.attributesToGet,
                    attributes
                )
                facts[.returnConsumedCapacity] = [batch.returnConsumedCapacity.rawValue]
                return AccessRequest(.batchGetItem, resource(table.tableName), facts)
            }
        case .batchWriteItem(let batch):
            return batch.requestItems.map { table in
                let items = table.writes.map { write in
                    switch write {
                    case .put(let item), .delete(let item): item
                    }
                }
                var facts = itemFacts(items, of: table.tableName)
                facts[.returnConsumedCapacity] = [batch.returnConsumedCapacity.rawValue]
                return AccessRequest(.batchWriteItem, resource(table.tableName), facts)
            }
        case .transactWriteItems(let transaction):
            return transaction.transactItems.map { action in
                enclosed(access(action), in: .transactWriteItems, transaction.returnConsumedCapacity)
            }
        case .transactGetItems(let transaction):
            return transaction.transactItems.map { get in
                let attributes = ExpressionAttributes(names: get.expressionAttributeNames)
                let facts = readFacts(keys: [get.key], of: get.tableName, get.projectionExpression, attributes)
                let access = AccessRequest(.getItem, resource(get.tableName), facts)
                return enclosed(access, in: .transactGetItems, transaction.returnConsumedCapacity)
            }
        case .executeStatement(let execution): return accesses(of: execution.statement, in: .executeStatement)
        case .batchExecuteStatement(let batch):
            return batch.statements.flatMap { accesses(of: $0, in: .batchExecuteStatement) }
        case .executeTransaction(let transaction):
            return transaction.transactStatements.flatMap { accesses(of: $0, in: .executeTransaction) }
        case .createTable(let request): return [AccessRequest(.createTable, resource(request.tableName))]
        case .updateTable(let request): return [AccessRequest(.updateTable, resource(request.tableName))]
        case .deleteTable(let request): return [AccessRequest(.deleteTable, resource(request.tableName))]
        case .describeTable(let request): return [AccessRequest(.describeTable, resource(request.tableName))]
        case .listTables: return [AccessRequest(.listTables, resource("*"))]
        case .updateTimeToLive(let request): return [AccessRequest(.updateTimeToLive, resource(request.tableName))]
        case .describeTimeToLive(let request): return [AccessRequest(.describeTimeToLive, resource(request.tableName))]
        case .tagResource(let request): return [AccessRequest(.tagResource, request.resourceArn)]
        case .untagResource(let request): return [AccessRequest(.untagResource, request.resourceArn)]
        case .listTagsOfResource(let request): return [AccessRequest(.listTagsOfResource, request.resourceArn)]
        case .putResourcePolicy(let request): return [AccessRequest(.putResourcePolicy, request.resourceArn)]
        case .getResourcePolicy(let request): return [AccessRequest(.getResourcePolicy, request.resourceArn)]
        case .deleteResourcePolicy(let request): return [AccessRequest(.deleteResourcePolicy, request.resourceArn)]
        case .describeLimits, .describeEndpoints: return [AccessRequest(request.operation, "*")]
        case .listStreams(let request):
            return [AccessRequest(.listStreams, resource(request.tableName ?? "*") + "/stream/*")]
        case .describeStream(let request): return [AccessRequest(.describeStream, request.streamArn)]
        case .getShardIterator(let request): return [AccessRequest(.getShardIterator, request.streamArn)]
        case .getRecords(let request): return [AccessRequest(.getRecords, streamArn(ofIterator: request.shardIterator))]
        }
    }

    private func enclosed(
        _ access: AccessRequest,
        in operation: Operation,
        _ wantedCapacity: ReturnConsumedCapacity
    ) -> AccessRequest {
        var access = access
        access.context[.enclosingOperation] = [operation.rawValue]
        access.context[.returnConsumedCapacity] = [wantedCapacity.rawValue]
        // The actions of a transaction have no ReturnValues.
        access.context[.returnValues] = nil
        return access
    }

    // MARK: Writes

    private func access(_ put: PutItemRequest) -> AccessRequest {
        AccessRequest(.putItem, resource(put.tableName), facts([put.item], of: put.tableName, put.options))
    }

    private func access(_ update: UpdateItemRequest) -> AccessRequest {
        let facts = facts(
            [update.key],
            of: update.tableName,
            update.options,
            update: update.updateExpression,
            attributeNames(update.attributeUpdates)
        )
        return AccessRequest(.updateItem, resource(update.tableName), facts)
    }

    private func access(_ delete: DeleteItemRequest) -> AccessRequest {
        AccessRequest(
            .deleteItem,
            resource(delete.tableName),
            facts([delete.key], of: delete.tableName, delete.options)
        )
    }

    private func facts(
        _ items: [Item],
        of tableName: String,
        _ options: WriteOptions,
        update: String? = nil,
        _ updatedNames: [String] = []
    ) -> AccessFacts {
        let names = mentionedNames(
            update: update,
            condition: options.conditionExpression,
            options.expressionAttributes
        )
        var facts = itemFacts(items, of: tableName, names + updatedNames + attributeNames(options.expected))
        facts[.returnValues] = [options.returnValues.rawValue]
        facts[.returnConsumedCapacity] = [options.returnConsumedCapacity.rawValue]
        return facts
    }

    private func access(_ action: TransactWriteAction) -> AccessRequest {
        switch action {
        case .put(let put): return access(put)
        case .update(let update): return access(update)
        case .delete(let delete): return access(delete)
        case .conditionCheck(let check):
            let names = mentionedNames(condition: check.conditionExpression, check.expressionAttributes)
            return AccessRequest(
                action: "dynamodb:ConditionCheckItem",
                resource: resource(check.tableName),
                context: itemFacts([check.key], of: check.tableName, names)
            )
        }
    }

    // MARK: Reads

    private func access(_ query: QueryRequest) -> AccessRequest {
        let names = mentionedNames(
            keyCondition: query.keyConditionExpression,
            filter: query.filterExpression,
            projection: query.projectionExpression,
            query.expressionAttributes
        )
        var facts = AccessFacts()
        facts[.leadingKeys] = leadingKeys(of: query)
        let legacyNames =
            attributeNames(query.keyConditions) + attributeNames(query.queryFilter) + (query.attributesToGet ?? [])
        facts[.attributes] = (names + legacyNames).eachOnce
        let hasProjection = query.projectionExpression != nil || query.attributesToGet != nil
        facts[.select] = [selection(query.select, hasProjection, isOfIndex: query.indexName != nil).rawValue]
        facts[.returnConsumedCapacity] = [query.returnConsumedCapacity.rawValue]
        return AccessRequest(.query, resource(query.tableName, index: query.indexName), facts)
    }

    private func access(_ scan: ScanRequest) -> AccessRequest {
        let names = mentionedNames(
            filter: scan.filterExpression,
            projection: scan.projectionExpression,
            scan.expressionAttributes
        )
        var facts = AccessFacts()
        facts[.attributes] = (names + attributeNames(scan.scanFilter) + (scan.attributesToGet ?? [])).eachOnce
        let hasProjection = scan.projectionExpression != nil || scan.attributesToGet != nil
        facts[.select] = [selection(scan.select, hasProjection, isOfIndex: scan.indexName != nil).rawValue]
        facts[.returnConsumedCapacity] = [scan.returnConsumedCapacity.rawValue]
        return AccessRequest(.scan, resource(scan.tableName, index: scan.indexName), facts)
    }

    /// Which attributes a read returns when it does not say so.
    private func selection(_ select: Select?, _ hasProjection: Bool, isOfIndex: Bool) -> Select {
        if let select { return select }
        if hasProjection { return .specificAttributes }
        return isOfIndex ? .allProjectedAttributes : .allAttributes
    }

    private func leadingKeys(of query: QueryRequest) -> [String] {
        guard let key = key(of: query.tableName, index: query.indexName) else { return [] }
        let condition: KeyConditionExpression?
        if let text = query.keyConditionExpression {
            var binder = ExpressionBinder(query.expressionAttributes, cache: expressions)
            condition = try? binder.keyCondition(text)
        } else {
            condition = try? KeyConditionExpression(keyConditions: query.keyConditions)
        }
        return (try? condition?.resolve(against: key))?.hashValues.compactMap(\.policyText) ?? []
    }

    // MARK: PartiQL

    /// None for a statement that cannot be read.
    func accesses(of request: ParameterizedStatement, in operation: Operation) -> [AccessRequest] {
        guard let statement = try? statements.statement(request.statement).bound(to: request.parameters) else {
            return []
        }
        var facts = AccessFacts()
        facts[.attributes] = statement.mentionedNames
        if operation != .executeStatement { facts[.enclosingOperation] = [operation.rawValue] }
        let action: String
        switch statement {
        case .select(let select), .exists(let select):
            action = "PartiQLSelect"
            add(select, to: &facts)
        case .insert(let insert):
            action = "PartiQLInsert"
            facts[.leadingKeys] = leadingKeys(of: [insert.item], in: insert.source.table)
        case .update(let update):
            action = "PartiQLUpdate"
            facts[.returnValues] = [update.returning.name]
            facts[.leadingKeys] = leadingKeys(of: update.source) { key throws(ServiceError) in
                try update.target(for: key).key
            }
        case .delete(let delete):
            action = "PartiQLDelete"
            facts[.returnValues] = [(delete.returnsOld ? Returning.allOld : nil).name]
            facts[.leadingKeys] = leadingKeys(of: delete.source) { key throws(ServiceError) in
                try delete.target(for: key).key
            }
        }
        let source = statement.source
        return [
            AccessRequest(
                action: "dynamodb:\(action)",
                resource: resource(source.table, index: source.index),
                context: facts
            )
        ]
    }

    private func add(_ select: SelectStatement, to facts: inout AccessFacts) {
        let isOfIndex = select.source.index != nil
        facts[.select] = [selection(nil, select.paths != nil, isOfIndex: isOfIndex).rawValue]
        guard let key = key(of: select.source.table, index: select.source.index),
            let access = try? select.keyAccess(for: key)
        else { return }
        facts[.fullTableScan] = [access.kind == .scan ? "true" : "false"]
        facts[.leadingKeys] = access.conditions.flatMap { $0.hashValues.compactMap(\.policyText) }
    }

    private func leadingKeys(
        of source: PartiQLSource,
        _ target: (KeySchema) throws(ServiceError) -> Item
    ) -> [String] {
        guard let key = key(of: source.table, index: nil), let item = try? target(key) else { return [] }
        return leadingKeys(of: [item], in: source.table)
    }

    // MARK: Facts

    /// Of requests that name items, or their keys, one by one.
    private func itemFacts(_ items: [Item], of table: String, _ names: [String] = []) -> AccessFacts {
        var facts = AccessFacts()
        facts[.leadingKeys] = leadingKeys(of: items, in: table)
        facts[.attributes] = (items.flatMap(\.attributes.names) + names).eachOnce
        return facts
    }

    private func readFacts(
        keys: [Item],
        of table: String,
        _ projection: String?,
        attributesToGet: [String]? = nil,
        _ attributes: ExpressionAttributes
    ) -> AccessFacts {
        let names = mentionedNames(projection: projection, attributes) + (attributesToGet ?? [])
        var facts = itemFacts(keys, of: table, names)
        let hasProjection = projection != nil || attributesToGet != nil
        facts[.select] = [selection(nil, hasProjection, isOfIndex: false).rawValue]
        return facts
    }

    private func leadingKeys(of items: [Item], in table: String) -> [String] {
        guard let key = key(of: table, index: nil) else { return [] }
        return items.compactMap { $0[key.partitionKey.attribute]?.policyText }.eachOnce
    }

    /// The key of a table, or of one of its indexes; nil when there is none such.
    private func key(of nameOrArn: String, index: String?) -> KeySchema? {
        guard let table = try? metadata.reference(to: nameOrArn).table else { return nil }
        guard let index else { return table.key }
        return (try? readTarget(table: table, index: index))?.key
    }

    /// The attributes that expressions name, each once.
    private func mentionedNames(
        update: String? = nil,
        condition: String? = nil,
        keyCondition: String? = nil,
        filter: String? = nil,
        projection: String? = nil,
        _ attributes: ExpressionAttributes
    ) -> [String] {
        var binder = ExpressionBinder(attributes, cache: expressions)
        var names: [String] = []
        if let update, let update = try? binder.update(update) { names += update.mentionedNames }
        if let condition, let condition = try? binder.condition(condition, in: .condition) {
            names += condition.topLevelNames
        }
        if let keyCondition, let condition = try? binder.keyCondition(keyCondition) {
            names += condition.attributeNames
        }
        if let filter, let filter = try? binder.condition(filter, in: .filter) { names += filter.topLevelNames }
        if let projection, let projection = try? binder.projection(projection) { names += projection.topLevelNames }
        return names.eachOnce
    }

    private func resource(_ nameOrArn: String, index: String? = nil) -> String {
        let name = ResourceArn(nameOrArn)?.tableName ?? nameOrArn
        return "\(arn(ofTable: name))\(index.map { "/index/\($0)" } ?? "")"
    }
}

/// What a request tells of itself, by condition key.
typealias AccessFacts = [ConditionKey: [String]]

extension AccessRequest {
    /// An operation that is an action of its own.
    fileprivate init(_ operation: Operation, _ resource: String, _ facts: AccessFacts = [:]) {
        self.init(action: "dynamodb:\(operation.rawValue)", resource: resource, context: facts)
    }
}

extension AttributeValue {
    /// A key's value as conditions compare it: numbers by their canonical text, binaries as base64.
    fileprivate var policyText: String? {
        switch self {
        case .string(let text): text
        case .number(let number): number.text
        case .binary(let bytes): Base64.encode(bytes)
        default: nil
        }
    }
}

/// The attributes that a map of one of the older parameters names.
private func attributeNames<Value>(_ map: [AttributeName: Value]?) -> [String] {
    map?.sortedByName.map(\.name.description) ?? []
}

extension Returning? {
    /// The API's name of what RETURNING asks for.
    fileprivate var name: String {
        let values: ReturnValues =
            switch self {
            case nil: .none
            case .allOld?: .allOld
            case .allNew?: .allNew
            case .modifiedOld?: .updatedOld
            case .modifiedNew?: .updatedNew
            }
        return values.rawValue
    }
}

extension [String] {
    fileprivate var eachOnce: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
