import Engine
import Language
import Model

/// What only the embedded engine answers: EXPLAIN, TRACE, Locate, Clock.
extension Session {
    func requireLaboratory() throws(StatementFailure) -> any Laboratory {
        guard let laboratory else {
            throw .message(
                "a real endpoint lets nobody look inside",
                details: ["this works on the embedded engine only"]
            )
        }
        return laboratory
    }

    /// Asks the engine's inside; its refusals read as the service's.
    func inside<R>(_ body: (any Laboratory) throws(ServiceError) -> R) throws(StatementFailure) -> R {
        let laboratory = try requireLaboratory()
        do throws(ServiceError) {
            return try body(laboratory)
        } catch {
            throw .service(error, Attempt())
        }
    }

    // MARK: EXPLAIN and TRACE

    func explain(_ command: Command, mode: OutputMode) throws(StatementFailure) -> Reply {
        guard case .call(let call) = command else {
            throw .message("EXPLAIN is for requests to the service, such as Query", details: [])
        }
        if mode == .api { return unsent(call) }
        let explanation = try inside { laboratory throws(ServiceError) in try laboratory.explain(call.request) }
        return Reply(result: .tree(Reply.Tree(explanation)))
    }

    /// A request that fails shows its steps too, before its error.
    func trace(_ command: Command, mode: OutputMode) throws(StatementFailure) -> Reply {
        guard case .call(let call) = command else {
            throw .message("TRACE is for requests to the service, such as GetItem", details: [])
        }
        do throws(StatementFailure) {
            let (response, report) = try send(call.request, isTraced: true)
            let reply = tracedReply(call.request, response, report)
            last = LastReply(reply: reply)
            return Reply(result: .report(Report(trace: report.trace)), cost: reply.cost, notes: reply.notes)
        } catch {
            if case .service(_, let attempt) = error, !attempt.report.trace.isEmpty {
                present(Reply(result: .report(Report(trace: attempt.report.trace))), mode: mode)
            }
            throw error
        }
    }

    private func tracedReply(_ request: Request, _ response: Response, _ report: RequestReport) -> Reply {
        guard let page = Page(response) else { return reply(to: request, response, report) }
        let cost = CostLine(
            subject: .page(count: page.count, scanned: page.scannedCount, isFiltered: request.hasFilter),
            report: report,
            hasMore: page.next != nil
        )
        return Reply(result: .items([group(page.items, of: request)]), cost: cost)
    }

    // MARK: Locate and Clock

    func locate(_ key: Item, in target: Target) throws(StatementFailure) -> Reply {
        let location = try inside { laboratory throws(ServiceError) in
            try laboratory.locate(key, in: target.table, index: target.index)
        }
        let names = catalog.shape(of: target.table)?.keyNames(index: target.index) ?? []
        return Reply(result: .report(Report(location, key: key, keyNames: names)))
    }

    func runClock(_ command: ClockCommand) throws(StatementFailure) -> Reply {
        let laboratory = try requireLaboratory()
        if case .advance(let duration) = command {
            laboratory.advance(byMicroseconds: duration)
            clock.advanced += duration
            clock.wasMoved = true
        }
        let now = laboratory.now
        let report = Report(
            columns: ["time", "since start"],
            rows: [[.text(now.iso8601), .text(durationText(microseconds: now - (clock.start ?? now)))]],
            isSingle: true
        )
        return Reply(result: .report(report))
    }

    // MARK: Events

    var showsEvents: Bool { settings.showsEvents ?? settings.isInteractive }

    /// What the engine did meanwhile, a line each.
    func tellEventsIfWanted() {
        guard showsEvents, let laboratory else { return }
        for event in laboratory.takeEvents() { tell("event: \(event.text)") }
    }
}

extension Report {
    fileprivate init(trace: [TraceStep]) {
        self.init(
            columns: ["µs", "at", "step"],
            rows: trace.map { [.integer(Int($0.offsetMicroseconds)), .text($0.place), .text($0.text)] }
        )
    }
}

extension Reply.Tree {
    init(_ explanation: Explanation) {
        title = explanation.title
        branches = explanation.steps.map { Branch(label: $0.label, text: $0.text, detail: $0.detail) }
        footers = [Branch(label: "cost", text: explanation.cost)]
        footers += explanation.warnings.map { Branch(label: "warn", text: $0) }
        footers.append(Branch(label: "api", text: "\\api prints this request as JSON and as an aws-cli line"))
    }
}
