import Engine
import Model

/// A request before it is made, and how its answer is read.
struct Draft {
    let name: String
    let request: Request
    var actions: [Action] = []
    var isStrong = true
    var isTransaction = false
    var readsIndex = false
    /// Its members are carried out one by one, so a failure says nothing about any of them.
    var isBatch = false
    /// A refusal shows the item as it is.
    var showsRefusedItem = false
    /// An index may not be there yet.
    var mayBeInvalid = false
    /// Repeating it does nothing again.
    var isIdempotent = false
    var content = Content.none
    /// Fills in what the answer says of items. Every action counts as done before it is called.
    var read: (Response, RequestReport, inout ClientOperation) -> Void = { _, _, _ in }
}

struct Answer {
    let number: Int
    let completed: SimulatedInstant
    let isUnknown: Bool
    let response: Response?
}

extension SeedRun {
    /// The number of the next operation: what it writes bears it.
    var nextNumber: Int { history.operations.count }

    /// Makes a request now. The answer tells when in simulated time it arrived.
    func perform(_ draft: Draft, client: Int) -> Answer {
        let number = nextNumber
        var operation = ClientOperation(
            number: number,
            client: client,
            name: draft.name,
            invoked: region.now,
            completed: region.now,
            actions: draft.actions
        )
        operation.isStrong = draft.isStrong
        operation.isTransaction = draft.isTransaction
        operation.readsIndex = draft.readsIndex
        history.operations.append(operation)
        contents.append(draft.content)
        return attempt(draft, number, isRepeated: false)
    }

    /// Makes a request of unknown outcome again; it must be idempotent.
    func repeatCall(_ draft: Draft, _ number: Int) -> Answer { attempt(draft, number, isRepeated: true) }

    private func attempt(_ draft: Draft, _ number: Int, isRepeated: Bool) -> Answer {
        let start = region.now
        var report = RequestReport()
        let passage = history.operations[number].client == 0 ? .arrives : drawPassage()
        var result = Result<Response, ServiceError>.failure(.internalServerError("no answer"))
        switch passage {
        case .arrives, .answerLost:
            do throws(ServiceError) {
                result = .success(try service(region, draft.request, &report))
            } catch {
                result = .failure(error)
            }
            if passage == .answerLost { result = .failure(.internalServerError("the answer is lost")) }
        case .requestLost: break
        case .late(let delay):
            schedule(after: delay) { [unowned self] in
                var late = RequestReport()
                _ = try? service(region, draft.request, &late)
            }
        }
        if passage != .arrives {
            report.latencyMicroseconds = max(report.latencyMicroseconds, Int64(linkChance.within(1_000...2_000_000)))
        }
        // Other clients may have asked meanwhile, but this operation is still its own.
        var operation = history.operations[number]
        // What an earlier attempt was told does not count.
        operation.actions = draft.actions
        operation.completed = start.advanced(byMicroseconds: report.latencyMicroseconds)
        switch result {
        case .success(let response):
            operation.outcome = .done
            for position in operation.actions.indices { operation.actions[position].verdict = .done }
            let single = report.partitions.count == 1 && !draft.isBatch && !draft.isTransaction
            operation.servedBy = single ? report.servedBy.map { server(of: draft.request, $0) } : nil
            draft.read(response, report, &operation)
        case .failure(let error):
            interpret(error, of: draft, &operation, mayHaveHappened: isRepeated)
        }
        history.operations[number] = operation
        figures["answers \(operation.outcome.kind)"] += 1
        figures["requests \(operation.name)"] += 1
        figures["actions"] += operation.actions.count
        tellAnswer(operation)
        observe()
        return Answer(
            number: number,
            completed: operation.completed,
            isUnknown: operation.outcome == .unknown,
            response: try? result.get()
        )
    }

    private func server(of request: Request, _ replica: ReplicaLabel) -> ClientOperation.Server {
        let name: String? =
            switch request {
            case .getItem(let request): request.tableName
            case .query(let request): request.tableName
            case .scan(let request): request.tableName
            default: nil
            }
        let table = views.firstIndex { $0.shape.name == name } ?? -1
        return ClientOperation.Server(table: table, replica: replica)
    }

