import Expressions
import Model
import Testing

@testable import PartiQL

/// D2: which WHERE clauses are gets, queries and scans.
struct KeyAccessTests {
    struct Sample: Sendable {
        let condition: String
        let schema: KeySchema
        let kind: KeyAccess.Kind
        let conditions: [ResolvedKeyCondition]
        /// What remains as a filter, as a WHERE clause.
        let filter: String?

        init(
            _ condition: String,
            _ kind: KeyAccess.Kind,
            _ conditions: [ResolvedKeyCondition],
            filter: String? = nil,
            on schema: KeySchema = Samples.table
        ) {
            self.condition = condition
            self.schema = schema
            self.kind = kind
            self.conditions = conditions
            self.filter = filter
        }
    }

    private static func key(_ hash: AttributeValue, _ range: RangeCondition? = nil) -> ResolvedKeyCondition {
        ResolvedKeyCondition(hashValues: [hash], rangeCondition: range)
    }

    @Test(arguments: [
        Sample("pk = 'a' AND sk = 's'", .get, [key("a", .equal("s"))]),
        Sample(
            "('s' = sk) AND num > 1 AND (pk = 'a' AND word = 'x')",
            .get,
            [key("a", .equal("s"))],
            filter: "num > 1 AND word = 'x'"
        ),
        Sample("pk = 'a'", .get, [key("a")], on: Samples.simple),
        Sample("pk = 'a'", .query, [key("a")]),
        Sample("pk = 'a' AND sk > 's'", .query, [key("a", .greater("s"))]),
        Sample("pk = 'a' AND 's' >= sk", .query, [key("a", .lessOrEqual("s"))]),
        Sample("pk = 'a' AND sk BETWEEN 'b' AND 'c'", .query, [key("a", .between("b", "c"))]),
        Sample("pk = 'a' AND begins_with(sk, 'b')", .query, [key("a", .beginsWith("b"))]),
        Sample("pk = 'a' AND sk > 'b' AND sk < 'd'", .query, [key("a", .greater("b"))], filter: "sk < 'd'"),
        Sample("pk = 'a' AND sk > 'b' AND sk = 'd'", .get, [key("a", .equal("d"))], filter: "sk > 'b'"),
        Sample("pk = 'a' AND sk <> 'b'", .query, [key("a")], filter: "sk <> 'b'"),
        Sample("pk = 'a' AND sk IN ['b', 'c']", .query, [key("a")], filter: "sk IN ['b', 'c']"),
        Sample("pk = 'a' AND pk = 'b'", .query, [key("a")], filter: "pk = 'b'"),
        Sample("pk IN ['b', 'a', 'b']", .query, [key("b"), key("a")]),
        Sample(
            "pk IN ('b', 'a') AND sk = 's' AND num = 1",
            .query,
            [key("b", .equal("s")), key("a", .equal("s"))],
            filter: "num = 1"
        ),
        Sample("pk = 'a' OR pk = 'b' OR (pk IN ['c', 'a'])", .query, [key("a"), key("b"), key("c")]),
        Sample("(pk = 'a' OR 'b' = pk) AND sk < 'x'", .query, [key("a", .less("x")), key("b", .less("x"))]),
        Sample("pk IN ['a']", .get, [key("a")], on: Samples.simple),
        Sample(
            "h1 = 'a' AND h2 = 1 AND r1 = 'r' AND r2 > 2 AND num = 1",
            .query,
            [ResolvedKeyCondition(hashValues: ["a", 1], rangeEqualities: ["r"], rangeCondition: .greater(2))],
            filter: "num = 1",
            on: Samples.wide
        ),
        Sample(
            "h1 IN ['a', 'b'] AND h2 = 1 AND r2 = 2",
            .query,
            [ResolvedKeyCondition(hashValues: ["a", 1]), ResolvedKeyCondition(hashValues: ["b", 1])],
            filter: "r2 = 2",
            on: Samples.wide
        ),
    ])
    func reachesByKey(sample: Sample) throws {
        let select = try Samples.select("SELECT * FROM t WHERE \(sample.condition)")
        let access = try select.keyAccess(for: sample.schema)
        #expect(access.kind == sample.kind)
        #expect(access.conditions == sample.conditions)
        #expect(try access.filter == sample.filter.map { try Samples.condition($0) })
        #expect(access.isForward)
    }

