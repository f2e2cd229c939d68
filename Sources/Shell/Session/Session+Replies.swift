import Language
import Model

/// From the API's responses to what is shown of them.
extension Session {
    func reply(to request: Request, _ response: Response, _ report: RequestReport) -> Reply {
        switch response {
        case .putItem(let written), .updateItem(let written), .deleteItem(let written):
            return Reply(result: result(of: written, request), cost: CostLine(subject: .none, report: report))
        case .getItem(let got):
            return Reply(
                result: .item(group([got.item], of: request)),
                cost: CostLine(subject: .item(isFound: got.item != nil), report: report)
            )
        case .batchGetItem(let batch): return self.reply(to: request, batch, report)
        case .batchWriteItem(let batch): return self.reply(to: request, batch, report)
        case .transactWriteItems:
            let count = request.actionCount
            return Reply(cost: CostLine(subject: .written(count: count, of: count), report: report))
        case .transactGetItems(let got): return positional(got.responses, request, report)
        case .executeTransaction(let done): return positional(done.responses, request, report)
        case .batchExecuteStatement(let batch): return self.reply(to: request, batch, report)
        case .listTables(let list): return self.reply(list)
        case .describeTable(let table), .createTable(let table), .updateTable(let table), .deleteTable(let table):
            return Reply(result: document(table))
        case .updateTimeToLive, .describeTimeToLive, .tagResource, .untagResource, .listTagsOfResource,
            .putResourcePolicy, .getResourcePolicy, .deleteResourcePolicy, .describeLimits, .describeEndpoints,
            .listStreams, .describeStream, .getShardIterator, .getRecords:
            return Reply(result: document(response))
        case .query, .scan, .executeStatement: preconditionFailure("pages are put together before")
        }
    }

    private func result(of written: WriteResponse, _ request: Request) -> Reply.Result {
        guard let attributes = written.attributes else { return .nothing }
        return .item(group([attributes], of: request))
    }

    private func reply(to request: Request, _ batch: BatchGetItemResponse, _ report: RequestReport) -> Reply {
        let groups = batch.responses.map { group($0.items, of: Target(table: $0.tableName)) }
        let found = batch.responses.reduce(0) { $0 + $1.items.count }
        let unprocessed = batch.unprocessedKeys.reduce(0) { $0 + $1.keys.count }
        var reply = Reply(
            result: .items(groups),
            cost: CostLine(subject: .found(count: found, of: request.actionCount), report: report)
        )
        if unprocessed > 0 { reply.notes.append(.unprocessed(unprocessed, "keys")) }
        return reply
    }

    private func reply(to request: Request, _ batch: BatchWriteItemResponse, _ report: RequestReport) -> Reply {
        let total = request.actionCount
        let unprocessed = batch.unprocessedItems.reduce(0) { $0 + $1.writes.count }
        var reply = Reply(cost: CostLine(subject: .written(count: total - unprocessed, of: total), report: report))
        if unprocessed > 0 { reply.notes.append(.unprocessed(unprocessed, "writes")) }
        return reply
    }

    /// Items by the position of what asked for them; writes have none.
    private func positional(_ items: [Item?], _ request: Request, _ report: RequestReport) -> Reply {
        let count = items.count
        if report.kind == .write {
            return Reply(cost: CostLine(subject: .written(count: count, of: count), report: report))
        }
        let found = items.count { $0 != nil }
        return Reply(
            result: .items([group(items, ofEach: request.targets)]),
            cost: CostLine(subject: .found(count: found, of: count), report: report)
        )
    }

    private func reply(
        to request: Request,
        _ batch: BatchExecuteStatementResponse,
        _ report: RequestReport
    ) -> Reply {
        var reply = Reply(cost: CostLine(subject: .none, report: report))
        let items = batch.responses.map(\.item)
        if items.contains(where: { $0 != nil }) {
            let targets = batch.responses.map { response in response.tableName.map { Target(table: $0) } }
            reply.result = .items([group(items, ofEach: targets)])
        }
        for (index, response) in batch.responses.enumerated() {
            guard let error = response.error else { continue }
            let text = "statement \(index + 1) of \(batch.responses.count) failed: \(error.code): \(error.message)"
            reply.notes.append(Reply.Note(text: text))
        }
        return reply
    }

    private func reply(_ list: ListTablesResponse) -> Reply {
        var report = Report(columns: ["TableName"], rows: list.tableNames.map { [.text($0)] })
        if list.lastEvaluatedTableName != nil { report.remarks = ["more tables remain"] }
        return Reply(result: .report(report))
    }

