import Model

/// What UpdateTable refuses because of the table as it is.
extension UpdateTableRules {
    /// `now` is in seconds since 1970, as the description's times are.
    static func check(
        _ request: UpdateTableRequest,
        against table: TableDescription,
        region: String = "us-east-1",
        now: Double = 0,
        globalIndexesMax: Int = Limits.globalIndexes
    ) throws(ServiceError) {
        try checkAllocatingIndexes(request, table)
        try checkIsNotBusy(table)
        let billingMode = request.billingMode ?? table.billingMode
        try checkThroughput(request, table, billingMode, region: region, now: now)
        try StreamRules.check(request.streamSpecification, against: table)
        for update in request.globalSecondaryIndexUpdates ?? [] {
            switch update {
            case .create(let index): try checkNewIndex(index, request, table, billingMode, region: region)
            case .update(let name, let throughput, let bounds, let warm):
                let index = try find(name, in: table)
                try checkIsActive(index, table)
                try ThroughputRules.check(bounds, of: .index(name), billingMode: billingMode)
                try ThroughputRules.check(warm, of: .index(name), atLeast: index.warmThroughput)
                guard let throughput else { continue }
                if billingMode == .payPerRequest { throw ThroughputRules.givenOnDemand(index: name) }
                try checkThroughput(
                    throughput,
                    from: index.provisionedThroughput,
                    of: .index(name),
                    isSwitching: table.billingMode == .payPerRequest,
                    region: region,
                    now: now
                )
            case .delete(let name): try checkDeletion(of: find(name, in: table), table)
            }
        }
        try checkIndexOperations(request, table, globalIndexesMax: globalIndexesMax)
    }

    /// Refuses a change, or a deletion, of a table that is not ACTIVE.
    static func checkIsNotBusy(_ table: TableDescription) throws(ServiceError) {
        switch table.tableStatus {
        case .active: return
        case .creating: throw .stillInUse("Table is being created: \(table.tableName)")
        case .updating: throw .stillInUse("Table: \(table.tableName) is in the process of being updated.")
        case .deleting: throw .stillInUse("Table is being deleted: \(table.tableName)")
        }
    }

    /// DeleteTable of this table.
    static func checkDeletion(of table: TableDescription) throws(ServiceError) {
        try checkIsNotBusy(table)
        if table.globalSecondaryIndexes.contains(where: { $0.indexStatus != .active }) {
            throw .stillInUse("Cannot delete table while indexes are being created, updated, or deleted.")
        }
        if table.deletionProtectionEnabled {
            throw .validationException(
                "Resource cannot be deleted as it is currently protected against deletion. Disable deletion "
                    + "protection first."
            )
        }
    }

    /// An index whose resources are still being allocated cannot be deleted; the table is UPDATING meanwhile.
    private static func checkAllocatingIndexes(
        _ request: UpdateTableRequest,
        _ table: TableDescription
    ) throws(ServiceError) {
        for case .delete(let name) in request.globalSecondaryIndexUpdates ?? [] {
            let index = table.globalSecondaryIndexes.first { $0.indexName == name }
            if let index, table.tableStatus == .updating, index.indexStatus == .creating, index.backfilling == false {
                throw .stillInUse(
                    "Index creation is in resource allocation phase. Retry deletion during backfilling phase or when "
                        + "the index is active. Table: \(table.tableName) Index: \(name)"
                )
            }
        }
    }

    private static func checkThroughput(
        _ request: UpdateTableRequest,
        _ table: TableDescription,
        _ billingMode: BillingMode,
        region: String,
        now: Double
    ) throws(ServiceError) {
        try ThroughputRules.check(request.onDemandThroughput, of: .table, billingMode: billingMode)
        try ThroughputRules.check(request.warmThroughput, of: .table, atLeast: table.warmThroughput)
        let isSwitching = table.billingMode == .payPerRequest
        if let throughput = request.provisionedThroughput {
            if billingMode == .payPerRequest { throw ThroughputRules.givenOnDemand }
            let changesIndexes = request.globalSecondaryIndexUpdates?.isEmpty == false
            // The table's values may stay as they are when an index's change in the same request.
            if !changesIndexes || throughput != table.throughput {
                try checkThroughput(
                    throughput,
                    from: table.provisionedThroughput,
                    of: .table,
                    isSwitching: isSwitching,
                    region: region,
                    now: now
                )
            }
        }
        if isSwitching, billingMode == .provisioned {
            for index in table.globalSecondaryIndexes where !hasThroughput(for: index.indexName, request) {
                throw ThroughputRules.missing(index: index.indexName)
            }
        }
    }

    private static func checkThroughput(
        _ throughput: ProvisionedThroughput,
        from current: ProvisionedThroughputDescription,
        of subject: ThroughputRules.Subject,
        isSwitching: Bool,
        region: String,
        now: Double
    ) throws(ServiceError) {
        try ThroughputRules.checkQuota(throughput, of: subject, region: region)
        if isSwitching { return }
        try ThroughputRules.checkChange(to: throughput, from: current, of: subject)
        try ThroughputRules.checkDecrease(to: throughput, from: current, now: now)
    }

