import Model
import PartiQL
import Testing

struct UpdateTests {
    struct Sample: Sendable {
        let clauses: String
        let before: Item
        let after: Item

        init(_ clauses: String, _ before: Item, _ after: Item) {
            self.clauses = clauses
            self.before = before
            self.after = after
        }
    }

    @Test(arguments: [
        Sample("SET a = 1, b = 'x'", [:], ["a": 1, "b": "x"]),
        Sample("SET a = 1 SET b = 2 REMOVE c REMOVE d", ["c": 1, "d": 1, "e": 1], ["a": 1, "b": 2, "e": 1]),
        Sample("SET a = b, b = a", ["a": 1, "b": 2], ["a": 2, "b": 1]),
        Sample("SET a = a + 1 - 3", ["a": 5], ["a": 3]),
        Sample("SET a = size(b)", ["b": "four"], ["a": 4, "b": "four"]),
        Sample("SET doc.kid = {'x': [1]}", ["doc": [:]], ["doc": ["kid": ["x": [1]]]]),
        Sample("SET l[0] = 9, l[7] = 8 REMOVE l[1]", ["l": [1, 2]], ["l": [9, 8]]),
        Sample("SET l = list_append(l, [3])", ["l": [1]], ["l": [1, 3]]),
        Sample("SET l = list_append([0], list_append(l, [3]))", ["l": [1]], ["l": [0, 1, 3]]),
        Sample("SET s = set_add(s, <<'b'>>)", ["s": .stringSet(["a"])], ["s": .stringSet(["a", "b"])]),
        Sample("SET s = set_add(s, <<1>>)", [:], ["s": .numberSet([1])]),
        Sample("SET s = set_delete(s, <<'b'>>)", ["s": .stringSet(["a", "b"])], ["s": .stringSet(["a"])]),
        Sample("SET s = set_delete(s, <<'a'>>)", ["s": .stringSet(["a"])], [:]),
        Sample("SET s = SET_DELETE(s, <<'a'>>)", [:], [:]),
        Sample("REMOVE a.b, l[0], gone", ["a": ["b": 1], "l": [1, 2]], ["a": [:], "l": [2]]),
    ])
    func applies(sample: Sample) throws {
        let update = try Samples.update("UPDATE t \(sample.clauses) WHERE pk = 'k'")
        #expect(try update.apply(to: sample.before) == sample.after)
    }

    @Test(arguments: [
        ("SET a = gone", "The provided expression refers to an attribute that does not exist in the item"),
        ("SET a = gone + 1", "The provided expression refers to an attribute that does not exist in the item"),
        ("SET a = word + 1", "An operand in the update expression has an incorrect data type"),
        ("SET a = list_append(word, [1])", "An operand in the update expression has an incorrect data type"),
        ("SET words = set_add(words, <<1>>)", "An operand in the update expression has an incorrect data type"),
        ("SET words = set_add(words, 'x')", "An operand in the update expression has an incorrect data type"),
        ("SET gone.x = 1", "The document path provided in the update expression is invalid for update"),
    ])
    func runtimeErrors(clauses: String, expected: String) throws {
        let update = try Samples.update("UPDATE t \(clauses) WHERE pk = 'k'")
        #expect(message { try update.apply(to: Samples.item) } == expected)
    }

    @Test func pathsMustNotDisturbEachOther() {
        #expect(
            message { try Samples.update("UPDATE t SET a.b = 1 REMOVE a WHERE pk = 'k'") }
                == "Two document paths overlap with each other; must remove or rewrite one of these paths; "
                + "path one: [a, b], path two: [a]"
        )
    }

    @Test func modifiedAttributesAreLeaves() throws {
        let update = try Samples.update("UPDATE t SET doc.kid.low = 2 REMOVE word WHERE pk = 'k'")
        #expect(update.topLevelNames == ["doc", "word"])
        #expect(update.updatedAttributes(of: Samples.item) == ["doc": ["kid": ["low": 1]], "word": "hello"])
        let after = try update.apply(to: Samples.item)
        #expect(update.updatedAttributes(of: after) == ["doc": ["kid": ["low": 2]]])
        #expect(try Samples.update("UPDATE t REMOVE a WHERE pk = 'k'").updatedAttributes(of: ["b": 1]) == nil)
    }
}
