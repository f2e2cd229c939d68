import Expressions
import Model

/// EXPLAIN: the plan of a request. Every check runs; counts come from the trees, unbilled; nothing is changed.
extension Region {
    public func explain(_ request: Request) throws(ServiceError) -> Explanation {
        switch request {
        case .getItem(let request): return try explain(request)
        case .putItem(let request): return explain(try prepare(request), "PutItem")
        case .updateItem(let request): return explain(try prepare(request), "UpdateItem")
        case .deleteItem(let request): return explain(try prepare(request), "DeleteItem")
        case .query(let request): return try explain(request)
        case .scan(let request): return try explain(request)
        case .executeStatement(let request): return try explain(request)
        case .transactWriteItems, .transactGetItems, .batchGetItem, .batchWriteItem, .batchExecuteStatement,
            .executeTransaction:
            return explainMembers(of: request)
        case .createTable, .updateTable, .deleteTable, .describeTable, .listTables, .updateTimeToLive,
            .describeTimeToLive, .tagResource, .untagResource, .listTagsOfResource, .putResourcePolicy,
            .getResourcePolicy, .deleteResourcePolicy, .describeLimits, .describeEndpoints, .listStreams,
            .describeStream, .getShardIterator, .getRecords:
            return Explanation(
                title: "\(request.operation.rawValue), not executed",
                steps: [.init("control", "the control plane answers; no partition is read or written")],
                cost: "no capacity units"
            )
        }
    }

    // MARK: One item

    private func explain(_ request: GetItemRequest) throws(ServiceError) -> Explanation {
        let read = try prepare(request)
        let (table, projection) = (read.table, read.projection)
        let size = table.stored(request.key).item?.size
        let consistency: RequestReport.Consistency = request.consistentRead ? .strong : .eventual
        var steps = [
            explainKey(request.key, in: table, readers: consistency == .strong ? "the leader" : "any of 3 replicas"),
            Explanation.Line("item", size.map { "one item of \($0) B" } ?? "no item there now"),
        ]
        if let projection {
            steps.append(
                .init(
                    "project",
                    projection.topLevelNames.joined(separator: ", "),
                    detail: "after the read: saves no units"
                )
            )
        }
        let units = consistency.readFactor * Capacity.readUnits(size ?? 0)
        return Explanation(
            title: "GetItem \(table.name), not executed",
            steps: steps,
            cost: "\(Units.text(units)) RCU \(consistency == .strong ? "strong" : "eventual")"
        )
    }

    func explain(_ write: ItemWrite, _ operation: String) -> Explanation {
        let table = write.table
        let old = table.stored(write.key).item
        var steps = [
            explainKey(write.key, in: table, readers: "the leader, then 2 of 3 replicas"),
            Explanation.Line("item", old.map { "one item of \($0.size) B is there now" } ?? "no item there now"),
        ]
        var warnings: [String] = []
        var new: Item?
        do throws(ServiceError) {
            new = try write.newItem(replacing: old)
            if write.condition != nil { steps.append(.init("condition", "true for what is there now")) }
        } catch {
            warnings.append("as things are it would fail: \(error.name): \(error.message)")
        }
        let capacity =
            warnings.isEmpty
            ? table.consumedCapacity(tableUnits: write.tableUnits(old: old, new: new), old: old, new: new)
            : ConsumedCapacity(tableName: table.name, table: write.refusedUnits(old: old))
        for arm in capacity.localSecondaryIndexes + capacity.globalSecondaryIndexes {
            steps.append(.init("index", arm.indexName, detail: "\(Units.text(arm.capacityUnits)) WCU"))
        }
        return Explanation(
            title: "\(operation) \(table.name), not executed",
            steps: steps,
            cost: "\(Units.text(capacity.capacityUnits)) WCU",
            warnings: warnings
        )
    }

    private func explainKey(_ key: Item, in table: Table, readers: String) -> Explanation.Line {
        let bytes = table.storageKey(of: key)
        let hash = bytes.withUnsafeBytes { PartitionHash.leadingInteger($0) }
        let partition = bytes.withUnsafeBytes { PartitionMap.partition(holding: $0, in: table.partitions) }
        return .init(
            "key",
            "hash \(HashText.short(hash))… → \(partition.label) of \(table.partitions.count)",
            detail: readers
        )
    }

