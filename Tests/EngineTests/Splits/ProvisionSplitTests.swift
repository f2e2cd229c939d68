import Model
import Testing

@testable import Engine

/// Partitions that split because more throughput was bought. Source: reference E1, E2.
struct ProvisionSplitTests {
    static func throughput(_ reads: Int, _ writes: Int) -> ProvisionedThroughput {
        ProvisionedThroughput(readCapacityUnits: reads, writeCapacityUnits: writes)
    }

    static func table(_ reads: Int, _ writes: Int) -> CreateTableRequest {
        var request = CreateTableRequest.table("Music")
        request.provisionedThroughput = throughput(reads, writes)
        return request
    }

    static func raise(_ region: Region, _ reads: Int, _ writes: Int) throws {
        try region.updateTable(
            UpdateTableRequest(tableName: "Music", provisionedThroughput: throughput(reads, writes))
        )
    }

    static func live(_ region: Region, index: String? = nil) throws -> [PartitionReport] {
        try region.partitions(of: "Music", index: index).filter { $0.state != "retired" }
    }

    /// Claim 49, and every partition splits in two until the shares fit.
    @Test(arguments: [
        (3_000, 0 + 1, 3_000, 600, 2), (1_000, 500, 6_000, 2_000, 4), (100, 100, 3_001, 100, 2),
        (100, 100, 40_000, 1, 16),
        (6_000, 2_000, 7_000, 1_600, 4), (6_000, 2_000, 7_000, 4_000, 8),
    ])
    func aRaiseSplitsEveryPartitionUntilTheSharesFit(
        reads: Int,
        writes: Int,
        newReads: Int,
        newWrites: Int,
        count: Int
    ) throws {
        for profile in Profile.allCases {
            let region = Region(profile: profile)
            try region.createAndWait(Self.table(reads, writes))
            for number in 0..<50 { try region.put("Music", SizeSplitTests.item(number)) }
            try Self.raise(region, newReads, newWrites)
            region.advance(seconds: 400)
            let reports = try Self.live(region)
            #expect(reports.count == count)
            #expect(Set(reports.map { $0.provisionedShare?.readCapacityUnits }) == [newReads / count])
            #expect(Set(reports.map { $0.provisionedShare?.writeCapacityUnits }) == [newWrites / count])
            #expect(try region.faultsOfPartitions(of: "Music") == [])
            #expect(try region.scanAll("Music").count == 50)
            let width = reports[0].lastHash - reports[0].firstHash
            if reads == 100 { #expect(reports.allSatisfy { $0.lastHash - $0.firstHash == width }, "cut in the middle") }
        }
    }

    @Test func theTableIsUpdatingWithItsOldSettingsUntilTheNewCountStands() throws {
        let region = Region(profile: .teach)
        try region.createAndWait(Self.table(100, 100))
        try Self.raise(region, 100, 3_500)
        func seen() throws -> (TableStatus, Int) {
            let table = try region.describeTable("Music")
            return (table.tableStatus, table.provisionedThroughput.writeCapacityUnits)
        }
        region.advance(seconds: 30)
        #expect(try seen() == (.updating, 100))
        #expect(try Self.live(region).map(\.state) == ["splitting 50%"])
        region.advance(seconds: 60)
        #expect(try seen() == (.updating, 100))
        #expect(try Self.live(region).count == 2)
        region.advance(seconds: 35)
        #expect(try seen() == (.active, 3_500))
        #expect(try Self.live(region).count == 4)
        #expect(try Self.live(region).map { $0.provisionedShare?.writeCapacityUnits } == [875, 875, 875, 875])
    }

    /// Claim 52.
    @Test func loweringNeverMerges() throws {
        let region = Region(profile: .teach)
        try region.createAndWait(Self.table(100, 3_500))
        #expect(try Self.live(region).count == 4)
        try Self.raise(region, 4, 4)
        region.advance(seconds: 48 * 3_600)
        #expect(try Self.live(region).map { $0.provisionedShare?.writeCapacityUnits } == [1, 1, 1, 1])
    }

    @Test func anIndexSplitsForItsOwnThroughput() throws {
        let region = Region(profile: .teach)
        let index = CreateTableRequest.GlobalIndex(name: "byG", hash: [("g", .string)])
        try region.createAndWait(.table("Music", globals: [index]))
        for number in 0..<40 {
            try region.put("Music", ["pk": .string("k\(number)"), "g": .string("g\(number % 7)")])
        }
        let update = UpdateTableRequest.IndexUpdate.update(
            indexName: "byG",
            provisionedThroughput: .forPartitions(4),
            onDemandThroughput: nil,
            warmThroughput: nil
        )
        try region.updateTable(UpdateTableRequest(tableName: "Music", globalSecondaryIndexUpdates: [update]))
        region.advance(seconds: 70)
        for number in 40..<80 {
            try region.put("Music", ["pk": .string("k\(number)"), "g": .string("g\(number % 7)")])
        }
        #expect(try region.describeTable("Music").globalSecondaryIndexes[0].indexStatus == .updating)
        region.advance(seconds: 130)
        #expect(try region.describeTable("Music").globalSecondaryIndexes[0].indexStatus == .active)
        #expect(try Self.live(region).count == 1)
        #expect(try Self.live(region, index: "byG").count == 4)
        #expect(try region.faultsOfPartitions(of: "Music", index: "byG") == [])
        #expect(try region.faultsOfIndex("byG", of: "Music") == [])
    }

    @Test func warmThroughputSplitsAnOnDemandTable() throws {
        let region = Region(profile: .teach)
        try region.createAndWait(.table("Music", onDemand: true))
        try region.updateTable(
            UpdateTableRequest(
                tableName: "Music",
                warmThroughput: WarmThroughput(readUnitsPerSecond: 12_000, writeUnitsPerSecond: 10_000)
            )
        )
        region.advance(seconds: 200)
        #expect(try Self.live(region).count == 10)
        #expect(try region.faultsOfPartitions(of: "Music") == [])
    }
}
