import Expressions
import Model
import Testing

/// Random conditions on random items, against an evaluator that is as plain as possible: it works on decoded values
/// and knows nothing of stored bytes.
struct RandomConditionTests {
    @Test(arguments: [1, 2, 3, UInt64.random(in: 4...UInt64.max)])
    func agreesWithThePlainEvaluator(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let cache = ExpressionCache()
        var accepted = 0
        for _ in 0..<400 {
            var writer = ConditionWriter(generator: generator)
            let condition = writer.condition(depth: 3)
            let text = writer.text(condition)
            generator = writer.generator
            var binder = ExpressionBinder(ExpressionAttributes(values: writer.values), cache: cache)
            let bound: ConditionExpression
            do {
                bound = try binder.condition(text, in: .condition)
            } catch {
                // The writer avoids most mistakes; what is left are operand checks.
                #expect(error.message.hasPrefix("Invalid ConditionExpression: "), "seed \(seed): \(text)")
                #expect(!error.message.contains("Syntax error"), "seed \(seed): \(text)")
                continue
            }
            accepted += 1
            for _ in 0..<10 {
                let item = RandomValues.item(&generator)
                #expect(
                    bound.isTrue(for: item) == condition.isTrue(in: item.attributes),
                    "seed \(seed): \(text) with \(writer.values) on \(item)"
                )
            }
        }
        #expect(accepted > 150, "seed \(seed)")
    }
}

private indirect enum PlainCondition {
    case or(PlainCondition, PlainCondition)
    case and(PlainCondition, PlainCondition)
    case not(PlainCondition)
    case comparison(String, PlainOperand, PlainOperand)
    case between(PlainOperand, PlainOperand, PlainOperand)
    case isIn(PlainOperand, [PlainOperand])
    case exists(String)
    case notExists(String)
    case beginsWith(PlainOperand, PlainOperand)
    case contains(PlainOperand, PlainOperand)

    func isTrue(in map: AttributeMap) -> Bool {
        switch self {
        case .or(let left, let right): return left.isTrue(in: map) || right.isTrue(in: map)
        case .and(let left, let right): return left.isTrue(in: map) && right.isTrue(in: map)
        case .not(let inner): return !inner.isTrue(in: map)
        case .exists(let path): return value(of: path, in: map) != nil
        case .notExists(let path): return value(of: path, in: map) == nil
        case .comparison(let comparator, let left, let right):
            if left.isUnsized(in: map) || right.isUnsized(in: map) { return false }
            guard let left = left.value(in: map), let right = right.value(in: map) else { return comparator == "<>" }
            switch comparator {
            case "=": return left == right
            case "<>": return left != right
            case "<": return left.ordered(before: right) == true
            case "<=": return right.ordered(before: left) == false
            case ">": return right.ordered(before: left) == true
            default: return left.ordered(before: right) == false
            }
        case .between(let operand, let lower, let upper):
            return PlainCondition.comparison(">=", operand, lower).isTrue(in: map)
                && PlainCondition.comparison("<=", operand, upper).isTrue(in: map)
        case .isIn(let operand, let candidates):
            return candidates.contains { PlainCondition.comparison("=", operand, $0).isTrue(in: map) }
        case .beginsWith(let operand, let prefix):
            switch (operand.value(in: map), prefix.value(in: map)) {
            case (.string(let text), .string(let prefix)): return text.hasPrefix(prefix)
            case (.binary(let bytes), .binary(let prefix)): return Array(bytes.prefix(prefix.count)) == prefix
            default: return false
            }
        case .contains(let container, let member):
            guard let container = container.value(in: map), let member = member.value(in: map) else { return false }
            switch (container, member) {
            case (.string(let text), .string(let part)): return isPart(Array(part.utf8), of: Array(text.utf8))
            case (.binary(let bytes), .binary(let part)): return isPart(part, of: bytes)
            case (.stringSet(let members), .string(let text)): return members.contains(text)
            case (.numberSet(let members), .number(let number)): return members.contains(number)
            case (.list(let elements), _): return elements.contains(member)
            default: return false
            }
        }
    }
}

private func isPart(_ part: [UInt8], of whole: [UInt8]) -> Bool {
    if part.count > whole.count { return false }
    return (0...whole.count - part.count).contains { Array(whole[$0..<$0 + part.count]) == part }
}

/// Paths are written `a`, `a.b` or `a[0]`.
private func value(of path: String, in map: AttributeMap) -> AttributeValue? {
    if path.hasSuffix("[0]") {
        guard case .list(let elements)? = map[String(path.dropLast(3))] else { return nil }
        return elements.first
    }
    let names = path.split(separator: ".").map(String.init)
    guard names.count == 2 else { return map[path] }
    guard case .map(let inner)? = map[names[0]] else { return nil }
    return inner[names[1]]
}

private enum PlainOperand: Equatable {
    case path(String)
    case literal(AttributeValue)
    case size(String)

    func isUnsized(in map: AttributeMap) -> Bool {
        guard case .size(let path) = self, let value = RandomConditionTestsValue.of(path, in: map) else { return false }
        switch value {
        case .number, .bool, .null: return true
        default: return false
        }
    }

