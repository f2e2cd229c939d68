import Model
import Testing

@testable import Engine

/// Reference K, batches and transactions: rows 46, 56–58.
struct BatchAndTransactionChecklist {
    static func region() throws -> Region {
        let region = Region(profile: .serve)
        try region.create(.table("Music"))
        return region
    }

    static func add(_ key: Item) -> TransactWriteAction {
        .update(
            UpdateItemRequest(
                tableName: "Music",
                key: key,
                updateExpression: "ADD n :one",
                options: .init(expressionAttributes: .init(values: [":one": 1]))
            )
        )
    }

    /// K46.
    @Test func aBatchWriteRejectsDuplicatesAndTooManyAsAWhole() throws {
        let region = try Self.region()
        let many = (0...25).map { BatchWriteItemRequest.Write.put(item: ["pk": .string("\($0)")]) }
        #expect(
            message { () throws(ServiceError) in try region.batchWrite([("Music", many)]) }?
                .contains("Member must have length less than or equal to 25") == true
        )
        #expect(
            message { () throws(ServiceError) in
                try region.batchWrite([
                    ("Music", [.put(item: ["pk": "a"]), .put(item: ["pk": "b"]), .delete(key: ["pk": "a"])])
                ])
            } == "Provided list of item keys contains duplicates"
        )
        #expect(try region.scan("Music").count == 0, "nothing was written")
        try region.batchWrite([("Music", Array(many.dropLast()))])
        #expect(try region.scan("Music").count == 25)
    }

    /// K56.
    @Test func aTokenReplayedDoesNothingAgainAndCostsReads() throws {
        let region = try Self.region()
        let first = try region.transact([Self.add(["pk": "k"])], token: "token")
        #expect(first.consumedCapacity?.map(\.arms) == [["": 2]])
        let again = try region.transact([Self.add(["pk": "k"])], token: "token")
        #expect(again.consumedCapacity?.map(\.arms) == [["": 2]])
        #expect(first.consumedCapacity?.first?.transactionalKind == .write)
        #expect(again.consumedCapacity?.first?.transactionalKind == .read)
        #expect(try region.get("Music", ["pk": "k"])?["n"] == 1)
        #expect(
            thrown { () throws(ServiceError) in try region.transact([Self.add(["pk": "other"])], token: "token") }
                == .idempotentParameterMismatchException
        )
    }

    /// K57. Requests overlap only where messages are sent, which is while something is broken nearby: each time the reads
    /// come a little later after the transaction has set out.
    @Test func aTransactionalGetIsRejectedByAWriteInFlightAndAGetIsNot() throws {
        let keys: [Item] = [["pk": "a"], ["pk": "b"]]
        var gets: [ServiceError?] = []
        var transactions: [ServiceError?] = []
        for delay in stride(from: Int64(0), through: 40_000, by: 1_000) {
            let region = Region(profile: .teach)
            try region.createAndWait(.table("Music"))
            for key in keys { try region.put("Music", key) }
            let partition = try #require(try region.partitions(of: "Music", index: nil).first)
            let zone = try #require(["a", "b", "c"].first { $0 != partition.leaderZone })
            _ = try region.inject(.kill(.zone(zone)), forMicroseconds: nil)
            region.schedule(at: region.now.advanced(byMicroseconds: delay)) {
                gets.append(thrown { () throws(ServiceError) in try region.get("Music", ["pk": "a"]) })
                transactions.append(
                    thrown { () throws(ServiceError) in
                        try region.transactGet(keys.map { .init(tableName: "Music", key: $0) })
                    }
                )
            }
            try region.transact(keys.map(Self.add))
            region.advance(byMicroseconds: 1_000_000)
        }
        #expect(gets.count == 41)
        #expect(gets.allSatisfy { $0 == nil })
        let conflicts = transactions.filter { error in
            guard case .transactionCanceledException(let reasons)? = error else { return false }
            return reasons.contains { $0.code == .transactionConflict }
        }
        #expect(!conflicts.isEmpty, "some of them met the write")
        #expect(transactions.contains { $0 == nil }, "and some came before or after it")
        #expect(conflicts.count + transactions.count { $0 == nil } == 41, "no other refusal")
    }

    /// K58.
    @Test func cancellationReasonsArePositional() throws {
        let region = try Self.region()
        let check = ConditionCheckRequest(
            tableName: "Music",
            key: ["pk": "none"],
            conditionExpression: "attribute_exists(pk)"
        )
        let error = thrown { () throws(ServiceError) in
            try region.transact([Self.add(["pk": "a"]), .conditionCheck(check), Self.add(["pk": "b"])])
        }
        #expect(
            error
                == .transactionCanceledException(reasons: [
                    .none, .init(code: .conditionalCheckFailed, message: "The conditional request failed"), .none,
                ])
        )
        #expect(
            error?.message
                == "Transaction cancelled, please refer cancellation reasons for specific reasons [None, "
                + "ConditionalCheckFailed, None]"
        )
        #expect(try region.scan("Music").count == 0)
    }
}
