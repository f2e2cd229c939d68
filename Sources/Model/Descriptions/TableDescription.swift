/// A table as DescribeTable and the other control operations report it.
public struct TableDescription: Equatable, Sendable {
    public var tableName: String
    public var tableStatus: TableStatus
    public var attributeDefinitions: [AttributeDefinition]
    public var keySchema: [KeySchemaElement]
    /// Seconds since 1970, in simulated time.
    public var creationDateTime: Double
    public var provisionedThroughput: ProvisionedThroughputDescription
    public var tableSizeBytes: Int
    public var itemCount: Int
    public var tableArn: String
    public var tableId: String
    /// Absent for a table that has only ever been provisioned.
    public var billingModeSummary: BillingModeSummary?
    public var localSecondaryIndexes: [LocalSecondaryIndexDescription]
    public var globalSecondaryIndexes: [GlobalSecondaryIndexDescription]
    /// Absent when no stream is enabled.
    public var streamSpecification: StreamSpecification?
    /// Of the newest stream, also after it was disabled.
    public var latestStreamLabel: String?
    public var latestStreamArn: String?
    /// Absent when the table's key belongs to the service.
    public var sseDescription: SSEDescription?
    public var tableClass: TableClass?
    /// When the class was changed; absent for a table that has the one it began with.
    public var tableClassUpdateDateTime: Double?
    public var deletionProtectionEnabled: Bool
    public var onDemandThroughput: OnDemandThroughput?
    public var warmThroughput: WarmThroughput

    public init(
        tableName: String,
        tableStatus: TableStatus,
        attributeDefinitions: [AttributeDefinition],
        keySchema: [KeySchemaElement],
        creationDateTime: Double,
        provisionedThroughput: ProvisionedThroughputDescription,
        tableSizeBytes: Int,
        itemCount: Int,
        tableArn: String,
        tableId: String,
        billingModeSummary: BillingModeSummary?,
        localSecondaryIndexes: [LocalSecondaryIndexDescription],
        globalSecondaryIndexes: [GlobalSecondaryIndexDescription],
        streamSpecification: StreamSpecification? = nil,
        latestStreamLabel: String? = nil,
        latestStreamArn: String? = nil,
        sseDescription: SSEDescription? = nil,
        tableClass: TableClass?,
        tableClassUpdateDateTime: Double? = nil,
        deletionProtectionEnabled: Bool,
        onDemandThroughput: OnDemandThroughput?,
        warmThroughput: WarmThroughput
    ) {
        self.tableName = tableName
        self.tableStatus = tableStatus
        self.attributeDefinitions = attributeDefinitions
        self.keySchema = keySchema
        self.creationDateTime = creationDateTime
        self.provisionedThroughput = provisionedThroughput
        self.tableSizeBytes = tableSizeBytes
        self.itemCount = itemCount
        self.tableArn = tableArn
        self.tableId = tableId
        self.billingModeSummary = billingModeSummary
        self.localSecondaryIndexes = localSecondaryIndexes
        self.globalSecondaryIndexes = globalSecondaryIndexes
        self.streamSpecification = streamSpecification
        self.latestStreamLabel = latestStreamLabel
        self.latestStreamArn = latestStreamArn
        self.sseDescription = sseDescription
        self.tableClass = tableClass
        self.tableClassUpdateDateTime = tableClassUpdateDateTime
        self.deletionProtectionEnabled = deletionProtectionEnabled
        self.onDemandThroughput = onDemandThroughput
        self.warmThroughput = warmThroughput
    }

    public var billingMode: BillingMode { billingModeSummary?.billingMode ?? .provisioned }
}

public enum TableStatus: String, Sendable, CaseIterable {
    case creating = "CREATING"
    case updating = "UPDATING"
    case deleting = "DELETING"
    case active = "ACTIVE"
}

public struct BillingModeSummary: Equatable, Sendable {
    public var billingMode: BillingMode
    public var lastUpdateToPayPerRequestDateTime: Double?

    public init(billingMode: BillingMode, lastUpdateToPayPerRequestDateTime: Double?) {
        self.billingMode = billingMode
        self.lastUpdateToPayPerRequestDateTime = lastUpdateToPayPerRequestDateTime
    }
}

public struct ProvisionedThroughputDescription: Equatable, Sendable {
    public var readCapacityUnits: Int
    public var writeCapacityUnits: Int
    public var numberOfDecreasesToday: Int
    public var lastIncreaseDateTime: Double?
    public var lastDecreaseDateTime: Double?

    public init(
        readCapacityUnits: Int,
        writeCapacityUnits: Int,
        numberOfDecreasesToday: Int = 0,
        lastIncreaseDateTime: Double? = nil,
        lastDecreaseDateTime: Double? = nil
    ) {
        self.readCapacityUnits = readCapacityUnits
        self.writeCapacityUnits = writeCapacityUnits
        self.numberOfDecreasesToday = numberOfDecreasesToday
        self.lastIncreaseDateTime = lastIncreaseDateTime
        self.lastDecreaseDateTime = lastDecreaseDateTime
    }
}

public struct LocalSecondaryIndexDescription: Equatable, Sendable {
    public var indexName: String
    public var keySchema: [KeySchemaElement]
    public var projection: Projection
    public var indexSizeBytes: Int
    public var itemCount: Int
    public var indexArn: String

    public init(
        indexName: String,
        keySchema: [KeySchemaElement],
        projection: Projection,
        indexSizeBytes: Int,
        itemCount: Int,
        indexArn: String
    ) {
        self.indexName = indexName
        self.keySchema = keySchema
        self.projection = projection
        self.indexSizeBytes = indexSizeBytes
        self.itemCount = itemCount
        self.indexArn = indexArn
    }
}

public struct GlobalSecondaryIndexDescription: Equatable, Sendable {
    public var indexName: String
    public var keySchema: [KeySchemaElement]
    public var projection: Projection
    public var indexStatus: TableStatus
    /// Present only while the index is being built: false while resources are allocated, true while it is filled.
    public var backfilling: Bool?
    public var provisionedThroughput: ProvisionedThroughputDescription
    public var onDemandThroughput: OnDemandThroughput?
    public var warmThroughput: WarmThroughput
    public var indexSizeBytes: Int
    public var itemCount: Int
    public var indexArn: String

    public init(
        indexName: String,
        keySchema: [KeySchemaElement],
        projection: Projection,
        indexStatus: TableStatus,
        backfilling: Bool?,
        provisionedThroughput: ProvisionedThroughputDescription,
        onDemandThroughput: OnDemandThroughput?,
        warmThroughput: WarmThroughput,
        indexSizeBytes: Int,
        itemCount: Int,
        indexArn: String
    ) {
        self.indexName = indexName
        self.keySchema = keySchema
        self.projection = projection
        self.indexStatus = indexStatus
        self.backfilling = backfilling
        self.provisionedThroughput = provisionedThroughput
        self.onDemandThroughput = onDemandThroughput
        self.warmThroughput = warmThroughput
        self.indexSizeBytes = indexSizeBytes
        self.itemCount = itemCount
        self.indexArn = indexArn
    }
}