    private static func hasThroughput(for index: String, _ request: UpdateTableRequest) -> Bool {
        (request.globalSecondaryIndexUpdates ?? []).contains { update in
            if case .update(index, _?, _, _) = update { true } else { false }
        }
    }

    private static func find(
        _ name: String,
        in table: TableDescription
    ) throws(ServiceError) -> GlobalSecondaryIndexDescription {
        if let index = table.globalSecondaryIndexes.first(where: { $0.indexName == name }) { return index }
        throw .resourceNotFoundException(
            "Requested resource not found: Index \(name) for table \(table.tableName)"
        )
    }

    private static func checkIsActive(
        _ index: GlobalSecondaryIndexDescription,
        _ table: TableDescription
    ) throws(ServiceError) {
        if index.indexStatus == .active { return }
        let state = index.indexStatus.rawValue.lowercased()
        let participle = state == "creating" ? "created" : state == "deleting" ? "deleted" : "updated"
        throw .stillInUse(
            "Index is being \(participle): Table: \(table.tableName) Index: \(index.indexName)"
        )
    }

    /// An index may be deleted while it is being filled, but not twice.
    private static func checkDeletion(
        of index: GlobalSecondaryIndexDescription,
        _ table: TableDescription
    ) throws(ServiceError) {
        if index.indexStatus == .creating, index.backfilling == true { return }
        try checkIsActive(index, table)
    }

    private static func checkNewIndex(
        _ index: GlobalSecondaryIndexRequest,
        _ request: UpdateTableRequest,
        _ table: TableDescription,
        _ billingMode: BillingMode,
        region: String
    ) throws(ServiceError) {
        let existing = table.globalSecondaryIndexes.map(\.indexName) + table.localSecondaryIndexes.map(\.indexName)
        if existing.contains(index.indexName) {
            throw .validationException("Attempting to create an index which already exists")
        }
        try KeySchemaRules.checkGlobalIndex(index.keySchema, definitions: request.attributeDefinitions)
        try checkDefinitionsAgree(request.attributeDefinitions, index, table)
        try ProjectionRules.check(index.projection)
        try ProjectionRules.checkTotal(
            table.localSecondaryIndexes.map(\.projection) + table.globalSecondaryIndexes.map(\.projection)
                + [index.projection]
        )
        try ThroughputRules.check(index, billingMode: billingMode)
        try ThroughputRules.checkQuota(index.provisionedThroughput, of: .index(index.indexName), region: region)
    }

    /// A key attribute keeps the type that the table or another index gave it.
    private static func checkDefinitionsAgree(
        _ definitions: [AttributeDefinition],
        _ index: GlobalSecondaryIndexRequest,
        _ table: TableDescription
    ) throws(ServiceError) {
        for definition in definitions
        where index.keySchema.contains(where: { $0.attributeName.hasSameBytes(as: definition.attributeName) }) {
            let known = table.attributeDefinitions.first {
                $0.attributeName.hasSameBytes(as: definition.attributeName)
            }
            if let known, known.attributeType != definition.attributeType {
                throw .invalid(
                    "Attribute \(definition.attributeName) is already defined with type "
                        + "\(known.attributeType.rawValue) and cannot be redefined with type "
                        + definition.attributeType.rawValue
                )
            }
        }
    }

    /// One index is created or deleted at a time, and no more than twenty exist.
    private static func checkIndexOperations(
        _ request: UpdateTableRequest,
        _ table: TableDescription,
        globalIndexesMax: Int
    ) throws(ServiceError) {
        var created = 0
        var deleted = 0
        for update in request.globalSecondaryIndexUpdates ?? [] {
            switch update {
            case .create: created += 1
            case .delete: deleted += 1
            case .update: break
            }
        }
        if created > 0, table.globalSecondaryIndexes.count + created > globalIndexesMax {
            throw .subscriberLimit(
                "Number of global secondary indexes exceeds per-table limit of \(globalIndexesMax)"
            )
        }
        let underWay = table.globalSecondaryIndexes.count { $0.indexStatus == .creating || $0.indexStatus == .deleting }
        // Deleting the index that is being filled ends its creation.
        let isCreatingNow = created > 0 && underWay > 0
        if created + deleted > 1 || isCreatingNow {
            throw .subscriberLimit("Only 1 online index can be created or deleted simultaneously per table")
        }
    }
}

extension TableDescription {
    /// What is provisioned now.
    fileprivate var throughput: ProvisionedThroughput {
        ProvisionedThroughput(
            readCapacityUnits: provisionedThroughput.readCapacityUnits,
            writeCapacityUnits: provisionedThroughput.writeCapacityUnits
        )
    }
}
