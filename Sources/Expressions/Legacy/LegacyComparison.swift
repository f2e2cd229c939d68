import Model

/// One comparison of the parameters from before expressions: an attribute, an operator and its values.
///
/// `init` checks the number and the types of the values. Source: reference C3.
struct LegacyComparison {
    let name: AttributeName
    let comparison: ComparisonOperator
    let values: [AttributeValue]

    init(
        _ name: AttributeName,
        _ comparison: ComparisonOperator,
        _ values: [AttributeValue]
    ) throws(ServiceError) {
        self.name = name
        self.comparison = comparison
        self.values = values
        try checkCount()
        try checkTypes()
        try checkBounds()
    }

    private func checkCount() throws(ServiceError) {
        if !comparison.valueCounts.contains(values.count) {
            throw .invalidLegacy("Invalid number of argument(s) for the \(comparison.rawValue) ComparisonOperator")
        }
    }

    private func checkTypes() throws(ServiceError) {
        guard let type = values.first?.type else { return }
        if values.contains(where: { $0.type != type }) {
            throw .invalidLegacy("AttributeValues inside AttributeValueList must all be of the same type")
        }
        if !comparison.accepts(type) {
            throw .invalidLegacy(
                "ComparisonOperator \(comparison.rawValue) is not valid for \(type.rawValue) AttributeValue type"
            )
        }
    }

    private func checkBounds() throws(ServiceError) {
        if comparison == .between, values[1].ordered(before: values[0]) == true {
            throw .validationException(
                "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound"
            )
        }
    }
}

extension ComparisonOperator {
    fileprivate var valueCounts: ClosedRange<Int> {
        switch self {
        case .null, .notNull: 0...0
        case .between: 2...2
        case .isIn: 1...Int.max
        case .equal, .notEqual, .lessOrEqual, .less, .greaterOrEqual, .greater, .contains, .notContains, .beginsWith:
            1...1
        }
    }

    fileprivate func accepts(_ type: AttributeType) -> Bool {
        switch self {
        case .equal, .notEqual, .null, .notNull: true
        case .beginsWith: type == .string || type == .binary
        case .isIn, .lessOrEqual, .less, .greaterOrEqual, .greater, .between, .contains, .notContains:
            type.isScalarKey
        }
    }
}

extension ServiceError {
    static func invalidLegacy(_ problem: String) -> ServiceError {
        .validationException("One or more parameter values were invalid: \(problem)")
    }
}
