import Expressions
import Model

/// The embedded service: one region with three zones, its routers, storage nodes and tables, in simulated time.
///
/// A deterministic state machine: the same seed and the same requests give the same answers, to the byte. It has no
/// threads; whoever shares it puts a lock around it.
public final class Region: Laboratory {
    public let name: String
    public let accountID: String
    public let profile: Profile
    var constants: Settings
    var simulation: Simulation
    let metadata: MetadataService
    /// The routers.
    var fleet: [RequestRouter]
    var storageNodes: StorageNodes
    var streams = StreamRegistry()
    var ledger = TransactionLedger()
    /// By number: transactions that are under way with messages, or wait for another coordinator.
    var openTransactions: [UInt64: OpenTransaction] = [:]
    /// By number of the transaction: the items it visits. Their partitions stay watched, however calm it is there.
    var visitedItems: [UInt64: [OpenTransaction.Participant]] = [:]
    var eventLog = EventLog()
    var faultState = Faults()
    /// No router lives.
    var isUnreachable = false
    /// Writes to watched partitions so far: each has its number, however often it is sent.
    var requestCount: UInt64 = 0
    let admission = Admission()
    var directory = UserDirectory()
    /// Who sends the requests that name nobody themselves.
    public var caller: Caller?
    let expressions = ExpressionCache()
    var statements = StatementCache()
    /// Called after every event that has been carried out. It may look, and must change nothing.
    package var observer: (() -> Void)?

    /// 2026-01-01T00:00:00Z, so that a run without a given clock is the same every day.
    public static let defaultStart = SimulatedInstant(microseconds: 1_767_225_600_000_000)

    public init(
        profile: Profile,
        seed: UInt64 = 1,
        startingAt start: SimulatedInstant = Region.defaultStart,
        name: String = "us-east-1",
        accountID: String = "000000000000"
    ) {
        self.name = name
        self.accountID = accountID
        self.profile = profile
        metadata = MetadataService(regionName: name, accountID: accountID)
        constants = Settings(profile: profile)
        simulation = Simulation(seed: seed, startingAt: start)
        fleet = Zone.allCases.enumerated().map { RequestRouter(number: $0.offset + 1, zone: $0.element) }
        storageNodes = StorageNodes(perZone: constants.nodesPerZone)
        admission.trafficBegan = { [unowned self] in armNodeReport() }
    }

    public var now: SimulatedInstant { simulation.now }

    public func perform(_ request: Request, report: inout RequestReport) throws(ServiceError) -> Response {
        try perform(request, from: caller, report: &report)
    }

    public func perform(
        _ request: Request,
        from caller: Caller?,
        report: inout RequestReport
    ) throws(ServiceError) -> Response {
        let start = now
        defer { passTime(through: start.advanced(byMicroseconds: report.latencyMicroseconds)) }
        return try submit(request, from: caller, report: &report)
    }

    /// Answers a request that begins now, without waiting for its end: the clock may stand anywhere between its start
    /// and `report.latencyMicroseconds` later. So several callers can be on their way at once.
    package func submit(_ request: Request, report: inout RequestReport) throws(ServiceError) -> Response {
        try submit(request, from: caller, report: &report)
    }

    package func submit(
        _ request: Request,
        from caller: Caller?,
        report: inout RequestReport
    ) throws(ServiceError) -> Response {
        var journey = Journey(start: now, report: report, randomness: simulation.randomness)
        defer {
            simulation.randomness = journey.remainingRandomness
            report = journey.report
            report.latencyMicroseconds = journey.now - journey.start
        }
        if isUnreachable {
            journey.wait(microseconds: constants.requestTimeout)
            throw Region.noAnswer
        }
        if caller != nil || journey.isTraced { return try receive(request, from: caller, &journey) }
        return try dispatch(request, &journey)
    }

