import Model
import Testing

@testable import Engine

/// Nodes above the threshold hand replicas over, and nobody notices.
struct ReplicaMoveTests {
    /// Two nodes a zone. `Left` and `Right` share n1, n2 and n3; `Else` is alone on the others.
    static func region(seed: UInt64 = 1) throws -> Region {
        let region = Region(profile: .teach, seed: seed)
        for (name, value) in [
            ("nodesPerZone", "2"), ("nodeReport", "1s"), ("moveTime", "5s"), ("nodeWrites", "100"),
            ("nodeReads", "300"),
        ] { try region.set(name, to: value) }
        for name in ["Left", "Else", "Right"] {
            var request = CreateTableRequest.table(name)
            request.provisionedThroughput = .init(readCapacityUnits: 10, writeCapacityUnits: 10)
            try region.createAndWait(request)
        }
        #expect(try nodes(of: "Left", region) == ["n1", "n2", "n3"])
        #expect(try nodes(of: "Else", region) == ["n4", "n5", "n6"])
        #expect(try nodes(of: "Right", region) == ["n1", "n2", "n3"])
        _ = region.takeEvents()
        return region
    }

    static func nodes(of table: String, _ region: Region) throws -> [String] {
        try region.replicas(of: table, index: nil).filter { $0.role != "learner" }.map(\.node)
    }

    /// Writes to both tables, fifty times a second each, and reads every write back.
    static func write(_ region: Region, seconds: Int, to tables: [String] = ["Left", "Right"]) throws {
        for _ in 0..<seconds {
            let start = region.now
            for number in 0..<50 {
                for table in tables {
                    let item: Item = ["pk": .string("k\(number % 10)"), "at": .number(Number(number))]
                    try region.put(table, item)
                    #expect(try region.get(table, ["pk": .string("k\(number % 10)")]) == item)
                }
            }
            region.advance(byMicroseconds: max(0, 1_000_000 - (region.now - start)))
        }
    }

    @Test func anOverloadedNodeHandsAReplicaOver() throws {
        let region = try Self.region()
        try Self.write(region, seconds: 40)
        let events = region.takeEvents().map(\.text)
        // Every zone had its node above the threshold; afterwards none is.
        #expect(events.contains { $0.hasPrefix("n1 reports") && $0.contains("% of its write throughput") })
        #expect(events.contains { $0.contains("hands over to") && $0.hasSuffix("term 2") })
        #expect(events.filter { $0.contains(" is on ") }.count == 3)
        for node in region.nodes() {
            #expect(node.state == "ok")
            #expect(node.writeUnitsPerSecond <= 80)
        }
        let (left, right) = (try Self.nodes(of: "Left", region), try Self.nodes(of: "Right", region))
        #expect(Set(left).isDisjoint(with: right))
        for table in ["Left", "Right"] {
            let replicas = try region.replicas(of: table, index: nil)
            #expect(replicas.map(\.zone) == ["a", "b", "c"])
            #expect(replicas.filter { $0.role == "leader" }.count == 1)
        }
    }

