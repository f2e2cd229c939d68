import Model

/// Knows every table, and with it every partition map. Routers ask it and remember the answer.
final class MetadataService {
    private let regionName: String
    private let accountID: String
    private(set) var tables: [String: Table] = [:]
    /// Grows whenever a table, an index or a key schema comes or goes.
    private(set) var schemaVersion = 1
    private var maps = 0

    init(regionName: String, accountID: String) {
        self.regionName = regionName
        self.accountID = accountID
    }

    subscript(name: String) -> Table? { tables[name] }

    /// Names in byte order.
    var tableNames: [String] { tables.keys.sorted { $0.bytesPrecede($1) } }

    /// A name, or an ARN, from a request: checked, and looked up. The name of a table that is there needs no check.
    func reference(to nameOrArn: String) throws(ServiceError) -> TableReference {
        if let table = tables[nameOrArn] { return TableReference(name: nameOrArn, table: table) }
        guard let arn = try TableNameRules.check(nameOrArn: nameOrArn) else {
            return TableReference(name: nameOrArn, table: nil)
        }
        return TableReference(name: arn.tableName, table: try table(at: arn))
    }

    /// Nil when the region has no such table. Throws AccessDeniedException for another account's.
    func table(at arn: ResourceArn) throws(ServiceError) -> Table? {
        if arn.accountID != accountID { throw .accessDeniedException("Access is denied") }
        return arn.region == regionName ? tables[arn.tableName] : nil
    }

    /// A number for a new partition map, never used before.
    func nextMapNumber() -> Int {
        defer { maps += 1 }
        return maps
    }

    /// The map that routers are told when they ask: the newest, unless the storage nodes' word of it is on its way.
    func partitionMap(of list: PartitionList, on instant: SimulatedInstant, push: Int64) -> PartitionMap {
        list.publishedMap(on: instant, push: push)
    }

    func add(_ table: Table) {
        tables[table.name] = table
        schemaChanged()
    }

    func remove(_ name: String) {
        tables[name] = nil
        schemaChanged()
    }

    func schemaChanged() { schemaVersion += 1 }
}

/// A table's name as a request gave it, and the table if there is one.
struct TableReference {
    let name: String
    let table: Table?
}
