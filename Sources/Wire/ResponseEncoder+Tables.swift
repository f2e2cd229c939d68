import Model

/// Table descriptions. Source: reference B7.
extension ResponseEncoder {
    public static func encode(_ table: TableDescription) -> Document {
        var body = ObjectBuilder()
        body.add("AttributeDefinitions", RequestEncoder.attributeDefinitions(table.attributeDefinitions))
        body.add("TableName", table.tableName)
        body.add("KeySchema", RequestEncoder.keySchema(table.keySchema))
        body.add("TableStatus", table.tableStatus.rawValue)
        body.add("CreationDateTime", table.creationDateTime)
        body.add("ProvisionedThroughput", throughput(table.provisionedThroughput))
        body.add("TableSizeBytes", table.tableSizeBytes)
        body.add("ItemCount", table.itemCount)
        body.add("TableArn", table.tableArn)
        body.add("TableId", table.tableId)
        body.add("BillingModeSummary", table.billingModeSummary.map(billingMode))
        if !table.localSecondaryIndexes.isEmpty {
            body.add("LocalSecondaryIndexes", Document.array(table.localSecondaryIndexes.map(localIndex)))
        }
        if !table.globalSecondaryIndexes.isEmpty {
            body.add("GlobalSecondaryIndexes", Document.array(table.globalSecondaryIndexes.map(globalIndex)))
        }
        body.add("SSEDescription", table.sseDescription.map(encryption))
        body.add("StreamSpecification", table.streamSpecification.map(RequestEncoder.streamSpecification))
        body.add("LatestStreamLabel", table.latestStreamLabel)
        body.add("LatestStreamArn", table.latestStreamArn)
        if let tableClass = table.tableClass {
            var summary = ObjectBuilder()
            summary.add("TableClass", tableClass.rawValue)
            summary.add("LastUpdateDateTime", table.tableClassUpdateDateTime)
            body.add("TableClassSummary", summary.object)
        }
        body.add("DeletionProtectionEnabled", Document.bool(table.deletionProtectionEnabled))
        body.add("OnDemandThroughput", table.onDemandThroughput.map(RequestEncoder.onDemandThroughput))
        body.add("WarmThroughput", warmThroughput(table.warmThroughput, table.tableStatus))
        return body.object
    }

    private static func throughput(_ throughput: ProvisionedThroughputDescription) -> Document {
        var body = ObjectBuilder()
        body.add("LastIncreaseDateTime", throughput.lastIncreaseDateTime)
        body.add("LastDecreaseDateTime", throughput.lastDecreaseDateTime)
        body.add("NumberOfDecreasesToday", throughput.numberOfDecreasesToday)
        body.add("ReadCapacityUnits", throughput.readCapacityUnits)
        body.add("WriteCapacityUnits", throughput.writeCapacityUnits)
        return body.object
    }

    private static func encryption(_ description: SSEDescription) -> Document {
        .object([
            .init("Status", .string("ENABLED")),
            .init("SSEType", .string(description.sseType.rawValue)),
            .init("KMSMasterKeyArn", .string(description.kmsMasterKeyArn)),
        ])
    }

    private static func billingMode(_ summary: BillingModeSummary) -> Document {
        var body = ObjectBuilder()
        body.add("BillingMode", summary.billingMode.rawValue)
        body.add("LastUpdateToPayPerRequestDateTime", summary.lastUpdateToPayPerRequestDateTime)
        return body.object
    }

    private static func localIndex(_ index: LocalSecondaryIndexDescription) -> Document {
        var body = ObjectBuilder()
        body.add("IndexName", index.indexName)
        body.add("KeySchema", RequestEncoder.keySchema(index.keySchema))
        body.add("Projection", RequestEncoder.projection(index.projection))
        body.add("IndexSizeBytes", index.indexSizeBytes)
        body.add("ItemCount", index.itemCount)
        body.add("IndexArn", index.indexArn)
        return body.object
    }

    private static func globalIndex(_ index: GlobalSecondaryIndexDescription) -> Document {
        var body = ObjectBuilder()
        body.add("IndexName", index.indexName)
        body.add("KeySchema", RequestEncoder.keySchema(index.keySchema))
        body.add("Projection", RequestEncoder.projection(index.projection))
        body.add("IndexStatus", index.indexStatus.rawValue)
        body.add("Backfilling", index.backfilling.map(Document.bool))
        body.add("ProvisionedThroughput", throughput(index.provisionedThroughput))
        body.add("IndexSizeBytes", index.indexSizeBytes)
        body.add("ItemCount", index.itemCount)
        body.add("IndexArn", index.indexArn)
        body.add("OnDemandThroughput", index.onDemandThroughput.map(RequestEncoder.onDemandThroughput))
        body.add("WarmThroughput", warmThroughput(index.warmThroughput, index.indexStatus))
        return body.object
    }

    private static func warmThroughput(_ throughput: WarmThroughput, _ status: TableStatus) -> Document {
        var body = ObjectBuilder()
        body.add("ReadUnitsPerSecond", throughput.readUnitsPerSecond)
        body.add("WriteUnitsPerSecond", throughput.writeUnitsPerSecond)
        body.add("Status", status.rawValue)
        return body.object
    }
}
