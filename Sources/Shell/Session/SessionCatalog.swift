import Engine
import Language
import Model

/// What the parser learns of the tables: from inside the engine, or else by DescribeTable, which is free.
final class SessionCatalog: TableCatalog {
    private let service: any DatabaseService
    private let laboratory: (any Laboratory)?
    private var knownVersion = -1
    private var shapes: [String: TableShape?] = [:]
    /// Counts up when the session itself changed a table of a service that has no version.
    private var remoteVersion = 0

    init(service: any DatabaseService, laboratory: (any Laboratory)?) {
        self.service = service
        self.laboratory = laboratory
    }

    var catalogVersion: Int { laboratory?.schemaVersion ?? remoteVersion }

    func tablesChanged() { remoteVersion += 1 }

    func shape(of table: String) -> TableShape? {
        forgetIfChanged()
        if let known = shapes[table] { return known }
        let shape = describe(table).map { TableShape($0) }
        shapes[table] = shape
        return shape
    }

    var tableNames: [String] {
        if let laboratory { return laboratory.tableNames().sortedByBytes }
        var names: [String] = []
        var start: String?
        repeat {
            guard
                case .listTables(let page)? =
                    try? service.perform(.listTables(ListTablesRequest(exclusiveStartTableName: start)))
            else { break }
            names += page.tableNames
            start = page.lastEvaluatedTableName
        } while start != nil
        return names
    }

    func sampleItems(of table: String, limit: Int) -> [Item] {
        laboratory?.sampleItems(of: table, limit: limit) ?? []
    }

    func innerNames(_ kind: InnerName) -> [String] {
        guard let laboratory else { return [] }
        switch kind {
        case .nodes: return laboratory.nodes().map(\.name)
        case .routers: return laboratory.routers().map(\.name)
        case .partitions(let table, let index):
            let partitions = try? laboratory.partitions(of: table, index: index)
            return (partitions ?? []).map { "p\($0.label.number)" }
        }
    }
    var userNames: [String] { laboratory?.users().map(\.name) ?? [] }

    func describe(_ table: String) -> TableDescription? {
        if let laboratory { return try? laboratory.describe(table: table) }
        guard
            case .describeTable(let description)? =
                try? service.perform(.describeTable(DescribeTableRequest(tableName: table)))
        else { return nil }
        return description
    }

    private func forgetIfChanged() {
        guard catalogVersion != knownVersion else { return }
        knownVersion = catalogVersion
        shapes = [:]
    }
}

extension TableShape {
    init(_ description: TableDescription) {
        let types = Dictionary(
            description.attributeDefinitions.map { ($0.attributeName, $0.attributeType) },
            uniquingKeysWith: { first, _ in first }
        )
        func key(_ schema: [KeySchemaElement]) -> KeySchema {
            func attributes(_ type: KeyType) -> [KeyAttribute] {
                schema.filter { $0.keyType == type }
                    .map { KeyAttribute($0.attributeName, types[$0.attributeName] ?? .string) }
            }
            return KeySchema(hash: attributes(.hash), range: attributes(.range))
        }
        let local = description.localSecondaryIndexes.map {
            Index(name: $0.indexName, key: key($0.keySchema), isLocal: true)
        }
        let global = description.globalSecondaryIndexes.map {
            Index(name: $0.indexName, key: key($0.keySchema), isLocal: false)
        }
        self.init(key: key(description.keySchema), indexes: local + global)
    }

    /// Names of the key attributes of the index, if one is named, then of the table.
    func keyNames(index: String?) -> [AttributeName] {
        let ofIndex = index.flatMap { self.index(named: $0) }?.key.attributes ?? []
        var names: [AttributeName] = []
        for attribute in ofIndex + key.attributes where !names.contains(attribute.attribute) {
            names.append(attribute.attribute)
        }
        return names
    }
}
