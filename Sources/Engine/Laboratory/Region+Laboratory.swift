import Model

/// The inside view.
extension Region {
    public func tableNames() -> [String] { metadata.tableNames }

    public var schemaVersion: Int { metadata.schemaVersion }

    /// The table as the parser and completion need it: nil when there is none.
    public func keys(of table: String) -> (table: KeySchema, indexes: [(name: String, key: KeySchema, isLocal: Bool)])?
    {
        guard let table = metadata[table] else { return nil }
        let indexes =
            table.localIndexes.map { (name: $0.name, key: $0.key, isLocal: true) }
            + table.globalIndexes.map { (name: $0.name, key: $0.definition.key, isLocal: false) }
        return (table.key, indexes)
    }

    public func describe(table name: String) throws(ServiceError) -> TableDescription {
        let table = try controlledTable(name)
        return description(of: table, counts: count(table, at: now), at: now)
    }

    public func partitions(of name: String, index: String?) throws(ServiceError) -> [PartitionReport] {
        let (table, partitions, billing) = try inspected(name, index)
        let share = billing.mode == .provisioned ? billing.throughput.share(of: partitions.count) : nil
        return partitions.map { partition in
            let leader = partition.replicas[partition.leader]
            let busy = partition.meter.lastBusySecond
            return PartitionReport(
                label: partition.label,
                firstHash: partition.firstHash,
                lastHash: partition.lastHash,
                itemCount: partition.itemCount,
                sizeBytes: partition.sizeBytes,
                readUnitsPerSecond: busy.read,
                writeUnitsPerSecond: busy.write,
                readCeiling: 3_000,
                writeCeiling: 1_000,
                provisionedShare: share,
                leader: "\(leader.node)",
                leaderZone: "\(leader.zone)",
                state: table.status.rawValue
            )
        }
    }

    public func replicas(of name: String, index: String?) throws(ServiceError) -> [ReplicaReport] {
        try inspected(name, index).partitions.flatMap { replicas(of: $0) }
    }

    private func replicas(of partition: Partition) -> [ReplicaReport] {
        partition.replicas.indices.map { number in
            let replica = partition.replicas[number]
            let view = partition.view(replica: number, localIndex: nil, on: now, lag: constants.followerLag)
            return ReplicaReport(
                partition: partition.label,
                node: "\(replica.node)",
                zone: "\(replica.zone)",
                role: replica.role.rawValue,
                kind: "full",
                state: "ok",
                term: partition.term,
                logIndex: partition.log.lastIndex,
                appliedIndex: partition.appliedIndex(of: number, on: now, lag: constants.followerLag),
                lagMicroseconds: 0,
                itemCount: view.count,
                treeHeight: view.height
            )
        }
    }

    public func locate(_ key: Item, in name: String, index: String?) throws(ServiceError) -> LocationReport {
        let table = try controlledTable(name)
        var encoder = KeyEncoder()
        let partitions: [Partition]
        let schema: KeySchema
        if let index {
            guard let found = table.globalIndex(named: index) else { throw ReadRules.unknownIndex(index) }
            (partitions, schema) = (found.partitions, found.definition.key)
        } else {
            (partitions, schema) = (table.partitions, table.key)
        }
        for attribute in schema.hash where key.withValue(of: attribute.attribute, { $0?.type }) != attribute.type {
            throw ItemRules.keyDoesNotMatchSchema
        }
        encoder.appendPartitionKey(parts: schema.hash.map { key.orderedBytes(of: $0.attribute) })
        if let sortKey = schema.sortKey {
            key.withValue(of: sortKey.attribute) { if let value = $0 { encoder.appendFinal(value) } }
        }
        let partition = encoder.bytes.withUnsafeBytes { PartitionMap.partition(holding: $0, in: partitions) }
        return LocationReport(
            hash: encoder.bytes.withUnsafeBytes { PartitionHash.leadingInteger($0) },
            partition: partition.label,
            partitionCount: partitions.count,
            firstHash: partition.firstHash,
            lastHash: partition.lastHash,
            replicas: replicas(of: partition)
        )
    }

    public func routers() -> [RouterReport] {
        fleet.map { router in
            RouterReport(
                name: router.name,
                zone: "\(router.zone)",
                cachedTables: router.cachedMaps,
                cacheHits: router.cacheHits,
                cacheMisses: router.cacheMisses,
                redirects: 0,
                isAlive: true
            )
        }
    }

    public func nodes() -> [NodeReport] { [] }

    public func inject(_ fault: Fault, forMicroseconds duration: Int64?) throws(ServiceError) -> FaultReport {
        throw .validationException("there is no \(fault)")
    }

    public func heal(_ scope: FaultScope?) throws(ServiceError) -> [FaultReport] { [] }

    public func faults() -> [FaultReport] { [] }

    public func settings() -> [SettingReport] { constants.report() }

    public func set(_ name: String, to value: String) throws(ServiceError) {
        try constants.set(name, to: value)
    }

    public func takeEvents() -> [EngineEvent] { eventLog.take() }
    public func recentEvents() -> [EngineEvent] { eventLog.recent }

    public func sampleItems(of name: String, limit: Int) -> [Item] {
        guard let table = metadata[name], limit > 0 else { return [] }
        var items: [Item] = []
        for (number, partition) in table.partitions.enumerated() {
            // An even part of the limit for each partition that is left.
            let share = (limit - items.count) / (table.partitions.count - number)
            var taken = 0
            partition.tree.walk(.everything) { slot in
                if taken == share { return false }
                items.append(slot.item)
                taken += 1
                return true
            }
        }
        return items
    }

    private func inspected(
        _ name: String,
        _ index: String?
    ) throws(ServiceError) -> (table: Table, partitions: [Partition], billing: Billing) {
        let table = try controlledTable(name)
        table.propagate(through: now, lag: constants.propagationLag)
        guard let index else { return (table, table.partitions, table.billing) }
        guard let found = table.globalIndex(named: index) else {
            if table.localIndexes.contains(where: { $0.name == index }) {
                throw .validationException(
                    "\(index) is a local index: it lives in the partitions of \(name); Show partitions \(name)"
                )
            }
            throw ReadRules.unknownIndex(index)
        }
        return (table, found.partitions, found.billing)
    }
}

extension ProvisionedThroughput {
    /// The even share of one of `count` partitions, rounded down.
    func share(of count: Int) -> ProvisionedThroughput {
        ProvisionedThroughput(
            readCapacityUnits: readCapacityUnits / count,
            writeCapacityUnits: writeCapacityUnits / count
        )
    }
}
