public enum BillingMode: String, Sendable, CaseIterable {
    case provisioned = "PROVISIONED"
    case payPerRequest = "PAY_PER_REQUEST"
}

/// Capacity units per second.
public struct ProvisionedThroughput: Equatable, Sendable {
    public var readCapacityUnits: Int
    public var writeCapacityUnits: Int

    public init(readCapacityUnits: Int, writeCapacityUnits: Int) {
        self.readCapacityUnits = readCapacityUnits
        self.writeCapacityUnits = writeCapacityUnits
    }

    public static let none = ProvisionedThroughput(readCapacityUnits: 0, writeCapacityUnits: 0)
}

/// Upper bounds for an on-demand table or index; nil or -1 is no bound.
public struct OnDemandThroughput: Equatable, Sendable {
    public var maxReadRequestUnits: Int?
    public var maxWriteRequestUnits: Int?

    public init(maxReadRequestUnits: Int? = nil, maxWriteRequestUnits: Int? = nil) {
        self.maxReadRequestUnits = maxReadRequestUnits
        self.maxWriteRequestUnits = maxWriteRequestUnits
    }
}

/// In a request, 0 stands for a figure that was not given.
public struct WarmThroughput: Equatable, Sendable {
    public var readUnitsPerSecond: Int
    public var writeUnitsPerSecond: Int

    public init(readUnitsPerSecond: Int, writeUnitsPerSecond: Int) {
        self.readUnitsPerSecond = readUnitsPerSecond
        self.writeUnitsPerSecond = writeUnitsPerSecond
    }
}

public enum ProjectionType: String, Sendable, CaseIterable {
    case all = "ALL"
    case include = "INCLUDE"
    case keysOnly = "KEYS_ONLY"
}

/// What of an item an index holds besides its keys.
public struct Projection: Equatable, Sendable {
    public var projectionType: ProjectionType?
    public var nonKeyAttributes: [String]?

    public init(_ projectionType: ProjectionType?, nonKeyAttributes: [String]? = nil) {
        self.projectionType = projectionType
        self.nonKeyAttributes = nonKeyAttributes
    }
}

public enum TableClass: String, Sendable, CaseIterable {
    case standard = "STANDARD"
    case standardInfrequentAccess = "STANDARD_INFREQUENT_ACCESS"
}

public struct Tag: Equatable, Sendable {
    public var key: String
    public var value: String

    public init(key: String, value: String) {
        self.key = key
        self.value = value
    }
}

public enum StreamViewType: String, Sendable, CaseIterable {
    case keysOnly = "KEYS_ONLY"
    case newImage = "NEW_IMAGE"
    case oldImage = "OLD_IMAGE"
    case newAndOldImages = "NEW_AND_OLD_IMAGES"
}

/// Whether a table's changes are told, and how much of them. The view type is given when enabled, and only then.
public struct StreamSpecification: Equatable, Sendable {
    public var streamEnabled: Bool
    public var streamViewType: StreamViewType?

    public init(streamEnabled: Bool, streamViewType: StreamViewType? = nil) {
        self.streamEnabled = streamEnabled
        self.streamViewType = streamViewType
    }
}

/// Which key encrypts a table at rest. Without a specification, or with one that is not enabled, it is a key that the
/// service owns, and nothing is told of it.
public struct SSESpecification: Equatable, Sendable {
    public var enabled: Bool?
    public var sseType: SSEType?
    /// A key's identifier, alias or ARN. The account's own key for the service when absent.
    public var kmsMasterKeyId: String?

    public init(enabled: Bool? = nil, sseType: SSEType? = nil, kmsMasterKeyId: String? = nil) {
        self.enabled = enabled
        self.sseType = sseType
        self.kmsMasterKeyId = kmsMasterKeyId
    }
}

public enum SSEType: String, Sendable, CaseIterable {
    case aes256 = "AES256"
    case kms = "KMS"
}

/// A table's encryption with a key of the account. Its status is always ENABLED.
public struct SSEDescription: Equatable, Sendable {
    public var sseType: SSEType
    public var kmsMasterKeyArn: String

    public init(sseType: SSEType, kmsMasterKeyArn: String) {
        self.sseType = sseType
        self.kmsMasterKeyArn = kmsMasterKeyArn
    }
}
