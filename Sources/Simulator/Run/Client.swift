import Engine
import Model

/// Somebody who makes one request after another: what, and how soon, is drawn.
final class Client {
    private let number: Int
    private let plan: Scenario.ClientPlan
    private unowned let run: SeedRun
    private var chance: Chance
    private var session: OpenSession?
    /// What it saw last, to compare versions with.
    private var remembered: [ItemKey: Stamp] = [:]

    init(number: Int, plan: Scenario.ClientPlan, run: SeedRun) {
        self.number = number
        self.plan = plan
        self.run = run
        chance = Chance(seed: run.scenario.seed, stream: 100 + UInt64(number))
    }

    func begin() { run.schedule(after: chance.below(100_000)) { [self] in step() } }

    private func step() {
        guard run.takeOperation() else { return run.clientFinished() }
        let draft = makeDraft()
        let answer = run.perform(draft, client: number)
        if let current = session, draft.name == current.firstPage.operation.rawValue {
            session = run.advance(current, with: answer)
        }
        goOn(after: answer, draft, repetitions: 0)
    }

    /// Waits for the answer, remembers it and thinks. A request that may be repeated is, when nobody knows what came of it.
    private func goOn(after answer: Answer, _ draft: Draft, repetitions: Int) {
        remember(answer.number)
        let pause = Int64(chance.below(plan.thinkMax))
        let repeats = answer.isUnknown && draft.isIdempotent && repetitions < 3
        run.region.schedule(at: answer.completed.advanced(byMicroseconds: pause)) { [self] in
            guard repeats else { return step() }
            goOn(after: run.repeatCall(draft, answer.number), draft, repetitions: repetitions + 1)
        }
    }

    private func remember(_ number: Int) {
        let operation = run.history.operations[number]
        for action in operation.actions {
            if case .item(let stamp) = action.before { remembered[action.key] = stamp }
            if case .item(let stamp) = action.after { remembered[action.key] = stamp }
            if action.verdict == .done, case .put(let stamp) = action.effect { remembered[action.key] = stamp }
        }
    }

    // MARK: Choosing

    private func makeDraft() -> Draft {
        if let session, chance.percent(75) { return run.pageDraft(session) }
        let deed = chance.weighted(plan.weights)
        let view = chance.pick(run.views.filter { !$0.shape.isBank })
        switch deed {
        case .put: return put(view, condition: .none)
        case .conditionalPut: return put(view, condition: condition)
        case .update: return update(view, content: run.drawContent(view, &chance))
        case .count: return update(view, content: nil)
        case .delete:
            let position = pick(view)
            let returnsOld = chance.percent(50)
            return run.deleteDraft(at: position, of: view, condition: demand(position, view), returnsOld: returnsOld)
        case .get: return get()
        case .query: return page(view, index: nil, isQuery: view.shape.sortCount != nil)
        case .scan: return page(view, index: nil, isQuery: false)
        case .indexQuery: return pageOfIndex(isQuery: true)
        case .indexScan: return pageOfIndex(isQuery: false)
        case .batchWrite: return run.batchWriteDraft(positions(view, 1...6), of: view, &chance)
        case .batchGet:
            let isStrong = chance.percent(plan.strongShare)
            return run.batchGetDraft(positions(view, 1...6), of: view, isStrong: isStrong)
        case .transactWrite: return transactWrite()
        case .transactGet: return run.transactGetDraft(keys(1...4))
        case .transfer: return transfer()
        case .audit: return audit()
        }
    }

    /// Low positions more often, so that clients meet.
    private func pick(_ view: TableView) -> Int { min(chance.below(view.keys.count), chance.below(view.keys.count)) }

    private func positions(_ view: TableView, _ counts: ClosedRange<Int>) -> [Int] {
        let count = min(chance.within(counts), view.keys.count)
        return Array(Array(view.keys.indices).shuffled(using: &chance).prefix(count))
    }

    private func keys(_ counts: ClosedRange<Int>) -> [ItemKey] {
        var keys: [ItemKey] = []
        for _ in 0..<chance.within(counts) {
            let view = chance.pick(run.views.filter { !$0.shape.isBank })
            let key = ItemKey(table: view.number, position: pick(view))
            if !keys.contains(key) { keys.append(key) }
        }
        return keys
    }

    /// What a conditional write demands: often the version that the client saw last.
    private func condition(_ key: ItemKey) -> Condition {
        if let stamp = remembered[key], chance.percent(60) { return .writer(stamp.writer) }
        return chance.percent(70) ? .absent : .present
    }

    private func demand(_ position: Int, _ view: TableView) -> Condition {
        chance.percent(30) ? condition(ItemKey(table: view.number, position: position)) : .none
    }

    // MARK: Single items

