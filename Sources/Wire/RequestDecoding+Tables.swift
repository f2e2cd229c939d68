import Model

/// Control operations.
extension RequestDecoding {
    /// Stands in for what a request left out; it breaks no constraint.
    static let filler = "abc"
    private static let fillerSchema = [KeySchemaElement(filler, .hash)]

    mutating func createTable(_ body: Structure) throws(WireError) -> CreateTableRequest {
        refuseUnsupported(
            ["GlobalTableSourceArn", "GlobalTableSettingsReplicationMode"],
            in: body
        )
        let definitions = try attributeDefinitions(body)
        if definitions == nil { violate(nil, at: "attributeDefinitions", .notNull) }
        var request = CreateTableRequest(
            tableName: try mainTableName(body),
            attributeDefinitions: definitions ?? [],
            keySchema: try keySchema(body)
        )
        request.localSecondaryIndexes = try localIndexes(body)
        request.globalSecondaryIndexes = try globalIndexes(body)
        request.billingMode =
            try enumeration(body, "BillingMode", in: EnumOrder.billingMode) ?? .provisioned
        request.provisionedThroughput = try provisionedThroughput(body)
        request.onDemandThroughput = try onDemandThroughput(body)
        request.warmThroughput = try warmThroughput(body)
        request.streamSpecification = try streamSpecification(body)
        request.tableClass = try enumeration(body, "TableClass", in: EnumOrder.tableClass)
        request.deletionProtectionEnabled = try bool(body, "DeletionProtectionEnabled") ?? false
        request.tags = try tags(body)
        request.resourcePolicy = try resourcePolicy(body, "ResourcePolicy")
        request.sseSpecification = try sseSpecification(body)
        return request
    }

    mutating func updateTable(_ body: Structure) throws(WireError) -> UpdateTableRequest {
        refuseUnsupported(
            [
                "ReplicaUpdates", "MultiRegionConsistency", "GlobalTableWitnessUpdates",
                "GlobalTableSettingsReplicationMode",
            ],
            in: body
        )
        var request = UpdateTableRequest(tableName: try mainTableName(body))
        request.attributeDefinitions = try attributeDefinitions(body) ?? []
        request.billingMode = try enumeration(body, "BillingMode", in: EnumOrder.billingMode)
        request.provisionedThroughput = try provisionedThroughput(body)
        request.globalSecondaryIndexUpdates = try indexUpdates(body)
        request.onDemandThroughput = try onDemandThroughput(body)
        request.warmThroughput = try warmThroughput(body)
        request.streamSpecification = try streamSpecification(body)
        request.tableClass = try enumeration(body, "TableClass", in: EnumOrder.tableClass)
        request.deletionProtectionEnabled = try bool(body, "DeletionProtectionEnabled")
        request.sseSpecification = try sseSpecification(body)
        return request
    }

    func listTables(_ body: Structure) throws(WireError) -> ListTablesRequest {
        ListTablesRequest(
            exclusiveStartTableName: try string(body, "ExclusiveStartTableName"),
            limit: try integer(body, "Limit")
        )
    }

    private mutating func attributeDefinitions(_ body: Structure) throws(WireError) -> [AttributeDefinition]? {
        guard let documents = try list(body, "AttributeDefinitions") else { return nil }
        var definitions: [AttributeDefinition] = []
        for element in try structures(documents, body, "AttributeDefinitions", type: "AttributeDefinition") {
            let name = try requiredString(element, "AttributeName") ?? Self.filler
            let type: AttributeType? = try requiredEnumeration(element, "AttributeType", in: EnumOrder.attributeType)
            definitions.append(AttributeDefinition(name, type ?? .string))
        }
        return definitions
    }

    private mutating func keySchema(_ body: Structure) throws(WireError) -> [KeySchemaElement] {
        guard let documents = try list(body, "KeySchema") else {
            violate(nil, at: body.path("KeySchema"), .notNull)
            return Self.fillerSchema
        }
        var schema: [KeySchemaElement] = []
        for element in try structures(documents, body, "KeySchema", type: "KeySchemaElement") {
            let name = try requiredString(element, "AttributeName") ?? Self.filler
            let type: KeyType? = try requiredEnumeration(element, "KeyType", in: EnumOrder.keyType)
            schema.append(KeySchemaElement(name, type ?? .hash))
        }
        return schema
    }

    private mutating func localIndexes(_ body: Structure) throws(WireError) -> [LocalSecondaryIndexRequest]? {
        let name = "LocalSecondaryIndexes"
        guard let documents = try list(body, name) else { return nil }
        var indexes: [LocalSecondaryIndexRequest] = []
        for index in try structures(documents, body, name, type: "LocalSecondaryIndex") {
            indexes.append(
                LocalSecondaryIndexRequest(
                    indexName: try requiredString(index, "IndexName") ?? Self.filler,
                    keySchema: try keySchema(index),
                    projection: try projection(index)
                )
            )
        }
        return indexes
    }

    private mutating func globalIndexes(_ body: Structure) throws(WireError) -> [GlobalSecondaryIndexRequest]? {
        let name = "GlobalSecondaryIndexes"
        guard let documents = try list(body, name) else { return nil }
        var indexes: [GlobalSecondaryIndexRequest] = []
        for index in try structures(documents, body, name, type: "GlobalSecondaryIndex") {
            indexes.append(try globalIndex(index))
        }
        return indexes
    }

    private mutating func globalIndex(_ body: Structure) throws(WireError) -> GlobalSecondaryIndexRequest {
        GlobalSecondaryIndexRequest(
            indexName: try requiredString(body, "IndexName") ?? Self.filler,
            keySchema: try keySchema(body),
            projection: try projection(body),
            provisionedThroughput: try provisionedThroughput(body),
            onDemandThroughput: try onDemandThroughput(body),
            warmThroughput: try warmThroughput(body)
        )
    }

