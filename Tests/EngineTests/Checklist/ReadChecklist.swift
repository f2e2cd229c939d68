import Model
import Testing

@testable import Engine

/// Reference K, pages and indexes: rows 3–10, 49, 50.
struct ReadChecklist {
    /// Ten items `sk` 0…9 of `n` 0…9; a global index `byG` ordered by `n`, a local one `byN` of keys only.
    static func region() throws -> Region {
        let region = Region(profile: .serve)
        try region.create(
            .table(
                "Music",
                sort: ("sk", .number),
                locals: [("byN", ("n", .number), Projection(.keysOnly))],
                globals: [.init(name: "byG", hash: [("g", .string)], range: [("n", .number)])]
            )
        )
        for number in 0..<10 {
            let value = AttributeValue.number(Number(number))
            try region.put("Music", ["pk": "p", "sk": value, "n": value, "g": "x", "title": "t"])
        }
        return region
    }

    static let values: Region.Values = [":p": "p"]

    /// K3.
    @Test func limitCountsEvaluatedItems() throws {
        let region = try Self.region()
        let page = try region.query("Music", "pk = :p", [":p": "p", ":v": 2], filter: "n >= :v", limit: 4)
        #expect(page.items.map { $0["sk"] } == [2, 3])
    }

    /// K4.
    @Test func aLimitHitAtTheExactEndLeavesALastEvaluatedKey() throws {
        let region = try Self.region()
        let page = try region.query("Music", "pk = :p", Self.values, limit: 10)
        #expect(page.count == 10)
        #expect(page.lastEvaluatedKey == ["pk": "p", "sk": 9])
        let next = try region.query("Music", "pk = :p", Self.values, limit: 10, after: page.lastEvaluatedKey)
        #expect(next.items.isEmpty)
        #expect(next.lastEvaluatedKey == nil)
    }

    /// K5.
    @Test func anEmptyPageMayHaveALastEvaluatedKey() throws {
        let region = try Self.region()
        let page = try region.query("Music", "pk = :p", [":p": "p", ":v": 9], filter: "n = :v", limit: 3)
        #expect(page.items.isEmpty)
        #expect(page.lastEvaluatedKey == ["pk": "p", "sk": 2])
    }

    /// K6.
    @Test func countIsAfterTheFilterAndScannedCountBefore() throws {
        let region = try Self.region()
        let query = try region.query("Music", "pk = :p", [":p": "p", ":v": 7], filter: "n >= :v")
        #expect(query.count == 3)
        #expect(query.scannedCount == 10)
        let scan = try region.scan("Music", filter: "n >= :v", [":v": 7])
        #expect(scan.count == 3)
        #expect(scan.scannedCount == 10)
    }

    /// K7.
    @Test func countingCostsTheSameAsTheItems() throws {
        let region = try Self.region()
        for number in 0..<10 {
            let value = AttributeValue.number(Number(number))
            try region.put("Music", (["pk": "large", "sk": value] as Item).padded(to: 3_000))
        }
        let items = try region.query("Music", "pk = :p", [":p": "large"])
        let count = try region.query("Music", "pk = :p", [":p": "large"], select: .count)
        #expect(items.items.count == 10)
        #expect(!count.hasItems)
        #expect(count.count == 10)
        #expect(count.consumedCapacity?.arms == ["": 4])
        #expect(count.consumedCapacity == items.consumedCapacity)
    }

    /// K8.
    @Test func anIndexsLastEvaluatedKeyHoldsTheKeysOfTableAndIndex() throws {
        let region = try Self.region()
        let global = try region.query("Music", index: "byG", "g = :g", [":g": "x"], limit: 1)
        #expect(global.lastEvaluatedKey == ["pk": "p", "sk": 0, "g": "x", "n": 0])
        let local = try region.query("Music", index: "byN", "pk = :p", Self.values, limit: 1)
        #expect(local.lastEvaluatedKey == ["pk": "p", "sk": 0, "n": 0])
        #expect(try region.scan("Music", limit: 1).lastEvaluatedKey == ["pk": "p", "sk": 0])
    }

    /// K9.
    @Test func aProjectionDoesNotAddKeys() throws {
        let region = try Self.region()
        #expect(try region.getResponse("Music", ["pk": "p", "sk": 1], projection: "title").item == ["title": "t"])
        let page = try region.query("Music", "pk = :p", Self.values, projection: "n", limit: 1)
        #expect(page.items == [["n": 0]])
    }

    /// K10.
    @Test func keyAttributesAreRefusedInAQueryFilterAndAllowedInAScan() throws {
        let region = try Self.region()
        #expect(
            message { () throws(ServiceError) in
                try region.query("Music", "pk = :p", [":p": "p", ":v": 5], filter: "sk > :v")
            } == "Filter Expression can only contain non-primary key attributes: Primary key attribute: sk"
        )
        #expect(try region.scan("Music", filter: "sk > :v", [":v": 5]).count == 4)
        #expect(
            message { () throws(ServiceError) in
                try region.query("Music", index: "byG", "g = :g", [":g": "x", ":v": 5], filter: "n > :v")
            } == "Filter Expression can only contain non-primary key attributes: Primary key attribute: n"
        )
        #expect(
            try region.query("Music", index: "byG", "g = :g", [":g": "x", ":v": 5], filter: "sk > :v").count == 4,
            "the table's key is no key of the index that is queried"
        )
    }

    /// K49.
    @Test func aConsistentReadOfAGlobalIndexIsAnError() throws {
        let region = try Self.region()
        let text = "Consistent reads are not supported on global secondary indexes"
        #expect(
            message { () throws(ServiceError) in
                try region.query("Music", index: "byG", "g = :g", [":g": "x"], consistent: true)
            } == text
        )
        #expect(message { () throws(ServiceError) in try region.scan("Music", index: "byG", consistent: true) } == text)
        #expect(try region.query("Music", index: "byN", "pk = :p", Self.values, consistent: true).count == 10)
    }

    /// K50.
    @Test func aQueryOfALocalIndexMayFetchBaseItemsAndCharges() throws {
        let region = try Self.region()
        let entries = try region.query("Music", index: "byN", "pk = :p", Self.values)
        #expect(entries.items.allSatisfy { $0["title"] == nil })
        #expect(entries.consumedCapacity?.arms == ["": 0, "byN": 0.5])
        let whole = try region.query("Music", index: "byN", "pk = :p", Self.values, select: .allAttributes)
        #expect(whole.items.allSatisfy { $0["title"] == "t" })
        #expect(whole.consumedCapacity?.arms == ["": 10 * 0.5, "byN": 0.5])
    }
}
