import Model

extension Region {
    func transactGetItems(
        _ request: TransactGetItemsRequest,
        _ journey: inout Journey
    ) throws(ServiceError) -> TransactGetItemsResponse {
        let router = arrive(&journey)
        try ConstraintViolations.check { $0.check(request) }
        for action in request.transactItems {
            _ = try metadata.reference(to: action.tableName)
            try action.checkParameters()
            try ItemRules.checkValues(of: action.key)
            _ = try bindProjection(action.projectionExpression, names: action.expressionAttributeNames)
        }
        var reads: [ItemRead] = []
        var reasons: [CancellationReason] = []
        for action in request.transactItems {
            let table = try activeTable(metadata.reference(to: action.tableName))
            if ItemRules.isMisfit(action.key, schema: table.key, isKeyParameter: true) {
                reasons.append(CancellationReason(ItemRules.keyDoesNotMatchSchema))
                continue
            }
            reasons.append(.none)
            try table.checkKey(action.key)
            let projection = try bindProjection(
                action.projectionExpression,
                names: action.expressionAttributeNames
            )
            try table.checkNestedPaths(of: projection)
            reads.append(ItemRead(table: table, key: action.key, projection: projection))
        }
        if reasons.contains(where: { $0.code != .none }) { throw .transactionCanceledException(reasons: reasons) }
        let items = try readTogether(reads, router: router, &journey)
        return TransactGetItemsResponse(
            responses: items,
            consumedCapacity: journey.report.consumedCapacity.reduced(for: request.returnConsumedCapacity)
        )
    }

    /// Two rounds of strong reads that must agree. Nothing comes between them inside one request, so the second round
    /// only takes its time.
    /// An item that its filter refuses is answered as if it were not there.
    func readTogether(
        _ reads: [ItemRead],
        filters: [(any ItemPredicate)?] = [],
        router: Int,
        _ journey: inout Journey
    ) throws(ServiceError) -> [Item?] {
        var seen: [String: Set<[UInt8]>] = [:]
        for read in reads where !seen[read.table.name, default: []].insert(read.table.storageKey(of: read.key)).inserted
        {
            throw TransactionRules.repeatedItem
        }
        let stored =
            needsMessages(reads.map { $0.table.stored($0.key).partition })
            ? try readTogetherWatched(reads, router: router, &journey)
            : try readTogetherCalm(reads, router: router, &journey)
        var items: [Item?] = []
        for (position, read) in reads.enumerated() {
            let filter = position < filters.count ? filters[position] : nil
            let item = stored[position]
            items.append(item.flatMap { filter?.isTrue(for: $0) ?? true ? read.projectedOrNothing($0) : nil })
        }
        for index in journey.report.consumedCapacity.indices {
            journey.report.consumedCapacity[index].transactionalKind = .read
        }
        try TransactionRules.checkSize(stored.reduce(0) { $0 + ($1?.size ?? 0) })
        return items
    }

    private func readTogetherCalm(
        _ reads: [ItemRead],
        router: Int,
        _ journey: inout Journey
    ) throws(ServiceError) -> [Item?] {
        let departure = journey.now
        var arrival = departure
        var items: [Item?] = []
        for read in reads {
            journey.fork(at: departure)
            items.append(try fetch(read, consistency: .transactional, router: router, &journey))
            arrival = max(arrival, journey.now)
        }
        journey.rejoin(at: arrival)
        journey.wait(microseconds: arrival - departure)
        journey.trace("coordinator", "second round: no item has changed since the first")
        return items
    }
}
