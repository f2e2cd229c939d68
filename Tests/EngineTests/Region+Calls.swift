import Model

@testable import Engine

/// Requests in few words. Every call asks for its capacity, arm by arm.
extension Region {
    typealias Values = [String: AttributeValue]

    @discardableResult
    func put(
        _ table: String,
        _ item: Item,
        if condition: String? = nil,
        values: Values? = nil,
        returning: ReturnValues = .none,
        onFailure: ReturnValuesOnConditionCheckFailure = .none,
        capacity: ReturnConsumedCapacity = .indexes,
        metrics: ReturnItemCollectionMetrics = .none
    ) throws(ServiceError) -> WriteResponse {
        let request = PutItemRequest(
            tableName: table,
            item: item,
            options: .init(
                conditionExpression: condition,
                expressionAttributes: .init(values: values),
                returnValues: returning,
                returnValuesOnConditionCheckFailure: onFailure,
                returnConsumedCapacity: capacity,
                returnItemCollectionMetrics: metrics
            )
        )
        guard case .putItem(let response) = try perform(.putItem(request)) else { preconditionFailure("a put") }
        return response
    }

    @discardableResult
    func update(
        _ table: String,
        _ key: Item,
        _ expression: String?,
        if condition: String? = nil,
        values: Values? = nil,
        returning: ReturnValues = .none,
        onFailure: ReturnValuesOnConditionCheckFailure = .none,
        metrics: ReturnItemCollectionMetrics = .none
    ) throws(ServiceError) -> WriteResponse {
        let request = UpdateItemRequest(
            tableName: table,
            key: key,
            updateExpression: expression,
            options: .init(
                conditionExpression: condition,
                expressionAttributes: .init(values: values),
                returnValues: returning,
                returnValuesOnConditionCheckFailure: onFailure,
                returnConsumedCapacity: .indexes,
                returnItemCollectionMetrics: metrics
            )
        )
        guard case .updateItem(let response) = try perform(.updateItem(request)) else {
            preconditionFailure("an update")
        }
        return response
    }

    @discardableResult
    func delete(
        _ table: String,
        _ key: Item,
        if condition: String? = nil,
        values: Values? = nil,
        returning: ReturnValues = .none,
        onFailure: ReturnValuesOnConditionCheckFailure = .none,
        metrics: ReturnItemCollectionMetrics = .none
    ) throws(ServiceError) -> WriteResponse {
        let request = DeleteItemRequest(
            tableName: table,
            key: key,
            options: .init(
                conditionExpression: condition,
                expressionAttributes: .init(values: values),
                returnValues: returning,
                returnValuesOnConditionCheckFailure: onFailure,
                returnConsumedCapacity: .indexes,
                returnItemCollectionMetrics: metrics
            )
        )
        guard case .deleteItem(let response) = try perform(.deleteItem(request)) else {
            preconditionFailure("a delete")
        }
        return response
    }

    func getResponse(
        _ table: String,
        _ key: Item,
        consistent: Bool = true,
        projection: String? = nil
    ) throws(ServiceError) -> GetItemResponse {
        let request = GetItemRequest(
            tableName: table,
            key: key,
            consistentRead: consistent,
            projectionExpression: projection,
            returnConsumedCapacity: .indexes
        )
        guard case .getItem(let response) = try perform(.getItem(request)) else { preconditionFailure("a get") }
        return response
    }

    func get(_ table: String, _ key: Item, consistent: Bool = true) throws(ServiceError) -> Item? {
        try getResponse(table, key, consistent: consistent).item
    }

    func query(
        _ table: String,
        index: String? = nil,
        _ condition: String?,
        _ values: Values? = nil,
        names: [String: String]? = nil,
        filter: String? = nil,
        projection: String? = nil,
        limit: Int? = nil,
        after start: Item? = nil,
        forward: Bool = true,
        consistent: Bool = false,
        select: Select? = nil,
        capacity: ReturnConsumedCapacity = .indexes
    ) throws(ServiceError) -> PageResponse {
        let request = QueryRequest(
            tableName: table,
            indexName: index,
            keyConditionExpression: condition,
            filterExpression: filter,
            projectionExpression: projection,
            expressionAttributes: .init(names: names, values: values),
            limit: limit,
            exclusiveStartKey: start,
            scanIndexForward: forward,
            consistentRead: consistent,
            select: select,
            returnConsumedCapacity: capacity
        )
        guard case .query(let page) = try perform(.query(request)) else { preconditionFailure("a query") }
        return page
    }

