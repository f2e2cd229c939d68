import Engine
import Model

/// Requests for single items and groups of them.
extension SeedRun {
    func drawContent(_ view: TableView, _ chance: inout Chance) -> Content {
        if view.shape.isBank { return .none }
        return Content(
            group: chance.percent(75) ? chance.below(TableShape.groups) : nil,
            sort: chance.percent(75) ? chance.below(TableShape.sorts) : nil,
            localSort: chance.percent(75) ? chance.below(TableShape.sorts) : nil,
            fill: view.shape.fillMax == 0 ? 0 : chance.within(1...view.shape.fillMax)
        )
    }

    // MARK: One item

    func putDraft(
        at position: Int,
        of view: TableView,
        condition: Condition = .none,
        stamp: Stamp? = nil,
        content: Content = .none,
        returnsOld: Bool = false
    ) -> Draft {
        let stamp = stamp ?? Stamp(writer: nextNumber, count: 0)
        let key = ItemKey(table: view.number, position: position)
        let put = putRequest(at: position, of: view, condition, stamp, content, returnsOld: returnsOld)
        var draft = Draft(name: "PutItem", request: .putItem(put))
        draft.actions = [Action(key: key, condition: condition, effect: .put(stamp))]
        draft.showsRefusedItem = returnsOld
        draft.content = content
        if returnsOld { draft.read = { [unowned self] in readOld($0, &$2) } }
        return draft
    }

    func updateDraft(
        at position: Int,
        of view: TableView,
        condition: Condition,
        step: Int,
        content: Content?,
        returns: ReturnValues
    ) -> Draft {
        let key = ItemKey(table: view.number, position: position)
        let update = updateRequest(at: position, of: view, condition, step, content, returns: returns)
        var draft = Draft(name: "UpdateItem", request: .updateItem(update))
        let writer = content == nil ? nil : nextNumber
        draft.actions = [Action(key: key, condition: condition, effect: .add(step, writer: writer))]
        draft.showsRefusedItem = returns == .allOld
        draft.content = content ?? .none
        switch returns {
        case .allOld: draft.read = { [unowned self] in readOld($0, &$2) }
        case .allNew:
            draft.read = { [unowned self] response, _, operation in
                guard case .updateItem(let answer) = response else { return }
                operation.actions[0].after = sight(of: answer.attributes, at: key)
            }
        default: break
        }
        return draft
    }

    func deleteDraft(at position: Int, of view: TableView, condition: Condition, returnsOld: Bool) -> Draft {
        let request = deleteRequest(at: position, of: view, condition, returnsOld: returnsOld)
        var draft = Draft(name: "DeleteItem", request: .deleteItem(request))
        draft.actions = [
            Action(key: ItemKey(table: view.number, position: position), condition: condition, effect: .delete)
        ]
        draft.showsRefusedItem = returnsOld
        if returnsOld { draft.read = { [unowned self] in readOld($0, &$2) } }
        return draft
    }

    func getDraft(at position: Int, of view: TableView, isStrong: Bool) -> Draft {
        let key = ItemKey(table: view.number, position: position)
        let request = GetItemRequest(
            tableName: view.shape.name,
            key: view.keys[position],
            consistentRead: isStrong
        )
        var draft = Draft(name: "GetItem", request: .getItem(request))
        draft.actions = [Action(key: key)]
        draft.isStrong = isStrong
        draft.read = { [unowned self] response, _, operation in
            guard case .getItem(let answer) = response else { return }
            operation.actions[0].before = sight(of: answer.item, at: key)
        }
        return draft
    }

    private func readOld(_ response: Response, _ operation: inout ClientOperation) {
        let attributes: Item? =
            switch response {
            case .putItem(let answer), .updateItem(let answer), .deleteItem(let answer): answer.attributes
            default: nil
            }
        operation.actions[0].before = sight(of: attributes, at: operation.actions[0].key)
    }

    // MARK: Their requests

    func putRequest(
        at position: Int,
        of view: TableView,
        _ condition: Condition,
        _ stamp: Stamp,
        _ content: Content,
        returnsOld: Bool
    ) -> PutItemRequest {
        PutItemRequest(
            tableName: view.shape.name,
            item: view.item(at: position, stamp, content),
            options: .init(
                conditionExpression: condition.expression,
                expressionAttributes: .init(values: condition.value.map { [":e": $0] }),
                returnValues: returnsOld ? .allOld : .none,
                returnValuesOnConditionCheckFailure: returnsOld ? .allOld : .none
            )
        )
    }

    /// Counts up; with `content` it writes everything else too, under the next number.
    func updateRequest(
        at position: Int,
        of view: TableView,
        _ condition: Condition,
        _ step: Int,
        _ content: Content?,
        returns: ReturnValues
    ) -> UpdateItemRequest {
        var values: [String: AttributeValue] = [":d": .number(Number(step)), ":zero": .number(.zero)]
        var expression = "SET n = if_not_exists(n, :zero) + :d"
        if let content {
            values[":w"] = .number(Number(nextNumber))
            expression += ", w = :w"
            var removed = Content.attributeNames
            for (name, value) in content.attributes {
                values[":\(name)"] = value
                expression += ", \(name) = :\(name)"
                removed.removeAll { $0 == name }
            }
            if !removed.isEmpty { expression += " REMOVE " + removed.joined(separator: ", ") }
        }
        if let value = condition.value { values[":e"] = value }
        return UpdateItemRequest(
            tableName: view.shape.name,
            key: view.keys[position],
            updateExpression: expression,
            options: .init(
                conditionExpression: condition.expression,
                expressionAttributes: .init(values: values),
                returnValues: returns,
                returnValuesOnConditionCheckFailure: returns == .allOld ? .allOld : .none
            )
        )
    }

