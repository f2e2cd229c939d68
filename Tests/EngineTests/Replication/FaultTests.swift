import Model
import Testing

@testable import Engine

/// What requests see while something is broken, and what is left when it is healed.
struct FaultTests {
    static let label = PartitionLabel(number: 0)

    static func region(seed: UInt64 = 1, partitions: Int = 4) throws -> Region {
        let region = Region(profile: .teach, seed: seed)
        try region.createAndWait(.table("Music", partitions: partitions))
        return region
    }

    /// Writes `count` items one after the other; the number of each acknowledged one by its key.
    static func write(_ count: Int, into region: Region, keys: Int = 40) -> (acknowledged: [String: Int], errors: Int) {
        var acknowledged: [String: Int] = [:]
        var errors = 0
        for number in 0..<count {
            let key = "k\(number % keys)"
            do {
                try region.put("Music", ["pk": .string(key), "n": .number(Number(number))])
                acknowledged[key] = number
            } catch {
                errors += 1
            }
        }
        return (acknowledged, errors)
    }

    static func expect(_ acknowledged: [String: Int], in region: Region) throws {
        for (key, number) in acknowledged {
            #expect(try region.get("Music", ["pk": .string(key)])?["n"] == .number(Number(number)), "\(key)")
        }
    }

    @Test(arguments: Seeds.thisRun)
    func aZoneDiesAndNothingAcknowledgedIsLost(seed: UInt64) throws {
        let region = try Self.region(seed: seed)
        _ = Self.write(100, into: region)
        _ = try region.inject(.kill(.zone("a")), forMicroseconds: nil)
        let (acknowledged, errors) = Self.write(200, into: region)
        #expect(errors == 0, "an election takes less time than a router's patience")
        try Self.expect(acknowledged, in: region)
        for partition in try region.partitions(of: "Music", index: nil) { #expect(partition.leaderZone != "a") }
        _ = try region.heal(nil)
        region.advance(byMicroseconds: 60_000_000)
        #expect(region.groups.isEmpty, "healed and settled, all is calm")
        try Self.expect(acknowledged, in: region)
        expectEqualReplicas(in: region)
    }

    @Test func aWriteThatTakesTwoAttemptsIsChargedOnce() throws {
        let region = try Self.region(partitions: 1)
        for zone in ["a", "b", "c"] {
            // No record is confirmed before the router has lost its patience once.
            _ = try region.inject(.slow(.zone(zone), byMicroseconds: 100_000), forMicroseconds: nil)
        }
        var report = RequestReport(isTraced: true)
        let request = PutItemRequest(
            tableName: "Music",
            item: ["pk": .string("k")],
            options: .init(returnConsumedCapacity: .total)
        )
        guard case .putItem(let response) = try region.perform(.putItem(request), report: &report) else {
            preconditionFailure("a put")
        }
        #expect(report.trace.contains { $0.text.hasPrefix("no second replica has confirmed the record") })
        #expect(response.consumedCapacity?.capacityUnits == 1)
        #expect(report.consumedCapacity.map(\.capacityUnits) == [1])
    }

    private func expectEqualReplicas(in region: Region) {
        for partition in region.metadata["Music"]!.partitions {
            for replica in partition.replicas.indices {
                let view = partition.view(replica: replica, on: region.now, lag: region.constants.followerLag)
                #expect(view.items.count == partition.itemCount)
            }
        }
    }

    @Test func theFirstWriteAfterALeadersDeathWaitsForItsLease() throws {
        let region = try Self.region(partitions: 1)
        _ = Self.write(10, into: region)
        _ = try region.inject(.kill(.leader(table: "Music", partition: Self.label)), forMicroseconds: nil)
        let start = region.now
        try region.put("Music", ["pk": "late"])
        let waited = region.now - start
        #expect(waited > 1_500_000, "nobody answers for the dead leader before its lease has run out")
        #expect(waited < 4_000_000)
        #expect(try region.replicas(of: "Music", index: nil).contains { $0.term == 2 && $0.role == "leader" })
    }

    @Test func withoutAMajorityWritesAndStrongReadsFailAndEventualReadsGoOn() throws {
        let region = try Self.region(partitions: 1)
        try region.put("Music", ["pk": "k", "n": 1])
        region.advance(byMicroseconds: 1_000_000)
        _ = try region.inject(.kill(.zone("a")), forMicroseconds: nil)
        _ = try region.inject(.kill(.zone("b")), forMicroseconds: nil)
        region.advance(byMicroseconds: 3_000_000)
        #expect(thrown { () throws(ServiceError) in try region.put("Music", ["pk": "k", "n": 2]) } == Region.noAnswer)
        #expect(thrown { () throws(ServiceError) in try region.get("Music", ["pk": "k"]) } == Region.noAnswer)
        #expect(try region.get("Music", ["pk": "k"], consistent: false)?["n"] == 1)
        _ = try region.heal(nil)
        region.advance(byMicroseconds: 10_000_000)
        try region.put("Music", ["pk": "k", "n": 3])
        #expect(try region.get("Music", ["pk": "k"])?["n"] == 3)
    }

    /// A region in which some partitions have no majority and some have; keys of both.
    private func halfBrokenRegion() throws -> (region: Region, broken: [String], whole: [String]) {
        let region = try Self.region(partitions: 8)
        let partitions = region.metadata["Music"]!.partitions
        let dead = Set(partitions[0].replicas.prefix(2).map(\.node.number))
        for node in dead.sorted() { _ = try region.inject(.kill(.node(node)), forMicroseconds: nil) }
        // Long enough for the others to elect new leaders.
        region.advance(byMicroseconds: 10_000_000)
        var keys: (broken: [String], whole: [String]) = ([], [])
        for number in 0..<40 {
            let key = "k\(number)"
            let place = try region.locate(["pk": .string(key)], in: "Music", index: nil).partition
            let partition = try #require(partitions.first { $0.label == place })
            let alive = partition.replicas.count { !dead.contains($0.node.number) }
            if alive < 2 { keys.broken.append(key) } else { keys.whole.append(key) }
        }
        return (region, keys.broken, keys.whole)
    }

    @Test func membersOfABatchThatCannotBeServedComeBackUnprocessed() throws {
        let (region, broken, whole) = try halfBrokenRegion()
        let (mixed, served) = ([broken[0], whole[0], broken[1], whole[1]], [whole[0], whole[1]])
        let unserved = [broken[0], broken[1]]
        func item(_ key: String) -> Item { ["pk": .string(key)] }
        func writes(_ keys: [String]) -> [BatchWriteItemRequest.TableWrites] {
            [.init(tableName: "Music", writes: keys.map { .put(item: item($0)) })]
        }
        func write(_ keys: [String]) throws(ServiceError) -> BatchWriteItemResponse {
            let request = BatchWriteItemRequest(requestItems: writes(keys), returnConsumedCapacity: .total)
            var report = RequestReport()
            guard case .batchWriteItem(let response) = try region.perform(.batchWriteItem(request), report: &report)
            else { preconditionFailure("a batch of writes") }
            return response
        }
        func read(_ keys: [String]) throws(ServiceError) -> BatchGetItemResponse {
            let request = BatchGetItemRequest(requestItems: [
                .init(tableName: "Music", keys: keys.map(item), consistentRead: true)
            ])
            var report = RequestReport()
            guard case .batchGetItem(let response) = try region.perform(.batchGetItem(request), report: &report)
            else { preconditionFailure("a batch of reads") }
            return response
        }
        let written = try write(mixed)
        #expect(written.unprocessedItems == writes(unserved))
        #expect(written.consumedCapacity?.map(\.capacityUnits) == [2])
        let found = try read(mixed)
        #expect(found.responses.flatMap(\.items) == served.map(item))
        #expect(found.unprocessedKeys.flatMap(\.keys) == unserved.map(item))
        #expect(thrown { () throws(ServiceError) in _ = try write(unserved) } == Region.noAnswer)
        #expect(thrown { () throws(ServiceError) in _ = try read(unserved) } == Region.noAnswer)
        _ = try region.heal(nil)
        region.advance(byMicroseconds: 10_000_000)
        let again = BatchWriteItemRequest(requestItems: written.unprocessedItems)
        var report = RequestReport()
        _ = try region.perform(.batchWriteItem(again), report: &report)
        #expect(Set(try read(mixed).responses.flatMap(\.items).map(\.description)).count == 4)
    }

    @Test func aFollowerThatAloneCannotHearTheLeaderStartsNoElection() throws {
        let region = try Self.region(partitions: 1)
        let replicas = region.metadata["Music"]!.partitions[0].replicas
        let leader = replicas[0].node.number
        _ = try region.inject(.cut(.node(leader), from: .node(replicas[1].node.number)), forMicroseconds: nil)
        region.advance(byMicroseconds: 20_000_000)
        let reports = try region.replicas(of: "Music", index: nil)
        #expect(reports.first { $0.role == "leader" }?.node == "n\(leader)")
        #expect(reports.allSatisfy { $0.term == 1 })
        #expect(region.recentEvents().contains { $0.text.contains("no election") })
        #expect(Self.write(20, into: region).errors == 0)
    }

    @Test func aLeaderCutOffFromBothPeersAnswersNoMore() throws {
        let region = try Self.region(partitions: 1)
        let leader = region.metadata["Music"]!.partitions[0].replicas[0].node.number
        try region.put("Music", ["pk": "k", "n": 1])
        _ = try region.inject(.cut(.zone("a"), from: .zone("b")), forMicroseconds: nil)
        _ = try region.inject(.cut(.zone("a"), from: .zone("c")), forMicroseconds: nil)
        region.advance(byMicroseconds: 4_000_000)
        let group = try #require(region.groups.first)
        let old = try #require(group.members.first { $0.id == leader })
        #expect(!old.holdsLease(at: region.now))
        try region.put("Music", ["pk": "k", "n": 2])
        #expect(try region.get("Music", ["pk": "k"])?["n"] == 2)
    }

    @Test func aSlowNodeSlowsWhatNeedsItAndNothingElse() throws {
        let region = try Self.region(partitions: 1)
        let follower = region.metadata["Music"]!.partitions[0].replicas[1].node.number
        _ = try region.inject(.slow(.node(follower), byMicroseconds: 50_000), forMicroseconds: nil)
        var slowest: Int64 = 0
        for number in 0..<50 {
            let start = region.now
            try region.put("Music", ["pk": .string("k\(number)")])
            slowest = max(slowest, region.now - start)
        }
        #expect(slowest < 50_000, "the other follower confirms in time")
        let start = region.now
        let leader = region.metadata["Music"]!.partitions[0].replicas[0].node.number
        _ = try region.inject(.slow(.node(leader), byMicroseconds: 50_000), forMicroseconds: nil)
        try region.put("Music", ["pk": "k"])
        #expect(region.now - start > 100_000, "there and back")
    }

    @Test func aDeadRouterIsPassedBy() throws {
        let region = try Self.region()
        _ = try region.inject(.kill(.router(1)), forMicroseconds: nil)
        #expect(Self.write(30, into: region).errors == 0)
        #expect(region.routers()[0].isAlive == false)
    }

    @Test func aFaultEndsByItself() throws {
        let region = try Self.region()
        _ = try region.inject(.kill(.node(1)), forMicroseconds: 5_000_000)
        #expect(region.faults().count == 1)
        region.advance(byMicroseconds: 6_000_000)
        #expect(region.faults().isEmpty)
        #expect(region.recentEvents().contains { $0.text == "healed: kill node n1" })
    }

    @Test func thereMustBeSomethingToBreakAndToHeal() throws {
        let region = try Self.region()
        func message(_ fault: Fault) -> String? {
            thrown { () throws(ServiceError) in try region.inject(fault, forMicroseconds: nil) }?.message
        }
        #expect(message(.kill(.node(99))) == "there is no node n99: nodes are n1 to n12")
        #expect(message(.kill(.zone("q"))) == "there is no zone q: zones are a, b and c")
        #expect(message(.kill(.router(7))) == "there is no router r7: routers are r1 to r3")
        #expect(
            message(.kill(.leader(table: "Music", partition: PartitionLabel(number: 9))))
                == "Music has no partition p9: there are p0, p1, p2, p3"
        )
        #expect(
            message(.kill(.replica(table: "Music", partition: Self.label, node: 12)))?.contains("no replica") == true
        )
        #expect(
            thrown { () throws(ServiceError) in try region.heal(.node(1)) }?.message
                == "nothing is wrong with node n1; Fault list shows what is"
        )
    }
}
