import Model

/// What the control plane has begun and will finish later, in simulated time.
enum ControlPlane {
    enum Step {
        case tableCreated(Table)
        case tableDeleted(Table)
        /// The new settings take effect.
        case tableUpdated(Table, UpdateTableRequest)
        case indexAllocated(Table, GlobalIndex)
        case indexBackfilled(Table, GlobalIndex)
        case indexDeleted(Table, GlobalIndex)
    }
}

extension Region {
    func schedule(_ step: ControlPlane.Step, after delay: Int64, _ journey: Journey) {
        if delay == 0 {
            carryOut(step)
        } else {
            simulation.events.schedule(.control(step), at: journey.now.advanced(byMicroseconds: delay))
        }
    }

    func carryOut(_ step: ControlPlane.Step) {
        switch step {
        case .tableCreated(let table):
            table.status = .active
            for index in table.globalIndexes { index.status = .active }
            note("table \(table.name) is ACTIVE")
        case .tableDeleted(let table):
            for partition in table.partitions + table.globalIndexes.flatMap(\.partitions) { release(partition) }
            metadata.remove(table.name)
            note("table \(table.name) is deleted")
        case .tableUpdated(let table, let request):
            apply(request, to: table)
            table.status = .active
            note("table \(table.name) is ACTIVE with its new settings")
        case .indexAllocated(let table, let index):
            table.status = .active
            index.isBackfilling = true
            index.backfill(from: table.partitions, on: now)
            note("index \(table.name)/\(index.name): resources allocated, backfilling")
            schedule(.indexBackfilled(table, index), after: constants.indexBackfill)
        case .indexBackfilled(let table, let index):
            // The index may have been deleted while it was filled.
            guard index.status == .creating else { return }
            index.isBackfilling = nil
            index.status = .active
            metadata.schemaChanged()
            note("index \(table.name)/\(index.name) is ACTIVE with \(index.itemCount) entries")
        case .indexDeleted(let table, let index):
            for partition in index.partitions { release(partition) }
            table.globalIndexes.removeAll { $0 === index }
            table.pruneAttributeDefinitions()
            table.status = .active
            metadata.schemaChanged()
            note("index \(table.name)/\(index.name) is deleted")
        }
    }

    private func schedule(_ step: ControlPlane.Step, after delay: Int64) {
        simulation.events.schedule(.control(step), at: now.advanced(byMicroseconds: delay))
    }

    // MARK: Partitions

    /// How many partitions a throughput needs. Source: reference E1.
    static func partitionCount(_ billing: Billing) -> Int {
        switch billing.mode {
        case .provisioned:
            let reads = billing.throughput.readCapacityUnits
            let writes = billing.throughput.writeCapacityUnits
            // ceil(R/3000 + W/1000)
            return max(1, (reads + 3 * writes + 2_999) / 3_000)
        case .payPerRequest:
            let reads = billing.warm?.readUnitsPerSecond ?? 0
            let writes = billing.warm?.writeUnitsPerSecond ?? 0
            return max(4, (reads + 2_999) / 3_000, (writes + 999) / 1_000)
        }
    }

    func makePartitions(
        count: Int,
        indexName: String?,
        localIndexes: [IndexDefinition]
    ) -> [Partition] {
        PartitionMap.hashRanges(count: count).enumerated().map { number, hashes in
            let leader = number % Zone.allCases.count
            let replicas = Zone.allCases.map { zone in
                Replica(
                    node: storageNodes.place(in: zone),
                    zone: zone,
                    role: zone.rawValue == leader ? .leader : .follower,
                    cursor: LogCursor(seed: simulation.nextStreamSeed(), startingAfter: 0, at: now)
                )
            }
            return Partition(
                label: PartitionLabel(indexName: indexName, number: number),
                hashes: hashes,
                localIndexes: localIndexes,
                replicas: replicas,
                leader: leader
            )
        }
    }

    private func release(_ partition: Partition) {
        for replica in partition.replicas { storageNodes.release(replica.node) }
    }

