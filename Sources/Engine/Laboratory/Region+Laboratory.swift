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

    public func timeToLive(of table: String) throws(ServiceError) -> TimeToLiveDescription {
        try controlledTable(table).timeToLive.description
    }

    public func partitions(of name: String, index: String?) throws(ServiceError) -> [PartitionReport] {
        let space = try inspected(name, index)
        let retired = space.list.retired.sorted { $0.label.number < $1.label.number }
        return (space.partitions + retired).map { report(on: $0, of: space.billing) }
    }

    private func report(on partition: Partition, of billing: Billing) -> PartitionReport {
        let isShared = billing.mode == .provisioned && !partition.isRetired
        let busy = partition.meter.lastBusySecond
        let leader = leader(of: partition)
        return PartitionReport(
            label: partition.label,
            firstHash: partition.firstHash,
            lastHash: partition.lastHash,
            itemCount: partition.itemCount,
            sizeBytes: partition.sizeBytes,
            readUnitsPerSecond: partition.isRetired ? 0 : busy.read,
            writeUnitsPerSecond: partition.isRetired ? 0 : busy.write,
            readCeiling: 3_000,
            writeCeiling: 1_000,
            provisionedShare: isShared ? billing.throughput.share(of: partition.shareDivisor) : nil,
            firstSortKey: partition.lineage?.firstSortKey,
            endSortKey: partition.lineage?.endSortKey,
            leader: leader.map { "\($0.node)" } ?? "none",
            leaderZone: leader.map { "\($0.zone)" } ?? "",
            state: leader == nil ? "no leader" : partition.stateText(on: now),
            parent: partition.lineage?.parent,
            children: (partition.split?.children ?? partition.children).map(\.label)
        )
    }

    /// Who may answer for the partition now.
    private func leader(of partition: Partition) -> (node: StorageNodeName, zone: Zone)? {
        guard let group = partition.group else {
            let replica = partition.replicas[partition.leader]
            return (replica.node, replica.zone)
        }
        return group.readyLeader(at: now).map { (group.members[$0].node, group.members[$0].zone) }
    }

    public func replicas(of name: String, index: String?) throws(ServiceError) -> [ReplicaReport] {
        try inspected(name, index).partitions.flatMap { replicas(of: $0) }
    }

    private func replicas(of partition: Partition) -> [ReplicaReport] {
        if let group = partition.group { return replicas(of: group) }
        let lag = constants.followerLag
        let members = partition.replicas.indices.map { number in
            let replica = partition.replicas[number]
            let tree = partition.view(replica: number, on: now, lag: lag).items
            let applied = partition.appliedIndex(of: number, on: now, lag: lag)
            return ReplicaReport(
                partition: partition.label,
                node: "\(replica.node)",
                zone: "\(replica.zone)",
                role: replica.role.rawValue,
                kind: "full",
                state: moveState(of: replica, in: partition),
                term: partition.term,
                logIndex: partition.log.lastIndex,
                appliedIndex: applied,
                lagMicroseconds: age(ofFirstAfter: applied, in: partition.log, through: partition.log.lastIndex),
                leaseMicroseconds: replica.role == .leader ? constants.lease : nil,
                itemCount: tree.count,
                treeHeight: tree.height
            )
        }
        return members + learners(of: partition)
    }

    private func replicas(of group: ReplicationGroup) -> [ReplicaReport] {
        let committed = group.leading.state.commitIndex
        for position in group.members.indices { catchUp(position, in: group) }
        return group.members.map { member in
            let tree = member.state.trees.items
            return ReplicaReport(
                partition: group.partition.label,
                node: "\(member.node)",
                zone: "\(member.zone)",
                role: member.roleText,
                kind: member.kind.rawValue,
                state: member.stateText,
                term: member.term,
                logIndex: member.state.log.lastIndex,
                appliedIndex: member.state.appliedIndex,
                lagMicroseconds: age(
                    ofFirstAfter: member.state.appliedIndex,
                    in: group.leading.state.log,
                    through: committed
                ),
                leaseMicroseconds: member.holdsLease(at: now) ? member.leaseUntil - now : nil,
                itemCount: tree.count,
                treeHeight: tree.height
            )
        }
    }

    /// How long ago the first record was committed that somebody has not applied; 0 when there is none.
    private func age(ofFirstAfter applied: UInt64, in log: WriteAheadLog, through last: UInt64) -> Int64 {
        guard applied < last, last >= log.firstIndex else { return 0 }
        return max(0, now - log[max(applied + 1, log.firstIndex)].committedAt)
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
                redirects: router.redirects,
                isAlive: router.isAlive
            )
        }
    }

    public func settings() -> [SettingReport] { constants.report() }

    public func set(_ name: String, to value: String) throws(ServiceError) {
        followUp()
        let former = constants
        try constants.set(name, to: value)
        if constants.shardRotation > 0, constants.shardRotation < Settings.shardRotationMinimum {
            constants = former
            throw .validationException("shardRotation takes 1m or more, or 0 for never")
        }
        try nodeSettingsChanged()
    }

    /// Lets replicas and indexes take over all that is due by now, before a setting changes what is.
    private func followUp() {
        for table in metadata.tables.values {
            table.propagate(through: now, constants: constants)
            for partition in table.partitions + table.globalIndexes.flatMap(\.partitions) where partition.isCalm {
                for replica in partition.replicas.indices {
                    _ = partition.appliedIndex(of: replica, on: now, lag: constants.followerLag)
                }
            }
        }
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

    func inspected(_ name: String, _ index: String?) throws(ServiceError) -> KeySpace {
        let table = try controlledTable(name)
        table.propagate(through: now, constants: constants)
        guard let index else { return KeySpace(table) }
        guard let found = table.globalIndex(named: index) else {
            if table.localIndexes.contains(where: { $0.name == index }) {
                throw .validationException(
                    "\(index) is a local index: it lives in the partitions of \(name); Show partitions \(name)"
                )
            }
            throw ReadRules.unknownIndex(index)
        }
        return KeySpace(table, found)
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
