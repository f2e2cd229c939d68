import Model
import Testing

@testable import Engine

/// The short way of calm times and the way by messages must give the same answers and leave the same data.
struct CalmAndWatchedTests {
    @Test(arguments: Seeds.thisRun)
    func bothWaysAnswerAlike(seed: UInt64) throws {
        let calm = try region(seed: seed)
        let watched = try region(seed: seed)
        // Next to nothing, everywhere: every partition is watched and nothing goes wrong.
        for zone in ["a", "b", "c"] {
            _ = try watched.inject(.slow(.zone(zone), byMicroseconds: 1), forMicroseconds: nil)
        }
        #expect(watched.groups.count == 4)
        var randomness = Randomness(seed: seed)
        for step in 0..<300 {
            let request = self.request(step, &randomness)
            let answers = [calm, watched].map { region in
                Result { () throws(ServiceError) in try region.perform(request) }
            }
            #expect(answers[0] == answers[1], "step \(step): \(request)")
        }
        #expect(watched.groups.count == 4)
        let changes = [calm, watched].map { region in
            region.metadata["Music"]!.partitions.map { partition in
                let log = partition.log
                return stride(from: log.firstIndex, through: log.lastIndex, by: 1).map { log[$0] }.filter {
                    $0.old != nil || $0.new != nil
                }
                .map { Change(key: $0.key.bytes, old: $0.old, new: $0.new) }
            }
        }
        #expect(changes[0] == changes[1], "the logs tell the same story")
    }

    private struct Change: Equatable {
        let key: [UInt8]
        let old: Item?
        let new: Item?
    }

    private func region(seed: UInt64) throws -> Region {
        let region = Region(profile: .teach, seed: seed)
        try region.createAndWait(
            .table(
                "Music",
                sort: ("sk", .number),
                partitions: 4,
                locals: [("byN", ("n", .number), Projection(.all))]
            )
        )
        return region
    }

    private func request(_ step: Int, _ randomness: inout Randomness) -> Request {
        func key() -> Item {
            ["pk": .string("k\(randomness.next(below: 6))"), "sk": .number(Number(randomness.next(below: 4)))]
        }
        func item() -> Item {
            var attributes = key().attributes
            attributes["n"] = .number(Number(randomness.next(below: 100)))
            attributes["step"] = .number(Number(step))
            return Item(attributes)
        }
        switch randomness.next(below: 8) {
        case 0, 1:
            return .putItem(PutItemRequest(tableName: "Music", item: item(), options: .init(returnValues: .allOld)))
        case 2:
            return .putItem(
                PutItemRequest(
                    tableName: "Music",
                    item: item(),
                    options: .init(conditionExpression: "attribute_not_exists(pk)")
                )
            )
        case 3:
            return .deleteItem(DeleteItemRequest(tableName: "Music", key: key(), options: .init(returnValues: .allOld)))
        case 4:
            return .updateItem(
                UpdateItemRequest(
                    tableName: "Music",
                    key: key(),
                    updateExpression: "SET c = if_not_exists(c, :o) + :o",
                    options: .init(
                        expressionAttributes: .init(values: [":o": 1]),
                        returnValues: .allNew
                    )
                )
            )
        case 5: return .getItem(GetItemRequest(tableName: "Music", key: key(), consistentRead: true))
        case 6:
            return .query(
                QueryRequest(
                    tableName: "Music",
                    indexName: randomness.oneIn(2) ? "byN" : nil,
                    keyConditionExpression: "pk = :p",
                    expressionAttributes: .init(values: [":p": .string("k\(randomness.next(below: 6))")]),
                    limit: randomness.oneIn(2) ? 2 : nil,
                    scanIndexForward: randomness.oneIn(2),
                    consistentRead: true
                )
            )
        default:
            let (one, other) = (item(), key())
            return .transactWriteItems(
                TransactWriteItemsRequest(transactItems: [
                    .put(PutItemRequest(tableName: "Music", item: one)),
                    .delete(DeleteItemRequest(tableName: "Music", key: other)),
                ])
            )
        }
    }
}
