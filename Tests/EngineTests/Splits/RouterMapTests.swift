import Model
import Testing

@testable import Engine

/// What routers remember of partition maps, and how they find out that it is old.
struct RouterMapTests {
    static let key: Item = ["pk": "k7"]

    /// A table whose only partition has just been split, while every router remembers it whole.
    static func region() throws -> Region {
        let region = try SizeSplitTests.region()
        for number in 0..<60 { try region.put("Music", SizeSplitTests.item(number)) }
        region.advance(seconds: 61)
        return region
    }

    static func get(_ region: Region) throws -> RequestReport {
        var report = RequestReport(isTraced: true)
        _ = try region.perform(.getItem(GetItemRequest(tableName: "Music", key: key)), report: &report)
        return report
    }

    static func redirects(_ region: Region) -> Int { region.routers().reduce(0) { $0 + $1.redirects } }

    /// Claim 19: a router with an old map is redirected once, and then knows.
    @Test func everyRouterIsRedirectedOnceAndThenKnows() throws {
        let region = try Self.region()
        #expect(Self.redirects(region) == 0)
        var redirected = 0
        for _ in 0..<60 {
            let report = try Self.get(region)
            let steps = report.trace.filter { $0.text.contains("redirected") }
            redirected += steps.count
            #expect(report.partitions.count == 1, "the old place does not count as visited")
            #expect(report.partitionCount == 2)
            if !steps.isEmpty {
                #expect(report.trace.contains { $0.text.contains("p0 is retired, split into p1 and p2") })
            }
        }
        #expect(redirected == 3)
        #expect(region.routers().map(\.redirects) == [1, 1, 1])
    }

    @Test func aRedirectCostsTheWayToTheOldPlaceAndBack() throws {
        let region = try Self.region()
        let reports = try (0..<40).map { _ in try Self.get(region) }
        func mean(_ isRedirected: Bool) -> Int64 {
            let times = reports.filter { $0.trace.contains { $0.text.contains("redirected") } == isRedirected }
                .map(\.latencyMicroseconds)
            return times.reduce(0, +) / Int64(times.count)
        }
        #expect(mean(true) > mean(false) + 300)
    }

    /// A request that finds its partition where it was brings news of the others.
    @Test func aHitElsewhereInTheTableRefreshesTheMapToo() throws {
        let region = try SizeSplitTests.region(.table("Music", partitions: 2))
        let items = (0..<500).map { SizeSplitTests.item($0) }
        func number(_ item: Item) -> Int { try! region.locate(item, in: "Music", index: nil).partition.number }
        let other = try #require(items.first { number($0) == 1 })
        for item in items.filter({ number($0) == 0 }).prefix(60) { try region.put("Music", item) }
        for _ in 0..<20 { try region.put("Music", other) }
        region.advance(seconds: 61)
        #expect(try #require(region.metadata["Music"]).partitions.count == 3)
        for _ in 0..<30 { _ = try region.get("Music", ["pk": other["pk"]!]) }
        region.advance(seconds: 1)
        for item in items where number(item) != 1 { _ = try region.get("Music", ["pk": item["pk"]!]) }
        #expect(Self.redirects(region) == 0)
    }

    /// Until the push arrives the metadata service tells the old map.
    @Test func whoAsksTheMetadataServiceTooEarlyIsRedirected() throws {
        for (push, redirects) in [("1h", 1), ("5ms", 0)] {
            let region = Region(profile: .teach)
            try region.set("partitionBytes", to: "20KB")
            try region.set("mapPush", to: push)
            try region.create(.table("Music"))
            region.advance(seconds: 8)
            // One router alone has ever seen the table.
            for number in 0..<60 {
                try region.put("Music", SizeSplitTests.item(number))
                region.fleet[1] = RequestRouter(number: 2, zone: .b)
                region.fleet[2] = RequestRouter(number: 3, zone: .c)
            }
            region.advance(seconds: 62)
            region.fleet[0] = RequestRouter(number: 1, zone: .a)
            _ = try Self.get(region)
            #expect(Self.redirects(region) == redirects)
        }
    }

    @Test func anOldMapThatIsRightAboutTheKeyMakesNoRedirect() throws {
        let region = try SizeSplitTests.region()
        for number in 0..<20 { try region.put("Music", SizeSplitTests.item(number)) }
        let table = try #require(region.metadata["Music"])
        let before = table.mapEpoch
        table.mapChanged()
        #expect(table.mapEpoch == before + 1)
        for _ in 0..<20 { _ = try region.get("Music", Self.key) }
        #expect(Self.redirects(region) == 0, "the leader is where it was")
    }

    @Test func aQueryOverSeveralPartitionsIsRedirectedOnce() throws {
        let region = try Self.region()
        for _ in 0..<10 { #expect(try region.scan("Music", consistent: true).count == 60) }
        #expect(region.routers().allSatisfy { $0.redirects <= 1 })
        #expect(Self.redirects(region) > 0)
    }
}
