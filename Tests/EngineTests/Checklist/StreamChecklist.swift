import Model
import Testing

@testable import Engine

/// Reference K, rows about streams and expiry together.
struct StreamChecklist {
    /// Row 52.
    @Test func anExpiredItemIsReadUntilTheServiceRemovesIt() throws {
        let region = try ExpiryTests.region(.table("Music").streaming())
        try region.put("Music", ["pk": "a", "ttl": region.second(after: 30)])
        region.advance(seconds: 40)
        #expect(try region.get("Music", ["pk": "a"]) != nil)
        region.advance(seconds: 120)
        #expect(try region.get("Music", ["pk": "a"]) == nil)
        let records = try region.allRecords(ofTable: "Music")
        #expect(records.map(\.eventName) == [.insert, .remove])
        #expect(records.map(\.isByService) == [false, true])
    }

    /// Row 54: nothing keeps a reader from a child while its parent has records that it has not read.
    @Test func aChildMayBeReadBeforeItsParent() throws {
        let region = try SizeSplitTests.region(.table("Music").streaming(), limit: "8KB", profile: .serve)
        for number in 0..<200 {
            try region.put("Music", SizeSplitTests.item(number % 90))
            region.advance(seconds: 1)
        }
        region.advance(seconds: 100)
        for number in 0..<90 { try region.put("Music", SizeSplitTests.item(number, size: 200)) }
        let stream = try region.stream(of: "Music")
        let child = try #require(stream.shards.last { $0.parentShardId != nil })
        let parent = try #require(child.parentShardId)
        #expect(try !region.allRecords(of: stream, child.shardId).isEmpty)
        #expect(try !region.allRecords(of: stream, parent).isEmpty)
    }
}
