import Model

/// A table that a seed has drawn: few keys, so that its clients meet on them.
///
/// ```
/// pk S "k0"…   sk N   w N   n N     g S?            s N?            l N?        fill S?
/// key          key    writer count  index hash      index sort      local sort
/// ```
struct TableShape {
    struct Index {
        enum Key {
            /// Global: hash `g`, sort `s`.
            case groupAndSort
            /// Global: hash `s` alone.
            case sortAlone
            /// Local: hash `pk`, sort `l`.
            case local
        }

        let name: String
        let key: Key
        let projection: Projection
        /// It is created while clients are at work, and filled from a table that changes.
        var comesLater = false

        var isLocal: Bool { key == .local }

        /// Whether an entry tells who wrote its item, and how often it was counted up.
        var showsStamps: Bool {
            projection.projectionType == .all || projection.nonKeyAttributes?.contains("n") ?? false
        }
    }

    let name: String
    /// The accounts of a bank: their counts are balances, changed by transactions alone.
    var isBank = false
    let hashCount: Int
    /// Nil without a sort key.
    let sortCount: Int?
    /// Nil is on demand.
    let throughput: ProvisionedThroughput?
    var indexes: [Index] = []
    /// Bytes of `fill`, at most.
    var fillMax = 0

    /// Values of `g`, and of `s` and `l`.
    static let groups = 3
    static let sorts = 4

    var keyCount: Int { hashCount * (sortCount ?? 1) }

    func key(hash: Int, sort: Int) -> Item {
        var builder = ItemBuilder()
        builder.append("pk", .string("k\(hash)"))
        if sortCount != nil { builder.append("sk", .number(Number(sort))) }
        return builder.finish()
    }

    // MARK: Requests of the control plane

    var creation: CreateTableRequest {
        let initial = indexes.filter { !$0.comesLater }
        var names = ["pk"] + (sortCount == nil ? [] : ["sk"])
        for name in initial.flatMap(\.attributes) where !names.contains(name) { names.append(name) }
        let local = initial.filter(\.isLocal).map {
            LocalSecondaryIndexRequest(indexName: $0.name, keySchema: $0.schema, projection: $0.projection)
        }
        let global = initial.filter { !$0.isLocal }.map { request(for: $0) }
        return CreateTableRequest(
            tableName: name,
            attributeDefinitions: names.map { TableShape.definition(of: $0) },
            keySchema: [KeySchemaElement("pk", .hash)] + (sortCount == nil ? [] : [KeySchemaElement("sk", .range)]),
            billingMode: throughput == nil ? .payPerRequest : .provisioned,
            provisionedThroughput: throughput,
            localSecondaryIndexes: local.isEmpty ? nil : local,
            globalSecondaryIndexes: global.isEmpty ? nil : global,
            streamSpecification: StreamSpecification(streamEnabled: true, streamViewType: .newAndOldImages)
        )
    }

    func creation(of index: Index) -> UpdateTableRequest {
        UpdateTableRequest(
            tableName: name,
            attributeDefinitions: index.attributes.map { TableShape.definition(of: $0) },
            globalSecondaryIndexUpdates: [.create(request(for: index))]
        )
    }

    private func request(for index: Index) -> GlobalSecondaryIndexRequest {
        GlobalSecondaryIndexRequest(
            indexName: index.name,
            keySchema: index.schema,
            projection: index.projection,
            provisionedThroughput: throughput
        )
    }

    private static func definition(of name: String) -> AttributeDefinition {
        AttributeDefinition(name, name == "pk" || name == "g" ? .string : .number)
    }
}

extension TableShape.Index {
    /// Of its key.
    var attributes: [String] {
        switch key {
        case .groupAndSort: ["g", "s"]
        case .sortAlone: ["s"]
        case .local: ["pk", "l"]
        }
    }

    fileprivate var schema: [KeySchemaElement] {
        let names = attributes
        return [KeySchemaElement(names[0], .hash)] + names.dropFirst().map { KeySchemaElement($0, .range) }
    }

    /// What the index should hold of an item, worked out from the documentation's words and not by the engine: the
    /// item when it has all of the index's key attributes, cut down to the projection.
    func entry(for item: Item) -> Item? {
        for name in attributes where item[name] == nil { return nil }
        if projection.projectionType == .all { return item }
        let kept = ["pk", "sk"] + attributes + (projection.nonKeyAttributes ?? [])
        return item.projected(to: kept.map { AttributeName($0) })
    }
}
