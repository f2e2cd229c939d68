import Model
import Testing

@testable import Engine

/// BatchGetItem and BatchWriteItem: limits, duplicates, what is left over. Reference B1, B6, C5.
struct BatchTests {
    static func region(_ names: [String] = ["Music"], partitions: Int = 1) throws -> Region {
        let region = Region(profile: .serve)
        for name in names { try region.create(.table(name, partitions: partitions)) }
        return region
    }

    static func keys(_ count: Int) -> [Item] { (0..<count).map { ["pk": .string("k\($0)")] } }

    static func puts(_ count: Int) -> [BatchWriteItemRequest.Write] { keys(count).map { .put(item: $0) } }

    @Test func writesAndReadsGoOverSeveralTables() throws {
        let region = try Self.region(["Music", "Albums"])
        try region.batchWrite([("Music", Self.puts(3)), ("Albums", Self.puts(2))])
        try region.batchWrite([("Music", [.delete(key: ["pk": "k1"]), .put(item: ["pk": "k2", "n": 7])])])
        let response = try region.batchGet([
            .init(tableName: "Music", keys: Self.keys(4)),
            .init(tableName: "Albums", keys: Self.keys(2), projectionExpression: "pk"),
        ])
        #expect(response.responses.map(\.tableName) == ["Music", "Albums"])
        #expect(
            Set(response.responses[0].items.map(\.description))
                == Set([["pk": "k0"], ["pk": "k2", "n": 7]].map { (item: Item) in item.description })
        )
        #expect(response.responses[1].items.count == 2)
        #expect(response.unprocessedKeys.isEmpty)
    }

    /// K46: too many requests and duplicates refuse the whole batch.
    @Test func moreThanTwentyFiveWritesAreRefusedAsAWhole() throws {
        let region = try Self.region(["Music", "Albums"])
        try region.batchWrite([("Music", Self.puts(25))])
        let inOne = message { () throws(ServiceError) in try region.batchWrite([("Music", Self.puts(26))]) }
        #expect(inOne?.hasPrefix("1 validation error detected: Value '{Music=[") == true)
        #expect(
            inOne?.hasSuffix(
                "at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have "
                    + "length less than or equal to 25, Member must have length greater than or equal to 1]"
            ) == true
        )
        #expect(
            message { () throws(ServiceError) in
                try region.batchWrite([("Music", Self.puts(20)), ("Albums", Self.puts(6))])
            } == "Too many items requested for the BatchWriteItem call"
        )
        #expect(try region.scan("Albums").count == 0)
    }

    @Test func moreThanAHundredKeysAreRefusedAsAWhole() throws {
        let region = try Self.region(["Music", "Albums"])
        _ = try region.batchGet([.init(tableName: "Music", keys: Self.keys(100))])
        #expect(
            message { () throws(ServiceError) in try region.batchGet([.init(tableName: "Music", keys: Self.keys(101))])
            }
                == "1 validation error detected: Value at 'RequestItems.Music.member.Keys' failed to satisfy constraint: "
                + "Member must have length less than or equal to 100"
        )
        #expect(
            message { () throws(ServiceError) in
                try region.batchGet([
                    .init(tableName: "Music", keys: Self.keys(60)), .init(tableName: "Albums", keys: Self.keys(41)),
                ])
            } == "Too many items requested for the BatchGetItem call"
        )
    }

    @Test func nothingAtAllIsRefused() throws {
        let region = try Self.region()
        #expect(
            message { () throws(ServiceError) in try region.batchWrite([]) }
                == "The requestItems parameter is required for BatchWriteItem"
        )
        #expect(
            message { () throws(ServiceError) in try region.batchGet([]) }
                == "The requestItems parameter is required for BatchGetItem"
        )
    }

    @Test func theSameItemTwiceIsRefusedAndNothingIsWritten() throws {
        let region = try Self.region(["Music", "Albums"])
        let text = "Provided list of item keys contains duplicates"
        #expect(
            message { () throws(ServiceError) in
                try region.batchWrite([("Music", [.put(item: ["pk": "k", "n": 1]), .delete(key: ["pk": "k"])])])
            } == text
        )
        #expect(
            message { () throws(ServiceError) in
                try region.batchGet([.init(tableName: "Music", keys: [["pk": "k"], ["pk": "k"]])])
            } == text
        )
        #expect(try region.scan("Music").count == 0)
        // In different tables the same key is another item.
        try region.batchWrite([("Music", [.put(item: ["pk": "k"])]), ("Albums", [.put(item: ["pk": "k"])])])
    }

    @Test func oneBadMemberRefusesAllOfThem() throws {
        let region = try Self.region()
        #expect(
            message { () throws(ServiceError) in
                try region.batchWrite([("Music", [.put(item: ["pk": "good"]), .put(item: ["pk": 1])])])
            } == "The provided key element does not match the schema"
        )
        let large: Item = ["pk": "large", "fill": .string(String(repeating: "x", count: 409_600))]
        #expect(
            message { () throws(ServiceError) in
                try region.batchWrite([("Music", [.put(item: ["pk": "good"]), .put(item: large)])])
            } == "Item size has exceeded the maximum allowed size"
        )
        #expect(
            thrown { () throws(ServiceError) in
                try region.batchWrite([("Music", [.put(item: ["pk": "good"])]), ("Nowhere", [.put(item: ["pk": "x"])])])
            } == .resourceNotFoundException("Requested resource not found")
        )
        #expect(try region.scan("Music").count == 0)
    }

    /// B1: at most 16,000,000 bytes come back; what did not fit is told, and can be asked for again.
    @Test func whatDoesNotFitIntoSixteenMegabytesIsUnprocessed() throws {
        // Two items of each of thirty partitions, so that no partition gives more than a megabyte.
        let region = try Self.region(partitions: 30)
        var perPartition = Array(repeating: 0, count: 30)
        var keys: [Item] = []
        var number = 0
        while keys.count < 45 {
            let key: Item = ["pk": .string("k\(number)")]
            number += 1
            let partition = try region.locate(key, in: "Music", index: nil).partition.number
            if perPartition[partition] == 2 { continue }
            perPartition[partition] += 1
            keys.append(key)
            try region.put("Music", key.padded(to: 390_000))
        }
        var rest = keys
        var rounds = 0
        var seen: [Item] = []
        while !rest.isEmpty {
            let response = try region.batchGet([.init(tableName: "Music", keys: rest, consistentRead: true)])
            let items = response.responses[0].items
            #expect(items.map(\.size).reduce(0, +) <= 16_000_000)
            #expect(response.unprocessedKeys.allSatisfy { $0.consistentRead }, "same shape as the request")
            rest = response.unprocessedKeys.flatMap(\.keys)
            if rounds == 0 {
                #expect(items.count == 41)
                #expect(rest.count == 4)
                // Keys that were not served are not charged.
                #expect(response.consumedCapacity?.map(\.arms) == [["": 41 * 96]])
            }
            seen += items.map { $0.projected(to: ["pk"]) }
            rounds += 1
        }
        #expect(rounds == 2)
        #expect(Set(seen.map(\.description)) == Set(keys.map(\.description)))
    }

    /// B1 and B6: at most 1 MB from one partition.
    @Test func whatDoesNotFitIntoAMegabyteOfAPartitionIsUnprocessed() throws {
        let region = try Self.region()
        for key in Self.keys(4) { try region.put("Music", key.padded(to: 400_000)) }
        let response = try region.batchGet([.init(tableName: "Music", keys: Self.keys(4))])
        #expect(response.responses[0].items.count == 2)
        #expect(response.unprocessedKeys.flatMap(\.keys).count == 2)
    }

    @Test func aBatchWriteOfMoreThanSixteenMegabytesIsRefused() throws {
        let region = try Self.region()
        // Twenty-five items of 400 KB are less than 16 MB: no batch of legal items reaches the limit.
        let writes = Self.keys(25).map { BatchWriteItemRequest.Write.put(item: $0.padded(to: 409_600)) }
        try region.batchWrite([("Music", writes)])
        #expect(try region.describe(table: "Music").tableSizeBytes == 25 * 409_600)
    }
}

