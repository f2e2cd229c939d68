import Model
import Testing

@testable import Engine

/// Global indexes that come and go: reference H "GSI create on existing table", B7, with the teach profile's delays:
/// 30 s of allocation, 8 min of backfilling, 4 s to delete.
struct IndexLifecycleTests {
    static let index = CreateTableRequest.GlobalIndex(name: "byG", hash: [("g", .string)])

    static func region(globals: [CreateTableRequest.GlobalIndex] = [], partitions: Int = 1) throws -> Region {
        let region = Region(profile: .teach)
        try region.createAndWait(.table("Music", partitions: partitions, globals: globals))
        return region
    }

    static func creation(_ index: CreateTableRequest.GlobalIndex = index) -> UpdateTableRequest {
        UpdateTableRequest(
            tableName: "Music",
            attributeDefinitions: index.definitions,
            globalSecondaryIndexUpdates: [.create(index.request())]
        )
    }

    static func deletion(_ name: String = "byG") -> UpdateTableRequest {
        UpdateTableRequest(tableName: "Music", globalSecondaryIndexUpdates: [.delete(indexName: name)])
    }

    static func state(_ region: Region) throws -> (table: TableStatus, index: TableStatus?, backfilling: Bool?) {
        let table = try region.describeTable("Music")
        return (
            table.tableStatus, table.globalSecondaryIndexes.first?.indexStatus,
            table.globalSecondaryIndexes.first?.backfilling
        )
    }

    static func query(_ region: Region) throws(ServiceError) -> PageResponse {
        try region.query("Music", index: "byG", "g = :g", [":g": "x"])
    }

    @Test func anIndexIsAllocatedThenFilledThenActive() throws {
        let region = try Self.region()
        try region.put("Music", ["pk": "k", "g": "x", "n": 1])
        let answer = try region.updateTable(Self.creation())
        #expect(answer.tableStatus == .updating)
        #expect(answer.globalSecondaryIndexes.map(\.indexStatus) == [.creating])
        region.advance(seconds: 20)
        #expect(try Self.state(region) == (.updating, .creating, false))
        region.advance(seconds: 20)
        #expect(try Self.state(region) == (.active, .creating, true))
        region.advance(seconds: 480)
        #expect(try Self.state(region) == (.active, .active, nil))
        #expect(try Self.query(region).items == [["pk": "k", "g": "x", "n": 1]])
    }

    @Test func anIndexThatIsBeingBuiltCannotBeRead() throws {
        let region = try Self.region()
        try region.updateTable(Self.creation())
        let text = "Cannot read from backfilling global secondary index: byG"
        for seconds in [10, 60] as [Int64] {
            region.advance(seconds: seconds)
            #expect(message { () throws(ServiceError) in try Self.query(region) } == text)
            #expect(message { () throws(ServiceError) in try region.scan("Music", index: "byG") } == text)
        }
    }

    /// What is written while the index is allocated or filled is in it at the end.
    @Test func writesDuringTheBuildArriveToo() throws {
        let region = try Self.region(partitions: 3)
        func put(_ name: String, _ group: AttributeValue?) throws -> WriteResponse {
            var item: AttributeMap = ["pk": .string(name)]
            item["g"] = group
            return try region.put("Music", Item(item))
        }
        for number in 0..<10 { _ = try put("before\(number)", "x") }
        try region.updateTable(Self.creation())
        #expect(try put("allocating", "x").consumedCapacity?.arms == ["": 1], "not charged before backfilling")
        _ = try put("before0", "y")
        region.advance(seconds: 60)
        // Writes are charged to the index while it is filled.
        #expect(try put("filling", "x").consumedCapacity?.arms == ["": 1, "byG": 1])
        _ = try put("before1", nil)
        try region.delete("Music", ["pk": "before2"])
        _ = try put("before3", "y")
        region.advance(seconds: 600)
        let names = try Self.query(region).items.map { $0["pk"] }
        let expected = ["allocating", "filling"] + (4..<10).map { "before\($0)" }
        #expect(Set(names.map { "\($0!)" }) == Set(expected.map { "\(AttributeValue.string($0))" }))
        #expect(names.count == expected.count)
    }

