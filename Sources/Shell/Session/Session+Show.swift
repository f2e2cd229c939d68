import Engine
import Language
import Model
import Wire

/// `Show …` and `Describe …`.
extension Session {
    /// `last` is how far back events go, in microseconds; nil is as far as they are kept.
    func show(_ subject: ShowSubject, of target: Target?, last: Int64? = nil) throws(StatementFailure) -> Reply {
        Reply(result: .report(try report(on: subject, of: target, last)))
    }

    private func report(
        on subject: ShowSubject,
        of named: Target?,
        _ last: Int64?
    ) throws(StatementFailure) -> Report {
        switch subject {
        case .tables: return Report(tables: catalog.tableNames.compactMap { catalog.describe($0) })
        case .indexes: return Report(indexesOf: try described(named ?? target))
        case .partitions:
            return Report(
                partitions: try onTables(named) { laboratory, target throws(ServiceError) in
                    try laboratory.partitions(of: target.table, index: target.index)
                }
            )
        case .replicas:
            return Report(
                replicas: try onTables(named) { laboratory, target throws(ServiceError) in
                    try laboratory.replicas(of: target.table, index: target.index)
                }
            )
        case .lag:
            return Report(
                lags: try onTables(named) { laboratory, target throws(ServiceError) in
                    try laboratory.lags(of: target.table, index: target.index)
                }
            )
        case .nodes: return Report(nodes: try requireLaboratory().nodes().filter { $0.hosts(named) })
        case .router: return Report(routers: try requireLaboratory().routers())
        case .streams: return Report(shards: try shards(named))
        case .faults:
            let laboratory = try requireLaboratory()
            return Report(faults: laboratory.faults(), at: laboratory.now)
        case .users: return Report(users: try requireLaboratory().users())
        case .settings: return Report(settings: try requireLaboratory().settings())
        case .events: return Report(events: try events(last: last))
        case .cost: return costReport()
        }
    }

    /// Of a table that may be gone already, or of all.
    private func shards(_ named: Target?) throws(StatementFailure) -> [ShardReport] {
        let laboratory = try requireLaboratory()
        return laboratory.shards(of: (named ?? target)?.table)
    }

    private func events(last: Int64?) throws(StatementFailure) -> [EngineEvent] {
        let laboratory = try requireLaboratory()
        guard let last else { return laboratory.recentEvents() }
        let now = laboratory.now
        return laboratory.recentEvents().filter { now - $0.instant <= last }
    }

    private func onTables<Row>(
        _ named: Target?,
        _ rows: (any Laboratory, Target) throws(ServiceError) -> [Row]
    ) throws(StatementFailure) -> [Row] {
        let chosen = try knownTarget(named)
        return try inside { laboratory throws(ServiceError) in try rows(laboratory, chosen) }
    }

    /// The target that is named, or in use, or the only table there is.
    private func knownTarget(_ named: Target?) throws(StatementFailure) -> Target {
        let names = catalog.tableNames
        guard let chosen = named ?? target ?? (names.count == 1 ? Target(table: names[0]) : nil) else {
            throw .message("which table?", details: ["name one, or `use` one first"])
        }
        if catalog.shape(of: chosen.table) == nil { throw unknownTable(chosen.table) }
        return chosen
    }

    private func described(_ target: Target?) throws(StatementFailure) -> [TableDescription] {
        guard let target else { return catalog.tableNames.compactMap { catalog.describe($0) } }
        guard let description = catalog.describe(target.table) else { throw unknownTable(target.table) }
        return [description]
    }

    func describe(_ target: Target) throws(StatementFailure) -> Reply {
        guard let table = catalog.describe(target.table) else { throw unknownTable(target.table) }
        guard let index = target.index else {
            let report = Report(describing: table, timeToLive: timeToLive(of: target.table))
            return Reply(result: .document(ResponseEncoder.encode(table), readable: report))
        }
        guard let report = Report(describing: index, of: table) else {
            throw .message("\(target.table) has no index \(index)", details: [])
        }
        return Reply(result: .report(report))
    }

    /// The answer of an operation that has no form of its own.
    func document(_ response: Response) -> Reply.Result {
        let document = ResponseEncoder.encode(response)
        return document == .object([]) ? .nothing : .document(document, readable: Report(of: document))
    }

    func document(_ table: TableDescription) -> Reply.Result {
        .document(ResponseEncoder.encode(table), readable: Report(describing: table))
    }
}
