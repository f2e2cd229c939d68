import Expressions
import Model
import Testing

/// The rows of C2 and B3 that speak of updates.
struct UpdateTests {
    struct Sample: Sendable {
        let text: String
        let before: Item
        let after: Item

        init(_ text: String, _ before: Item, _ after: Item) {
            self.text = text
            self.before = before
            self.after = after
        }
    }

    @Test(arguments: [
        Sample("SET a = :one", [:], ["a": 1]),
        Sample("SET a = :one", ["a": "x", "b": 2], ["a": 1, "b": 2]),
        Sample("set a=:one remove b Add c :two DELETE d :newWords", ["b": 1], ["a": 1, "c": 2]),
        // Right-hand sides read the item as it was.
        Sample("SET a = b, b = a", ["a": 1, "b": 2], ["a": 2, "b": 1]),
        Sample("SET a = a + :one, b = a REMOVE c", ["a": 1, "c": 3], ["a": 2, "b": 1]),
        Sample("SET a = :five - a", ["a": 2], ["a": 3]),
        Sample("SET a = (a - :one)", ["a": 2], ["a": 1]),
        Sample("SET a = (a + :one) - (b + :one)", ["a": 2, "b": 1], ["a": 1, "b": 1]),
        Sample("SET a = if_not_exists(a, :five)", ["a": 2], ["a": 2]),
        Sample("SET a = if_not_exists(a, :five) + :one", [:], ["a": 6]),
        Sample("SET a = if_not_exists(b.c, if_not_exists(d, :one))", ["d": 4], ["a": 4, "d": 4]),
        Sample("SET a = list_append(a, :list)", ["a": ["x"]], ["a": ["x", 1]]),
        Sample("SET a = list_append(:list, a)", ["a": ["x"]], ["a": [1, "x"]]),
        Sample("SET a = list_append(if_not_exists(a, :list), :list)", [:], ["a": [1, 1]]),
        Sample("SET doc.kid.x = :one", ["doc": ["kid": ["y": 2]]], ["doc": ["kid": ["x": 1, "y": 2]]]),
        Sample("SET doc.#count = doc.y", ["doc": ["y": 2]], ["doc": ["count": 2, "y": 2]]),
        Sample("SET #dot = :one", [:], ["a.b": 1]),
    ])
    func set(sample: Sample) throws {
        #expect(try Samples.update(sample.text).apply(to: sample.before) == sample.after)
    }

    @Test(arguments: [
        Sample("SET l[0] = :five", ["l": [1, 2]], ["l": [5, 2]]),
        Sample("SET l[99] = :five", ["l": [1, 2]], ["l": [1, 2, 5]]),
        // Appends happen in the order of their positions.
        Sample("SET l[9] = :five, l[4] = :three, l[0] = :zero", ["l": [1]], ["l": [0, 3, 5]]),
        Sample("SET l[1] = l[0]", ["l": [7]], ["l": [7, 7]]),
        Sample("SET l[0].x = :one, l[1][0] = :two", ["l": [[:], []]], ["l": [["x": 1], [2]]]),
        // Removals use the positions before the update.
        Sample("REMOVE l[0], l[2]", ["l": [1, 2, 3, 4]], ["l": [2, 4]]),
        Sample("REMOVE l[2], l[1], l[0]", ["l": [1, 2, 3]], ["l": []]),
        Sample("REMOVE l[1] SET l[2] = :five", ["l": [1, 2, 3]], ["l": [1, 5]]),
        Sample("REMOVE l[0] SET l[9] = :five", ["l": [1, 2]], ["l": [2, 5]]),
        Sample("REMOVE l[3] SET l[9] = :five", ["l": [1, 2, 3]], ["l": [1, 2, 3, 5]]),
        Sample("REMOVE l[0], l[1].x", ["l": [1, ["x": 2, "y": 3]]], ["l": [["y": 3]]]),
        Sample("REMOVE l[5], m.x, word, l[0].x", ["l": [1]], ["l": [1]]),
        Sample("REMOVE m.x, m.y.z", ["m": ["x": 1, "y": ["z": 2]]], ["m": ["y": [:]]]),
        Sample("REMOVE a, b", ["a": 1, "b": 2, "c": 3], ["c": 3]),
    ])
    func listsAndRemovals(sample: Sample) throws {
        #expect(try Samples.update(sample.text).apply(to: sample.before) == sample.after)
    }

