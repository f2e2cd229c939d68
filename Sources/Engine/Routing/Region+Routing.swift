import Model

/// The way from the caller to the partition that is asked.
extension Region {
    /// Takes the request to one of the routers, which accepts and authenticates it.
    func arrive(_ journey: inout Journey) -> Int {
        let router = journey.chooseReplica()
        journey.spend(median: constants.hopWithinZone)
        journey.trace("router \(fleet[router].name)", "accept, authenticate, parse")
        journey.spend(median: constants.routerWork)
        return router
    }

    /// The table for a call that reads or writes items: it must be there, and not be about to come or go.
    func activeTable(_ reference: TableReference) throws(ServiceError) -> Table {
        guard let table = reference.table, table.status == .active || table.status == .updating else {
            throw .resourceNotFoundException("Requested resource not found")
        }
        return table
    }

    /// The router's look-up of the partition that holds a key.
    func route(
        _ key: UnsafeRawBufferPointer,
        in partitions: [Partition],
        of table: Table,
        index: GlobalIndex?,
        router: Int,
        _ journey: inout Journey
    ) -> Partition {
        let isHit = lookUpMap(of: table, index: index, router: router, &journey)
        let partition = PartitionMap.partition(holding: key, in: partitions)
        if journey.isTraced {
            let hash = PartitionHash.leadingInteger(key)
            journey.trace(
                "router \(fleet[router].name)",
                "hash \(HashText.short(hash)) → \(partition.label) "
                    + "[\(HashText.short(partition.firstHash))…\(HashText.short(partition.lastHash))]; "
                    + "partition map cache \(isHit ? "hit" : "miss, asked the metadata service"), "
                    + "epoch \(table.mapEpoch)"
            )
        }
        visit(partition, of: partitions, &journey)
        return partition
    }

    func lookUpMap(of table: Table, index: GlobalIndex?, router: Int, _ journey: inout Journey) -> Bool {
        let isHit = fleet[router].lookUp(index?.mapNumber ?? table.mapNumber, epoch: table.mapEpoch)
        if !isHit { journey.spend(median: constants.hopAcrossZones) }
        return isHit
    }

    func visit(_ partition: Partition, of partitions: [Partition], _ journey: inout Journey) {
        journey.report.visit(partition.label)
        journey.report.partitionCount = partitions.count
    }
}

/// Hashes as people read them.
enum HashText {
    /// The first four hexadecimal digits and an ellipsis.
    static func short(_ hash: UInt128) -> String {
        let digits = String(hash >> 112, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
