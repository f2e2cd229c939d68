/// How each error looks to a client. No `default:`, so that a new case must be placed everywhere.
extension ServiceError {
    /// The name after `#` in `__type`.
    public var name: String {
        switch self {
        case .validationException: "ValidationException"
        case .conditionalCheckFailedException: "ConditionalCheckFailedException"
        case .resourceNotFoundException: "ResourceNotFoundException"
        case .resourceInUseException: "ResourceInUseException"
        case .limitExceededException: "LimitExceededException"
        case .transactionCanceledException: "TransactionCanceledException"
        case .transactionConflictException: "TransactionConflictException"
        case .transactionInProgressException: "TransactionInProgressException"
        case .idempotentParameterMismatchException: "IdempotentParameterMismatchException"
        case .itemCollectionSizeLimitExceededException: "ItemCollectionSizeLimitExceededException"
        case .provisionedThroughputExceededException: "ProvisionedThroughputExceededException"
        case .throttlingException: "ThrottlingException"
        case .duplicateItemException: "DuplicateItemException"
        case .accessDeniedException: "AccessDeniedException"
        case .unrecognizedClientException: "UnrecognizedClientException"
        case .invalidSignatureException: "InvalidSignatureException"
        case .expiredIteratorException: "ExpiredIteratorException"
        case .trimmedDataAccessException: "TrimmedDataAccessException"
        case .policyNotFoundException: "PolicyNotFoundException"
        case .missingAuthenticationTokenException: "MissingAuthenticationTokenException"
        case .incompleteSignatureException: "IncompleteSignatureException"
        case .unknownOperationException: "UnknownOperationException"
        case .internalServerError: "InternalServerError"
        }
    }

    public var message: String {
        switch self {
        case .validationException(let message): message
        case .conditionalCheckFailedException: "The conditional request failed"
        case .resourceNotFoundException(let message): message
        case .resourceInUseException(let message): message
        case .limitExceededException(let message): message
        case .transactionCanceledException(let reasons):
            "Transaction cancelled, please refer cancellation reasons for specific reasons ["
                + reasons.map(\.code.rawValue).joined(separator: ", ") + "]"
        case .transactionConflictException: "Transaction is ongoing for the item"
        case .transactionInProgressException: "The transaction with the given request token is already in progress."
        case .idempotentParameterMismatchException:
            "The request uses the same client token as a previous, but non-identical request."
        case .itemCollectionSizeLimitExceededException: "Collection size exceeded."
        case .provisionedThroughputExceededException(let message, _): message
        case .throttlingException(let message, _): message
        case .duplicateItemException: "Duplicate primary key exists in table"
        case .accessDeniedException(let message): message
        case .unrecognizedClientException: "The security token included in the request is invalid."
        case .invalidSignatureException(let message): message
        case .expiredIteratorException(let message): message
        case .trimmedDataAccessException(let message): message
        case .policyNotFoundException(let message): message
        case .missingAuthenticationTokenException: "Request is missing Authentication Token"
        case .incompleteSignatureException(let message): message
        case .unknownOperationException: ""
        case .internalServerError(let message): message
        }
    }

    public var httpStatus: Int {
        switch self {
        case .internalServerError: 500
        case .validationException, .conditionalCheckFailedException, .resourceNotFoundException,
            .resourceInUseException, .limitExceededException, .transactionCanceledException,
            .transactionConflictException, .transactionInProgressException, .idempotentParameterMismatchException,
            .itemCollectionSizeLimitExceededException, .provisionedThroughputExceededException,
            .throttlingException, .duplicateItemException, .accessDeniedException, .unrecognizedClientException,
            .invalidSignatureException, .expiredIteratorException, .trimmedDataAccessException,
            .policyNotFoundException, .missingAuthenticationTokenException, .incompleteSignatureException,
            .unknownOperationException:
            400
        }
    }

    /// Whether a client may send the same request again and hope.
    public var isRetryable: Bool {
        switch self {
        case .provisionedThroughputExceededException, .throttlingException, .internalServerError,
            .transactionInProgressException, .limitExceededException:
            true
        case .validationException, .conditionalCheckFailedException, .resourceNotFoundException,
            .resourceInUseException, .transactionCanceledException, .transactionConflictException,
            .idempotentParameterMismatchException, .itemCollectionSizeLimitExceededException,
            .duplicateItemException, .accessDeniedException, .unrecognizedClientException,
            .invalidSignatureException, .expiredIteratorException, .trimmedDataAccessException,
            .policyNotFoundException, .missingAuthenticationTokenException, .incompleteSignatureException,
            .unknownOperationException:
            false
        }
    }
}

extension ServiceError {
    /// The request was signed with another secret than its access key's.
    public static let signatureDoesNotMatch = ServiceError.invalidSignatureException(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
            + "Key and signing method. Consult the service documentation for details."
    )
}
