import Model
import PartiQL
import Testing

/// D2: conditions of WHERE, asked of `Samples.item`.
struct ConditionTests {
    @Test(arguments: [
        ("word = 'hello'", true), ("word <> 'hello'", false), ("word != 'x'", true), ("num < 6", true),
        ("num >= 5.0", true), ("5 = num", true), ("yes = true", true), ("nothing = NULL", true),
        ("words = <<'b', 'a'>>", true), ("goods = ['x', 7]", true), ("doc = {'kid': {'low': 1}}", true),
        ("doc.kid.low = 1", true), ("goods[1] = 7", true), ("\"word\" = 'hello'", true), ("word = 5", false),
        ("word <> 5", true), ("word < 5", false), ("num + 1 = 6", true), ("num - 1 - 1 = 3", true),
        ("num = -5 + 10", true),
        ("num BETWEEN 5 AND 6", true), ("num BETWEEN 6 AND 7", false), ("num IN [1, 5]", true),
        ("num IN (1, 2)", false),
        ("num NOT IN [1, 2]", true), ("num NOT IN (5)", false),
        ("begins_with(word, 'hell')", true), ("BEGINS_WITH(\"word\", 'x')", false), ("contains(word, 'ell')", true),
        ("contains(words, 'a')", true), ("contains(nums, 2)", true), ("contains(goods, 7)", true),
        ("contains(num, 5)", false), ("attribute_type(word, 'S')", true), ("attribute_type(word, 'N')", false),
        ("size(word) = 5", true), ("size(goods) + 1 = 3", true), ("size(num) = 1", false), ("SIZE(bin) = 2", true),
    ])
    func tests(text: String, expected: Bool) throws {
        #expect(try Samples.condition(text).isTrue(for: Samples.item) == expected)
    }

    @Test(arguments: [
        ("gone = 'x'", false), ("gone <> 'x'", false), ("gone < 1", false), ("gone BETWEEN 1 AND 2", false),
        ("gone IN [1]", false), ("begins_with(gone, 'x')", false), ("contains(gone, 'x')", false),
        ("attribute_type(gone, 'S')", false), ("size(gone) <> 1", false), ("gone + 1 <> 2", false),
        ("gone <> word", false),
        ("word + 1 <> 2", false),
        // NOT turns the answer round and keeps the row.
        ("NOT gone = 'x'", true), ("NOT gone <> 'x'", true), ("gone NOT IN [1]", true),
        ("gone IS MISSING", true), ("gone IS NOT MISSING", false), ("gone IS NULL", false), ("gone IS NOT NULL", true),
        ("nothing IS NULL", true), ("nothing IS MISSING", false), ("nothing IS NOT NULL", false),
        ("word IS NULL", false),
        ("word IS NOT MISSING", true), ("doc.gone IS MISSING", true), ("doc.kid.low IS NOT MISSING", true),
    ])
    func missingAndNull(text: String, expected: Bool) throws {
        #expect(try Samples.condition(text).isTrue(for: Samples.item) == expected)
    }

    @Test(arguments: [
        ("num = 5 OR num = 6 AND word = 'x'", true), ("(num = 5 OR num = 6) AND word = 'x'", false),
        ("NOT num = 6 AND word = 'hello'", true), ("NOT (num = 5 AND word = 'hello')", false),
        ("NOT NOT num = 5", true),
        ("((num = 5))", true), ("num BETWEEN 1 AND 6 AND word = 'hello'", true),
    ])
    func precedence(text: String, expected: Bool) throws {
        #expect(try Samples.condition(text).isTrue(for: Samples.item) == expected)
    }

    @Test func mentionsItsPaths() throws {
        let condition = try Samples.condition(
            "a.b = c OR NOT (size(d[0]) IN [e, 1] AND contains(f, 'x')) AND a IS NULL"
        )
        #expect(condition.paths.map(\.description) == ["a.b", "c", "d[0]", "e", "f", "a"])
        #expect(condition.topLevelNames == ["a", "c", "d", "e", "f"])
    }
}
