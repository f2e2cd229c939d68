import Model
import Testing

@testable import Engine

/// Where new replicas go.
struct PlacementTests {
    static let limits = NodeLimits(throughput: Throughput(reads: 3_000, writes: 1_000), bytes: 1_000, threshold: 0.8)

    /// Two nodes a zone: n1 and n4 in a, n2 and n5 in b, n3 and n6 in c.
    static func placement(_ loads: [Int: NodeLoad], dead: Set<Int> = []) -> Placement {
        var nodes = StorageNodes(perZone: 2).nodes
        for position in nodes.indices { nodes[position].isAlive = !dead.contains(position + 1) }
        return Placement(
            nodes: nodes,
            loads: nodes.map { loads[$0.name.number] ?? NodeLoad() },
            limits: limits
        )
    }

    static func writes(_ units: Double, replicas: Int = 1, bytes: Int = 0) -> NodeLoad {
        NodeLoad(
            replicas: replicas,
            allocated: Throughput(writes: units),
            served: Throughput(writes: units),
            bytes: bytes
        )
    }

    @Test func theLeastAllocatedNodeOfTheZoneTakesIt() {
        func place(_ loads: [Int: NodeLoad], dead: Set<Int> = []) -> Int {
            Self.placement(loads, dead: dead).nodeForNewReplica(in: .a, needing: Self.writes(100)).number
        }
        #expect(place([:]) == 1, "the lowest number among equals")
        #expect(place([1: Self.writes(10)]) == 4)
        #expect(place([1: Self.writes(10), 4: Self.writes(9, replicas: 8)]) == 4, "allocated before counted")
        #expect(place([1: Self.writes(10, replicas: 2), 4: Self.writes(10)]) == 4, "then the fewest replicas")
        #expect(place([4: Self.writes(10)], dead: [1]) == 4, "a dead node is not chosen")
        #expect(place([4: Self.writes(10)], dead: [1, 4]) == 1, "three zones matter more")
        let reads = NodeLoad(replicas: 1, allocated: Throughput(reads: 300))
        #expect(place([1: Self.writes(90), 4: reads]) == 1, "the larger of the two parts counts")
    }

