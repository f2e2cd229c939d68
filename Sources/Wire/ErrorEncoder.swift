import Model

/// The body of an error answer: `{"__type":"NS#Name","message":"…"}` and what else the exception carries.
/// Source: reference J.
public enum ErrorEncoder {
    private static let serviceNamespace = "com.amazonaws.dynamodb.v20120810"
    private static let coralNamespace = "com.amazon.coral.service"

    public static func encode(_ error: WireError) -> Document {
        switch error {
        case .service(let error): return encode(error)
        case .serialization(let message):
            var body = ObjectBuilder()
            body.add("__type", "\(coralNamespace)#SerializationException")
            if !message.isEmpty { body.add("Message", message) }
            return body.object
        }
    }

    public static func httpStatus(of error: WireError) -> Int {
        switch error {
        case .service(let error): error.httpStatus
        case .serialization: 400
        }
    }

    public static func encode(_ error: ServiceError) -> Document {
        var body = ObjectBuilder()
        body.add("__type", "\(namespace(of: error))#\(error.name)")
        if !error.message.isEmpty { body.add(messageMember(of: error), error.message) }
        switch error {
        case .conditionalCheckFailedException(let item): body.add("Item", item)
        case .transactionCanceledException(let reasons):
            body.add("CancellationReasons", Document.array(reasons.map(encode)))
        case .provisionedThroughputExceededException(_, let reasons):
            if !reasons.isEmpty { body.add("ThrottlingReasons", Document.array(reasons.map(encode))) }
        case .throttlingException(_, let reasons):
            if !reasons.isEmpty { body.add("throttlingReasons", Document.array(reasons.map(encode))) }
        case .validationException, .resourceNotFoundException, .resourceInUseException, .limitExceededException,
            .transactionConflictException, .transactionInProgressException, .idempotentParameterMismatchException,
            .itemCollectionSizeLimitExceededException, .duplicateItemException, .accessDeniedException,
            .unrecognizedClientException, .invalidSignatureException, .expiredIteratorException,
            .trimmedDataAccessException, .policyNotFoundException, .missingAuthenticationTokenException,
            .incompleteSignatureException, .unknownOperationException, .internalServerError:
            break
        }
        return body.object
    }

    private static func namespace(of error: ServiceError) -> String {
        switch error {
        case .validationException: "com.amazon.coral.validate"
        case .accessDeniedException, .unrecognizedClientException, .invalidSignatureException,
            .missingAuthenticationTokenException, .incompleteSignatureException, .unknownOperationException:
            coralNamespace
        // A throttle of the control plane has no reasons.
        case .throttlingException(_, let reasons) where reasons.isEmpty: "com.amazon.coral.availability"
        case .throttlingException, .conditionalCheckFailedException, .resourceNotFoundException,
            .resourceInUseException, .limitExceededException, .transactionCanceledException,
            .transactionConflictException, .transactionInProgressException, .idempotentParameterMismatchException,
            .itemCollectionSizeLimitExceededException, .provisionedThroughputExceededException,
            .duplicateItemException, .expiredIteratorException, .trimmedDataAccessException,
            .policyNotFoundException, .internalServerError:
            serviceNamespace
        }
    }

    private static func messageMember(of error: ServiceError) -> String {
        switch error {
        case .accessDeniedException, .idempotentParameterMismatchException, .transactionCanceledException,
            .transactionInProgressException:
            "Message"
        case .validationException, .conditionalCheckFailedException, .resourceNotFoundException,
            .resourceInUseException, .limitExceededException, .transactionConflictException,
            .itemCollectionSizeLimitExceededException, .provisionedThroughputExceededException,
            .throttlingException, .duplicateItemException, .unrecognizedClientException, .invalidSignatureException,
            .expiredIteratorException, .trimmedDataAccessException, .policyNotFoundException,
            .missingAuthenticationTokenException, .incompleteSignatureException, .unknownOperationException,
            .internalServerError:
            "message"
        }
    }

    private static func encode(_ reason: CancellationReason) -> Document {
        var body = ObjectBuilder()
        body.add("Code", reason.code.rawValue)
        body.add("Message", reason.message)
        body.add("Item", reason.item)
        return body.object
    }

    private static func encode(_ reason: ThrottlingReason) -> Document {
        var body = ObjectBuilder()
        body.add("reason", reason.reason)
        body.add("resource", reason.resource)
        return body.object
    }
}
