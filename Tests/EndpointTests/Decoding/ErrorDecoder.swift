import Model
import Wire

/// An error from the body that the API gives. Source: reference J.
enum ErrorDecoder {
    static func decode(status: Int, json: [UInt8]) throws(BodyFault) -> ServiceError {
        let body = try ResponseDecoder.body(json)
        let error = try body.structure(read)
        if status != error.httpStatus { throw body.fault("HTTP \(status) for \(error.name)") }
        return error
    }

    private static func read(_ body: inout Members) throws(BodyFault) -> ServiceError {
        let type = try body.required("__type")
        let parts = try type.string().split(separator: "#", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { throw type.fault("no namespace and name") }
        let (namespace, name) = (parts[0], parts[1])
        let message = try body.optional(messageMember(of: name))?.string()
        let error = try named(name, message ?? "", type, &body)
        // An empty message is left out; many errors have one message only.
        if error.message != message ?? "" || message == "" { throw type.fault("another message: \(message ?? "none")") }
        if namespace != self.namespace(of: error) { throw type.fault("another namespace for \(name)") }
        return error
    }

    private static func named(
        _ name: String,
        _ message: String,
        _ type: Field,
        _ body: inout Members
    ) throws(BodyFault) -> ServiceError {
        switch name {
        case "ValidationException": .validationException(message)
        case "ConditionalCheckFailedException":
            .conditionalCheckFailedException(item: try body.optional("Item")?.item())
        case "ResourceNotFoundException": .resourceNotFoundException(message)
        case "ResourceInUseException": .resourceInUseException(message)
        case "LimitExceededException": .limitExceededException(message)
        case "TransactionCanceledException":
            .transactionCanceledException(
                reasons: try body.required("CancellationReasons").list(cancellationReason)
            )
        case "TransactionConflictException": .transactionConflictException
        case "TransactionInProgressException": .transactionInProgressException
        case "IdempotentParameterMismatchException": .idempotentParameterMismatchException
        case "ItemCollectionSizeLimitExceededException": .itemCollectionSizeLimitExceededException
        case "ProvisionedThroughputExceededException":
            .provisionedThroughputExceededException(
                message: message,
                reasons: try throttlingReasons(body.optional("ThrottlingReasons"))
            )
        case "ThrottlingException":
            .throttlingException(
                message: message,
                reasons: try throttlingReasons(body.optional("throttlingReasons"))
            )
        case "DuplicateItemException": .duplicateItemException
        case "AccessDeniedException": .accessDeniedException(message)
        case "UnrecognizedClientException": .unrecognizedClientException
        case "InvalidSignatureException": .invalidSignatureException(message)
        case "ExpiredIteratorException": .expiredIteratorException(message)
        case "TrimmedDataAccessException": .trimmedDataAccessException(message)
        case "PolicyNotFoundException": .policyNotFoundException(message)
        case "MissingAuthenticationTokenException": .missingAuthenticationTokenException
        case "IncompleteSignatureException": .incompleteSignatureException(message)
        case "UnknownOperationException": .unknownOperationException
        case "InternalServerError": .internalServerError(message)
        default: throw type.fault("no error of the service: \(name)")
        }
    }

    private static func cancellationReason(_ field: Field) throws(BodyFault) -> CancellationReason {
        try field.structure { body throws(BodyFault) in
            CancellationReason(
                code: try body.required("Code").choice(),
                message: try body.optional("Message")?.string(),
                item: try body.optional("Item")?.item()
            )
        }
    }

    /// Absent when there are none.
    private static func throttlingReasons(_ field: Field?) throws(BodyFault) -> [ThrottlingReason] {
        guard let field else { return [] }
        let reasons = try field.list { reason throws(BodyFault) in
            try reason.structure { body throws(BodyFault) in
                ThrottlingReason(
                    reason: try body.required("reason").string(),
                    resource: try body.required("resource").string()
                )
            }
        }
        if reasons.isEmpty { throw field.fault("an empty list of reasons") }
        return reasons
    }

    private static func messageMember(of name: String) -> String {
        let capitalized = [
            "AccessDeniedException", "IdempotentParameterMismatchException", "TransactionCanceledException",
            "TransactionInProgressException",
        ]
        return capitalized.contains(name) ? "Message" : "message"
    }

    private static func namespace(of error: ServiceError) -> String {
        switch error {
        case .validationException: "com.amazon.coral.validate"
        case .accessDeniedException, .unrecognizedClientException, .invalidSignatureException,
            .missingAuthenticationTokenException, .incompleteSignatureException, .unknownOperationException:
            "com.amazon.coral.service"
        case .throttlingException(_, let reasons) where reasons.isEmpty: "com.amazon.coral.availability"
        default: "com.amazonaws.dynamodb.v20120810"
        }
    }
}