    func makeGlobalIndex(
        _ request: GlobalSecondaryIndexRequest,
        tableName: String,
        tableKey: KeySchema,
        definitions: [AttributeDefinition],
        mode: BillingMode,
        status: TableStatus,
        isBackfilling: Bool?,
        following tablePartitions: [Partition]
    ) -> GlobalIndex {
        let definition = IndexDefinition(
            name: request.indexName,
            isLocal: false,
            key: KeySchema(request.keySchema, definitions),
            tableKey: tableKey,
            projection: request.projection
        )
        let billing = Billing(
            mode: mode,
            throughput: request.provisionedThroughput ?? .none,
            onDemandMaximum: request.onDemandThroughput,
            warm: request.warmThroughput
        )
        return GlobalIndex(
            definition: definition,
            arn: arn(ofTable: tableName) + "/index/\(request.indexName)",
            status: status,
            isBackfilling: isBackfilling,
            billing: billing,
            partitions: makePartitions(
                count: Region.partitionCount(billing),
                indexName: request.indexName,
                localIndexes: []
            ),
            mapNumber: metadata.nextMapNumber(),
            cursors: tablePartitions.map { source in
                LogCursor(seed: simulation.nextStreamSeed(), startingAfter: source.log.lastIndex, at: now)
            }
        )
    }

    func arn(ofTable name: String) -> String { "arn:aws:dynamodb:\(self.name):\(accountID):table/\(name)" }

    // MARK: Updates

    private func apply(_ request: UpdateTableRequest, to table: Table) {
        if let mode = request.billingMode { table.billing.change(mode: mode, at: now) }
        if let throughput = request.provisionedThroughput { table.billing.change(throughput, at: now) }
        if let maximum = request.onDemandThroughput { table.billing.onDemandMaximum = maximum.cleared }
        if let warm = request.warmThroughput { table.billing.warm = warm }
        if let tableClass = request.tableClass { table.tableClass = tableClass }
        if let isProtected = request.deletionProtectionEnabled { table.isProtected = isProtected }
        for index in table.globalIndexes {
            index.status = index.status == .updating ? .active : index.status
            if let mode = request.billingMode { index.billing.change(mode: mode, at: now) }
        }
        for update in request.globalSecondaryIndexUpdates ?? [] {
            guard case .update(let name, let throughput, let maximum, let warm) = update,
                let index = table.globalIndex(named: name)
            else { continue }
            if let throughput { index.billing.change(throughput, at: now) }
            if let maximum { index.billing.onDemandMaximum = maximum.cleared }
            if let warm { index.billing.warm = warm }
        }
    }
}

extension OnDemandThroughput {
    /// −1 takes a bound away.
    fileprivate var cleared: OnDemandThroughput? {
        let bounds = OnDemandThroughput(
            maxReadRequestUnits: maxReadRequestUnits == -1 ? nil : maxReadRequestUnits,
            maxWriteRequestUnits: maxWriteRequestUnits == -1 ? nil : maxWriteRequestUnits
        )
        return bounds == OnDemandThroughput() ? nil : bounds
    }
}

extension Table {
    /// Attributes that no key names any more are forgotten.
    func pruneAttributeDefinitions() {
        attributeDefinitions.removeAll { definition in
            !key.contains(definition.attributeName)
                && !indexKeys.contains { $0.schema.contains(definition.attributeName) }
        }
    }
}

extension KeySchema {
    /// The schema's rows with the types that the definitions give them. Every attribute must be defined.
    init(_ elements: [KeySchemaElement], _ definitions: [AttributeDefinition]) {
        func attributes(_ type: KeyType) -> [KeyAttribute] {
            elements.filter { $0.keyType == type }.map { element in
                let definition = definitions.first { $0.attributeName == element.attributeName }!
                return KeyAttribute(element.attributeName, definition.attributeType)
            }
        }
        self.init(hash: attributes(.hash), range: attributes(.range))
    }

    var elements: [KeySchemaElement] {
        hash.map { KeySchemaElement($0.name, .hash) } + range.map { KeySchemaElement($0.name, .range) }
    }
}