    private func explainMembers(of request: Request) -> Explanation {
        let (count, what): (Int, String) =
            switch request {
            case .transactWriteItems(let request): (request.transactItems.count, "actions, all or nothing")
            case .transactGetItems(let request): (request.transactItems.count, "items, all at one moment")
            case .batchGetItem(let request):
                (request.requestItems.reduce(0) { $0 + $1.keys.count }, "items, each alone")
            case .batchWriteItem(let request):
                (request.requestItems.reduce(0) { $0 + $1.writes.count }, "writes, each alone")
            case .batchExecuteStatement(let request): (request.statements.count, "statements, each alone")
            case .executeTransaction(let request): (request.transactStatements.count, "statements, all or nothing")
            default: preconditionFailure("not a request of many items")
            }
        return Explanation(
            title: "\(request.operation.rawValue), not executed",
            steps: [.init("members", "\(count) \(what)")],
            cost: "the sum of its members; EXPLAIN one of them for its plan"
        )
    }

    // MARK: Pages

    private func explain(_ request: QueryRequest) throws(ServiceError) -> Explanation {
        explainQuery(try planQuery(request))
    }

    func explainQuery(_ plan: ReadPlan) -> Explanation {
        let target = plan.target
        let estimate = estimate(plan.range, of: target, filter: plan.filter, limit: plan.limit)
        let partitions = PartitionMap.partitions(touching: plan.range, in: target.partitions)
        var steps = [
            Explanation.Line(
                "key",
                "hash \(HashText.short(plan.range.lower.withUnsafeBytes { $0.count >= 16 ? PartitionHash.leadingInteger($0) : 0 }))… → "
                    + partitions.map { "\($0.label)" }.joined(separator: ", ") + " of \(target.partitions.count)",
                detail: target.readers(isConsistent: plan.isConsistent)
            ),
            Explanation.Line("range", estimate.rangeText, detail: plan.descending ? "read backwards" : ""),
        ]
        steps += estimate.steps(limit: plan.limit)
        steps += projectionSteps(target, fetches: plan.fetchesItems)
        return Explanation(
            title: "Query \(target.title), not executed",
            steps: steps,
            cost: estimate.costText(plan.isConsistent, target),
            warnings: []
        )
    }

    private func explain(_ request: ScanRequest) throws(ServiceError) -> Explanation {
        explainScan(try planScan(request))
    }

    func explainScan(_ plan: ReadPlan) -> Explanation {
        let target = plan.target
        let estimate = estimate(plan.range, of: target, filter: plan.filter, limit: plan.limit)
        let partitions = target.partitions.filter { $0.range.intersection(plan.range) != nil }
        var steps = [
            Explanation.Line("key", "none: every item is read", detail: "all \(partitions.count) partitions"),
            Explanation.Line("range", estimate.rangeText),
        ]
        steps += estimate.steps(limit: plan.limit)
        steps += projectionSteps(target, fetches: plan.fetchesItems)
        return Explanation(
            title: "Scan \(target.title), not executed",
            steps: steps,
            cost: estimate.costText(plan.isConsistent, target, minimumUnits: Double(partitions.count)),
            warnings: plan.filter == nil
                ? [] : ["a filter saves no units: a Query on an index whose key it names would read less"]
        )
    }

    private func estimate(
        _ range: KeyRange,
        of target: ReadTarget,
        filter: (any ItemPredicate)?,
        limit: Int?
    ) -> PageEstimate {
        propagate(to: target, now)
        var estimate = PageEstimate(filter: filter, limit: limit)
        for partition in target.partitions {
            guard let part = partition.range.intersection(range) else { continue }
            target.leaderTree(of: partition).walk(part) { slot in
                estimate.count(slot.item)
                return true
            }
        }
        return estimate
    }

