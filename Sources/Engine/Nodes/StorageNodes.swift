/// The region's storage nodes, and every partition that is kept on them.
struct StorageNodes {
    /// By number; dealt out to the zones in turn.
    private(set) var nodes: [StorageNode] = []
    /// Of all tables and indexes, in the order in which they were made: live ones, and those that are being filled or
    /// not collected yet.
    private(set) var partitions: [Partition] = []
    /// Under way, in the order in which they began.
    private(set) var moves: [ReplicaMove] = []
    /// Moves that ended lately: these replicas stay where they are for a while.
    private(set) var arrivals: [(replica: ReplicaMove, at: SimulatedInstant)] = []
    /// Whether the nodes' next report is scheduled.
    var isReportDue = false
    /// Nodes that are above the threshold and have said so, so that they say it once.
    var overloaded: Set<StorageNodeName> = []

    init(perZone: Int) { resize(perZone: perZone) }

    subscript(name: StorageNodeName) -> StorageNode {
        get { nodes[name.number - 1] }
        set { nodes[name.number - 1] = newValue }
    }

    /// Adds nodes, or takes the last ones away; these must host nothing.
    mutating func resize(perZone: Int) {
        let count = perZone * Zone.allCases.count
        while nodes.count < count {
            nodes.append(
                StorageNode(
                    name: StorageNodeName(number: nodes.count + 1),
                    zone: Zone.allCases[nodes.count % Zone.allCases.count]
                )
            )
        }
        if nodes.count > count { nodes.removeLast(nodes.count - count) }
    }

    // MARK: What they host

    mutating func host(_ partition: Partition) { partitions.append(partition) }

    mutating func release(_ partition: Partition) {
        partitions.removeAll { $0 === partition }
        arrivals.removeAll { $0.replica.partition === partition }
    }

    /// What each node carries, by node.
    func loads() -> [NodeLoad] {
        var loads = Array(repeating: NodeLoad(), count: nodes.count)
        for partition in partitions {
            for position in partition.replicas.indices {
                loads[partition.replicas[position].node.number - 1] += partition.load(ofReplica: position)
            }
        }
        return loads
    }

    /// The partitions with a replica on the node, and its position among the partition's replicas.
    func hosted(on node: StorageNodeName) -> [(partition: Partition, position: Int)] {
        partitions.compactMap { partition in
            partition.replicas.firstIndex { $0.node == node }.map { (partition, $0) }
        }
    }

    // MARK: Moves

    mutating func begin(_ move: ReplicaMove) { moves.append(move) }

    /// The move is over. A replica that has arrived stays for a while.
    mutating func end(_ move: ReplicaMove, arrivedAt instant: SimulatedInstant? = nil) {
        moves.removeAll { $0 === move }
        if let instant { arrivals.append((move, instant)) }
    }

    mutating func forgetArrivals(before instant: SimulatedInstant) { arrivals.removeAll { $0.at < instant } }

    func isMoving(_ partition: Partition) -> Bool { moves.contains { $0.partition === partition } }

    /// Whether the node gives a replica away or takes one: it does so one at a time.
    func isBusy(_ node: StorageNodeName) -> Bool { moves.contains { $0.source == node || $0.target == node } }

    /// Nodes that are busy so.
    var busy: [StorageNodeName] { moves.flatMap { [$0.source, $0.target] } }

    func hasArrivedLately(_ partition: Partition, on node: StorageNodeName) -> Bool {
        arrivals.contains { $0.replica.partition === partition && $0.replica.target == node }
    }
}

extension Partition {
    /// What one of its replicas takes of its node. Every replica makes every write durable; reads count where they
    /// were answered.
    func load(ofReplica position: Int) -> NodeLoad {
        let served = Throughput(reads: meter.recent.reads[position], writes: meter.recent.write)
        return NodeLoad(
            replicas: 1,
            leaders: leaderPlace.node == replicas[position].node && !isRetired ? 1 : 0,
            allocated: share ?? Throughput(),
            onDemand: share == nil ? served : Throughput(),
            served: served,
            bytes: sizeBytes
        )
    }
}
