import Model
import Testing

@testable import Engine

/// Reference I4, K52: which items are deleted, when, and what that leaves behind.
struct ExpiryTests {
    static func region(
        _ request: CreateTableRequest = .table("Music"),
        seed: UInt64 = 1,
        lag: String = "0"
    ) throws -> Region {
        let region = Region(profile: .teach, seed: seed)
        try region.createAndWait(request)
        try region.set("ttlLag", to: lag)
        try region.expire("Music")
        return region
    }

    static func record(_ region: Region) throws -> LogRecord {
        let logs = try #require(region.metadata["Music"]).partitions.map(\.log).filter { $0.count > 0 }
        let log = try #require(logs.first)
        return log[log.lastIndex]
    }

    @Test func anExpiredItemIsReadAndWrittenUntilASweepDeletesIt() throws {
        let region = try Self.region()
        try region.put("Music", ["pk": "a", "ttl": region.second(after: 30)])
        region.advance(seconds: 40)
        #expect(try region.get("Music", ["pk": "a"]) != nil)
        #expect(try region.scanAll("Music").count == 1)
        try region.update("Music", ["pk": "a"], "SET n = :n", values: [":n": 1])
        region.advance(seconds: 60)
        #expect(try region.get("Music", ["pk": "a"]) == nil)
        let record = try Self.record(region)
        #expect(record.isByService)
        #expect(record.new == nil)
        #expect(record.old?["n"] == 1)
        #expect(region.texts().contains("table Music: 1 expired item is deleted"))
    }

    @Test func whoeverWritesItInTimeKeepsIt() throws {
        let region = try Self.region()
        try region.put("Music", ["pk": "a", "ttl": region.second(after: 30)])
        try region.put("Music", ["pk": "b", "ttl": region.second(after: 30)])
        region.advance(seconds: 40)
        try region.put("Music", ["pk": "a", "ttl": region.second(after: 7_200)])
        try region.put("Music", ["pk": "b"])
        region.advance(seconds: 3_600)
        #expect(try region.scanAll("Music").count == 2)
        region.advance(seconds: 3_700)
        #expect(try region.scanAll("Music").map { $0["pk"] } == ["b"])
    }

    @Test func onlyNumbersOfSecondsOfTheLastFiveYearsExpire() throws {
        let region = try Self.region()
        let year = 365 * 86_400
        let kept: [String: AttributeValue] = [
            "text": .string("1"), "milliseconds": .decimal("1767225600000"), "far": .decimal("9e125"), "none": .null,
            "old": region.second(after: -5 * year - 100), "negative": -1, "zero": 0, "tiny": .decimal("1e-130"),
            "set": .numberSet([1]), "future": region.second(after: year),
        ]
        let gone: [String: AttributeValue] = [
            "recent": region.second(after: -5 * year + 3_600), "now": region.second(after: 0),
            "fraction": .decimal("1767225600.5"),
        ]
        for (name, value) in kept.merging(gone, uniquingKeysWith: { first, _ in first }) {
            try region.put("Music", ["pk": .string(name), "ttl": value])
        }
        try region.put("Music", ["pk": "absent"])
        region.advance(seconds: 120)
        let names = try region.scanAll("Music").map { "\($0["pk"]!)" }.sorted()
        #expect(names == (Array(kept.keys) + ["absent"]).map { "\(AttributeValue.string($0))" }.sorted())
    }

    @Test func eachItemWaitsAsLongAsItsKeySaysAndNoneLonger() throws {
        let region = try Self.region(lag: "48h")
        for number in 0..<200 {
            try region.put("Music", ["pk": .string("k\(number)"), "ttl": region.second(after: 0)])
        }
        var counts: [Int] = []
        for _ in 0..<4 {
            region.advance(seconds: 12 * 3_600)
            counts.append(try region.scanAll("Music").count)
        }
        region.advance(seconds: 120)
        #expect(try region.scanAll("Music").isEmpty)
        #expect(counts == counts.sorted(by: >))
        #expect((100...180).contains(counts[0]) && (60...140).contains(counts[1]), "\(counts): spread evenly")
    }

