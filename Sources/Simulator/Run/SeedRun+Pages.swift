import Engine
import Model

/// A Query or Scan that a client goes through page by page.
struct OpenSession {
    let number: Int
    let view: TableView
    let index: TableShape.Index?
    /// The keys it covers, when it reads the table itself.
    let positions: Range<Int>
    let isDescending: Bool
    let isStrong: Bool
    /// Without start key.
    let firstPage: Request
    var startKey: Item?
    /// The table's position of the last key evaluated.
    var lastPosition: Int?
    var failures = 0
}

extension SeedRun {
    /// Starts a Query of one partition key, or of one key of the index.
    func openQuery(of view: TableView, index: TableShape.Index?, isStrong: Bool, _ chance: inout Chance) -> OpenSession
    {
        var positions = 0..<0
        let condition: String
        let value: AttributeValue
        switch index?.key {
        case nil, .local:
            let hash = chance.below(view.shape.hashCount)
            if index == nil { positions = view.spans[hash] }
            (condition, value) = ("pk = :v", .string("k\(hash)"))
        case .groupAndSort: (condition, value) = ("g = :v", .string("g\(chance.below(TableShape.groups))"))
        case .sortAlone: (condition, value) = ("s = :v", .number(Number(chance.below(TableShape.sorts))))
        }
        let isDescending = chance.percent(40)
        let request = QueryRequest(
            tableName: view.shape.name,
            indexName: index?.name,
            keyConditionExpression: condition,
            expressionAttributes: .init(values: [":v": value]),
            limit: chance.percent(80) ? chance.within(1...4) : nil,
            scanIndexForward: !isDescending,
            consistentRead: isStrong
        )
        return open("Query", view, index, positions, isDescending: isDescending, isStrong, .query(request))
    }

    func openScan(of view: TableView, index: TableShape.Index?, isStrong: Bool, _ chance: inout Chance) -> OpenSession {
        let request = ScanRequest(
            tableName: view.shape.name,
            indexName: index?.name,
            limit: chance.percent(85) ? chance.within(1...7) : nil,
            consistentRead: isStrong
        )
        let positions = index == nil ? 0..<view.keys.count : 0..<0
        return open("Scan", view, index, positions, isDescending: false, isStrong, .scan(request))
    }

    private func open(
        _ name: String,
        _ view: TableView,
        _ index: TableShape.Index?,
        _ positions: Range<Int>,
        isDescending: Bool,
        _ isStrong: Bool,
        _ firstPage: Request
    ) -> OpenSession {
        let number = history.sessions.count
        history.sessions.append(
            PagingSession(
                name: "\(name) \(number) of \(view.shape.name)\(index.map { "/\($0.name)" } ?? "")",
                table: view.number,
                isOfIndex: index != nil,
                isStrong: isStrong,
                isDescending: isDescending,
                positions: positions
            )
        )
        return OpenSession(
            number: number,
            view: view,
            index: index,
            positions: positions,
            isDescending: isDescending,
            isStrong: isStrong,
            firstPage: firstPage
        )
    }

    /// Whether the index has ever answered; from then on it must.
    func isReady(_ index: TableShape.Index, of view: TableView) -> Bool {
        !index.comesLater || readyIndexes.contains("\(view.number) \(index.name)")
    }

    func pageDraft(_ session: OpenSession) -> Draft {
        let request = session.firstPage.continued(after: session.startKey)
        var draft = Draft(name: request.operation.rawValue, request: request)
        draft.isStrong = session.isStrong
        draft.readsIndex = session.index.map { !$0.isLocal } ?? false
        draft.mayBeInvalid = session.index.map { !isReady($0, of: session.view) } ?? false
        draft.read = { [unowned self] response, _, operation in
            guard let page = response.page else { return }
            readPage(page, of: session, &operation)
        }
        return draft
    }

    /// Where the session stands after an answer; nil at its end.
    func advance(_ session: OpenSession, with answer: Answer) -> OpenSession? {
        var session = session
        guard let page = answer.response?.page else {
            session.failures += 1
            return session.failures < 4 ? session : nil
        }
        if let index = session.index, index.comesLater { readyIndexes.insert("\(session.view.number) \(index.name)") }
        session.startKey = page.lastEvaluatedKey
        guard let last = page.lastEvaluatedKey else {
            history.sessions[session.number].isComplete = true
            return nil
        }
        session.lastPosition = session.view.position(of: last)
        return session
    }

    private func readPage(_ page: PageResponse, of session: OpenSession, _ operation: inout ClientOperation) {
        var entries: [PagingSession.Entry] = []
        for item in page.items {
            guard let (key, stamp) = decoded(item, in: session) else {
                complain(.wholeItems, at: history.sessions[session.number].name, "it gives \(item.brief)")
                continue
            }
            let index = session.index?.name
            guard let place = region.storageKey(of: item, in: session.view.shape.name, index: index) else { continue }
            entries.append(PagingSession.Entry(place: place, key: key))
            if let stamp { operation.actions.append(Action(key: key, before: .item(stamp), verdict: .done)) }
        }
        history.sessions[session.number].pages.append(
            PagingSession.Page(invoked: operation.invoked, completed: operation.completed, entries: entries)
        )
        let given = Set(entries.map(\.key.position))
        for position in covered(by: page, of: session) where !given.contains(position) {
            let key = ItemKey(table: session.view.number, position: position)
            operation.actions.append(Action(key: key, before: .absent, verdict: .done))
        }
    }

    private func decoded(_ item: Item, in session: OpenSession) -> (key: ItemKey, stamp: Stamp?)? {
        if let index = session.index { return decode(item, of: index, in: session.view) }
        return decode(item, in: session.view).map { (key: $0.key, stamp: $0.stamp) }
    }

    /// The table's keys between the page's start and its end.
    private func covered(by page: PageResponse, of session: OpenSession) -> Range<Int> {
        var first = session.positions.lowerBound
        var end = session.positions.upperBound
        if first == end { return session.positions }
        let last = page.lastEvaluatedKey.flatMap { session.view.position(of: $0) }
        if session.isDescending {
            if let start = session.lastPosition { end = start }
            if let last { first = last }
        } else {
            if let start = session.lastPosition { first = start + 1 }
            if let last { end = last + 1 }
        }
        return first < end ? first..<end : first..<first
    }
}

extension Request {
    fileprivate func continued(after startKey: Item?) -> Request {
        switch self {
        case .query(var request):
            request.exclusiveStartKey = startKey
            return .query(request)
        case .scan(var request):
            request.exclusiveStartKey = startKey
            return .scan(request)
        default: return self
        }
    }
}

extension Response {
    var page: PageResponse? {
        switch self {
        case .query(let page), .scan(let page): page
        default: nil
        }
    }
}
