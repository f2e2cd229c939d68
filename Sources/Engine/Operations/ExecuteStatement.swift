import Expressions
import Model
import PartiQL

extension Region {
    func executeStatement(
        _ request: ExecuteStatementRequest,
        _ journey: inout Journey
    ) throws(ServiceError) -> ExecuteStatementResponse {
        let router = arrive(&journey)
        try ConstraintViolations.check { $0.check(request) }
        var response: ExecuteStatementResponse
        switch try plan(request.statement) {
        case .select(let plan):
            response = try run(plan, limit: request.limit, after: request.nextToken, router: router, &journey)
        case .write(let write, let returning, let update):
            let outcome = try perform(write, router: router, &journey)
            response = ExecuteStatementResponse(items: returned(returning, outcome, update).map { [$0] } ?? [])
        case .check:
            throw .validationException(
                "Unsupported operation: EXISTS can only be used in ExecuteTransaction together with writes"
            )
        }
        response.consumedCapacity = journey.report.consumedCapacity.first?.reduced(
            for: request.returnConsumedCapacity
        )
        return response
    }

    /// What RETURNING asks for of a write's two images.
    func returned(_ returning: Returning?, _ outcome: WriteOutcome, _ update: UpdateStatement?) -> Item? {
        switch returning {
        case nil: nil
        case .allOld: outcome.old
        case .allNew: outcome.new
        case .modifiedOld: outcome.old.flatMap { update?.updatedAttributes(of: $0) }
        case .modifiedNew: outcome.new.flatMap { update?.updatedAttributes(of: $0) }
        }
    }

    /// One page of a SELECT.
    func run(
        _ plan: SelectPlan,
        limit: Int?,
        after token: String?,
        router: Int,
        _ journey: inout Journey
    ) throws(ServiceError) -> ExecuteStatementResponse {
        let start: NextToken? = if let token { try NextToken(token, for: plan.fingerprint) } else { nil }
        if let key = plan.key {
            let read = ItemRead(table: plan.target.table, key: key, projection: plan.projection)
            let item = try fetch(read, consistency: plan.isConsistent ? .strong : .eventual, router: router, &journey)
                .flatMap { plan.access.filter?.isTrue(for: $0) ?? true ? $0 : nil }
            return ExecuteStatementResponse(items: item.map { [read.projected($0)] } ?? [])
        }
        return plan.access.kind == .scan
            ? try runScan(plan, limit: limit, after: start, router: router, &journey)
            : try runQueries(plan, limit: limit, after: start, router: router, &journey)
    }

    private func runScan(
        _ plan: SelectPlan,
        limit: Int?,
        after start: NextToken?,
        router: Int,
        _ journey: inout Journey
    ) throws(ServiceError) -> ExecuteStatementResponse {
        let range = start.map { KeyRange(lower: KeyRange.successor(of: $0.place), upper: nil) } ?? .everything
        let scan = readPlan(plan, range: range)
        var page = startPage(scan, limit: limit)
        try runScan(scan, into: &page, router: router, &journey)
        return page.statementResponse(plan, query: 0)
    }

    /// One query after the other, until the page is full.
    private func runQueries(
        _ plan: SelectPlan,
        limit: Int?,
        after start: NextToken?,
        router: Int,
        _ journey: inout Journey
    ) throws(ServiceError) -> ExecuteStatementResponse {
        let first = start?.query ?? 0
        guard plan.access.conditions.indices.contains(first) else { throw .validationException("Invalid NextToken") }
        var page = startPage(readPlan(plan, range: .everything), limit: limit)
        // A query whose first entry would take the page over 1 MB leaves `page.last` with the query before it.
        var queryOfLast = first
        for number in first..<plan.access.conditions.count {
            var range = plan.target.range(of: plan.access.conditions[number])
            if number == first, let place = start?.place {
                guard range.contains(place) else { throw .validationException("Invalid NextToken") }
                range =
                    plan.access.isForward
                    ? KeyRange(lower: KeyRange.successor(of: place), upper: range.upper)
                    : KeyRange(lower: range.lower, upper: place)
            }
            let before = page.scannedCount
            try runQuery(readPlan(plan, range: range), into: &page, router: router, &journey)
            if page.scannedCount > before { queryOfLast = number }
            if page.isFull { return page.statementResponse(plan, query: queryOfLast) }
        }
        return page.statementResponse(plan, query: 0)
    }

    /// A page of the SELECT's query, or of its scan.
    private func readPlan(_ plan: SelectPlan, range: KeyRange) -> ReadPlan {
        ReadPlan(
            target: plan.target,
            range: range,
            descending: !plan.access.isForward,
            isConsistent: plan.isConsistent,
            filter: plan.access.filter,
            projection: plan.projection,
            fetchesItems: fetchesItems(plan)
        )
    }

    /// `*` on a local index means the whole item.
    private func fetchesItems(_ plan: SelectPlan) -> Bool {
        plan.target.fetchesItems(
            select: plan.projection == nil ? .allAttributes : nil,
            projection: plan.projection,
            filter: plan.access.filter
        )
    }

    // MARK: EXPLAIN

    func explain(_ request: ExecuteStatementRequest) throws(ServiceError) -> Explanation {
        switch try plan(request.statement) {
        case .select(let plan): explain(plan, limit: request.limit)
        case .write(let write, _, _): explain(write, write.operationName)
        case .check(let write): explain(write, "EXISTS")
        }
    }

    private func explain(_ plan: SelectPlan, limit: Int?) -> Explanation {
        guard let first = plan.access.conditions.first else {
            var explanation = explainScan(readPlan(plan, range: .everything))
            explanation.title = "SELECT is a Scan of \(plan.target.table.name), not executed"
            if plan.access.filter != nil {
                explanation.warnings = [
                    "WHERE does not fix the partition key by = or IN: every item is read and billed, then filtered"
                ]
            }
            return explanation
        }
        var explanation = explainQuery(readPlan(plan, range: plan.target.range(of: first)))
        let kind = plan.key == nil ? "Query" : "GetItem"
        explanation.title = "SELECT is a \(kind) of \(plan.target.table.name), not executed"
        if plan.access.conditions.count > 1 {
            explanation.warnings.append(
                "one query for each of \(plan.access.conditions.count) partition keys; the first is shown"
            )
        }
        return explanation
    }
}

extension PageWalk {
    fileprivate func statementResponse(_ plan: SelectPlan, query: Int) -> ExecuteStatementResponse {
        guard isFull, let last else { return ExecuteStatementResponse(items: items) }
        let token = NextToken(fingerprint: plan.fingerprint, query: query, place: plan.target.storageKey(of: last))
        return ExecuteStatementResponse(
            items: items,
            nextToken: token.text,
            lastEvaluatedKey: plan.target.startKey(of: last)
        )
    }
}

extension ItemWrite {
    fileprivate var operationName: String {
        switch effect {
        case .insert: "INSERT"
        case .updateExisting: "UPDATE"
        case .deleteExisting: "DELETE"
        case .put: "PutItem"
        case .update: "UpdateItem"
        case .delete: "DeleteItem"
        case .check: "ConditionCheck"
        }
    }
}
