import Model

/// Nodes watch themselves: their bytes and their throughput. One above the threshold names the replicas that could go,
/// and the control plane finds one of them a better place. Source: reference E6.
///
/// A report is due `nodeReport` after the first request that follows the last report. So a region that nobody uses has
/// nothing to do, however much time passes.
extension Region {
    /// Schedules the next report, unless it is.
    func armNodeReport() {
        guard constants.nodeReport > 0, !storageNodes.isReportDue else { return }
        storageNodes.isReportDue = true
        let start = now
        schedule(at: start.advanced(byMicroseconds: constants.nodeReport)) { [unowned self] in
            reportNodes(since: start)
        }
    }

    private func reportNodes(since start: SimulatedInstant) {
        storageNodes.isReportDue = false
        admission.isQuiet = true
        for name in metadata.tableNames {
            metadata[name]?.propagate(through: now, constants: constants)
        }
        let seconds = Double(now - start) / 1_000_000
        for partition in storageNodes.partitions { partition.meter.closeWindow(ofSeconds: seconds) }
        refreshShares()
        storageNodes.forgetArrivals(before: now.advanced(byMicroseconds: -constants.moveRest))
        let placement = currentPlacement()
        for (node, load) in zip(placement.nodes, placement.loads) where node.isAlive {
            if placement.limits.isAboveThreshold(load) {
                report(node, load, placement)
            } else {
                storageNodes.overloaded.remove(node.name)
            }
        }
    }

    /// What a node above the threshold tells, and what the control plane makes of it.
    private func report(_ node: StorageNode, _ load: NodeLoad, _ placement: Placement) {
        // One move at a time, of a node and of a partition: whoever has to wait says nothing yet.
        let hosted = storageNodes.hosted(on: node.name)
        if storageNodes.isBusy(node.name) || hosted.allSatisfy({ storageNodes.isMoving($0.partition) }) { return }
        let candidates = candidates(on: node, load, placement.limits)
        let choice = candidates.lazy.compactMap { candidate in
            self.target(for: candidate, placement).map { (candidate: candidate, target: $0) }
        }.first
        let isNews = storageNodes.overloaded.insert(node.name).inserted
        if isNews || choice != nil { noteReport(of: node, load, candidates, placement.limits, isHelped: choice != nil) }
        if let choice { beginMove(of: choice.candidate.placed, from: node.name, to: choice.target) }
    }

    private func noteReport(
        of node: StorageNode,
        _ load: NodeLoad,
        _ candidates: [MoveCandidate],
        _ limits: NodeLimits,
        isHelped: Bool
    ) {
        let use = limits.use(by: load)
        let names = candidates.prefix(3).map(\.placed.name).joined(separator: ", ")
        let more = candidates.count > 3 ? " and \(candidates.count - 3) more" : ""
        let proposal =
            isHelped
            ? "candidates to leave: \(names)\(more)"
            : "no replica of it would do better elsewhere"
        note("\(node.name) reports \(Int((use.part * 100).rounded())) % of its \(use.of.rawValue): \(proposal)")
    }

    // MARK: Which replica

    /// The node's replicas that use what it is short of, in the order in which they should leave: first those whose
    /// leaving is enough, of these the one with the least to copy, followers before leaders. When one alone is not
    /// enough, the busiest first.
    private func candidates(on node: StorageNode, _ load: NodeLoad, _ limits: NodeLimits) -> [MoveCandidate] {
        let placed = placedPartitions()
        let scarce = limits.use(by: load).of
        let candidates = storageNodes.hosted(on: node.name).compactMap { hosted -> MoveCandidate? in
            let (partition, position) = hosted
            guard let placed = placed[ObjectIdentifier(partition)], !storageNodes.isMoving(partition),
                !storageNodes.hasArrivedLately(partition, on: node.name)
            else { return nil }
            let own = partition.load(ofReplica: position)
            if limits.part(of: scarce, by: own) == 0 { return nil }
            let isEnough = !limits.isAboveThreshold(load - own)
            return MoveCandidate(placed: placed, position: position, load: own, isEnough: isEnough)
        }
        // Equal ones stay in the order in which their partitions were made.
        return candidates.enumerated().sorted { one, other in
            let (left, right) = (one.element.rank(limits), other.element.rank(limits))
            return left.lexicographicallyPrecedes(right) || (left == right && one.offset < other.offset)
        }.map(\.element)
    }

    // MARK: Where to

    /// A node that can take the replica: of its own zone, or of a zone that has none of the partition's replicas. So
    /// three zones stay three. A leader needs a follower that can take over before it goes.
    private func target(for candidate: MoveCandidate, _ placement: Placement) -> StorageNodeName? {
        let replicas = candidate.placed.partition.replicas
        let own = replicas[candidate.position]
        let taken = replicas.indices.filter { $0 != candidate.position }.map { replicas[$0].zone }
        if candidate.load.leaders > 0, successor(of: candidate, placement) == nil { return nil }
        let zones = [own.zone] + Zone.allCases.filter { $0 != own.zone }
        return zones.lazy.filter { !taken.contains($0) }.compactMap { zone in
            placement.nodeToTake(candidate.load, in: zone, except: self.storageNodes.busy + replicas.map(\.node))
        }.first
    }

    /// A follower whose node can serve the leader's reads and stay below the threshold. It has the writes already.
    private func successor(of candidate: MoveCandidate, _ placement: Placement) -> Int? {
        let reads = NodeLoad(served: Throughput(reads: candidate.load.served.reads))
        return handOverOrder(candidate.placed.partition, placement).first { position in
            let node = candidate.placed.partition.replicas[position].node
            let load = placement.loads[node.number - 1] + reads
            return placement.limits.part(of: .reads, by: load) <= placement.limits.threshold
        }
    }
}

/// A replica that could leave its node.
private struct MoveCandidate {
    let placed: PlacedPartition
    let position: Int
    let load: NodeLoad
    /// Whether its leaving alone brings the node below the threshold.
    let isEnough: Bool

    /// The smaller, the sooner it goes.
    func rank(_ limits: NodeLimits) -> [Double] {
        isEnough
            ? [0, Double(load.bytes), Double(load.leaders)]
            : [1, -limits.use(by: load).part, Double(load.bytes)]
    }
}
