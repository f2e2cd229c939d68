/// The parameters from before expressions: `Expected`, `AttributeUpdates`, `KeyConditions`, `QueryFilter`, `ScanFilter`
/// and `AttributesToGet`. The service still takes them, though never beside an expression. Source: reference C3.
///
/// Their maps are keyed by top-level attributes; messages speak of the first one by name.

public enum ComparisonOperator: String, Sendable, CaseIterable {
    case equal = "EQ"
    case notEqual = "NE"
    case isIn = "IN"
    case lessOrEqual = "LE"
    case less = "LT"
    case greaterOrEqual = "GE"
    case greater = "GT"
    case between = "BETWEEN"
    case notNull = "NOT_NULL"
    case null = "NULL"
    case contains = "CONTAINS"
    case notContains = "NOT_CONTAINS"
    case beginsWith = "BEGINS_WITH"
}

/// How the conditions of `Expected`, `QueryFilter` or `ScanFilter` are joined. Absent: by AND.
public enum ConditionalOperator: String, Sendable {
    case and = "AND"
    case or = "OR"
}

/// What a write expects of one attribute, in one of two forms: `Value` with or without `Exists`, or a comparison.
public struct ExpectedAttributeValue: Equatable, Sendable {
    public var value: AttributeValue?
    public var exists: Bool?
    public var comparisonOperator: ComparisonOperator?
    public var attributeValueList: [AttributeValue]?

    public init(
        value: AttributeValue? = nil,
        exists: Bool? = nil,
        comparisonOperator: ComparisonOperator? = nil,
        attributeValueList: [AttributeValue]? = nil
    ) {
        self.value = value
        self.exists = exists
        self.comparisonOperator = comparisonOperator
        self.attributeValueList = attributeValueList
    }
}

/// The API's `Condition`: what KeyConditions, QueryFilter and ScanFilter ask of one attribute.
public struct LegacyCondition: Equatable, Sendable {
    public var comparisonOperator: ComparisonOperator
    public var attributeValueList: [AttributeValue]

    public init(_ comparisonOperator: ComparisonOperator, _ attributeValueList: [AttributeValue] = []) {
        self.comparisonOperator = comparisonOperator
        self.attributeValueList = attributeValueList
    }
}

public enum AttributeAction: String, Sendable {
    case put = "PUT"
    case add = "ADD"
    case delete = "DELETE"
}

/// What UpdateItem does to one attribute.
public struct AttributeValueUpdate: Equatable, Sendable {
    /// Nil only for DELETE, which then removes the whole attribute.
    public var value: AttributeValue?
    public var action: AttributeAction

    public init(_ action: AttributeAction = .put, _ value: AttributeValue? = nil) {
        self.action = action
        self.value = value
    }
}

extension Dictionary where Key == AttributeName {
    /// In the order of the names' bytes: a dictionary's own order differs each run.
    public var sortedByName: [(name: AttributeName, value: Value)] {
        sorted { $0.key.bytes.lexicographicallyPrecedes($1.key.bytes) }.map { (name: $0.key, value: $0.value) }
    }
}
