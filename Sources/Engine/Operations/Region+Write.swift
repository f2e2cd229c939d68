import Model

/// The way of a single-item write: PutItem, UpdateItem, DeleteItem and the members of BatchWriteItem.
extension Region {
    struct WriteOutcome {
        let old: Item?
        let new: Item?
    }

    /// Carries a write out, or throws with nothing changed. The cost goes into the report either way.
    func perform(_ write: ItemWrite, router: Int, _ journey: inout Journey) throws(ServiceError) -> WriteOutcome {
        journey.report.kind = .write
        let table = write.table
        var watched: Partition?
        let result = table.withProbe(for: write.key) { probe -> Result<WriteOutcome, ServiceError>? in
            let partition = route(
                probe.bytes,
                in: table.partitions,
                of: table,
                index: nil,
                router: router,
                &journey
            )
            guard partition.isCalm else {
                watched = partition
                return nil
            }
            forwardWrite(to: partition, router: router, &journey)
            do throws(ServiceError) {
                let outcome = try commit(write, at: probe, in: partition, &journey)
                answer(from: partition.leader, of: partition, router: router, &journey)
                return .success(outcome)
            } catch {
                answer(from: partition.leader, of: partition, router: router, &journey)
                return .failure(error)
            }
        }
        if let result { return try result.get() }
        let key = table.storageKey(of: write.key)
        if let outcome = try performWatched(write, key: key, startingAt: watched, router: router, &journey) {
            return outcome
        }
        return try perform(write, router: router, &journey)
    }

    private func commit(
        _ write: ItemWrite,
        at probe: KeyProbe,
        in partition: Partition,
        _ journey: inout Journey
    ) throws(ServiceError) -> WriteOutcome {
        let table = write.table
        var old: Item?
        var new: Item?
        if write.needsOldItem {
            old = partition.tree.item(at: probe)
            do throws(ServiceError) {
                new = try write.newItem(replacing: old)
            } catch {
                if error.isCharged {
                    let units = write.refusedUnits(old: old)
                    charge(table, ConsumedCapacity(tableName: table.name, table: units), partition, &journey)
                    journey.trace("\(partition.replicas[partition.leader].node)", "refused: nothing written")
                }
                throw error
            }
        } else if case .put(let item) = write.effect {
            new = item
        }
        if table.hasLocalIndexes { try checkCollection(of: write, becoming: new, at: probe, in: partition) }
        replicate(partition, &journey)
        let replaced = partition.commit(new, at: probe, on: journey.now)
        if !write.needsOldItem { old = replaced }
        let capacity = table.consumedCapacity(
            tableUnits: write.tableUnits(old: old, new: new),
            old: old,
            new: new
        )
        charge(table, capacity, partition, &journey)
        traceApplied(partition, capacity, &journey)
        tidy(partition, of: table, on: journey.now)
        return WriteOutcome(old: old, new: new)
    }

    private func traceApplied(_ partition: Partition, _ capacity: ConsumedCapacity, _ journey: inout Journey) {
        guard journey.isTraced else { return }
        let node = "\(partition.replicas[partition.leader].node)"
        journey.trace(
            node,
            "applied to the B-tree (height \(partition.tree.height)), \(Units.text(capacity.capacityUnits)) WCU"
        )
        for arm in capacity.globalSecondaryIndexes {
            journey.trace(node, "index \(arm.indexName) will follow from the log, \(Units.text(arm.capacityUnits)) WCU")
        }
    }

    /// Puts a write's cost into the report and through admission.
    func charge(
        _ table: Table,
        _ capacity: ConsumedCapacity,
        _ partition: Partition,
        _ journey: inout Journey
    ) {
        let own = capacity.localSecondaryIndexes.reduce(capacity.table) { $0 + $1.capacityUnits }
        admission.admitWrite(units: own, to: partition, at: journey.now)
        journey.report.add(capacity)
    }

    /// How full the item's collection is, when the table has a local index and the caller wants to know.
    func itemCollectionMetrics(
        for key: Item,
        in table: Table,
        _ wanted: ReturnItemCollectionMetrics
    ) -> ItemCollectionMetrics? {
        guard wanted == .size, table.hasLocalIndexes else { return nil }
        let partitionKey = table.key.partitionKey.attribute
        let bytes = table.collectionSize(of: key)
        let gigabytes = bytes >> 30
        return ItemCollectionMetrics(
            itemCollectionKey: key.projected(to: [partitionKey]),
            sizeEstimateRangeGB: gigabytes...(gigabytes + 1)
        )
    }
}

extension Table {
    /// Bytes of all items and local index entries under the key's partition key.
    func collectionSize(of key: Item) -> Int {
        var encoder = KeyEncoder()
        key.withValue(of: self.key.partitionKey.attribute) { encoder.appendPartitionKey($0!) }
        let range = KeyRange(prefix: encoder.bytes)
        var bytes = 0
        for partition in partitions where partition.range.intersection(range) != nil {
            let trees = partition.trees
            for tree in [trees.items] + trees.local {
                tree.walk(range) { slot in
                    bytes += slot.item.size
                    return true
                }
            }
        }
        return bytes
    }
}

extension RequestReport {
    /// Adds a cost to its table's row.
    mutating func add(_ capacity: ConsumedCapacity) {
        if let row = consumedCapacity.firstIndex(where: { $0.tableName == capacity.tableName }) {
            consumedCapacity[row].add(capacity)
        } else {
            consumedCapacity.append(capacity)
        }
    }
}

extension ServiceError {
    /// Whether the write that ended so is charged: the item had to be read to know.
    var isCharged: Bool {
        switch self {
        case .conditionalCheckFailedException, .duplicateItemException: true
        default: false
        }
    }
}
