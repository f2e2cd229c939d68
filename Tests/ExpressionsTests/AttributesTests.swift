import Expressions
import Model
import Testing

/// The names map and the values map by themselves, and what was never used.
struct AttributesTests {
    private func check(
        names: [String: String]? = nil,
        values: [String: AttributeValue]? = nil
    ) -> String? {
        let binder = ExpressionBinder(ExpressionAttributes(names: names, values: values), cache: ExpressionCache())
        return message { () throws(ServiceError) in try binder.checkAttributes() }
    }

    @Test func mapsMustNotBeEmpty() {
        #expect(check(names: [:]) == "ExpressionAttributeNames must not be empty")
        #expect(check(values: [:]) == "ExpressionAttributeValues must not be empty")
    }

    @Test(arguments: ["", "a", "#", ":", "##", "#a.b", "#a b", "#é", ":a"])
    func namesHaveASyntax(key: String) {
        #expect(
            check(names: [key: "a"])
                == "ExpressionAttributeNames contains invalid key: Syntax error; key: \"\(key)\""
        )
    }

    @Test(arguments: ["", "a", ":", "#a", ":a-b"])
    func valuesHaveASyntax(key: String) {
        #expect(
            check(values: [key: 1])
                == "ExpressionAttributeValues contains invalid key: Syntax error; key: \"\(key)\""
        )
    }

    @Test func sizes() throws {
        let longest = "#" + String(repeating: "a", count: 254)
        #expect(check(names: [longest: "a"]) == nil)
        #expect(check(names: [longest + "a": "a"]) != nil)
        #expect(check(names: ["#a": ""]) != nil)
        #expect(check(values: [":a": .binary(Array(repeating: 0, count: (2 << 20) - 2))]) == nil)
        #expect(check(values: [":a": .binary(Array(repeating: 0, count: (2 << 20) - 1))]) != nil)
    }

    @Test func everythingMustBeUsed() throws {
        let attributes = ExpressionAttributes(
            names: ["#a": "a", "#c": "c", "#b": "b"],
            values: [":x": 1, ":z": 2, ":y": 3]
        )
        var binder = ExpressionBinder(attributes, cache: ExpressionCache())
        _ = try binder.condition("#a = :x", in: .condition)
        #expect(
            message { () throws(ServiceError) in try binder.finish() }
                == "Value provided in ExpressionAttributeNames unused in expressions: keys: {#b, #c}"
        )
        _ = try binder.projection("#b, #c")
        #expect(
            message { () throws(ServiceError) in try binder.finish() }
                == "Value provided in ExpressionAttributeValues unused in expressions: keys: {:y, :z}"
        )
        _ = try binder.update("SET r = :y + :z")
        #expect(message { () throws(ServiceError) in try binder.finish() } == nil)
    }

    @Test func reservedWordsComeInAnyCase() {
        #expect(ReservedWords.contains("ABORT"))
        #expect(ReservedWords.contains("zone"))
        #expect(ReservedWords.contains("StAtUs"))
        #expect(!ReservedWords.contains("word"))
        #expect(!ReservedWords.contains(""))
        #expect(!ReservedWords.contains("zzz"))
    }
}
