import Model

/// The first line of a service error, in plain words where the service's own are not enough.
enum FriendlyError {
    static func firstLine(_ error: ServiceError, _ request: Request?) -> String {
        switch error {
        case .conditionalCheckFailedException(let item):
            guard let condition = request?.condition else { return "condition is false" }
            return "condition is false: \(condition.readable)\(values(of: condition, in: item, gap: "   "))"
        case .transactionCanceledException(let reasons): return cancellation(reasons, request)
        case .resourceNotFoundException(let message):
            if message.contains("not found: Stream: ") { return "there is no such stream; ListStreams names them" }
            if message.contains("not found: Shard: ") { return "the stream has no such shard, or it is gone already" }
            guard let target = request?.target else { return "table or index not found" }
            return "table \"\(target.table)\" not found"
        case .resourceInUseException(let message): return inUse(message, request)
        case .provisionedThroughputExceededException(_, let reasons), .throttlingException(_, let reasons):
            return throttled(reasons)
        case .transactionConflictException: return "another transaction holds this item"
        case .itemCollectionSizeLimitExceededException:
            return "the item collection is full: with a local index it holds at most 10 GB"
        case .duplicateItemException: return "an item with this key exists already"
        case .idempotentParameterMismatchException: return "this TOKEN was used for another request"
        case .validationException(let message): return ValidationWords.explain(message) ?? withoutPreamble(message)
        case .limitExceededException(let message): return withoutPreamble(message)
        case .transactionInProgressException: return "the transaction with this TOKEN is still running"
        case .accessDeniedException(let message):
            return AccessRefusal(message)?.sentence ?? "no policy allows this"
        case .unrecognizedClientException: return "nobody has this access key"
        case .invalidSignatureException: return "the request is signed with another secret than its access key's"
        case .expiredIteratorException: return "the shard iterator is older than 15 minutes: get a new one"
        case .trimmedDataAccessException: return "the stream has dropped these records: it keeps them for 24 hours"
        case .policyNotFoundException: return "there is no policy"
        case .missingAuthenticationTokenException, .incompleteSignatureException: return "the request is not signed"
        case .unknownOperationException: return "the service does not know this operation"
        case .internalServerError:
            let isRead = request?.onlyReads ?? false
            return isRead
                ? "the service failed to answer" : "the service failed; whether anything was written is not known"
        }
    }

    private static func inUse(_ message: String, _ request: Request?) -> String {
        if case .createTable(let creation) = request { return "table \"\(creation.tableName)\" exists already" }
        let preamble = "Attempt to change a resource which is still in use: Table: "
        let process = " is in the process of being "
        guard message.hasPrefix(preamble), let name = request?.target?.table else { return message }
        let rest = message.dropFirst(preamble.count + name.count)
        guard rest.hasPrefix(process) else { return message }
        return "table \"\(name)\" is being \(rest.dropFirst(process.count).prefix { $0 != "." }) right now"
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
            "1 validation error detected: ", "Subscriber limit exceeded: ",
        ]
        for preamble in preambles where message.hasPrefix(preamble) { return String(message.dropFirst(preamble.count)) }
        return message
    }
}

extension Request {
    /// Whether nothing of it can have been written. PartiQL is not looked into.
    fileprivate var onlyReads: Bool {
        switch self {
        case .getItem, .query, .scan, .batchGetItem, .transactGetItems, .describeTable, .listTables,
            .describeTimeToLive, .listTagsOfResource, .getResourcePolicy, .describeLimits, .describeEndpoints,
            .listStreams, .describeStream, .getShardIterator, .getRecords:
            true
        case .putItem, .updateItem, .deleteItem, .batchWriteItem, .transactWriteItems, .executeStatement,
            .batchExecuteStatement, .executeTransaction, .createTable, .updateTable, .deleteTable,
            .updateTimeToLive, .tagResource, .untagResource, .putResourcePolicy, .deleteResourcePolicy:
            false
        }
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

/// Refusals of the service that do not say what to do about them.
enum ValidationWords {
    private static let words: [(fragment: String, meaning: String)] = [
        (
            "The provided key element does not match the schema",
            "this key does not have the attributes and types of the table's key"
        ),
        ("Item size has exceeded the maximum allowed size", "the item is larger than 400 KB"),
        (
            "Item size to update has exceeded the maximum allowed size",
            "the update would make the item larger than 400 KB"
        ),
        (
            "Transaction request cannot include multiple operations on one item",
            "two statements of the transaction mean the same item"
        ),
        ("Provided list of item keys contains duplicates", "two statements of the batch mean the same item"),
        ("Consistent reads are not supported on global secondary indexes", "a global index cannot be read CONSISTENT"),
    ]

    static func explain(_ message: String) -> String? {
        words.first { message.hasPrefix($0.fragment) }?.meaning
    }
}