    private func put(_ view: TableView, condition: ((ItemKey) -> Condition)?) -> Draft {
        let position = pick(view)
        let demand = condition?(ItemKey(table: view.number, position: position)) ?? .none
        let content = run.drawContent(view, &chance)
        let returnsOld = chance.percent(40)
        return run.putDraft(at: position, of: view, condition: demand, content: content, returnsOld: returnsOld)
    }

    private func update(_ view: TableView, content: Content?) -> Draft {
        let position = pick(view)
        return run.updateDraft(
            at: position,
            of: view,
            condition: content == nil ? .present : demand(position, view),
            step: 1,
            content: content,
            returns: chance.pick([.none, .allOld, .allNew])
        )
    }

    private func get() -> Draft {
        let view = chance.pick(run.views)
        return run.getDraft(at: pick(view), of: view, isStrong: chance.percent(plan.strongShare))
    }

    // MARK: Pages

    private func page(_ view: TableView, index: TableShape.Index?, isQuery: Bool) -> Draft {
        let mayBeStrong = index?.isLocal ?? true
        let isStrong = chance.percent(plan.strongShare) && mayBeStrong
        let opened =
            isQuery
            ? run.openQuery(of: view, index: index, isStrong: isStrong, &chance)
            : run.openScan(of: view, index: index, isStrong: isStrong, &chance)
        session = opened
        return run.pageDraft(opened)
    }

    private func pageOfIndex(isQuery: Bool) -> Draft {
        let indexed = run.views.filter { !$0.shape.indexes.isEmpty }
        if indexed.isEmpty { return get() }
        let view = chance.pick(indexed)
        let index = chance.pick(view.shape.indexes)
        if !run.isReady(index, of: view), chance.percent(75) { return get() }
        return page(view, index: index, isQuery: isQuery)
    }

    // MARK: Transactions

    private func token() -> String? { chance.percent(60) ? "token-\(run.nextNumber)" : nil }

    private func transactWrite() -> Draft {
        let writer = run.nextNumber
        let views = run.views
        let content = run.drawContent(views[0], &chance)
        var steps: [(action: TransactWriteAction, told: Action)] = []
        for key in keys(2...4) {
            let view = views[key.table]
            let demand = demand(key.position, view)
            var told = Action(key: key, condition: demand)
            switch chance.below(10) {
            case 0..<4:
                let stamp = Stamp(writer: writer, count: 0)
                told.effect = .put(stamp)
                var put = run.putRequest(at: key.position, of: view, demand, stamp, content, returnsOld: true)
                put.options.returnValues = .none
                steps.append((.put(put), told))
            case 4..<8:
                told.effect = .add(1, writer: writer)
                var update = run.updateRequest(at: key.position, of: view, demand, 1, content, returns: .allOld)
                update.options.returnValues = .none
                steps.append((.update(update), told))
            case 8:
                told.effect = .delete
                var delete = run.deleteRequest(at: key.position, of: view, demand, returnsOld: true)
                delete.options.returnValues = .none
                steps.append((.delete(delete), told))
            default:
                told.condition = condition(key)
                steps.append((.conditionCheck(check(key, view, told.condition)), told))
            }
        }
        return run.transactWriteDraft(steps, content: content, token: token())
    }

    private func check(_ key: ItemKey, _ view: TableView, _ condition: Condition) -> ConditionCheckRequest {
        ConditionCheckRequest(
            tableName: view.shape.name,
            key: view.keys[key.position],
            conditionExpression: condition.expression!,
            expressionAttributes: .init(values: condition.value.map { [":e": $0] }),
            returnValuesOnConditionCheckFailure: .allOld
        )
    }

    /// Moves money from one account to one or two others.
    private func transfer() -> Draft {
        guard let bank = run.views.first(where: \.shape.isBank) else { return transactWrite() }
        let accounts = positions(bank, 2...3)
        let sum = chance.within(1...SeedRun.bankBalance / 2)
        let shares = accounts.count == 2 ? [-sum, sum] : [-sum, sum / 3, sum - sum / 3]
        var steps: [(action: TransactWriteAction, told: Action)] = []
        for (account, share) in zip(accounts, shares) {
            let condition = share < 0 ? Condition.countAtLeast(sum) : .present
            let told = Action(
                key: ItemKey(table: bank.number, position: account),
                condition: condition,
                effect: .add(share, writer: run.nextNumber)
            )
            var update = run.updateRequest(at: account, of: bank, condition, share, Content.none, returns: .allOld)
            update.options.returnValues = .none
            steps.append((.update(update), told))
        }
        return run.transactWriteDraft(steps, content: .none, token: token())
    }

    private func audit() -> Draft {
        guard let bank = run.views.first(where: \.shape.isBank) else { return run.transactGetDraft(keys(2...4)) }
        return run.transactGetDraft(bank.keys.indices.map { ItemKey(table: bank.number, position: $0) })
    }
}
