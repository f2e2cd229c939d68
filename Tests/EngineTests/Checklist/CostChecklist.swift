import Model
import Testing

@testable import Engine

/// Reference K, capacity units: rows 37–45.
struct CostChecklist {
    /// A global index `byG` that projects `p`, on a table of so many partitions.
    static func region(partitions: Int = 1) throws -> Region {
        let region = Region(profile: .serve)
        try region.create(
            .table(
                "Music",
                partitions: partitions,
                globals: [
                    .init(
                        name: "byG",
                        hash: [("g", .string)],
                        projection: Projection(.include, nonKeyAttributes: ["p"])
                    )
                ]
            )
        )
        return region
    }

    /// What a refused request cost.
    static func units(_ region: Region, _ request: Request) -> [Double] {
        var report = RequestReport()
        _ = try? region.perform(request, report: &report)
        return report.consumedCapacity.map(\.capacityUnits)
    }

    /// K37.
    @Test func failedConditionsAreCharged() throws {
        let region = try Self.region()
        let key: Item = ["pk": "k"]
        try region.put("Music", key.padded(to: 3_000))
        let condition = "attribute_not_exists(pk)"
        let small = PutItemRequest(tableName: "Music", item: key, options: .init(conditionExpression: condition))
        let large = PutItemRequest(
            tableName: "Music",
            item: key.padded(to: 5_000),
            options: .init(conditionExpression: condition)
        )
        let delete = DeleteItemRequest(
            tableName: "Music",
            key: ["pk": "none"],
            options: .init(conditionExpression: "attribute_exists(pk)")
        )
        #expect(Self.units(region, .putItem(small)) == [3])
        #expect(Self.units(region, .putItem(large)) == [5])
        #expect(Self.units(region, .deleteItem(delete)) == [1])
    }

    /// K38.
    @Test func aWriteCostsTheLargerOfBothImages() throws {
        let region = try Self.region()
        let key: Item = ["pk": "k"]
        #expect(try region.put("Music", key.padded(to: 2_500)).consumedCapacity?.arms == ["": 3])
        #expect(try region.put("Music", key).consumedCapacity?.arms == ["": 3])
        #expect(try region.put("Music", key.padded(to: 1_500)).consumedCapacity?.arms == ["": 2])
        #expect(try region.update("Music", key, "REMOVE fill").consumedCapacity?.arms == ["": 2])
    }

    /// K39.
    @Test func anIndexCostsItsEntriesAndAMovedKeyTwoWrites() throws {
        let region = try Self.region()
        let key: Item = ["pk": "k"]
        let entry: Item = ["pk": "k", "g": "a"]
        #expect(
            try region.put("Music", entry.padded(to: 9_000)).consumedCapacity?.arms == ["": 9, "byG": 1],
            "what is not projected costs the index nothing"
        )
        #expect(
            try region.put("Music", entry.padded(to: 9_000, with: "p")).consumedCapacity?.arms == ["": 9, "byG": 9]
        )
        #expect(
            try region.update("Music", key, "SET g = :g", values: [":g": "b"]).consumedCapacity?.arms
                == ["": 9, "byG": 18]
        )
        #expect(try region.update("Music", key, "REMOVE g").consumedCapacity?.arms == ["": 9, "byG": 9])
    }

    /// K40.
    @Test func reorderingASetIsNoChangeForAnIndex() throws {
        let region = try Self.region()
        try region.put("Music", ["pk": "k", "g": "a", "p": .stringSet(["x", "y"])])
        let response = try region.put("Music", ["pk": "k", "g": "a", "p": .stringSet(["y", "x"])])
        #expect(response.consumedCapacity?.arms == ["": 1])
    }

    /// K41.
    @Test func aTransactionDoublesTheTablesArmOnly() throws {
        let region = try Self.region()
        let put = PutItemRequest(tableName: "Music", item: ["pk": "k", "g": "a"])
        #expect(try region.transact([.put(put)]).consumedCapacity?.map(\.arms) == [["": 2, "byG": 1]])
    }

    /// K42.
    @Test func anIndexArmOfNothingIsAbsent() throws {
        let region = try Self.region()
        let capacity = try region.put("Music", ["pk": "k"]).consumedCapacity
        #expect(capacity?.globalSecondaryIndexes.isEmpty == true)
        #expect(capacity?.capacityUnits == 1)
    }

    /// K43.
    @Test(arguments: [1, 3]) func anEmptyScanCostsOneMinimumAPartition(partitions: Int) throws {
        let region = try Self.region(partitions: partitions)
        #expect(try region.scan("Music").consumedCapacity?.arms == ["": 0.5 * Double(partitions)])
        #expect(try region.scan("Music", consistent: true).consumedCapacity?.arms == ["": Double(partitions)])
    }

    /// K44.
    @Test func anEventualReadCostsHalfAUnitAtLeast() throws {
        let region = try Self.region()
        #expect(try region.getResponse("Music", ["pk": "k"], consistent: false).consumedCapacity?.arms == ["": 0.5])
        #expect(try region.getResponse("Music", ["pk": "k"]).consumedCapacity?.arms == ["": 1])
        #expect(try region.query("Music", "pk = :p", [":p": "k"]).consumedCapacity?.arms == ["": 0.5])
    }

    /// K45.
    @Test func aBatchRoundsEachItemAndAQueryTheSum() throws {
        let region = Region(profile: .serve)
        try region.create(.table("Songs", sort: ("sk", .number)))
        var keys: [Item] = []
        for number in 0..<4 {
            let key: Item = ["pk": "p", "sk": .number(Number(number))]
            keys.append(key)
            try region.put("Songs", key.padded(to: 1_000))
        }
        let batch = try region.batchGet([.init(tableName: "Songs", keys: keys)])
        #expect(batch.consumedCapacity?.map(\.arms) == [["": 4 * 0.5]])
        #expect(try region.query("Songs", "pk = :p", [":p": "p"]).consumedCapacity?.arms == ["": 0.5])
    }
}
