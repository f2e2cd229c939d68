import Model

/// A change of a table's settings that is being carried out. It takes effect when its time is over and there are
/// partitions enough for it; until then the table is UPDATING with its old settings.
struct TableUpdate {
    let request: UpdateTableRequest
    /// The time that such a change takes anyway is over.
    var isDue = false
    /// Partitions whose splits it waits for.
    var awaited: [Partition] = []
}

extension Region {
    /// Goes on with the table's update, if there is one: begins the splits it needs, or lets it take effect.
    func continueUpdate(of table: Table, on instant: SimulatedInstant) {
        guard let update = table.update, update.awaited.allSatisfy(\.isRetired) else { return }
        let splits = splits(for: update.request, of: table)
        table.update?.awaited = splits.map(\.partition)
        if splits.isEmpty {
            if update.isDue { finish(update, of: table) }
            return
        }
        // Those that are being split already are only waited for.
        for (space, partition, cut) in splits where partition.isServing {
            let billing = update.request.billing(of: space, at: instant)
            split(
                partition,
                of: space,
                at: cut,
                because: billing.demandText,
                share: billing.share(of: 2 * partition.shareDivisor),
                on: instant
            )
        }
    }

    private func splits(
        for request: UpdateTableRequest,
        of table: Table
    ) -> [(space: KeySpace, partition: Partition, cut: RangeCut)] {
        let spaces = [KeySpace(table)] + table.globalIndexes.map { KeySpace(table, $0) }
        return spaces.flatMap { space in
            let billing = request.billing(of: space, at: now)
            let partitions = billing == space.billing ? [] : space.partitionsToSplit(for: billing)
            return partitions.compactMap { partition in
                space.cutAtMiddle(of: partition).map { (space, partition, $0) }
            }
        }
    }

    /// The new settings take effect.
    func finish(_ update: TableUpdate, of table: Table) {
        let request = update.request
        for space in [KeySpace(table)] + table.globalIndexes.map({ KeySpace(table, $0) }) {
            let billing = request.billing(of: space, at: now)
            if billing.throughput != space.billing.throughput { space.list.shareEvenly() }
            if let index = space.index { index.billing = billing } else { table.billing = billing }
        }
        if let tableClass = request.tableClass {
            table.tableClass = tableClass
            table.tableClassChangedAt = now
        }
        if let specification = request.sseSpecification { table.encryption = encryption(specification) }
        if let isProtected = request.deletionProtectionEnabled { table.isProtected = isProtected }
        if let stream = request.streamSpecification {
            if stream.streamEnabled { startStream(of: table) } else { endStream(of: table) }
        }
        for index in table.globalIndexes where index.status == .updating { index.status = .active }
        table.update = nil
        table.status = .active
        note("table \(table.name) is ACTIVE with its new settings")
    }
}

extension KeySpace {
    /// The partitions that must be split, as a next step, to serve what is paid for. Source: reference E1, E2.
    ///
    /// Provisioned, a share of the whole must not exceed what a partition serves; if it does, every partition splits.
    /// On demand as many of the widest split as are missing.
    fileprivate func partitionsToSplit(for billing: Billing) -> [Partition] {
        switch billing.mode {
        case .provisioned:
            let demand = billing.throughput.readCapacityUnits + 3 * billing.throughput.writeCapacityUnits
            return demand > 3_000 * partitions.count ? partitions : []
        case .payPerRequest:
            let splitting = partitions.filter { $0.split != nil }
            let missing = Region.partitionCount(billing) - partitions.count
            if missing <= 0 { return [] }
            let widest = partitions.enumerated().filter { $0.element.isServing }.sorted {
                let (left, right) = ($0.element.hashWidth, $1.element.hashWidth)
                return left == right ? $0.offset < $1.offset : left > right
            }
            return splitting + widest.prefix(max(0, missing - splitting.count)).map(\.element)
        }
    }
}

extension Partition {
    fileprivate var hashWidth: UInt128 { lastHash - firstHash }
}

extension Billing {
    fileprivate var demandText: String {
        mode == .provisioned
            ? "\(throughput.readCapacityUnits) RCU and \(throughput.writeCapacityUnits) WCU need more partitions"
            : "on demand, \(Region.partitionCount(self)) partitions are wanted"
    }
}

extension UpdateTableRequest {
    /// How the table or index pays after the change.
    fileprivate func billing(of space: KeySpace, at instant: SimulatedInstant) -> Billing {
        var billing = space.billing
        if let billingMode { billing.change(mode: billingMode, at: instant) }
        guard let index = space.index else {
            if let provisionedThroughput { billing.change(provisionedThroughput, at: instant) }
            if let onDemandThroughput { billing.onDemandMaximum = onDemandThroughput.cleared }
            if let warmThroughput { billing.warm(warmThroughput) }
            return billing
        }
        for case .update(index.name, let throughput, let maximum, let warm) in globalSecondaryIndexUpdates ?? [] {
            if let throughput { billing.change(throughput, at: instant) }
            if let maximum { billing.onDemandMaximum = maximum.cleared }
            if let warm { billing.warm(warm) }
        }
        return billing
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
