import Model

/// What only the embedded engine can do: look inside, and move the clock. A real endpoint has none of it.
public protocol Laboratory: DatabaseService {
    var now: SimulatedInstant { get }
    /// Lets simulated time pass; everything due in between happens in order.
    func advance(byMicroseconds duration: Int64)

    func tableNames() -> [String]
    /// The table as it is now: exact counts, whatever the refresh interval of DescribeTable.
    func describe(table: String) throws(ServiceError) -> TableDescription
    func partitions(of table: String, index: String?) throws(ServiceError) -> [PartitionReport]
    func replicas(of table: String, index: String?) throws(ServiceError) -> [ReplicaReport]
    func locate(_ key: Item, in table: String, index: String?) throws(ServiceError) -> LocationReport
    /// What the request would do: nothing is read for the caller, billed or changed.
    func explain(_ request: Request) throws(ServiceError) -> Explanation
    func routers() -> [RouterReport]

    /// Every named constant of the engine.
    func settings() -> [SettingReport]
    /// Throws a ValidationException that says what the setting takes.
    func set(_ name: String, to value: String) throws(ServiceError)

    /// What happened since the last call, oldest first.
    func takeEvents() -> [EngineEvent]
    /// The most recent events, oldest first.
    func recentEvents() -> [EngineEvent]
    /// Some of the table's items, unbilled, spread over its partitions.
    func sampleItems(of table: String, limit: Int) -> [Item]
    /// Changes whenever a table's schema, or the set of tables, changes.
    var schemaVersion: Int { get }
}

/// A half-open key range of hashes, as 32 hexadecimal digits.
public struct PartitionReport: Sendable {
    public var label: PartitionLabel
    public var firstHash: UInt128
    /// Inclusive.
    public var lastHash: UInt128
    public var itemCount: Int
    public var sizeBytes: Int
    /// Units in the last simulated second that saw any traffic, and the ceilings.
    public var readUnitsPerSecond: Double
    public var writeUnitsPerSecond: Double
    public var readCeiling: Double
    public var writeCeiling: Double
    /// The even share of provisioned throughput; nil on demand.
    public var provisionedShare: ProvisionedThroughput?
    public var leader: String
    public var leaderZone: String
    public var state: String
}

public struct ReplicaReport: Sendable {
    public var partition: PartitionLabel
    public var node: String
    public var zone: String
    public var role: String
    public var term: Int
    /// Last record in the log, and last record applied to the trees.
    public var logIndex: UInt64
    public var appliedIndex: UInt64
    public var itemCount: Int
    public var treeHeight: Int
}

public struct LocationReport: Sendable {
    public var hash: UInt128
    public var partition: PartitionLabel
    public var partitionCount: Int
    public var firstHash: UInt128
    public var lastHash: UInt128
    public var replicas: [ReplicaReport]
}

public struct RouterReport: Sendable {
    public var name: String
    public var zone: String
    public var cachedTables: Int
    public var cacheHits: Int
    public var cacheMisses: Int
}

/// A line each: a label such as `key`, and what it says. Rendered as a small tree.
public struct Explanation: Sendable {
    public struct Line: Sendable {
        public var label: String
        public var text: String
        /// What the text rests on, or how sure it is; shown in a second column.
        public var detail: String

        public init(_ label: String, _ text: String, detail: String = "") {
            self.label = label
            self.text = text
            self.detail = detail
        }
    }

    public var title: String
    public var steps: [Line]
    public var cost: String
    public var warnings: [String]

    public init(title: String, steps: [Line], cost: String, warnings: [String] = []) {
        self.title = title
        self.steps = steps
        self.cost = cost
        self.warnings = warnings
    }
}

public struct SettingReport: Sendable {
    public var name: String
    public var value: String
    public var unit: String
    public var summary: String
}

/// Something that happened under a statement: `text` is one readable line.
public struct EngineEvent: Sendable, Equatable {
    public var instant: SimulatedInstant
    public var text: String

    public init(instant: SimulatedInstant, text: String) {
        self.instant = instant
        self.text = text
    }
}
