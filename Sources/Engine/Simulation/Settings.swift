import Model

/// The engine's named constants. Times are in microseconds unless a name says otherwise. Source: reference E5, B7, E1.
struct Settings: Sendable {
    /// Median delay after which a follower shows a committed write.
    var replicationLag: Int64
    /// Median delay after which a global index shows a committed write.
    var indexLag: Int64
    /// One way between a router and a node of the same zone, and of another.
    var hopWithinZone: Int64
    var hopAcrossZones: Int64
    /// Work of a router and of a node for one request.
    var routerWork: Int64
    var nodeWork: Int64
    /// Making a log record durable on one node.
    var logWrite: Int64
    /// How long control operations take.
    var tableCreation: Int64
    var tableCreationWithIndexes: Int64
    var tableDeletion: Int64
    var throughputChange: Int64
    var billingModeSwitch: Int64
    var indexAllocation: Int64
    var indexBackfill: Int64
    var indexDeletion: Int64
    /// What a backfill takes for each item of the table, beside `indexBackfill`.
    var backfillItem: Int64
    /// From the beginning of a split to the cut-over.
    var splitTime: Int64
    /// How long a partition that was split keeps its data.
    var retiredKept: Int64
    /// Until the metadata service knows of a changed partition map.
    var mapPush: Int64
    /// Above it a partition splits.
    var partitionBytes: Int
    /// What all items and local index entries of one partition key may come to, where there are local indexes.
    var collectionBytes: Int
    /// When a stream's reader may see a change, after its commit.
    var streamVisibility: Int64
    /// How long a stream keeps a record.
    var streamRetention: Int64
    /// A shard closes after so long, and a child goes on; 0 for never.
    var shardRotation: Int64
    /// ENABLING and DISABLING of a stream.
    var streamToggle: Int64
    /// How long a shard iterator can be used.
    var iteratorLife: Int64
    /// How old the counts of DescribeTable may be.
    var statsRefresh: Int64
    /// How long a transaction's token is remembered.
    var tokenMemory: Int64
    /// How long a leader may lead after its last renewal, and how often it renews.
    var lease: Int64 = 2_000_000
    var leaseRenewal: Int64 = 500_000
    /// A follower that hears nothing for so long asks its peers.
    var leaderSilence: Int64 = 1_200_000
    /// A candidate without a majority gives up after this.
    var electionTimeout: Int64 = 500_000
    /// How long a router waits for a node before it tries again, and for everything together.
    var attemptTimeout: Int64 = 250_000
    var requestTimeout: Int64 = 5_000_000
    /// After a replica's death: a log replica stands in, then a full one has been filled.
    var logReplicaDelay: Int64 = 3_000_000
    var healing: Int64 = 180_000_000
    /// Between two comparisons of a replica with its checksums.
    var scrubInterval: Int64 = 60_000_000
    /// Another coordinator ends a transaction whose own is gone.
    var transactionRecovery: Int64 = 2_000_000
    /// Records a replica's log keeps though everybody has applied them, while a fault is near.
    var logRecordsKept = 512
    /// A router's question to the identity service, and how long it remembers the answer.
    var identityLookup: Int64
    var identityMemory: Int64
    /// Storage nodes in each zone.
    var nodesPerZone: Int
    /// What a storage node can hold and serve; the part of it, in percent, above which it asks for help; and how often
    /// it looks, 0 for never.
    var nodeBytes: Int
    var nodeReads: Int
    var nodeWrites: Int
    var nodeThreshold: Int
    var nodeReport: Int64
    /// Copying a replica of up to 1 GB; a larger one takes as much for each GB.
    var moveTime: Int64
    /// How long a replica that was moved stays at least.
    var moveRest: Int64
    var maxGlobalIndexes: Int
    /// How often expired items are looked for, and the longest that one of them stays.
    var ttlSweep: Int64 = 60_000_000
    var ttlLag: Int64
    /// How long ENABLING and DISABLING take, and until the next UpdateTimeToLive is accepted.
    var ttlChange: Int64
    var ttlInterval: Int64
    /// Never set but by tests of tests.
    var sabotage: Sabotage?

