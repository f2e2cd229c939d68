/// Something that answers the API: the embedded engine, or a real endpoint.
///
/// Synchronous and confined to one caller at a time; whoever shares it puts a lock around it.
public protocol DatabaseService: AnyObject {
    /// Answers one request. `report` tells what it did and cost, also when it throws.
    func perform(_ request: Request, report: inout RequestReport) throws(ServiceError) -> Response
}

extension DatabaseService {
    public func perform(_ request: Request) throws(ServiceError) -> Response {
        var report = RequestReport()
        return try perform(request, report: &report)
    }
}

/// What a request did on its way, for the cost line and for TRACE.
public struct RequestReport: Sendable {
    public enum Consistency: Sendable { case eventual, strong, transactional }

    /// One row a table that was charged, whatever ReturnConsumedCapacity asked for.
    public var consumedCapacity: [ConsumedCapacity] = []
    public var kind: ConsumedCapacity.Kind = .read
    public var consistency: Consistency = .eventual
    /// The partitions that served the request, in the order they were asked, each once.
    public var partitions: [PartitionLabel] = []
    /// How many partitions the table or index has that `partitions` belong to, if it is one.
    public var partitionCount = 0
    /// The replica that answered last.
    public var servedBy: ReplicaLabel?
    /// From the first byte sent to the last received, in microseconds.
    public var latencyMicroseconds: Int64 = 0
    /// Filled only when `isTraced`.
    public var trace: [TraceStep] = []
    public var isTraced: Bool

    public init(isTraced: Bool = false) { self.isTraced = isTraced }

    @inlinable
    public mutating func visit(_ partition: PartitionLabel) {
        if !partitions.contains(partition) { partitions.append(partition) }
    }
}

/// A partition's number within its table or index: shown as `p3`, or `gsi1/p3`.
public struct PartitionLabel: Hashable, Sendable, CustomStringConvertible {
    public let indexName: String?
    public let number: Int

    @inlinable
    public init(indexName: String? = nil, number: Int) {
        self.indexName = indexName
        self.number = number
    }

    public var description: String { indexName.map { "\($0)/p\(number)" } ?? "p\(number)" }
}

/// One of a partition's replicas: shown as `p3/n4`.
public struct ReplicaLabel: Hashable, Sendable, CustomStringConvertible {
    public let partition: PartitionLabel
    /// The number of the storage node.
    public let node: Int

    @inlinable
    public init(partition: PartitionLabel, node: Int) {
        self.partition = partition
        self.node = node
    }

    public var description: String { "\(partition)/n\(node)" }
}

/// One step of a traced request. `offset` counts from its start, in microseconds; `place` is a router or replica.
public struct TraceStep: Equatable, Sendable {
    public var offsetMicroseconds: Int64
    public var place: String
    public var text: String

    public init(offsetMicroseconds: Int64, place: String, text: String) {
        self.offsetMicroseconds = offsetMicroseconds
        self.place = place
        self.text = text
    }
}
