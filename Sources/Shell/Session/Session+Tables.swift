import Engine
import Language
import Model

/// CreateTable, UpdateTable and DeleteTable: the service answers at once and works on; the session waits for it.
extension Session {
    /// Longest time to wait, and the steps, in simulated microseconds.
    private static let waitMax: Int64 = 6 * 3_600_000_000
    private static let waitStep: Int64 = 100_000

    func performOnTable(_ call: Call) throws(StatementFailure) -> Reply {
        let request = completed(call.request)
        let name = request.target?.table ?? ""
        do throws(StatementFailure) {
            _ = try send(request)
        } catch {
            guard call.toleratesExistence, let sentence = tolerated(error, name) else { throw error }
            return Reply(cost: CostLine(subject: .sentence(sentence), report: RequestReport()))
        }
        catalog.tablesChanged()
        forgetTargetIfGone(request)
        var sentence = "\(request.tableDeed) \(name)"
        if case .updateTimeToLive = request {
            sentence += timeToLiveText(for: name)
        } else {
            sentence += waitingText(
                for: name,
                isDeleted: request.operation == .deleteTable,
                waits: settings.waits || call.timeToLive != nil
            )
        }
        if let specification = call.timeToLive {
            let second = UpdateTimeToLiveRequest(tableName: name, specification: specification)
            _ = try send(completed(.updateTimeToLive(second)))
            sentence += timeToLiveText(for: name)
        }
        return Reply(cost: CostLine(subject: .sentence(sentence), report: RequestReport()))
    }

    private func tolerated(_ failure: StatementFailure, _ name: String) -> String? {
        guard case .service(let error, _) = failure else { return nil }
        switch error {
        case .resourceInUseException where catalog.describe(name) != nil: return "table \(name) exists already"
        case .resourceNotFoundException: return "there is no table \(name)"
        default: return nil
        }
    }

    private func forgetTargetIfGone(_ request: Request) {
        if case .deleteTable(let deletion) = request, target?.table == deletion.tableName {
            target = nil
            setParserTarget(nil)
        }
    }

    /// What the service reports meanwhile: `, active after 8.1 s`.
    private func waitingText(for name: String, isDeleted: Bool, waits: Bool) -> String {
        guard let laboratory, waits else {
            return catalog.describe(name).map { ", \($0.tableStatus.rawValue)" } ?? ""
        }
        let elapsed = wait(for: laboratory) {
            let description = try? laboratory.describe(table: name)
            return isDeleted ? description == nil : description?.isSettled ?? true
        }
        if elapsed == 0 { return "" }
        return "\(isDeleted ? ", gone" : ", active") after \(durationText(microseconds: elapsed))"
    }

    /// Lets simulated time pass until something is settled; answers how much.
    private func wait(for laboratory: any Laboratory, until isSettled: () -> Bool) -> Int64 {
        let start = laboratory.now
        while laboratory.now - start < Self.waitMax, !isSettled() {
            laboratory.advance(byMicroseconds: Self.waitStep)
        }
        let elapsed = laboratory.now - start
        clock.advanced += settings.isInteractive ? elapsed : 0
        return elapsed
    }

    // MARK: Time to live

    /// `, TTL ENABLED after 60 s`
    private func timeToLiveText(for name: String) -> String {
        var elapsed: Int64 = 0
        if let laboratory, settings.waits {
            elapsed = wait(for: laboratory) {
                let status = (try? laboratory.timeToLive(of: name))?.status
                return status != .enabling && status != .disabling
            }
        }
        let status = timeToLive(of: name).map { ", TTL \($0.status.rawValue)" } ?? ""
        return elapsed == 0 ? status : "\(status) after \(durationText(microseconds: elapsed))"
    }

    func timeToLive(of table: String) -> TimeToLiveDescription? {
        if let laboratory { return try? laboratory.timeToLive(of: table) }
        let request = Request.describeTimeToLive(DescribeTimeToLiveRequest(tableName: table))
        guard case .describeTimeToLive(let description)? = try? service.perform(request) else { return nil }
        return description
    }

    /// `TTL OFF` names no attribute, but the API wants one: the one that is on. Any will do where none is.
    func completed(_ request: Request) -> Request {
        guard case .updateTimeToLive(var update) = request, !update.specification.enabled,
            update.specification.attributeName.isEmpty
        else { return request }
        update.specification.attributeName = timeToLive(of: update.tableName)?.attributeName ?? "ttl"
        return .updateTimeToLive(update)
    }
}

extension TableDescription {
    /// Whether the table and all its indexes are ACTIVE.
    var isSettled: Bool {
        tableStatus == .active && globalSecondaryIndexes.allSatisfy { $0.indexStatus == .active }
    }
}

extension Request {
    fileprivate var tableDeed: String {
        switch self {
        case .createTable: "created"
        case .updateTable, .updateTimeToLive: "updated"
        default: "deleted"
        }
    }
}