    // MARK: Groups

    func group(_ items: [Item?], of request: Request) -> Reply.ItemGroup {
        group(items, of: request.target)
    }

    private func group(_ items: [Item?], of target: Target?) -> Reply.ItemGroup {
        Reply.ItemGroup(title: target?.description ?? "", keys: keyNames(of: target), items: items)
    }

    /// Items whose tables may differ.
    private func group(_ items: [Item?], ofEach targets: [Target?]) -> Reply.ItemGroup {
        guard let first = targets.first, targets.count == items.count else { return group(items, of: nil) }
        if targets.allSatisfy({ $0 == first }) { return group(items, of: first) }
        let itemKeys = targets.map { keyNames(of: $0) }
        var keys: [AttributeName] = []
        for name in itemKeys.joined() where !keys.contains(name) { keys.append(name) }
        return Reply.ItemGroup(title: "", keys: keys, items: items, itemKeys: itemKeys)
    }

    private func keyNames(of target: Target?) -> [AttributeName] {
        target.flatMap { catalog.shape(of: $0.table)?.keyNames(index: $0.index) } ?? []
    }
}

extension Reply.Note {
    static func unprocessed(_ count: Int, _ noun: String) -> Reply.Note {
        Reply.Note(text: "\(grouped(count)) \(noun) were not processed, because of throttling; send them again")
    }
}

extension Request {
    /// The table or index, when the request has just one.
    var target: Target? {
        switch self {
        case .putItem(let request): Target(table: request.tableName)
        case .getItem(let request): Target(table: request.tableName)
        case .updateItem(let request): Target(table: request.tableName)
        case .deleteItem(let request): Target(table: request.tableName)
        case .query(let request): Target(table: request.tableName, index: request.indexName)
        case .scan(let request): Target(table: request.tableName, index: request.indexName)
        case .createTable(let request): Target(table: request.tableName)
        case .updateTable(let request): Target(table: request.tableName)
        case .deleteTable(let request): Target(table: request.tableName)
        case .describeTable(let request): Target(table: request.tableName)
        case .updateTimeToLive(let request): Target(table: request.tableName)
        case .describeTimeToLive(let request): Target(table: request.tableName)
        case .transactGetItems(let request):
            Set(request.transactItems.map(\.tableName)).count == 1
                ? request.transactItems.first.map { Target(table: $0.tableName) } : nil
        case .executeStatement(let request): PartiQLTarget.find(in: request.statement.statement)
        case .batchGetItem, .batchWriteItem, .transactWriteItems, .batchExecuteStatement, .executeTransaction,
            .listTables, .tagResource, .untagResource, .listTagsOfResource, .putResourcePolicy, .getResourcePolicy,
            .deleteResourcePolicy, .describeLimits, .describeEndpoints, .listStreams, .describeStream,
            .getShardIterator, .getRecords:
            nil
        }
    }

    /// What each position of a transaction reads.
    var targets: [Target?] {
        switch self {
        case .transactGetItems(let request): request.transactItems.map { Target(table: $0.tableName) }
        case .executeTransaction(let request):
            request.transactStatements.map { PartiQLTarget.find(in: $0.statement) }
        default: []
        }
    }

    /// How many items, keys or statements it holds.
    var actionCount: Int {
        switch self {
        case .batchGetItem(let request): request.requestItems.reduce(0) { $0 + $1.keys.count }
        case .batchWriteItem(let request): request.requestItems.reduce(0) { $0 + $1.writes.count }
        case .transactWriteItems(let request): request.transactItems.count
        case .transactGetItems(let request): request.transactItems.count
        case .batchExecuteStatement(let request): request.statements.count
        case .executeTransaction(let request): request.transactStatements.count
        default: 1
        }
    }
}

/// The table, and index, after FROM: only to know which columns are keys, so a guess that finds none does no harm.
enum PartiQLTarget {
    static func find(in statement: String) -> Target? {
        let words = statement.split(whereSeparator: \.isWhitespace)
        guard let from = words.firstIndex(where: { $0.uppercased() == "FROM" }), from + 1 < words.endIndex else {
            return nil
        }
        let parts = words[from + 1].split(separator: "\"").filter { $0 != "." }
        guard let table = parts.first else { return nil }
        return Target(table: String(table), index: parts.dropFirst().first.map(String.init))
    }
}
