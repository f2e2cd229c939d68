import Expressions
import Model
import Testing

/// Every row of the reference's table C2 that speaks of conditions, asked of `Samples.item`.
struct ConditionEvaluationTests {
    @Test(arguments: [
        ("word = :hello", true), ("word = :hell", false), ("#w = :hello", true), (":hello = word", true),
        ("num = :fiveLong", true), ("num <> :five", false), ("num < :six", true), ("num <= :five", true),
        ("num > :five", false), ("num >= :five", true), (":one < num", true),
        ("bin = :bin", true), ("bin > :bin1", true), ("yes = :yes", true), ("nothing = :null", true),
        ("word < :zebra", true), ("#dot = :hello", false), ("attribute_exists(#dot)", true),
    ])
    func comparisons(text: String, expected: Bool) throws {
        #expect(try Samples.condition(text).isTrue(for: Samples.item) == expected)
    }

    @Test(arguments: [
        ("words = :words", true), ("nums = :nums", true), ("words <> :newWords", true),
        ("goods = :goods", true), ("goods = :list", false), ("doc = :doc", true), ("doc = :map", false),
        ("goods[2] = :map", true), ("goods[0] = :x", true), ("doc.kid.low = :one", true),
        ("doc.#kid.low = :one", true), ("goods[2].k <> :x", true),
    ])
    func deepEquality(text: String, expected: Bool) throws {
        #expect(try Samples.condition(text).isTrue(for: Samples.item) == expected)
    }

    @Test(arguments: [
        ("gone = :one", false), ("gone <> :one", true), ("NOT gone = :one", true), ("NOT gone <> :one", false),
        ("gone < :one", false), ("gone >= :one", false), ("gone BETWEEN :one AND :two", false),
        ("gone IN (:one, :two)", false), ("NOT gone IN (:one)", true), ("contains(gone, :a)", false),
        ("begins_with(gone, :a)", false), ("begins_with(word, gone)", false), ("attribute_type(gone, :S)", false),
        ("gone = alias2", false), ("gone <> alias2", true), ("size(gone) = :one", false), ("size(gone) <> :one", true),
        ("doc.gone <> :one", true), ("word.gone = :one", false), ("goods[9] = :one", false), ("doc[0] = :one", false),
        ("word[0] <> :one", true), ("num IN (gone, :five)", true),
    ])
    func missingOperands(text: String, expected: Bool) throws {
        #expect(try Samples.condition(text).isTrue(for: Samples.item) == expected)
        // All of it is missing in an absent item.
        if text.contains("gone"), !text.contains("num") {
            #expect(try Samples.condition(text).isTrue(for: .empty) == expected)
        }
    }

    @Test(arguments: [
        ("word = :five", false), ("word <> :five", true), ("word < :five", false), ("word > :five", false),
        ("yes < :five", false), ("NOT word < :five", true), ("num BETWEEN :a AND :x", false), ("goods < :five", false),
        ("word <= bin", false), ("nothing <> :null", false),
    ])
    func typeMismatch(text: String, expected: Bool) throws {
        #expect(try Samples.condition(text).isTrue(for: Samples.item) == expected)
    }

    @Test(arguments: [
        ("size(word) = :five", true), ("size(blank) = :zero", true), ("size(wide) = :three", true),
        ("size(bin) = :three", true), ("size(words) = :two", true), ("size(nums) = :two", true),
        ("size(goods) = :three", true), ("size(doc) = :two", true), ("size(doc) < size(goods)", true),
        ("size(word) BETWEEN :five AND :six", true), ("size(word) IN (:one, :five)", true), ("num = size(word)", true),
        ("size(num) = :one", false), ("size(num) <> :one", false), ("size(yes) > :zero", false),
        ("size(nothing) < :five", false), ("NOT size(num) = :one", true), ("contains(nums, size(:a))", true),
        ("size(:words) = :two", true), ("size(word) = word", false), ("size(word) < word", false),
    ])
    func sizes(text: String, expected: Bool) throws {
        #expect(try Samples.condition(text).isTrue(for: Samples.item) == expected)
    }