    private mutating func indexUpdates(_ body: Structure) throws(WireError) -> [UpdateTableRequest.IndexUpdate]? {
        let name = "GlobalSecondaryIndexUpdates"
        guard let documents = try list(body, name) else { return nil }
        var updates: [UpdateTableRequest.IndexUpdate] = []
        for element in try structures(documents, body, name, type: "GlobalSecondaryIndexUpdate") {
            if let update = try indexUpdate(element) { updates.append(update) }
        }
        return updates
    }

    private mutating func indexUpdate(_ body: Structure) throws(WireError) -> UpdateTableRequest.IndexUpdate? {
        var updates: [UpdateTableRequest.IndexUpdate] = []
        if let update = try structure(body, "Update", type: "UpdateGlobalSecondaryIndexAction") {
            updates.append(
                .update(
                    indexName: try requiredString(update, "IndexName") ?? Self.filler,
                    provisionedThroughput: try provisionedThroughput(update),
                    onDemandThroughput: try onDemandThroughput(update),
                    warmThroughput: try warmThroughput(update)
                )
            )
        }
        if let create = try structure(body, "Create", type: "CreateGlobalSecondaryIndexAction") {
            updates.append(.create(try globalIndex(create)))
        }
        if let delete = try structure(body, "Delete", type: "DeleteGlobalSecondaryIndexAction") {
            updates.append(.delete(indexName: try requiredString(delete, "IndexName") ?? Self.filler))
        }
        if updates.isEmpty {
            refuse(
                "One or more parameter values were invalid: One of GlobalSecondaryIndexUpdate.Update, "
                    + "GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null"
            )
        } else if updates.count > 1 {
            refuse(
                "One or more parameter values were invalid: Only one global secondary index update per index is "
                    + "allowed simultaneously. Index: \(updates[0].indexName)"
            )
        }
        return updates.first
    }

    private mutating func projection(_ body: Structure) throws(WireError) -> Projection {
        guard let projection = try structure(body, "Projection") else {
            violate(nil, at: body.path("Projection"), .notNull)
            return Projection(.all)
        }
        let type: ProjectionType? =
            try enumeration(projection, "ProjectionType", in: EnumOrder.projectionType)
        var names: [String]?
        if let documents = try list(projection, "NonKeyAttributes") {
            names = []
            for document in documents { names?.append(try string(document)) }
        }
        return Projection(type, nonKeyAttributes: names)
    }

    private mutating func provisionedThroughput(_ body: Structure) throws(WireError) -> ProvisionedThroughput? {
        guard let throughput = try structure(body, "ProvisionedThroughput") else { return nil }
        return ProvisionedThroughput(
            readCapacityUnits: try requiredLong(throughput, "ReadCapacityUnits"),
            writeCapacityUnits: try requiredLong(throughput, "WriteCapacityUnits")
        )
    }

    private func onDemandThroughput(_ body: Structure) throws(WireError) -> OnDemandThroughput? {
        guard let throughput = try structure(body, "OnDemandThroughput") else { return nil }
        return OnDemandThroughput(
            maxReadRequestUnits: try integer(throughput, "MaxReadRequestUnits", type: "Long"),
            maxWriteRequestUnits: try integer(throughput, "MaxWriteRequestUnits", type: "Long")
        )
    }

    private func warmThroughput(_ body: Structure) throws(WireError) -> WarmThroughput? {
        guard let throughput = try structure(body, "WarmThroughput") else { return nil }
        return WarmThroughput(
            readUnitsPerSecond: try integer(throughput, "ReadUnitsPerSecond", type: "Long") ?? 0,
            writeUnitsPerSecond: try integer(throughput, "WriteUnitsPerSecond", type: "Long") ?? 0
        )
    }

    private mutating func sseSpecification(_ body: Structure) throws(WireError) -> SSESpecification? {
        guard let specification = try structure(body, "SSESpecification") else { return nil }
        return SSESpecification(
            enabled: try bool(specification, "Enabled"),
            sseType: try enumeration(specification, "SSEType", in: EnumOrder.sseType),
            kmsMasterKeyId: try string(specification, "KMSMasterKeyId")
        )
    }

    mutating func tags(_ body: Structure) throws(WireError) -> [Tag] {
        guard let documents = try list(body, "Tags") else { return [] }
        var tags: [Tag] = []
        for tag in try structures(documents, body, "Tags", type: "Tag") {
            let key = try requiredString(tag, "Key") ?? Self.filler
            tags.append(Tag(key: key, value: try requiredString(tag, "Value") ?? ""))
        }
        return tags
    }

    private mutating func requiredLong(_ body: Structure, _ name: String) throws(WireError) -> Int {
        if let value = try integer(body, name, type: "Long") { return value }
        violate(nil, at: body.path(name), .notNull)
        return 1
    }

    private mutating func requiredEnumeration<Choice: RawRepresentable<String>>(
        _ body: Structure,
        _ name: String,
        in order: [String]
    ) throws(WireError) -> Choice? {
        if !body.has(name) { violate(nil, at: body.path(name), .notNull) }
        return try enumeration(body, name, in: order)
    }

    /// The elements of a list of structures, with their constraint paths.
    private func structures(
        _ documents: [Document],
        _ body: Structure,
        _ name: String,
        type: String
    ) throws(WireError) -> [Structure] {
        var structures: [Structure] = []
        for (offset, document) in documents.enumerated() {
            let path = "\(body.path(name)).\(offset + 1).member."
            structures.append(try structure(document, type: type, at: path))
        }
        return structures
    }
}
