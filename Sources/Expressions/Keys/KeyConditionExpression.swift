import Model

/// A key condition with everything looked up: for each attribute it names, one condition. Which of them are key
/// attributes is known only with a schema.
public struct KeyConditionExpression: Equatable, Sendable {
    struct Part: Equatable {
        let name: AttributeName
        let condition: RangeCondition
    }

    /// In the order they were written, no name twice.
    let parts: [Part]

    public var attributeNames: [String] { parts.map(\.name.description) }

    /// Lays the conditions out along a key. Every hash attribute needs an equality; range attributes are taken from
    /// the left without a gap, and only the last one taken may have something else than an equality.
    public func resolve(against schema: KeySchema) throws(ServiceError) -> ResolvedKeyCondition {
        if schema.attributes.count <= 2, parts.count > 2 {
            throw .keyConditionCount
        }
        let hashValues = try hashValues(schema)
        let rangeConditions = try rangeConditions(schema)
        if hashValues.count + rangeConditions.count < parts.count { throw surplusError(schema, rangeConditions.count) }
        try checkTypes(schema)
        return ResolvedKeyCondition(
            hashValues: hashValues,
            rangeEqualities: rangeConditions.dropLast().flatMap(\.operands),
            rangeCondition: rangeConditions.last
        )
    }

    private func condition(on key: KeyAttribute) -> RangeCondition? {
        parts.first { $0.name == key.attribute }?.condition
    }

    private func hashValues(_ schema: KeySchema) throws(ServiceError) -> [AttributeValue] {
        var values: [AttributeValue] = []
        for key in schema.hash {
            guard let condition = condition(on: key) else { throw .missedKeyElement(key.name) }
            guard case .equal(let value) = condition else { throw .unsupportedKeyCondition }
            values.append(value)
        }
        return values
    }

    /// The conditions on the range attributes up to the first that has none.
    private func rangeConditions(_ schema: KeySchema) throws(ServiceError) -> [RangeCondition] {
        var conditions: [RangeCondition] = []
        for key in schema.range {
            guard let condition = condition(on: key) else { break }
            if let last = conditions.last {
                guard case .equal = last else { throw .unsupportedKeyCondition }
            }
            conditions.append(condition)
        }
        return conditions
    }

    /// Some condition was left over: it is on no key attribute, or beyond a gap.
    private func surplusError(_ schema: KeySchema, _ rangeCount: Int) -> ServiceError {
        rangeCount < schema.range.count ? .missedKeyElement(schema.range[rangeCount].name) : .unsupportedKeyCondition
    }

    private func checkTypes(_ schema: KeySchema) throws(ServiceError) {
        for key in schema.attributes {
            guard let condition = condition(on: key) else { continue }
            if condition.operands.contains(where: { $0.type != key.type }) {
                throw .validationException(
                    "One or more parameter values were invalid: Condition parameter type does not match schema type"
                )
            }
        }
    }
}

extension ServiceError {
    static let keyConditionCount = ServiceError.validationException("Conditions can be of length 1 or 2 only")

    fileprivate static func missedKeyElement(_ name: String) -> ServiceError {
        .validationException("Query condition missed key schema element: \(name)")
    }

    fileprivate static let unsupportedKeyCondition = ServiceError.validationException(
        "Query key condition not supported"
    )
}
