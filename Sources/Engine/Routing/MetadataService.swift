import Model

/// Knows every table, and with it every partition map. Routers ask it and remember the answer.
struct MetadataService {
    private(set) var tables: [String: Table] = [:]
    /// Grows whenever a table, an index or a key schema comes or goes.
    private(set) var schemaVersion = 1

    subscript(name: String) -> Table? { tables[name] }

    /// Names in byte order.
    var tableNames: [String] { tables.keys.sorted { $0.bytesPrecede($1) } }

    mutating func add(_ table: Table) {
        tables[table.name] = table
        schemaChanged()
    }

    mutating func remove(_ name: String) {
        tables[name] = nil
        schemaChanged()
    }

    mutating func schemaChanged() { schemaVersion += 1 }
}
