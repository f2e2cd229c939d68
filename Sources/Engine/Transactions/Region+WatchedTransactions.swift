import Model

/// Transactions while a fault is near one of their partitions, or near their coordinator.
///
/// ```
/// coordinator   prepare ─► each item's leader: condition true? nobody else's mark? then the mark goes into the log
///               decision ─► ledger: COMMITTING or CANCELLING
///               finish  ─► each leader: the item changes, or not; the mark goes
/// recovery      the same from the decision on, when the coordinator is gone: no decision means cancel
/// ```
extension Region {
    /// Whether any of the partitions is watched, or the coordinator will not last.
    func needsMessages(_ partitions: [Partition]) -> Bool {
        faultState.effects.hasNoCoordinator || partitions.contains { !$0.isCalm }
    }

    /// Both phases by messages. Throws TransactionCanceledException, with everything as it was, when any item refuses.
    func runWatched(
        _ members: [TransactionCoordinator.Member],
        recall: TransactionRecall?,
        router: Int,
        _ journey: inout Journey
    ) throws(ServiceError) -> TransactionOutcome {
        let number = nextRequestNumber()
        openTransactions[number] = OpenTransaction(number: number, recall: recall)
        visitedItems[number] = members.compactMap { member in
            guard case .participant(let participant) = member else { return nil }
            return .init(table: participant.write.table, key: participant.key)
        }
        defer { visitedItems[number] = nil }
        var isLeftAlone = true
        // Without its coordinator somebody else has to end it.
        defer { if isLeftAlone { scheduleRecovery(of: number) } }
        var votes: [TransactionCoordinator.Vote] = []
        for member in members {
            switch member {
            case .refused(_, let reason): votes.append(.rejected(reason))
            case .participant(let participant):
                votes.append(try prepare(participant, for: number, router: router, &journey))
            }
        }
        journey.trace("coordinator", "prepare: \(votes.count) items answered")
        let isCoordinatorLost = faultState.effects.hasNoCoordinator
        if isCoordinatorLost, journey.chooseReplica() == 0 { throw lose(number, &journey) }
        let isAgreed = votes.allSatisfy { if case .accepted = $0 { true } else { false } }
        openTransactions[number]!.decision = isAgreed ? .commit : .cancel
        let outcome = TransactionOutcome(images: charge(votes, members, &journey))
        openTransactions[number]!.outcome = outcome
        if isCoordinatorLost { throw lose(number, &journey) }
        for participant in openTransactions[number]!.participants {
            try finish(participant, of: number, router: router, &journey)
        }
        isLeftAlone = false
        openTransactions[number] = nil
        finish(router, &journey)
        if isAgreed { return outcome }
        let reasons = votes.map { vote -> CancellationReason in
            if case .rejected(let reason) = vote { reason } else { .none }
        }
        journey.trace("coordinator", "cancel: \(reasons.map(\.code.rawValue).joined(separator: ", "))")
        throw .transactionCanceledException(reasons: reasons)
    }

    /// Whether a transaction is on its way to an item of this partition, and needs its replicas to have states of their
    /// own when it gets there.
    func isVisited(_ group: ReplicationGroup) -> Bool {
        group.index == nil
            && visitedItems.values.contains { items in
                items.contains { $0.table === group.table && group.partition.range.contains($0.key) }
            }
    }

    private func lose(_ number: UInt64, _ journey: inout Journey) -> ServiceError {
        let phase = openTransactions[number]!.decision == nil ? "before" : "after"
        journey.trace("coordinator", "is gone, \(phase) its decision")
        note("a transaction's coordinator is gone \(phase) its decision")
        rest(microseconds: constants.attemptTimeout, &journey)
        return Region.noAnswer
    }

    // MARK: Prepare

    private func prepare(
        _ participant: TransactionCoordinator.Participant,
        for transaction: UInt64,
        router: Int,
        _ journey: inout Journey
    ) throws(ServiceError) -> TransactionCoordinator.Vote {
        let request = nextRequestNumber()
        let (table, key) = (participant.write.table, participant.key)
        while true {
            let answer = try atLeader(of: key, in: table, router: router, &journey) {
                (group, position, journey) throws(ServiceError) -> TransactionCoordinator.Vote? in
                self.vote(of: participant, for: transaction, request: request, in: group, position, &journey)
            }
            if let answer { return answer }
            let partition = key.withUnsafeBytes { PartitionMap.partition(holding: $0, in: table.partitions) }
            watch(partition, of: table, index: nil)
        }
    }

    /// One attempt at the leader; nil when it has to be repeated.
    private func vote(
        of participant: TransactionCoordinator.Participant,
        for transaction: UInt64,
        request: UInt64,
        in group: ReplicationGroup,
        _ position: Int,
        _ journey: inout Journey
    ) -> TransactionCoordinator.Vote? {
        let key = participant.key
        let node = group.members[position].id
        guard case .item(let old) = key.withUnsafeBytes({ item(at: $0, in: group, position) }) else {
            rest(microseconds: constants.hopAcrossZones, &journey)
            return nil
        }
        if let mark = group.members[position].state.marks[key] {
            // Its own mark: an earlier attempt was heard after all.
            if mark.transaction == transaction { return .accepted(old: old, new: mark.isCheck ? old : mark.image) }
            return .rejected(CancellationReason(.transactionConflictException))
        }
        let new: Item?
        do throws(ServiceError) {
            new = try participant.write.newItem(replacing: old)
            try checkCollection(of: participant.write, becoming: new, from: old)
        } catch {
            return .rejected(CancellationReason(error))
        }
        var isCheck = false
        if case .check = participant.write.effect { isCheck = true }
        let mark = TransactionMark(transaction: transaction, image: new, isCheck: isCheck)
        if !openTransactions[transaction]!.participants.contains(where: { $0.table === group.table && $0.key == key }) {
            openTransactions[transaction]!.participants.append(.init(table: group.table, key: key))
        }
        let place = key.withUnsafeBytes { StorageKey($0) }
        append(.prepare(mark), request: request, key: place, old: nil, new: nil, at: position, in: group)
        guard awaitCommit(of: request, at: node, in: group, &journey) != nil else { return nil }
        return .accepted(old: old, new: new)
    }

