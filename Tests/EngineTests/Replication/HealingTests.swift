import Model
import Testing

@testable import Engine

/// Dead replicas are stood in for, then replaced; damaged ones are repaired.
struct HealingTests {
    private func leaderGroup(_ region: Region) throws -> ReplicationGroup { try #require(region.groups.first) }

    @Test func aLogReplicaStandsInWithinSecondsAndAFullOneAfterMinutes() throws {
        let region = try FaultTests.region(partitions: 1)
        _ = FaultTests.write(50, into: region)
        let dead = region.metadata["Music"]!.partitions[0].replicas[1].node.number
        _ = try region.inject(.kill(.node(dead)), forMicroseconds: nil)
        region.advance(byMicroseconds: 5_000_000)
        let soon = try region.replicas(of: "Music", index: nil)
        #expect(soon.contains { $0.kind == "log" && $0.role == "follower" }, "it votes already")
        region.advance(byMicroseconds: 200_000_000)
        let later = try region.replicas(of: "Music", index: nil)
        #expect(later.count == 3)
        #expect(later.allSatisfy { $0.kind == "full" && $0.node != "n\(dead)" && $0.itemCount == 40 })
        #expect(region.groups.isEmpty, "nothing broken is near the partition any more")
        _ = try region.heal(nil)
        #expect(FaultTests.write(50, into: region).errors == 0)
    }

    @Test func aStandInKeepsTheMajorityWhenASecondReplicaDies() throws {
        let region = try FaultTests.region(partitions: 1)
        let replicas = region.metadata["Music"]!.partitions[0].replicas
        _ = try region.inject(.kill(.node(replicas[1].node.number)), forMicroseconds: nil)
        region.advance(byMicroseconds: 5_000_000)
        _ = try region.inject(.kill(.node(replicas[2].node.number)), forMicroseconds: nil)
        let (acknowledged, errors) = FaultTests.write(40, into: region)
        #expect(errors == 0)
        try FaultTests.expect(acknowledged, in: region)
    }

    @Test func aReplicaThatWasAwayForLongGetsASnapshotAndTheLog() throws {
        let region = try FaultTests.region(partitions: 1)
        try region.set("logRecordsKept", to: "20")
        let away = region.metadata["Music"]!.partitions[0].replicas[2].node.number
        _ = try region.inject(.kill(.node(away)), forMicroseconds: nil)
        var acknowledged: [String: Int] = [:]
        for _ in 0..<8 {
            acknowledged.merge(FaultTests.write(100, into: region).acknowledged) { $1 }
            region.advance(byMicroseconds: 10_000_000)
        }
        let group = try leaderGroup(region)
        #expect(group.leading.state.log.firstIndex > 100, "the log it would need is gone")
        _ = try region.heal(nil)
        region.advance(byMicroseconds: 10_000_000)
        let replica = try #require(try region.replicas(of: "Music", index: nil).first { $0.node == "n\(away)" })
        #expect(replica.itemCount == 40)
        try FaultTests.expect(acknowledged, in: region)
    }

    @Test func flippedBitsAreFoundByAReadAndRepairedFromAPeer() throws {
        let region = try FaultTests.region(partitions: 1)
        let (acknowledged, _) = FaultTests.write(40, into: region)
        let label = PartitionLabel(number: 0)
        let fault = Fault.corrupt(.leader(table: "Music", partition: label))
        _ = try region.inject(fault, forMicroseconds: nil)
        try FaultTests.expect(acknowledged, in: region)
        #expect(region.recentEvents().contains { $0.text.contains("damaged") })
        _ = try region.heal(nil)
        region.advance(byMicroseconds: 20_000_000)
        #expect(region.groups.isEmpty)
        try FaultTests.expect(acknowledged, in: region)
    }

    @Test func flippedBitsThatNobodyReadsAreFoundByScrubbing() throws {
        let region = try FaultTests.region(partitions: 1)
        _ = FaultTests.write(40, into: region)
        let follower = region.metadata["Music"]!.partitions[0].replicas[1].node.number
        let place = FaultScope.replica(table: "Music", partition: PartitionLabel(number: 0), node: follower)
        _ = try region.inject(.corrupt(place), forMicroseconds: nil)
        region.advance(byMicroseconds: 65_000_000)
        #expect(region.recentEvents().contains { $0.text.contains("n\(follower) found its data damaged") })
        #expect(try region.replicas(of: "Music", index: nil).allSatisfy { $0.state == "ok" })
    }
}
