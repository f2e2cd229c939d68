import Expressions
import Model

/// How a WHERE clause reaches the items of a table or index. Source: reference D2.
public struct KeyAccess: Equatable, Sendable {
    public enum Kind: Equatable, Sendable {
        /// One equality for every key attribute: on a table that is at most one item.
        case get
        /// The partition key is given, by equality, IN or an OR of equalities.
        case query
        case scan
    }

    public var kind: Kind
    /// One query for each partition key value: one for a get, none for a scan.
    public var conditions: [ResolvedKeyCondition]
    /// What `conditions` leave to be asked of each item; nil when nothing.
    public var filter: PartiQLCondition?
    /// False when ORDER BY asks for descending sort keys.
    public var isForward: Bool
}

extension SelectStatement {
    /// Reads the access from WHERE and ORDER BY. The statement must be bound.
    ///
    /// Throws when a key attribute is compared with another type than its own, when there are more than 50 partition
    /// key values, or when ORDER BY is not possible.
    public func keyAccess(for schema: KeySchema) throws(ServiceError) -> KeyAccess {
        var reading = KeyReading(condition)
        guard let hashValues = try reading.takeHashValues(schema) else {
            if let error = orderError(schema) { throw error }
            return KeyAccess(kind: .scan, conditions: [], filter: condition, isForward: true)
        }
        let range = try reading.takeRangeConditions(schema)
        try checkOrderNames(schema)
        let conditions = ordered(hashValues, schema).map { values in
            ResolvedKeyCondition(
                hashValues: values,
                rangeEqualities: range.dropLast().flatMap(\.operands),
                rangeCondition: range.last
            )
        }
        let isWhole = conditions.count == 1 && range.count == schema.range.count && range.allSatisfy(\.isEquality)
        let isDescending = schema.range.contains { key in order.contains { $0.name == key.name && $0.isDescending } }
        return KeyAccess(
            kind: isWhole ? .get : .query,
            conditions: conditions,
            filter: reading.rest,
            isForward: !isDescending
        )
    }

    /// What is wrong with ORDER BY when the partition key is not given.
    private func orderError(_ schema: KeySchema) -> ServiceError? {
        if order.isEmpty { return nil }
        return .validationException(
            condition == nil
                ? "Must have WHERE clause in the statement when using ORDER BY clause."
                : "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause."
        )
    }

    private func checkOrderNames(_ schema: KeySchema) throws(ServiceError) {
        if let key = order.first(where: { !schema.contains($0.name) }) {
            throw .validationException(
                "Variable reference \(key.name) in ORDER BY clause must be part of the primary key"
            )
        }
    }

    /// By the partition key where ORDER BY names it, else as they were written.
    private func ordered(_ hashValues: [[AttributeValue]], _ schema: KeySchema) -> [[AttributeValue]] {
        guard let key = order.first(where: { $0.name == schema.partitionKey.name }) else { return hashValues }
        return hashValues.sorted { left, right in
            let (first, second) = key.isDescending ? (right, left) : (left, right)
            return first[0].ordered(before: second[0]) ?? false
        }
    }
}

/// The one item an UPDATE, a DELETE or an EXISTS speaks of.
public struct StatementTarget: Equatable, Sendable {
    /// The primary key.
    public let key: Item
    /// What else must be true of the item.
    public let condition: PartiQLCondition?

    init(_ condition: PartiQLCondition?, _ schema: KeySchema) throws(ServiceError) {
        var reading = KeyReading(condition)
        var attributes = AttributeMap()
        for key in schema.attributes {
            guard let value = reading.takeEquality(on: key) else { throw .keyNotFixed }
            attributes[key.name] = value
        }
        key = Item(attributes)
        self.condition = reading.rest
    }
}

extension ServiceError {
    fileprivate static let keyNotFixed = ServiceError.validationException(
        "Where clause does not contain a mandatory equality on all key attributes"
    )
}

/// Takes conditions on key attributes out of the parts that WHERE joins by AND.
private struct KeyReading {
    private var parts: [PartiQLCondition]

    private static let hashValuesMax = 50

    init(_ condition: PartiQLCondition?) {
        parts = condition.map(\.conjuncts) ?? []
    }

    /// What was not taken.
    var rest: PartiQLCondition? {
        parts.count > 1 ? .and(parts) : parts.first
    }

    mutating func takeEquality(on key: KeyAttribute) -> AttributeValue? {
        for (index, part) in parts.enumerated() {
            if let value = part.equality(on: key) {
                parts.remove(at: index)
                return value
            }
        }
        return nil
    }