    /// Both tables and both kinds of read, all answers right, through reports, moves and hand-overs.
    @Test(arguments: Seeds.thisRun)
    func requestsSeeNothing(seed: UInt64) throws {
        let region = try Self.region(seed: seed)
        try region.set("replicationLag", to: "20ms")
        var random = Randomness(seed: seed)
        var latest: [String: Int] = [:]
        var moves = 0
        var redirects = 0
        for version in 1...6_000 {
            let table = random.pick(["Left", "Right"])
            let key = "k\(random.next(below: 20))"
            switch random.next(below: 3) {
            case 0:
                let old = try region.put(
                    table,
                    ["pk": .string(key), "n": .number(Number(version))],
                    returning: .allOld
                ).attributes
                #expect(old?["n"] == latest[table + key].map { .number(Number($0)) })
                latest[table + key] = version
            case 1:
                let item = try region.get(table, ["pk": .string(key)])
                #expect(item?["n"] == latest[table + key].map { .number(Number($0)) })
            default:
                // An older version at worst, never one that was not written.
                let item = try region.get(table, ["pk": .string(key)], consistent: false)
                if case .number(let seen)? = item?["n"] { #expect(seen <= Number(latest[table + key] ?? 0)) }
            }
            redirects = region.routers().reduce(0) { $0 + $1.cacheMisses }
            moves += region.takeEvents().filter { $0.text.contains(" is on ") }.count
        }
        #expect(moves >= 3)
        #expect(redirects <= 3 * (3 + moves), "a router learns of a move once")
        for table in ["Left", "Right"] {
            let items = try region.scan(table, consistent: true).items
            #expect(items.count == latest.keys.filter { $0.hasPrefix(table) }.count)
        }
    }

    @Test func theReplicaThatGoesIsSeenToGo() throws {
        let region = try Self.region()
        try Self.write(region, seconds: 3)
        let states = region.nodes().map(\.state)
        #expect(states[0] == "giving" && states[3] == "taking")
        let replicas = try region.replicas(of: "Left", index: nil) + region.replicas(of: "Right", index: nil)
        let learner = try #require(replicas.first { $0.node == "n4" })
        #expect(learner.role == "learner" && learner.state.hasPrefix("copying "))
        #expect(replicas.contains { $0.node == "n1" && $0.state == "moving to n4" })
    }

    /// A new follower shows what is committed, as the others do.
    @Test func theNewReplicaHasEverything() throws {
        let region = try Self.region()
        try Self.write(region, seconds: 20)
        region.advance(seconds: 60)
        for table in ["Left", "Right"] {
            for replica in try region.replicas(of: table, index: nil) {
                #expect(replica.itemCount == 10)
                #expect(replica.appliedIndex == replica.logIndex)
            }
        }
    }

    @Test func nothingGoesToAndFro() throws {
        let region = try Self.region()
        try Self.write(region, seconds: 120)
        let moved = region.takeEvents().map(\.text).filter { $0.contains(" moves from ") }
        #expect(moved.count == 3, "one for each zone, and then it is well: \(moved)")
    }

    /// What would overload any other node as well stays where it is.
    @Test func aReplicaThatAloneIsTooMuchStays() throws {
        let region = try Self.region()
        try region.set("nodeWrites", to: "50")
        try Self.write(region, seconds: 30, to: ["Left"])
        let events = region.takeEvents().map(\.text)
        let said = "reports 100 % of its write throughput: no replica of it would do better elsewhere"
        #expect(events == ["n1 \(said)", "n2 \(said)", "n3 \(said)"], "each says it once")
        #expect(try Self.nodes(of: "Left", region) == ["n1", "n2", "n3"])
    }

    /// Strong reads are served by leaders alone: only their node is above the threshold, and a leader leaves it.
    @Test func aNodeOfBusyLeadersHandsALeaderOver() throws {
        let region = try Self.region()
        try region.set("nodeReads", to: "60")
        for _ in 0..<20 {
            let start = region.now
            for _ in 0..<25 { for table in ["Left", "Right"] { #expect(try region.get(table, ["pk": "k"]) == nil) } }
            region.advance(byMicroseconds: max(0, 1_000_000 - (region.now - start)))
        }
        let events = region.takeEvents().map(\.text)
        let said = "% of its read throughput: candidates to leave: Left/p0, Right/p0"
        #expect(events.first == "n1 reports 83 \(said)")
        #expect(events.filter { $0.contains("hands over to") }.count == 1)
        #expect(events.filter { $0.contains(" moves from ") }.count == 1)
        let leaders = try ["Left", "Right"].map { table in
            try region.replicas(of: table, index: nil).first { $0.role == "leader" }?.node
        }
        #expect(leaders[0] != leaders[1])
    }

    @Test func aFullNodeGivesAwayWhatHasLeastToCopy() throws {
        let region = try Self.region()
        try region.set("nodeWrites", to: "10000")
        for number in 0..<20 {
            try region.put("Left", Item(["pk": .string("k\(number)")]).padded(to: 1_000))
            try region.put("Right", Item(["pk": .string("k\(number)")]).padded(to: 900))
        }
        // 38,000 bytes on n1, n2 and n3.
        try region.set("nodeBytes", to: "45000")
        region.advance(seconds: 30)
        let events = region.takeEvents().map(\.text)
        #expect(events.first == "n1 reports 84 % of its room for items: candidates to leave: Right/p0, Left/p0")
        #expect(events.contains("Right/p0 moves from n1 to n4 (az a): 17.6 KB to copy, 5s"))
        #expect(region.nodes().allSatisfy { $0.bytes <= 36_000 }, "also without another request")
        #expect(try Self.nodes(of: "Right", region).first == "n4")
    }

    @Test func nothingMovesToADeadNode() throws {
        let region = try Self.region()
        for number in [4, 5, 6] { region.storageNodes[StorageNodeName(number: number)].isAlive = false }
        try Self.write(region, seconds: 20)
        #expect(try Self.nodes(of: "Left", region) == ["n1", "n2", "n3"])
        for number in [4, 5, 6] { region.storageNodes[StorageNodeName(number: number)].isAlive = true }
        try Self.write(region, seconds: 3)
        for number in [4, 5, 6] { region.storageNodes[StorageNodeName(number: number)].isAlive = false }
        try Self.write(region, seconds: 10)
        #expect(region.takeEvents().contains { $0.text.hasSuffix("n4 is down") })
        #expect(try Self.nodes(of: "Right", region) == ["n1", "n2", "n3"])
    }

    @Test func aTableMayGoWhileItsReplicaMoves() throws {
        let region = try Self.region()
        try Self.write(region, seconds: 2)
        #expect(!region.storageNodes.moves.isEmpty)
        try region.deleteTable("Left")
        try region.deleteTable("Right")
        region.advance(seconds: 60)
        #expect(region.storageNodes.moves.isEmpty)
        #expect(region.storageNodes.partitions.count == 1)
        #expect(region.nodes().map(\.tables) == [[], [], [], ["Else"], ["Else"], ["Else"]])
    }

    // MARK: What it costs

    @Test func anIdleRegionSchedulesNothing() throws {
        let region = Region(profile: .teach)
        try region.createAndWait(.table("Music", partitions: 10))
        #expect(region.simulation.events.nextDue == nil)
        try region.put("Music", ["pk": "k"])
        #expect(region.simulation.events.nextDue != nil, "a report is due")
        region.advance(seconds: 10)
        #expect(region.simulation.events.nextDue == nil, "and no other")
        region.advance(seconds: 30 * 86_400)
        #expect(try region.get("Music", ["pk": "k"]) != nil)
        #expect(region.simulation.events.nextDue != nil)
    }

    @Test func nothingIsReportedInServe() throws {
        let region = Region(profile: .serve)
        try region.createAndWait(.table("Music"))
        try region.put("Music", ["pk": "k"])
        #expect(region.simulation.events.nextDue == nil)
        try region.set("nodeReport", to: "1s")
        try region.put("Music", ["pk": "k"])
        #expect(region.simulation.events.nextDue != nil, "unless it is asked for")
    }

    @Test func sameSeedSameMoves() throws {
        func run() throws -> [EngineEvent] {
            let region = try Self.region(seed: 11)
            try Self.write(region, seconds: 30)
            return region.takeEvents()
        }
        let events = try run()
        #expect(events == (try run()))
        #expect(events.count >= 9)
    }
}

/// How a partition changes hands.
struct MembershipTests {
    @Test func aHandOverLosesNothingAndRaisesTheTerm() throws {
        let region = Region(profile: .teach)
        try region.set("replicationLag", to: "10s")
        try region.createAndWait(.table("Music"))
        for number in 0..<700 {
            try region.put("Music", ["pk": .string("k\(number % 7)"), "n": .number(Number(number))])
        }
        let partition = try #require(region.metadata["Music"]?.partitions[0])
        partition.handOver(to: 2, at: region.now)
        #expect(partition.leader == 2 && partition.term == 2)
        #expect(partition.replicas.map(\.role) == [.follower, .follower, .leader])
        for replica in [0, 2] {
            let applied = partition.appliedIndex(of: replica, on: region.now, lag: region.constants.followerLag)
            #expect(applied == partition.log.lastIndex, "the old leader knows what it wrote")
        }
        #expect(try region.get("Music", ["pk": "k6"])?["n"] == 699)
        partition.handOver(to: 0, at: region.now)
        #expect(partition.term == 3)
        for number in 0..<700 {
            try region.put("Music", ["pk": .string("k\(number % 7)"), "n": .number(Number(number))])
        }
        #expect(try region.scan("Music", consistent: true).count == 7)
    }

    @Test func aReplacedReplicaStartsWithWhatWasCommitted() throws {
        let region = Region(profile: .teach)
        try region.set("replicationLag", to: "10s")
        try region.createAndWait(.table("Music"))
        for number in 0..<20 { try region.put("Music", ["pk": .string("k\(number)")]) }
        let partition = try #require(region.metadata["Music"]?.partitions[0])
        let lag = region.constants.followerLag
        #expect(partition.appliedIndex(of: 1, on: region.now, lag: lag) < 20)
        partition.replaceReplica(
            at: 1,
            with: Replica(
                node: StorageNodeName(number: 5),
                zone: .b,
                role: .follower,
                cursor: LogCursor(
                    seed: 9,
                    startingAfter: partition.log.lastIndex(committedBy: region.now),
                    at: region.now
                )
            )
        )
        #expect(partition.appliedIndex(of: 1, on: region.now, lag: lag) == 20)
        #expect(partition.view(replica: 1, on: region.now, lag: lag).items.count == 20)
    }
}
