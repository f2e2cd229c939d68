import Model
import Testing

@testable import Engine

/// Reference G2, and K56 and K58.
struct TransactionTests {
    static let key: Item = ["pk": "k"]
    static let repeated = "Transaction request cannot include multiple operations on one item"

    static func region() throws -> Region {
        let region = Region(profile: .serve)
        try region.create(.table("Music"))
        return region
    }

    static func put(_ item: Item, if condition: String? = nil, onFailure: ReturnValuesOnConditionCheckFailure = .none)
        -> TransactWriteAction
    {
        .put(
            PutItemRequest(
                tableName: "Music",
                item: item,
                options: .init(
                    conditionExpression: condition,
                    returnValuesOnConditionCheckFailure: onFailure
                )
            )
        )
    }

    static func check(_ key: Item, _ condition: String, onFailure: ReturnValuesOnConditionCheckFailure = .none)
        -> TransactWriteAction
    {
        .conditionCheck(
            .init(
                tableName: "Music",
                key: key,
                conditionExpression: condition,
                returnValuesOnConditionCheckFailure: onFailure
            )
        )
    }

    static func update(_ key: Item, _ expression: String, _ values: Region.Values? = nil) -> TransactWriteAction {
        .update(
            UpdateItemRequest(
                tableName: "Music",
                key: key,
                updateExpression: expression,
                options: .init(expressionAttributes: .init(values: values))
            )
        )
    }

    static func delete(_ key: Item) -> TransactWriteAction { .delete(DeleteItemRequest(tableName: "Music", key: key)) }

    static func codes(_ error: ServiceError?) -> [String]? {
        guard case .transactionCanceledException(let reasons)? = error else { return nil }
        return reasons.map(\.code.rawValue)
    }

    @Test func allActionsHappenTogether() throws {
        let region = try Self.region()
        try region.put("Music", ["pk": "old"])
        try region.put("Music", ["pk": "counter", "n": 1])
        try region.transact([
            Self.put(["pk": "new"]), Self.delete(["pk": "old"]),
            Self.update(["pk": "counter"], "ADD n :one", [":one": 1]),
            Self.check(["pk": "nobody"], "attribute_not_exists(pk)"),
        ])
        #expect(try region.get("Music", ["pk": "new"]) != nil)
        #expect(try region.get("Music", ["pk": "old"]) == nil)
        #expect(try region.get("Music", ["pk": "counter"])?["n"] == 2)
        #expect(try region.get("Music", ["pk": "nobody"]) == nil)
    }

