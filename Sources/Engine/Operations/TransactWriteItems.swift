import Model

extension Region {
    func transactWriteItems(
        _ request: TransactWriteItemsRequest,
        _ journey: inout Journey
    ) throws(ServiceError) -> TransactWriteItemsResponse {
        let router = arrive(&journey)
        try TransactionRules.check(request)
        if let token = request.clientRequestToken,
            let known = try replay(.transactWriteItems(request), token: token, router: router, &journey),
            case .transactWriteItems(var response) = known
        {
            response.consumedCapacity = journey.report.consumedCapacity.reduced(for: request.returnConsumedCapacity)
            return response
        }
        let actions = try prepare(request.transactItems)
        let recall = request.clientRequestToken.map { token in
            TransactionRecall(
                token: token,
                request: .transactWriteItems(request),
                response: .transactWriteItems(TransactWriteItemsResponse())
            )
        }
        let outcome = try run(actions, recall: recall, router: router, &journey)
        var response = TransactWriteItemsResponse(
            consumedCapacity: journey.report.consumedCapacity.reduced(for: request.returnConsumedCapacity),
            itemCollectionMetrics: collectionMetrics(of: actions, request.returnItemCollectionMetrics)
        )
        if var recall {
            recall.response = .transactWriteItems(response)
            remember(recall, outcome, &journey)
        }
        if request.returnConsumedCapacity == .none { response.consumedCapacity = nil }
        return response
    }

    /// What one agreed transaction did: the images of each of its items.
    struct TransactionOutcome {
        let images: [(table: Table, old: Item?, new: Item?)]
    }

    /// An action as far as it can be judged without its item.
    enum PreparedAction {
        case write(ItemWrite)
        /// Its key does not fit the table: a reason to cancel, not an error of the request.
        case refused(Table, CancellationReason)
    }

    /// Checks every action before any table is looked up, then against the tables.
    private func prepare(_ actions: [TransactWriteAction]) throws(ServiceError) -> [PreparedAction] {
        for action in actions { try checkShape(of: action) }
        var prepared: [PreparedAction] = []
        for action in actions { prepared.append(try prepare(action)) }
        return prepared
    }

    private func checkShape(of action: TransactWriteAction) throws(ServiceError) {
        _ = try metadata.reference(to: action.tableName)
        switch action {
        case .put(let put):
            try put.checkParameters()
            try ItemRules.checkValues(of: put.item)
            try ItemRules.checkSize(ofPut: put.item)
            _ = try bind(put.options)
        case .update(let update):
            try update.checkParameters()
            try ItemRules.checkValues(of: update.key)
            _ = try bind(update.options, update: update.updateExpression)
        case .delete(let delete):
            try delete.checkParameters()
            try ItemRules.checkValues(of: delete.key)
            _ = try bind(delete.options)
        case .conditionCheck(let check):
            try ItemRules.checkValues(of: check.key)
            _ = try bind(condition: check.conditionExpression, check.expressionAttributes)
        }
    }

    private func prepare(_ action: TransactWriteAction) throws(ServiceError) -> PreparedAction {
        do throws(ServiceError) {
            var write = try write(for: action)
            write.isInTransaction = true
            return .write(write)
        } catch {
            let table = try activeTable(metadata.reference(to: action.tableName))
            if ItemRules.isMisfit(action.key, schema: table.key, isKeyParameter: action.hasKeyParameter) {
                return .refused(table, CancellationReason(error))
            }
            throw error
        }
    }

    private func write(for action: TransactWriteAction) throws(ServiceError) -> ItemWrite {
        switch action {
        case .put(let put): return try prepare(put)
        case .update(let update): return try prepare(update)
        case .delete(let delete): return try prepare(delete)
        case .conditionCheck(let check):
            let table = try activeTable(metadata.reference(to: check.tableName))
            try table.checkKey(check.key)
            let bound = try bind(condition: check.conditionExpression, check.expressionAttributes)
            try table.checkNestedPaths(bound.nestedPaths)
            return ItemWrite(
                table: table,
                key: check.key,
                effect: .check,
                condition: bound.condition,
                returnsItemOnFailure: check.returnValuesOnConditionCheckFailure == .allOld
            )
        }
    }

    /// Both phases. Throws TransactionCanceledException, with everything as it was, when any item refuses.
    func run(
        _ actions: [PreparedAction],
        recall: TransactionRecall?,
        router: Int,
        _ journey: inout Journey
    ) throws(ServiceError) -> TransactionOutcome {
        journey.report.kind = .write
        journey.report.consistency = .transactional
        let coordinator = TransactionCoordinator(
            members: try members(for: actions, router: router, &journey)
        )
        if needsMessages(coordinator.participants.map(\.partition)) {
            return try runWatched(coordinator.members, recall: recall, router: router, &journey)
        }
        let votes = checkCollections(coordinator.prepare(), of: coordinator)
        spendPhase("prepare", coordinator, router: router, &journey)
        let images = charge(votes, coordinator.members, &journey)
        let reasons = votes.map { vote -> CancellationReason in
            if case .rejected(let reason) = vote { reason } else { .none }
        }
        if reasons.contains(where: { $0.code != .none }) {
            journey.trace("coordinator", "cancel: \(reasons.map(\.code.rawValue).joined(separator: ", "))")
            finish(router, &journey)
            throw .transactionCanceledException(reasons: reasons)
        }
        spendPhase("commit", coordinator, router: router, &journey)
        coordinator.commit(votes, on: journey.now, isTorn: constants.sabotage == .tearsTransactions)
        for participant in coordinator.participants {
            tidy(participant.partition, of: participant.write.table, on: journey.now)
        }
        finish(router, &journey)
        return TransactionOutcome(images: images)
    }