    func dispatch(_ request: Request, _ journey: inout Journey) throws(ServiceError) -> Response {
        switch request {
        case .putItem(let request): return .putItem(try putItem(request, &journey))
        case .getItem(let request): return .getItem(try getItem(request, &journey))
        case .updateItem(let request): return .updateItem(try updateItem(request, &journey))
        case .deleteItem(let request): return .deleteItem(try deleteItem(request, &journey))
        case .query(let request): return .query(try query(request, &journey))
        case .scan(let request): return .scan(try scan(request, &journey))
        case .batchGetItem(let request): return .batchGetItem(try batchGetItem(request, &journey))
        case .batchWriteItem(let request): return .batchWriteItem(try batchWriteItem(request, &journey))
        case .transactWriteItems(let request): return .transactWriteItems(try transactWriteItems(request, &journey))
        case .transactGetItems(let request): return .transactGetItems(try transactGetItems(request, &journey))
        case .executeStatement(let request): return .executeStatement(try executeStatement(request, &journey))
        case .batchExecuteStatement(let request):
            return .batchExecuteStatement(try batchExecuteStatement(request, &journey))
        case .executeTransaction(let request): return .executeTransaction(try executeTransaction(request, &journey))
        case .createTable(let request): return .createTable(try createTable(request, &journey))
        case .updateTable(let request): return .updateTable(try updateTable(request, &journey))
        case .deleteTable(let request): return .deleteTable(try deleteTable(request, &journey))
        case .describeTable(let request): return .describeTable(try describeTable(request, &journey))
        case .listTables(let request): return .listTables(try listTables(request, &journey))
        case .updateTimeToLive(let request): return .updateTimeToLive(try updateTimeToLive(request, &journey))
        case .describeTimeToLive(let request): return .describeTimeToLive(try describeTimeToLive(request, &journey))
        case .listTagsOfResource(let request): return .listTagsOfResource(try listTagsOfResource(request, &journey))
        case .putResourcePolicy(let request): return .putResourcePolicy(try putResourcePolicy(request, &journey))
        case .getResourcePolicy(let request): return .getResourcePolicy(try getResourcePolicy(request, &journey))
        case .deleteResourcePolicy(let request):
            return .deleteResourcePolicy(try deleteResourcePolicy(request, &journey))
        case .describeLimits: return .describeLimits(try describeLimits(&journey))
        case .describeEndpoints: return .describeEndpoints(try describeEndpoints(&journey))
        case .listStreams(let request): return .listStreams(try listStreams(request, &journey))
        case .describeStream(let request): return .describeStream(try describeStream(request, &journey))
        case .getShardIterator(let request): return .getShardIterator(try getShardIterator(request, &journey))
        case .getRecords(let request): return .getRecords(try getRecords(request, &journey))
        case .tagResource(let request):
            try tagResource(request, &journey)
            return .tagResource
        case .untagResource(let request):
            try untagResource(request, &journey)
            return .untagResource
        }
    }

    // MARK: Time

    public func advance(byMicroseconds duration: Int64) {
        precondition(duration >= 0, "simulated time only moves forward")
        passTime(through: now.advanced(byMicroseconds: duration))
    }

    /// Moves the clock, carrying out what is due on the way at its own moment, as long as somebody waits.
    func passTime(through instant: SimulatedInstant, while isAwaited: () -> Bool = { true }) {
        while isAwaited() {
            guard let (due, happening) = simulation.events.next(through: instant) else {
                if instant > now { simulation.advance(to: instant) }
                return
            }
            simulation.advance(to: max(due, now))
            carryOut(happening)
            observer?()
        }
    }

    private func carryOut(_ happening: Happening) {
        switch happening {
        case .control(let step): carryOut(step)
        case .delivery(let delivery): deliver(delivery)
        case .tick(let group): tick(group)
        case .call(let body): body()
        }
    }

    /// Calls `body` at a moment of simulated time, in the order of moments, then of scheduling.
    package func schedule(at instant: SimulatedInstant, _ body: @escaping () -> Void) {
        simulation.events.schedule(.call(body), at: max(instant, now))
    }

    func note(_ text: String) { eventLog.append(EngineEvent(instant: now, text: text)) }
}
