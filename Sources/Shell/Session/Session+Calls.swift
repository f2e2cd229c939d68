import Engine
import Language
import LineEditor
import Model

/// Calls of the API, page by page where they have pages.
extension Session {
    func perform(_ call: Call) throws(StatementFailure) -> Reply {
        var call = call
        if call.startsAfterLast { try startAfterLast(&call) }
        var reply: Reply
        if call.request.isPaged {
            reply = try performPages(of: call)
        } else if call.request.isControlPlane {
            reply = try performOnTable(call)
        } else {
            reply = try performOnce(call.request)
        }
        for note in call.notes { reply.notes.append(Reply.Note(text: note, kind: .ambiguousValue(note))) }
        return reply
    }

    /// One request to the service; what it cost is counted whether it succeeds or not.
    func send(_ request: Request, isTraced: Bool = false) throws(StatementFailure) -> (Response, RequestReport) {
        var report = RequestReport(isTraced: isTraced)
        do throws(ServiceError) {
            let response = try service.perform(request, report: &report)
            ledger.add(report)
            noteWrites(of: request, report)
            return (response, report)
        } catch {
            ledger.add(report)
            throw .service(error, Attempt(request: request, report: report))
        }
    }

    private func performOnce(_ request: Request, isTraced: Bool = false) throws(StatementFailure) -> Reply {
        let (response, report) = try send(request, isTraced: isTraced)
        return reply(to: request, response, report)
    }

    // MARK: Pages

    private func performPages(of call: Call) throws(StatementFailure) -> Reply {
        var call = call
        let wanted = call.take ?? (call.wantsAllPages ? Int.max : nil)
        let ownLimit = call.request.pageLimit
        var gathered = GatheredPages()
        let started = SessionClock.wallMicroseconds()
        let simulatedStart = laboratory?.now
        var progress = progressLine()
        defer { progress?.erase() }
        while true {
            // Without a filter each item evaluated is returned, so that no more need be read than is wanted.
            if let take = call.take, !call.request.hasFilter, ownLimit == nil {
                call.request.pageLimit = take - gathered.items.count
            }
            let (response, report) = try send(call.request)
            guard let page = Page(response) else { return reply(to: call.request, response, report) }
            gathered.add(page, report)
            if let next = page.next { call.request.start(at: next) }
            guard let wanted, page.next != nil, gathered.count < wanted else { break }
            if InterruptFlag.isSet { throw interrupted(call, gathered, since: started) }
            progress?.update(width: errorStyle.width) {
                progressText(items: gathered.scannedCount, requests: gathered.requestCount, since: simulatedStart)
            }
        }
        call.request.pageLimit = ownLimit
        return finish(call, gathered)
    }

    private func finish(_ call: Call, _ gathered: GatheredPages) -> Reply {
        var gathered = gathered
        var surplus: [Item] = []
        if let take = call.take, gathered.items.count > take {
            surplus = Array(gathered.items[take...])
            gathered.items.removeLast(surplus.count)
            gathered.count = take
        }
        keepPlace(of: call, gathered, surplus)
        let cost = CostLine(
            subject: .page(
                count: gathered.count,
                scanned: call.request.isPartiQL || !surplus.isEmpty ? gathered.count : gathered.scannedCount,
                isFiltered: call.request.hasFilter
            ),
            report: gathered.report,
            requestCount: gathered.requestCount,
            hasMore: resumption != nil
        )
        var reply = Reply(result: result(of: gathered, call.request), cost: cost)
        if call.request.hasFilter, gathered.scannedCount > gathered.count, surplus.isEmpty {
            reply.notes.append(.filterRunsAfterRead(dropped: gathered.scannedCount - gathered.count))
        }
        return reply
    }

