import Model

/// Breaking things, and healing them.
extension Region {
    public func faults() -> [FaultReport] { faultState.active.map(\.report) }

    public func inject(_ fault: Fault, forMicroseconds duration: Int64?) throws(ServiceError) -> FaultReport {
        let resolved = try resolve(fault)
        let until = duration.map { now.advanced(byMicroseconds: $0) }
        if case .corrupt(let scope) = resolved, !canCorrupt(scope) {
            throw .validationException("\(scope) holds the last sound copy of something: it could not be repaired")
        }
        let report = FaultReport(fault: fault, detail: detail(of: resolved), since: now, until: until)
        let number = faultState.add(report, meaning: resolved, places: places)
        note("fault: \(fault)" + (report.detail.isEmpty ? "" : " (\(report.detail))"))
        faultsChanged()
        if case .corrupt(let scope) = resolved { corrupt(scope) }
        if let until {
            schedule(at: until) { [unowned self] in
                if faultState.active.contains(where: { $0.number == number }) { end([number]) }
            }
        }
        return report
    }

    public func heal(_ scope: FaultScope?) throws(ServiceError) -> [FaultReport] {
        let chosen = faultState.active.filter { scope == nil || $0.report.fault.concerns(scope!) }
        if let scope, chosen.isEmpty {
            throw .validationException("nothing is wrong with \(scope); Fault list shows what is")
        }
        return end(Set(chosen.map(\.number)))
    }

    @discardableResult
    private func end(_ numbers: Set<Int>) -> [FaultReport] {
        let hasCorruption = faultState.active.contains {
            if case .corrupt = $0.report.fault { numbers.contains($0.number) } else { false }
        }
        let ended = faultState.remove(numbers, places: places)
        for report in ended { note("healed: \(report.fault)") }
        faultsChanged()
        if hasCorruption { for group in groups { scrub(group) } }
        return ended
    }

    /// Corruption is over when no replica is left that was spoilt.
    func endRepairedCorruption() {
        let isLeft = groups.contains { $0.members.contains { $0.checksums != nil || !$0.isSound } }
        let repaired = faultState.active.filter {
            if case .corrupt = $0.report.fault { !isLeft } else { false }
        }
        if !repaired.isEmpty { end(Set(repaired.map(\.number))) }
    }

    /// Everything that is watched now, tables in byte order.
    var groups: [ReplicationGroup] {
        metadata.tableNames.compactMap { metadata[$0] }.flatMap { table in
            (table.partitions + table.globalIndexes.flatMap(\.partitions)).compactMap(\.group)
        }
    }

    private func faultsChanged() {
        for position in fleet.indices {
            fleet[position].isAlive = !faultState.effects.isDead(.router(fleet[position].number))
        }
        isUnreachable = !fleet.contains(where: \.isAlive)
        for node in storageNodes.nodes {
            storageNodes[node.name].isAlive = !faultState.effects.isDead(.node(node.name.number))
        }
        watchNearFaults()
        for group in groups { feelFaults(group) }
    }

    // MARK: Who is meant

    /// Checks that there is what the fault is about, and finds the replica that leads where a leader is meant.
    private func resolve(_ fault: Fault) throws(ServiceError) -> Fault {
        switch fault {
        case .kill(let scope): return .kill(try resolve(scope))
        case .slow(let scope, let delay): return .slow(try resolve(scope), byMicroseconds: delay)
        case .cut(let scope, let other): return .cut(try resolve(scope), from: try resolve(other))
        case .corrupt(let scope): return .corrupt(try resolve(scope))
        }
    }

    private func resolve(_ scope: FaultScope) throws(ServiceError) -> FaultScope {
        switch scope {
        case .node(let number):
            guard (1...nodeCount).contains(number) else {
                throw .validationException("there is no node n\(number): nodes are n1 to n\(nodeCount)")
            }
        case .zone(let name):
            guard Zone(name: name) != nil else {
                throw .validationException("there is no zone \(name): zones are a, b and c")
            }
        case .router(let number):
            guard (1...fleet.count).contains(number) else {
                throw .validationException("there is no router r\(number): routers are r1 to r\(fleet.count)")
            }
        case .leader(let table, let label):
            let partition = try partition(label, of: table)
            let node = partition.group?.leader ?? partition.replicas[partition.leader].node.number
            return .replica(table: table, partition: label, node: node)
        case .replica(let table, let label, let node):
            let partition = try partition(label, of: table)
            let hosts = partition.group?.members.map(\.id) ?? partition.replicas.map(\.node.number)
            guard hosts.contains(node) else {
                let list = hosts.sorted().map { "n\($0)" }.joined(separator: ", ")
                throw .validationException("\(table)/\(label) has no replica on n\(node): it is on \(list)")
            }
        case .coordinator: break
        }
        return scope
    }

