import Model

/// What the parser must know of the tables: positional keys, and telling plain values from DynamoDB JSON, need the key.
public protocol TableCatalog: AnyObject {
    /// Changes whenever any answer of this catalog may have changed, so that a shape may be kept until then.
    var catalogVersion: Int { get }
    func shape(of table: String) -> TableShape?
    /// In byte order.
    var tableNames: [String] { get }
    /// A few of the table's items, for completion. Must not be billed; empty when that is impossible.
    func sampleItems(of table: String, limit: Int) -> [Item]
    /// What the service's parts are called, for completion: `n1`, `r1`, `p0` …; empty when nobody may look inside.
    func innerNames(_ kind: InnerName) -> [String]
    /// In byte order, root not among them.
    var userNames: [String] { get }
}

extension TableCatalog {
    public func innerNames(_ kind: InnerName) -> [String] { [] }
    public var userNames: [String] { [] }
}

/// Parts of the service that statements name.
public enum InnerName: Hashable, Sendable {
    case nodes
    case routers
    case partitions(ofTable: String, index: String?)
}

public struct TableShape: Equatable, Sendable {
    public struct Index: Equatable, Sendable {
        public var name: String
        public var key: KeySchema
        public var isLocal: Bool

        public init(name: String, key: KeySchema, isLocal: Bool) {
            self.name = name
            self.key = key
            self.isLocal = isLocal
        }
    }

    public var key: KeySchema
    public var indexes: [Index]

    public init(key: KeySchema, indexes: [Index] = []) {
        self.key = key
        self.indexes = indexes
    }

    public func index(named name: String) -> Index? { indexes.first { $0.name == name } }
}
