import Model
import Testing

@testable import Engine

/// BatchExecuteStatement: every statement for itself. Reference D3.
struct PartiQLBatchTests {
    static func region() throws -> Region {
        let region = Region(profile: .serve)
        for name in ["Music", "Albums"] { try region.create(.table(name)) }
        try region.create(
            .table("Songs", sort: ("sk", .string), globals: [.init(name: "ByYear", hash: [("year", .number)])])
        )
        return region
    }

    @Test func oneFailureLeavesTheOthersAlone() throws {
        let region = try Self.region()
        try region.put("Music", ["pk": "there", "n": 1])
        let response = try region.executeBatch([
            "INSERT INTO Music VALUE {'pk': 'new'}",
            "INSERT INTO Music VALUE {'pk': 'there'}",
            .init(
                statement: "UPDATE Music SET n = 2 WHERE pk = 'there' AND n > 1",
                returnValuesOnConditionCheckFailure: .allOld
            ),
            "UPDATE Music SET n = 2 WHERE pk = 'nobody'",
            "DELETE FROM Nothing WHERE pk = 'k'",
            "DELETE FROM Songs WHERE pk = 'k'",
            "not a statement",
            "EXISTS(SELECT * FROM Music WHERE pk = 'there' AND n = 1)",
            "UPDATE Music SET n = n + 1 WHERE pk = 'there' RETURNING ALL NEW *",
        ])
        #expect(
            response.responses.map(\.error?.code) == [
                nil, "DuplicateItem", "ConditionalCheckFailed", "ConditionalCheckFailed", "ResourceNotFound",
                "ValidationError", "ValidationError", "ValidationError", nil,
            ]
        )
        let failures = response.responses.map(\.error)
        #expect(failures[1]?.message == "Duplicate primary key exists in table")
        #expect(
            failures[2]
                == .init(
                    code: "ConditionalCheckFailed",
                    message: "The conditional request failed",
                    item: ["pk": "there", "n": 1]
                )
        )
        #expect(failures[3]?.item == nil)
        #expect(failures[4]?.message == "Requested resource not found")
        #expect(failures[5]?.message == "Where clause does not contain a mandatory equality on all key attributes")
        #expect(failures[6]?.message.hasPrefix("Statement wasn't well formed, can't be processed: ") == true)
        #expect(response.responses.last == .init(item: ["pk": "there", "n": 2], tableName: "Music"))
        #expect(try region.get("Music", ["pk": "new"]) != nil)
    }

    @Test func readsComeBackInTheirPlaces() throws {
        let region = try Self.region()
        try region.put("Music", ["pk": "a", "n": 1, "m": ["x": 1]])
        try region.put("Albums", ["pk": "b"])
        let response = try region.executeBatch([
            "SELECT * FROM Albums WHERE pk = 'b'",
            "SELECT m.x FROM Music WHERE pk = 'a'",
            "SELECT * FROM Music WHERE pk = 'nobody'",
            "SELECT * FROM Music WHERE pk = 'a' AND n = 2",
            .init(statement: "SELECT * FROM Music WHERE pk = ?", parameters: ["a"], consistentRead: true),
        ])
        #expect(
            response.responses == [
                .init(item: ["pk": "b"], tableName: "Albums"),
                .init(item: ["m": ["x": 1]], tableName: "Music"),
                .init(tableName: "Music"),
                .init(tableName: "Music"),
                .init(item: ["pk": "a", "n": 1, "m": ["x": 1]], tableName: "Music"),
            ]
        )
        #expect(response.consumedCapacity?.map(\.tableName) == ["Albums", "Music"])
        #expect(response.consumedCapacity?.map(\.arms) == [["": 0.5], ["": 2.5]])
    }

    @Test func aSelectMustFixTheKeyOfATable() throws {
        let region = try Self.region()
        let response = try region.executeBatch([
            "SELECT * FROM Songs WHERE pk = 'a'", "SELECT * FROM Songs", "SELECT * FROM Songs.ByYear WHERE year = 1",
            "SELECT * FROM Songs WHERE pk IN ['a', 'b'] AND sk = 's'",
            "SELECT * FROM Songs WHERE pk = 'a' AND sk = 's'",
        ])
        let text = "Select statements within BatchExecuteStatement must specify the primary key in the where clause."
        let failure = BatchExecuteStatementResponse.Failure(code: "ValidationError", message: text)
        #expect(response.responses.map(\.error) == [failure, failure, failure, failure, nil])
    }

    @Test func readsAndWritesDoNotMix() throws {
        let region = try Self.region()
        #expect(
            message { () throws(ServiceError) in
                try region.executeBatch([
                    "INSERT INTO Music VALUE {'pk': 'a'}", "SELECT * FROM Music WHERE pk = 'a'",
                ])
            } == "Read and write requests together in the same batch is not supported."
        )
        #expect(try region.scan("Music").count == 0)
    }

    @Test func theSameItemMayComeTwiceAndTheOrderHolds() throws {
        let region = try Self.region()
        let response = try region.executeBatch([
            "INSERT INTO Music VALUE {'pk': 'a', 'n': 1}",
            "UPDATE Music SET n = n + 1 WHERE pk = 'a' RETURNING MODIFIED NEW *",
            "UPDATE Music SET n = n + 1 WHERE pk = 'a' RETURNING MODIFIED NEW *",
            "DELETE FROM Music WHERE pk = 'a' RETURNING ALL OLD *",
        ])
        #expect(response.responses.map(\.item) == [nil, ["n": 2], ["n": 3], ["pk": "a", "n": 3]])
        let twice = try region.executeBatch(Array(repeating: "SELECT * FROM Music WHERE pk = 'a'", count: 2))
        #expect(twice.responses.allSatisfy { $0.error == nil })
    }

    /// B4: "a failed write inside a batch is still charged".
    @Test func capacityIsToldForEachTableFailuresIncluded() throws {
        let region = try Self.region()
        try region.put("Music", ["pk": "a"])
        let response = try region.executeBatch([
            "INSERT INTO Songs VALUE {'pk': 'a', 'sk': 's', 'year': 1984}",
            "INSERT INTO Music VALUE {'pk': 'a'}",
            "UPDATE Music SET n = 1 WHERE pk = 'nobody'",
            "INSERT INTO Music VALUE {'pk': 'b'}",
            "INSERT INTO Music VALUE {'n': 1}",
        ])
        #expect(response.consumedCapacity?.map(\.tableName) == ["Music", "Songs"])
        #expect(response.consumedCapacity?.map(\.arms) == [["": 3], ["": 1, "ByYear": 1]])
    }

    @Test func theSumIsToldWhenOnlyTheSumIsAskedFor() throws {
        let region = try Self.region()
        let request = BatchExecuteStatementRequest(
            statements: [
                "INSERT INTO Songs VALUE {'pk': 'a', 'sk': 's', 'year': 1984}", "INSERT INTO Music VALUE {'pk': 'a'}",
            ],
            returnConsumedCapacity: .total
        )
        guard case .batchExecuteStatement(let response) = try region.perform(.batchExecuteStatement(request)) else {
            preconditionFailure("a batch")
        }
        #expect(response.consumedCapacity?.map(\.isTotalOnly) == [true, true])
        #expect(response.consumedCapacity?.map(\.capacityUnits) == [1, 2])
    }

    @Test func aFullCollectionIsToldByItsOwnCode() throws {
        let region = try CollectionLimitTests.full()
        let fill = AttributeValue.string(String(repeating: "x", count: 60))
        let response = try region.executeBatch([
            .init(statement: "INSERT INTO Music VALUE {'pk': 'full', 'sk': 10, 'a': 1, 'f': ?}", parameters: [fill]),
            .init(statement: "UPDATE Music SET more = ? WHERE pk = 'full' AND sk = 3", parameters: [fill]),
            "DELETE FROM Music WHERE pk = 'full' AND sk = 3",
        ])
        #expect(
            response.responses.map(\.error?.code) == [
                "ItemCollectionSizeLimitExceeded", "ItemCollectionSizeLimitExceeded", nil,
            ]
        )
        #expect(response.responses[0].error?.message == "Collection size exceeded.")
    }

    @Test func oneToTwentyFiveStatements() throws {
        let region = try Self.region()
        func text(_ count: Int) -> String? {
            let statements = Array(
                repeating: "SELECT * FROM Music WHERE pk = 'a'" as ParameterizedStatement,
                count: count
            )
            return message { () throws(ServiceError) in try region.executeBatch(statements) }
        }
        #expect(text(0) != nil)
        #expect(text(25) == nil)
        #expect(text(26) != nil)
    }
}
