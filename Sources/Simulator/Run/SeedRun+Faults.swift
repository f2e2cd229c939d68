import Engine
import Model

/// What breaks, and when. A fault that the engine does not know, or that finds nothing to break, is left out.
extension SeedRun {
    func scheduleFault() {
        guard let gap = scenario.faults.gap else { return }
        schedule(after: faultChance.within(gap / 4...gap * 2)) { [unowned self] in
            guard isAtWork else { return }
            breakSomething()
            scheduleFault()
        }
    }

    private func breakSomething() {
        let duration = faultChance.magnitude(min(20_000, scenario.faults.durationMax)...scenario.faults.durationMax)
        if faultChance.percent(scenario.faults.quorumShare) {
            // Two of the three: the partition is without a majority.
            let (table, partition, nodes) = drawPartition()
            for node in nodes.shuffled(using: &faultChance).prefix(2) {
                let replica = FaultScope.replica(table: table, partition: partition, node: node)
                inject(.kill(faultChance.percent(50) ? .node(node) : replica), "kill majority", for: duration)
            }
            return
        }
        let (fault, kind) = drawFault()
        inject(fault, kind, for: duration)
    }

    private func inject(_ fault: Fault, _ kind: String, for duration: Int) {
        guard let report = try? region.inject(fault, forMicroseconds: Int64(duration)) else { return }
        figures["faults \(kind)"] += 1
        let until = region.now.advanced(byMicroseconds: Int64(duration))
        history.faults.append(
            History.BrokenFor(text: "\(fault) \(report.detail)", since: region.now, until: until)
        )
        tell("fault: \(fault) for \(duration / 1_000) ms: \(report.detail)")
    }

    private func drawFault() -> (fault: Fault, kind: String) {
        let kinds: [(choice: String, weight: Int)] = [("kill", 45), ("slow", 20), ("cut", 25), ("corrupt", 10)]
        switch faultChance.weighted(kinds) {
        case "kill":
            let (scope, name) = drawScope(includingRest: true)
            return (.kill(scope), "kill \(name)")
        case "slow":
            let (scope, name) = drawScope(includingRest: true)
            return (.slow(scope, byMicroseconds: Int64(faultChance.magnitude(1_000...2_000_000))), "slow \(name)")
        case "cut":
            let (scope, name) = drawScope(includingRest: false)
            let (other, otherName) = drawScope(includingRest: false)
            return (.cut(scope, from: other), "cut \(name) from \(otherName)")
        default:
            let (table, partition, nodes) = drawPartition()
            let scope = FaultScope.replica(table: table, partition: partition, node: faultChance.pick(nodes))
            return faultChance.percent(70)
                ? (.corrupt(scope), "corrupt replica") : (.corrupt(drawNode()), "corrupt node")
        }
    }

    private func drawScope(includingRest: Bool) -> (scope: FaultScope, name: String) {
        let names: [(choice: String, weight: Int)] = [
            ("node", 30), ("zone", 12), ("router", 8),
            ("replica", includingRest ? 15 : 0), ("leader", includingRest ? 30 : 0),
            ("coordinator", includingRest ? 8 : 0),
        ]
        let name = faultChance.weighted(names)
        let scope: FaultScope
        switch name {
        case "node": scope = drawNode()
        case "zone": scope = .zone(faultChance.pick(["a", "b", "c"]))
        case "router": scope = .router(faultChance.within(1...3))
        case "replica":
            let (table, partition, nodes) = drawPartition()
            scope = .replica(table: table, partition: partition, node: faultChance.pick(nodes))
        case "leader":
            let (table, partition, _) = drawPartition()
            scope = .leader(table: table, partition: partition)
        default: scope = .coordinator
        }
        return (scope, name)
    }

    private func drawNode() -> FaultScope {
        let (_, _, nodes) = drawPartition()
        return .node(faultChance.pick(nodes))
    }

    /// One that is live now, and its nodes.
    private func drawPartition() -> (table: String, partition: PartitionLabel, nodes: [Int]) {
        let partition = faultChance.pick(region.livePartitions())
        return (partition.table, partition.label, partition.nodes)
    }
}