    private func keepPlace(of call: Call, _ gathered: GatheredPages, _ surplus: [Item]) {
        guard gathered.next != nil || !surplus.isEmpty else {
            resumption = nil
            return
        }
        var key: Item?
        if case .key(let next)? = gathered.next { key = next }
        resumption = Resumption(call: call, surplus: surplus, key: key, hasMorePages: gathered.next != nil)
    }

    private func result(of gathered: GatheredPages, _ request: Request) -> Reply.Result {
        if gathered.hasItems { return .items([group(gathered.items, of: request)]) }
        let row: [Report.Cell] = [.integer(gathered.count), .integer(gathered.scannedCount)]
        return .report(Report(columns: ["Count", "ScannedCount"], rows: [row]))
    }

    private func interrupted(
        _ call: Call,
        _ gathered: GatheredPages,
        since started: Int64
    ) -> StatementFailure {
        InterruptFlag.take()
        last = LastReply(reply: finish(call, gathered))
        var bytes = Array("cancelled after ".utf8)
        bytes.append(duration: SessionClock.wallMicroseconds() - started)
        bytes.append(": ")
        bytes.append(items: gathered.scannedCount)
        bytes.append(" read, ")
        bytes.append(units: gathered.report.consumedCapacity.reduce(0) { $0 + $1.capacityUnits })
        bytes.append(" RCU spent; .last shows what came, more goes on")
        return .cancelled(String(decoding: bytes, as: UTF8.self))
    }

    // MARK: Going on

    func nextPage() throws(StatementFailure) -> Reply {
        guard let resumption else {
            throw .message("nothing more: the last Query or Scan was read to its end", details: [])
        }
        if resumption.surplus.isEmpty { return try perform(resumption.call) }
        return surplusReply(of: resumption)
    }

    /// Items that were read, and billed, with the page before.
    private func surplusReply(of resumption: Resumption) -> Reply {
        let shown = Array(resumption.surplus.prefix(resumption.call.take ?? .max))
        var rest = resumption
        rest.surplus.removeFirst(shown.count)
        self.resumption = rest.surplus.isEmpty && !rest.hasMorePages ? nil : rest
        let cost = CostLine(
            subject: .page(count: shown.count, scanned: shown.count, isFiltered: false),
            report: RequestReport(),
            hasMore: self.resumption != nil
        )
        return Reply(result: .items([group(shown, of: resumption.call.request)]), cost: cost)
    }

    private func startAfterLast(_ call: inout Call) throws(StatementFailure) {
        guard let key = resumption?.key else {
            throw .message(
                "AFTER LAST needs a page before it that left something over",
                details: ["run the Query or Scan first, with LIMIT or without ALL"]
            )
        }
        call.request.start(at: .key(key))
        call.startsAfterLast = false
    }
}

/// Pages of one statement, put together.
private struct GatheredPages {
    var items: [Item] = []
    var hasItems = true
    var count = 0
    var scannedCount = 0
    var next: Page.Continuation?
    var report = RequestReport()
    var requestCount = 0

    mutating func add(_ page: Page, _ pageReport: RequestReport) {
        if items.isEmpty { items = page.items } else { items += page.items }
        hasItems = page.hasItems
        count += page.count
        scannedCount += page.scannedCount
        next = page.next
        if requestCount == 0 { report = pageReport } else { report.add(pageReport) }
        requestCount += 1
    }
}

extension Reply.Note {
    static func filterRunsAfterRead(dropped: Int) -> Reply.Note {
        let what = dropped == 1 ? "the dropped item was billed" : "the \(grouped(dropped)) dropped items were billed"
        return Reply.Note(text: "FILTER runs after the read; \(what). (.hints off)", kind: .filterRunsAfterRead)
    }
}

extension Request {
    var isPartiQL: Bool {
        switch self {
        case .executeStatement, .batchExecuteStatement, .executeTransaction: true
        default: false
        }
    }

    var isControlPlane: Bool {
        switch self {
        case .createTable, .updateTable, .deleteTable, .updateTimeToLive: true
        default: false
        }
    }
}
