import Model
import Testing

@testable import Engine

/// What a stream tells, and when.
struct StreamRecordTests {
    static func region(
        _ viewType: StreamViewType = .newAndOldImages,
        profile: Profile = .teach,
        partitions: Int = 1,
        seed: UInt64 = 1
    ) throws -> Region {
        let region = Region(profile: profile, seed: seed)
        try region.createAndWait(.table("Music", partitions: partitions).streaming(viewType))
        return region
    }

    /// An item that comes, changes and goes.
    static func live(in region: Region) throws {
        try region.put("Music", ["pk": "a", "n": 1])
        try region.put("Music", ["pk": "a", "n": 2])
        try region.delete("Music", ["pk": "a"])
        region.advance(seconds: 1)
    }

    /// Claim 29.
    @Test(arguments: StreamViewType.allCases)
    func aRecordHasTheImagesOfItsViewType(viewType: StreamViewType) throws {
        let region = try Self.region(viewType)
        try Self.live(in: region)
        let records = try region.allRecords(ofTable: "Music")
        #expect(records.map(\.eventName) == [.insert, .modify, .remove])
        let (first, second): (Item, Item) = (["pk": "a", "n": 1], ["pk": "a", "n": 2])
        let news: [Item?] =
            viewType == .newImage || viewType == .newAndOldImages ? [first, second, nil] : [nil, nil, nil]
        let olds: [Item?] =
            viewType == .oldImage || viewType == .newAndOldImages ? [nil, first, second] : [nil, nil, nil]
        #expect(records.map(\.newImage) == news)
        #expect(records.map(\.oldImage) == olds)
        for (number, record) in records.enumerated() {
            #expect(record.keys == ["pk": "a"])
            #expect(record.streamViewType == viewType)
            let images = (news[number]?.size ?? 0) + (olds[number]?.size ?? 0)
            #expect(record.sizeBytes == record.keys.size + images)
            #expect(record.sequenceNumber.utf8.count == 21)
            #expect(record.eventID.utf8.count == 32)
            #expect(!record.isByService)
        }
        #expect(Set(records.map(\.eventID)).count == 3)
        #expect(zip(records, records.dropFirst()).allSatisfy { $0.sequenceNumber < $1.sequenceNumber })
    }

