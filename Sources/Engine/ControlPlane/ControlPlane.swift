import Model

/// What the control plane has begun and will finish later, in simulated time.
enum ControlPlane {
    enum Step {
        case tableCreated(Table)
        case tableDeleted(Table)
        /// The new settings take effect, once there are partitions enough.
        case tableUpdateDue(Table)
        case indexAllocated(Table, GlobalIndex)
        /// The next items of the table are taken over.
        case backfillContinues(Table, GlobalIndex)
        case indexBackfilled(Table, GlobalIndex)
        case indexDeleted(Table, GlobalIndex)
        case indexesChecked(Table)
        case splitCompleted(KeySpace, Partition)
        /// A retired partition has kept its data long enough.
        case retiredForgotten(KeySpace, Partition)
        /// UpdateTimeToLive has taken its time.
        case timeToLiveChanged(Table)
        case expirySweep(Table, period: Int)
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
            startStream(of: table)
            note("table \(table.name) is ACTIVE")
        case .tableDeleted(let table):
            endStream(of: table)
            for list in [table.partitionList] + table.globalIndexes.map(\.partitionList) {
                for partition in list.all { release(partition) }
            }
            metadata.remove(table.name)
            note("table \(table.name) is deleted")
        case .tableUpdateDue(let table):
            table.update?.isDue = true
            continueUpdate(of: table, on: now)
        case .indexAllocated(let table, let index):
            table.status = .active
            index.isBackfilling = true
            note("index \(table.name)/\(index.name): resources allocated, backfilling")
            continueBackfill(of: index, from: table)
        case .backfillContinues(let table, let index): continueBackfill(of: index, from: table)
        case .indexBackfilled(let table, let index):
            // The index may have been deleted while it was filled.
            guard index.status == .creating else { return }
            index.isBackfilling = nil
            index.status = .active
            metadata.schemaChanged()
            note("index \(table.name)/\(index.name) is ACTIVE with \(index.itemCount) entries")
        case .indexDeleted(let table, let index):
            for partition in index.partitionList.all { release(partition) }
            table.globalIndexes.removeAll { $0 === index }
            table.pruneAttributeDefinitions()
            table.status = .active
            metadata.schemaChanged()
            note("index \(table.name)/\(index.name) is deleted")
        case .indexesChecked(let table): checkIndexes(of: table)
        case .splitCompleted(let space, let partition): cutOver(partition, of: space, on: now)
        case .retiredForgotten(let space, let partition): forget(partition, of: space)
        case .timeToLiveChanged(let table): settleTimeToLive(of: table)
        case .expirySweep(let table, let period): sweepExpired(table, period: period)
        }
    }

    func schedule(_ step: ControlPlane.Step, after delay: Int64) {
        schedule(step, at: now.advanced(byMicroseconds: delay))
    }

    func schedule(_ step: ControlPlane.Step, at instant: SimulatedInstant) {
        simulation.events.schedule(.control(step), at: instant)
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
        share: Throughput?,
        indexName: String?,
        localIndexes: [IndexDefinition]
    ) -> [Partition] {
        PartitionMap.hashRanges(count: count).enumerated().map { number, hashes in
            let partition = makePartition(
                PartitionLabel(indexName: indexName, number: number),
                range: KeyRange(hashes: hashes.lowerBound, through: hashes.upperBound),
                share: share,
                localIndexes: localIndexes
            )
            partition.shareDivisor = count
            return partition
        }
    }

    func makePartition(
        _ label: PartitionLabel,
        range: KeyRange,
        lineage: Partition.Lineage? = nil,
        share: Throughput?,
        localIndexes: [IndexDefinition]
    ) -> Partition {
        let leader = label.number % Zone.allCases.count
        let partition = Partition(
            label: label,
            range: range,
            lineage: lineage,
            localIndexes: localIndexes,
            replicas: makeReplicas(leader: Zone.allCases[leader], share: share),
            leader: leader
        )
        partition.share = share
        storageNodes.host(partition)
        return partition
    }

    func release(_ partition: Partition) { storageNodes.release(partition) }

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
        let count = Region.partitionCount(billing)
        return GlobalIndex(
            definition: definition,
            arn: arn(ofTable: tableName) + "/index/\(request.indexName)",
            status: status,
            isBackfilling: isBackfilling,
            billing: billing,
            partitions: makePartitions(
                count: count,
                share: billing.share(of: count),
                indexName: request.indexName,
                localIndexes: []
            ),
            mapNumber: metadata.nextMapNumber(),
            feeds: tablePartitions.map { source in
                IndexFeed(
                    of: source,
                    seed: simulation.nextStreamSeed(),
                    startingAfter: source.committedIndex,
                    at: now
                )
            },
            carry: { [unowned self] in carry($0, $1, $2, $3) }
        )
    }

    func arn(ofTable name: String) -> String { "arn:aws:dynamodb:\(self.name):\(accountID):table/\(name)" }
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
