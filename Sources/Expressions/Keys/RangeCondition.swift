import Model

/// What a key condition says about one key attribute. The values are of the attribute's type.
public enum RangeCondition: Equatable, Sendable {
    case equal(AttributeValue)
    case less(AttributeValue)
    case lessOrEqual(AttributeValue)
    case greater(AttributeValue)
    case greaterOrEqual(AttributeValue)
    /// Both bounds belong to it.
    case between(AttributeValue, AttributeValue)
    case beginsWith(AttributeValue)

    public var operands: [AttributeValue] {
        switch self {
        case .equal(let value), .less(let value), .lessOrEqual(let value), .greater(let value),
            .greaterOrEqual(let value), .beginsWith(let value):
            [value]
        case .between(let lower, let upper): [lower, upper]
        }
    }

    /// Whether a key attribute's value satisfies the condition.
    public func isTrue(for value: AttributeValue) -> Bool {
        switch self {
        case .equal(let other): value == other
        case .less(let bound): value.ordered(before: bound) == true
        case .lessOrEqual(let bound): bound.ordered(before: value) == false
        case .greater(let bound): bound.ordered(before: value) == true
        case .greaterOrEqual(let bound): value.ordered(before: bound) == false
        case .between(let lower, let upper):
            value.ordered(before: lower) == false && upper.ordered(before: value) == false
        case .beginsWith(let prefix): value.begins(with: prefix)
        }
    }
}

extension RangeCondition {
    package init?(_ comparator: Comparator, _ value: AttributeValue) {
        switch comparator {
        case .equal: self = .equal(value)
        case .notEqual: return nil
        case .less: self = .less(value)
        case .lessOrEqual: self = .lessOrEqual(value)
        case .greater: self = .greater(value)
        case .greaterOrEqual: self = .greaterOrEqual(value)
        }
    }
}

extension AttributeValue {
    /// Only strings begin with strings and binaries with binaries.
    package func begins(with prefix: AttributeValue) -> Bool {
        switch (self, prefix) {
        case (.string(let text), .string(let prefix)): text.utf8.starts(with: prefix.utf8)
        case (.binary(let bytes), .binary(let prefix)): bytes.starts(with: prefix)
        default: false
        }
    }
}

/// A key condition laid out along a key schema: which partition, and which stretch of it.
public struct ResolvedKeyCondition: Equatable, Sendable {
    /// One value for each hash attribute, in the schema's order.
    public var hashValues: [AttributeValue]
    /// Values of the leading range attributes. Always empty for tables and local indexes, whose only range attribute
    /// goes into `rangeCondition` also when it is given by equality.
    public var rangeEqualities: [AttributeValue]
    /// The condition on the range attribute that follows those of `rangeEqualities`; nil when none has a condition.
    public var rangeCondition: RangeCondition?

    public init(
        hashValues: [AttributeValue],
        rangeEqualities: [AttributeValue] = [],
        rangeCondition: RangeCondition? = nil
    ) {
        self.hashValues = hashValues
        self.rangeEqualities = rangeEqualities
        self.rangeCondition = rangeCondition
    }
}
