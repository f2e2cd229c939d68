import Model
import Wire

/// Table descriptions.
extension ResponseDecoder {
    static func table(_ field: Field) throws(BodyFault) -> TableDescription {
        try field.structure { body throws(BodyFault) in
            let status: TableStatus = try body.required("TableStatus").choice()
            return TableDescription(
                tableName: try body.required("TableName").string(),
                tableStatus: status,
                attributeDefinitions: try body.required("AttributeDefinitions").list(attributeDefinition),
                keySchema: try body.required("KeySchema").list(keySchemaElement),
                creationDateTime: try body.required("CreationDateTime").double(),
                provisionedThroughput: try throughput(body.required("ProvisionedThroughput")),
                tableSizeBytes: try body.required("TableSizeBytes").int(),
                itemCount: try body.required("ItemCount").int(),
                tableArn: try body.required("TableArn").string(),
                tableId: try body.required("TableId").string(),
                billingModeSummary: try body.optional("BillingModeSummary").map(billingMode),
                localSecondaryIndexes: try indexes(body.optional("LocalSecondaryIndexes"), localIndex),
                globalSecondaryIndexes: try indexes(body.optional("GlobalSecondaryIndexes"), globalIndex),
                streamSpecification: try body.optional("StreamSpecification").map(streamSpecification),
                latestStreamLabel: try body.optional("LatestStreamLabel")?.string(),
                latestStreamArn: try body.optional("LatestStreamArn")?.string(),
                tableClass: try body.optional("TableClassSummary").map(tableClass),
                deletionProtectionEnabled: try body.required("DeletionProtectionEnabled").bool(),
                onDemandThroughput: try body.optional("OnDemandThroughput").map(onDemandThroughput),
                warmThroughput: try warmThroughput(body.required("WarmThroughput"), status)
            )
        }
    }

    static func keySchemaElement(_ field: Field) throws(BodyFault) -> KeySchemaElement {
        try field.structure { body throws(BodyFault) in
            KeySchemaElement(
                try body.required("AttributeName").string(),
                try body.required("KeyType").choice()
            )
        }
    }

    private static func attributeDefinition(_ field: Field) throws(BodyFault) -> AttributeDefinition {
        try field.structure { body throws(BodyFault) in
            AttributeDefinition(
                try body.required("AttributeName").string(),
                try body.required("AttributeType").choice()
            )
        }
    }

    private static func throughput(_ field: Field) throws(BodyFault) -> ProvisionedThroughputDescription {
        try field.structure { body throws(BodyFault) in
            ProvisionedThroughputDescription(
                readCapacityUnits: try body.required("ReadCapacityUnits").int(),
                writeCapacityUnits: try body.required("WriteCapacityUnits").int(),
                numberOfDecreasesToday: try body.required("NumberOfDecreasesToday").int(),
                lastIncreaseDateTime: try body.optional("LastIncreaseDateTime")?.double(),
                lastDecreaseDateTime: try body.optional("LastDecreaseDateTime")?.double()
            )
        }
    }

    private static func billingMode(_ field: Field) throws(BodyFault) -> BillingModeSummary {
        try field.structure { body throws(BodyFault) in
            BillingModeSummary(
                billingMode: try body.required("BillingMode").choice(),
                lastUpdateToPayPerRequestDateTime: try body.optional("LastUpdateToPayPerRequestDateTime")?.double()
            )
        }
    }

    /// Absent when there are none.
    private static func indexes<Index>(
        _ field: Field?,
        _ read: (Field) throws(BodyFault) -> Index
    ) throws(BodyFault) -> [Index] {
        guard let field else { return [] }
        let indexes = try field.list(read)
        if indexes.isEmpty { throw field.fault("an empty list of indexes") }
        return indexes
    }

    private static func localIndex(_ field: Field) throws(BodyFault) -> LocalSecondaryIndexDescription {
        try field.structure { body throws(BodyFault) in
            LocalSecondaryIndexDescription(
                indexName: try body.required("IndexName").string(),
                keySchema: try body.required("KeySchema").list(keySchemaElement),
                projection: try projection(body.required("Projection")),
                indexSizeBytes: try body.required("IndexSizeBytes").int(),
                itemCount: try body.required("ItemCount").int(),
                indexArn: try body.required("IndexArn").string()
            )
        }
    }

    private static func globalIndex(_ field: Field) throws(BodyFault) -> GlobalSecondaryIndexDescription {
        try field.structure { body throws(BodyFault) in
            let status: TableStatus = try body.required("IndexStatus").choice()
            return GlobalSecondaryIndexDescription(
                indexName: try body.required("IndexName").string(),
                keySchema: try body.required("KeySchema").list(keySchemaElement),
                projection: try projection(body.required("Projection")),
                indexStatus: status,
                backfilling: try body.optional("Backfilling")?.bool(),
                provisionedThroughput: try throughput(body.required("ProvisionedThroughput")),
                onDemandThroughput: try body.optional("OnDemandThroughput").map(onDemandThroughput),
                warmThroughput: try warmThroughput(body.required("WarmThroughput"), status),
                indexSizeBytes: try body.required("IndexSizeBytes").int(),
                itemCount: try body.required("ItemCount").int(),
                indexArn: try body.required("IndexArn").string()
            )
        }
    }

    private static func projection(_ field: Field) throws(BodyFault) -> Projection {
        try field.structure { body throws(BodyFault) in
            Projection(
                try body.required("ProjectionType").choice(),
                nonKeyAttributes: try body.optional("NonKeyAttributes").map(strings)
            )
        }
    }

    private static func onDemandThroughput(_ field: Field) throws(BodyFault) -> OnDemandThroughput {
        try field.structure { body throws(BodyFault) in
            OnDemandThroughput(
                maxReadRequestUnits: try body.optional("MaxReadRequestUnits")?.int(),
                maxWriteRequestUnits: try body.optional("MaxWriteRequestUnits")?.int()
            )
        }
    }

    /// Its status is the table's or index's own.
    private static func warmThroughput(_ field: Field, _ status: TableStatus) throws(BodyFault) -> WarmThroughput {
        try field.structure { body throws(BodyFault) in
            try body.required("Status").expect(status.rawValue)
            return WarmThroughput(
                readUnitsPerSecond: try body.required("ReadUnitsPerSecond").int(),
                writeUnitsPerSecond: try body.required("WriteUnitsPerSecond").int()
            )
        }
    }

    private static func tableClass(_ field: Field) throws(BodyFault) -> TableClass {
        try field.structure { body throws(BodyFault) in try body.required("TableClass").choice() }
    }

    private static func streamSpecification(_ field: Field) throws(BodyFault) -> StreamSpecification {
        try field.structure { body throws(BodyFault) in
            StreamSpecification(
                streamEnabled: try body.required("StreamEnabled").bool(),
                streamViewType: try body.optional("StreamViewType")?.choice()
            )
        }
    }
}