    /// What a sweep deletes does not depend on what else is asked meanwhile, nor on how the clock gets there.
    @Test func theDelayIsTheKeysOwn() throws {
        func keys(steps: Int64) throws -> [AttributeValue?] {
            let region = try Self.region(lag: "48h")
            for number in 0..<50 {
                try region.put("Music", ["pk": .string("k\(number)"), "ttl": 1_767_225_600])
            }
            for _ in 0..<steps {
                region.advance(byMicroseconds: 86_400_000_000 / steps)
                if steps > 1 { _ = try region.get("Music", ["pk": "k1"], consistent: false) }
            }
            return try region.scanAll("Music").map { $0["pk"] }
        }
        let atOnce = try keys(steps: 1)
        #expect(try keys(steps: 40) == atOnce)
        #expect((10...40).contains(atOnce.count))
    }

    @Test func indexesFollowAndNothingIsCharged() throws {
        let region = try Self.region(
            .table(
                "Music",
                sort: ("sk", .number),
                locals: [("byA", ("a", .number), Projection(.all))],
                globals: [.init(name: "byG", hash: [("g", .string)])]
            )
        )
        for number in 1...3 {
            try region.put(
                "Music",
                [
                    "pk": "p", "sk": .number(Number(number)), "a": .number(Number(-number)), "g": "g",
                    "ttl": region.second(after: number == 2 ? 9_000 : 10),
                ]
            )
        }
        let partition = try #require(region.metadata["Music"]?.partitions.first)
        let busy = partition.meter.lastBusySecond
        region.advance(seconds: 300)
        for index in ["byA", "byG"] {
            let entries = try region.scan("Music", index: index).items
            #expect(entries.map { $0["sk"] } == [2], "\(index)")
        }
        #expect(try region.faultsOfIndex("byG", of: "Music") == [])
        #expect(try region.faultsOfPartitions(of: "Music") == [])
        #expect(partition.meter.lastBusySecond.write == busy.write)
    }

    @Test func turningItOffStopsDeletions() throws {
        let region = try Self.region()
        try region.put("Music", ["pk": "a", "ttl": region.second(after: 3_600)])
        region.advance(seconds: 3_590)
        try region.updateTimeToLive("Music", enabled: false)
        region.advance(seconds: 86_400)
        #expect(try region.get("Music", ["pk": "a"]) != nil)
        // By another attribute it begins anew.
        try region.put("Music", ["pk": "b", "until": region.second(after: 10)])
        try region.expire("Music", by: "until")
        region.advance(seconds: 200)
        #expect(try region.scanAll("Music").map { $0["pk"] } == ["a"])
    }