    private func projectionSteps(_ target: ReadTarget, fetches: Bool) -> [Explanation.Line] {
        guard let definition = target.definition else { return [] }
        let held = definition.projection.projectionType?.rawValue ?? "ALL"
        return [
            .init(
                "project",
                "\(held) is in \(definition.name)",
                detail: fetches
                    ? "each item is fetched from \(target.table.name), and charged" : "no fetch from the table"
            )
        ]
    }
}

extension ReadTarget {
    fileprivate func leaderTree(of partition: Partition) -> BTree {
        guard let localIndexPosition else { return partition.tree }
        return partition.localTrees[localIndexPosition]
    }

    fileprivate func readers(isConsistent: Bool) -> String {
        if globalIndex != nil { return "its leader: the index follows the table with a lag" }
        return isConsistent ? "the leader" : "any of 3 replicas"
    }

    fileprivate var title: String { definition.map { "\(table.name)/\($0.name)" } ?? table.name }
}

/// How much a range holds, and how much of it a filter would keep: counted in the leaders' trees.
private struct PageEstimate {
    private(set) var entries = 0
    private(set) var bytes = 0
    private(set) var pageEntries = 0
    private(set) var pageBytes = 0
    private var sampled = 0
    private var kept = 0
    private let filter: (any ItemPredicate)?
    private let limit: Int

    private static let sampleSize = 200

    init(filter: (any ItemPredicate)?, limit: Int?) {
        self.filter = filter
        self.limit = limit ?? .max
    }

    mutating func count(_ item: Item) {
        entries += 1
        bytes += item.size
        if pageEntries < limit, pageBytes + item.size <= Limits.pageSize {
            pageEntries += 1
            pageBytes += item.size
        }
        if let filter, sampled < PageEstimate.sampleSize {
            sampled += 1
            if filter.isTrue(for: item) { kept += 1 }
        }
    }

    var rangeText: String { "\(entries) item\(entries == 1 ? "" : "s"), \(Units.size(bytes))" }

    func steps(limit: Int?) -> [Explanation.Line] {
        var lines = [
            Explanation.Line(
                "page",
                limit.map { "LIMIT \($0) evaluated" } ?? "up to 1 MB evaluated",
                detail: "\(pageEntries) items, \(Units.size(pageBytes))" + (pages > 1 ? ", \(pages) pages for all" : "")
            )
        ]
        if filter != nil {
            let keptOfPage = sampled == 0 ? 0 : pageEntries * kept / sampled
            lines.append(
                .init(
                    "filter",
                    "after the read",
                    detail: "≈ \(keptOfPage) kept, \(pageEntries - keptOfPage) billed and dropped (\(sampled) sampled)"
                )
            )
        }
        return lines
    }

    private var pages: Int { pageEntries == 0 ? 1 : (entries + pageEntries - 1) / pageEntries }

    func costText(_ isConsistent: Bool, _ target: ReadTarget, minimumUnits: Double = 1) -> String {
        let factor = isConsistent ? 1.0 : 0.5
        let page = factor * max(minimumUnits, Capacity.readUnits(pageBytes))
        let all = factor * max(minimumUnits, Capacity.readUnits(bytes))
        var text = "≈ \(Units.text(page)) RCU this page"
        if pages > 1 { text += ", ≈ \(Units.text(all)) RCU for all" }
        if target.globalIndex != nil { text += "; strongly consistent: not possible on a GSI" }
        return text
    }
}

/// Capacity units and sizes as people read them.
enum Units {
    /// Without a fraction when there is none: `3`, `0.5`.
    static func text(_ units: Double) -> String {
        units == units.rounded() ? String(Int(units)) : String(units)
    }

    static func size(_ bytes: Int) -> String {
        switch bytes {
        case ..<1_024: "\(bytes) B"
        case ..<(1 << 20): "\(oneDecimal(bytes, 1_024)) KB"
        case ..<(1 << 30): "\(oneDecimal(bytes, 1 << 20)) MB"
        default: "\(oneDecimal(bytes, 1 << 30)) GB"
        }
    }

    private static func oneDecimal(_ bytes: Int, _ unit: Int) -> String {
        let tenths = (bytes * 10 + unit / 2) / unit
        return "\(tenths / 10).\(tenths % 10)"
    }
}
