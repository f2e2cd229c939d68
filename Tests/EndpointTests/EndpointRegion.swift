import Engine
import Model

/// A region that is called through a transport. Only the calls of the API go that way: what is asked of the laboratory
/// is asked directly.
final class EndpointRegion: Laboratory {
    private let region: Region
    private let client: EndpointClient

    /// `connect` makes the transport to what an endpoint is to answer for.
    init(_ region: Region, connect: (ObservedService) throws -> any Transport) rethrows {
        self.region = region
        let observed = ObservedService(region)
        client = EndpointClient(try connect(observed), observed: observed)
    }

    func perform(_ request: Request, report: inout RequestReport) throws(ServiceError) -> Response {
        try client.perform(request, report: &report)
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
        let usual = region.caller
        region.caller = caller
        defer { region.caller = usual }
        return try client.perform(request, report: &report)
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

    // MARK: The laboratory

    var now: SimulatedInstant { region.now }
    var schemaVersion: Int { region.schemaVersion }
    func advance(byMicroseconds duration: Int64) { region.advance(byMicroseconds: duration) }
    func tableNames() -> [String] { region.tableNames() }
    func describe(table: String) throws(ServiceError) -> TableDescription { try region.describe(table: table) }

    func timeToLive(of table: String) throws(ServiceError) -> TimeToLiveDescription {
        try region.timeToLive(of: table)
    }

    func partitions(of table: String, index: String?) throws(ServiceError) -> [PartitionReport] {
        try region.partitions(of: table, index: index)
    }

    func shards(of table: String?) -> [ShardReport] { region.shards(of: table) }

    func lags(of table: String, index: String?) throws(ServiceError) -> [LagReport] {
        try region.lags(of: table, index: index)
    }

    func replicas(of table: String, index: String?) throws(ServiceError) -> [ReplicaReport] {
        try region.replicas(of: table, index: index)
    }

    func locate(_ key: Item, in table: String, index: String?) throws(ServiceError) -> LocationReport {
        try region.locate(key, in: table, index: index)
    }

    func explain(_ request: Request) throws(ServiceError) -> Explanation { try region.explain(request) }
    func routers() -> [RouterReport] { region.routers() }
    func nodes() -> [NodeReport] { region.nodes() }

    func inject(_ fault: Fault, forMicroseconds duration: Int64?) throws(ServiceError) -> FaultReport {
        try region.inject(fault, forMicroseconds: duration)
    }

    func heal(_ scope: FaultScope?) throws(ServiceError) -> [FaultReport] { try region.heal(scope) }
    func faults() -> [FaultReport] { region.faults() }
    func settings() -> [SettingReport] { region.settings() }
    func set(_ name: String, to value: String) throws(ServiceError) { try region.set(name, to: value) }
    func takeEvents() -> [EngineEvent] { region.takeEvents() }
    func recentEvents() -> [EngineEvent] { region.recentEvents() }
    func sampleItems(of table: String, limit: Int) -> [Item] { region.sampleItems(of: table, limit: limit) }
}
