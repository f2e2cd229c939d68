import Language
import Model

/// From errors to what a person reads first; the service's own words follow below.
extension Session {
    func diagnostic(for error: SyntaxError, in statement: Statement) -> Diagnostic {
        let text = statement.text
        var diagnostic = Diagnostic(
            location: statement.position.advanced(by: error.range.lowerBound, in: text).text,
            message: error.message,
            excerpt: Diagnostic.Excerpt(text: text, range: error.range, remark: error.remark)
        )
        if !error.expected.isEmpty {
            diagnostic.details = ["expected: \(error.expected.prefix(8).joined(separator: ", "))"]
        }
        diagnostic.suggestion = error.suggestion
        diagnostic.serviceText = error.serviceMessage.map { message in
            message.contains("Exception: ") ? message : "ValidationException: \(message)"
        }
        return diagnostic
    }

    func diagnostic(for error: ServiceError, _ attempt: Attempt, in statement: Statement) -> Diagnostic {
        var diagnostic = Diagnostic(
            location: statement.position.text,
            message: FriendlyError.firstLine(error, attempt.request),
            serviceText: "\(error.name): \(error.message)"
        )
        diagnostic.details = details(of: error, attempt)
        diagnostic.evidence = evidence(of: error, attempt)
        if case .transactionCanceledException(let reasons) = error {
            diagnostic.excerpt = excerpt(ofCancelled: reasons, in: statement)
        }
        return diagnostic
    }

    private func details(of error: ServiceError, _ attempt: Attempt) -> [String] {
        switch error {
        case .provisionedThroughputExceededException(_, let reasons), .throttlingException(_, let reasons):
            return reasons.map { "empty: \($0.reason) of \($0.resource)" }
        case .resourceNotFoundException:
            guard let name = attempt.request?.target?.table, catalog.shape(of: name) == nil else { return [] }
            guard case .message(_, let details) = unknownTable(name) else { return [] }
            return details
        case .internalServerError: return brokenNow
        default: return []
        }
    }

    /// What was broken on purpose is the likely cause.
    private var brokenNow: [String] {
        let faults = laboratory?.faults().map(\.fault.description) ?? []
        if faults.isEmpty { return [] }
        return ["broken now: \(faults.joined(separator: "; "))", "Fault list and Show replicas tell more"]
    }

    private func evidence(of error: ServiceError, _ attempt: Attempt) -> [String] {
        switch error {
        case .conditionalCheckFailedException(let item?): [itemLine(item, attempt.request?.target?.table)]
        case .transactionCanceledException(let reasons):
            reasons.enumerated().compactMap { index, reason in
                reason.item.map { itemLine($0, attempt.request?.table(ofAction: index)) }
            }
        default: []
        }
    }

    /// `pk: USER#alice   sk: PROFILE   points: 120`
    private func itemLine(_ item: Item, _ table: String?) -> String {
        let keys = table.flatMap { catalog.shape(of: $0)?.keyNames(index: nil) } ?? []
        let literal = LiteralText(nullText: settings.nullText)
        let parts = ItemColumns(of: [item], keys: keys).names.map { name in
            item.withValue(of: name) { "\(name.description): \($0.map { literal.cell($0) } ?? "")" }
        }
        return parts.joined(separator: "   ")
    }

    // MARK: The statement inside a transaction that failed

    private func excerpt(ofCancelled reasons: [CancellationReason], in statement: Statement) -> Diagnostic.Excerpt? {
        guard let failed = reasons.firstIndex(where: { $0.code != .none }) else { return nil }
        let parts = BlockStatements.find(in: statement.text)
        guard parts.count == reasons.count else { return nil }
        let text = parts[failed]
        let start = BlockStatements.conditionStart(in: text) ?? 0
        var end = text.count
        while end > start, text[end - 1] == UInt8(ascii: ";") || text[end - 1] == UInt8(ascii: " ") { end -= 1 }
        return Diagnostic.Excerpt(text: text, range: start..<end)
    }
}

/// The statements between the parentheses of `TransactWrite ( …; … )`.
enum BlockStatements {
    static func find(in text: [UInt8]) -> [[UInt8]] {
        guard let open = text.firstIndex(of: UInt8(ascii: "(")),
            let close = text.lastIndex(of: UInt8(ascii: ")")), open < close
        else { return [] }
        var splitter = StatementSplitter()
        text[(open + 1)..<close].withUnsafeBytes { splitter.append($0) }
        splitter.finish()
        var parts: [[UInt8]] = []
        while let part = splitter.next() { parts.append(splitter.withBytes(of: part) { Array($0) }) }
        return parts
    }

    /// Where the expression after the last IF begins.
    static func conditionStart(in text: [UInt8]) -> Int? {
        let lowered = text.map { $0 | 0x20 }
        let wanted = Array(" if ".utf8)
        guard text.count > wanted.count else { return nil }
        let places = 0...(text.count - wanted.count)
        return places.last { Array(lowered[$0..<$0 + wanted.count]) == wanted }.map { $0 + wanted.count }
    }
}
