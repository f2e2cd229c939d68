import Engine
import Language
import Model

/// CreateTable, UpdateTable and DeleteTable: the service answers at once and works on; the session waits for it.
extension Session {
    /// Longest time to wait, and the steps, in simulated microseconds.
    private static let waitMax: Int64 = 6 * 3_600_000_000
    private static let waitStep: Int64 = 100_000

    func performOnTable(_ call: Call) throws(StatementFailure) -> Reply {
        let request = call.request
        let name = request.target?.table ?? ""
        do throws(StatementFailure) {
            _ = try send(request)
        } catch {
            guard call.toleratesExistence, let sentence = tolerated(error, name) else { throw error }
            return Reply(cost: CostLine(subject: .sentence(sentence), report: RequestReport()))
        }
        catalog.tablesChanged()
        forgetTargetIfGone(request)
        let waiting = waitingText(for: name, isDeleted: request.operation == .deleteTable)
        return Reply(
            cost: CostLine(subject: .sentence("\(request.tableDeed) \(name)\(waiting)"), report: RequestReport())
        )
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
    private func waitingText(for name: String, isDeleted: Bool) -> String {
        guard let laboratory, settings.waits else {
            return catalog.describe(name).map { ", \($0.tableStatus.rawValue)" } ?? ""
        }
        let start = laboratory.now
        while laboratory.now - start < Self.waitMax {
            let description = try? laboratory.describe(table: name)
            if isDeleted ? description == nil : description?.isSettled ?? true { break }
            laboratory.advance(byMicroseconds: Self.waitStep)
        }
        let elapsed = laboratory.now - start
        if elapsed == 0 { return "" }
        clock.advanced += settings.isInteractive ? elapsed : 0
        return "\(isDeleted ? ", gone" : ", active") after \(durationText(microseconds: elapsed))"
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
        case .updateTable: "updated"
        default: "deleted"
        }
    }
}
