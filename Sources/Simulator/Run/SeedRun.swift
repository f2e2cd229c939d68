import Engine
import Model

/// One seed, from the drawing to the verdict: a region, its clients and what breaks, all in simulated time.
///
/// ```
/// create tables ─► clients at work, faults, splits ─► heal, wait until quiet ─► read everything ─► check
///                  └ after every event: ranges, leases, logs
/// ```
/// Clients are events of the region's own queue. A request may let other events happen before it returns, also requests of
/// other clients, so nothing here is held across `submit`.
package final class SeedRun {
    /// Lines about what happens, as it happens; nil for silence.
    package var narrate: ((String) -> Void)?
    /// What stands between clients and region; tests put liars there.
    package var service: Service

    package typealias Service =
        (Region, Request, inout RequestReport) throws(ServiceError) -> Response

    let scenario: Scenario
    let region: Region
    private(set) var views: [TableView] = []
    var history = History()
    /// By number of the operation.
    var contents: [Content] = []
    var violations: [Violation] = []
    var figures = Figures()
    var watch = Watch()
    /// Kept apart from `watch`, because reading it may find something to tell.
    var order = CommitOrder()
    /// Indexes that have answered once.
    var readyIndexes: Set<String> = []
    var faultChance: Chance
    var linkChance: Chance
    private var clients: [Client] = []
    private var clientsAtWork = 0
    private var operationsTaken = 0
    private var changesMade = 0
    private let start = Region.defaultStart

    static let bankBalance = 100

    package init(_ scenario: Scenario, sabotage: Sabotage? = nil) {
        self.scenario = scenario
        region = Region(profile: scenario.profile, seed: scenario.seed)
        region.sabotage = sabotage
        faultChance = Chance(seed: scenario.seed, stream: 2)
        linkChance = Chance(seed: scenario.seed, stream: 3)
        service = { region, request, report throws(ServiceError) in try region.submit(request, report: &report) }
    }

    package func run() -> SeedOutcome {
        for (name, value) in scenario.settings { try? region.set(name, to: value) }
        if createTables() {
            region.observer = { [unowned self] in glance() }
            observe()
            letClientsWork()
            settle()
            region.observer = nil
        }
        check()
        figures["seeds"] = 1
        figures["requests"] = history.operations.count
        figures["sessions of several pages"] = history.sessions.count { $0.pages.count > 1 }
        figures["indexes built meanwhile"] = readyIndexes.count
        figures["violations"] = violations.count
        return SeedOutcome(
            seed: scenario.seed,
            figures: figures,
            digest: history.digest,
            violations: violations,
            summary: scenario.summary
        )
    }

    // MARK: Before

    private func createTables() -> Bool {
        for (number, shape) in scenario.tables.enumerated() {
            do throws(ServiceError) {
                _ = try region.perform(.createTable(shape.creation))
            } catch {
                complain(.answers, at: shape.name, "it could not be created: \(error)")
                return false
            }
            region.advance(byMicroseconds: 60_000_000)
            views.append(TableView(number: number, shape: shape, in: region))
        }
        for view in views where view.shape.isBank {
            for position in view.keys.indices {
                let stamp = Stamp(writer: nextNumber, count: SeedRun.bankBalance)
                passTime(through: perform(putDraft(at: position, of: view, stamp: stamp), client: 0).completed)
            }
        }
        return true
    }

    // MARK: Clients

    private func letClientsWork() {
        clients = scenario.clients.enumerated().map { Client(number: $0.offset + 1, plan: $0.element, run: self) }
        clientsAtWork = clients.count
        for client in clients { client.begin() }
        scheduleFault()
        let begin = region.now
        let patience = begin.advanced(byMicroseconds: 6 * 3_600_000_000)
        while clientsAtWork > 0, region.now < patience { region.advance(byMicroseconds: 1_000_000) }
        if clientsAtWork > 0 { complain(.answers, at: "clients", "\(clientsAtWork) of them never got to their end") }
        figures["simulated seconds"] = Int((region.now - begin) / 1_000_000)
    }

    var isAtWork: Bool { clientsAtWork > 0 }

    /// Whether another request may be made. What the control plane is to be asked meanwhile is asked now.
    func takeOperation() -> Bool {
        guard operationsTaken < scenario.operations else { return false }
        operationsTaken += 1
        while changesMade < scenario.changes.count,
            scenario.changes[changesMade].afterOperations <= operationsTaken
        {
            changesMade += 1
            make(scenario.changes[changesMade - 1], triesLeft: 20)
        }
        return true
    }

    func clientFinished() { clientsAtWork -= 1 }

    private func make(_ change: Scenario.Change, triesLeft: Int) {
        let request: UpdateTableRequest
        let text: String
        switch change.kind {
        case .createIndex(let table, let position):
            let index = views[table].shape.indexes[position]
            request = views[table].shape.creation(of: index)
            text = "a new index \(index.name)"
        case .raise(let table, let throughput):
            request = UpdateTableRequest(tableName: views[table].shape.name, provisionedThroughput: throughput)
            text = "\(throughput.readCapacityUnits)/\(throughput.writeCapacityUnits) units"
        }
        var report = RequestReport()
        do throws(ServiceError) {
            _ = try region.submit(.updateTable(request), report: &report)
            tell("control plane: \(request.tableName) gets \(text)")
        } catch {
            // Only one change of a table at a time.
            guard triesLeft > 0 else { return }
            schedule(after: 2_000_000) { [unowned self] in make(change, triesLeft: triesLeft - 1) }
        }
    }

    func schedule(after microseconds: Int, _ body: @escaping () -> Void) {
        region.schedule(at: region.now.advanced(byMicroseconds: Int64(microseconds)), body)
    }

    // MARK: After

    /// Everything heals, and time passes until replicas and indexes have come to rest.
    private func settle() {
        if !region.faults().isEmpty {
            do throws(ServiceError) {
                _ = try region.heal(nil)
            } catch {
                complain(.answers, at: "region", "it does not heal: \(error)")
            }
            tell("everything heals")
        }
        for _ in 0..<60 {
            region.advance(byMicroseconds: 20_000_000)
            if isQuiet { break }
        }
        region.advance(byMicroseconds: 300_000_000)
        region.propagateIndexes()
        observe()
        for partition in region.watchedPartitions { complain(.answers, at: "region", "never at rest: \(partition)") }
    }

    private var isQuiet: Bool {
        for shape in scenario.tables {
            guard let description = try? region.describe(table: shape.name), description.tableStatus == .active,
                description.globalSecondaryIndexes.allSatisfy({ $0.indexStatus == .active })
            else { return false }
        }
        return region.livePartitions().allSatisfy { partition in
            let replicas = region.replicas(of: partition)
            let end = replicas.map(\.logIndex).max() ?? 0
            return replicas.allSatisfy { $0.isUp && $0.logIndex == end && (!$0.isFull || $0.appliedIndex == end) }
        }
    }

    /// A strong read of every key, with nothing broken any more.
    func readEverything() -> [ItemKey: Sight] {
        var sights: [ItemKey: Sight] = [:]
        for view in views {
            for position in view.keys.indices {
                let answer = perform(getDraft(at: position, of: view, isStrong: true), client: 0)
                passTime(through: answer.completed)
                let operation = history.operations[answer.number]
                if operation.outcome == .done {
                    sights[ItemKey(table: view.number, position: position)] = operation.actions[0].before
                } else {
                    complain(
                        .answers,
                        at: view.name(of: position),
                        "healed, it is still not read: \(operation.outcome)"
                    )
                }
            }
        }
        return sights
    }

    private func passTime(through instant: SimulatedInstant) {
        if instant > region.now { region.advance(byMicroseconds: instant - region.now) }
    }

    // MARK: Telling

    func complain(_ promise: Promise, at place: String, _ text: String, context: [String] = []) {
        note(Violation(promise, at: place, text, instant: region.now, context: context))
    }

    /// Keeps a violation, unless there are more than anybody reads.
    func note(_ violation: Violation) {
        tell("VIOLATION \(violation.promise): \(violation.place): \(violation.text)")
        guard violations.count < 50 else { return }
        var violation = violation
        if let instant = violation.instant {
            violation.context.insert("at \(text(of: instant)) s", at: 0)
            violation.context += history.broken(at: instant).map { "broken then: \($0)" }
        }
        violations.append(violation)
    }

    func tell(_ line: @autoclosure () -> String) {
        guard let narrate else { return }
        for event in region.takeEvents() { narrate("\(text(of: event.instant))  engine: \(event.text)") }
        narrate("\(text(of: region.now))  \(line())")
    }

    /// Seconds since the beginning.
    func text(of instant: SimulatedInstant) -> String {
        let microseconds = instant - start
        let fraction = String(microseconds % 1_000_000)
        return "\(microseconds / 1_000_000).\(String(repeating: "0", count: 6 - fraction.count))\(fraction)"
    }

    func name(of key: ItemKey) -> String { views[key.table].name(of: key.position) }
}
