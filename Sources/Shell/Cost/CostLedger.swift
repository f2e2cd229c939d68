import Model

/// What the session's requests cost so far, table by table and index by index.
struct CostLedger {
    struct Entry: Equatable {
        var table: String
        var index: String?
        var readUnits = 0.0
        var writeUnits = 0.0

        /// `app` or `app/gsi1`.
        var name: String { index.map { "\(table)/\($0)" } ?? table }
    }

    private(set) var entries: [Entry] = []
    private(set) var requestCount = 0

    var readUnits: Double { entries.reduce(0) { $0 + $1.readUnits } }
    var writeUnits: Double { entries.reduce(0) { $0 + $1.writeUnits } }

    mutating func add(_ report: RequestReport) {
        requestCount += 1
        for capacity in report.consumedCapacity {
            add(capacity.table, table: capacity.tableName, index: nil, kind: report.kind)
            for arm in capacity.localSecondaryIndexes {
                add(arm.capacityUnits, table: capacity.tableName, index: arm.indexName, kind: report.kind)
            }
            for arm in capacity.globalSecondaryIndexes {
                add(arm.capacityUnits, table: capacity.tableName, index: arm.indexName, kind: report.kind)
            }
        }
    }

    private mutating func add(_ units: Double, table: String, index: String?, kind: ConsumedCapacity.Kind) {
        if units == 0 { return }
        let position = position(table: table, index: index)
        switch kind {
        case .read: entries[position].readUnits += units
        case .write: entries[position].writeUnits += units
        }
    }

    private mutating func position(table: String, index: String?) -> Int {
        if let position = entries.firstIndex(where: { $0.table == table && $0.index == index }) { return position }
        entries.append(Entry(table: table, index: index))
        return entries.count - 1
    }
}
