import Model
import Testing

@testable import Engine

/// Statements put together by chance, right and wrong ones: the service answers, or refuses in words, and goes on.
struct PartiQLMutationTests {
    private static let sources = [
        "Music", "Music", "\"Music\".\"ByLength\"", "Music.ByGenre", "Music.Nothing", "Nowhere",
    ]
    private static let tests = [
        "pk = 'a'", "pk = ?", "pk = 1", "pk IN ['a', 'b', 'a']", "sk = 's1'", "sk > 's1'", "sk = 1",
        "begins_with(sk, 's')", "length = 9", "length BETWEEN 5 AND 9", "genre = 'soul'", "year + 1 = 1982",
        "label.cities[0] = 'London'", "size(label.cities) = 2", "contains(label.cities, 'Paris')", "nothing IS MISSING",
        "label IS NOT NULL", "year IN [1981, ?]", "attribute_type(year, 'N')", "year < TRUE", "length = size(nothing)",
    ]
    private static let actions = [
        "SET n = 1", "SET n = n + 1", "SET n = size(label.cities) - ?", "SET label.name = 'x'", "SET label.no.way = 1",
        "SET label.cities = list_append(label.cities, ['Rome'])", "SET tags = set_add(tags, <<'x'>>)",
        "SET tags = set_delete(tags, <<'x', 'y'>>)", "SET length = 'text'", "SET genre = 'pop'", "SET pk = 'x'",
        "REMOVE label.cities[0]", "REMOVE n, nothing", "REMOVE length", "SET label.cities[7] = {'x': [1]}",
    ]
    private static let values: [AttributeValue] = [
        "a", "s1", 1, 1981, .null, .bool(true), ["x"], ["k": "v"], .binary([1]),
    ]

    @Test(arguments: Seeds.thisRun)
    func everyStatementIsAnsweredOrRefused(seed: UInt64) throws {
        let region = try PartiQLSelectTests.region(partitions: 4)
        var randomness = Randomness(seed: seed)
        var answered = 0
        for _ in 0..<2_000 {
            let statement = Self.statement(&randomness)
            do throws(ServiceError) {
                switch randomness.next(below: 4) {
                case 0: _ = try region.executeTransaction([statement, Self.statement(&randomness)])
                case 1:
                    let batch = try region.executeBatch([statement, Self.statement(&randomness)])
                    #expect(batch.responses.allSatisfy { $0.error?.code != "InternalServerError" })
                default:
                    _ = try region.execute(
                        statement.statement,
                        statement.parameters,
                        limit: randomness.oneIn(2) ? 2 : nil,
                        consistent: randomness.oneIn(3)
                    )
                }
                answered += 1
            } catch {
                #expect(Self.isExpected(error), "seed \(seed): \(error) for \(statement)")
            }
        }
        #expect(answered > 300)
        #expect(try region.scan("Music").count == 9)
    }

    private static func isExpected(_ error: ServiceError) -> Bool {
        switch error {
        case .validationException, .conditionalCheckFailedException, .resourceNotFoundException,
            .transactionCanceledException:
            !error.message.isEmpty
        default: false
        }
    }

    /// Updates and reads; nothing that adds or takes away an item.
    private static func statement(_ randomness: inout Randomness) -> ParameterizedStatement {
        var tests = [randomness.pick(["pk = 'a'", "pk = 'b'", "pk IN ['c', 'a']"])]
        if randomness.oneIn(2) { tests.append(randomness.pick(["sk = 's1'", "sk = 's2'"])) }
        if randomness.oneIn(2) { tests.append(randomness.pick(Self.tests)) }
        if randomness.oneIn(4) { tests.append("NOT \(randomness.pick(Self.tests))") }
        if randomness.oneIn(4) { tests.removeFirst() }
        let condition = tests.isEmpty ? "" : " WHERE " + tests.joined(separator: randomness.oneIn(5) ? " OR " : " AND ")
        let source = randomness.pick(sources)
        var text: String
        switch randomness.next(below: 4) {
        case 0:
            text = "UPDATE \(source) \(randomness.pick(actions)) \(randomness.pick(actions))" + condition
            if randomness.oneIn(3) { text += " RETURNING MODIFIED NEW *" }
        case 1: text = "EXISTS(SELECT * FROM \(source)\(condition))"
        default:
            text = "SELECT \(randomness.pick(["*", "sk, year", "label.cities[1], label"])) FROM \(source)" + condition
            if randomness.oneIn(4) { text += randomness.pick([" ORDER BY sk DESC", " ORDER BY pk, length"]) }
        }
        let count = text.count { $0 == "?" } + (randomness.oneIn(20) ? 1 : 0)
        return ParameterizedStatement(
            statement: text,
            parameters: (0..<count).map { _ in randomness.pick(values) }
        )
    }
}