    init(profile: Profile) {
        let isTeaching = profile == .teach
        func teach(_ microseconds: Int64) -> Int64 { isTeaching ? microseconds : 0 }
        replicationLag = teach(2_000)
        indexLag = teach(20_000)
        hopWithinZone = teach(250)
        hopAcrossZones = teach(1_000)
        routerWork = teach(60)
        nodeWork = teach(200)
        logWrite = teach(150)
        tableCreation = teach(8_000_000)
        tableCreationWithIndexes = teach(18_000_000)
        tableDeletion = teach(5_000_000)
        throughputChange = teach(2_000_000)
        billingModeSwitch = teach(90_000_000)
        indexAllocation = teach(30_000_000)
        indexBackfill = teach(60_000_000)
        backfillItem = teach(1_000)
        splitTime = teach(60_000_000)
        retiredKept = 24 * 3_600_000_000
        mapPush = teach(5_000)
        partitionBytes = 10 << 30
        collectionBytes = 10 << 30
        indexDeletion = teach(4_000_000)
        streamVisibility = teach(100_000)
        streamRetention = 24 * 3_600_000_000
        shardRotation = 4 * 3_600_000_000
        streamToggle = teach(4_000_000)
        iteratorLife = 15 * 60_000_000
        statsRefresh = teach(6 * 3_600_000_000)
        tokenMemory = 600_000_000
        identityLookup = teach(2_000)
        identityMemory = 300_000_000
        nodesPerZone = 4
        nodeBytes = 1 << 40
        nodeReads = 30_000
        nodeWrites = 10_000
        nodeThreshold = 80
        nodeReport = teach(10_000_000)
        moveTime = teach(18_000_000)
        moveRest = teach(300_000_000)
        maxGlobalIndexes = Limits.globalIndexes
        ttlLag = teach(48 * 3_600_000_000)
        ttlChange = teach(60_000_000)
        ttlInterval = teach(31 * 60_000_000)
    }

    /// A stream that nobody looks at for a day makes all of a day's shards at once.
    static let shardRotationMinimum: Int64 = 60_000_000

    var followerLag: Lag { Lag(median: replicationLag, distribution: .narrow) }
    var propagationLag: Lag { Lag(median: indexLag, distribution: .wide) }
}

extension Settings {
    /// A setting by name, for `Show settings` and `.set`.
    struct Row {
        enum Place {
            case duration(WritableKeyPath<Settings, Int64>)
            case count(WritableKeyPath<Settings, Int>)
            /// In bytes.
            case size(WritableKeyPath<Settings, Int>)
        }

        let name: String
        let place: Place
        let summary: String
    }