    @Test(arguments: [
        Sample("ADD a :five", [:], ["a": 5]),
        Sample("ADD a :five", ["a": 1], ["a": 6]),
        Sample("ADD a :words", [:], ["a": .stringSet(["a", "b"])]),
        Sample("ADD a :newWords", ["a": .stringSet(["a", "b"])], ["a": .stringSet(["a", "b", "c"])]),
        Sample("ADD a :nums", ["a": .numberSet([1, 9])], ["a": .numberSet([1, 9, decimal("2.5")])]),
        Sample("ADD doc.x :five, l[0] :one, l[7] :two", ["doc": [:], "l": [1]], ["doc": ["x": 5], "l": [2, 2]]),
        Sample("DELETE a :newWords", ["a": .stringSet(["a", "b"])], ["a": .stringSet(["a"])]),
        // The last member takes the attribute with it.
        Sample("DELETE a :words", ["a": .stringSet(["a", "b"])], [:]),
        Sample("DELETE a :nums", ["a": .numberSet([7])], ["a": .numberSet([7])]),
        Sample("DELETE a :words, doc.b :words, l[0] :words", [:], [:]),
        Sample(
            "DELETE doc.b :words, l[0] :words",
            ["doc": ["b": .stringSet(["a"]), "c": 1], "l": [.stringSet(["b"]), 2]],
            ["doc": ["c": 1], "l": [2]]
        ),
    ])
    func addAndDelete(sample: Sample) throws {
        #expect(try Samples.update(sample.text).apply(to: sample.before) == sample.after)
    }

    @Test func binarySets() throws {
        var binder = ExpressionBinder(
            ExpressionAttributes(values: [":v": .binarySet([[1], [9]])]),
            cache: ExpressionCache()
        )
        let item: Item = ["a": .binarySet([[1], [2]])]
        #expect(try binder.update("ADD a :v").apply(to: item) == ["a": .binarySet([[1], [2], [9]])])
        #expect(try binder.update("DELETE a :v").apply(to: item) == ["a": .binarySet([[2]])])
    }

    static let invalidPath = "The document path provided in the update expression is invalid for update"
    static let missing = "The provided expression refers to an attribute that does not exist in the item"
    static let wrongType = "An operand in the update expression has an incorrect data type"

    @Test(arguments: [
        ("SET gone.x = :one", invalidPath), ("SET word.x = :one", invalidPath), ("SET doc[0] = :one", invalidPath),
        ("SET goods.x = :one", invalidPath), ("SET goods[9].x = :one", invalidPath),
        ("SET doc.gone.x = :one", invalidPath),
        ("ADD gone.x :one", invalidPath),
        ("SET a = gone", missing), ("SET a = gone + :one", missing), ("SET a = word.x", missing),
        ("SET a = list_append(gone, :list)", missing), ("SET a = goods[9]", missing),
        ("SET a = word + :one", wrongType), ("SET a = :one - goods", wrongType),
        ("SET a = list_append(word, :list)", wrongType), ("SET a = if_not_exists(word, :one) + :one", wrongType),
        ("ADD word :one", wrongType), ("ADD num :words", wrongType), ("ADD words :nums", wrongType),
        ("ADD goods :one", wrongType), ("DELETE num :words", wrongType), ("DELETE nums :words", wrongType),
        (
            "SET a = :huge + :huge",
            "Number overflow. Attempting to store a number with magnitude larger than supported range"
        ),
        ("ADD num :tiny", "Attempting to store more than 38 significant digits in a Number"),
    ])
    func runtimeErrors(text: String, expected: String) throws {
        let update = try Samples.update(text)
        #expect(message { () throws(ServiceError) in try update.apply(to: Samples.item) } == expected)
    }

