import Model

/// Everything CreateTable refuses without looking at other tables. Source: reference A4, B7, C5, E11, H.
enum CreateTableRules {
    static func check(
        _ request: CreateTableRequest,
        region: String = "us-east-1",
        globalIndexesMax: Int = Limits.globalIndexes
    ) throws(ServiceError) {
        try TableNameRules.check(request.tableName, minimum: TableNameRules.createMinimum)
        try ConstraintViolations.check { $0.check(request) }
        try checkBilling(request)
        try checkDefinitions(request.attributeDefinitions)
        try checkKeys(request)
        try checkIndexNames(request)
        try checkIndexCounts(request, globalIndexesMax: globalIndexesMax)
        try checkLocalIndexes(request)
        try checkGlobalIndexes(request)
        try ProjectionRules.checkTotal(
            (request.localSecondaryIndexes ?? []).map(\.projection)
                + (request.globalSecondaryIndexes ?? []).map(\.projection)
        )
        try checkAllDefinitionsUsed(request)
        try EncryptionRules.check(request.sseSpecification)
        try TagRules.check(request.tags)
        if let policy = request.resourcePolicy { try ResourcePolicyRules.check(policy) }
        try StreamRules.check(request.streamSpecification, isCreation: true)
        try checkQuotas(request, region: region)
    }

    static func tableExists(_ name: String) -> ServiceError {
        .resourceInUseException("Table already exists: \(name)")
    }

    private static func checkBilling(_ request: CreateTableRequest) throws(ServiceError) {
        switch (request.billingMode, request.provisionedThroughput) {
        case (.payPerRequest, _?): throw ThroughputRules.givenOnDemand
        case (.provisioned, nil):
            throw .invalid(
                "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED"
            )
        case (.payPerRequest, nil), (.provisioned, _?): break
        }
        try ThroughputRules.check(request.onDemandThroughput, of: .table, billingMode: request.billingMode)
        try ThroughputRules.check(
            request.warmThroughput,
            of: .table,
            atLeast: Billing.warmed(request.billingMode, request.provisionedThroughput)
        )
    }

    private static func checkDefinitions(_ definitions: [AttributeDefinition]) throws(ServiceError) {
        for (offset, definition) in definitions.enumerated()
        where definitions[..<offset].contains(where: { $0.attributeName.hasSameBytes(as: definition.attributeName) }) {
            throw .validationException("Attribute Name is duplicated: \(definition.attributeName)")
        }
    }

    private static func checkKeys(_ request: CreateTableRequest) throws(ServiceError) {
        try KeySchemaRules.checkTable(request.keySchema, definitions: request.attributeDefinitions)
        let hasIndexes = request.localSecondaryIndexes != nil || request.globalSecondaryIndexes != nil
        if !hasIndexes, request.attributeDefinitions.count != request.keySchema.count {
            throw .invalid(
                "Number of attributes in KeySchema does not exactly match number of attributes defined in "
                    + "AttributeDefinitions"
            )
        }
    }

    private static func checkIndexNames(_ request: CreateTableRequest) throws(ServiceError) {
        let names =
            (request.localSecondaryIndexes ?? []).map(\.indexName)
            + (request.globalSecondaryIndexes ?? []).map(\.indexName)
        for (offset, name) in names.enumerated() where names[..<offset].contains(name) {
            throw .invalid("Duplicate index name: \(name)")
        }
    }

    private static func checkIndexCounts(
        _ request: CreateTableRequest,
        globalIndexesMax: Int
    ) throws(ServiceError) {
        if let indexes = request.localSecondaryIndexes {
            if indexes.isEmpty { throw .invalid("List of LocalSecondaryIndexes is empty") }
            if indexes.count > Limits.localIndexes {
                throw .invalid("Number of LocalSecondaryIndexes exceeds per-table limit of \(Limits.localIndexes)")
            }
        }
        if let indexes = request.globalSecondaryIndexes {
            if indexes.isEmpty { throw .invalid("List of GlobalSecondaryIndexes is empty") }
            if indexes.count > globalIndexesMax {
                throw .invalid("GlobalSecondaryIndex count exceeds the per-table limit of \(globalIndexesMax)")
            }
        }
    }

    private static func checkLocalIndexes(_ request: CreateTableRequest) throws(ServiceError) {
        guard let indexes = request.localSecondaryIndexes else { return }
        if request.keySchema.count < 2 {
            throw .invalid(
                "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex"
            )
        }
        for index in indexes {
            try KeySchemaRules.checkLocalIndex(
                index.indexName,
                index.keySchema,
                tableSchema: request.keySchema,
                definitions: request.attributeDefinitions
            )
            try ProjectionRules.check(index.projection)
        }
    }

    private static func checkGlobalIndexes(_ request: CreateTableRequest) throws(ServiceError) {
        for index in request.globalSecondaryIndexes ?? [] {
            try KeySchemaRules.checkGlobalIndex(index.keySchema, definitions: request.attributeDefinitions)
            try ProjectionRules.check(index.projection)
            try ThroughputRules.check(index, billingMode: request.billingMode)
        }
    }

    private static func checkAllDefinitionsUsed(_ request: CreateTableRequest) throws(ServiceError) {
        let used =
            request.keySchema + (request.localSecondaryIndexes ?? []).flatMap(\.keySchema)
            + (request.globalSecondaryIndexes ?? []).flatMap(\.keySchema)
        let defined = request.attributeDefinitions.map(\.attributeName)
        let isUnused = { (name: String) in !used.contains { $0.attributeName.hasSameBytes(as: name) } }
        guard defined.contains(where: isUnused) else { return }
        throw .invalid(
            "Some AttributeDefinitions are not used. AttributeDefinitions: [\(defined.joined(separator: ", "))], "
                + "keys used: [\(defined.filter { !isUnused($0) }.joined(separator: ", "))]"
        )
    }

    private static func checkQuotas(_ request: CreateTableRequest, region: String) throws(ServiceError) {
        try ThroughputRules.checkQuota(request.provisionedThroughput, of: .table, region: region)
        for index in request.globalSecondaryIndexes ?? [] {
            try ThroughputRules.checkQuota(index.provisionedThroughput, of: .index(index.indexName), region: region)
        }
    }
}