    /// Built where it is needed: key paths are not Sendable.
    static var rows: [Row] {
        [
            Row(name: "replicationLag", place: .duration(\.replicationLag), summary: "median delay of a follower"),
            Row(name: "indexLag", place: .duration(\.indexLag), summary: "median delay of a global index"),
            Row(name: "hopWithinZone", place: .duration(\.hopWithinZone), summary: "network, same zone, one way"),
            Row(name: "hopAcrossZones", place: .duration(\.hopAcrossZones), summary: "network, other zone, one way"),
            Row(name: "routerWork", place: .duration(\.routerWork), summary: "router's work for one request"),
            Row(name: "nodeWork", place: .duration(\.nodeWork), summary: "storage node's work for one request"),
            Row(name: "logWrite", place: .duration(\.logWrite), summary: "making a log record durable"),
            Row(name: "tableCreation", place: .duration(\.tableCreation), summary: "CREATING without indexes"),
            Row(
                name: "tableCreationWithIndexes",
                place: .duration(\.tableCreationWithIndexes),
                summary: "CREATING with global indexes"
            ),
            Row(name: "tableDeletion", place: .duration(\.tableDeletion), summary: "DELETING"),
            Row(name: "throughputChange", place: .duration(\.throughputChange), summary: "UPDATING, new throughput"),
            Row(
                name: "billingModeSwitch",
                place: .duration(\.billingModeSwitch),
                summary: "UPDATING, new billing mode"
            ),
            Row(name: "indexAllocation", place: .duration(\.indexAllocation), summary: "new index, first phase"),
            Row(name: "indexBackfill", place: .duration(\.indexBackfill), summary: "new index, second phase, at least"),
            Row(name: "backfillItem", place: .duration(\.backfillItem), summary: "the same, more for each item"),
            Row(name: "indexDeletion", place: .duration(\.indexDeletion), summary: "index DELETING"),
            Row(name: "splitTime", place: .duration(\.splitTime), summary: "a partition splits, until the cut-over"),
            Row(name: "partitionBytes", place: .size(\.partitionBytes), summary: "a larger partition splits"),
            Row(name: "retiredKept", place: .duration(\.retiredKept), summary: "a split partition keeps its data"),
            Row(name: "mapPush", place: .duration(\.mapPush), summary: "news of a split, to the metadata service"),
            Row(
                name: "collectionBytes",
                place: .size(\.collectionBytes),
                summary: "an item collection, with local indexes"
            ),
            Row(
                name: "streamVisibility",
                place: .duration(\.streamVisibility),
                summary: "a stream's reader sees a change"
            ),
            Row(name: "streamRetention", place: .duration(\.streamRetention), summary: "a stream keeps a record"),
            Row(name: "shardRotation", place: .duration(\.shardRotation), summary: "a shard closes, 0 is never"),
            Row(name: "streamToggle", place: .duration(\.streamToggle), summary: "a stream ENABLING or DISABLING"),
            Row(name: "iteratorLife", place: .duration(\.iteratorLife), summary: "a shard iterator can be used"),
            Row(name: "statsRefresh", place: .duration(\.statsRefresh), summary: "age of DescribeTable's counts"),
            Row(name: "tokenMemory", place: .duration(\.tokenMemory), summary: "a transaction token is remembered"),
            Row(name: "lease", place: .duration(\.lease), summary: "a leader's lease"),
            Row(name: "leaseRenewal", place: .duration(\.leaseRenewal), summary: "how often a leader renews it"),
            Row(
                name: "leaderSilence",
                place: .duration(\.leaderSilence),
                summary: "after this a follower asks whether others hear the leader"
            ),
            Row(name: "electionTimeout", place: .duration(\.electionTimeout), summary: "a candidate gives up"),
            Row(name: "attemptTimeout", place: .duration(\.attemptTimeout), summary: "a router waits for a node"),
            Row(name: "requestTimeout", place: .duration(\.requestTimeout), summary: "a router tries in all"),
            Row(
                name: "logReplicaDelay",
                place: .duration(\.logReplicaDelay),
                summary: "a log replica stands in for a dead one"
            ),
            Row(name: "healing", place: .duration(\.healing), summary: "a full replica takes a dead one's place"),
            Row(name: "scrubInterval", place: .duration(\.scrubInterval), summary: "replicas check their checksums"),
            Row(
                name: "transactionRecovery",
                place: .duration(\.transactionRecovery),
                summary: "a lost coordinator's transaction is ended"
            ),
            Row(name: "logRecordsKept", place: .count(\.logRecordsKept), summary: "log kept while a fault is near"),
            Row(name: "identityLookup", place: .duration(\.identityLookup), summary: "asking who has an access key"),
            Row(name: "identityMemory", place: .duration(\.identityMemory), summary: "a router remembers a user"),
            Row(name: "nodesPerZone", place: .count(\.nodesPerZone), summary: "storage nodes in each zone"),
            Row(name: "nodeBytes", place: .count(\.nodeBytes), summary: "bytes a storage node can hold"),
            Row(name: "nodeReads", place: .count(\.nodeReads), summary: "RCU a second a storage node can serve"),
            Row(name: "nodeWrites", place: .count(\.nodeWrites), summary: "WCU a second a storage node can serve"),
            Row(name: "nodeThreshold", place: .count(\.nodeThreshold), summary: "percent of these it reports from"),
            Row(name: "nodeReport", place: .duration(\.nodeReport), summary: "nodes report so often, 0 is never"),
            Row(name: "moveTime", place: .duration(\.moveTime), summary: "copying a replica, for each GB"),
            Row(name: "moveRest", place: .duration(\.moveRest), summary: "a replica that was moved stays so long"),
            Row(name: "ttlSweep", place: .duration(\.ttlSweep), summary: "expired items are looked for so often"),
            Row(name: "ttlLag", place: .duration(\.ttlLag), summary: "an expired item stays at most so long"),
            Row(name: "ttlChange", place: .duration(\.ttlChange), summary: "time to live ENABLING or DISABLING"),
            Row(name: "ttlInterval", place: .duration(\.ttlInterval), summary: "between two UpdateTimeToLive"),
            Row(name: "maxGlobalIndexes", place: .count(\.maxGlobalIndexes), summary: "global indexes a table"),
        ]
    }