    @Test(arguments: [
        ("contains(word, :ell)", true), ("contains(word, :none)", true), ("contains(word, :zebra)", false),
        ("contains(bin, :bin23)", true), ("contains(bin, :bin)", true), ("contains(words, :a)", true),
        ("contains(words, :x)", false), ("contains(nums, :one)", true), ("contains(bins, :bin1)", true),
        ("contains(goods, :x)", true), ("contains(goods, :map)", true), ("contains(goods, :five)", false),
        ("contains(num, :five)", false), ("contains(doc, :a)", false), ("contains(words, :one)", false),
        ("contains(:goods, goods[1])", true), ("contains(word, :five)", false), ("contains(words, :words)", false),
        ("begins_with(word, :hell)", true), ("begins_with(word, :hello)", true), ("begins_with(word, :ell)", false),
        ("begins_with(bin, :bin1)", true), ("begins_with(bin, :hell)", false), ("begins_with(num, :hell)", false),
        ("begins_with(word, :none)", true), ("begins_with(:hello, word)", true),
    ])
    func containsAndBeginsWith(text: String, expected: Bool) throws {
        #expect(try Samples.condition(text).isTrue(for: Samples.item) == expected)
    }

    @Test(arguments: [
        ("attribute_exists(nothing)", true), ("attribute_exists(gone)", false), ("attribute_exists(doc.title)", true),
        ("attribute_exists(goods[3])", false), ("attribute_not_exists(gone)", true),
        ("attribute_not_exists(word)", false), ("attribute_not_exists(word.x)", true),
        ("attribute_type(word, :S)", true), ("attribute_type(num, :N)", true), ("attribute_type(bin, :B)", true),
        ("attribute_type(yes, :BOOL)", true), ("attribute_type(nothing, :NULL)", true),
        ("attribute_type(words, :SS)", true), ("attribute_type(nums, :NS)", true), ("attribute_type(bins, :BS)", true),
        ("attribute_type(goods, :L)", true), ("attribute_type(doc, :M)", true), ("attribute_type(word, :N)", false),
    ])
    func existenceAndTypes(text: String, expected: Bool) throws {
        #expect(try Samples.condition(text).isTrue(for: Samples.item) == expected)
    }

    @Test(arguments: [
        ("num BETWEEN :five AND :six", true), ("num BETWEEN :one AND :five", true),
        ("num BETWEEN :six AND :six", false),
        ("word BETWEEN :a AND :zebra", true), ("num IN (:one, :five)", true), ("num IN (:one)", false),
        ("goods IN (:one, :goods)", true), (":five BETWEEN :one AND num", true),
    ])
    func betweenAndIn(text: String, expected: Bool) throws {
        #expect(try Samples.condition(text).isTrue(for: Samples.item) == expected)
    }

    @Test(arguments: [
        // AND binds tighter than OR, NOT tighter than AND.
        ("word = :hello OR num = :one AND num = :two", true), ("(word = :hello OR num = :one) AND num = :two", false),
        ("NOT word = :hello AND num = :one", false), ("NOT (word = :hello AND num = :one)", true),
        ("NOT NOT word = :hello", true), ("not Word = :hello and num = :five", true),
        ("((word = :hello) AND num = :five)", true), ("(word) = (:hello)", true),
        ("( word=:hello )and(num=:five)", true),
        ("num BETWEEN :one AND :six AND word = :hello", true), ("num between :one and :six or word = :a", true),
        ("NOT (num in (:one))", true),
    ])
    func precedence(text: String, expected: Bool) throws {
        #expect(try Samples.condition(text).isTrue(for: Samples.item) == expected)
    }

    @Test func stringsCompareByBytes() throws {
        let composed: Item = ["word": "\u{e9}", "words": .stringSet(["\u{e9}"])]
        var binder = ExpressionBinder(
            ExpressionAttributes(values: [":v": .string("e\u{301}")]),
            cache: ExpressionCache()
        )
        #expect(try binder.condition("word = :v", in: .condition).isTrue(for: composed) == false)
        #expect(try binder.condition("contains(words, :v)", in: .condition).isTrue(for: composed) == false)
    }

    @Test func mentionsItsPaths() throws {
        let condition = try Samples.condition(
            "attribute_exists(doc.title) AND "
                + "(size(word) > num OR NOT contains(goods[1], doc)) AND :one IN (num, alias2)"
        )
        #expect(condition.paths.map(\.description) == ["doc.title", "word", "num", "goods[1]", "doc", "num", "alias2"])
        #expect(condition.topLevelNames == ["doc", "word", "num", "goods", "alias2"])
    }
}