    private func members(
        for actions: [PreparedAction],
        router: Int,
        _ journey: inout Journey
    ) throws(ServiceError) -> [TransactionCoordinator.Member] {
        var seen: [String: Set<[UInt8]>] = [:]
        var members: [TransactionCoordinator.Member] = []
        for action in actions {
            switch action {
            case .refused(let table, let reason): members.append(.refused(table, reason))
            case .write(let write):
                let table = write.table
                let key = table.storageKey(of: write.key)
                if !seen[table.name, default: []].insert(key).inserted { throw TransactionRules.repeatedItem }
                let partition = key.withUnsafeBytes { bytes in
                    route(bytes, in: table.partitions, of: table, index: nil, router: router, &journey)
                }
                members.append(.participant(.init(write: write, key: key, partition: partition)))
            }
        }
        return members
    }

    /// One round from the coordinator to all leaders and back, each making its step durable; the slowest counts.
    private func spendPhase(
        _ name: String,
        _ coordinator: TransactionCoordinator,
        router: Int,
        _ journey: inout Journey
    ) {
        let departure = journey.now
        var arrival = departure
        for participant in coordinator.participants {
            journey.fork(at: departure)
            forwardWrite(to: participant.partition, router: router, &journey)
            replicate(participant.partition, &journey)
            journey.spend(
                median: hop(between: router, and: participant.partition.replicas[participant.partition.leader])
            )
            arrival = max(arrival, journey.now)
        }
        journey.rejoin(at: arrival)
        journey.trace("coordinator", "\(name): \(coordinator.participants.count) items answered")
    }

    /// Twice the plain cost on the table's arm, whether the transaction is agreed or not. Returns the images.
    func charge(
        _ votes: [TransactionCoordinator.Vote],
        _ members: [TransactionCoordinator.Member],
        _ journey: inout Journey
    ) -> [(table: Table, old: Item?, new: Item?)] {
        let isAgreed = votes.allSatisfy { if case .accepted = $0 { true } else { false } }
        var images: [(table: Table, old: Item?, new: Item?)] = []
        for (member, vote) in zip(members, votes) {
            guard case .participant(let participant) = member else { continue }
            let table = participant.write.table
            var old = participant.storedItem
            var new: Item?
            var units = participant.write.refusedUnits(old: old)
            if case .accepted(let read, let image) = vote {
                (old, new) = (read, image)
                units = participant.write.tableUnits(old: old, new: new)
            }
            var capacity =
                isAgreed
                ? table.consumedCapacity(tableUnits: 2 * units, old: old, new: new)
                : ConsumedCapacity(tableName: table.name, table: 2 * units)
            capacity.transactionalKind = .write
            charge(table, capacity, participant.partition, &journey)
            images.append((table, old, new))
        }
        return images
    }

    private func collectionMetrics(
        of actions: [PreparedAction],
        _ wanted: ReturnItemCollectionMetrics
    ) -> [(tableName: String, metrics: [ItemCollectionMetrics])] {
        var rows: [(tableName: String, metrics: [ItemCollectionMetrics])] = []
        for case .write(let write) in actions {
            guard let metrics = itemCollectionMetrics(for: write.key, in: write.table, wanted) else { continue }
            if let row = rows.firstIndex(where: { $0.tableName == write.table.name }) {
                if !rows[row].metrics.contains(metrics) { rows[row].metrics.append(metrics) }
            } else {
                rows.append((tableName: write.table.name, metrics: [metrics]))
            }
        }
        return rows
    }

    // MARK: Tokens

    /// The remembered answer to a repeated token, charged as reads. Nil when the token is new.
    func replay(
        _ request: Request,
        token: String,
        router: Int,
        _ journey: inout Journey
    ) throws(ServiceError) -> Response? {
        if openTransactions.values.contains(where: { $0.recall?.token == token }) {
            throw .transactionInProgressException
        }
        guard let known = ledger.entry(for: token, at: journey.now, memory: constants.tokenMemory) else { return nil }
        if known.request != request { throw .idempotentParameterMismatchException }
        journey.report.kind = .read
        journey.report.consistency = .transactional
        for capacity in known.replayCapacity { journey.report.add(capacity) }
        journey.trace("coordinator", "token known: same answer, nothing done again")
        finish(router, &journey)
        return known.response
    }

    func remember(_ recall: TransactionRecall, _ outcome: TransactionOutcome, _ journey: inout Journey) {
        ledger.record(
            recall.entry(for: outcome, completedAt: journey.now),
            for: recall.token,
            memory: constants.tokenMemory
        )
    }
}

/// What a repetition of a transaction's token will be answered.
struct TransactionRecall {
    let token: String
    let request: Request
    var response: Response

    /// Repeating it costs reads of every item.
    func entry(
        for outcome: Region.TransactionOutcome,
        completedAt instant: SimulatedInstant
    ) -> TransactionLedger.Entry {
        var capacity: [ConsumedCapacity] = []
        for image in outcome.images {
            let size = max(image.old?.size ?? 0, image.new?.size ?? 0)
            let row = ConsumedCapacity(
                tableName: image.table.name,
                table: 2 * Capacity.readUnits(size),
                transactionalKind: .read
            )
            if let known = capacity.firstIndex(where: { $0.tableName == row.tableName }) {
                capacity[known].add(row)
            } else {
                capacity.append(row)
            }
        }
        return .init(request: request, response: response, completedAt: instant, replayCapacity: capacity)
    }
}

extension TransactWriteAction {
    /// The key, or the item that holds it.
    fileprivate var key: Item {
        switch self {
        case .put(let request): request.item
        case .update(let request): request.key
        case .delete(let request): request.key
        case .conditionCheck(let request): request.key
        }
    }

    fileprivate var hasKeyParameter: Bool {
        if case .put = self { false } else { true }
    }
}
