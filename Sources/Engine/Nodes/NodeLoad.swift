/// Reads and writes in capacity units a second.
struct Throughput: Equatable, Sendable {
    var reads = 0.0
    var writes = 0.0

    static func + (left: Throughput, right: Throughput) -> Throughput {
        Throughput(reads: left.reads + right.reads, writes: left.writes + right.writes)
    }

    static func - (left: Throughput, right: Throughput) -> Throughput {
        Throughput(reads: left.reads - right.reads, writes: left.writes - right.writes)
    }

    static func += (left: inout Throughput, right: Throughput) { left = left + right }

    /// The larger of the two parts of what may be spent: 1 is all of it.
    func part(of whole: Throughput) -> Double { max(reads / whole.reads, writes / whole.writes) }
}

/// What a node carries, or what one replica would add to it.
struct NodeLoad: Equatable, Sendable {
    var replicas = 0
    var leaders = 0
    /// The even shares of provisioned throughput.
    var allocated = Throughput()
    /// What replicas of on-demand partitions, which have no share, consumed in the last report's interval.
    var onDemand = Throughput()
    /// What all replicas served in the last report's interval.
    var served = Throughput()
    var bytes = 0

    /// What placement goes by.
    var committed: Throughput { allocated + onDemand }

    static func + (left: NodeLoad, right: NodeLoad) -> NodeLoad {
        NodeLoad(
            replicas: left.replicas + right.replicas,
            leaders: left.leaders + right.leaders,
            allocated: left.allocated + right.allocated,
            onDemand: left.onDemand + right.onDemand,
            served: left.served + right.served,
            bytes: left.bytes + right.bytes
        )
    }

    static func - (left: NodeLoad, right: NodeLoad) -> NodeLoad {
        NodeLoad(
            replicas: left.replicas - right.replicas,
            leaders: left.leaders - right.leaders,
            allocated: left.allocated - right.allocated,
            onDemand: left.onDemand - right.onDemand,
            served: left.served - right.served,
            bytes: left.bytes - right.bytes
        )
    }

    static func += (left: inout NodeLoad, right: NodeLoad) { left = left + right }
}

/// What a storage node can carry, and the part of it above which it asks for help.
struct NodeLimits: Equatable, Sendable {
    var throughput: Throughput
    var bytes: Int
    /// 0.8 is 80 %.
    var threshold: Double

    /// How much of a resource a load takes: 1 is all of it.
    func part(of resource: Resource, by load: NodeLoad) -> Double {
        switch resource {
        case .writes: load.served.writes / throughput.writes
        case .reads: load.served.reads / throughput.reads
        case .bytes: Double(load.bytes) / Double(bytes)
        }
    }

    /// What of a node's resources is used most.
    func use(by load: NodeLoad) -> (part: Double, of: Resource) {
        let parts = Resource.allCases.map { (part: part(of: $0, by: load), of: $0) }
        return parts.reduce(parts[0]) { $1.part > $0.part ? $1 : $0 }
    }

    func isAboveThreshold(_ load: NodeLoad) -> Bool { use(by: load).part > threshold }

    /// Whether everything promised to the replicas, and all their items, fit.
    func hasRoom(for load: NodeLoad) -> Bool { load.committed.part(of: throughput) <= 1 && load.bytes <= bytes }

    enum Resource: String, CaseIterable {
        case writes = "write throughput"
        case reads = "read throughput"
        case bytes = "room for items"
    }
}

extension Settings {
    var nodeLimits: NodeLimits {
        NodeLimits(
            throughput: Throughput(reads: Double(nodeReads), writes: Double(nodeWrites)),
            bytes: nodeBytes,
            threshold: Double(nodeThreshold) / 100
        )
    }
}
