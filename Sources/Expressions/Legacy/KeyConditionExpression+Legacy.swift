import Model

/// `KeyConditions` as what a key condition expression compiles to.
extension KeyConditionExpression {
    /// Nil without conditions; none at all in the map is refused.
    public init?(keyConditions: [AttributeName: LegacyCondition]?) throws(ServiceError) {
        guard let keyConditions else { return nil }
        if keyConditions.isEmpty { throw .keyConditionCount }
        var parts: [Part] = []
        for (name, condition) in keyConditions.sortedByName {
            let comparison = try LegacyComparison(name, condition.comparisonOperator, condition.attributeValueList)
            guard let condition = comparison.rangeCondition else {
                throw .validationException("Attempted conditional constraint is not an indexable operation")
            }
            parts.append(Part(name: name, condition: condition))
        }
        self.parts = parts
    }
}

extension LegacyComparison {
    fileprivate var rangeCondition: RangeCondition? {
        switch comparison {
        case .equal: .equal(values[0])
        case .less: .less(values[0])
        case .lessOrEqual: .lessOrEqual(values[0])
        case .greater: .greater(values[0])
        case .greaterOrEqual: .greaterOrEqual(values[0])
        case .between: .between(values[0], values[1])
        case .beginsWith: .beginsWith(values[0])
        case .notEqual, .isIn, .notNull, .null, .contains, .notContains: nil
        }
    }
}