    @Test func aNodeWithoutRoomIsTakenLast() {
        let full = NodeLoad(bytes: 1_001)
        #expect(
            Self.placement([1: full, 4: Self.writes(500)]).nodeForNewReplica(in: .a, needing: Self.writes(100)).number
                == 4
        )
        let need = Self.writes(600)
        let crowded = Self.placement([1: Self.writes(700), 4: Self.writes(690)])
        #expect(crowded.nodeForNewReplica(in: .a, needing: need).number == 4, "the emptiest when none has room")
    }

    @Test func whoTakesAReplicaStaysBelowTheThreshold() {
        let placement = Self.placement([1: Self.writes(300), 2: Self.writes(500), 5: Self.writes(100)])
        #expect(placement.nodeToTake(Self.writes(500), in: .a, except: [])?.number == 4)
        #expect(placement.nodeToTake(Self.writes(500), in: .a, except: [StorageNodeName(number: 4)])?.number == 1)
        #expect(placement.nodeToTake(Self.writes(501), in: .a, except: [StorageNodeName(number: 4)]) == nil)
        #expect(placement.nodeToTake(Self.writes(1, bytes: 801), in: .a, except: []) == nil)
    }

    @Test func theFirstTablesReplicasAreDealtOut() throws {
        let region = Region(profile: .serve)
        try region.createAndWait(.table("Music", partitions: 5))
        let nodes = try region.replicas(of: "Music", index: nil).map(\.node)
        #expect(nodes == (1...12).map { "n\($0)" } + ["n1", "n2", "n3"])
    }

    @Test func replicasOfAPartitionAreInThreeZones() throws {
        let region = Region(profile: .serve)
        let index = CreateTableRequest.GlobalIndex(name: "byG", hash: [("g", .string)], partitions: 3)
        for number in 1...6 {
            try region.createAndWait(.table("Table\(number)", partitions: number, globals: [index]))
            try region.createAndWait(.table("OnDemand\(number)", onDemand: true))
        }
        for partition in region.storageNodes.partitions {
            #expect(Set(partition.replicas.map(\.zone)) == Set(Zone.allCases))
            for replica in partition.replicas { #expect(region.storageNodes[replica.node].zone == replica.zone) }
        }
        let loads = region.storageNodes.loads()
        #expect(loads.reduce(0) { $0 + $1.leaders } == region.storageNodes.partitions.count)
        #expect(loads.reduce(0) { $0 + $1.replicas } == region.storageNodes.partitions.count * 3)
    }

    /// A table of much throughput keeps small ones away; a change of throughput counts at once.
    @Test func tablesGoWhereLeastIsAllocated() throws {
        let region = Region(profile: .serve)
        try region.set("nodesPerZone", to: "2")
        func create(_ name: String, writes: Int) throws -> [String] {
            var request = CreateTableRequest.table(name)
            request.provisionedThroughput = .init(readCapacityUnits: 1, writeCapacityUnits: writes)
            try region.createAndWait(request)
            return try region.replicas(of: name, index: nil).map(\.node)
        }
        #expect(try create("Large", writes: 500) == ["n1", "n2", "n3"])
        #expect(try create("Small1", writes: 100) == ["n4", "n5", "n6"])
        #expect(try create("Small2", writes: 100) == ["n4", "n5", "n6"])
        try region.updateTable(
            .init(tableName: "Small1", provisionedThroughput: .init(readCapacityUnits: 1, writeCapacityUnits: 600))
        )
        #expect(try create("Small3", writes: 100) == ["n1", "n2", "n3"])
        let nodes = region.nodes()
        #expect(nodes.map(\.allocatedWrites) == [600, 600, 600, 700, 700, 700])
        #expect(nodes[0].tables == ["Large", "Small3"])
        try region.deleteTable("Small2")
        #expect(region.nodes()[3].allocatedWrites == 600)
        #expect(region.nodes()[3].tables == ["Small1"])
    }

    @Test func onDemandReplicasCountByWhatTheyConsume() throws {
        let region = Region(profile: .teach)
        try region.set("nodesPerZone", to: "2")
        try region.createAndWait(.table("Busy", onDemand: true))
        // Four partitions: n1 n2 n3 host the first and the third.
        for number in 0..<200 { try region.put("Busy", ["pk": .string("k\(number)")]) }
        let inFirst = region.metadata["Busy"]!.partitions[0]
        let key = (0..<50).map { Item(["pk": .string("k\($0)")]) }.first {
            region.metadata["Busy"]!.stored($0).partition === inFirst
        }!
        for _ in 0..<500 { try region.put("Busy", key) }
        region.advance(seconds: 20)
        #expect(region.storageNodes.loads()[0].onDemand.writes > region.storageNodes.loads()[3].onDemand.writes)
        try region.createAndWait(.table("Next"))
        #expect(try region.replicas(of: "Next", index: nil).map(\.node) == ["n4", "n5", "n6"])
    }

    @Test func aNewTableAvoidsDeadNodes() throws {
        let region = Region(profile: .serve)
        region.storageNodes[StorageNodeName(number: 1)].isAlive = false
        try region.createAndWait(.table("Music"))
        #expect(try region.replicas(of: "Music", index: nil).map(\.node) == ["n4", "n2", "n3"])
        #expect(region.nodes()[0].state == "dead")
    }

    @Test func nodesCanBeAddedAndEmptyOnesTakenAway() throws {
        let region = Region(profile: .serve)
        try region.set("nodesPerZone", to: "1")
        #expect(region.nodes().map(\.name) == ["n1", "n2", "n3"])
        try region.set("nodesPerZone", to: "2")
        try region.createAndWait(.table("Music", partitions: 2))
        let refused = thrown { () throws(ServiceError) in try region.set("nodesPerZone", to: "1") }
        #expect(refused?.message == "nodesPerZone cannot be lowered so far: n4 hosts replicas")
        #expect(region.nodes().count == 6)
        #expect(region.settings().first { $0.name == "nodesPerZone" }?.value == "2")
    }
}
