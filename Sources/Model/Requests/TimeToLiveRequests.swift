public struct UpdateTimeToLiveRequest: Equatable, Sendable {
    public var tableName: String
    public var specification: TimeToLiveSpecification

    public init(tableName: String, specification: TimeToLiveSpecification) {
        self.tableName = tableName
        self.specification = specification
    }
}

/// Which attribute holds the second since 1970 from which on an item is to be deleted.
public struct TimeToLiveSpecification: Equatable, Sendable {
    public var enabled: Bool
    public var attributeName: String

    public init(enabled: Bool, attributeName: String) {
        self.enabled = enabled
        self.attributeName = attributeName
    }
}

public struct DescribeTimeToLiveRequest: Equatable, Sendable {
    public var tableName: String

    public init(tableName: String) { self.tableName = tableName }
}

public enum TimeToLiveStatus: String, Sendable, CaseIterable {
    case enabling = "ENABLING"
    case disabling = "DISABLING"
    case enabled = "ENABLED"
    case disabled = "DISABLED"
}

public struct TimeToLiveDescription: Equatable, Sendable {
    public var status: TimeToLiveStatus
    /// Absent when DISABLED.
    public var attributeName: String?

    public init(status: TimeToLiveStatus, attributeName: String? = nil) {
        self.status = status
        self.attributeName = attributeName
    }
}
