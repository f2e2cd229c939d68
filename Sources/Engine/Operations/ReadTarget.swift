import Expressions
import Model

/// What a Query or Scan reads: the table itself, one of its local indexes, or a global index.
struct ReadTarget {
    enum Source {
        case table
        /// Position in the table's list of local indexes.
        case localIndex(Int)
        case globalIndex(GlobalIndex)
    }

    let table: Table
    let source: Source

    /// The key that orders the entries.
    var key: KeySchema { definition?.key ?? table.key }

    var definition: IndexDefinition? {
        switch source {
        case .table: nil
        case .localIndex(let position): table.localIndexes[position]
        case .globalIndex(let index): index.definition
        }
    }

    var globalIndex: GlobalIndex? {
        if case .globalIndex(let index) = source { index } else { nil }
    }

    var localIndexPosition: Int? {
        if case .localIndex(let position) = source { position } else { nil }
    }

    var partitions: [Partition] { globalIndex?.partitions ?? table.partitions }

    /// Names of the attributes that tell where a page ended: the table's key, and the index's.
    var startKeyAttributes: [KeyAttribute] {
        (table.key.attributes + (definition?.key.attributes ?? [])).reduce(into: []) { list, attribute in
            if !list.contains(where: { $0.attribute == attribute.attribute }) { list.append(attribute) }
        }
    }

    func startKey(of entry: Item) -> Item { entry.projected(to: startKeyAttributes.map(\.attribute)) }

    /// Where an entry, or the key that a page ended with, stands in the order.
    func storageKey(of entry: Item) -> [UInt8] {
        guard let definition else { return table.storageKey(of: entry) }
        var encoder = KeyEncoder()
        definition.encodeKey(of: entry, into: &encoder)
        return encoder.bytes
    }

    /// The cost of a page: on an index the table's arm is 0.
    func consumedCapacity(_ units: Double, fetchUnits: Double = 0) -> ConsumedCapacity {
        var capacity = ConsumedCapacity(tableName: table.name, table: fetchUnits)
        switch source {
        case .table: capacity.table = units
        case .localIndex: capacity.charge(localIndex: definition!.name, units)
        case .globalIndex: capacity.charge(globalIndex: definition!.name, units)
        }
        return capacity
    }
}

extension Region {
    func readTarget(table: Table, index name: String?) throws(ServiceError) -> ReadTarget {
        guard let name else { return ReadTarget(table: table, source: .table) }
        if let position = table.localIndexes.firstIndex(where: { $0.name == name }) {
            return ReadTarget(table: table, source: .localIndex(position))
        }
        guard let index = table.globalIndex(named: name), index.status != .deleting else {
            throw ReadRules.unknownIndex(name)
        }
        if index.isBackfilling != nil { throw ReadRules.backfillingIndex(name) }
        return ReadTarget(table: table, source: .globalIndex(index))
    }

    /// Checks of index reads that need the index's definition.
    func checkRead(
        _ target: ReadTarget,
        isConsistent: Bool,
        select: Select?,
        projection: ProjectionExpression?,
        filter: (any ItemPredicate)?
    ) throws(ServiceError) {
        guard let index = target.globalIndex?.definition else { return }
        try ReadRules.checkGlobalIndexRead(
            indexName: index.name,
            projection: index.projection.projectionType ?? .all,
            consistentRead: isConsistent,
            select: select
        )
        let mentioned = (projection?.topLevelNames ?? []) + (filter?.topLevelNames ?? [])
        let missing = mentioned.filter { !index.holds($0) }
        if !missing.isEmpty {
            throw .invalid(
                "Global secondary index \(index.name) does not project "
                    + "[\(missing.sortedByBytes.joined(separator: ", "))]"
            )
        }
    }

    /// The place after which a page starts. The key must have exactly the target's key attributes, of their types.
    func checkStartKey(_ key: Item, for target: ReadTarget) throws(ServiceError) {
        let expected = target.startKeyAttributes
        let fits =
            key.count == expected.count
            && expected.allSatisfy { attribute in
                key.withValue(of: attribute.attribute) { $0?.type == attribute.type }
            }
        if !fits {
            throw .validationException(
                target.definition == nil
                    ? "The provided starting key is invalid: The provided key element does not match the schema"
                    : "The provided starting key is invalid"
            )
        }
    }
}