    func report() -> [SettingReport] {
        Settings.rows.map { row in
            switch row.place {
            case .duration(let path):
                SettingReport(
                    name: row.name,
                    value: Duration.text(microseconds: self[keyPath: path]),
                    unit: "time",
                    summary: row.summary
                )
            case .count(let path):
                SettingReport(
                    name: row.name,
                    value: String(self[keyPath: path]),
                    unit: "count",
                    summary: row.summary
                )
            case .size(let path):
                SettingReport(
                    name: row.name,
                    value: ByteSize.text(self[keyPath: path]),
                    unit: "size",
                    summary: row.summary
                )
            }
        }
    }

    mutating func set(_ name: String, to text: String) throws(ServiceError) {
        guard let row = Settings.rows.first(where: { $0.name.lowercased() == name.lowercased() }) else {
            throw .validationException("there is no setting \(name); Show settings lists them")
        }
        switch row.place {
        case .duration(let path):
            guard let microseconds = Duration.microseconds(from: text) else {
                throw .validationException("\(row.name) takes a time such as 20ms, 5s, 2m or 6h, not \(text)")
            }
            self[keyPath: path] = microseconds
        case .count(let path):
            guard let count = Int(text), count > 0 else {
                throw .validationException("\(row.name) takes a whole number above 0, not \(text)")
            }
            self[keyPath: path] = count
        case .size(let path):
            guard let bytes = ByteSize.bytes(from: text), bytes > 0 else {
                throw .validationException("\(row.name) takes a size such as 500KB, 1MB or 10GB, not \(text)")
            }
            self[keyPath: path] = bytes
        }
    }
}

/// Times as people write them: `250us`, `20ms`, `5s`, `2m`, `6h`, `1d`.
enum Duration {
    private static let units: [(suffix: String, microseconds: Int64)] = [
        ("us", 1), ("ms", 1_000), ("s", 1_000_000), ("m", 60_000_000), ("h", 3_600_000_000), ("d", 86_400_000_000),
    ]

    static func microseconds(from text: String) -> Int64? {
        if text == "0" { return 0 }
        let digits = text.prefix { $0.isNumber }
        let suffix = text.dropFirst(digits.count).lowercased()
        guard let count = Int64(digits), let unit = units.first(where: { $0.suffix == suffix }) else { return nil }
        let (product, overflow) = count.multipliedReportingOverflow(by: unit.microseconds)
        return overflow ? nil : product
    }

    /// The largest unit that divides the time without a rest.
    static func text(microseconds: Int64) -> String {
        if microseconds == 0 { return "0s" }
        let unit = units.last { microseconds % $0.microseconds == 0 }!
        return "\(microseconds / unit.microseconds)\(unit.suffix)"
    }
}

/// Sizes as people write them, in powers of 1,024: `4096`, `500KB`, `1MB`, `10GB`.
enum ByteSize {
    private static let units: [(suffix: String, bytes: Int)] = [
        ("", 1), ("B", 1), ("KB", 1 << 10), ("MB", 1 << 20), ("GB", 1 << 30),
    ]

    static func bytes(from text: String) -> Int? {
        let digits = text.prefix { $0.isNumber }
        let suffix = text.dropFirst(digits.count).uppercased()
        guard let count = Int(digits), let unit = units.first(where: { $0.suffix == suffix }) else { return nil }
        let (product, overflow) = count.multipliedReportingOverflow(by: unit.bytes)
        return overflow ? nil : product
    }

    /// In the largest unit that divides the size without a rest.
    static func text(_ bytes: Int) -> String {
        let unit = units.last { bytes % $0.bytes == 0 }!
        return "\(bytes / unit.bytes)\(unit.suffix)"
    }
}
