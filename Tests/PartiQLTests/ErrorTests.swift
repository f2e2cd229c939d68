import Model
import PartiQL
import Testing

/// The texts of D4, and that what the dialect leaves out is refused in words.
struct ErrorTests {
    static let malformed = "Statement wasn't well formed, can't be processed: "

    @Test(arguments: [
        ("", "Expected data manipulation"),
        ("CREATE TABLE t", "Expected data manipulation"),
        ("SELECT", "Expected an attribute name at 1:7, found end of statement"),
        ("SELECT *", "Expected FROM at 1:9, found end of statement"),
        ("SELECT * FROM t WHERE", "Expected a value at 1:22, found end of statement"),
        ("SELECT * FROM t WHERE a", "Expected a comparison at 1:24, found end of statement"),
        ("SELECT * FROM t WHERE a = 'x", "Unexpected end of statement, quote at 1:27 is not closed"),
        ("SELECT * FROM t\nWHERE a == 1", "Expected a value at 2:10, found '='"),
        ("SELECT * FROM t WHERE (a = 1", "Expected ')' at 1:29, found end of statement"),
        ("SELECT * FROM t x", "Unexpected 'x' at 1:17"),
        ("SELECT * FROM t, u", "Unexpected ',' at 1:16"),
        ("SELECT * FROM t AS x", "Unexpected keyword AS at 1:17; aliases are not supported"),
        ("SELECT a AS b FROM t", "Expected FROM at 1:10, found keyword AS"),
        ("SELECT * FROM t LIMIT 5", "Unexpected keyword LIMIT at 1:17; pass the Limit parameter instead"),
        ("SELECT * FROM t GROUP BY a", "Unexpected keyword GROUP at 1:17; grouping is not supported"),
        ("SELECT * FROM t HAVING a = 1", "Unexpected keyword HAVING at 1:17; grouping is not supported"),
        ("SELECT * FROM t JOIN u", "Unexpected keyword JOIN at 1:17; a statement reads one table"),
        ("SELECT DISTINCT a FROM t", "Unexpected keyword DISTINCT at 1:8; DISTINCT is not supported"),
        ("SELECT date FROM t", "Unexpected keyword date at 1:8; as a name write \"date\""),
        ("SELECT * FROM t WHERE a LIKE 'x%'", "Unexpected keyword LIKE at 1:25; use begins_with or contains"),
        ("SELECT * FROM t WHERE a * 2 = 4", "Unexpected '*' at 1:25"),
        ("SELECT * FROM t WHERE a / 2 = 4", "Unexpected '/' at 1:25"),
        (
            "SELECT * FROM t WHERE a IN (SELECT b FROM u)",
            "Unexpected keyword SELECT at 1:29; a SELECT may stand inside EXISTS only"
        ),
        ("SELECT * FROM t WHERE a IN []", "Expected a value at 1:29, found ']'"),
        ("SELECT * FROM t WHERE attribute_exists(a)", "Unexpected function attribute_exists at 1:23"),
        ("SELECT * FROM t WHERE foo(a) = 1", "Unexpected function foo at 1:23"),
        ("SELECT * FROM t WHERE a IS 5", "Expected MISSING or NULL at 1:28, found '5'"),
        ("SELECT * FROM t WHERE a.b[x] = 1", "Expected a list index at 1:27, found 'x'"),
        ("INSERT INTO t VALUES ({'a': 1})", "Unexpected keyword VALUES at 1:15; INSERT takes one item after VALUE"),
        ("INSERT INTO t VALUE {'a': 1}, {'a': 2}", "Unexpected ',' at 1:29"),
        (
            "INSERT INTO t VALUE {'a': 1} ON CONFLICT DO NOTHING",
            "Unexpected keyword ON at 1:30; INSERT never replaces an item"
        ),
        ("INSERT INTO t VALUE [1]", "Expected an item '{…}' at 1:21, found '['"),
        ("INSERT INTO t VALUE {a: 1}", "Expected an attribute name in single quotes at 1:22, found 'a'"),
        ("INSERT INTO t VALUE {'a': 1, 'a': 2}", "Unexpected second value for 'a' at 1:30"),
        ("INSERT INTO t VALUE {'a': <<>>}", "Unexpected empty set at 1:29"),
        ("INSERT INTO t VALUE {'a': <<1, 'x'>>}", "Unexpected mixture of strings and numbers in a set"),
        ("INSERT INTO t VALUE {'a': <<?>>}", "Unexpected parameter in a set at 1:29"),
        ("INSERT INTO t VALUE {'a': <<true>>}", "Expected a string or a number at 1:29, found keyword true"),
        ("INSERT INTO t VALUE {'a': b}", "Expected a value at 1:27, found 'b'"),
        ("UPDATE t WHERE pk = 'k'", "Expected SET or REMOVE at 1:10, found keyword WHERE"),
        ("UPDATE t SET a 1 WHERE pk = 'k'", "Expected '=' at 1:16, found '1'"),
        (
            "UPDATE t SET a = 1 WHERE pk = 'k' RETURNING EVERYTHING",
            "Malformed RETURNING clause; expected RETURNING <ALL|MODIFIED> <OLD|NEW> *"
        ),
        (
            "UPDATE t SET a = 1 WHERE pk = 'k' RETURNING ALL OLD",
            "Malformed RETURNING clause; expected RETURNING <ALL|MODIFIED> <OLD|NEW> *"
        ),
        ("DELETE t WHERE pk = 'k'", "Expected FROM at 1:8, found 't'"),
        ("EXISTS(DELETE FROM t)", "Expected SELECT at 1:8, found keyword DELETE"),
        ("SELECT * FROM wörter", "Unexpected 'ö' at 1:16"),
    ])
    func malformedStatements(text: String, detail: String) {
        #expect(message { try PartiQLStatement.parse(text) } == ErrorTests.malformed + detail)
    }

