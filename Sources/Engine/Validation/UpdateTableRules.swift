import Model

/// What UpdateTable refuses by its parameters alone. Source: reference B7, C5 "UpdateTable GSI".
enum UpdateTableRules {
    static func check(_ request: UpdateTableRequest) throws(ServiceError) {
        _ = try TableNameRules.check(nameOrArn: request.tableName)
        try ConstraintViolations.check { $0.check(request) }
        try checkIsChange(request)
        try checkBilling(request)
        try StreamRules.check(request.streamSpecification, isCreation: false)
        try checkOneUpdateAnIndex(request)
        try checkOneKindOfChange(request)
    }

    static let emptyIndexUpdate = ServiceError.invalid(
        "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
            + "GlobalSecondaryIndexUpdate.Delete must not be null"
    )

    private static func checkIsChange(_ request: UpdateTableRequest) throws(ServiceError) {
        let changesIndexes = request.globalSecondaryIndexUpdates?.isEmpty == false
        let changesTable =
            request.billingMode != nil || request.provisionedThroughput != nil || request.onDemandThroughput != nil
            || request.warmThroughput != nil || request.tableClass != nil || request.deletionProtectionEnabled != nil
            || request.sseSpecification != nil
            || request.streamSpecification != nil
        if changesIndexes || changesTable { return }
        throw .validationException(
            "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, "
                + "SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, "
                + "MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or "
                + "TableClass is required"
        )
    }

    private static func checkBilling(_ request: UpdateTableRequest) throws(ServiceError) {
        switch (request.billingMode, request.provisionedThroughput) {
        case (.payPerRequest, _?): throw ThroughputRules.givenOnDemand
        case (.provisioned, nil):
            throw .invalid("ProvisionedThroughput must be specified when BillingMode is PROVISIONED")
        case (.payPerRequest, nil), (.provisioned, _?), (nil, _): break
        }
        try EncryptionRules.check(request.sseSpecification)
    }

    private static func checkOneUpdateAnIndex(_ request: UpdateTableRequest) throws(ServiceError) {
        let names = (request.globalSecondaryIndexUpdates ?? []).map(\.indexName)
        for (offset, name) in names.enumerated() where names[..<offset].contains(name) {
            throw .invalid(
                "Only one global secondary index update per index is allowed simultaneously. Index: \(name)"
            )
        }
    }

    /// Capacity of the table and of its indexes may change together, and a stream with the switch to on demand;
    /// everything else changes alone.
    private static func checkOneKindOfChange(_ request: UpdateTableRequest) throws(ServiceError) {
        let updates = request.globalSecondaryIndexUpdates ?? []
        var updatesCapacity = request.billingMode != nil || request.provisionedThroughput != nil
        var changesIndexSet = false
        for update in updates {
            if case .update = update { updatesCapacity = true } else { changesIndexSet = true }
        }
        let boundsStandAlone = request.provisionedThroughput == nil && request.billingMode != .provisioned
        if request.onDemandThroughput != nil, boundsStandAlone { updatesCapacity = true }
        let kinds: [(isRequested: Bool, name: String)] = [
            (updatesCapacity, "throughput"),
            (request.onDemandThroughput != nil && !boundsStandAlone, "OnDemandThroughput"),
            (changesIndexSet, "the set of global secondary indexes"),
            (request.warmThroughput != nil, "WarmThroughput"),
            (request.sseSpecification != nil, "SSESpecification"),
            (request.streamSpecification != nil && request.billingMode != .payPerRequest, "StreamSpecification"),
            (request.tableClass != nil, "TableClass"),
            (request.deletionProtectionEnabled != nil, "DeletionProtectionEnabled"),
        ]
        let requested = kinds.filter(\.isRequested).map(\.name)
        if requested.count > 1 {
            throw .validationException(
                "Only one kind of change is allowed in one UpdateTable request. Requested changes: "
                    + requested.joined(separator: ", ")
            )
        }
    }
}
