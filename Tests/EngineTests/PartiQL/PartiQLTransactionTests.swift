import Model
import Testing

@testable import Engine

/// ExecuteTransaction: all statements or none. Reference D3, G2.
struct PartiQLTransactionTests {
    static func region() throws -> Region {
        let region = Region(profile: .serve)
        try region.create(.table("Music", globals: [.init(name: "ByYear", hash: [("year", .number)])]))
        try region.create(.table("Albums"))
        try region.put("Music", ["pk": "there", "n": 1])
        return region
    }

    static func refusal(_ region: Region, _ statements: [ParameterizedStatement]) -> String? {
        message { () throws(ServiceError) in try region.executeTransaction(statements) }
    }

    static func reasons(_ region: Region, _ statements: [ParameterizedStatement]) -> [CancellationReason]? {
        let error = thrown { () throws(ServiceError) in try region.executeTransaction(statements) }
        guard case .transactionCanceledException(let reasons)? = error else { return nil }
        return reasons
    }

    @Test func allStatementsHappenTogether() throws {
        let region = try Self.region()
        try region.put("Albums", ["pk": "old"])
        let response = try region.executeTransaction([
            .init(statement: "INSERT INTO Music VALUE {'pk': ?, 'year': ?}", parameters: ["new", 1984]),
            "UPDATE Music SET n = n + 1 WHERE pk = 'there' AND n = 1",
            "DELETE FROM Albums WHERE pk = 'old'",
            "EXISTS(SELECT * FROM Albums WHERE pk = 'nobody' AND n IS MISSING)",
        ])
        #expect(response.responses == [nil, nil, nil, nil])
        #expect(response.consumedCapacity?.map(\.tableName) == ["Albums", "Music"])
        #expect(response.consumedCapacity?.map(\.arms) == [["": 4], ["": 4, "ByYear": 1]])
        #expect(try region.get("Music", ["pk": "new"]) != nil)
        #expect(try region.get("Music", ["pk": "there"])?["n"] == 2)
        #expect(try region.scan("Albums").count == 0)
    }