    @Test(arguments: [
        ("SELECT COUNT(*) FROM t", "Unexpected path component at 1:8:5"),
        ("SELECT a,\n  SUM(b) FROM t", "Unexpected path component at 2:3:3"),
        ("SELECT * FROM \"a\".\"b\".\"c\"", "A path may contain at most 2 components in the FROM clause"),
        ("SELECT * FROM \"\"", "Path component cannot be an empty string"),
        ("SELECT a.\"\" FROM t", "Path component cannot be an empty string"),
        (
            "DELETE FROM t WHERE pk = 'k' RETURNING MODIFIED NEW *",
            "Invalid returning clause: RETURNING MODIFIED NEW *. "
                + "Only RETURNING ALL OLD * is allowed in DELETE statements."
        ),
        (
            "SELECT * FROM t WHERE a = 1e999",
            "Number overflow. Attempting to store a number with magnitude larger than supported range"
        ),
    ])
    func otherTexts(text: String, expected: String) {
        #expect(message { try PartiQLStatement.parse(text) } == expected)
    }

    /// In the words the service has for sets that come as JSON.
    @Test func aSetHoldsNoMemberTwice() {
        let strings = "One or more parameter values were invalid: Input collection [a, b, a] contains duplicates."
        #expect(message { try PartiQLStatement.parse("UPDATE t SET s = <<'a', 'b', 'a'>>") } == strings)
        let numbers = "Input collection contains duplicates"
        #expect(message { try PartiQLStatement.parse("SELECT * FROM t WHERE s = <<1, 2, 1.0>>") } == numbers)
        #expect(message { try PartiQLStatement.parse("INSERT INTO t VALUE {'s': <<'e\u{301}', '\u{E9}'>>}") } == nil)
    }

    @Test(arguments: [
        ("SELECT * FROM t WHERE s = <<1, 1>> AND a = 1", "<<1, 1>>"), ("SELECT * FROM t WHERE a = = 1", "="),
        ("SELECT * FROM t WHERE größe = 1", "ö"),
        ("SELECT COUNT(*) FROM t", "COUNT"),
        ("SELECT * FROM t LIMIT 5", "LIMIT"), ("SELECT * FROM t WHERE a =", ""), ("SELECT * FROM a.b.c", "a.b.c"),
        ("UPDATE t SET a = 1 RETURNING ALL OLD", "RETURNING ALL OLD"), ("SELECT * FROM t WHERE a = 'x", "'x"),
    ])
    func rangesPointAtTheCulprit(text: String, culprit: String) throws {
        do throws(PartiQLError) {
            _ = try PartiQLStatement.parse(text)
            Issue.record("it parsed")
        } catch {
            #expect(String(decoding: Array(text.utf8)[error.range], as: UTF8.self) == culprit)
            #expect(error.serviceError == .validationException(error.message))
        }
    }

    @Test(arguments: [
        ("a < [1]", "operator: <, operand type: L"), ("TRUE >= a", "operator: >=, operand type: BOOL"),
        ("a BETWEEN 1 AND NULL", "operator: BETWEEN, operand type: NULL"),
        ("NOT (a = 1 OR begins_with(a, 5))", "operator or function: begins_with, operand type: N"),
        ("attribute_type(a, 5)", "operator or function: attribute_type, operand type: N"),
    ])
    func operandTypes(condition: String, expected: String) {
        #expect(
            message { try Samples.condition(condition) }
                == "Incorrect operand type for operator or function; \(expected)"
        )
    }

    @Test func operandsAreCheckedOnceBound() {
        #expect(
            message { try Samples.condition("a < ?", [.null]) }
                == "Incorrect operand type for operator or function; operator: <, operand type: NULL"
        )
        #expect(
            message { try Samples.condition("attribute_type(a, ?)", ["Q"]) }
                == "Invalid attribute type name found; type: Q, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"
        )
        let many = Array(repeating: "1", count: 101).joined(separator: ",")
        #expect(
            message { try Samples.condition("a IN [\(many)]") }
                == "The IN operator is provided with too many operands; number of operands: 101"
        )
    }

    @Test(arguments: ["(", "NOT (", "[", "{'a':", "list_append(", "a-"])
    func deepNestingStopsWithAnError(opening: String) {
        let deep = String(repeating: opening, count: 8_000 / opening.utf8.count)
        #expect(message { try PartiQLStatement.parse("SELECT * FROM t WHERE \(deep)") } != nil)
        #expect(message { try PartiQLStatement.parse("UPDATE t SET a = \(deep)") } != nil)
    }
}
