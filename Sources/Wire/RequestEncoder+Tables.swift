import Model

/// Control operations.
extension RequestEncoder {
    static func createTable(_ request: CreateTableRequest) -> Document {
        var body = ObjectBuilder()
        body.add("TableName", request.tableName)
        body.add("AttributeDefinitions", attributeDefinitions(request.attributeDefinitions))
        body.add("KeySchema", keySchema(request.keySchema))
        body.add("BillingMode", request.billingMode, unless: .provisioned)
        body.add("ProvisionedThroughput", request.provisionedThroughput.map(provisionedThroughput))
        body.add("LocalSecondaryIndexes", request.localSecondaryIndexes.map { .array($0.map(localIndex)) })
        body.add("GlobalSecondaryIndexes", request.globalSecondaryIndexes.map { .array($0.map(globalIndex)) })
        body.add("OnDemandThroughput", request.onDemandThroughput.map(onDemandThroughput))
        body.add("WarmThroughput", request.warmThroughput.map(warmThroughput))
        body.add("StreamSpecification", request.streamSpecification.map(streamSpecification))
        body.add("TableClass", request.tableClass?.rawValue)
        body.add("DeletionProtectionEnabled", request.deletionProtectionEnabled, unless: false)
        body.add("SSESpecification", request.sseSpecification.map(sseSpecification))
        if !request.tags.isEmpty { body.add("Tags", Document.array(request.tags.map(tag))) }
        body.add("ResourcePolicy", request.resourcePolicy?.text)
        return body.object
    }

    static func updateTable(_ request: UpdateTableRequest) -> Document {
        var body = ObjectBuilder()
        body.add("TableName", request.tableName)
        if !request.attributeDefinitions.isEmpty {
            body.add("AttributeDefinitions", attributeDefinitions(request.attributeDefinitions))
        }
        body.add("BillingMode", request.billingMode?.rawValue)
        body.add("ProvisionedThroughput", request.provisionedThroughput.map(provisionedThroughput))
        body.add("GlobalSecondaryIndexUpdates", request.globalSecondaryIndexUpdates.map { .array($0.map(indexUpdate)) })
        body.add("OnDemandThroughput", request.onDemandThroughput.map(onDemandThroughput))
        body.add("WarmThroughput", request.warmThroughput.map(warmThroughput))
        body.add("StreamSpecification", request.streamSpecification.map(streamSpecification))
        body.add("TableClass", request.tableClass?.rawValue)
        body.add("DeletionProtectionEnabled", request.deletionProtectionEnabled.map(Document.bool))
        body.add("SSESpecification", request.sseSpecification.map(sseSpecification))
        return body.object
    }

    static func attributeDefinitions(_ definitions: [AttributeDefinition]) -> Document {
        .array(
            definitions.map { definition in
                .object([
                    Document.Member("AttributeName", .string(definition.attributeName)),
                    Document.Member("AttributeType", .string(definition.attributeType.rawValue)),
                ])
            }
        )
    }

    static func keySchema(_ schema: [KeySchemaElement]) -> Document {
        .array(
            schema.map { element in
                .object([
                    Document.Member("AttributeName", .string(element.attributeName)),
                    Document.Member("KeyType", .string(element.keyType.rawValue)),
                ])
            }
        )
    }

    static func projection(_ projection: Projection) -> Document {
        var body = ObjectBuilder()
        body.add("ProjectionType", projection.projectionType?.rawValue)
        body.add("NonKeyAttributes", projection.nonKeyAttributes.map { .array($0.map(Document.string)) })
        return body.object
    }

    static func onDemandThroughput(_ throughput: OnDemandThroughput) -> Document {
        var body = ObjectBuilder()
        body.add("MaxReadRequestUnits", throughput.maxReadRequestUnits)
        body.add("MaxWriteRequestUnits", throughput.maxWriteRequestUnits)
        return body.object
    }

    private static func provisionedThroughput(_ throughput: ProvisionedThroughput) -> Document {
        var body = ObjectBuilder()
        body.add("ReadCapacityUnits", throughput.readCapacityUnits)
        body.add("WriteCapacityUnits", throughput.writeCapacityUnits)
        return body.object
    }

    private static func warmThroughput(_ throughput: WarmThroughput) -> Document {
        var body = ObjectBuilder()
        if throughput.readUnitsPerSecond != 0 { body.add("ReadUnitsPerSecond", throughput.readUnitsPerSecond) }
        if throughput.writeUnitsPerSecond != 0 { body.add("WriteUnitsPerSecond", throughput.writeUnitsPerSecond) }
        return body.object
    }

    private static func localIndex(_ index: LocalSecondaryIndexRequest) -> Document {
        var body = ObjectBuilder()
        body.add("IndexName", index.indexName)
        body.add("KeySchema", keySchema(index.keySchema))
        body.add("Projection", projection(index.projection))
        return body.object
    }

    private static func globalIndex(_ index: GlobalSecondaryIndexRequest) -> Document {
        var body = ObjectBuilder()
        body.add("IndexName", index.indexName)
        body.add("KeySchema", keySchema(index.keySchema))
        body.add("Projection", projection(index.projection))
        body.add("ProvisionedThroughput", index.provisionedThroughput.map(provisionedThroughput))
        body.add("OnDemandThroughput", index.onDemandThroughput.map(onDemandThroughput))
        body.add("WarmThroughput", index.warmThroughput.map(warmThroughput))
        return body.object
    }

    private static func indexUpdate(_ update: UpdateTableRequest.IndexUpdate) -> Document {
        switch update {
        case .create(let index): return .object([Document.Member("Create", globalIndex(index))])
        case .update(let indexName, let provisioned, let onDemand, let warm):
            var body = ObjectBuilder()
            body.add("IndexName", indexName)
            body.add("ProvisionedThroughput", provisioned.map(provisionedThroughput))
            body.add("OnDemandThroughput", onDemand.map(onDemandThroughput))
            body.add("WarmThroughput", warm.map(warmThroughput))
            return .object([Document.Member("Update", body.object)])
        case .delete(let indexName):
            return .object([Document.Member("Delete", .object([Document.Member("IndexName", .string(indexName))]))])
        }
    }

    private static func sseSpecification(_ specification: SSESpecification) -> Document {
        var body = ObjectBuilder()
        body.add("Enabled", specification.enabled.map(Document.bool))
        body.add("SSEType", specification.sseType?.rawValue)
        body.add("KMSMasterKeyId", specification.kmsMasterKeyId)
        return body.object
    }

    static func tag(_ tag: Tag) -> Document {
        .object([Document.Member("Key", .string(tag.key)), Document.Member("Value", .string(tag.value))])
    }
}