    func deleteRequest(
        at position: Int,
        of view: TableView,
        _ condition: Condition,
        returnsOld: Bool
    ) -> DeleteItemRequest {
        DeleteItemRequest(
            tableName: view.shape.name,
            key: view.keys[position],
            options: .init(
                conditionExpression: condition.expression,
                expressionAttributes: .init(values: condition.value.map { [":e": $0] }),
                returnValues: returnsOld ? .allOld : .none,
                returnValuesOnConditionCheckFailure: returnsOld ? .allOld : .none
            )
        )
    }

    // MARK: Several items

    func batchWriteDraft(_ positions: [Int], of view: TableView, _ chance: inout Chance) -> Draft {
        let content = drawContent(view, &chance)
        let stamp = Stamp(writer: nextNumber, count: 0)
        var writes: [BatchWriteItemRequest.Write] = []
        var actions: [Action] = []
        for position in positions {
            let key = ItemKey(table: view.number, position: position)
            if chance.percent(70) {
                writes.append(.put(item: view.item(at: position, stamp, content)))
                actions.append(Action(key: key, effect: .put(stamp)))
            } else {
                writes.append(.delete(key: view.keys[position]))
                actions.append(Action(key: key, effect: .delete))
            }
        }
        let request = BatchWriteItemRequest(requestItems: [.init(tableName: view.shape.name, writes: writes)])
        var draft = Draft(name: "BatchWriteItem", request: .batchWriteItem(request))
        draft.actions = actions
        draft.isBatch = true
        draft.content = content
        draft.read = { response, _, operation in
            guard case .batchWriteItem(let answer) = response else { return }
            for write in answer.unprocessedItems.flatMap(\.writes) {
                guard let number = writes.firstIndex(of: write) else { continue }
                operation.actions[number].verdict = .unknown
            }
        }
        return draft
    }

    func batchGetDraft(_ positions: [Int], of view: TableView, isStrong: Bool) -> Draft {
        let keys = positions.map { view.keys[$0] }
        let request = BatchGetItemRequest(requestItems: [
            .init(tableName: view.shape.name, keys: keys, consistentRead: isStrong)
        ])
        var draft = Draft(name: "BatchGetItem", request: .batchGetItem(request))
        draft.actions = positions.map { Action(key: ItemKey(table: view.number, position: $0)) }
        draft.isBatch = true
        draft.isStrong = isStrong
        draft.read = { [unowned self] response, _, operation in
            guard case .batchGetItem(let answer) = response else { return }
            let items = answer.responses.flatMap(\.items)
            let unprocessed = answer.unprocessedKeys.flatMap(\.keys)
            for (number, position) in positions.enumerated() {
                if unprocessed.contains(keys[number]) {
                    operation.actions[number].verdict = .dropped
                    continue
                }
                let item = items.first { view.position(of: $0) == position }
                operation.actions[number].before = sight(of: item, at: operation.actions[number].key)
            }
        }
        return draft
    }

    /// `steps` are the actions with their positions: one item once.
    func transactWriteDraft(
        _ steps: [(action: TransactWriteAction, told: Action)],
        content: Content,
        token: String?
    ) -> Draft {
        let request = TransactWriteItemsRequest(transactItems: steps.map(\.action), clientRequestToken: token)
        var draft = Draft(name: "TransactWriteItems", request: .transactWriteItems(request))
        draft.actions = steps.map(\.told)
        draft.isTransaction = true
        draft.isIdempotent = token != nil
        draft.showsRefusedItem = true
        draft.content = content
        return draft
    }

    func transactGetDraft(_ keys: [ItemKey]) -> Draft {
        let request = TransactGetItemsRequest(
            transactItems: keys.map {
                TransactGetAction(tableName: views[$0.table].shape.name, key: views[$0.table].keys[$0.position])
            }
        )
        var draft = Draft(name: "TransactGetItems", request: .transactGetItems(request))
        draft.actions = keys.map { Action(key: $0) }
        draft.isTransaction = true
        draft.read = { [unowned self] response, _, operation in
            guard case .transactGetItems(let answer) = response else { return }
            for (number, item) in answer.responses.enumerated() {
                operation.actions[number].before = sight(of: item, at: keys[number])
            }
        }
        return draft
    }
}

extension Condition {
    var expression: String? {
        switch self {
        case .none: nil
        case .absent: "attribute_not_exists(pk)"
        case .present: "attribute_exists(pk)"
        case .writer: "w = :e"
        case .countAtLeast: "n >= :e"
        }
    }

    /// What `:e` stands for.
    var value: AttributeValue? {
        switch self {
        case .none, .absent, .present: nil
        case .writer(let number), .countAtLeast(let number): .number(Number(number))
        }
    }
}
