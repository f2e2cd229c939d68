import Model

@testable import Engine

/// The engine and the model side by side: each step is done by both, and what they answer is compared.
struct Comparison {
    struct Mismatch: Error {
        let text: String
    }

    let region: Region
    private(set) var model = TableModel()
    private var lastWriteAt: SimulatedInstant
    /// How often an eventually consistent read answered an older version.
    var staleReads = 0

    init(seed: UInt64, profile: Profile = .teach) throws(ServiceError) {
        region = Region(profile: profile, seed: seed)
        if profile == .teach { try region.set("replicationLag", to: "15ms") }
        try region.createAndWait(TableModel.request)
        lastWriteAt = region.now
    }

    /// Whether every follower and index has caught up: the slowest takes 150 × 20 ms.
    /// Without lag they always have.
    var isAtRest: Bool { region.profile == .serve || region.now - lastWriteAt > 10_000_000 }

    mutating func perform(_ step: Step) throws {
        if isAtRest { model.comeToRest() }
        switch step {
        case .write(let effect, let test, let returning): try write(effect, test, returning)
        case .get(let key, let consistent): try get(key, consistent)
        case .batchWrite(let effects): try batchWrite(effects)
        case .batchGet(let keys, let consistent): try batchGet(keys, consistent)
        case .transact(let actions): try transact(actions)
        case .transactGet(let keys): try transactGet(keys)
        case .query(let reading, let hash, let range, let forward): try query(reading, hash, range, forward)
        case .scan(let reading, let segments): try scan(reading, segments)
        case .wait(let duration): region.advance(byMicroseconds: duration)
        }
    }

    /// Once everything has settled: every index is the model's projection, whole.
    mutating func settle() throws {
        region.advance(seconds: 60)
        for target in TableModel.Target.allCases {
            try scan(.init(target: target, consistent: false), 1)
            try scan(.init(target: target, limit: 3, consistent: false), 7)
        }
    }

    // MARK: Saying what differs

    func expect<Value: Equatable>(
        _ observed: Value,
        _ expected: Value,
        _ what: @autoclosure () -> String
    ) throws(Mismatch) {
        if observed == expected { return }
        throw Mismatch(text: "\(what()): observed \(observed), expected \(expected)")
    }

    func expect(_ condition: Bool, _ what: @autoclosure () -> String) throws(Mismatch) {
        if !condition { throw Mismatch(text: what()) }
    }
}

// MARK: Writes

extension Comparison {
    private mutating func write(_ effect: Effect, _ test: Criterion?, _ returning: ReturnValues) throws {
        let old = model.items[effect.key]
        let outcome = effect.apply(to: old)
        var report = RequestReport()
        let result: Result<Response, ServiceError>
        do throws(ServiceError) {
            result = .success(try region.perform(request(effect, test, returning), report: &report))
        } catch {
            result = .failure(error)
        }
        if let test, !test.isTrue(old) {
            try expect(error(of: result), .conditionalCheckFailedException(item: old.map { Item($0) }), "error")
            try checkRefusal(report, effect, old)
            return
        }
        guard case .item(let new) = outcome else {
            try expect(
                error(of: result)?.message,
                "The provided expression refers to an attribute that does not exist in the item",
                "error"
            )
            return
        }
        model.write(new, at: effect.key)
        lastWriteAt = region.now
        guard case .success(let response) = result else { throw Mismatch(text: "refused: \(result)") }
        let answer: WriteResponse
        switch response {
        case .putItem(let write), .updateItem(let write), .deleteItem(let write): answer = write
        default: throw Mismatch(text: "another operation answered")
        }
        try expect(answer.attributes?.attributes, returned(returning, effect, old, new), "returned attributes")
        try expect(answer.consumedCapacity?.arms, model.writeCost(old, new), "consumed capacity")
        try expect(report.consumedCapacity.map(\.arms), [model.writeCost(old, new)], "reported capacity")
    }

    private func error(of result: Result<Response, ServiceError>) -> ServiceError? {
        if case .failure(let error) = result { error } else { nil }
    }

    /// B4, "failed condition": the larger of what is there and what was to be written; no index arm.
    private func checkRefusal(_ report: RequestReport, _ effect: Effect, _ old: AttributeMap?) throws {
        let units =
            if case .put(let item) = effect { Arithmetic.tableUnits(old, item.attributes) } else {
                Arithmetic.tableUnits(old, nil)
            }
        try expect(report.consumedCapacity.map(\.arms), [["": units]], "cost of a false condition")
    }

    /// B3.
    private func returned(
        _ values: ReturnValues,
        _ effect: Effect,
        _ old: AttributeMap?,
        _ new: AttributeMap?
    ) -> AttributeMap? {
        func touched(_ image: AttributeMap?) -> AttributeMap? {
            guard case .update(_, let changes) = effect, let image else { return nil }
            let part = changes.reduce(into: AttributeMap()) { $0[$1.attribute] = image[$1.attribute] }
            return part.isEmpty ? nil : part
        }
        switch values {
        case .none: return nil
        case .allOld: return old
        case .allNew: return new
        case .updatedOld: return touched(old)
        case .updatedNew: return touched(new)
        }
    }