    @Test(arguments: [
        ("", "The expression can not be empty;"),
        ("a = :one", "Syntax error; token: \"a\", near: \"a =\""),
        ("SET", "Syntax error; token: \"<EOF>\", near: \"SET\""),
        ("SET a", "Syntax error; token: \"<EOF>\", near: \"a\""),
        ("SET a = :one + :one + :one", "Syntax error; token: \"+\", near: \":one + :one\""),
        ("SET a = :one, REMOVE b", "Syntax error; token: \"REMOVE\", near: \", REMOVE b\""),
        ("SET a = 1", "Syntax error; token: \"1\", near: \"= 1\""),
        ("ADD a b", "Syntax error; token: \"b\", near: \"a b\""),
        ("ADD a = :one", "Syntax error; token: \"=\", near: \"a = :one\""),
        ("REMOVE a b", "Syntax error; token: \"b\", near: \"a b\""),
        ("SET a = :one * :two", "Syntax error; token: \"*\", near: \":one * :two\""),
        ("SET a = ((:one))", "The expression has redundant parentheses;"),
        ("SET count = :one", "Attribute name is a reserved keyword; reserved keyword: count"),
        ("SET a = foo(:one)", "Invalid function name; function: foo"),
        ("SET a = size(word)", "The function is not allowed in an update expression; function: size"),
        ("SET a = :one SET b = :one", "The \"SET\" section can only be used once in an update expression;"),
        ("remove a remove b", "The \"REMOVE\" section can only be used once in an update expression;"),
        (
            "SET a = #gone",
            "An expression attribute name used in the document path is not defined; attribute name: #gone"
        ),
        ("ADD a :gone", "An expression attribute value used in expression is not defined; attribute value: :gone"),
        (
            "SET a = :one REMOVE a",
            "Two document paths overlap with each other; must remove or rewrite one of these paths; "
                + "path one: [a], path two: [a]"
        ),
        (
            "SET a.b = :one ADD a :one",
            "Two document paths overlap with each other; must remove or rewrite one of these paths; "
                + "path one: [a, b], path two: [a]"
        ),
        (
            "SET a[0] = :one, a.b = :one",
            "Two document paths conflict with each other; must remove or rewrite one of these paths; "
                + "path one: [a, [0]], path two: [a, b]"
        ),
        ("ADD a :hello", "Incorrect operand type for operator or function; operator: ADD, operand type: STRING"),
        ("ADD a :list", "Incorrect operand type for operator or function; operator: ADD, operand type: LIST"),
        ("ADD a :bin", "Incorrect operand type for operator or function; operator: ADD, operand type: BINARY"),
        ("DELETE a :five", "Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER"),
        ("DELETE a :yes", "Incorrect operand type for operator or function; operator: DELETE, operand type: BOOLEAN"),
        ("DELETE a :null", "Incorrect operand type for operator or function; operator: DELETE, operand type: NULL"),
        ("DELETE a :map", "Incorrect operand type for operator or function; operator: DELETE, operand type: MAP"),
        (
            "SET a = b + :hello",
            "Incorrect operand type for operator or function; operator or function: +, operand type: S"
        ),
        (
            "SET a = :yes - b",
            "Incorrect operand type for operator or function; operator or function: -, operand type: BOOL"
        ),
        (
            "SET a = list_append(b, :five)",
            "Incorrect operand type for operator or function; operator or function: list_append, operand type: N"
        ),
        (
            "SET a = if_not_exists(:one, b)",
            "Operator or function requires a document path; operator or function: if_not_exists"
        ),
        (
            "SET a = list_append(b)",
            "Incorrect number of operands for operator or function; "
                + "operator or function: list_append, number of operands: 1"
        ),
    ])
    func refuses(text: String, expected: String) {
        #expect(
            message { () throws(ServiceError) in try Samples.update(text) } == "Invalid UpdateExpression: \(expected)"
        )
    }

    /// Each text makes the mistake of its row and all those below; the order is that of C4.
    @Test(arguments: [
        ("SET count = foo(:one) SET a = #gone", "Attribute name is a reserved"),
        ("SET a = #gone, b = foo(:one) SET a = :gone", "Invalid function name"),
        ("SET a = #gone SET a = :gone", "The \"SET\" section"),
        ("SET a = :gone, a = #gone", "An expression attribute name"),
        ("SET a = :hello + b, a = :gone", "An expression attribute value"),
        ("SET c[0] = b, c.a = d, a = :hello + b, a = b", "Two document paths overlap"),
        ("SET c[0] = b, c.a = :hello + b", "Two document paths conflict"),
        ("SET a = list_append(b), c = :hello + b", "Incorrect operand type"),
        ("SET a = list_append(b)", "Incorrect number"),
    ])
    func theServiceReportsTheseFirst(text: String, beginning: String) throws {
        let text = try #require(message { () throws(ServiceError) in try Samples.update(text) })
        #expect(text.hasPrefix("Invalid UpdateExpression: \(beginning)"), "\(text)")
    }

    @Test func updatedAttributesAreLeaves() throws {
        let update = try Samples.update("SET doc.x = :one, l[1] = :two, a = :five REMOVE b, doc.y")
        let before: Item = ["doc": ["x": 9, "y": 8, "z": 7], "l": [1, 1, 1], "b": 3, "c": 4]
        let after = try update.apply(to: before)
        #expect(update.updatedAttributes(of: before) == ["doc": ["x": 9, "y": 8], "l": [1], "b": 3])
        #expect(update.updatedAttributes(of: after) == ["doc": ["x": 1], "l": [2], "a": 5])
        let removal = try Samples.update("REMOVE b")
        #expect(removal.updatedAttributes(of: try removal.apply(to: before)) == nil)
        #expect(update.topLevelNames == ["doc", "l", "a", "b"])
    }

    @Test func countsWhatTheSizeLimitAdds() throws {
        let update = try Samples.update("SET l[0] = :one, a = (b + :one) - :two ADD c :one REMOVE d, l[1]")
        #expect(update.setAndAddCount == 3)
        #expect(update.removeAndDeleteCount == 2)
        #expect(update.listIndexTargetCount == 2)
        #expect(update.arithmeticCount == 2)
    }
}
