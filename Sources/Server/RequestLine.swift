import Engine
import Model
import Wire

/// One line of the request log: when, what, on which tables, with what success, at what price, and how fast.
public struct RequestLine {
    public let instant: SimulatedInstant
    public let status: Int
    /// What the client asked for, even when there is no such operation.
    public var operation = ""
    public var tables: [String] = []
    /// The error's name.
    public var error: String?
    public var report = RequestReport()
    /// Of real time, in the endpoint.
    public var microseconds: Int64 = 0

    init(at instant: SimulatedInstant, status: Int) {
        self.instant = instant
        self.status = status
    }

    /// `2026-03-20T12:00:05.123Z PutItem app 200 1 WCU 38 µs`
    public var text: String {
        var words = [instant.iso8601, Self.shown(operation)]
        if !tables.isEmpty { words.append(tables.map(Self.shown).joined(separator: ",")) }
        words.append("\(status)")
        if let error { words.append(error) }
        for capacity in report.consumedCapacity where capacity.capacityUnits > 0 {
            words.append("\(Self.figure(capacity.capacityUnits)) \(report.kind == .write ? "WCU" : "RCU")")
        }
        words.append("\(microseconds) µs")
        return words.joined(separator: " ")
    }

    private static func figure(_ units: Double) -> String {
        units == units.rounded() ? String(Int(units)) : String(units)
    }

    /// What a client sends must not steer the terminal, nor fill it.
    private static func shown(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars.prefix(80) {
            let isPlain = scalar.value > 0x20 && scalar.value < 0x7F
            shown.unicodeScalars.append(isPlain ? scalar : "?")
        }
        return shown
    }
}

extension WireError {
    var name: String {
        switch self {
        case .serialization: "SerializationException"
        case .service(let error): error.name
        }
    }
}

extension Request {
    /// Those that the request names, each once.
    var tableNames: [String] {
        switch self {
        case .putItem(let request): [request.tableName]
        case .getItem(let request): [request.tableName]
        case .updateItem(let request): [request.tableName]
        case .deleteItem(let request): [request.tableName]
        case .query(let request): [request.tableName]
        case .scan(let request): [request.tableName]
        case .batchGetItem(let request): request.requestItems.map(\.tableName)
        case .batchWriteItem(let request): request.requestItems.map(\.tableName)
        case .transactWriteItems(let request): Self.distinct(request.transactItems.map(\.tableName))
        case .transactGetItems(let request): Self.distinct(request.transactItems.map(\.tableName))
        case .createTable(let request): [request.tableName]
        case .updateTable(let request): [request.tableName]
        case .deleteTable(let request): [request.tableName]
        case .describeTable(let request): [request.tableName]
        case .updateTimeToLive(let request): [request.tableName]
        case .describeTimeToLive(let request): [request.tableName]
        case .executeStatement, .batchExecuteStatement, .executeTransaction, .listTables, .tagResource, .untagResource,
            .listTagsOfResource, .putResourcePolicy, .getResourcePolicy, .deleteResourcePolicy, .describeLimits,
            .describeEndpoints, .listStreams, .describeStream, .getShardIterator, .getRecords:
            []
        }
    }

    private static func distinct(_ names: [String]) -> [String] {
        names.enumerated().filter { names.firstIndex(of: $0.element) == $0.offset }.map(\.element)
    }
}
