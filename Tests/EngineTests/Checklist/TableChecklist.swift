import Model
import Testing

@testable import Engine

/// Reference K, tables, indexes and partitions: rows 25, 51, 55, 59, 60.
struct TableChecklist {
    /// K25.
    @Test func notFoundHasAnotherTextInTheDataAndInTheControlPlane() throws {
        let region = Region(profile: .serve)
        #expect(
            thrown { () throws(ServiceError) in try region.get("Nowhere", ["pk": "k"]) }
                == .resourceNotFoundException("Requested resource not found")
        )
        #expect(
            thrown { () throws(ServiceError) in try region.describeTable("Nowhere") }
                == .resourceNotFoundException("Requested resource not found: Table: Nowhere not found")
        )
    }

    /// K51.
    @Test func theLimitOfAnItemCollectionBlocksGrowthOnly() throws {
        let region = Region(profile: .serve)
        try region.set("collectionBytes", to: "4KB")
        try region.create(.table("Music", sort: ("sk", .number), locals: [("byA", ("a", .number), Projection(.all))]))
        func item(_ pk: AttributeValue, _ sk: Int, size: Int) -> Item {
            (["pk": pk, "sk": .number(Number(sk)), "a": 1] as Item).padded(to: size)
        }
        // Each item is there twice, in the table and in the index.
        for number in 0..<10 { try region.put("Music", item("full", number, size: 200)) }
        let refusal = thrown { () throws(ServiceError) in try region.put("Music", item("full", 10, size: 200)) }
        #expect(refusal == .itemCollectionSizeLimitExceededException)
        #expect(refusal?.message == "Collection size exceeded.")
        try region.put("Music", item("other", 0, size: 200))
        try region.put("Music", item("full", 3, size: 100))
        try region.delete("Music", ["pk": "full", "sk": 4])
        #expect(try region.query("Music", "pk = :p", [":p": "full"]).count == 9)
    }

    /// K55.
    @Test func aTableBeingCreatedIsNotFoundByDataCalls() throws {
        let region = Region(profile: .teach)
        try region.create(.table("Music"))
        #expect(try region.describeTable("Music").tableStatus == .creating)
        #expect(
            thrown { () throws(ServiceError) in try region.put("Music", ["pk": "k"]) }
                == .resourceNotFoundException("Requested resource not found")
        )
        region.advance(seconds: 60)
        try region.put("Music", ["pk": "k"])
    }

    /// K59.
    @Test func theTwentyFirstGlobalIndexIsRefusedDifferentlyByCreateAndUpdate() throws {
        let region = Region(profile: .serve)
        let indexes = (0...20).map { number in
            CreateTableRequest.GlobalIndex(name: "index\(number)", hash: [("a\(number)", .string)])
        }
        #expect(
            thrown { () throws(ServiceError) in try region.create(.table("Large", globals: indexes)) }
                == .validationException(
                    "One or more parameter values were invalid: GlobalSecondaryIndex count exceeds the per-table limit of 20"
                )
        )
        try region.create(.table("Large", globals: Array(indexes.dropLast())))
        let last = try #require(indexes.last)
        let update = UpdateTableRequest(
            tableName: "Large",
            attributeDefinitions: last.definitions,
            globalSecondaryIndexUpdates: [.create(last.request())]
        )
        #expect(
            thrown { () throws(ServiceError) in try region.updateTable(update) }
                == .limitExceededException(
                    "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of 20"
                )
        )
    }

    /// K60.
    @Test func partitionsNeverMergeSoThatALoweredTableHasThinShares() throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music", partitions: 4))
        #expect(try region.partitions(of: "Music", index: nil).count == 4)
        try region.updateTable(
            UpdateTableRequest(
                tableName: "Music",
                provisionedThroughput: .init(readCapacityUnits: 1, writeCapacityUnits: 8)
            )
        )
        region.advance(seconds: 600)
        let partitions = try region.partitions(of: "Music", index: nil)
        #expect(partitions.count == 4)
        #expect(partitions.map(\.provisionedShare?.writeCapacityUnits) == [2, 2, 2, 2])
    }
}
