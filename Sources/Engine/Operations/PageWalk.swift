import Expressions
import Model

/// Collects one page of a Query or Scan: what was evaluated, what passed the filter, and where it stopped.
struct PageWalk {
    let filter: (any ItemPredicate)?
    let projection: ProjectionExpression?
    let limit: Int
    /// Only the count is wanted.
    let countsOnly: Bool
    /// A local index lacks attributes that the caller wants: the whole item of each entry is fetched.
    let fetchesItems: Bool
    /// How to fetch, from the replica that is being read.
    var fetch: ((Item) -> Item?)?

    private(set) var items: [Item] = []
    private(set) var count = 0
    private(set) var scannedCount = 0
    private var scannedBefore = 0
    /// Bytes evaluated since `takeEvaluatedBytes`.
    private var evaluatedBytes = 0
    private var pageBytes = 0
    private var fetchedUnits = 0.0
    private(set) var last: Item?
    /// The page is full: by its limit, or because the next entry would take it over 1 MB.
    private(set) var isFull = false

    init(
        filter: (any ItemPredicate)?,
        projection: ProjectionExpression?,
        limit: Int?,
        countsOnly: Bool,
        fetchesItems: Bool
    ) {
        self.filter = filter
        self.projection = projection
        self.limit = limit ?? .max
        self.countsOnly = countsOnly
        self.fetchesItems = fetchesItems
    }

    mutating func beginPartition() { scannedBefore = scannedCount }

    var scannedInPartition: Int { scannedCount - scannedBefore }

    /// Takes the next entry; false when the page ends before or with it.
    mutating func evaluate(_ entry: Item) -> Bool {
        if scannedCount > 0, pageBytes + entry.size > Limits.pageSize {
            isFull = true
            return false
        }
        scannedCount += 1
        pageBytes += entry.size
        evaluatedBytes += entry.size
        last = entry
        var item = entry
        if let fetch {
            guard let whole = fetch(entry) else { preconditionFailure("an entry's item is beside it in the replica") }
            fetchedUnits += Capacity.readUnits(whole.size)
            item = whole
        }
        if filter?.isTrue(for: item) ?? true {
            count += 1
            if !countsOnly { items.append(projection?.project(item) ?? item) }
        }
        if scannedCount == limit { isFull = true }
        return !isFull
    }

    mutating func takeEvaluatedBytes() -> Int {
        defer { evaluatedBytes = 0 }
        return evaluatedBytes
    }

    mutating func takeFetchedUnits() -> Double {
        defer { fetchedUnits = 0 }
        return fetchedUnits
    }

    /// `isLast`: nothing can follow, so the answer carries no key to go on from.
    func response(target: ReadTarget, isLast: Bool = false, capacity: ConsumedCapacity?) -> PageResponse {
        PageResponse(
            items: items,
            hasItems: !countsOnly,
            count: count,
            scannedCount: scannedCount,
            lastEvaluatedKey: isFull && !isLast ? last.map { target.startKey(of: $0) } : nil,
            consumedCapacity: capacity
        )
    }
}

extension Region {
    /// Evaluates the entries of a range in one partition, as the replica that answers sees them, and brings the answer
    /// to the router. The position of that replica; nil when the partition is split by now: others have its range.
    func read(
        _ range: KeyRange,
        of partition: Partition,
        _ target: ReadTarget,
        descending: Bool,
        isConsistent: Bool,
        router: Int,
        into page: inout PageWalk,
        _ journey: inout Journey
    ) throws(ServiceError) -> Int? {
        if !partition.isCalm {
            let walk = RangeRead(range: range, target: target, descending: descending, isConsistent: isConsistent)
            if let read = try readWatched(walk, of: partition, router: router, from: page, &journey) {
                page = read.page
                return read.position
            }
            if !partition.isCalm || partition.isRetired { return nil }
        }
        // An index lags already by its propagation. Reading it at one replica keeps each item's versions in order.
        let replica = forwardRead(
            to: partition,
            atLeader: isConsistent || target.globalIndex != nil,
            router: router,
            &journey
        )
        let view = partition.view(replica: replica, on: journey.now, lag: constants.followerLag)
        evaluate(range, of: view, target, descending: descending, into: &page)
        traceRange(page, at: partition.replicas[replica].node, descending: descending, &journey)
        answer(from: replica, of: partition, router: router, &journey)
        return replica
    }

    func evaluate(
        _ range: KeyRange,
        of view: ReplicaTrees,
        _ target: ReadTarget,
        descending: Bool,
        into page: inout PageWalk
    ) {
        if page.fetchesItems {
            let items = view.items
            page.fetch = { entry in target.table.withProbe(for: entry) { items.item(at: $0) } }
        }
        page.beginPartition()
        view.tree(localIndex: target.localIndexPosition).walk(range, descending: descending) { page.evaluate($0.item) }
    }

    func traceRange(_ page: PageWalk, at node: StorageNodeName, descending: Bool, _ journey: inout Journey) {
        guard journey.isTraced else { return }
        let evaluated = page.scannedInPartition
        journey.trace(
            "\(node)",
            "B-tree \(descending ? "reverse " : "")range: \(evaluated) "
                + "\(evaluated == 1 ? "entry" : "entries") evaluated, \(page.count) matched so far"
        )
    }
}
