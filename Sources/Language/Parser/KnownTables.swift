import Model

/// A table the parser has met, with what it needs at hand. Good while the catalog's version stays the same.
final class KnownTable {
    let name: String
    let nameBytes: [UInt8]
    let shape: TableShape
    let key: KnownKey
    private let indexKeys: [(name: String, key: KnownKey)]

    init(name: String, shape: TableShape) {
        self.name = name
        self.shape = shape
        nameBytes = Array(name.utf8)
        key = KnownKey(shape.key)
        indexKeys = shape.indexes.map { ($0.name, KnownKey($0.key)) }
    }

    /// The key of the table, or of one of its indexes. Nil when there is no such index.
    func key(ofIndex index: String?) -> KnownKey? {
        guard let index else { return key }
        return indexKeys.first { $0.name == index }?.key
    }

    var indexNames: [String] { shape.indexes.map(\.name) }

    /// What ExclusiveStartKey holds: the index's key attributes, then those of the table that are not among them.
    func startKeyAttributes(ofIndex index: String?) -> [KeyAttribute] {
        let first = index.flatMap { shape.index(named: $0)?.key.attributes } ?? []
        return first + shape.key.attributes.filter { attribute in !first.contains { $0.name == attribute.name } }
    }
}

/// A key schema with its names as text, made once.
final class KnownKey {
    let schema: KeySchema
    let attributes: [KeyAttribute]
    let names: [String]
    /// `#k0`, `#k1` … for the first attributes, by how many are used. The last holds all.
    let placeholders: [[String: String]]

    init(_ schema: KeySchema) {
        self.schema = schema
        attributes = schema.attributes
        let names = attributes.map(\.name)
        self.names = names
        placeholders = (0...names.count).map { count in
            Dictionary(uniqueKeysWithValues: names.prefix(count).enumerated().map { ("#k\($0)", $1) })
        }
    }

    @inline(__always)
    func contains(_ name: UnsafeRawBufferPointer) -> Bool { attributes.contains { $0.attribute.matches(name) } }
}

/// The tables met so far under one version of the catalog.
struct KnownTables {
    private var tables: [KnownTable] = []
    private var version = Int.min

    /// The table, asked of the catalog at most once.
    @inline(__always)
    mutating func table(_ name: UnsafeRawBufferPointer, in catalog: any TableCatalog) -> KnownTable? {
        let current = catalog.catalogVersion
        if current != version {
            tables.removeAll()
            version = current
        }
        for table in tables where table.nameBytes.count == name.count {
            if table.nameBytes.withUnsafeBytes({ compareBytes($0, name) == 0 }) { return table }
        }
        return learn(String(decoding: name, as: UTF8.self), from: catalog)
    }

    mutating func table(_ name: String, in catalog: any TableCatalog) -> KnownTable? {
        var name = name
        return name.withUTF8 { table(UnsafeRawBufferPointer($0), in: catalog) }
    }

    private mutating func learn(_ name: String, from catalog: any TableCatalog) -> KnownTable? {
        guard let shape = catalog.shape(of: name) else { return nil }
        let table = KnownTable(name: name, shape: shape)
        // A script rarely uses more; one that does pays for asking again.
        if tables.count == 16 { tables.removeFirst() }
        tables.append(table)
        return table
    }
}
