import Expressions
import Model
import Testing

/// Messages of C5 that concern conditions, without their prefix.
struct ConditionErrorTests {
    @Test(arguments: [
        ("", "The expression can not be empty;"),
        ("word", "Syntax error; token: \"<EOF>\", near: \"word\""),
        ("word = = :one", "Syntax error; token: \"=\", near: \"= = :one\""),
        ("word = :one num = :one", "Syntax error; token: \"num\", near: \":one num =\""),
        ("word = 5", "Syntax error; token: \"5\", near: \"= 5\""),
        ("word = 'x'", "Syntax error; token: \"'\", near: \"= 'x\""),
        ("first-name = :one", "Syntax error; token: \"-\", near: \"first-name\""),
        ("(word = :one", "Syntax error; token: \"<EOF>\", near: \":one\""),
        ("word = :one)", "Syntax error; token: \")\", near: \":one)\""),
        ("word AND num = :one", "Syntax error; token: \"AND\", near: \"word AND num\""),
        ("num = :one AND (word)", "Syntax error; token: \"<EOF>\", near: \")\""),
        ("(num = :one) = :one", "Syntax error; token: \"=\", near: \") = :one\""),
        ("num = (num = :one)", "Syntax error; token: \"=\", near: \"num = :one\""),
        ("num IN ()", "Syntax error; token: \")\", near: \"()\""),
        ("num IN :one", "Syntax error; token: \":one\", near: \"IN :one\""),
        ("num BETWEEN :one", "Syntax error; token: \"<EOF>\", near: \":one\""),
        ("size() = :one", "Syntax error; token: \")\", near: \"() =\""),
        ("doc.0 = :one", "Syntax error; token: \"0\", near: \".0 =\""),
        ("goods[x] = :one", "Syntax error; token: \"x\", near: \"[x]\""),
        ("# = :one", "Syntax error; token: \"#\", near: \"# =\""),
        ("word = :one ; num", "Syntax error; token: \";\", near: \":one ; num\""),
        ("wörd = :one", "Syntax error; token: \"ö\", near: \"wörd\""),
        ("goods[99999999999] = :one", "List index is not within the allowable range; index: [99999999999]"),
    ])
    func syntax(text: String, expected: String) {
        #expect(
            message { () throws(ServiceError) in try Samples.condition(text) }
                == "Invalid ConditionExpression: \(expected)"
        )
    }

    @Test(arguments: [
        ("((word = :one))", "The expression has redundant parentheses;"),
        ("((word)) = :one", "The expression has redundant parentheses;"),
        ("foo(word)", "Invalid function name; function: foo"),
        ("SIZE(word) = :one", "Invalid function name; function: SIZE"),
        ("size(word)", "The function is not allowed to be used this way in an expression; function: size"),
        (
            "attribute_exists(word) = :one",
            "The function is not allowed to be used this way in an expression; function: attribute_exists"
        ),
        (
            "contains(contains(word, :a), :a)",
            "The function is not allowed to be used this way in an expression; function: contains"
        ),
        (
            "if_not_exists(word, :a) = :one",
            "The function is not allowed in a condition expression; function: if_not_exists"
        ),
        ("count = :one", "Attribute name is a reserved keyword; reserved keyword: count"),
        ("doc.Count = :one", "Attribute name is a reserved keyword; reserved keyword: Count"),
        ("set = :one", "Attribute name is a reserved keyword; reserved keyword: set"),
        (
            "#gone = :one",
            "An expression attribute name used in the document path is not defined; attribute name: #gone"
        ),
        ("word = :gone", "An expression attribute value used in expression is not defined; attribute value: :gone"),
    ])
    func firstChecks(text: String, expected: String) {
        #expect(
            message { () throws(ServiceError) in try Samples.condition(text) }
                == "Invalid ConditionExpression: \(expected)"
        )
    }

    @Test(arguments: [
        ("attribute_exists(word, num)", "attribute_exists", 2), ("attribute_type(word)", "attribute_type", 1),
        ("begins_with(word)", "begins_with", 1), ("contains(word, :a, :a)", "contains", 3),
        ("size(word, num) = :one", "size", 2),
    ])
    func operandCounts(text: String, function: String, count: Int) {
        #expect(
            message { () throws(ServiceError) in try Samples.condition(text) }
                == "Invalid ConditionExpression: Incorrect number of operands for operator or function; "
                + "operator or function: \(function), number of operands: \(count)"
        )
    }

    @Test(arguments: [
        ("word = word", "=", "[word]"), ("doc.title <> doc.title", "<>", "[doc, title]"), ("num < num", "<", "[num]"),
        ("contains(goods[0], goods[0])", "contains", "[goods, [0]]"),
        ("begins_with(word, #w)", "begins_with", "[word]"),
        ("num BETWEEN num AND :five", "BETWEEN", "[num]"), ("num IN (:one, num)", "IN", "[num]"),
    ])
    func sameOperandTwice(text: String, name: String, path: String) {
        #expect(
            message { () throws(ServiceError) in try Samples.condition(text) }
                == "Invalid ConditionExpression: The first operand must be distinct from the remaining operands "
                + "for this operator or function; operator: \(name), first operand: \(path)"
        )
    }

    @Test(arguments: [
        ("word < :list", "operator: <, operand type: L"), (":null >= word", "operator: >=, operand type: NULL"),
        ("word BETWEEN :yes AND :yes", "operator: BETWEEN, operand type: BOOL"),
        ("begins_with(word, :five)", "operator or function: begins_with, operand type: N"),
        ("begins_with(:list, word)", "operator or function: begins_with, operand type: L"),
        ("contains(:five, word)", "operator or function: contains, operand type: N"),
        ("contains(:map, word)", "operator or function: contains, operand type: M"),
        ("size(:five) = num", "operator or function: size, operand type: N"),
        ("size(:yes) = num", "operator or function: size, operand type: BOOL"),
        ("size(:null) = num", "operator or function: size, operand type: NULL"),
        ("size(size(word)) = num", "operator or function: size, operand type: N"),
        ("attribute_type(word, :five)", "operator or function: attribute_type, operand type: N"),
    ])
    func operandTypes(text: String, expected: String) {
        #expect(
            message { () throws(ServiceError) in try Samples.condition(text) }
                == "Invalid ConditionExpression: Incorrect operand type for operator or function; \(expected)"
        )
    }

    @Test(arguments: [
        (
            "attribute_exists(:one)",
            "Operator or function requires a document path; operator or function: attribute_exists"
        ),
        (
            "attribute_not_exists(size(word))",
            "Operator or function requires a document path; operator or function: attribute_not_exists"
        ),
        (
            "attribute_type(word, :Q)",
            "Invalid attribute type name found; type: Q, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"
        ),
        (
            "num BETWEEN :five AND :one",
            "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
                + "lower bound operand: AttributeValue: {N:5}, upper bound operand: AttributeValue: {N:1}"
        ),
        (
            "num BETWEEN :five AND :a",
            "The BETWEEN operator requires same data type for lower and upper bounds; "
                + "lower bound operand: AttributeValue: {N:5}, upper bound operand: AttributeValue: {S:a}"
        ),
        (
            "bin BETWEEN :bin AND :bin1",
            "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
                + "lower bound operand: AttributeValue: {B:AQID}, upper bound operand: AttributeValue: {B:AQ==}"
        ),
    ])
    func otherOperandChecks(text: String, expected: String) {
        #expect(
            message { () throws(ServiceError) in try Samples.condition(text) }
                == "Invalid ConditionExpression: \(expected)"
        )
    }

    /// Each text makes the mistake of its row and all those below; the order is that of C4.
    @Test(arguments: [
        ("= ((word = word)) AND foo(size(word)) AND count = #gone", "Syntax error"),
        ("((foo(word))) AND size(word) AND count = #gone", "The expression has redundant"),
        ("size(word) AND foo(word) AND count = #gone", "Invalid function name"),
        ("count = #gone AND size(word)", "The function is not allowed"),
        ("word = #gone AND count = :five", "Attribute name is a reserved"),
        ("attribute_exists(word, num) AND word = :gone", "An expression attribute value"),
        ("word = word AND attribute_exists(word, num)", "Incorrect number"),
        ("begins_with(word, :five) AND word = word", "The first operand"),
        ("begins_with(word, :five) AND num BETWEEN :five AND :one", "Incorrect operand type"),
    ])
    func theServiceReportsTheseFirst(text: String, beginning: String) throws {
        let text = try #require(message { () throws(ServiceError) in try Samples.condition(text) })
        #expect(text.hasPrefix("Invalid ConditionExpression: \(beginning)"), "\(text)")
    }

    @Test func filtersNameTheirOwnParameter() {
        var binder = Samples.binder()
        #expect(
            message { () throws(ServiceError) in try binder.condition("list_append(word, num) = num", in: .filter) }
                == "Invalid FilterExpression: The function is not allowed in a filter expression; function: list_append"
        )
    }

    @Test func limits() {
        func conjunction(_ count: Int) -> String {
            // One comparator each, and an AND between two.
            Array(repeating: "a1=:one", count: count).joined(separator: " AND ")
        }
        #expect(message { () throws(ServiceError) in try Samples.condition(conjunction(150)) } == nil)
        #expect(
            message { () throws(ServiceError) in try Samples.condition(conjunction(151)) }
                == "Invalid ConditionExpression: The expression contains too many operators; operator count: 301"
        )
        let long = "word = :one" + String(repeating: " ", count: 4_086)
        #expect(
            message { () throws(ServiceError) in try Samples.condition(long) }
                == "Invalid ConditionExpression: Expression size has exceeded the maximum allowed size; "
                + "expression size: 4097"
        )
        #expect(message { () throws(ServiceError) in try Samples.condition(String(long.dropLast())) } == nil)
        func membership(_ count: Int) -> String {
            "num IN (\(Array(repeating: ":one", count: count).joined(separator: ",")))"
        }
        #expect(message { () throws(ServiceError) in try Samples.condition(membership(100)) } == nil)
        #expect(
            message { () throws(ServiceError) in try Samples.condition(membership(101)) }
                == "Invalid ConditionExpression: The IN operator is provided with too many operands; "
                + "number of operands: 101"
        )
    }

    @Test(arguments: ["(", "NOT ", "NOT (", "size("])
    func deepNestingStopsWithAnError(opening: String) {
        let text = String(repeating: opening, count: 4_000 / opening.utf8.count) + "word = :one"
        #expect(message { () throws(ServiceError) in try Samples.condition(text) } != nil)
    }
}