    func value(in map: AttributeMap) -> AttributeValue? {
        switch self {
        case .literal(let value): return value
        case .path(let path): return RandomConditionTestsValue.of(path, in: map)
        case .size(let path):
            switch RandomConditionTestsValue.of(path, in: map) {
            case .string(let text)?: return .number(Number(text.utf16.count))
            case .binary(let bytes)?: return .number(Number(bytes.count))
            case .stringSet(let members)?: return .number(Number(members.count))
            case .numberSet(let members)?: return .number(Number(members.count))
            case .binarySet(let members)?: return .number(Number(members.count))
            case .list(let elements)?: return .number(Number(elements.count))
            case .map(let map)?: return .number(Number(map.count))
            default: return nil
            }
        }
    }
}

/// So that a method called `value` can reach the function of the same name.
private enum RandomConditionTestsValue {
    static func of(_ path: String, in map: AttributeMap) -> AttributeValue? { value(of: path, in: map) }
}

private enum RandomValues {
    static let names = ["a", "b", "c", "d"]

    static func item(_ generator: inout SeededGenerator) -> Item {
        var map = AttributeMap()
        for name in names where Int.random(in: 0..<4, using: &generator) > 0 {
            map[name] = value(&generator, depth: 2)
        }
        return Item(map)
    }

    /// Small, so that equal values are met often.
    static func value(_ generator: inout SeededGenerator, depth: Int) -> AttributeValue {
        switch Int.random(in: 0..<(depth > 0 ? 13 : 9), using: &generator) {
        case 0...2: .string(["", "x", "xy", "y", "é"].randomElement(using: &generator)!)
        case 3...5: .number([0, 1, 2, -1, decimal("1.5")].randomElement(using: &generator)!)
        case 6: .binary([[], [1], [1, 2]].randomElement(using: &generator)!)
        case 7: .bool(Bool.random(using: &generator))
        case 8: .null
        case 9: .stringSet([["x"], ["x", "y"], ["y", "x"]].randomElement(using: &generator)!)
        case 10: .numberSet([[1], [1, 2], [2, 1]].randomElement(using: &generator)!)
        case 11: .list((0..<Int.random(in: 0..<3, using: &generator)).map { _ in value(&generator, depth: depth - 1) })
        default: .map(["b": value(&generator, depth: depth - 1)])
        }
    }
}

private struct ConditionWriter {
    var generator: SeededGenerator
    private(set) var values: [String: AttributeValue] = [:]

    init(generator: SeededGenerator) { self.generator = generator }

    mutating func condition(depth: Int) -> PlainCondition {
        switch Int.random(in: 0..<(depth > 0 ? 12 : 7), using: &generator) {
        case 0, 1:
            let comparator = ["=", "<>", "<", "<=", ">", ">="].randomElement(using: &generator)!
            return .comparison(comparator, operand(), operand())
        case 2: return .between(.path(path()), operand(), operand())
        case 3: return .isIn(.path(path()), (0..<3).map { _ in operand() })
        case 4: return Bool.random(using: &generator) ? .exists(path()) : .notExists(path())
        case 5: return .beginsWith(.path(path()), operand())
        case 6: return .contains(.path(path()), operand())
        case 7, 8: return .or(condition(depth: depth - 1), condition(depth: depth - 1))
        case 9, 10: return .and(condition(depth: depth - 1), condition(depth: depth - 1))
        default: return .not(condition(depth: depth - 1))
        }
    }

    private mutating func path() -> String {
        let name = RandomValues.names.randomElement(using: &generator)!
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: return name + ".b"
        case 1: return name + "[0]"
        default: return name
        }
    }

    private mutating func operand() -> PlainOperand {
        switch Int.random(in: 0..<6, using: &generator) {
        case 0, 1: .path(path())
        case 2: .size(path())
        default: .literal(RandomValues.value(&generator, depth: 1))
        }
    }

    mutating func text(_ condition: PlainCondition) -> String {
        switch condition {
        case .or(let left, let right): "\(part(left)) OR \(part(right))"
        case .and(let left, let right): "\(part(left)) AND \(part(right))"
        case .not(let inner): "NOT \(part(inner))"
        case .comparison(let comparator, let left, let right): "\(text(left)) \(comparator) \(text(right))"
        case .between(let operand, let lower, let upper):
            "\(text(operand)) BETWEEN \(text(lower)) AND \(text(upper))"
        case .isIn(let operand, let candidates):
            "\(text(operand)) IN (\(candidates.map { text($0) }.joined(separator: ", ")))"
        case .exists(let path): "attribute_exists(\(path))"
        case .notExists(let path): "attribute_not_exists(\(path))"
        case .beginsWith(let operand, let prefix): "begins_with(\(text(operand)), \(text(prefix)))"
        case .contains(let container, let member): "contains(\(text(container)), \(text(member)))"
        }
    }

    private mutating func part(_ condition: PlainCondition) -> String {
        switch condition {
        case .or, .and: "(\(text(condition)))"
        default: text(condition)
        }
    }

    private mutating func text(_ operand: PlainOperand) -> String {
        switch operand {
        case .path(let path): return path
        case .size(let path): return "size(\(path))"
        case .literal(let value):
            let placeholder = ":v\(values.count)"
            values[placeholder] = value
            return placeholder
        }
    }
}