    @Test func nothingElseMayChangeWhileResourcesAreAllocated() throws {
        let region = try Self.region()
        try region.updateTable(Self.creation())
        let busy = "Attempt to change a resource which is still in use: "
        #expect(
            region.refusal(of: Self.deletion())
                == busy
                + "Index creation is in resource allocation phase. Retry deletion during backfilling phase or when the "
                + "index is active. Table: Music Index: byG"
        )
        #expect(
            region.refusal(of: Self.creation(.init(name: "other", hash: [("h", .string)])))?.hasPrefix(busy) == true
        )
        let throughput = UpdateTableRequest(tableName: "Music", provisionedThroughput: .forPartitions(2))
        #expect(region.refusal(of: throughput) == busy + "Table: Music is in the process of being updated.")
        #expect(message { () throws(ServiceError) in try region.deleteTable("Music") }?.hasPrefix(busy) == true)
    }

    @Test func anIndexBeingFilledMayBeDeletedTheTableNot() throws {
        let region = try Self.region()
        try region.updateTable(Self.creation())
        region.advance(seconds: 60)
        #expect(
            message { () throws(ServiceError) in try region.deleteTable("Music") }
                == "Attempt to change a resource which is still in use: Cannot delete table while indexes are being created, updated, or deleted."
        )
        #expect(
            thrown { () throws(ServiceError) in
                try region.updateTable(Self.creation(.init(name: "other", hash: [("h", .string)])))
            }
                == .limitExceededException(
                    "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table"
                )
        )
        #expect(try region.updateTable(Self.deletion()).globalSecondaryIndexes.map(\.indexStatus) == [.deleting])
        region.advance(seconds: 5)
        #expect(try region.describeTable("Music").globalSecondaryIndexes.isEmpty)
        // The end of the abandoned backfill changes nothing any more.
        region.advance(seconds: 600)
        #expect(try region.describeTable("Music").tableStatus == .active)
        #expect(try region.describeTable("Music").globalSecondaryIndexes.isEmpty)
    }

    @Test func twoIndexesAtOnceAreTooMany() throws {
        let region = try Self.region()
        let other = CreateTableRequest.GlobalIndex(name: "other", hash: [("h", .string)])
        var both = Self.creation()
        both.attributeDefinitions += other.definitions
        both.globalSecondaryIndexUpdates?.append(.create(other.request()))
        #expect(
            thrown { () throws(ServiceError) in try region.updateTable(both) }
                == .limitExceededException(
                    "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table"
                )
        )
    }

    @Test func aDeletedIndexIsGoneAndSoAreItsAttributeDefinitions() throws {
        let region = try Self.region(globals: [
            Self.index, .init(name: "byGH", hash: [("g", .string)], range: [("h", .number)]),
        ])
        let answer = try region.updateTable(Self.deletion("byGH"))
        #expect(answer.tableStatus == .updating)
        #expect(
            message { () throws(ServiceError) in
                try region.query("Music", index: "byGH", "g = :g", [":g": "x"])
            } == "The table does not have the specified index: byGH"
        )
        region.advance(seconds: 5)
        let table = try region.describeTable("Music")
        #expect(table.tableStatus == .active)
        #expect(table.globalSecondaryIndexes.map(\.indexName) == ["byG"])
        // `h` was only the deleted index's; `g` is still another's.
        #expect(table.attributeDefinitions.map(\.attributeName) == ["pk", "g"])
        // What was a key may be of any type now.
        try region.put("Music", ["pk": "k", "g": "x", "h": "text"])
        #expect(
            region.refusal(of: Self.deletion("byGH")) == "Requested resource not found: Index byGH for table Music"
        )
    }

    @Test func definitionsOfAnUpdateAreADelta() throws {
        let region = try Self.region()
        var creation = Self.creation()
        creation.attributeDefinitions.append(AttributeDefinition("unused", .number))
        try region.updateTable(creation)
        #expect(try region.describeTable("Music").attributeDefinitions.map(\.attributeName) == ["pk", "g"])
        var uncovered = Self.creation(.init(name: "other", hash: [("h", .string)]))
        uncovered.attributeDefinitions = []
        region.advance(seconds: 600)
        #expect(region.refusal(of: uncovered) != nil)
    }

    /// K59: the 21st index, in CreateTable and in UpdateTable.
    @Test func theTwentyFirstIndexIsRefusedWithDifferentExceptions() throws {
        let indexes = (0..<21).map { CreateTableRequest.GlobalIndex(name: "index\($0)", hash: [("g", .string)]) }
        let region = Region(profile: .serve)
        #expect(
            thrown { () throws(ServiceError) in try region.create(.table("Music", globals: indexes)) }
                == .validationException(
                    "One or more parameter values were invalid: GlobalSecondaryIndex count exceeds the per-table limit of 20"
                )
        )
        try region.create(.table("Music", globals: Array(indexes[..<20])))
        #expect(
            thrown { () throws(ServiceError) in try region.updateTable(Self.creation(indexes[20])) }
                == .limitExceededException(
                    "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of 20"
                )
        )
        let locals = (0..<6).map { ("local\($0)", ("a", AttributeType.number), Projection(.all)) }
        #expect(
            region.refusal(of: .table("Other", sort: ("sk", .number), locals: locals))
                == "One or more parameter values were invalid: Number of LocalSecondaryIndexes exceeds per-table limit of 5"
        )
    }

    @Test func throughputOfIndexesChangesWithTheTablesOrAlone() throws {
        let region = try Self.region(globals: [Self.index])
        let update = UpdateTableRequest.IndexUpdate.update(
            indexName: "byG",
            provisionedThroughput: .forPartitions(3),
            onDemandThroughput: nil,
            warmThroughput: nil
        )
        let answer = try region.updateTable(
            UpdateTableRequest(tableName: "Music", globalSecondaryIndexUpdates: [update])
        )
        #expect(answer.globalSecondaryIndexes.map(\.indexStatus) == [.updating])
        try region.put("Music", ["pk": "k", "g": "x"])
        // Three times the throughput: its one partition becomes two, then four.
        region.advance(seconds: 125)
        #expect(try region.describeTable("Music").globalSecondaryIndexes.map(\.indexStatus) == [.active])
        #expect(
            try region.describeTable("Music").globalSecondaryIndexes.first?.provisionedThroughput.writeCapacityUnits
                == 2_999
        )
        #expect(try Self.query(region).count == 1)
        let same = UpdateTableRequest(tableName: "Music", globalSecondaryIndexUpdates: [update])
        #expect(region.refusal(of: same)?.contains("for the index byG will not change") == true)
    }

    /// H, "violations": items whose key does not fit are skipped, silently, and join when they are rewritten.
    @Test func itemsThatDoNotFitAreLeftOutOfANewIndex() throws {
        let region = try Self.region()
        let long = AttributeValue.string(String(repeating: "x", count: 2_049))
        try region.put("Music", ["pk": "number", "g": 1])
        try region.put("Music", ["pk": "long", "g": long])
        try region.put("Music", ["pk": "empty", "g": ""])
        try region.put("Music", ["pk": "absent"])
        try region.put("Music", ["pk": "fits", "g": "x"])
        try region.updateTable(Self.creation())
        region.advance(seconds: 600)
        #expect(try region.scan("Music", index: "byG").items.map { $0["pk"] } == ["fits"])
        try region.put("Music", ["pk": "number", "g": "x"])
        try region.update("Music", ["pk": "long"], "SET g = :g", values: [":g": "x"])
        region.advance(seconds: 60)
        #expect(try Self.query(region).count == 3)
    }

    /// K18: from the moment the index is there, a wrong type is refused and a missing attribute is not.
    @Test func aWrongTypedIndexKeyIsRefusedAMissingOneIsSparse() throws {
        let region = try Self.region(globals: [Self.index])
        let text =
            "One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: N IndexName: byG"
        #expect(message { () throws(ServiceError) in try region.put("Music", ["pk": "k", "g": 1]) } == text)
        try region.put("Music", ["pk": "k"])
        #expect(
            message { () throws(ServiceError) in
                try region.update("Music", ["pk": "k"], "SET g = :g", values: [":g": 1])
            } == text
        )
        #expect(
            message { () throws(ServiceError) in try region.put("Music", ["pk": "k", "g": ""]) }
                == "One or more parameter values are not valid. A value specified for a secondary index key is not supported. "
                + "The AttributeValue for a key attribute cannot contain an empty string value. IndexName: byG, IndexKey: g"
        )
    }

    /// A table whose logs were trimmed long ago gets an index all the same.
    @Test(arguments: [Profile.serve, .teach])
    func anIndexOnATableWithALongHistory(_ profile: Profile) throws {
        let region = Region(profile: profile)
        try region.createAndWait(.table("Music", partitions: 2))
        for number in 0..<3_000 {
            try region.put("Music", ["pk": .string("k\(number % 40)"), "g": "x", "n": .number(Number(number))])
        }
        region.advance(seconds: 60)
        try region.put("Music", ["pk": "k0", "g": "x", "n": 0])
        let log = try #require(region.metadata["Music"]).partitions[0].log
        #expect(log.firstIndex > 1, "the log must have been trimmed")
        try region.updateTable(Self.creation())
        try region.put("Music", ["pk": "k1", "g": "y"])
        _ = try region.describe(table: "Music")
        region.advance(seconds: 600)
        #expect(try Self.query(region).count == 39)
        #expect(try region.describeTable("Music").globalSecondaryIndexes.map(\.indexStatus) == [.active])
        for number in 0..<2_000 { try region.put("Music", ["pk": .string("k\(number % 40)"), "g": "z"]) }
        region.advance(seconds: 60)
        #expect(try Self.query(region).count == 0)
    }

    /// A table that is deleted and made again keeps nothing of the old one's steps.
    @Test func anOldTablesStepsDoNotTouchANewOne() throws {
        let region = try Self.region(globals: [Self.index])
        try region.put("Music", ["pk": "k", "g": "x"])
        try region.deleteTable("Music")
        region.advance(seconds: 10)
        try region.create(.table("Music"))
        region.advance(seconds: 600)
        let table = try region.describeTable("Music")
        #expect(table.tableStatus == .active)
        #expect(table.globalSecondaryIndexes.isEmpty)
        #expect(table.itemCount == 0)
    }
}