    /// All combinations of the values given for the hash attributes; nil when one of them has none.
    mutating func takeHashValues(_ schema: KeySchema) throws(ServiceError) -> [[AttributeValue]]? {
        var combinations: [[AttributeValue]] = [[]]
        var rest = self
        for key in schema.hash {
            guard let values = rest.takeValues(on: key) else { return nil }
            try checkTypes(values, key)
            combinations = combinations.flatMap { combination in values.map { combination + [$0] } }
            if combinations.count > KeyReading.hashValuesMax {
                throw .validationException(
                    "The IN operator is provided with too many operands; number of operands: \(combinations.count)"
                )
            }
        }
        self = rest
        return combinations
    }

    /// The values an attribute may have, each once: by an equality if there is one, else by IN or OR.
    private mutating func takeValues(on key: KeyAttribute) -> [AttributeValue]? {
        if let value = takeEquality(on: key) { return [value] }
        for (index, part) in parts.enumerated() {
            if let values = part.alternatives(of: key) {
                parts.remove(at: index)
                return values.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
            }
        }
        return nil
    }

    /// One condition for each range attribute from the left, up to the first that has none or no equality.
    mutating func takeRangeConditions(_ schema: KeySchema) throws(ServiceError) -> [RangeCondition] {
        var conditions: [RangeCondition] = []
        for key in schema.range {
            if let value = takeEquality(on: key) {
                try checkTypes([value], key)
                conditions.append(.equal(value))
                continue
            }
            for (index, part) in parts.enumerated() {
                guard let condition = part.rangeCondition(on: key) else { continue }
                try checkTypes(condition.operands, key)
                parts.remove(at: index)
                return conditions + [condition]
            }
            break
        }
        return conditions
    }

    private func checkTypes(_ values: [AttributeValue], _ key: KeyAttribute) throws(ServiceError) {
        if values.contains(where: { $0.type != key.type }) {
            throw .validationException(
                "One or more parameter values were invalid: Condition parameter type does not match schema type"
            )
        }
    }
}

extension RangeCondition {
    fileprivate var isEquality: Bool {
        if case .equal = self { true } else { false }
    }
}

extension PartiQLOperand {
    fileprivate func isPath(of key: KeyAttribute) -> Bool {
        if case .path(let path) = self { path.isTopLevel && path.root == key.attribute } else { false }
    }
}

extension PartiQLCondition {
    /// The parts joined by AND, whatever parentheses stood around them.
    fileprivate var conjuncts: [PartiQLCondition] {
        if case .and(let parts) = self { parts.flatMap(\.conjuncts) } else { [self] }
    }

    /// The value when this is `key = value` or `value = key`.
    fileprivate func equality(on key: KeyAttribute) -> AttributeValue? {
        guard case .equal(let value)? = rangeCondition(on: key) else { return nil }
        return value
    }

    /// The values when this is `key = value`, `key IN […]` or an OR of such.
    fileprivate func alternatives(of key: KeyAttribute) -> [AttributeValue]? {
        switch self {
        case .or(let parts):
            var values: [AttributeValue] = []
            for part in parts {
                guard let alternatives = part.alternatives(of: key) else { return nil }
                values += alternatives
            }
            return values
        case .isIn(let operand, let candidates):
            let values = candidates.compactMap(\.literal)
            return operand.isPath(of: key) && values.count == candidates.count ? values : nil
        default:
            return equality(on: key).map { [$0] }
        }
    }

    /// This condition as one on a sort key; nil when it is none.
    fileprivate func rangeCondition(on key: KeyAttribute) -> RangeCondition? {
        switch self {
        case .comparison(let comparator, let left, let right):
            if left.isPath(of: key), let value = right.literal { return RangeCondition(comparator, value) }
            if right.isPath(of: key), let value = left.literal { return RangeCondition(comparator.mirrored, value) }
            return nil
        case .between(let operand, let lower, let upper):
            guard operand.isPath(of: key), let lower = lower.literal, let upper = upper.literal else { return nil }
            return .between(lower, upper)
        case .beginsWith(let path, let prefix):
            guard path.isTopLevel, path.root == key.attribute, let prefix = prefix.literal else { return nil }
            return .beginsWith(prefix)
        case .or, .and, .not, .isIn, .isMissing, .isNull, .contains, .attributeType:
            return nil
        }
    }
}
