import Expressions
import Model
import Testing

struct ExpressionCacheTests {
    @Test func onlyTheTextIsCached() throws {
        let cache = ExpressionCache(capacity: 4)
        for round in 0..<3 {
            for number in 0..<10 {
                let attributes = ExpressionAttributes(names: ["#n": "a\(number)"], values: [":v": 1])
                var binder = ExpressionBinder(attributes, cache: cache)
                let condition = try binder.condition("#n = :v", in: round == 0 ? .condition : .filter)
                #expect(condition.topLevelNames == ["a\(number)"])
                #expect(try binder.projection("#n, b\(number)").topLevelNames == ["a\(number)", "b\(number)"])
                #expect(
                    try binder.update("SET #n = :v, b\(number) = :v").topLevelNames == ["a\(number)", "b\(number)"]
                )
            }
        }
    }
}