    @Test func oneRefusalUndoesAllAndTheReasonsKeepTheirPlaces() throws {
        let region = try Self.region()
        let refusal = "The conditional request failed"
        let there: Item = ["pk": "there", "n": 1]
        #expect(
            Self.reasons(
                region,
                [
                    "INSERT INTO Music VALUE {'pk': 'new'}",
                    "INSERT INTO Music VALUE {'pk': 'there'}",
                    "UPDATE Music SET n = 1 WHERE pk = 'nobody'",
                    "DELETE FROM Music WHERE pk = 'gone' AND n = 1",
                ]
            ) == [
                .none, .init(code: .duplicateItem, message: "Duplicate primary key exists in table"),
                .init(code: .conditionalCheckFailed, message: refusal), .none,
            ]
        )
        #expect(
            Self.reasons(
                region,
                [
                    "INSERT INTO Music VALUE {'pk': 'new'}",
                    .init(
                        statement: "DELETE FROM Music WHERE pk = 'there' AND n = 2",
                        returnValuesOnConditionCheckFailure: .allOld
                    ),
                ]
            ) == [.none, .init(code: .conditionalCheckFailed, message: refusal, item: there)]
        )
        #expect(try region.scan("Music").items == [there])
    }

    @Test func anUpdateThatCannotBeDoneIsAReason() throws {
        let region = try Self.region()
        let reasons = Self.reasons(
            region,
            ["INSERT INTO Music VALUE {'pk': 'new'}", "UPDATE Music SET n = n + pk WHERE pk = 'there'"]
        )
        #expect(reasons?.map(\.code) == [.none, .validationError])
    }

    /// G2, "top-level instead": a key of the wrong type, or none, is a reason of its statement.
    @Test(arguments: [
        ("INSERT INTO Music VALUE {'pk': 1}", "Type mismatch for key pk expected: S actual: N"),
        ("INSERT INTO Music VALUE {'n': 1}", "Missing the key pk in the item"),
        ("UPDATE Music SET n = 1 WHERE pk = 1", "The provided key element does not match the schema"),
        ("DELETE FROM Music WHERE pk = 1", "The provided key element does not match the schema"),
        (
            "EXISTS(SELECT * FROM Music WHERE pk = 1 AND n = 1)",
            "The provided key element does not match the schema"
        ),
    ])
    func aKeyThatDoesNotFitIsAReason(statement: String, text: String) throws {
        let region = try Self.region()
        let reasons = Self.reasons(
            region,
            ["INSERT INTO Albums VALUE {'pk': 'new'}", ParameterizedStatement(statement: statement)]
        )
        #expect(reasons?.map(\.code) == [.none, .validationError])
        #expect(reasons?.last?.message?.hasSuffix(text) == true)
        #expect(try region.scan("Albums").count == 0)
    }

    @Test func aKeyThatDoesNotFitIsAReasonOfAReadToo() throws {
        let region = try Self.region()
        let reasons = Self.reasons(
            region,
            ["SELECT * FROM Music WHERE pk = 'there'", "SELECT * FROM Albums WHERE pk = 1"]
        )
        let text = "One or more parameter values were invalid: Condition parameter type does not match schema type"
        #expect(reasons == [.none, .init(code: .validationError, message: text)])
    }

    /// G2, "top-level instead", the rest of it.
    @Test(arguments: [
        "INSERT INTO Nowhere VALUE {'pk': 1}", "INSERT INTO Music VALUE {'pk': ''}", "DELETE FROM Music WHERE pk = ''",
        "DELETE FROM Music WHERE n = 1", "not a statement", "UPDATE Music SET pk = 'x' WHERE pk = 'there'",
        "INSERT INTO Music VALUE {'pk': 'k', 'year': 'text'}", "INSERT INTO Music VALUE {'pk': ?}",
        "INSERT INTO Music.ByYear VALUE {'pk': 'k'}", "UPDATE Music SET a = 1, a.b = 2 WHERE pk = 'there'",
    ])
    func otherFaultsRefuseTheRequestItself(statement: String) throws {
        let region = try Self.region()
        let statements: [ParameterizedStatement] = [
            "INSERT INTO Albums VALUE {'pk': 'new'}", ParameterizedStatement(statement: statement),
        ]
        #expect(Self.refusal(region, statements) != nil)
        #expect(Self.reasons(region, statements) == nil)
        #expect(try region.scan("Albums").count == 0)
    }

    @Test func anOversizedInsertRefusesTheRequestWhateverItsKey() throws {
        let region = try Self.region()
        let fill = AttributeValue.string(String(repeating: "x", count: 409_600))
        for key in ["'k'", "1"] {
            let insert = ParameterizedStatement(
                statement: "INSERT INTO Music VALUE {'pk': \(key), 'fill': ?}",
                parameters: [fill]
            )
            #expect(Self.refusal(region, [insert]) == "Item size has exceeded the maximum allowed size")
        }
    }

    /// A2: an update of a transaction has the flat limit, and is told by a reason.
    @Test func anUpdateThatGrowsTooLargeIsAReason() throws {
        let region = try Self.region()
        // "pk", "there", "n", its value and "fill" are fourteen bytes.
        func update(to size: Int) -> ParameterizedStatement {
            ParameterizedStatement(
                statement: "UPDATE Music SET fill = ? WHERE pk = 'there'",
                parameters: [.string(String(repeating: "x", count: size - 14))]
            )
        }
        let text = "Item size to update has exceeded the maximum allowed size"
        #expect(Self.reasons(region, [update(to: 409_601)]) == [.init(code: .validationError, message: text)])
        #expect(Self.refusal(region, [update(to: 409_600)]) == nil)
        #expect(try region.get("Music", ["pk": "there"])?.size == 409_600)
    }

    @Test func oneToAHundredStatementsAndATokenOfOneToThirtySixCharacters() throws {
        let region = try Self.region()
        func inserts(_ count: Int) -> [ParameterizedStatement] {
            (0..<count).map { .init(statement: "INSERT INTO Albums VALUE {'pk': '\($0)'}") }
        }
        #expect(Self.refusal(region, [])?.contains("'transactStatements' failed to satisfy constraint") == true)
        #expect(
            Self.refusal(region, inserts(101))?.contains("Member must have length less than or equal to 100") == true
        )
        #expect(Self.refusal(region, inserts(100)) == nil)
        for token in ["", String(repeating: "t", count: 37)] {
            let text = message { () throws(ServiceError) in try region.executeTransaction(inserts(1), token: token) }
            #expect(text?.contains("'clientRequestToken' failed to satisfy constraint") == true)
        }
    }

    /// K41 and B4: TOTAL is one figure, told a second time as what it is.
    @Test func theSumIsToldWhenOnlyTheSumIsAskedFor() throws {
        let region = try Self.region()
        let request = ExecuteTransactionRequest(
            transactStatements: ["INSERT INTO Music VALUE {'pk': 'new', 'year': 1984}"],
            returnConsumedCapacity: .total
        )
        guard case .executeTransaction(let response) = try region.perform(.executeTransaction(request)) else {
            preconditionFailure("a transaction")
        }
        let capacity = try #require(response.consumedCapacity?.first)
        #expect(capacity.isTotalOnly && capacity.capacityUnits == 3 && capacity.transactionalKind == .write)
    }

    @Test func existsIsAConditionCheck() throws {
        let region = try Self.region()
        let insert: ParameterizedStatement = "INSERT INTO Albums VALUE {'pk': 'new'}"
        let wrong: ParameterizedStatement = "EXISTS(SELECT * FROM Music WHERE pk = 'there' AND n = 2)"
        let right: ParameterizedStatement = "EXISTS(SELECT * FROM Music WHERE pk = 'there' AND n = 1)"
        #expect(Self.reasons(region, [wrong, insert])?.map(\.code) == [.conditionalCheckFailed, .none])
        #expect(try region.scan("Albums").count == 0)
        try region.executeTransaction([right, insert])
        #expect(try region.scan("Albums").count == 1)
        #expect(try region.get("Music", ["pk": "there"]) == ["pk": "there", "n": 1])
    }

    @Test func existsNeedsTheKeyAndOneMoreConditionAndATransaction() throws {
        let region = try Self.region()
        let keyOnly: ParameterizedStatement = "EXISTS(SELECT * FROM Music WHERE pk = 'nobody')"
        #expect(
            Self.refusal(region, [keyOnly])
                == "Validation failed in TransactStatements[0]: EXISTS must have one condition beside the primary key."
        )
        #expect(
            Self.refusal(region, ["EXISTS(SELECT * FROM Music WHERE n = 1)"])
                == "Where clause does not contain a mandatory equality on all key attributes"
        )
        #expect(region.refusal(of: "EXISTS(SELECT * FROM Music WHERE pk = 'there' AND n = 1)") != nil)
    }

    @Test func readsAreAnsweredByPlace() throws {
        let region = try Self.region()
        try region.put("Albums", ["pk": "a", "m": ["x": 1, "y": 2]])
        let response = try region.executeTransaction([
            "SELECT m.y FROM Albums WHERE pk = 'a'", "SELECT * FROM Music WHERE pk = 'nobody'",
            "SELECT * FROM Music WHERE pk = 'there'", "SELECT * FROM Albums WHERE pk = 'b' AND n = 1",
        ])
        #expect(response.responses == [["m": ["y": 2]], nil, ["pk": "there", "n": 1], nil])
        #expect(response.consumedCapacity?.map(\.arms) == [["": 4], ["": 4]])
        #expect(response.consumedCapacity?.allSatisfy { $0.transactionalKind == .read } == true)
    }

    @Test func someFaultsRefuseTheRequestItself() throws {
        let region = try Self.region()
        let place = "Validation failed in TransactStatements[1]: "
        let insert: ParameterizedStatement = "INSERT INTO Music VALUE {'pk': 'new'}"
        let get: ParameterizedStatement = "SELECT * FROM Music WHERE pk = 'there'"
        let mix = "ExecuteTransaction API does not support both read and write operations in the same request."
        #expect(Self.refusal(region, [insert, get]) == mix)
        #expect(
            Self.refusal(region, [get, "EXISTS(SELECT * FROM Albums WHERE pk = 'a' AND n = 1)"]) == mix
        )
        #expect(
            Self.refusal(region, [insert, "UPDATE Music SET n = 2 WHERE pk = 'there' RETURNING ALL NEW *"])
                == place + "RETURNING clause is not supported in ExecuteTransaction."
        )
        #expect(
            Self.refusal(region, [insert, "DELETE FROM Music WHERE pk = 'there' RETURNING ALL OLD *"])
                == place + "RETURNING clause is not supported in ExecuteTransaction."
        )
        #expect(
            Self.refusal(region, [get, "SELECT * FROM Music.ByYear WHERE year = 1"])
                == place + "Reads on indices are not supported within transactions."
        )
        #expect(Self.refusal(region, [get, "SELECT * FROM Music"]) != nil)
        #expect(
            Self.refusal(region, [insert, "DELETE FROM Music WHERE pk = 'new'"])
                == "Transaction request cannot include multiple operations on one item"
        )
        #expect(
            Self.refusal(region, [get, get]) == "Transaction request cannot include multiple operations on one item"
        )
        #expect(Self.refusal(region, []) != nil)
        #expect(try region.scan("Music").count == 1)
    }

    @Test func aTransactionHoldsFourMegabytes() throws {
        let region = try Self.region()
        let fill = AttributeValue.string(String(repeating: "x", count: 400_000))
        func inserts(_ count: Int) -> [ParameterizedStatement] {
            (0..<count).map {
                .init(statement: "INSERT INTO Albums VALUE {'pk': '\($0)', 'fill': ?}", parameters: [fill])
            }
        }
        #expect(
            Self.refusal(region, inserts(11))
                == "Collection size of items exceeded, which can also be caused by the aggregate size of the items in "
                + "the transaction exceeding the 4MB limit"
        )
        #expect(Self.refusal(region, inserts(10)) == nil)
    }

    /// K56.
    @Test func aRepeatedTokenAnswersAgainAndDoesNothing() throws {
        let region = try Self.region()
        let add: [ParameterizedStatement] = ["UPDATE Music SET n = n + 1 WHERE pk = 'there'"]
        let first = try region.executeTransaction(add, token: "t")
        let second = try region.executeTransaction(add, token: "t")
        #expect(first.responses == second.responses)
        #expect(first.consumedCapacity?.map(\.transactionalKind) == [.write])
        #expect(second.consumedCapacity?.map(\.transactionalKind) == [.read])
        #expect(second.consumedCapacity?.map(\.arms) == [["": 2]])
        #expect(try region.get("Music", ["pk": "there"])?["n"] == 2)
        #expect(
            thrown { () throws(ServiceError) in
                try region.executeTransaction(["UPDATE Music SET n = 9 WHERE pk = 'there'"], token: "t")
            } == .idempotentParameterMismatchException
        )
        try region.executeTransaction(add, token: "another")
        #expect(try region.get("Music", ["pk": "there"])?["n"] == 3)
    }
}