    /// Reference K 35, 36.
    @Test func whatChangesNothingIsNotTold() throws {
        let region = try Self.region()
        let item: Item = ["pk": "a", "tags": .stringSet(["x", "y"]), "n": 1]
        try region.put("Music", item)
        try region.put("Music", ["pk": "a", "tags": .stringSet(["y", "x"]), "n": 1])
        try region.update("Music", ["pk": "a"], "SET n = :one", values: [":one": 1])
        try region.update("Music", ["pk": "a"], nil)
        try region.delete("Music", ["pk": "nobody"])
        #expect(
            thrown { () throws(ServiceError) in
                try region.put("Music", ["pk": "a", "n": 5], if: "n = :two", values: [":two": 2])
            } != nil
        )
        region.advance(seconds: 1)
        #expect(try region.allRecords(ofTable: "Music").map(\.newImage) == [item])
    }

    /// Claim 32.
    @Test func aRecordIsReadableAHundredMillisecondsAfterItsCommit() throws {
        let region = try Self.region()
        try region.put("Music", ["pk": "a"])
        let committed = try #require(region.metadata["Music"]).partitions[0].log[1].committedAt
        let stream = try region.stream(of: "Music")
        let iterator = try region.iterator(of: stream)
        #expect(try region.records(iterator).records.isEmpty)
        region.advance(byMicroseconds: 98_000 - (region.now - committed))
        let early = try region.records(iterator)
        #expect(early.records.isEmpty && early.nextShardIterator != nil)
        region.advance(byMicroseconds: 100_000 - (region.now - committed))
        #expect(try region.records(iterator).records.count == 1)
        #expect(try region.records(#require(early.nextShardIterator)).records.count == 1)
    }

    @Test func aTransactionLeavesARecordForEachChangedItem() throws {
        let region = try Self.region(partitions: 4)
        try region.put("Music", ["pk": "a", "n": 1])
        let check = ConditionCheckRequest(
            tableName: "Music",
            key: ["pk": "a"],
            conditionExpression: "attribute_exists(pk)"
        )
        _ = try region.perform(
            .transactWriteItems(
                TransactWriteItemsRequest(transactItems: [
                    .put(PutItemRequest(tableName: "Music", item: ["pk": "b", "n": 1])), .conditionCheck(check),
                    .put(PutItemRequest(tableName: "Music", item: ["pk": "c", "n": 1])),
                ])
            )
        )
        region.advance(seconds: 1)
        let keys = try region.allRecords(ofTable: "Music").map { "\($0.keys)" }
        #expect(keys.sorted() == ["a", "b", "c"].map { "\(["pk": .string($0)] as Item)" })
    }

    /// Claim 31: shard by shard, and in each the changes of an item in their order.
    @Test func orderHoldsForAnItemAndEveryChangeIsToldOnce() throws {
        let region = try Self.region(partitions: 4)
        for number in 0..<400 {
            try region.put("Music", ["pk": .string("k\(number % 10)"), "n": .number(Number(number))])
        }
        region.advance(seconds: 1)
        let records = try region.allRecords(ofTable: "Music")
        #expect(records.count == 400)
        #expect(Set(records.map(\.eventID)).count == 400)
        var last: [String: AttributeValue] = [:]
        for record in records {
            #expect(record.oldImage?["n"] == last["\(record.keys)"])
            last["\(record.keys)"] = record.newImage?["n"]
        }
        // Reading again gives the same again.
        #expect(try region.allRecords(ofTable: "Music") == records)
    }

    /// The log is trimmed while nobody reads; the stream has what it needs.
    @Test func nothingIsLostWhenTheLogIsTrimmed() throws {
        let region = try Self.region()
        for number in 0..<3_000 { try region.put("Music", ["pk": "a", "n": .number(Number(number))]) }
        #expect(try #require(region.metadata["Music"]).partitions[0].log.count < 2_000)
        region.advance(seconds: 1)
        let records = try region.allRecords(ofTable: "Music")
        #expect(records.compactMap { $0.newImage?["n"] } == (0..<3_000).map { .number(Number($0)) })
    }

    @Test func serveTellsAtOnce() throws {
        let region = try Self.region(profile: .serve)
        try region.put("Music", ["pk": "a"])
        #expect(try region.allRecords(ofTable: "Music").count == 1)
    }

    /// What somebody looks at meanwhile changes nothing of what is told.
    @Test(arguments: [UInt64(1), 2])
    func readingDoesNotChangeWhatIsRead(seed: UInt64) throws {
        func run(looking: Bool) throws -> [StreamRecord] {
            let region = try Self.region(seed: seed)
            for number in 0..<50 {
                try region.put("Music", ["pk": .string("k\(number % 7)"), "n": .number(Number(number))])
                // As long as the reading takes.
                let start = region.now
                if looking { _ = try region.allRecords(ofTable: "Music") }
                region.advance(byMicroseconds: 3_600_000_000 / 4 - (region.now - start))
            }
            return try region.allRecords(ofTable: "Music")
        }
        let quiet = try run(looking: false)
        let watched = try run(looking: true)
        #expect(quiet.map(\.sequenceNumber) == watched.map(\.sequenceNumber))
        #expect(quiet.map(\.newImage) == watched.map(\.newImage))
    }

    @Test func aRecordOfTheServiceSaysSo() throws {
        let record = LogRecord(
            committedAt: Region.defaultStart,
            key: .make([1]),
            old: ["pk": "a"],
            new: nil,
            isByService: true
        )
        let region = try Self.region()
        let stream = try #require(region.metadata["Music"]?.stream)
        let change = try #require(StreamChange(record, viewType: .keysOnly, key: stream.key))
        let told = change.record(of: stream, position: 1, in: stream.shards[0], region: region.name)
        #expect(told.isByService)
        #expect(told.eventName == .remove)
        #expect(told.keys == ["pk": "a"])
    }
}
