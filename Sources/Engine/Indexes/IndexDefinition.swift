import Model

/// What a secondary index holds of an item, and where.
struct IndexDefinition: Sendable {
    let name: String
    let isLocal: Bool
    let key: KeySchema
    let tableKey: KeySchema
    let projection: Projection
    /// Attributes of an entry; nil when the projection is ALL and an entry is the item itself.
    private let projectedNames: [AttributeName]?

    init(name: String, isLocal: Bool, key: KeySchema, tableKey: KeySchema, projection: Projection) {
        self.name = name
        self.isLocal = isLocal
        self.key = key
        self.tableKey = tableKey
        self.projection = projection
        if projection.projectionType == .all {
            projectedNames = nil
        } else {
            let keyNames = (key.attributes + tableKey.attributes).map(\.attribute)
            let others = (projection.nonKeyAttributes ?? []).map { AttributeName($0) }
            projectedNames = (keyNames + others).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        }
    }

    var projectsEverything: Bool { projectedNames == nil }

    /// The item's entry: its projected attributes, or nil when the item lacks an index key, or has one that
    /// no index takes: of another type, empty, or too long.
    func entry(for item: Item?) -> Item? {
        guard let item, isIndexed(item) else { return nil }
        guard let projectedNames else { return item }
        return item.projected(to: projectedNames)
    }

    private func isIndexed(_ item: Item) -> Bool {
        isComplete(key.hash, in: item, sizeMax: Limits.partitionKeySize)
            && isComplete(key.range, in: item, sizeMax: Limits.sortKeySize)
    }

    private func isComplete(_ attributes: [KeyAttribute], in item: Item, sizeMax: Int) -> Bool {
        var size = 0
        for attribute in attributes where ItemRules.fault(of: attribute, in: item, size: &size) != nil { return false }
        return size <= sizeMax
    }

    /// Whether the attribute is in every entry that has it.
    func holds(_ attribute: String) -> Bool {
        projectedNames?.contains(AttributeName(attribute)) ?? true
    }

    /// Writes the entry's place, as drawn at `StorageKey`. `entry` may be the whole item.
    func encodeKey(of entry: Item, into encoder: inout KeyEncoder) {
        encodeIndexKey(of: entry, into: &encoder)
        if !isLocal {
            // Equal index keys are ordered by the table's: its hash first, then its bytes.
            entry.withValue(of: tableKey.partitionKey.attribute) { encoder.appendPartitionKey($0!) }
        }
        if let sortKey = tableKey.sortKey {
            entry.withValue(of: sortKey.attribute) { encoder.appendFinal($0!) }
        }
    }

    /// The same for a global index, when the item's place in the table is known: the entry's place ends with it.
    func encodeKey(of entry: Item, at tablePlace: StorageKey, into encoder: inout KeyEncoder) {
        encodeIndexKey(of: entry, into: &encoder)
        tablePlace.withBytes { encoder.appendFinal($0) }
    }

    private func encodeIndexKey(of entry: Item, into encoder: inout KeyEncoder) {
        encoder.reset()
        if key.hash.count == 1 {
            entry.withValue(of: key.hash[0].attribute) { encoder.appendPartitionKey($0!) }
        } else {
            encoder.appendPartitionKey(parts: key.hash.map { entry.orderedBytes(of: $0.attribute) })
        }
        for attribute in key.range {
            entry.withValue(of: attribute.attribute) { encoder.appendEscaped($0!) }
        }
    }
}

extension Item {
    /// The ordered bytes of a key attribute, which must be there.
    func orderedBytes(of name: AttributeName) -> [UInt8] {
        withValue(of: name) { value in
            guard let value else { preconditionFailure("the item has no key attribute \(name)") }
            var bytes: [UInt8] = []
            value.appendOrderedBytes(to: &bytes)
            return bytes
        }
    }
}
