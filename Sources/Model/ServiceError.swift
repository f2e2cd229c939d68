/// What the service answers instead of a result, by the API's own names.
public enum ServiceError: Error, Equatable, Sendable {
    case validationException(String)
    /// The condition was false. `item` is filled only when the request asked for `ALL_OLD`.
    case conditionalCheckFailedException(item: Item?)
    case resourceNotFoundException(String)
    case resourceInUseException(String)
    case limitExceededException(String)
    case transactionCanceledException(reasons: [CancellationReason])
    case transactionConflictException
    case transactionInProgressException
    case idempotentParameterMismatchException
    case itemCollectionSizeLimitExceededException
    case provisionedThroughputExceededException(message: String, reasons: [ThrottlingReason])
    case throttlingException(message: String, reasons: [ThrottlingReason])
    case duplicateItemException
    case accessDeniedException(String)
    /// Nobody has the access key that the request names.
    case unrecognizedClientException
    case invalidSignatureException(String)
    /// A shard iterator is used later than 15 minutes after it was given.
    case expiredIteratorException(String)
    /// The stream no longer has the records asked for.
    case trimmedDataAccessException(String)
    case policyNotFoundException(String)
    /// The request is not signed at all.
    case missingAuthenticationTokenException
    case incompleteSignatureException(String)
    case unknownOperationException
    case internalServerError(String)
}

/// Why one action of a cancelled transaction failed; `none` for the innocent ones.
public struct CancellationReason: Equatable, Sendable {
    public enum Code: String, Sendable {
        case none = "None"
        case conditionalCheckFailed = "ConditionalCheckFailed"
        case itemCollectionSizeLimitExceeded = "ItemCollectionSizeLimitExceeded"
        case transactionConflict = "TransactionConflict"
        case provisionedThroughputExceeded = "ProvisionedThroughputExceeded"
        case throttlingError = "ThrottlingError"
        case validationError = "ValidationError"
        case duplicateItem = "DuplicateItem"
    }

    public let code: Code
    public let message: String?
    public let item: Item?

    public init(code: Code, message: String? = nil, item: Item? = nil) {
        self.code = code
        self.message = message
        self.item = item
    }

    public static let none = CancellationReason(code: .none)
}

/// One bucket that was empty: `reason` in the API's words, and the ARN of its table or index.
public struct ThrottlingReason: Equatable, Sendable {
    public let reason: String
    public let resource: String

    public init(reason: String, resource: String) {
        self.reason = reason
        self.resource = resource
    }
}
