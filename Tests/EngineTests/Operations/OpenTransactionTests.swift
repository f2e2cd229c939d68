import Model
import Testing

@testable import Engine

/// What others see of a transaction that has begun and not ended: its coordinator died, and nobody has taken its place
/// yet. Reference G1 "reads by others", K57.
struct OpenTransactionTests {
    static let marked: Item = ["pk": "marked"]
    static let conflict = CancellationReason(
        code: .transactionConflict,
        message: "Transaction is ongoing for the item"
    )
    static let actions: [TransactWriteAction] = [
        .put(PutItemRequest(tableName: "Music", item: ["pk": "marked", "n": 2])),
        .put(PutItemRequest(tableName: "Music", item: ["pk": "created"])),
    ]

    /// A region with a transaction left open by its coordinator.
    static func region(seed: UInt64, token: String? = nil) throws -> Region {
        let region = Region(profile: .teach, seed: seed)
        try region.createAndWait(.table("Music", partitions: 2))
        try region.put("Music", ["pk": "marked", "n": 1])
        try region.put("Music", ["pk": "free", "n": 1])
        region.advance(seconds: 10)
        _ = try region.inject(.kill(.coordinator), forMicroseconds: nil)
        #expect(thrown { () throws(ServiceError) in try region.transact(actions, token: token) } == Region.noAnswer)
        _ = try region.heal(nil)
        return region
    }

    @Test(arguments: Seeds.thisRun)
    func writesOfItsItemsConflictAndReadsGoOn(seed: UInt64) throws {
        let region = try Self.region(seed: seed)
        #expect(try region.get("Music", Self.marked)?["n"] == 1)
        #expect(try region.execute("SELECT * FROM Music WHERE pk = 'marked'", consistent: true).values(of: "n") == [1])
        #expect(try region.scan("Music", consistent: true).count == 2)
        #expect(
            thrown { () throws(ServiceError) in try region.put("Music", Self.marked) } == .transactionConflictException
        )
        let statement = "UPDATE Music SET n = 3 WHERE pk = 'marked'"
        #expect(thrown { () throws(ServiceError) in try region.execute(statement) } == .transactionConflictException)
        let batch = try region.executeBatch([
            .init(statement: statement), "UPDATE Music SET n = 3 WHERE pk = 'free'",
        ])
        #expect(
            batch.responses.map(\.error) == [
                .init(code: "TransactionConflict", message: "Transaction is ongoing for the item"), nil,
            ]
        )
    }

    @Test(arguments: Seeds.thisRun)
    func otherTransactionsAreCancelledWithTheReasonInItsPlace(seed: UInt64) throws {
        let region = try Self.region(seed: seed)
        let free: Item = ["pk": "free"]
        let reads = thrown { () throws(ServiceError) in
            try region.transactGet([
                .init(tableName: "Music", key: free), .init(tableName: "Music", key: Self.marked),
            ])
        }
        #expect(reads == .transactionCanceledException(reasons: [.none, Self.conflict]))
        let writes = thrown { () throws(ServiceError) in
            try region.executeTransaction([
                "DELETE FROM Music WHERE pk = 'free'", "INSERT INTO Music VALUE {'pk': 'created'}",
                "INSERT INTO Music VALUE {'pk': 'other'}",
            ])
        }
        #expect(writes == .transactionCanceledException(reasons: [.none, Self.conflict, .none]))
        #expect(try region.get("Music", free) != nil)
    }

    /// The partition of the one item has something broken near it, that of the other has not.
    @Test(arguments: Seeds.thisRun)
    func aTransactionReachesOverWatchedAndCalmPartitions(seed: UInt64) throws {
        let region = Region(profile: .teach, seed: seed)
        try region.createAndWait(.table("Music", partitions: 4))
        region.advance(seconds: 10)
        let partitions = try #require(region.metadata["Music"]).partitions
        _ = try region.inject(
            .slow(.node(partitions[0].replicas[1].node.number), byMicroseconds: 1_000),
            forMicroseconds: nil
        )
        #expect(partitions.contains { $0.isCalm } && partitions.contains { !$0.isCalm })
        let keys = (0..<20).map { Item(["pk": .string("k\($0)")]) }
        try region.transact(keys.map { .put(PutItemRequest(tableName: "Music", item: $0)) })
        let read = try region.transactGet(keys.map { .init(tableName: "Music", key: $0) })
        #expect(read.responses == keys)
        region.advance(seconds: 10)
        #expect(partitions.contains { $0.isCalm }, "and then it is calm again")
    }

    /// G2, "idempotency": still running, then ended one way or the other.
    @Test(arguments: Seeds.thisRun)
    func itsTokenIsInUseUntilItEnds(seed: UInt64) throws {
        let region = try Self.region(seed: seed, token: "once")
        #expect(
            thrown { () throws(ServiceError) in try region.transact(Self.actions, token: "once") }
                == .transactionInProgressException
        )
        region.advance(seconds: 30)
        let isCommitted = try region.get("Music", Self.marked)?["n"] == 2
        #expect(try (region.get("Music", ["pk": "created"]) != nil) == isCommitted)
        let again = try region.transact(Self.actions, token: "once")
        #expect(again.consumedCapacity?.first?.transactionalKind == (isCommitted ? .read : .write))
        #expect(try region.get("Music", Self.marked)?["n"] == 2)
    }
}