    private func partition(_ label: PartitionLabel, of name: String) throws(ServiceError) -> Partition {
        let table = try controlledTable(name)
        let partitions: [Partition]
        if let index = label.indexName {
            guard let found = table.globalIndex(named: index) else { throw ReadRules.unknownIndex(index) }
            partitions = found.partitions
        } else {
            partitions = table.partitions
        }
        guard let partition = partitions.first(where: { $0.label == label }) else {
            let list = partitions.map(\.label.description).joined(separator: ", ")
            throw .validationException("\(name) has no partition \(label): there are \(list)")
        }
        return partition
    }

    private func detail(of fault: Fault) -> String {
        switch fault {
        case .kill(.zone(let name)), .slow(.zone(let name), _):
            return nodes(in: name).map { "n\($0)" }.joined(separator: ", ")
                + " and router r\(Zone(name: name)!.rawValue + 1)"
        case .kill(.replica(_, _, let node)), .slow(.replica(_, _, let node), _), .corrupt(.replica(_, _, let node)):
            return "on n\(node)"
        case .kill(.coordinator):
            return "transactions lose theirs midway; another one ends them"
        case .kill, .slow, .cut, .corrupt: return ""
        }
    }

    private var nodeCount: Int { storageNodes.nodes.count }

    private func nodes(in zone: String) -> [Int] {
        (1...nodeCount).filter { Place.node($0).zone == Zone(name: zone) }
    }

    private func places(_ scope: FaultScope) -> Set<Place> {
        switch scope {
        case .node(let number): [.node(number)]
        case .router(let number): [.router(number)]
        case .zone(let name): Set(nodes(in: name).map { .node($0) } + [.router(Zone(name: name)!.rawValue + 1)])
        case .replica, .leader, .coordinator: []
        }
    }

    // MARK: Corruption

    private func corrupt(_ scope: FaultScope) {
        switch scope {
        case .replica(let name, let label, let node):
            guard let table = metadata[name], let partition = try? partition(label, of: name) else { return }
            corrupt(partition, of: table, node: node)
        case .node(let number):
            for table in metadata.tableNames.compactMap({ metadata[$0] }) {
                for partition in table.partitions + table.globalIndexes.flatMap(\.partitions) {
                    corrupt(partition, of: table, node: number)
                }
            }
        case .zone, .router, .leader, .coordinator: break
        }
    }

    /// Whether at least one of the replicas would have a sound copy left to repair from.
    private func canCorrupt(_ scope: FaultScope) -> Bool {
        guard case .replica(let name, let label, let node) = scope, let partition = try? partition(label, of: name)
        else { return true }
        return hasSoundCopy(of: partition, besides: node)
    }

    private func hasSoundCopy(of partition: Partition, besides node: Int) -> Bool {
        guard let group = partition.group else { return true }
        return group.members.contains { $0.id != node && $0.kind == .full && $0.isSound && $0.checksums == nil }
    }

    /// Changes one item in one replica's tree behind its back, if it has any.
    private func corrupt(_ partition: Partition, of table: Table, node: Int) {
        let index = partition.label.indexName.flatMap { table.globalIndex(named: $0) }
        guard partition.replicas.contains(where: { $0.node.number == node }) || partition.group != nil,
            hasSoundCopy(of: partition, besides: node)
        else { return }
        let group = watch(partition, of: table, index: index)
        guard let position = group.position(of: node), group.members[position].kind == .full else { return }
        catchUp(position, in: group)
        group.members[position].flipBits(drawnBy: &simulation.randomness)
    }
}

extension Fault {
    /// Whether healing this scope ends the fault.
    fileprivate func concerns(_ scope: FaultScope) -> Bool {
        switch self {
        case .kill(let own), .slow(let own, _), .corrupt(let own): own == scope
        case .cut(let own, let other): own == scope || other == scope
        }
    }
}

extension Zone {
    init?(name: String) {
        guard let zone = Zone.allCases.first(where: { "\($0)" == name.lowercased() }) else { return nil }
        self = zone
    }
}
