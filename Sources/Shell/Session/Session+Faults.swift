import Engine
import Language
import Model

/// `Fault …`: breaking parts of the embedded engine, and healing them.
extension Session {
    func runFault(_ command: FaultCommand) throws(StatementFailure) -> Reply {
        switch command {
        case .inject(let fault, let duration):
            let (report, now) = try inside { laboratory throws(ServiceError) in
                (try laboratory.inject(fault, forMicroseconds: duration), laboratory.now)
            }
            return Reply(result: .report(Report(injected: report, at: now)))
        case .list: return try show(.faults, of: nil)
        case .heal(let scope):
            let (healed, now) = try inside { laboratory throws(ServiceError) in
                (try laboratory.heal(scope), laboratory.now)
            }
            return Reply(result: .report(Report(healed: healed, at: now)))
        }
    }

    /// `2 faults`, for the prompt; nil when nothing is broken.
    var faultMark: String? {
        guard let count = laboratory?.faults().count, count > 0 else { return nil }
        return count == 1 ? "1 fault" : "\(grouped(count)) faults"
    }
}

extension Report {
    /// What `Fault kill …` answers.
    init(injected report: FaultReport, at now: SimulatedInstant) {
        self.init(faults: [report], at: now)
        isSingle = true
    }

    init(faults: [FaultReport], at now: SimulatedInstant) {
        columns = ["fault", "detail", "since", "until", "left"]
        rows = faults.map { report in
            [
                .text(report.fault.description), .text(report.detail), .text(report.since.iso8601),
                .text(report.until.map(\.iso8601) ?? "healed"),
                report.until.map { .text(durationText(microseconds: max(0, $0 - now))) } ?? .missing,
            ]
        }
        ordinary = ["left": .missing]
        expendable = ["since", "until"]
        whenEmpty = "nothing is broken"
    }

    /// What `Fault heal …` answers.
    init(healed faults: [FaultReport], at now: SimulatedInstant) {
        columns = ["healed", "detail", "since", "lasted"]
        rows = faults.map { report in
            [
                .text(report.fault.description), .text(report.detail), .text(report.since.iso8601),
                .text(durationText(microseconds: max(0, now - report.since))),
            ]
        }
        expendable = ["since"]
        whenEmpty = "nothing was broken"
    }
}
