import Model
import Testing

@testable import Engine

/// Item collections of tables with local indexes have a limit. Claim 17.
struct CollectionLimitTests {
    static func region(hasLocalIndex: Bool = true) throws -> Region {
        let region = Region(profile: .serve)
        try region.set("collectionBytes", to: "4KB")
        try region.create(
            .table(
                "Music",
                sort: ("sk", .number),
                locals: hasLocalIndex ? [("byA", ("a", .number), Projection(.all))] : []
            )
        )
        return region
    }

    /// 200 bytes, and as many in the index.
    static func item(_ pk: AttributeValue, _ sk: Int, size: Int = 200) -> Item {
        (["pk": pk, "sk": .number(Number(sk)), "a": 1] as Item).padded(to: size)
    }

    /// A region whose collection `full` holds exactly ten times 400 bytes: another item is too much.
    static func full() throws -> Region {
        let region = try Self.region()
        for number in 0..<10 { try region.put("Music", item("full", number)) }
        return region
    }

    static let refusal = ServiceError.itemCollectionSizeLimitExceededException

    @Test func aWriteThatWouldGrowAFullCollectionIsRefused() throws {
        let region = try Self.full()
        #expect(thrown { () throws(ServiceError) in try region.put("Music", Self.item("full", 10)) } == Self.refusal)
        #expect(Self.refusal.message == "Collection size exceeded.")
        #expect(
            thrown { () throws(ServiceError) in
                try region.update(
                    "Music",
                    ["pk": "full", "sk": 3],
                    "SET more = :m",
                    values: [":m": .string(String(repeating: "x", count: 60))]
                )
            } == Self.refusal
        )
        #expect(try region.scan("Music").count == 10, "nothing was changed")
    }

    @Test func otherCollectionsReadsAndShrinkingWritesGoOn() throws {
        let region = try Self.full()
        for number in 0..<10 { try region.put("Music", Self.item("other", number)) }
        #expect(try region.query("Music", "pk = :p", [":p": "full"]).count == 10)
        // As large as before, then smaller, then gone: there is room again.
        try region.put("Music", Self.item("full", 4))
        try region.put("Music", Self.item("full", 4, size: 150))
        try region.delete("Music", ["pk": "full", "sk": 5])
        try region.put("Music", Self.item("full", 10))
        #expect(thrown { () throws(ServiceError) in try region.put("Music", Self.item("full", 11)) } == Self.refusal)
    }

    @Test func aBatchEndsThere() throws {
        let region = try Self.full()
        let error = thrown { () throws(ServiceError) in
            try region.batchWrite([("Music", [.put(item: Self.item("full", 10))])])
        }
        #expect(error == Self.refusal)
    }

    @Test func aTransactionIsCancelledWithTheReason() throws {
        let region = try Self.full()
        let error = thrown { () throws(ServiceError) in
            try region.transact([
                .put(.init(tableName: "Music", item: Self.item("other", 0))),
                .put(.init(tableName: "Music", item: Self.item("full", 10))),
            ])
        }
        guard case .transactionCanceledException(let reasons)? = error else {
            Issue.record("not cancelled: \(String(describing: error))")
            return
        }
        #expect(reasons.map(\.code) == [.none, .itemCollectionSizeLimitExceeded])
        #expect(try region.scan("Music").count == 10)
    }

    @Test func withoutLocalIndexesThereIsNoLimit() throws {
        let region = try Self.region(hasLocalIndex: false)
        for number in 0..<100 { try region.put("Music", Self.item("full", number)) }
        #expect(try region.query("Music", "pk = :p", [":p": "full"]).count == 100)
    }
}
