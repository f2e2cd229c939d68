/// What one request cost in one table. Units are halves: 0.5, 1, 1.5 ….
///
/// Index arms that were not charged are absent. On an index read the table arm is 0.
public struct ConsumedCapacity: Equatable, Sendable {
    public struct Arm: Equatable, Sendable {
        public var indexName: String
        public var capacityUnits: Double

        public init(indexName: String, capacityUnits: Double) {
            self.indexName = indexName
            self.capacityUnits = capacityUnits
        }
    }

    public enum Kind: Equatable, Sendable { case read, write }

    public var tableName: String
    public var table: Double
    public var localSecondaryIndexes: [Arm]
    public var globalSecondaryIndexes: [Arm]
    /// Set on transactional answers, which also report the figure as read or write units at each level.
    public var transactionalKind: Kind?
    /// Made by `reduced(for: .total)`: only the sum is told, and `table` holds it.
    public private(set) var isTotalOnly = false

    public init(
        tableName: String,
        table: Double = 0,
        localSecondaryIndexes: [Arm] = [],
        globalSecondaryIndexes: [Arm] = [],
        transactionalKind: Kind? = nil
    ) {
        self.tableName = tableName
        self.table = table
        self.localSecondaryIndexes = localSecondaryIndexes
        self.globalSecondaryIndexes = globalSecondaryIndexes
        self.transactionalKind = transactionalKind
    }

    public var capacityUnits: Double {
        (localSecondaryIndexes + globalSecondaryIndexes).reduce(table) { $0 + $1.capacityUnits }
    }

    /// What a request asked to be told of this cost.
    public func reduced(for detail: ReturnConsumedCapacity) -> ConsumedCapacity? {
        switch detail {
        case .none: return nil
        case .indexes: return self
        case .total:
            var total = ConsumedCapacity(tableName: tableName, table: capacityUnits)
            total.transactionalKind = transactionalKind
            total.isTotalOnly = true
            return total
        }
    }

    public mutating func charge(localIndex name: String, _ units: Double) {
        ConsumedCapacity.add(units, to: name, in: &localSecondaryIndexes)
    }

    public mutating func charge(globalIndex name: String, _ units: Double) {
        ConsumedCapacity.add(units, to: name, in: &globalSecondaryIndexes)
    }

    /// Adds another request's cost in the same table.
    public mutating func add(_ other: ConsumedCapacity) {
        precondition(other.tableName == tableName, "costs of different tables do not add up")
        table += other.table
        for arm in other.localSecondaryIndexes { charge(localIndex: arm.indexName, arm.capacityUnits) }
        for arm in other.globalSecondaryIndexes { charge(globalIndex: arm.indexName, arm.capacityUnits) }
    }

    private static func add(_ units: Double, to name: String, in arms: inout [Arm]) {
        if units == 0 { return }
        if let index = arms.firstIndex(where: { $0.indexName == name }) {
            arms[index].capacityUnits += units
        } else {
            arms.append(Arm(indexName: name, capacityUnits: units))
        }
    }
}

extension [ConsumedCapacity] {
    /// The rows of an answer about several tables, in the order of their names; nil when nothing was asked for.
    public func reduced(for detail: ReturnConsumedCapacity) -> [ConsumedCapacity]? {
        if detail == .none { return nil }
        return sorted { $0.tableName.bytesPrecede($1.tableName) }.compactMap { $0.reduced(for: detail) }
    }
}
