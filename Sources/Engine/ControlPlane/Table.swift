import Model

/// A table: its definition, its partitions and its indexes.
final class Table {
    let name: String
    let id: String
    let arn: String
    let createdAt: SimulatedInstant
    let key: KeySchema
    let localIndexes: [IndexDefinition]
    var attributeDefinitions: [AttributeDefinition]
    var status = TableStatus.creating
    var billing: Billing
    var globalIndexes: [GlobalIndex] = [] {
        didSet { indexKeys = Table.indexKeys(localIndexes + globalIndexes.map(\.definition)) }
    }
    /// Keys of all indexes, for the check of every item that is written.
    private(set) var indexKeys: [ItemRules.IndexKeys]
    var encryption: SSEDescription?
    var tableClass: TableClass?
    var tableClassChangedAt: SimulatedInstant?
    var isProtected: Bool
    var tags: [Tag]
    var timeToLive = TimeToLive()
    /// The policies of the table and of its streams, by the ARN they are attached to.
    var resourcePolicies: [String: AttachedPolicy] = [:]
    var partitionList: PartitionList
    /// The newest one, also after it was disabled.
    var stream: TableStream?
    /// A change of settings that is being carried out.
    var update: TableUpdate?
    /// Whether the control plane is going to look at what the indexes have taken over.
    var isIndexCheckDue = false
    /// Counts as DescribeTable last refreshed them.
    var stats = TableStats()
    private var encoder = KeyEncoder()

    init(
        name: String,
        id: String,
        arn: String,
        createdAt: SimulatedInstant,
        key: KeySchema,
        localIndexes: [IndexDefinition],
        attributeDefinitions: [AttributeDefinition],
        billing: Billing,
        encryption: SSEDescription?,
        tableClass: TableClass?,
        isProtected: Bool,
        tags: [Tag],
        partitions: [Partition],
        mapNumber: Int
    ) {
        self.name = name
        self.id = id
        self.arn = arn
        self.createdAt = createdAt
        self.key = key
        self.localIndexes = localIndexes
        indexKeys = Table.indexKeys(localIndexes)
        self.attributeDefinitions = attributeDefinitions
        self.billing = billing
        self.encryption = encryption
        self.tableClass = tableClass
        self.isProtected = isProtected
        self.tags = tags
        partitionList = PartitionList(partitions, mapNumber: mapNumber)
    }

    private static func indexKeys(_ indexes: [IndexDefinition]) -> [ItemRules.IndexKeys] {
        indexes.map { (name: $0.name, schema: $0.key) }
    }

    /// Records a partition's log keeps before the ones that everybody has applied are dropped.
    private static let logRecordsKept = 512

    /// Those that serve, in key order.
    var partitions: [Partition] { partitionList.live }
    var mapEpoch: Int { partitionList.epoch }
    var itemCount: Int { partitions.reduce(0) { $0 + $1.itemCount } }
    var hasLocalIndexes: Bool { !localIndexes.isEmpty }

    func globalIndex(named name: String) -> GlobalIndex? { globalIndexes.first { $0.definition.name == name } }

    // MARK: Keys

    /// Calls `body` with the place of an item or key, which must have the table's key attributes.
    /// `body` must not ask the table for another place.
    @inline(__always)
    func withProbe<R>(for item: Item, _ body: (KeyProbe) -> R) -> R {
        encodeKey(of: item)
        return encoder.bytes.withUnsafeBytes { body(KeyProbe($0)) }
    }

    /// The partition of a key, and the item its leader has there now. Unbilled: for plans and limits.
    func stored(_ key: Item) -> (partition: Partition, item: Item?) {
        withProbe(for: key) { probe in
            let partition = PartitionMap.partition(holding: probe.bytes, in: partitions)
            return (partition, partition.tree.item(at: probe))
        }
    }

    func storageKey(of item: Item) -> [UInt8] {
        encodeKey(of: item)
        return encoder.bytes
    }

    private func encodeKey(of item: Item) {
        encoder.reset()
        item.withValue(of: key.partitionKey.attribute) { encoder.appendPartitionKey($0!) }
        if let sortKey = key.sortKey {
            item.withValue(of: sortKey.attribute) { encoder.appendFinal($0!) }
        }
    }

    // MARK: Partition maps

    /// To be called when another node leads or hosts a partition of the table, or of one of its indexes. Routers then
    /// have an old map. Without a moment, the metadata service knows at once.
    func mapChanged(of partition: Partition? = nil, on instant: SimulatedInstant? = nil, push: Int64 = 0) {
        let instant = instant ?? SimulatedInstant(microseconds: .min)
        let index = partition?.label.indexName
        if partition == nil || index == nil { partitionList.mapChanged(on: instant, push: push) }
        for other in globalIndexes where partition == nil || index == other.name {
            other.partitionList.mapChanged(on: instant, push: push)
        }
    }

    // MARK: Following the logs

    /// Lets every global index take over what is due by then.
    func propagate(through instant: SimulatedInstant, constants: Settings) {
        for index in globalIndexes { index.propagate(through: instant, constants: constants) }
    }

    /// How far everybody has come who follows a partition's log.
    func followedIndex(of partition: Partition, index: GlobalIndex?) -> UInt64 {
        guard index == nil else { return partition.log.lastIndex }
        let followed = globalIndexes.map { $0.appliedIndex(of: partition) }.min() ?? partition.log.lastIndex
        return min(followed, stream?.followedIndex(of: partition) ?? followed)
    }

    /// Keeps a partition's log short. Called after a commit.
    func tidyLog(of partition: Partition, on instant: SimulatedInstant, constants: Settings) {
        guard partition.log.count >= Table.logRecordsKept else { return }
        propagate(through: instant, constants: constants)
        stream?.catchUp(with: partition, through: instant, constants)
        partition.split?.catchUp(with: partition)
        if let rule = timeToLive.rule(lag: constants.ttlLag) {
            partition.expirations.follow(partition, rule, now: instant)
        }
        let followed = followedIndex(of: partition, index: nil)
        partition.trimLog(on: instant, lag: constants.followerLag, others: followed)
    }
}

struct TableStats {
    struct Counts {
        var items = 0
        var bytes = 0
    }

    var refreshedAt: SimulatedInstant?
    var table = Counts()
    /// By index name.
    var indexes: [String: Counts] = [:]
}
