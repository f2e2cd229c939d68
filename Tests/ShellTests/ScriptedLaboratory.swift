import Model

@testable import Engine

/// The real engine, except that its faults and nodes are what a test says: they break nothing, and ask nothing of it.
final class ScriptedLaboratory: Laboratory {
    private let region: Region
    private var broken: [FaultReport] = []
    var nodeReports: [NodeReport] = []
    /// Answered to the next requests instead of what the engine would say.
    var failure: ServiceError?

    init(_ region: Region) { self.region = region }

    func perform(_ request: Request, report: inout RequestReport) throws(ServiceError) -> Response {
        if let failure { throw failure }
        return try region.perform(request, report: &report)
    }

    // MARK: Users

    var caller: Caller? {
        get { region.caller }
        set { region.caller = newValue }
    }

    func perform(
        _ request: Request,
        from caller: Caller?,
        report: inout RequestReport
    ) throws(ServiceError) -> Response {
        if let failure { throw failure }
        return try region.perform(request, from: caller, report: &report)
    }

    func users() -> [UserReport] { region.users() }
    func secretAccessKey(of accessKeyID: String) -> String? { region.secretAccessKey(of: accessKeyID) }

    func createUser(_ name: String, policies: [Policy], accessKey: AccessKey?) throws(ServiceError) -> AccessKey {
        try region.createUser(name, policies: policies, accessKey: accessKey)
    }

    func updateUser(_ name: String, policies: [Policy]?, accessKey: AccessKey?) throws(ServiceError) {
        try region.updateUser(name, policies: policies, accessKey: accessKey)
    }

    func deleteUser(_ name: String) throws(ServiceError) { try region.deleteUser(name) }

    // MARK: Faults

    func inject(_ fault: Fault, forMicroseconds duration: Int64?) throws(ServiceError) -> FaultReport {
        if case .kill(.node(99)) = fault { throw .validationException("there is no node n99") }
        let report = FaultReport(
            fault: fault,
            detail: "what it means here",
            since: now,
            until: duration.map { now.advanced(byMicroseconds: $0) }
        )
        broken.append(report)
        return report
    }

    func heal(_ scope: FaultScope?) throws(ServiceError) -> [FaultReport] {
        defer { broken = [] }
        return broken
    }

    func faults() -> [FaultReport] { broken.filter { report in report.until.map { $0 > now } ?? true } }

    func nodes() -> [NodeReport] { nodeReports }

    // MARK: The engine's own

    var now: SimulatedInstant { region.now }
    var schemaVersion: Int { region.schemaVersion }
    func advance(byMicroseconds duration: Int64) { region.advance(byMicroseconds: duration) }
    func tableNames() -> [String] { region.tableNames() }
    func describe(table: String) throws(ServiceError) -> TableDescription { try region.describe(table: table) }

    func partitions(of table: String, index: String?) throws(ServiceError) -> [PartitionReport] {
        try region.partitions(of: table, index: index)
    }

    func lags(of table: String, index: String?) throws(ServiceError) -> [LagReport] {
        try region.lags(of: table, index: index)
    }

    func shards(of table: String?) -> [ShardReport] { region.shards(of: table) }

    func replicas(of table: String, index: String?) throws(ServiceError) -> [ReplicaReport] {
        try region.replicas(of: table, index: index)
    }

    func locate(_ key: Item, in table: String, index: String?) throws(ServiceError) -> LocationReport {
        try region.locate(key, in: table, index: index)
    }

    func explain(_ request: Request) throws(ServiceError) -> Explanation { try region.explain(request) }
    func routers() -> [RouterReport] { region.routers() }
    func settings() -> [SettingReport] { region.settings() }
    func set(_ name: String, to value: String) throws(ServiceError) { try region.set(name, to: value) }
    func takeEvents() -> [EngineEvent] { region.takeEvents() }
    func recentEvents() -> [EngineEvent] { region.recentEvents() }
    func sampleItems(of table: String, limit: Int) -> [Item] { region.sampleItems(of: table, limit: limit) }
}
