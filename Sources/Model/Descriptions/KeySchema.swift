/// Which attributes make a primary or index key, in order. Tables and local indexes have one hash attribute and at
/// most one range attribute; a global index may have up to four of each.
public struct KeySchema: Equatable, Sendable {
    public let hash: [KeyAttribute]
    public let range: [KeyAttribute]

    public init(hash: [KeyAttribute], range: [KeyAttribute] = []) {
        self.hash = hash
        self.range = range
    }

    public var attributes: [KeyAttribute] { hash + range }
    public var partitionKey: KeyAttribute { hash[0] }
    public var sortKey: KeyAttribute? { range.first }

    public func contains(_ name: String) -> Bool {
        attributes.contains { $0.name == name }
    }
}

/// A key attribute and its type, one of S, N and B.
public struct KeyAttribute: Equatable, Sendable {
    public let attribute: AttributeName
    public let type: AttributeType

    public init(_ name: String, _ type: AttributeType) {
        attribute = AttributeName(name)
        self.type = type
    }

    public var name: String { attribute.description }
}

public enum KeyType: String, Sendable, CaseIterable {
    case hash = "HASH"
    case range = "RANGE"
}

/// One row of the API's `KeySchema` member.
public struct KeySchemaElement: Equatable, Sendable {
    public var attributeName: String
    public var keyType: KeyType

    public init(_ attributeName: String, _ keyType: KeyType) {
        self.attributeName = attributeName
        self.keyType = keyType
    }
}

public struct AttributeDefinition: Equatable, Sendable {
    public var attributeName: String
    public var attributeType: AttributeType

    public init(_ attributeName: String, _ attributeType: AttributeType) {
        self.attributeName = attributeName
        self.attributeType = attributeType
    }
}