    func scan(
        _ table: String,
        index: String? = nil,
        filter: String? = nil,
        _ values: Values? = nil,
        projection: String? = nil,
        limit: Int? = nil,
        after start: Item? = nil,
        segment: Int? = nil,
        of total: Int? = nil,
        consistent: Bool = false,
        select: Select? = nil
    ) throws(ServiceError) -> PageResponse {
        let request = ScanRequest(
            tableName: table,
            indexName: index,
            filterExpression: filter,
            projectionExpression: projection,
            expressionAttributes: .init(values: values),
            limit: limit,
            exclusiveStartKey: start,
            segment: segment,
            totalSegments: total,
            consistentRead: consistent,
            select: select,
            returnConsumedCapacity: .indexes
        )
        guard case .scan(let page) = try perform(.scan(request)) else { preconditionFailure("a scan") }
        return page
    }

    @discardableResult
    func batchWrite(
        _ tables: [(String, [BatchWriteItemRequest.Write])],
        capacity: ReturnConsumedCapacity = .indexes,
        metrics: ReturnItemCollectionMetrics = .none
    ) throws(ServiceError) -> BatchWriteItemResponse {
        let request = BatchWriteItemRequest(
            requestItems: tables.map { .init(tableName: $0.0, writes: $0.1) },
            returnConsumedCapacity: capacity,
            returnItemCollectionMetrics: metrics
        )
        guard case .batchWriteItem(let response) = try perform(.batchWriteItem(request)) else {
            preconditionFailure("a batch")
        }
        return response
    }

    func batchGet(
        _ tables: [BatchGetItemRequest.TableKeys],
        capacity: ReturnConsumedCapacity = .indexes
    ) throws(ServiceError) -> BatchGetItemResponse {
        let request = BatchGetItemRequest(requestItems: tables, returnConsumedCapacity: capacity)
        guard case .batchGetItem(let response) = try perform(.batchGetItem(request)) else {
            preconditionFailure("a batch")
        }
        return response
    }

    @discardableResult
    func transact(
        _ actions: [TransactWriteAction],
        token: String? = nil,
        capacity: ReturnConsumedCapacity = .indexes,
        metrics: ReturnItemCollectionMetrics = .none
    ) throws(ServiceError) -> TransactWriteItemsResponse {
        let request = TransactWriteItemsRequest(
            transactItems: actions,
            clientRequestToken: token,
            returnConsumedCapacity: capacity,
            returnItemCollectionMetrics: metrics
        )
        guard case .transactWriteItems(let response) = try perform(.transactWriteItems(request)) else {
            preconditionFailure("a transaction")
        }
        return response
    }

    func transactGet(
        _ actions: [TransactGetAction],
        capacity: ReturnConsumedCapacity = .indexes
    ) throws(ServiceError) -> TransactGetItemsResponse {
        let request = TransactGetItemsRequest(transactItems: actions, returnConsumedCapacity: capacity)
        guard case .transactGetItems(let response) = try perform(.transactGetItems(request)) else {
            preconditionFailure("a transaction")
        }
        return response
    }

    // MARK: Tables

    @discardableResult
    func create(_ request: CreateTableRequest) throws(ServiceError) -> TableDescription {
        guard case .createTable(let table) = try perform(.createTable(request)) else { preconditionFailure("a table") }
        return table
    }

    /// Creates the table and lets time pass until it is ACTIVE.
    func createAndWait(_ request: CreateTableRequest) throws(ServiceError) {
        try create(request)
        if profile == .teach { advance(byMicroseconds: 60_000_000) }
    }

    @discardableResult
    func updateTable(_ request: UpdateTableRequest) throws(ServiceError) -> TableDescription {
        guard case .updateTable(let table) = try perform(.updateTable(request)) else { preconditionFailure("a table") }
        return table
    }

