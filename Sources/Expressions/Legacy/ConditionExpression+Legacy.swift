import Model

/// `Expected`, `QueryFilter` and `ScanFilter` as the tree that a condition expression compiles to.
///
/// The meaning is the same for a missing attribute: it differs from every value (NE), contains none (NOT_CONTAINS), and
/// has no order.
extension ConditionExpression {
    /// Nil when nothing is expected.
    public init?(
        expected: [AttributeName: ExpectedAttributeValue]?,
        joinedBy conditionalOperator: ConditionalOperator?
    ) throws(ServiceError) {
        if expected == nil, conditionalOperator == nil { return nil }
        var comparisons: [LegacyComparison] = []
        for (name, expected) in expected?.sortedByName ?? [] {
            comparisons.append(try LegacyComparison(name, expected))
        }
        try self.init(comparisons, joinedBy: conditionalOperator)
    }

    /// Nil when nothing is filtered.
    public init?(
        filter: [AttributeName: LegacyCondition]?,
        joinedBy conditionalOperator: ConditionalOperator?
    ) throws(ServiceError) {
        if filter == nil, conditionalOperator == nil { return nil }
        var comparisons: [LegacyComparison] = []
        for (name, condition) in filter?.sortedByName ?? [] {
            comparisons.append(
                try LegacyComparison(name, condition.comparisonOperator, condition.attributeValueList)
            )
        }
        try self.init(comparisons, joinedBy: conditionalOperator)
    }

    private init?(
        _ comparisons: [LegacyComparison],
        joinedBy conditionalOperator: ConditionalOperator?
    ) throws(ServiceError) {
        if conditionalOperator != nil, comparisons.count < 2 {
            throw .validationException(
                comparisons.isEmpty
                    ? "ConditionalOperator cannot be used without Filter or Expected"
                    : "ConditionalOperator can only be used when Filter or Expected has two or more elements"
            )
        }
        if comparisons.isEmpty { return nil }
        var literals: [AttributeValue] = []
        let parts = comparisons.map { $0.condition(&literals) }
        if parts.count == 1 {
            root = parts[0]
        } else {
            root = conditionalOperator == .or ? .or(parts) : .and(parts)
        }
        self.literals = LiteralPool(literals)
    }
}

extension LegacyComparison {
    /// Appends its values to the literals of the whole.
    fileprivate func condition(_ literals: inout [AttributeValue]) -> Condition {
        let path = Path(root: name)
        let first = literals.count
        literals += values
        let operands = values.indices.map { Operand.literal(first + $0) }
        switch comparison {
        case .equal: return .comparison(.equal, .path(path), operands[0])
        case .notEqual: return .comparison(.notEqual, .path(path), operands[0])
        case .lessOrEqual: return .comparison(.lessOrEqual, .path(path), operands[0])
        case .less: return .comparison(.less, .path(path), operands[0])
        case .greaterOrEqual: return .comparison(.greaterOrEqual, .path(path), operands[0])
        case .greater: return .comparison(.greater, .path(path), operands[0])
        case .isIn: return .isIn(.path(path), operands)
        case .between: return .between(.path(path), operands[0], operands[1])
        case .null: return .attributeNotExists(path)
        case .notNull: return .attributeExists(path)
        case .contains: return .contains(.path(path), operands[0])
        case .notContains: return .not(.contains(.path(path), operands[0]))
        case .beginsWith: return .beginsWith(.path(path), operands[0])
        }
    }

    /// `Value` alone asks for equality, `Exists: false` for absence.
    fileprivate init(_ name: AttributeName, _ expected: ExpectedAttributeValue) throws(ServiceError) {
        let (value, list) = (expected.value, expected.attributeValueList)
        if value != nil, list != nil {
            throw .invalidLegacy("Value and AttributeValueList cannot be used together for Attribute: \(name)")
        }
        if let comparison = expected.comparisonOperator {
            if expected.exists != nil {
                throw .invalidLegacy("Exists and ComparisonOperator cannot be used together for Attribute: \(name)")
            }
            if comparison != .null, comparison != .notNull, value == nil, list == nil {
                throw .invalidLegacy(
                    "Value or AttributeValueList must be used with ComparisonOperator: \(comparison.rawValue) "
                        + "for Attribute: \(name)"
                )
            }
            try self.init(name, comparison, list ?? value.map { [$0] } ?? [])
            return
        }
        if list != nil {
            throw .invalidLegacy("AttributeValueList can only be used with a ComparisonOperator for Attribute: \(name)")
        }
        switch (expected.exists, value) {
        case (false, nil): try self.init(name, .null, [])
        case (false, _?): throw .invalidLegacy("Value cannot be used when Exists is false for Attribute: \(name)")
        case (_, let value?): try self.init(name, .equal, [value])
        case (let exists, nil):
            let shown = exists.map { "\($0)" } ?? "null"
            throw .invalidLegacy("Value must be provided when Exists is \(shown) for Attribute: \(name)")
        }
    }
}
