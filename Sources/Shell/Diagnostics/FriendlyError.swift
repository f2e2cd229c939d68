import Model

/// The first line of a service error, in plain words where the service's own are not enough.
enum FriendlyError {
    static func firstLine(_ error: ServiceError, _ request: Request?) -> String {
        switch error {
        case .conditionalCheckFailedException(let item):
            guard let condition = request?.condition else { return "condition is false" }
            return "condition is false: \(condition.readable)\(values(of: condition, in: item, gap: "   "))"
        case .transactionCanceledException(let reasons): return cancellation(reasons, request)
        case .resourceNotFoundException:
            guard let target = request?.target else { return "table or index not found" }
            return "table \"\(target.table)\" not found"
        case .resourceInUseException(let message): return request.flatMap { inUse($0) } ?? message
        case .provisionedThroughputExceededException(_, let reasons), .throttlingException(_, let reasons):
            return throttled(reasons)
        case .transactionConflictException: return "another transaction holds this item"
        case .itemCollectionSizeLimitExceededException:
            return "the item collection is full: with a local index it holds at most 10 GB"
        case .duplicateItemException: return "an item with this key exists already"
        case .idempotentParameterMismatchException: return "this TOKEN was used for another request"
        case .validationException(let message): return withoutPreamble(message)
        case .limitExceededException, .transactionInProgressException, .accessDeniedException, .internalServerError:
            return error.message
        }
    }

    private static func inUse(_ request: Request) -> String? {
        guard case .createTable(let creation) = request else { return nil }
        return "table \"\(creation.tableName)\" exists already"
    }

    private static func throttled(_ reasons: [ThrottlingReason]) -> String {
        guard let first = reasons.first else { return "throttled: no capacity left" }
        let place = first.resource.split(separator: "/", maxSplits: 1).last.map(String.init) ?? first.resource
        return "throttled: \(ThrottlingWords.explain(first.reason)) (\(place))"
    }

    // MARK: Transactions

    private static func cancellation(_ reasons: [CancellationReason], _ request: Request?) -> String {
        guard let failed = reasons.firstIndex(where: { $0.code != .none }) else { return "transaction cancelled" }
        let reason = reasons[failed]
        let place = "transaction cancelled by statement \(failed + 1) of \(reasons.count)"
        switch reason.code {
        case .conditionalCheckFailed:
            let condition = request?.condition(ofAction: failed)
            let seen = condition.map { values(of: $0, in: reason.item, gap: " ") } ?? ""
            return "\(place): condition is false\(seen)"
        case .transactionConflict: return "\(place): another transaction holds its item"
        case .throttlingError, .provisionedThroughputExceeded: return "\(place): throttled"
        case .duplicateItem: return "\(place): an item with this key exists already"
        case .itemCollectionSizeLimitExceeded: return "\(place): its item collection is full"
        case .validationError, .none: return "\(place): \(reason.message ?? reason.code.rawValue)"
        }
    }

    /// ` (points is 120)`, for the attributes of the condition that the item has.
    private static func values(of condition: ReadableExpression, in item: Item?, gap: String) -> String {
        guard let item else { return "" }
        let literal = LiteralText()
        let parts = condition.attributeNames(of: item).prefix(3).compactMap { name in
            item.withValue(of: name) { value in value.map { "\(name) is \(literal.cell($0))" } }
        }
        return parts.isEmpty ? "" : "\(gap)(\(parts.joined(separator: ", ")))"
    }

    /// Without the service's stock phrases; the line below has them.
    private static func withoutPreamble(_ message: String) -> String {
        let preambles = [
            "One or more parameter values were invalid: ", "One or more parameter values are not valid. ",
            "1 validation error detected: ",
        ]
        for preamble in preambles where message.hasPrefix(preamble) { return String(message.dropFirst(preamble.count)) }
        return message
    }
}

/// The service's throttling reasons in words.
enum ThrottlingWords {
    static func explain(_ reason: String) -> String {
        let kind = reason.hasSuffix("Exceeded") ? String(reason.dropLast("Exceeded".count)) : reason
        let noun = kind.hasPrefix("Index") ? "index" : "table"
        let unit = kind.contains("Write") ? "write" : "read"
        if kind.contains("KeyRange") { return "a partition of the \(noun) is at its \(unit) ceiling" }
        if kind.contains("MaxOnDemand") { return "the \(noun) is at the \(unit) maximum set for it" }
        if kind.contains("Provisioned") { return "the \(noun)'s provisioned \(unit) capacity is used up" }
        if kind.contains("Account") { return "the account is at its \(unit) limit" }
        return reason
    }
}