    /// What an error tells of the items. After a repetition a definite error speaks of the last attempt alone.
    private func interpret(
        _ error: ServiceError,
        of draft: Draft,
        _ operation: inout ClientOperation,
        mayHaveHappened: Bool
    ) {
        switch error {
        case .internalServerError, .transactionInProgressException: operation.outcome = .unknown
        case .conditionalCheckFailedException(let item):
            operation.outcome = .refused
            refuse(&operation.actions[0], showing: item, draft)
        case .transactionCanceledException(let reasons):
            let isRefused = reasons.contains { $0.code == .conditionalCheckFailed }
            operation.outcome = isRefused ? .refused : .failed("\(reasons.map(\.code))")
            for (position, reason) in reasons.enumerated() where reason.code == .conditionalCheckFailed {
                refuse(&operation.actions[position], showing: reason.item, draft)
            }
        case .provisionedThroughputExceededException, .throttlingException, .transactionConflictException,
            .itemCollectionSizeLimitExceededException:
            operation.outcome = .failed("\(error)")
        case .validationException, .resourceNotFoundException, .resourceInUseException, .limitExceededException,
            .idempotentParameterMismatchException, .duplicateItemException, .accessDeniedException,
            .unrecognizedClientException, .invalidSignatureException, .expiredIteratorException,
            .trimmedDataAccessException, .policyNotFoundException, .missingAuthenticationTokenException,
            .incompleteSignatureException, .unknownOperationException:
            operation.outcome = .failed("\(error)")
            if !draft.mayBeInvalid { complain(.answers, at: draft.name, "#\(operation.number) got \(error)") }
        }
        if draft.isBatch || mayHaveHappened { operation.outcome = .unknown }
        guard operation.outcome == .unknown else { return }
        for position in operation.actions.indices {
            let isWrite = operation.actions[position].effect != .none
            // What a refusal of a repetition showed says nothing of the attempts before it.
            operation.actions[position].before = .unseen
            operation.actions[position].verdict = isWrite ? .unknown : .dropped
        }
    }

    private func refuse(_ action: inout Action, showing item: Item?, _ draft: Draft) {
        action.verdict = .refused
        if draft.showsRefusedItem { action.before = sight(of: item, at: action.key) }
    }

    private func tellAnswer(_ operation: ClientOperation) {
        guard narrate != nil else { return }
        let server = operation.servedBy.map { " by \($0.replica)" } ?? ""
        tell(
            "client \(operation.client) #\(operation.number) \(operation.name)\(operation.isStrong ? "" : " eventual")"
                + " from \(text(of: operation.invoked)) to \(text(of: operation.completed))\(server): "
                + "\(operation.outcome)"
        )
        let (reads, others) = (operation.actions.filter(\.isPlainRead), operation.actions.filter { !$0.isPlainRead })
        for action in others { narrate?("            \(name(of: action.key)): \(action)") }
        if reads.isEmpty { return }
        narrate?("            saw " + reads.map { "\(name(of: $0.key)) \($0.before)" }.joined(separator: ", "))
    }

    // MARK: The way there

    enum Passage: Equatable {
        case arrives, answerLost, requestLost
        /// Long after the client has given up.
        case late(Int)
    }

    private func drawPassage() -> Passage {
        guard scenario.link.lossPerThousand > 0, linkChance.below(1_000) < scenario.link.lossPerThousand else {
            return .arrives
        }
        let delay = linkChance.magnitude(1_000...5_000_000)
        let passage = linkChance.pick([Passage.answerLost, .requestLost, .late(delay)])
        figures["faults lost request"] += 1
        return passage
    }

    // MARK: Items in answers

    /// What an answer says of the item at a key. An item that nobody wrote is a violation by itself.
    func sight(of item: Item?, at key: ItemKey) -> Sight {
        guard let item else { return .absent }
        guard let found = decode(item, in: views[key.table]), found.key == key else {
            complain(.wholeItems, at: name(of: key), "an answer has \(item.brief) in its place")
            return .unseen
        }
        return .item(found.stamp)
    }

    /// The key and stamp of an item, if somebody may have written it just so.
    func decode(_ item: Item, in view: TableView) -> (key: ItemKey, stamp: Stamp)? {
        guard let position = view.position(of: item), let stamp = item.stamp, contents.indices.contains(stamp.writer),
            view.item(at: position, stamp, contents[stamp.writer]) == item
        else { return nil }
        return (ItemKey(table: view.number, position: position), stamp)
    }

    /// The same for an entry of an index; the stamp is nil when the projection leaves it out.
    func decode(_ entry: Item, of index: TableShape.Index, in view: TableView) -> (key: ItemKey, stamp: Stamp?)? {
        guard let position = view.position(of: entry) else { return nil }
        let key = ItemKey(table: view.number, position: position)
        guard index.showsStamps else { return (key, nil) }
        guard let stamp = entry.stamp, contents.indices.contains(stamp.writer),
            index.entry(for: view.item(at: position, stamp, contents[stamp.writer])) == entry
        else { return nil }
        return (key, stamp)
    }
}

extension Action {
    fileprivate var isPlainRead: Bool { effect == .none && condition == .none && verdict == .done }
}

extension ClientOperation.Outcome {
    var kind: String {
        switch self {
        case .done: "done"
        case .refused: "refused"
        case .failed: "failed"
        case .unknown: "unknown"
        }
    }
}
