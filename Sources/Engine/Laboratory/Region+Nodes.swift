import Model

/// Show nodes, and what Show replicas tells of replicas on the way.
extension Region {
    public func nodes() -> [NodeReport] {
        for name in metadata.tableNames {
            metadata[name]?.propagate(through: now, constants: constants)
        }
        refreshShares()
        let placed = placedPartitions()
        let limits = constants.nodeLimits
        return zip(storageNodes.nodes, storageNodes.loads()).map { node, load in
            let hosted = storageNodes.hosted(on: node.name)
            let owners = Set(hosted.compactMap { placed[ObjectIdentifier($0.partition)]?.owner })
            let busy = busiest(hosted)
            return NodeReport(
                name: "\(node.name)",
                zone: "\(node.zone)",
                state: state(of: node, load, limits),
                replicas: load.replicas,
                leaders: load.leaders,
                tables: owners.sorted { $0.bytesPrecede($1) },
                bytes: load.bytes,
                bytesMax: limits.bytes,
                allocatedReads: load.allocated.reads,
                allocatedWrites: load.allocated.writes,
                readUnitsPerSecond: busy.reads,
                writeUnitsPerSecond: busy.writes,
                readsMax: limits.throughput.reads,
                writesMax: limits.throughput.writes
            )
        }
    }

    private func state(of node: StorageNode, _ load: NodeLoad, _ limits: NodeLimits) -> String {
        if !node.isAlive { return "dead" }
        if storageNodes.moves.contains(where: { $0.source == node.name }) { return "giving" }
        if storageNodes.moves.contains(where: { $0.target == node.name }) { return "taking" }
        return limits.isAboveThreshold(load) ? "above \(constants.nodeThreshold) %" : "ok"
    }

    /// What the replicas served in the last full second in which any of them had traffic, or, while there is none, in
    /// the running one.
    private func busiest(_ hosted: [(partition: Partition, position: Int)]) -> Throughput {
        let full = hosted.compactMap { $0.partition.meter.lastFullSecond(before: now) }.max()
        let second = full ?? ThroughputMeter.second(of: now)
        return hosted.reduce(into: Throughput()) { sum, hosted in
            let units = hosted.partition.meter.units(inSecond: second)
            sum += Throughput(reads: units.reads[hosted.position], writes: units.write)
        }
    }

    // MARK: Replicas on the way

    /// `ok`, or where the replica is going.
    func moveState(of replica: Replica, in partition: Partition) -> String {
        let move = storageNodes.moves.first { $0.partition === partition && $0.source == replica.node }
        return move.map { "moving to \($0.target)" } ?? "ok"
    }

    /// Replicas that are being filled and will take the place of others.
    func learners(of partition: Partition) -> [ReplicaReport] {
        storageNodes.moves.filter { $0.partition === partition }.map { move in
            ReplicaReport(
                partition: partition.label,
                node: "\(move.target)",
                zone: "\(storageNodes[move.target].zone)",
                role: "learner",
                kind: "full",
                state: "copying \(move.percentCopied(at: now)) %",
                term: partition.term,
                logIndex: 0,
                appliedIndex: 0,
                lagMicroseconds: 0,
                itemCount: 0,
                treeHeight: 0
            )
        }
    }
}
