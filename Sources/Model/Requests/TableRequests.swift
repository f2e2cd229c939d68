public struct LocalSecondaryIndexRequest: Equatable, Sendable {
    public var indexName: String
    public var keySchema: [KeySchemaElement]
    public var projection: Projection

    public init(indexName: String, keySchema: [KeySchemaElement], projection: Projection) {
        self.indexName = indexName
        self.keySchema = keySchema
        self.projection = projection
    }
}

public struct GlobalSecondaryIndexRequest: Equatable, Sendable {
    public var indexName: String
    public var keySchema: [KeySchemaElement]
    public var projection: Projection
    public var provisionedThroughput: ProvisionedThroughput?
    public var onDemandThroughput: OnDemandThroughput?
    public var warmThroughput: WarmThroughput?

    public init(
        indexName: String,
        keySchema: [KeySchemaElement],
        projection: Projection,
        provisionedThroughput: ProvisionedThroughput? = nil,
        onDemandThroughput: OnDemandThroughput? = nil,
        warmThroughput: WarmThroughput? = nil
    ) {
        self.indexName = indexName
        self.keySchema = keySchema
        self.projection = projection
        self.provisionedThroughput = provisionedThroughput
        self.onDemandThroughput = onDemandThroughput
        self.warmThroughput = warmThroughput
    }
}

public struct CreateTableRequest: Equatable, Sendable {
    public var tableName: String
    public var attributeDefinitions: [AttributeDefinition]
    public var keySchema: [KeySchemaElement]
    public var billingMode: BillingMode
    public var provisionedThroughput: ProvisionedThroughput?
    /// Nil when the member is absent, which differs from an empty list.
    public var localSecondaryIndexes: [LocalSecondaryIndexRequest]?
    public var globalSecondaryIndexes: [GlobalSecondaryIndexRequest]?
    public var onDemandThroughput: OnDemandThroughput?
    public var warmThroughput: WarmThroughput?
    public var streamSpecification: StreamSpecification?
    public var tableClass: TableClass?
    public var deletionProtectionEnabled: Bool
    public var tags: [Tag]
    public var resourcePolicy: ResourcePolicy?
    public var sseSpecification: SSESpecification?

    public init(
        tableName: String,
        attributeDefinitions: [AttributeDefinition],
        keySchema: [KeySchemaElement],
        billingMode: BillingMode = .provisioned,
        provisionedThroughput: ProvisionedThroughput? = nil,
        localSecondaryIndexes: [LocalSecondaryIndexRequest]? = nil,
        globalSecondaryIndexes: [GlobalSecondaryIndexRequest]? = nil,
        onDemandThroughput: OnDemandThroughput? = nil,
        warmThroughput: WarmThroughput? = nil,
        streamSpecification: StreamSpecification? = nil,
        tableClass: TableClass? = nil,
        deletionProtectionEnabled: Bool = false,
        tags: [Tag] = [],
        resourcePolicy: ResourcePolicy? = nil,
        sseSpecification: SSESpecification? = nil
    ) {
        self.tableName = tableName
        self.attributeDefinitions = attributeDefinitions
        self.keySchema = keySchema
        self.billingMode = billingMode
        self.provisionedThroughput = provisionedThroughput
        self.localSecondaryIndexes = localSecondaryIndexes
        self.globalSecondaryIndexes = globalSecondaryIndexes
        self.onDemandThroughput = onDemandThroughput
        self.warmThroughput = warmThroughput
        self.streamSpecification = streamSpecification
        self.tableClass = tableClass
        self.deletionProtectionEnabled = deletionProtectionEnabled
        self.tags = tags
        self.resourcePolicy = resourcePolicy
        self.sseSpecification = sseSpecification
    }
}

public struct UpdateTableRequest: Equatable, Sendable {
    public enum IndexUpdate: Equatable, Sendable {
        case create(GlobalSecondaryIndexRequest)
        case update(
            indexName: String,
            provisionedThroughput: ProvisionedThroughput?,
            onDemandThroughput: OnDemandThroughput?,
            warmThroughput: WarmThroughput?
        )
        case delete(indexName: String)

        public var indexName: String {
            switch self {
            case .create(let index): index.indexName
            case .update(let indexName, _, _, _): indexName
            case .delete(let indexName): indexName
            }
        }
    }

    public var tableName: String
    /// Only those that a new index needs; others are ignored.
    public var attributeDefinitions: [AttributeDefinition]
    public var billingMode: BillingMode?
    public var provisionedThroughput: ProvisionedThroughput?
    public var globalSecondaryIndexUpdates: [IndexUpdate]?
    public var onDemandThroughput: OnDemandThroughput?
    public var warmThroughput: WarmThroughput?
    public var streamSpecification: StreamSpecification?
    public var tableClass: TableClass?
    public var deletionProtectionEnabled: Bool?
    public var sseSpecification: SSESpecification?

    public init(
        tableName: String,
        attributeDefinitions: [AttributeDefinition] = [],
        billingMode: BillingMode? = nil,
        provisionedThroughput: ProvisionedThroughput? = nil,
        globalSecondaryIndexUpdates: [IndexUpdate]? = nil,
        onDemandThroughput: OnDemandThroughput? = nil,
        warmThroughput: WarmThroughput? = nil,
        streamSpecification: StreamSpecification? = nil,
        tableClass: TableClass? = nil,
        deletionProtectionEnabled: Bool? = nil,
        sseSpecification: SSESpecification? = nil
    ) {
        self.tableName = tableName
        self.attributeDefinitions = attributeDefinitions
        self.billingMode = billingMode
        self.provisionedThroughput = provisionedThroughput
        self.globalSecondaryIndexUpdates = globalSecondaryIndexUpdates
        self.onDemandThroughput = onDemandThroughput
        self.warmThroughput = warmThroughput
        self.streamSpecification = streamSpecification
        self.tableClass = tableClass
        self.deletionProtectionEnabled = deletionProtectionEnabled
        self.sseSpecification = sseSpecification
    }
}

public struct DeleteTableRequest: Equatable, Sendable {
    public var tableName: String

    public init(tableName: String) { self.tableName = tableName }
}

public struct DescribeTableRequest: Equatable, Sendable {
    public var tableName: String

    public init(tableName: String) { self.tableName = tableName }
}

public struct ListTablesRequest: Equatable, Sendable {
    public var exclusiveStartTableName: String?
    public var limit: Int?

    public init(exclusiveStartTableName: String? = nil, limit: Int? = nil) {
        self.exclusiveStartTableName = exclusiveStartTableName
        self.limit = limit
    }
}

public struct ListTablesResponse: Equatable, Sendable {
    /// In byte order.
    public var tableNames: [String]
    public var lastEvaluatedTableName: String?

    public init(tableNames: [String], lastEvaluatedTableName: String? = nil) {
        self.tableNames = tableNames
        self.lastEvaluatedTableName = lastEvaluatedTableName
    }
}
