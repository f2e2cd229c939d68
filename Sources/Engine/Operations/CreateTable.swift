import Model

extension Region {
    func createTable(_ request: CreateTableRequest, _ journey: inout Journey) throws(ServiceError) -> TableDescription {
        let router = arrive(&journey)
        try CreateTableRules.check(request, region: name, globalIndexesMax: constants.maxGlobalIndexes)
        if metadata[request.tableName] != nil { throw CreateTableRules.tableExists(request.tableName) }
        try checkTableCount()
        try checkBusyTables(
            creatingWithIndexes: request.localSecondaryIndexes != nil || request.globalSecondaryIndexes != nil
        )
        try checkAccountQuota(adding: request.throughputs)
        let table = makeTable(request)
        metadata.add(table)
        finish(router, &journey)
        let description = describe(table, at: journey.now)
        let delay = table.globalIndexes.isEmpty ? constants.tableCreation : constants.tableCreationWithIndexes
        schedule(.tableCreated(table), after: delay, journey)
        return description
    }

    private func makeTable(_ request: CreateTableRequest) -> Table {
        let key = KeySchema(request.keySchema, request.attributeDefinitions)
        let localIndexes = (request.localSecondaryIndexes ?? []).map { index in
            IndexDefinition(
                name: index.indexName,
                isLocal: true,
                key: KeySchema(index.keySchema, request.attributeDefinitions),
                tableKey: key,
                projection: index.projection
            )
        }
        let billing = Billing(
            mode: request.billingMode,
            throughput: request.provisionedThroughput ?? .none,
            onDemandMaximum: request.onDemandThroughput,
            warm: request.warmThroughput,
            switchedToOnDemandAt: request.billingMode == .payPerRequest ? now : nil
        )
        let count = Region.partitionCount(billing)
        let partitions = makePartitions(
            count: count,
            share: billing.share(of: count),
            indexName: nil,
            localIndexes: localIndexes
        )
        let table = Table(
            name: request.tableName,
            id: makeIdentifier(),
            arn: arn(ofTable: request.tableName),
            createdAt: now,
            key: key,
            localIndexes: localIndexes,
            attributeDefinitions: request.attributeDefinitions,
            billing: billing,
            encryption: encryption(request.sseSpecification),
            tableClass: request.tableClass,
            isProtected: request.deletionProtectionEnabled,
            tags: request.tags,
            partitions: partitions,
            mapNumber: metadata.nextMapNumber()
        )
        if let policy = request.resourcePolicy { attach(policy, to: table.arn, of: table) }
        if let stream = request.streamSpecification, let viewType = stream.streamViewType {
            table.stream = makeStream(viewType, ofTable: table.name, key)
        }
        table.globalIndexes = (request.globalSecondaryIndexes ?? []).map { index in
            makeGlobalIndex(
                index,
                tableName: request.tableName,
                tableKey: key,
                definitions: request.attributeDefinitions,
                mode: request.billingMode,
                status: .creating,
                isBackfilling: nil,
                following: partitions
            )
        }
        return table
    }

    private func makeIdentifier() -> String {
        let high = simulation.nextStreamSeed()
        return Region.identifier(high, simulation.nextStreamSeed())
    }

    /// Sixteen bytes in the form of a UUID.
    static func identifier(_ high: UInt64, _ low: UInt64) -> String {
        let digits = Array(String(high, radix: 16, width: 16) + String(low, radix: 16, width: 16))
        let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return groups.map { String(digits[$0]) }.joined(separator: "-")
    }
}