/// ItemCollectionMetrics: only with SIZE, only for tables with a local index. Reference B6.
struct ItemCollectionMetricsTests {
    static func region(withLocalIndex: Bool = true) throws -> Region {
        let region = Region(profile: .serve)
        let locals = [("byA", ("a", AttributeType.number), Projection(.all))]
        try region.create(.table("Music", sort: ("sk", .number), locals: withLocalIndex ? locals : []))
        return region
    }

    static let item: Item = ["pk": "p", "sk": 1, "a": 1]

    @Test func everyWriteTellsItsCollection() throws {
        let region = try Self.region()
        let metrics = ItemCollectionMetrics(itemCollectionKey: ["pk": "p"], sizeEstimateRangeGB: 0...1)
        #expect(try region.put("Music", Self.item, metrics: .size).itemCollectionMetrics == metrics)
        let key: Item = ["pk": "p", "sk": 1]
        #expect(try region.update("Music", key, nil, metrics: .size).itemCollectionMetrics == metrics)
        #expect(try region.delete("Music", key, metrics: .size).itemCollectionMetrics == metrics)
        let put = TransactWriteAction.put(PutItemRequest(tableName: "Music", item: Self.item))
        #expect(try region.transact([put], metrics: .size).itemCollectionMetrics.map(\.metrics) == [[metrics]])
    }

    @Test func nobodyAsksNobodyTells() throws {
        #expect(try Self.region().put("Music", Self.item).itemCollectionMetrics == nil)
        let plain = try Self.region(withLocalIndex: false)
        #expect(try plain.put("Music", Self.item, metrics: .size).itemCollectionMetrics == nil)
        #expect(
            try plain.batchWrite([("Music", [.put(item: Self.item)])], metrics: .size).itemCollectionMetrics.isEmpty
        )
    }

    @Test func aBatchTellsEachCollectionOnce() throws {
        let region = try Self.region()
        let response = try region.batchWrite(
            [
                (
                    "Music",
                    [
                        .put(item: ["pk": "p", "sk": 1]), .put(item: ["pk": "p", "sk": 2]),
                        .put(item: ["pk": "q", "sk": 1]),
                    ]
                )
            ],
            metrics: .size
        )
        #expect(response.itemCollectionMetrics.map(\.tableName) == ["Music"])
        #expect(
            response.itemCollectionMetrics.flatMap(\.metrics).map(\.itemCollectionKey) == [["pk": "p"], ["pk": "q"]]
        )
    }
}
