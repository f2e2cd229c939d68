import Expressions
import Model
import Testing

/// Random SET and REMOVE of list positions and map entries, against a model that keeps each position's fate apart.
struct RandomUpdateTests {
    @Test(arguments: [1, 2, 3, UInt64.random(in: 4...UInt64.max)])
    func positionsMeanThoseBeforeTheUpdate(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let cache = ExpressionCache()
        for _ in 0..<500 {
            let length = Int.random(in: 0..<6, using: &generator)
            let before: [AttributeValue] = (0..<length).map { .number(Number($0)) }
            let positions = (0..<10).shuffled(using: &generator).prefix(Int.random(in: 1...6, using: &generator))
            let split = Int.random(in: 0...positions.count, using: &generator)
            let (sets, removals) = (positions.prefix(split), positions.suffix(positions.count - split))

            var sections: [String] = []
            if !sets.isEmpty { sections.append("SET " + sets.map { "l[\($0)] = :new\($0)" }.joined(separator: ", ")) }
            if !removals.isEmpty { sections.append("REMOVE " + removals.map { "l[\($0)]" }.joined(separator: ", ")) }
            let text = sections.shuffled(using: &generator).joined(separator: " ")
            let values = sets.map { (":new\($0)", AttributeValue.string("new \($0)")) }
            var binder = ExpressionBinder(
                ExpressionAttributes(values: Dictionary(uniqueKeysWithValues: values)),
                cache: cache
            )
            let after = try binder.update(text).apply(to: ["l": .list(before)])

            var expected: [AttributeValue] = []
            for position in 0..<10 {
                if sets.contains(position) {
                    expected.append(.string("new \(position)"))
                } else if position < length, !removals.contains(position) {
                    expected.append(before[position])
                }
            }
            #expect(after == ["l": .list(expected)], "seed \(seed): \(text) on a list of \(length)")
        }
    }
}
