import Language
import Model

/// One page of any operation that has pages.
struct Page {
    enum Continuation {
        case key(Item)
        case token(String)
    }

    var items: [Item]
    /// False when only the count was asked for.
    var hasItems = true
    var count: Int
    var scannedCount: Int
    var next: Continuation?

    /// Nil when the response has no pages.
    init?(_ response: Response) {
        switch response {
        case .query(let page), .scan(let page):
            items = page.items
            hasItems = page.hasItems
            count = page.count
            scannedCount = page.scannedCount
            next = page.lastEvaluatedKey.map { .key($0) }
        case .executeStatement(let page):
            items = page.items
            count = page.items.count
            scannedCount = count
            next = page.nextToken.map { .token($0) }
        default: return nil
        }
    }
}

extension Request {
    var isPaged: Bool {
        switch self {
        case .query, .scan, .executeStatement: true
        default: false
        }
    }

    var hasFilter: Bool {
        switch self {
        case .query(let request): request.filterExpression != nil
        case .scan(let request): request.filterExpression != nil
        default: false
        }
    }

    /// The LIMIT: how many items a page evaluates at most.
    var pageLimit: Int? {
        get {
            switch self {
            case .query(let request): request.limit
            case .scan(let request): request.limit
            case .executeStatement(let request): request.limit
            default: nil
            }
        }
        set {
            switch self {
            case .query(var request):
                request.limit = newValue
                self = .query(request)
            case .scan(var request):
                request.limit = newValue
                self = .scan(request)
            case .executeStatement(var request):
                request.limit = newValue
                self = .executeStatement(request)
            default: break
            }
        }
    }

    mutating func start(at continuation: Page.Continuation) {
        switch (self, continuation) {
        case (.query(var request), .key(let key)):
            request.exclusiveStartKey = key
            self = .query(request)
        case (.scan(var request), .key(let key)):
            request.exclusiveStartKey = key
            self = .scan(request)
        case (.executeStatement(var request), .token(let token)):
            request.nextToken = token
            self = .executeStatement(request)
        default: break
        }
    }
}

extension RequestReport {
    /// Adds the report of the next page of the same statement.
    mutating func add(_ other: RequestReport) {
        for capacity in other.consumedCapacity {
            if let position = consumedCapacity.firstIndex(where: { $0.tableName == capacity.tableName }) {
                consumedCapacity[position].add(capacity)
            } else {
                consumedCapacity.append(capacity)
            }
        }
        kind = other.kind
        consistency = other.consistency
        for partition in other.partitions { visit(partition) }
        partitionCount = max(partitionCount, other.partitionCount)
        trace += other.trace.map {
            TraceStep(offsetMicroseconds: $0.offsetMicroseconds + latencyMicroseconds, place: $0.place, text: $0.text)
        }
        latencyMicroseconds += other.latencyMicroseconds
    }
}
