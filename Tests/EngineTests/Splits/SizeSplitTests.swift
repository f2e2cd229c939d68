import Model
import Testing

@testable import Engine

/// Partitions that outgrow their limit.
struct SizeSplitTests {
    static func region(
        _ request: CreateTableRequest = .table("Music"),
        limit: String = "20KB",
        profile: Profile = .teach,
        seed: UInt64 = 1
    ) throws -> Region {
        let region = Region(profile: profile, seed: seed)
        try region.set("partitionBytes", to: limit)
        try region.createAndWait(request)
        return region
    }

    static func item(_ number: Int, size: Int = 400) -> Item {
        (["pk": .string("k\(number)"), "n": .number(Number(number))] as Item).padded(to: size)
    }

    /// Claim 3: unseen by the application.
    @Test(arguments: Seeds.thisRun, Profile.allCases)
    func whileAPartitionSplitsEveryWriteSucceedsAndEveryItemIsFound(seed: UInt64, profile: Profile) throws {
        let region = try Self.region(profile: profile, seed: seed)
        var counts: Set<Int> = []
        for number in 0..<600 {
            try region.put("Music", Self.item(number))
            counts.insert(try #require(region.metadata["Music"]).partitions.count)
            region.advance(seconds: 1)
            if number % 17 == 0 { #expect(try region.get("Music", ["pk": .string("k\(number / 2)")]) != nil) }
            if number % 97 == 0 { #expect(try region.scanAll("Music").count == number + 1) }
        }
        region.advance(seconds: 300)
        #expect(try region.scanAll("Music", limit: 7).count == 600)
        for number in 0..<600 { #expect(try region.get("Music", ["pk": .string("k\(number)")]) != nil) }
        #expect(counts.count > 3, "it went from one partition to many, one after the other")
        #expect(try region.faultsOfPartitions(of: "Music") == [])
        let table = try #require(region.metadata["Music"])
        #expect(table.partitions.allSatisfy { $0.sizeBytes <= 20 * 1_024 })
    }

    @Test func theParentServesUntilTheCutOverAndThenIsRetired() throws {
        let region = try Self.region()
        for number in 0..<60 { try region.put("Music", Self.item(number)) }
        #expect(try region.states("Music") == ["splitting 0%"])
        region.advance(seconds: 30)
        #expect(try region.states("Music") == ["splitting 50%"])
        #expect(try region.partitions(of: "Music", index: nil)[0].children.map(\.number) == [1, 2])
        // What is written meanwhile is in the children later.
        for number in 60..<80 { try region.put("Music", Self.item(number)) }
        try region.delete("Music", ["pk": "k3"])
        region.advance(seconds: 40)
        let reports = try region.partitions(of: "Music", index: nil)
        #expect(reports.map(\.state) == ["ok", "ok", "retired"])
        #expect(reports.map(\.label.number) == [1, 2, 0])
        #expect(reports.map { $0.parent?.number } == [0, 0, nil])
        #expect(reports[2].children.map(\.number) == [1, 2])
        #expect(reports[0].itemCount + reports[1].itemCount == 79)
        let written = try #require(region.metadata["Music"]).partitionList.retired[0].log.lastIndex
        for number in 80..<90 { try region.put("Music", Self.item(number)) }
        #expect(try #require(region.metadata["Music"]).partitionList.retired[0].log.lastIndex == written)
        #expect(try region.get("Music", ["pk": "k3"]) == nil)
        #expect(try region.scanAll("Music").count == 89)
    }

    @Test func bothChildrenGetAboutHalfOfTheBytes() throws {
        let region = try Self.region(profile: .serve)
        for number in 0..<58 { try region.put("Music", Self.item(number, size: 200 + 37 * (number % 11))) }
        let sizes = try region.partitions(of: "Music", index: nil).filter { $0.state == "ok" }.map(\.sizeBytes)
        try #require(sizes.count == 2)
        #expect(abs(sizes[0] - sizes[1]) < 1_500)
    }

    /// Claim 5.
    @Test func aSplitHalvesTheShareOfThatPartitionAlone() throws {
        let region = try Self.region(.table("Music", partitions: 2))
        func shares() throws -> [Int] {
            try region.partitions(of: "Music", index: nil).compactMap { $0.provisionedShare?.writeCapacityUnits }
        }
        #expect(try shares() == [999, 999])
        let first = (0..<500).map { Self.item($0) }.filter {
            try! region.locate($0, in: "Music", index: nil).partition.number == 0
        }
        for item in first.prefix(60) { try region.put("Music", item) }
        region.advance(seconds: 61)
        #expect(try shares() == [499, 499, 999])
        #expect(try region.partitions(of: "Music", index: nil).map(\.label.number) == [2, 3, 1, 0])
    }

    @Test func aLargeCollectionIsCutByItsSortKey() throws {
        let region = try Self.region(.table("Music", sort: ("sk", .number)))
        for number in 0..<120 {
            try region.put("Music", (["pk": "one", "sk": .number(Number(number))] as Item).padded(to: 400))
        }
        region.advance(seconds: 200)
        let reports = try region.partitions(of: "Music", index: nil).filter { $0.state == "ok" }
        #expect(reports.count > 2)
        #expect(reports.first?.firstSortKey == nil)
        #expect(reports.last?.endSortKey == nil)
        for (left, right) in zip(reports, reports.dropFirst()) {
            #expect(left.endSortKey != nil)
            #expect(left.endSortKey == right.firstSortKey)
            #expect(left.lastHash == right.firstHash)
        }
        #expect(try region.faultsOfPartitions(of: "Music") == [])
        for forward in [true, false] {
            var seen: [Int] = []
            var start: Item?
            repeat {
                let page = try region.query(
                    "Music",
                    "pk = :p",
                    [":p": "one"],
                    limit: 7,
                    after: start,
                    forward: forward,
                    consistent: true
                )
                seen += page.items.map { FollowerLagTests.version(["n": $0["sk"]!]) }
                start = page.lastEvaluatedKey
            } while start != nil
            #expect(seen == (forward ? Array(0..<120) : (0..<120).reversed()))
        }
        let some = try region.query(
            "Music",
            "pk = :p AND sk BETWEEN :a AND :b",
            [":p": "one", ":a": 20, ":b": 99],
            forward: false,
            consistent: true
        )
        #expect(some.count == 80)
    }

    @Test func withALocalIndexACollectionStaysWhole() throws {
        let region = try Self.region(
            .table("Music", sort: ("sk", .number), locals: [("byA", ("a", .number), Projection(.all))])
        )
        func put(_ collection: String, _ number: Int) throws {
            let item: Item = ["pk": .string(collection), "sk": .number(Number(number)), "a": .number(Number(-number))]
            try region.put("Music", item.padded(to: 400))
        }
        for number in 0..<60 { try put("one", number) }
        region.advance(seconds: 100)
        #expect(try region.states("Music") == ["ok"], "there is nowhere to cut")
        #expect(region.texts().filter { $0.contains("cannot be split") }.count == 1)
        for number in 0..<60 {
            try put("one", number)
            try put("two", number)
            try put("three", number)
        }
        region.advance(seconds: 200)
        #expect(try region.faultsOfPartitions(of: "Music") == [])
        #expect(try region.states("Music").filter { $0 == "ok" }.count > 1)
        for collection in ["one", "two", "three"] as [AttributeValue] {
            let page = try region.query(
                "Music",
                index: "byA",
                "pk = :p",
                [":p": collection],
                consistent: true
            )
            #expect(page.items.map { FollowerLagTests.version(["n": $0["sk"]!]) } == (0..<60).reversed())
        }
    }

    /// A page that ends before the cut-over goes on behind it.
    @Test(arguments: Seeds.thisRun)
    func pagesGoOnAcrossSplits(seed: UInt64) throws {
        let region = try Self.region(.table("Music", sort: ("sk", .number)), limit: "8KB", seed: seed)
        for number in 0..<100 {
            let item: Item = ["pk": .string("k\(number % 3)"), "sk": .number(Number(number))]
            try region.put("Music", item.padded(to: 400))
        }
        var scanned: [Item] = []
        var queried: [Item] = []
        var (scanStart, queryStart): (Item?, Item?)
        var (scans, queries) = (true, true)
        while scans || queries {
            if scans {
                let page = try region.scan("Music", limit: 6, after: scanStart, consistent: true)
                scanned += page.items
                scanStart = page.lastEvaluatedKey
                scans = scanStart != nil
            }
            if queries {
                let page = try region.query(
                    "Music",
                    "pk = :p",
                    [":p": "k1"],
                    limit: 3,
                    after: queryStart,
                    forward: seed % 2 == 0,
                    consistent: true
                )
                queried += page.items
                queryStart = page.lastEvaluatedKey
                queries = queryStart != nil
            }
            region.advance(seconds: 15)
        }
        #expect(scanned.count == 100)
        #expect(Set(scanned.map { "\($0)" }).count == 100)
        #expect(queried.count == 33)
        #expect(Set(queried.map { "\($0)" }).count == 33)
        #expect(try #require(region.metadata["Music"]).partitions.count > 4)
    }

    @Test func aRetiredPartitionKeepsItsDataForADay() throws {
        let region = try Self.region()
        for number in 0..<60 { try region.put("Music", Self.item(number)) }
        region.advance(seconds: 61)
        #expect(try region.states("Music") == ["ok", "ok", "retired"])
        #expect(try region.partitions(of: "Music", index: nil)[2].itemCount == 60)
        region.advance(seconds: 24 * 3_600)
        #expect(try region.states("Music") == ["ok", "ok"])
        #expect(region.texts().contains { $0.contains("Music p0 is gone") })
    }

    @Test func deletingTheTableEndsItsSplits() throws {
        let region = try Self.region()
        for number in 0..<60 { try region.put("Music", Self.item(number)) }
        try region.deleteTable("Music")
        region.advance(seconds: 10)
        try region.createAndWait(.table("Music"))
        region.advance(seconds: 25 * 3_600)
        #expect(try region.states("Music") == ["ok"])
        #expect(try region.scanAll("Music").isEmpty)
    }

    @Test func splitsOfALargePartitionGoOnUntilEveryOneFits() throws {
        let region = try Self.region(limit: "10GB")
        for number in 0..<400 { try region.put("Music", Self.item(number)) }
        try region.set("partitionBytes", to: "10KB")
        try region.put("Music", Self.item(0))
        region.advance(seconds: 600)
        #expect(try region.faultsOfPartitions(of: "Music") == [])
        #expect(try #require(region.metadata["Music"]).partitions.count == 16)
        #expect(try region.scanAll("Music").count == 400)
    }

    @Test func aSizeIsSetAsPeopleWriteIt() throws {
        let region = Region(profile: .teach)
        for (text, shown) in [("1MB", "1MB"), ("10gb", "10GB"), ("2048", "2KB"), ("1500", "1500B")] {
            try region.set("partitionBytes", to: text)
            #expect(region.settings().first { $0.name == "partitionBytes" }?.value == shown)
        }
        for text in ["", "MB", "1XB", "0", "-1MB", "99999999999GB"] {
            #expect(throws: ServiceError.self) { try region.set("partitionBytes", to: text) }
        }
    }
}

/// Everything at once, against a dictionary.
struct RandomSplitTests {
    @Test(arguments: Seeds.thisRun, [false, true])
    func whateverIsWrittenWhileEverythingSplitsIsThere(seed: UInt64, hasLocalIndex: Bool) throws {
        var random = Randomness(seed: seed)
        let locals = hasLocalIndex ? [("byA", ("a", AttributeType.number), Projection(.keysOnly))] : []
        let region = try SizeSplitTests.region(
            .table("Music", sort: ("sk", .number), partitions: 2, locals: locals),
            limit: "6KB",
            seed: seed
        )
        var model: [String: Item] = [:]
        func draw() -> Item {
            var item: AttributeMap = [
                "pk": .string("k\(random.next(below: 12))"), "sk": .number(Number(random.next(below: 30))),
            ]
            item["a"] = .number(Number(random.next(below: 1_000)))
            return Item(item).padded(to: 100 + random.next(below: 400))
        }
        func key(_ item: Item) -> Item { item.projected(to: ["pk", "sk"].map { AttributeName($0) }) }
        for step in 0..<1_200 {
            let item = draw()
            switch random.next(below: 10) {
            case 0..<4:
                try region.put("Music", item)
                model["\(key(item))"] = item
            case 4:
                try region.delete("Music", key(item))
                model["\(key(item))"] = nil
            case 5:
                let others = (0..<5).map { _ in draw() }
                let distinct = Dictionary(others.map { ("\(key($0))", $0) }, uniquingKeysWith: { $1 })
                try region.batchWrite([("Music", distinct.sorted { $0.key < $1.key }.map { .put(item: $0.value) })])
                model.merge(distinct) { $1 }
            case 6:
                let others = Dictionary(
                    (0..<3).map { _ in draw() }.map { ("\(key($0))", $0) },
                    uniquingKeysWith: { $1 }
                )
                try region.transact(
                    others.sorted { $0.key < $1.key }.map { .put(.init(tableName: "Music", item: $0.value)) }
                )
                model.merge(others) { $1 }
            case 7:
                #expect(try region.get("Music", key(item)) == model["\(key(item))"])
            case 8:
                let pk = item["pk"]!
                let page = try region.query("Music", "pk = :p", [":p": pk], forward: random.oneIn(2), consistent: true)
                #expect(page.count == model.values.count { $0["pk"] == pk })
            default: region.advance(byMicroseconds: Int64(random.next(below: 20_000_000)))
            }
            if step % 300 == 0 { #expect(try region.scanAll("Music", limit: 11).count == model.count) }
        }
        region.advance(seconds: 600)
        #expect(Set(try region.scanAll("Music").map { "\($0)" }) == Set(model.values.map { "\($0)" }))
        #expect(try region.faultsOfPartitions(of: "Music") == [])
        #expect(try #require(region.metadata["Music"]).partitions.count > (hasLocalIndex ? 3 : 5))
    }

    @Test func theSameSeedSplitsTheSame() throws {
        func run() throws -> [String] {
            let region = try SizeSplitTests.region(seed: 5)
            for number in 0..<300 {
                try region.put("Music", SizeSplitTests.item(number))
                region.advance(byMicroseconds: 700_000)
            }
            return region.texts() + (try region.replicas(of: "Music", index: nil).map { "\($0)" })
        }
        #expect(try run() == run())
    }
}

/// Each defect that may be put into a split is found out.
struct SplitSabotageTests {
    static func region(_ sabotage: Sabotage?) throws -> Region {
        let region = try SizeSplitTests.region()
        region.constants.sabotage = sabotage
        for number in 0..<60 { try region.put("Music", SizeSplitTests.item(number)) }
        region.advance(seconds: 61)
        return region
    }

    @Test func aLostItemIsFoundMissing() throws {
        #expect(try Self.region(nil).scanAll("Music").count == 60)
        #expect(try Self.region(.losesItemInSplit).scanAll("Music").count == 59)
    }

    @Test func aGapIsFound() throws {
        #expect(try Self.region(nil).faultsOfPartitions(of: "Music") == [])
        let region = try Self.region(.leavesGapInSplit)
        #expect(try region.faultsOfPartitions(of: "Music").contains("p1 and p2 do not meet"))
        #expect(try region.scanAll("Music").count == 59, "a read goes over the gap, and over what lies in it")
    }

    @Test func aRepeatedPageIsFound() throws {
        func scanned(_ sabotage: Sabotage?) throws -> Int {
            let region = try Self.region(sabotage)
            var count = 0
            var start: Item?
            for _ in 0..<100 {
                let page = try region.scan("Music", limit: 9, after: start, consistent: true)
                count += page.count
                start = page.lastEvaluatedKey
                if start == nil { break }
            }
            return count
        }
        #expect(try scanned(nil) == 60)
        #expect(try scanned(.repeatsPageAfterSplit) > 60)
    }
}
