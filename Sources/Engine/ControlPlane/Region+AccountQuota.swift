import Model

/// What all tables of the region together may be. Source: reference E11.
extension Region {
    /// Refuses a table too many.
    func checkTableCount() throws(ServiceError) {
        if metadata.tables.count >= Limits.tables {
            throw .subscriberLimit("Number of tables exceeds the limit of \(Limits.tables) tables per account")
        }
    }

    /// Refuses a change while too many are under way; `withIndexes` for a table that is created with some.
    func checkBusyTables(creatingWithIndexes withIndexes: Bool = false) throws(ServiceError) {
        // Most regions have too few tables to be looked through.
        guard metadata.tables.count >= Limits.busyTablesWithIndexes else { return }
        let busy = metadata.tables.values.filter { $0.status != .active }
        if busy.count >= Limits.busyTables {
            throw .subscriberLimit(
                "Only \(Limits.busyTables) tables can be created, updated, or deleted simultaneously"
            )
        }
        let creating = busy.count { $0.status == .creating && !($0.globalIndexes.isEmpty && $0.localIndexes.isEmpty) }
        if withIndexes, creating >= Limits.busyTablesWithIndexes {
            throw .subscriberLimit(
                "Only \(Limits.busyTablesWithIndexes) tables with secondary indexes can be created simultaneously"
            )
        }
    }

    /// Refuses throughput that would take the account over its quota. `replaced` is given up for it.
    func checkAccountQuota(
        adding requested: [ProvisionedThroughput],
        replacing replaced: [ProvisionedThroughput] = []
    ) throws(ServiceError) {
        if requested.isEmpty { return }
        var reserved = ProvisionedThroughput.none
        for table in metadata.tables.values {
            for billing in [table.billing] + table.globalIndexes.map(\.billing) {
                reserved.add(billing.throughput, sign: 1)
            }
        }
        for throughput in replaced { reserved.add(throughput, sign: -1) }
        var total = ProvisionedThroughput.none
        for throughput in requested { total.add(throughput, sign: 1) }
        try ThroughputRules.checkAccountQuota(requested: total, reserved: reserved, region: name)
    }
}

extension ProvisionedThroughput {
    fileprivate mutating func add(_ other: ProvisionedThroughput, sign: Int) {
        readCapacityUnits += sign * other.readCapacityUnits
        writeCapacityUnits += sign * other.writeCapacityUnits
    }
}

extension CreateTableRequest {
    /// What the table and its indexes ask for.
    var throughputs: [ProvisionedThroughput] {
        [provisionedThroughput].compactMap { $0 } + (globalSecondaryIndexes ?? []).compactMap(\.provisionedThroughput)
    }
}

extension UpdateTableRequest {
    /// The new values that the request sets.
    var throughputs: [ProvisionedThroughput] {
        [provisionedThroughput].compactMap { $0 }
            + (globalSecondaryIndexUpdates ?? []).compactMap { update in
                switch update {
                case .create(let index): index.provisionedThroughput
                case .update(_, let throughput, _, _): throughput
                case .delete: nil
                }
            }
    }
}

extension Table {
    /// The values that the request's new ones take the place of.
    func throughputs(changedBy request: UpdateTableRequest) -> [ProvisionedThroughput] {
        var replaced = request.provisionedThroughput == nil ? [] : [billing.throughput]
        for case .update(let name, .some, _, _) in request.globalSecondaryIndexUpdates ?? [] {
            if let index = globalIndex(named: name) { replaced.append(index.billing.throughput) }
        }
        return replaced
    }
}
