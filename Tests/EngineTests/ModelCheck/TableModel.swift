import Model

@testable import Engine

/// The table as a dictionary. It knows nothing of partitions, replicas or logs.
struct TableModel {
    struct Key: Hashable, Comparable, CustomStringConvertible {
        let pk: String
        /// Position in `sortKeys`.
        let sk: Int

        static let partitionKeys = ["p", "q", "é", "p2", "zz"]
        /// Ascending.
        static let sortKeys = ["-100", "-2.5", "-1", "0", "0.5", "1", "2", "3", "10", "10.5", "100", "1E10"]

        var attributes: AttributeMap { ["pk": .string(pk), "sk": .decimal(Key.sortKeys[sk])] }
        var item: Item { Item(attributes) }
        var description: String { "(\(pk), \(Key.sortKeys[sk]))" }
        static func < (left: Key, right: Key) -> Bool { left.sk < right.sk }
    }

    /// What can be read: the table, or one of its indexes.
    enum Target: String, CaseIterable {
        case table, byA, byG, byH

        var indexName: String? { self == .table ? nil : rawValue }
        var isGlobal: Bool { self == .byG || self == .byH }
        var hash: String { self == .byG ? "g" : self == .byH ? "h" : "pk" }
        var range: String? {
            switch self {
            case .table: "sk"
            case .byA, .byG: "a"
            case .byH: nil
            }
        }
        /// Index keys, each once.
        var key: [String] { [hash] + (range.map { [$0] } ?? []) }
        /// Nil for everything.
        var projected: [String]? {
            switch self {
            case .table: nil
            case .byA: ["pk", "sk", "a", "n"]
            case .byG: ["pk", "sk", "g", "a"]
            case .byH: ["pk", "sk", "h", "n", "s"]
            }
        }
        /// What tells where a page ended.
        var startKey: [String] { ["pk", "sk"] + key.filter { $0 != "pk" && $0 != "sk" } }
        var partitions: Int {
            switch self {
            case .table, .byA: 5
            case .byG: 3
            case .byH: 2
            }
        }

        func entry(_ item: AttributeMap) -> AttributeMap? {
            if key.contains(where: { item[$0] == nil }) { return nil }
            guard let projected else { return item }
            return projected.reduce(into: AttributeMap()) { $0[$1] = item[$1] }
        }
    }

    static let name = "Model"

    static var request: CreateTableRequest {
        .table(
            name,
            sort: ("sk", .number),
            partitions: Target.table.partitions,
            locals: [("byA", ("a", .string), Projection(.include, nonKeyAttributes: ["n"]))],
            globals: [
                .init(
                    name: "byG",
                    hash: [("g", .string)],
                    range: [("a", .string)],
                    projection: Projection(.keysOnly),
                    partitions: Target.byG.partitions
                ),
                .init(
                    name: "byH",
                    hash: [("h", .number)],
                    projection: Projection(.include, nonKeyAttributes: ["n", "s"]),
                    partitions: Target.byH.partitions
                ),
            ]
        )
    }

    private(set) var items: [Key: AttributeMap] = [:]
    /// Every version committed since the table last came to rest, the oldest first; nil is no item.
    private var versions: [Key: [AttributeMap?]] = [:]

    mutating func write(_ new: AttributeMap?, at key: Key) {
        versions[key, default: [items[key]]].append(new)
        items[key] = new
    }

    /// Everybody has seen everything: from here on nothing older may be read.
    mutating func comeToRest() { versions = [:] }

    func committed(_ key: Key) -> [AttributeMap?] { versions[key] ?? [items[key]] }

    /// What the write costs, by arm; the table's own is "".
    func writeCost(_ old: AttributeMap?, _ new: AttributeMap?) -> [String: Double] {
        var arms = ["": Arithmetic.tableUnits(old, new)]
        for target in Target.allCases where target != .table {
            let units = Arithmetic.indexUnits(
                old.flatMap(target.entry),
                new.flatMap(target.entry),
                key: target.key
            )
            if units > 0 { arms[target.rawValue] = units }
        }
        return arms
    }

    /// Entries with their items' keys, in the order of a scan.
    func entries(_ target: Target) -> [Entry] {
        items.compactMap { key, item in target.entry(item).map { Entry(target: target, key: key, attributes: $0) } }
            .sorted()
    }

    /// One row of a table or index, and its place in the order: hash, range key, then the table's key.
    struct Entry: Comparable {
        let target: Target
        let key: Key
        let attributes: AttributeMap
        let hash: UInt128

        init(target: Target, key: Key, attributes: AttributeMap) {
            self.target = target
            self.key = key
            self.attributes = attributes
            hash = PartitionHash.hash(attributes[target.hash]!.orderedBytes)
        }

        var range: AttributeValue? { target.range.flatMap { attributes[$0] } }
        var partition: Int { Int(hash.multipliedFullWidth(by: UInt128(target.partitions)).high) }
        var startKey: Item {
            Item(target.startKey.reduce(into: AttributeMap()) { $0[$1] = attributes[$1] })
        }

        static func == (left: Entry, right: Entry) -> Bool {
            left.key == right.key && left.hash == right.hash && left.range == right.range
        }

        static func < (left: Entry, right: Entry) -> Bool {
            if left.hash != right.hash { return left.hash < right.hash }
            if let leftRange = left.range, let rightRange = right.range, leftRange != rightRange {
                return leftRange.ordered(before: rightRange)!
            }
            if left.target.isGlobal {
                let leftTable = PartitionHash.hash(Array(left.key.pk.utf8))
                let rightTable = PartitionHash.hash(Array(right.key.pk.utf8))
                if leftTable != rightTable { return leftTable < rightTable }
            }
            return left.key.sk < right.key.sk
        }
    }
}
