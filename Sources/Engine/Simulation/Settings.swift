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
    /// How old the counts of DescribeTable may be.
    var statsRefresh: Int64
    /// How long a transaction's token is remembered.
    var tokenMemory: Int64
    /// Storage nodes in each zone.
    var nodesPerZone: Int
    var maxGlobalIndexes: Int
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
        indexBackfill = teach(480_000_000)
        indexDeletion = teach(4_000_000)
        statsRefresh = teach(6 * 3_600_000_000)
        tokenMemory = 600_000_000
        nodesPerZone = 4
        maxGlobalIndexes = Limits.globalIndexes
    }

    var followerLag: Lag { Lag(median: replicationLag, distribution: .narrow) }
    var propagationLag: Lag { Lag(median: indexLag, distribution: .wide) }
}

extension Settings {
    /// A setting by name, for `Show settings` and `.set`.
    struct Row {
        enum Place {
            case duration(WritableKeyPath<Settings, Int64>)
            case count(WritableKeyPath<Settings, Int>)
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
            Row(name: "indexBackfill", place: .duration(\.indexBackfill), summary: "new index, second phase"),
            Row(name: "indexDeletion", place: .duration(\.indexDeletion), summary: "index DELETING"),
            Row(name: "statsRefresh", place: .duration(\.statsRefresh), summary: "age of DescribeTable's counts"),
            Row(name: "tokenMemory", place: .duration(\.tokenMemory), summary: "a transaction token is remembered"),
            Row(name: "nodesPerZone", place: .count(\.nodesPerZone), summary: "storage nodes in each zone"),
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
