import Model

/// Where new replicas go, and what a partition is promised.
extension Region {
    /// The replicas of a new partition, one in each zone. Whoever makes the partition has it hosted by
    /// `storageNodes.host(_:)`, so that the next placement knows of it.
    ///
    /// `share` is the partition's part of what is provisioned, nil on demand; `index` the last record of its log.
    func makeReplicas(leader: Zone, share: Throughput?, startingAfter index: UInt64 = 0) -> [Replica] {
        refreshShares()
        let placement = currentPlacement()
        let need = NodeLoad(replicas: 1, allocated: share ?? Throughput())
        return Zone.allCases.map { zone in
            Replica(
                node: placement.nodeForNewReplica(in: zone, needing: need),
                zone: zone,
                role: zone == leader ? .leader : .follower,
                cursor: LogCursor(seed: simulation.nextStreamSeed(), startingAfter: index, at: now)
            )
        }
    }

    func currentPlacement() -> Placement {
        Placement(nodes: storageNodes.nodes, loads: storageNodes.loads(), limits: constants.nodeLimits)
    }

    /// Brings every partition's share up to what its table or index has now. A partition that is not part of one yet,
    /// or no more, keeps the share it had.
    func refreshShares() {
        for (_, table) in metadata.tables {
            refreshShares(of: table.partitions, table.billing)
            for index in table.globalIndexes { refreshShares(of: index.partitions, index.billing) }
        }
    }

    private func refreshShares(of partitions: [Partition], _ billing: Billing) {
        for partition in partitions { partition.share = billing.share(of: partition.shareDivisor) }
    }

    // MARK: Settings

    /// Takes up new settings of the nodes. Throws when a node that would go hosts a replica.
    func nodeSettingsChanged() throws(ServiceError) {
        let wanted = constants.nodesPerZone * Zone.allCases.count
        if let held = storageNodes.nodes.dropFirst(wanted).first(where: { hosts($0.name) }) {
            constants.nodesPerZone = storageNodes.nodes.count / Zone.allCases.count
            throw .validationException("nodesPerZone cannot be lowered so far: \(held.name) hosts replicas")
        }
        storageNodes.resize(perZone: constants.nodesPerZone)
        // Reports may have been switched on: the next request arms them.
        if !storageNodes.isReportDue { admission.isQuiet = true }
    }

    private func hosts(_ node: StorageNodeName) -> Bool {
        storageNodes.isBusy(node) || !storageNodes.hosted(on: node).isEmpty
    }
}

extension Billing {
    /// One part in so many; nil on demand.
    func share(of count: Int) -> Throughput? {
        guard mode == .provisioned else { return nil }
        return Throughput(
            reads: Double(throughput.readCapacityUnits) / Double(count),
            writes: Double(throughput.writeCapacityUnits) / Double(count)
        )
    }
}