    @Test func theServersClockMayJump() throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music"))
        try region.updateTimeToLive("Music")
        for hour in 1...5 {
            try region.put("Music", ["pk": .string("k\(hour)"), "ttl": region.second(after: 3_600 * hour)])
        }
        region.advance(seconds: 3 * 3_600 + 120)
        #expect(try region.scanAll("Music").count == 2)
        let log = try #require(region.metadata["Music"]?.partitions.first?.log)
        let deletions = (log.firstIndex...log.lastIndex).map { log[$0] }.filter(\.isByService)
        let hours = deletions.map { ($0.committedAt - Region.defaultStart) / 3_600_000_000 }
        #expect(hours == [1, 2, 3], "each at its own time")
        region.advance(seconds: 30 * 86_400)
        #expect(try region.scanAll("Music").isEmpty)
    }

    @Test func changingTheLagCountsForWhatIsThereAlready() throws {
        let region = try Self.region(lag: "48h")
        for number in 0..<20 {
            try region.put("Music", ["pk": .string("k\(number)"), "ttl": region.second(after: 0)])
        }
        region.advance(seconds: 120)
        try region.set("ttlLag", to: "0")
        region.advance(seconds: 120)
        #expect(try region.scanAll("Music").isEmpty)
    }

    // MARK: While partitions change

    @Test func splitsLoseNothingOfIt() throws {
        let region = try Self.region(
            .table("Music", sort: ("sk", .number), locals: [("byA", ("a", .number), Projection(.keysOnly))])
        )
        try region.set("partitionBytes", to: "8KB")
        var expected: [Int] = []
        for number in 0..<400 {
            let stays = number % 3 == 0
            if stays { expected.append(number) }
            try region.put(
                "Music",
                [
                    "pk": .string("k\(number % 40)"), "sk": .number(Number(number)), "a": 1, "x": "0123456789",
                    "ttl": region.second(after: stays ? 900_000 : 60 + number),
                ]
            )
            region.advance(seconds: 1)
        }
        region.advance(seconds: 600)
        let table = try #require(region.metadata["Music"])
        #expect(table.partitions.count > 1)
        #expect(
            try region.scanAll("Music").map { "\($0["sk"]!)" }.sorted()
                == expected.map { "\(AttributeValue.number(Number($0)))" }.sorted()
        )
        #expect(try region.faultsOfPartitions(of: "Music") == [])
    }

    @Test(arguments: Seeds.thisRun)
    func nearAFaultItGoesThroughTheGroup(seed: UInt64) throws {
        let region = try Self.region(.table("Music", partitions: 4), seed: seed)
        for number in 0..<100 {
            let expiry = number % 2 == 0 ? region.second(after: 100) : region.second(after: 90_000)
            try region.put("Music", ["pk": .string("k\(number)"), "ttl": expiry])
        }
        _ = try region.inject(.kill(.zone("a")), forMicroseconds: nil)
        region.advance(seconds: 30)
        #expect(!region.groups.isEmpty)
        region.advance(seconds: 400)
        #expect(try region.scanAll("Music").count == 50)
        _ = try region.heal(nil)
        region.advance(seconds: 600)
        #expect(region.groups.isEmpty)
        #expect(try region.scanAll("Music").count == 50)
        #expect(try region.faultsOfPartitions(of: "Music") == [])
    }

    // MARK: Work

    /// A table is read as a whole now and then, not every minute: sixteen times for all of its items, and not at all
    /// while nothing expires.
    @Test func theTableIsReadAsOftenAsItsItemsDemand() throws {
        let region = try Self.region()
        let count = 20_000
        for number in 0..<count {
            // Spread over 100 hours.
            let expiry = region.second(after: 600 + number * 18)
            try region.put("Music", ["pk": .string("k\(number)"), "ttl": expiry])
        }
        let partition = try #require(region.metadata["Music"]?.partitions.first)
        region.advance(seconds: 50 * 3_600)
        let before = partition.expirations.scanCount
        #expect(partition.itemCount < 3 * count / 4 && partition.itemCount > count / 4)
        #expect(before < 20, "\(before) readings in 3,000 sweeps")
        region.advance(seconds: 60 * 3_600)
        #expect(partition.itemCount == 0)
        let after = partition.expirations.scanCount
        #expect(after < 30, "\(after) readings in 6,600 sweeps")
        region.advance(seconds: 100 * 3_600)
        #expect(partition.expirations.scanCount == after)
    }

    /// Items that are written again and again, each time with a later expiry.
    @Test func slidingExpiriesDoNotPileUp() throws {
        let region = try Self.region()
        let partition = try #require(region.metadata["Music"]?.partitions.first)
        for round in 0..<400 {
            for number in 0..<20 {
                let item: Item = ["pk": .string("k\(number)"), "ttl": region.second(after: 3_600)]
                try region.put("Music", item)
            }
            if round % 10 == 0 { region.advance(seconds: 60) }
        }
        #expect(partition.expirations.entryCount < 3_000)
        region.advance(seconds: 3_500)
        #expect(partition.itemCount == 20)
        region.advance(seconds: 300)
        #expect(partition.itemCount == 0)
    }
}
