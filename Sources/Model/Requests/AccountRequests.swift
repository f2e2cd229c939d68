/// What DescribeLimits answers: the account's quotas in this region. Source: reference E11.
public struct AccountLimits: Equatable, Sendable {
    public var accountMaxReadCapacityUnits: Int
    public var accountMaxWriteCapacityUnits: Int
    public var tableMaxReadCapacityUnits: Int
    public var tableMaxWriteCapacityUnits: Int

    public init(
        accountMaxReadCapacityUnits: Int,
        accountMaxWriteCapacityUnits: Int,
        tableMaxReadCapacityUnits: Int,
        tableMaxWriteCapacityUnits: Int
    ) {
        self.accountMaxReadCapacityUnits = accountMaxReadCapacityUnits
        self.accountMaxWriteCapacityUnits = accountMaxWriteCapacityUnits
        self.tableMaxReadCapacityUnits = tableMaxReadCapacityUnits
        self.tableMaxWriteCapacityUnits = tableMaxWriteCapacityUnits
    }
}

/// What DescribeEndpoints answers.
public struct ServiceEndpoint: Equatable, Sendable {
    /// A host name, without a scheme.
    public var address: String
    public var cachePeriodInMinutes: Int

    public init(address: String, cachePeriodInMinutes: Int) {
        self.address = address
        self.cachePeriodInMinutes = cachePeriodInMinutes
    }
}