    // MARK: Finish

    /// Carries the decision out at one item. Doing it again changes nothing.
    private func finish(
        _ participant: OpenTransaction.Participant,
        of transaction: UInt64,
        router: Int,
        _ journey: inout Journey
    ) throws(ServiceError) {
        let decision = openTransactions[transaction]!.decision!
        let key = participant.key
        _ = try atLeader(of: key, in: participant.table, router: router, &journey) {
            (group, position, journey) throws(ServiceError) -> Bool? in
            let node = group.members[position].id
            guard case .item(let old) = key.withUnsafeBytes({ item(at: $0, in: group, position) }) else {
                rest(microseconds: constants.hopAcrossZones, &journey)
                return nil
            }
            guard let mark = group.members[position].state.marks[key], mark.transaction == transaction else {
                return true
            }
            let changes = decision == .commit && !mark.isCheck
            let request = nextRequestNumber()
            append(
                .finish(transaction: transaction),
                request: request,
                key: key.withUnsafeBytes { StorageKey($0) },
                old: changes ? old : nil,
                new: changes ? mark.image : nil,
                at: position,
                in: group
            )
            guard awaitCommit(of: request, at: node, in: group, &journey) != nil else { return nil }
            tidy(group.partition, of: participant.table, on: now)
            return true
        }
    }

    // MARK: Recovery

    private func scheduleRecovery(of number: UInt64) {
        guard openTransactions[number] != nil else { return }
        schedule(at: now.advanced(byMicroseconds: constants.transactionRecovery)) { [unowned self] in
            recover(number)
        }
    }

    private func recover(_ number: UInt64) {
        guard let open = openTransactions[number] else { return }
        let decision = open.decision ?? .cancel
        openTransactions[number]!.decision = decision
        var journey = Journey(start: now, report: RequestReport(), randomness: simulation.randomness)
        defer { simulation.randomness = journey.remainingRandomness }
        do throws(ServiceError) {
            let router = nextRouter(after: 0)
            for participant in open.participants { try finish(participant, of: number, router: router, &journey) }
        } catch {
            return scheduleRecovery(of: number)
        }
        openTransactions[number] = nil
        if decision == .commit, let recall = open.recall, let outcome = open.outcome {
            remember(recall, outcome, &journey)
        }
        note("another coordinator has ended a transaction: \(decision == .commit ? "committed" : "cancelled")")
    }

    // MARK: Reading together

    /// One round of a transactional read: every item and where it was changed last. A marked item is a conflict.
    func readRound(
        _ reads: [ItemRead],
        router: Int,
        _ journey: inout Journey
    ) throws(ServiceError) -> [(item: Item?, change: UInt64)] {
        var round: [(item: Item?, change: UInt64)] = []
        var reasons: [CancellationReason] = []
        for read in reads {
            let key = read.table.storageKey(of: read.key)
            while true {
                let seen = try atLeader(of: key, in: read.table, router: router, &journey) {
                    (group, position, journey) throws(ServiceError) -> (item: Item?, change: UInt64, isMarked: Bool)? in
                    guard case .item(let item) = key.withUnsafeBytes({ self.item(at: $0, in: group, position) }) else {
                        rest(microseconds: constants.hopAcrossZones, &journey)
                        return nil
                    }
                    charge(read, item, .transactional, group.partition, replica: position, &journey)
                    let state = group.members[position].state
                    let change = key.withUnsafeBytes { state.lastChange(of: $0) }
                    return (item, change, state.marks[key] != nil)
                }
                if let seen {
                    round.append((seen.item, seen.change))
                    reasons.append(seen.isMarked ? CancellationReason(.transactionConflictException) : .none)
                    break
                }
                let partition = key.withUnsafeBytes { PartitionMap.partition(holding: $0, in: read.table.partitions) }
                watch(partition, of: read.table, index: nil)
            }
        }
        if reasons.contains(where: { $0.code != .none }) { throw .transactionCanceledException(reasons: reasons) }
        return round
    }

    /// Two rounds that must agree.
    func readTogetherWatched(
        _ reads: [ItemRead],
        router: Int,
        _ journey: inout Journey
    ) throws(ServiceError) -> [Item?] {
        let number = nextRequestNumber()
        visitedItems[number] = reads.map { .init(table: $0.table, key: $0.table.storageKey(of: $0.key)) }
        defer { visitedItems[number] = nil }
        let first = try readRound(reads, router: router, &journey)
        let charged = journey.report.consumedCapacity
        let second = try readRound(reads, router: router, &journey)
        journey.report.consumedCapacity = charged
        let reasons = zip(first, second).map { one, other in
            one.change == other.change && one.item == other.item
                ? .none : CancellationReason(.transactionConflictException)
        }
        if reasons.contains(where: { $0.code != .none }) { throw .transactionCanceledException(reasons: reasons) }
        journey.trace("coordinator", "second round: no item has changed since the first")
        return second.map(\.item)
    }
}
