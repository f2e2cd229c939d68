import Model

/// What only the embedded engine can do: look inside, and move the clock. A real endpoint has none of it.
public protocol Laboratory: DatabaseService, AccessControl {
    var now: SimulatedInstant { get }
    /// Lets simulated time pass; everything due in between happens in order.
    func advance(byMicroseconds duration: Int64)

    func tableNames() -> [String]
    /// The table as it is now: exact counts, whatever the refresh interval of DescribeTable.
    func describe(table: String) throws(ServiceError) -> TableDescription
    /// The state of the deletion of expired items.
    func timeToLive(of table: String) throws(ServiceError) -> TimeToLiveDescription
    func partitions(of table: String, index: String?) throws(ServiceError) -> [PartitionReport]
    func replicas(of table: String, index: String?) throws(ServiceError) -> [ReplicaReport]
    /// How long followers took to show the latest records.
    func lags(of table: String, index: String?) throws(ServiceError) -> [LagReport]
    /// The shards of a table's streams, or of all tables', oldest first: what can be read of them now, and whose children
    /// they are.
    func shards(of table: String?) -> [ShardReport]
    func locate(_ key: Item, in table: String, index: String?) throws(ServiceError) -> LocationReport
    /// What the request would do: nothing is read for the caller, billed or changed.
    func explain(_ request: Request) throws(ServiceError) -> Explanation
    func routers() -> [RouterReport]
    func nodes() -> [NodeReport]

    /// Breaks something: from now on, and for this long or until it is healed. Throws a ValidationException when there
    /// is no such thing to break.
    func inject(_ fault: Fault, forMicroseconds duration: Int64?) throws(ServiceError) -> FaultReport
    /// Ends the faults of this scope, or all of them; returns those that ended. Throws a ValidationException when none
    /// has this scope.
    func heal(_ scope: FaultScope?) throws(ServiceError) -> [FaultReport]
    /// What is broken now, oldest first.
    func faults() -> [FaultReport]

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

extension Laboratory {
    public func timeToLive(of table: String) throws(ServiceError) -> TimeToLiveDescription {
        TimeToLiveDescription(status: .disabled)
    }
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
    /// Where the range begins and ends inside a hash, when a large item collection was cut by its sort key.
    public var firstSortKey: String?
    public var endSortKey: String?
    /// `none` while nobody leads.
    public var leader: String
    public var leaderZone: String
    /// `ok`, `splitting 62%`, `retired`, `no leader`, …
    public var state: String
    /// The partition it was split from.
    public var parent: PartitionLabel?
    /// The partitions that took its place.
    public var children: [PartitionLabel] = []
}

public struct ReplicaReport: Sendable {
    public var partition: PartitionLabel
    public var node: String
    public var zone: String
    /// `leader`, `follower`, `candidate`, or `learner` while it is filled.
    public var role: String
    /// `full`, or `log` for a replica that keeps the log alone.
    public var kind: String
    /// `ok`, `dead`, `catching up`, `damaged`, …
    public var state: String
    public var term: Int
    /// Last record durable in the replica's own log, and last record applied to its trees.
    public var logIndex: UInt64
    public var appliedIndex: UInt64
    /// How long it has shown something older than the leader; 0 when it is current.
    public var lagMicroseconds: Int64
    /// What is left of the leader's lease; nil for who has none.
    public var leaseMicroseconds: Int64?
    public var itemCount: Int
    public var treeHeight: Int
}

/// The distribution of one follower's lag over the records that are still in its partition's log.
public struct LagReport: Sendable {
    public var partition: PartitionLabel
    public var node: String
    public var records: Int
    public var medianMicroseconds: Int64
    public var ninetiethMicroseconds: Int64
    public var ninetyNinthMicroseconds: Int64
    public var longestMicroseconds: Int64
    /// Of the records, those shown less than 10 ms after they were committed.
    public var withinTenMilliseconds: Int
}

/// A shard of a stream.
public struct ShardReport: Sendable {
    public var table: String
    public var streamLabel: String
    public var streamStatus: StreamStatus
    public var viewType: StreamViewType
    public var id: String
    public var parentID: String?
    /// The partition whose changes it tells.
    public var partition: PartitionLabel
    public var isOpen: Bool
    /// What can be read, and what was committed but cannot be read yet.
    public var records: Int
    public var pendingRecords: Int
    /// Of what can be read; nil when that is nothing.
    public var oldestSequenceNumber: String?
    public var newestSequenceNumber: String?
    /// Since the oldest of these was committed.
    public var ageMicroseconds: Int64?
}

public struct LocationReport: Sendable {
    public var hash: UInt128
    public var partition: PartitionLabel
    public var partitionCount: Int
    public var firstHash: UInt128
    public var lastHash: UInt128
    public var replicas: [ReplicaReport]
}

/// A storage node: what it hosts, how full it is and how busy.
public struct NodeReport: Sendable {
    public var name: String
    public var zone: String
    /// `ok`, `dead`, `slow`, …
    public var state: String
    public var replicas: Int
    public var leaders: Int
    /// Tables and indexes with a replica here, in byte order.
    public var tables: [String]
    public var bytes: Int
    public var bytesMax: Int
    /// Provisioned throughput of the replicas here: their partitions' shares.
    public var allocatedReads: Double
    public var allocatedWrites: Double
    /// Units in the last simulated second that saw any traffic, and what the node can serve.
    public var readUnitsPerSecond: Double
    public var writeUnitsPerSecond: Double
    public var readsMax: Double
    public var writesMax: Double
}

public struct FaultReport: Sendable, Equatable {
    public var fault: Fault
    /// What it means here and now: `leader app/p3` names the node it was.
    public var detail: String
    public var since: SimulatedInstant
    /// Nil when it lasts until it is healed.
    public var until: SimulatedInstant?
}

public struct RouterReport: Sendable {
    public var name: String
    public var zone: String
    public var cachedTables: Int
    public var cacheHits: Int
    public var cacheMisses: Int
    /// Requests that a stale map sent to the wrong place first.
    public var redirects: Int
    public var isAlive: Bool
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