    private func request(_ effect: Effect, _ test: Criterion?, _ returning: ReturnValues) -> Request {
        switch effect {
        case .put(let item): .putItem(put(item, test, returning))
        case .update(let key, let changes): .updateItem(update(key, changes, test, returning))
        case .delete(let key): .deleteItem(delete(key, test, returning))
        case .check: preconditionFailure("only transactions check")
        }
    }

    func attributes(_ test: Criterion?, _ more: [String: AttributeValue] = [:]) -> ExpressionAttributes {
        let values = (test?.values ?? [:]).merging(more) { $1 }
        return ExpressionAttributes(values: values.isEmpty ? nil : values)
    }

    private func put(_ item: ItemSketch, _ test: Criterion?, _ returning: ReturnValues = .none) -> PutItemRequest {
        PutItemRequest(
            tableName: TableModel.name,
            item: Item(item.attributes),
            options: .init(
                conditionExpression: test?.text,
                expressionAttributes: attributes(test),
                returnValues: returning,
                returnValuesOnConditionCheckFailure: .allOld,
                returnConsumedCapacity: .indexes
            )
        )
    }

    private func update(
        _ key: TableModel.Key,
        _ changes: [Change],
        _ test: Criterion?,
        _ returning: ReturnValues = .none
    ) -> UpdateItemRequest {
        UpdateItemRequest(
            tableName: TableModel.name,
            key: key.item,
            updateExpression: Change.expression(changes),
            options: .init(
                conditionExpression: test?.text,
                expressionAttributes: attributes(test, Change.values(changes)),
                returnValues: returning,
                returnValuesOnConditionCheckFailure: .allOld,
                returnConsumedCapacity: .indexes
            )
        )
    }

    private func delete(_ key: TableModel.Key, _ test: Criterion?, _ returning: ReturnValues = .none)
        -> DeleteItemRequest
    {
        DeleteItemRequest(
            tableName: TableModel.name,
            key: key.item,
            options: .init(
                conditionExpression: test?.text,
                expressionAttributes: attributes(test),
                returnValues: returning,
                returnValuesOnConditionCheckFailure: .allOld,
                returnConsumedCapacity: .indexes
            )
        )
    }

    private mutating func batchWrite(_ effects: [Effect]) throws {
        var cost: [String: Double] = [:]
        var writes: [BatchWriteItemRequest.Write] = []
        for effect in effects {
            guard case .item(let new) = effect.apply(to: nil) else { preconditionFailure("puts and deletes") }
            cost.merge(model.writeCost(model.items[effect.key], new), uniquingKeysWith: +)
            model.write(new, at: effect.key)
            writes.append(new.map { .put(item: Item($0)) } ?? .delete(key: effect.key.item))
        }
        let response = try region.batchWrite([(TableModel.name, writes)])
        lastWriteAt = region.now
        try expect(response.unprocessedItems, [], "unprocessed items")
        try expect(response.consumedCapacity?.map(\.arms), [cost], "consumed capacity")
    }

    private mutating func transact(_ actions: [(effect: Effect, test: Criterion?)]) throws {
        var reasons: [CancellationReason] = []
        var cost: [String: Double] = [:]
        var news: [(TableModel.Key, AttributeMap?)] = []
        for (effect, test) in actions {
            let old = model.items[effect.key]
            if let test, !test.isTrue(old) {
                reasons.append(
                    .init(
                        code: .conditionalCheckFailed,
                        message: "The conditional request failed",
                        item: old.map { Item($0) }
                    )
                )
                continue
            }
            guard case .item(let new) = effect.apply(to: old) else {
                let message = "The provided expression refers to an attribute that does not exist in the item"
                reasons.append(.init(code: .validationError, message: message))
                continue
            }
            reasons.append(.none)
            var arms = model.writeCost(old, new)
            arms[""] = 2 * arms[""]!
            cost.merge(arms, uniquingKeysWith: +)
            if case .check = effect { continue }
            news.append((effect.key, new))
        }
        let requests = actions.map { effect, test -> TransactWriteAction in
            switch effect {
            case .put(let item): .put(put(item, test))
            case .update(let key, let changes): .update(update(key, changes, test))
            case .delete(let key): .delete(delete(key, test))
            case .check(let key):
                .conditionCheck(
                    ConditionCheckRequest(
                        tableName: TableModel.name,
                        key: key.item,
                        conditionExpression: test!.text,
                        expressionAttributes: attributes(test),
                        returnValuesOnConditionCheckFailure: .allOld
                    )
                )
            }
        }
        let isCancelled = reasons.contains { $0.code != .none }
        let result: Result<TransactWriteItemsResponse, ServiceError>
        do throws(ServiceError) {
            result = .success(try region.transact(requests))
        } catch {
            result = .failure(error)
        }
        switch result {
        case .failure(let error):
            try expect(isCancelled, "cancelled without a reason: \(error)")
            try expect(error, .transactionCanceledException(reasons: reasons), "cancellation")
        case .success(let response):
            try expect(!isCancelled, "agreed, but these should have cancelled it: \(reasons)")
            for (key, new) in news { model.write(new, at: key) }
            lastWriteAt = region.now
            try expect(response.consumedCapacity?.map(\.arms), [cost], "consumed capacity")
            try expect(response.consumedCapacity?.map(\.transactionalKind), [.write], "kind of capacity")
        }
    }
}
