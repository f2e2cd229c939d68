import Model

extension Region {
    func describeTable(
        _ request: DescribeTableRequest,
        _ journey: inout Journey
    ) throws(ServiceError) -> TableDescription {
        let router = arrive(&journey)
        let table = try controlledTable(request.tableName)
        finish(router, &journey)
        return describe(table, at: journey.now)
    }

    /// The description with counts as old as the service lets them be.
    func describe(_ table: Table, at instant: SimulatedInstant) -> TableDescription {
        let isDue = table.stats.refreshedAt.map { instant - $0 >= constants.statsRefresh } ?? true
        if isDue { table.stats = count(table, at: instant) }
        return description(of: table, counts: table.stats, at: instant)
    }

    /// Counts as they are at an instant.
    func count(_ table: Table, at instant: SimulatedInstant) -> TableStats {
        table.propagate(through: instant, constants: constants)
        var stats = TableStats(refreshedAt: instant)
        for partition in table.partitions {
            stats.table.items += partition.itemCount
            stats.table.bytes += partition.sizeBytes
            for (position, index) in table.localIndexes.enumerated() {
                let tree = partition.localTrees[position]
                let bytes = tree.byteCount
                stats.indexes[index.name, default: .init()].items += tree.count
                stats.indexes[index.name, default: .init()].bytes += bytes
                stats.table.bytes -= bytes
            }
        }
        for index in table.globalIndexes {
            stats.indexes[index.name] = .init(
                items: index.itemCount,
                bytes: index.partitions.reduce(0) { $0 + $1.sizeBytes }
            )
        }
        return stats
    }

    func description(of table: Table, counts: TableStats, at instant: SimulatedInstant) -> TableDescription {
        TableDescription(
            tableName: table.name,
            tableStatus: table.status,
            attributeDefinitions: table.attributeDefinitions,
            keySchema: table.key.elements,
            creationDateTime: table.createdAt.epochSeconds,
            provisionedThroughput: table.billing.description(at: instant),
            tableSizeBytes: counts.table.bytes,
            itemCount: counts.table.items,
            tableArn: table.arn,
            tableId: table.id,
            billingModeSummary: table.billing.switchedToOnDemandAt.map {
                BillingModeSummary(
                    billingMode: table.billing.mode,
                    lastUpdateToPayPerRequestDateTime: $0.epochSeconds
                )
            },
            localSecondaryIndexes: table.localIndexes.map { index in
                LocalSecondaryIndexDescription(
                    indexName: index.name,
                    keySchema: index.key.elements,
                    projection: index.projection,
                    indexSizeBytes: counts.indexes[index.name]?.bytes ?? 0,
                    itemCount: counts.indexes[index.name]?.items ?? 0,
                    indexArn: table.arn + "/index/\(index.name)"
                )
            },
            globalSecondaryIndexes: table.globalIndexes.map { index in
                GlobalSecondaryIndexDescription(
                    indexName: index.name,
                    keySchema: index.definition.key.elements,
                    projection: index.definition.projection,
                    indexStatus: index.status,
                    backfilling: index.isBackfilling,
                    provisionedThroughput: index.billing.description(at: instant),
                    onDemandThroughput: index.billing.onDemandMaximum,
                    warmThroughput: index.billing.warmed,
                    indexSizeBytes: counts.indexes[index.name]?.bytes ?? 0,
                    itemCount: counts.indexes[index.name]?.items ?? 0,
                    indexArn: index.arn
                )
            },
            streamSpecification: table.stream?.specification,
            latestStreamLabel: table.stream?.label,
            latestStreamArn: table.stream?.arn,
            sseDescription: table.encryption,
            tableClass: table.tableClass,
            tableClassUpdateDateTime: table.tableClassChangedAt?.epochSeconds,
            deletionProtectionEnabled: table.isProtected,
            onDemandThroughput: table.billing.onDemandMaximum,
            warmThroughput: table.billing.warmed
        )
    }
}

extension Billing {
    fileprivate func description(at instant: SimulatedInstant) -> ProvisionedThroughputDescription {
        ProvisionedThroughputDescription(
            readCapacityUnits: throughput.readCapacityUnits,
            writeCapacityUnits: throughput.writeCapacityUnits,
            numberOfDecreasesToday: decreases(onDayOf: instant),
            lastIncreaseDateTime: lastIncreaseAt?.epochSeconds,
            lastDecreaseDateTime: lastDecreaseAt?.epochSeconds
        )
    }
}