    @Test func oneRefusalUndoesAllAndTheReasonsKeepTheirPlaces() throws {
        let region = try Self.region()
        try region.put("Music", ["pk": "there", "n": 1])
        try region.put("Music", ["pk": "text", "n": "text"])
        let error = thrown { () throws(ServiceError) in
            try region.transact([
                Self.put(["pk": "new"]),
                Self.put(["pk": "there"], if: "attribute_not_exists(pk)", onFailure: .allOld),
                Self.delete(["pk": "gone"]),
                Self.check(["pk": "nobody"], "attribute_exists(pk)", onFailure: .allOld),
                Self.update(["pk": "text"], "SET n = n + :one", [":one": 1]),
                Self.check(["pk": "other"], "attribute_exists(pk)"),
            ])
        }
        let refusal = "The conditional request failed"
        #expect(
            error
                == .transactionCanceledException(reasons: [
                    .none,
                    .init(code: .conditionalCheckFailed, message: refusal, item: ["pk": "there", "n": 1]),
                    .none,
                    .init(code: .conditionalCheckFailed, message: refusal),
                    .init(
                        code: .validationError,
                        message: "An operand in the update expression has an incorrect data type"
                    ),
                    .init(code: .conditionalCheckFailed, message: refusal),
                ])
        )
        #expect(
            error?.message
                == "Transaction cancelled, please refer cancellation reasons for specific reasons [None, "
                + "ConditionalCheckFailed, None, ConditionalCheckFailed, ValidationError, ConditionalCheckFailed]"
        )
        #expect(try region.get("Music", ["pk": "new"]) == nil)
        #expect(try region.scan("Music").count == 2)
    }

    /// G2, "top-level instead", last part: the reason, not the request, tells of a key that does not fit.
    @Test func aKeyThatDoesNotFitIsAReason() throws {
        let region = try Self.region()
        let wrong: [TransactWriteAction] = [
            Self.put(["pk": 1]), Self.put(["other": "x"]), Self.delete(["pk": 1]),
            Self.update(["other": "x"], "REMOVE a"),
            Self.check(["pk": 1], "attribute_exists(pk)"),
        ]
        for action in wrong {
            let error = thrown { () throws(ServiceError) in try region.transact([Self.put(["pk": "good"]), action]) }
            #expect(Self.codes(error) == ["None", "ValidationError"], "\(action)")
        }
        let read = thrown { () throws(ServiceError) in
            try region.transactGet([
                .init(tableName: "Music", key: Self.key), .init(tableName: "Music", key: ["pk": 1]),
            ])
        }
        #expect(Self.codes(read) == ["None", "ValidationError"])
        #expect(try region.scan("Music").count == 0)
    }

    /// G2, "top-level instead".
    @Test func someFaultsRefuseTheRequestItself() throws {
        let region = try Self.region()
        let large: Item = ["pk": "large", "fill": .string(String(repeating: "x", count: 409_600))]
        let good = Self.put(["pk": "good"])
        func text(_ actions: [TransactWriteAction]) -> String? {
            message { () throws(ServiceError) in try region.transact(actions) }
        }
        #expect(text([good, Self.put(large)]) == "Item size has exceeded the maximum allowed size")
        #expect(
            text([good, Self.delete(["pk": ""])])
                == "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an "
                + "empty string value. Key: pk"
        )
        #expect(text([good, Self.update(Self.key, "SET a = :x")])?.hasPrefix("Invalid UpdateExpression: ") == true)
        #expect(
            text([good, .delete(DeleteItemRequest(tableName: "Nowhere", key: Self.key))])
                == "Requested resource not found"
        )
        #expect(text([])?.contains("at 'transactItems' failed to satisfy constraint") == true)
        let many = (0..<101).map { Self.put(["pk": .string("k\($0)")]) }
        #expect(text(many)?.contains("Member must have length less than or equal to 100") == true)
        #expect(text(Array(many.prefix(100))) == nil)
        #expect(try region.get("Music", ["pk": "good"]) == nil)
    }

    @Test func oneItemMayAppearOnce() throws {
        let region = try Self.region()
        try region.create(.table("Other"))
        #expect(
            message { () throws(ServiceError) in
                try region.transact([Self.put(["pk": "k", "n": 1]), Self.check(Self.key, "attribute_exists(pk)")])
            } == Self.repeated
        )
        #expect(
            message { () throws(ServiceError) in
                try region.transactGet([
                    .init(tableName: "Music", key: Self.key), .init(tableName: "Music", key: Self.key),
                ])
            } == Self.repeated
        )
        // The same key of another table is another item.
        try region.transact([
            Self.put(Self.key), .put(PutItemRequest(tableName: "Other", item: Self.key)),
        ])
    }

    @Test func allItemsTogetherAreAtMostFourMegabytes() throws {
        let region = try Self.region()
        let items = (0..<11).map { Item(["pk": .string("k\($0)")]).padded(to: 400_000) }
        let text =
            "Collection size of items exceeded, which can also be caused by the aggregate size of the items in the transaction exceeding the 4MB limit"
        #expect(message { () throws(ServiceError) in try region.transact(items.map { Self.put($0) }) } == text)
        try region.transact(items.prefix(10).map { Self.put($0) })
        try region.put("Music", items[10])
        let reads = items.map { TransactGetAction(tableName: "Music", key: $0.projected(to: ["pk"])) }
        #expect(message { () throws(ServiceError) in try region.transactGet(reads) } == text)
        #expect(try region.transactGet(Array(reads.prefix(10))).responses.count == 10)
    }

    /// A2: an update in a transaction has the flat limit, and is told by a reason.
    @Test func anUpdateInATransactionHasTheFlatLimit() throws {
        let region = try Self.region()
        // "pk", "k" and "fill" are seven bytes.
        func update(to size: Int) -> TransactWriteAction {
            Self.update(Self.key, "SET fill = :v", [":v": .string(String(repeating: "x", count: size - 7))])
        }
        let error = thrown { () throws(ServiceError) in try region.transact([update(to: 409_601)]) }
        #expect(
            error
                == .transactionCanceledException(reasons: [
                    .init(code: .validationError, message: "Item size to update has exceeded the maximum allowed size")
                ])
        )
        #expect(thrown { () throws(ServiceError) in try region.transact([update(to: 409_600)]) } == nil)
    }

    @Test func readsAnswerByPosition() throws {
        let region = try Self.region()
        try region.put("Music", ["pk": "a", "n": 1, "m": 2])
        try region.put("Music", ["pk": "b", "n": 2])
        let response = try region.transactGet([
            .init(tableName: "Music", key: ["pk": "b"]),
            .init(tableName: "Music", key: ["pk": "none"]),
            .init(tableName: "Music", key: ["pk": "a"], projectionExpression: "m"),
        ])
        #expect(response.responses == [["pk": "b", "n": 2], nil, ["m": 2]])
    }

    /// G2, "result order": no Item when the projection matches nothing.
    @Test func aProjectionThatMatchesNothingLeavesNoItem() throws {
        let region = try Self.region()
        try region.put("Music", Self.key)
        let response = try region.transactGet([
            .init(tableName: "Music", key: Self.key, projectionExpression: "unheardOf")
        ])
        #expect(response.responses == [nil])
    }

    @Test func conditionsSeeTheItemsBeforeTheTransaction() throws {
        let region = try Self.region()
        try region.transact([
            Self.put(["pk": "a"], if: "attribute_not_exists(pk)"), Self.check(["pk": "b"], "attribute_not_exists(pk)"),
        ])
        #expect(try region.get("Music", ["pk": "a"]) != nil)
    }

    @Test func everyItemOfATransactionIsCommittedAtOneMoment() throws {
        let region = Region(profile: .teach)
        try region.createAndWait(.table("Music", partitions: 4))
        try region.transact((0..<20).map { Self.put(["pk": .string("k\($0)")]) })
        let table = try #require(region.metadata["Music"])
        let moments = table.partitions.flatMap { partition in
            (partition.log.firstIndex...max(partition.log.lastIndex, partition.log.firstIndex)).compactMap { index in
                index <= partition.log.lastIndex ? partition.log[index].committedAt : nil
            }
        }
        #expect(moments.count == 20)
        #expect(Set(moments).count == 1)
    }

    // MARK: Tokens

    static let token = "token-1"

    @Test func aRepeatedTokenAnswersTheSameWithoutDoingItAgain() throws {
        let region = try Self.region()
        let actions = [Self.update(Self.key, "ADD n :one", [":one": 1])]
        try region.transact(actions, token: Self.token)
        try region.transact(actions, token: Self.token)
        try region.transact(actions, token: Self.token)
        #expect(try region.get("Music", Self.key)?["n"] == 1)
        try region.transact(actions, token: "token-2")
        #expect(try region.get("Music", Self.key)?["n"] == 2)
    }

    /// B4, "token replay": reads, twice, of the larger image of the first execution.
    @Test func aRepetitionCostsReads() throws {
        let region = try Self.region()
        try region.put("Music", Self.key.padded(to: 9_000))
        let actions = [Self.put(Self.key), Self.put(["pk": "new"])]
        let first = try region.transact(actions, token: Self.token)
        #expect(first.consumedCapacity?.map(\.arms) == [["": 18 + 2]])
        #expect(first.consumedCapacity?.first?.transactionalKind == .write)
        let again = try region.transact(actions, token: Self.token)
        #expect(again.consumedCapacity?.map(\.arms) == [["": 6 + 2]])
        #expect(again.consumedCapacity?.first?.transactionalKind == .read)
    }

    @Test func anotherRequestWithTheSameTokenIsRefused() throws {
        let region = try Self.region()
        try region.transact([Self.put(Self.key)], token: Self.token)
        let error = thrown { () throws(ServiceError) in
            try region.transact([Self.put(["pk": "k", "n": 1])], token: Self.token)
        }
        #expect(error == .idempotentParameterMismatchException)
        #expect(error?.name == "IdempotentParameterMismatchException")
        #expect(try region.get("Music", Self.key) == Self.key)
    }

    @Test func aTokenIsForgottenAfterTenMinutes() throws {
        let region = try Self.region()
        let actions = [Self.update(Self.key, "ADD n :one", [":one": 1])]
        try region.transact(actions, token: Self.token)
        region.advance(seconds: 600)
        try region.transact(actions, token: Self.token)
        #expect(try region.get("Music", Self.key)?["n"] == 1, "ten minutes are not over")
        region.advance(byMicroseconds: 1)
        try region.transact(actions, token: Self.token)
        #expect(try region.get("Music", Self.key)?["n"] == 2)
        // The ten minutes count from the new execution now.
        region.advance(seconds: 400)
        try region.transact(actions, token: Self.token)
        #expect(try region.get("Music", Self.key)?["n"] == 2)
    }

    @Test func aCancelledTransactionLeavesItsTokenFree() throws {
        let region = try Self.region()
        let actions = [Self.put(Self.key, if: "attribute_exists(pk)")]
        #expect(
            Self.codes(thrown { () throws(ServiceError) in try region.transact(actions, token: Self.token) }) == [
                "ConditionalCheckFailed"
            ]
        )
        try region.put("Music", Self.key)
        #expect(thrown { () throws(ServiceError) in try region.transact(actions, token: Self.token) } == nil)
    }

    @Test func aTokenHasOneToThirtySixCharacters() throws {
        let region = try Self.region()
        for token in ["", String(repeating: "x", count: 37)] {
            let text = message { () throws(ServiceError) in try region.transact([Self.put(Self.key)], token: token) }
            #expect(text?.contains("at 'clientRequestToken' failed to satisfy constraint") == true)
        }
        try region.transact([Self.put(Self.key)], token: String(repeating: "x", count: 36))
    }

    /// G1, "latency": reads take about twice, writes about four times as long as the plain operation.
    @Test func aTransactionTakesLonger() throws {
        let region = Region(profile: .teach)
        try region.createAndWait(.table("Music"))
        func median(_ request: Request) -> Int64 {
            (0..<101).map { _ in
                var report = RequestReport()
                _ = try? region.perform(request, report: &report)
                return report.latencyMicroseconds
            }.sorted()[50]
        }
        let put = median(.putItem(PutItemRequest(tableName: "Music", item: Self.key)))
        let transactPut = median(.transactWriteItems(.init(transactItems: [Self.put(Self.key)])))
        let get = median(.getItem(GetItemRequest(tableName: "Music", key: Self.key, consistentRead: true)))
        let transactGet = median(
            .transactGetItems(.init(transactItems: [.init(tableName: "Music", key: Self.key)]))
        )
        #expect(transactPut > put * 3 / 2)
        #expect(transactGet > get * 3 / 2)
    }
}
