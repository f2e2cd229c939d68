import Expressions
import Model

/// How a WHERE clause is asked of an item. Unlike in expressions, a missing operand satisfies no comparison, not even
/// `<>`; NOT turns the answer round afterwards, so `NOT a = 'x'` keeps items without `a`. Source: reference D2.
extension PartiQLCondition {
    /// The condition must be bound.
    public func isTrue(for item: Item) -> Bool {
        switch self {
        case .or(let parts): parts.contains { $0.isTrue(for: item) }
        case .and(let parts): parts.allSatisfy { $0.isTrue(for: item) }
        case .not(let inner): !inner.isTrue(for: item)
        case .comparison(let comparator, let left, let right):
            compare(left.value(in: item), comparator, right.value(in: item))
        case .between(let operand, let lower, let upper):
            isBetween(operand.value(in: item), lower.value(in: item), upper.value(in: item))
        case .isIn(let operand, let candidates):
            operand.value(in: item).map { value in candidates.contains { $0.value(in: item) == value } } ?? false
        case .isMissing(let path): path.value(of: item) == nil
        case .isNull(let path): path.value(of: item)?.type == .null
        case .beginsWith(let path, let prefix):
            withBoth(path.value(of: item), prefix.value(in: item)) { $0.begins(with: $1) }
        case .contains(let path, let member):
            withBoth(path.value(of: item), member.value(in: item)) { $0.contains($1) }
        case .attributeType(let path, let type):
            withBoth(path.value(of: item), type.value(in: item)) { $1 == .string($0.type.rawValue) }
        }
    }

    /// False when either is missing.
    private func withBoth(
        _ left: AttributeValue?,
        _ right: AttributeValue?,
        _ test: (AttributeValue, AttributeValue) -> Bool
    ) -> Bool {
        guard let left, let right else { return false }
        return test(left, right)
    }

    private func compare(_ left: AttributeValue?, _ comparator: Comparator, _ right: AttributeValue?) -> Bool {
        withBoth(left, right) { left, right in
            switch comparator {
            case .equal: left == right
            case .notEqual: left != right
            case .less: left.ordered(before: right) == true
            case .lessOrEqual: right.ordered(before: left) == false
            case .greater: right.ordered(before: left) == true
            case .greaterOrEqual: left.ordered(before: right) == false
            }
        }
    }

    private func isBetween(_ value: AttributeValue?, _ lower: AttributeValue?, _ upper: AttributeValue?) -> Bool {
        compare(value, .greaterOrEqual, lower) && compare(value, .lessOrEqual, upper)
    }
}

extension PartiQLOperand {
    /// Nil when something it reads is missing or has no size, or when it is no sum of numbers.
    func value(in item: Item) -> AttributeValue? {
        switch self {
        case .literal(let value): return value
        case .path(let path): return path.value(of: item)
        case .size(let path): return path.value(of: item)?.memberCount.map { .number(Number($0)) }
        case .plus(let left, let right):
            guard let left = left.value(in: item), let right = right.value(in: item) else { return nil }
            return try? left.plus(right)
        case .minus(let left, let right):
            guard let left = left.value(in: item), let right = right.value(in: item) else { return nil }
            return try? left.minus(right)
        case .parameter, .list, .map:
            preconditionFailure("a statement must be bound before it is asked of items")
        }
    }
}

extension AttributeValue {
    /// Substring of a string, subsequence of a binary, member of a set, element of a list.
    fileprivate func contains(_ other: AttributeValue) -> Bool {
        withStored { container in other.withStored { container.contains($0) } }
    }
}