    @Test(arguments: [
        "num = 1", "sk = 's'", "pk > 'a'", "pk <> 'a'", "NOT pk = 'a'", "pk = 'a' OR num = 1", "begins_with(pk, 'a')",
        "pk = word", "pk IN ['a', word]", "pk.x = 'a'", "pk BETWEEN 'a' AND 'a'",
        "(pk = 'a' AND sk = 's') OR (pk = 'b' AND sk = 's')",
    ])
    func scansOtherwise(condition: String) throws {
        let access = try Samples.select("SELECT * FROM t WHERE \(condition)").keyAccess(for: Samples.table)
        #expect(access.kind == .scan)
        #expect(access.conditions.isEmpty)
        #expect(try access.filter == Samples.condition(condition))
    }

    @Test func noWhereIsAScan() throws {
        let access = try Samples.select("SELECT * FROM t").keyAccess(for: Samples.table)
        #expect(access == KeyAccess(kind: .scan, conditions: [], filter: nil, isForward: true))
        #expect(try Samples.select("SELECT * FROM t WHERE h1 = 'a'").keyAccess(for: Samples.wide).kind == .scan)
    }

    @Test func orderNeedsThePartitionKey() throws {
        func access(_ rest: String) throws -> KeyAccess {
            try Samples.select("SELECT * FROM t \(rest)").keyAccess(for: Samples.table)
        }
        #expect(try access("WHERE pk = 'a' ORDER BY sk").isForward)
        #expect(try !access("WHERE pk = 'a' ORDER BY sk DESC").isForward)
        #expect(try access("WHERE pk = 'a' ORDER BY pk DESC").isForward)
        let parallel = try access("WHERE pk IN ['a', 'c', 'b'] ORDER BY pk DESC, sk ASC")
        #expect(parallel.isForward)
        #expect(parallel.conditions.map(\.hashValues) == [["c"], ["b"], ["a"]])
        #expect(
            message { try access("ORDER BY sk") }
                == "Must have WHERE clause in the statement when using ORDER BY clause."
        )
        #expect(
            message { try access("WHERE num = 1 ORDER BY sk") }
                == "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause."
        )
        #expect(
            message { try access("WHERE pk = 'a' ORDER BY num") }
                == "Variable reference num in ORDER BY clause must be part of the primary key"
        )
    }

    @Test(arguments: ["pk = 1", "pk IN ['a', 1]", "pk = 'a' AND sk > 1", "pk = 'a' AND sk = 1"])
    func keysHaveTypes(condition: String) throws {
        let select = try Samples.select("SELECT * FROM t WHERE \(condition)")
        #expect(
            message { try select.keyAccess(for: Samples.table) }
                == "One or more parameter values were invalid: Condition parameter type does not match schema type"
        )
    }

    @Test func fiftyPartitionKeyValues() throws {
        func access(_ count: Int) throws -> KeyAccess {
            let values = (0..<count).map { "'\($0)'" }.joined(separator: ", ")
            return try Samples.select("SELECT * FROM t WHERE pk IN [\(values)]").keyAccess(for: Samples.table)
        }
        #expect(try access(50).conditions.count == 50)
        #expect(
            message { try access(51) }
                == "The IN operator is provided with too many operands; number of operands: 51"
        )
    }

    @Test func writesFixTheWholeKey() throws {
        func target(_ condition: String) throws -> StatementTarget {
            guard case .delete(let delete) = try Samples.statement("DELETE FROM t \(condition)") else {
                throw Samples.Unexpected()
            }
            return try delete.target(for: Samples.table)
        }
        let whole = try target("WHERE num > 1 AND sk = 's' AND pk = 'a'")
        #expect(whole.key == ["pk": "a", "sk": "s"])
        #expect(try whole.condition == Samples.condition("num > 1"))
        #expect(try target("WHERE sk = 's' AND pk = 'a'").condition == nil)
        for condition in [
            "", "WHERE pk = 'a'", "WHERE pk = 'a' AND sk > 's'", "WHERE pk = 'a' OR sk = 's'",
            "WHERE pk IN ['a'] AND sk = 's'",
        ] {
            #expect(
                message { try target(condition) }
                    == "Where clause does not contain a mandatory equality on all key attributes"
            )
        }
    }
}