    @discardableResult
    func deleteTable(_ name: String) throws(ServiceError) -> TableDescription {
        guard case .deleteTable(let table) = try perform(.deleteTable(.init(tableName: name))) else {
            preconditionFailure("a table")
        }
        return table
    }

    func describeTable(_ name: String) throws(ServiceError) -> TableDescription {
        guard case .describeTable(let table) = try perform(.describeTable(.init(tableName: name))) else {
            preconditionFailure("a table")
        }
        return table
    }

    func listTables(after start: String? = nil, limit: Int? = nil) throws(ServiceError) -> ListTablesResponse {
        let request = ListTablesRequest(exclusiveStartTableName: start, limit: limit)
        guard case .listTables(let response) = try perform(.listTables(request)) else { preconditionFailure("a list") }
        return response
    }

    /// Why the request is refused, or nil when it is not.
    func refusal(of request: CreateTableRequest) -> String? {
        message { () throws(ServiceError) in try create(request) }
    }

    func refusal(of request: UpdateTableRequest) -> String? {
        message { () throws(ServiceError) in try updateTable(request) }
    }

    func advance(seconds: Int64) { advance(byMicroseconds: seconds * 1_000_000) }
}

// MARK: Tables

extension CreateTableRequest {
    /// A provisioned table of `partitions` partitions: `("Music", "pk", .string, "sk", .number)`.
    static func table(
        _ name: String,
        _ partitionKey: String = "pk",
        _ partitionType: AttributeType = .string,
        sort: (String, AttributeType)? = nil,
        partitions: Int = 1,
        locals: [(String, (String, AttributeType), Projection)] = [],
        globals: [GlobalIndex] = [],
        onDemand: Bool = false
    ) -> CreateTableRequest {
        var definitions = [AttributeDefinition(partitionKey, partitionType)]
        func define(_ attribute: (String, AttributeType)) {
            if definitions.contains(where: { $0.attributeName == attribute.0 }) { return }
            definitions.append(AttributeDefinition(attribute.0, attribute.1))
        }
        var schema = [KeySchemaElement(partitionKey, .hash)]
        if let sort {
            schema.append(KeySchemaElement(sort.0, .range))
            define(sort)
        }
        for local in locals { define(local.1) }
        for global in globals { for attribute in global.hash + global.range { define(attribute) } }
        return CreateTableRequest(
            tableName: name,
            attributeDefinitions: definitions,
            keySchema: schema,
            billingMode: onDemand ? .payPerRequest : .provisioned,
            provisionedThroughput: onDemand ? nil : .forPartitions(partitions),
            localSecondaryIndexes: locals.isEmpty
                ? nil
                : locals.map {
                    .init(
                        indexName: $0.0,
                        keySchema: [.init(partitionKey, .hash), .init($0.1.0, .range)],
                        projection: $0.2
                    )
                },
            globalSecondaryIndexes: globals.isEmpty ? nil : globals.map { $0.request(onDemand: onDemand) }
        )
    }

    struct GlobalIndex {
        var name: String
        var hash: [(String, AttributeType)]
        var range: [(String, AttributeType)] = []
        var projection = Projection(.all)
        var partitions = 1

        func request(onDemand: Bool = false) -> GlobalSecondaryIndexRequest {
            GlobalSecondaryIndexRequest(
                indexName: name,
                keySchema: hash.map { .init($0.0, .hash) } + range.map { .init($0.0, .range) },
                projection: projection,
                provisionedThroughput: onDemand ? nil : .forPartitions(partitions)
            )
        }

        var definitions: [AttributeDefinition] { (hash + range).map { AttributeDefinition($0.0, $0.1) } }
    }
}

extension ProvisionedThroughput {
    /// What makes a table start with so many partitions.
    static func forPartitions(_ count: Int) -> ProvisionedThroughput {
        ProvisionedThroughput(readCapacityUnits: 1, writeCapacityUnits: count * 1_000 - 1)
    }
}

extension ConsumedCapacity {
    /// Units of each arm by name; the table's own is "".
    var arms: [String: Double] {
        var arms = ["": table]
        for arm in localSecondaryIndexes + globalSecondaryIndexes { arms[arm.indexName] = arm.capacityUnits }
        return arms
    }
}
