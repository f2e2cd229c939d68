import Model
import Testing
import Wire

/// Whoever decodes what was encoded has what there was before.
struct ResponseDecoderTests {
    @Test(arguments: ResponseSamples.items + ResponseSamples.batches + ResponseSamples.tables)
    func decodingUndoesEncoding(response: Response) throws {
        let bytes = JSONWriter.compact(ResponseEncoder.encode(response))
        #expect(try ResponseDecoder.decode(response.operation, json: bytes) == response)
    }

    @Test(arguments: ResponseSamples.withBodies.indices)
    func bodiesOfTheAPIAreRead(index: Int) throws {
        let (response, body) = ResponseSamples.withBodies[index]
        #expect(try ResponseDecoder.decode(response.operation, json: Array(body.utf8)) == response)
    }

    @Test func everyOperationHasSamples() {
        let plain = ResponseSamples.items + ResponseSamples.batches + ResponseSamples.tables
        let operations = (plain + ResponseSamples.withBodies.map(\.response)).map(\.operation)
        #expect(Set(operations) == Set(Operation.allCases))
    }

    // MARK: Errors

    static let errors: [ServiceError] = [
        .validationException("m"), .conditionalCheckFailedException(item: nil),
        .conditionalCheckFailedException(item: ResponseSamples.item), .resourceNotFoundException("m"),
        .resourceInUseException("m"), .limitExceededException("m"),
        .transactionCanceledException(reasons: [
            .none, .init(code: .conditionalCheckFailed, message: "m", item: ResponseSamples.item),
            .init(code: .itemCollectionSizeLimitExceeded, message: "m"),
            .init(code: .transactionConflict, message: "m"),
            .init(code: .provisionedThroughputExceeded, message: "m"), .init(code: .throttlingError, message: "m"),
            .init(code: .validationError, message: "m"), .init(code: .duplicateItem, message: "m"),
        ]),
        .transactionConflictException, .transactionInProgressException, .idempotentParameterMismatchException,
        .itemCollectionSizeLimitExceededException, .provisionedThroughputExceededException(message: "m", reasons: []),
        .provisionedThroughputExceededException(message: "m", reasons: [.init(reason: "r", resource: "arn")]),
        .throttlingException(message: "m", reasons: []),
        .throttlingException(
            message: "m",
            reasons: [.init(reason: "r", resource: "arn"), .init(reason: "s", resource: "arn")]
        ),
        .duplicateItemException, .accessDeniedException("m"), .unrecognizedClientException,
        .invalidSignatureException("m"), .expiredIteratorException("m"), .trimmedDataAccessException("m"),
        .policyNotFoundException("m"), .missingAuthenticationTokenException, .incompleteSignatureException("m"),
        .unknownOperationException, .internalServerError("m"),
    ]

    @Test(arguments: errors) func decodingUndoesEncodingOfErrors(error: ServiceError) throws {
        let bytes = JSONWriter.compact(ErrorEncoder.encode(error))
        #expect(try ErrorDecoder.decode(status: error.httpStatus, json: bytes) == error)
    }

    // MARK: Strictness

    static func problem(_ operation: Operation, _ body: String) -> String? {
        do throws(BodyFault) {
            _ = try ResponseDecoder.decode(operation, json: Array(body.utf8))
            return nil
        } catch {
            return error.description
        }
    }

    @Test(arguments: [
        (Operation.getItem, #"{"Itm":{}}"#, "the body: unknown member Itm"),
        (.getItem, #"{"Item":{"a":{"S":"x","N":"1"}}}"#, ".Item.a: no attribute value"),
        (.getItem, #"{"Item":{"a":{"N":"1.0"}}}"#, ".Item.a.N: not canonical: 1.0"),
        (.getItem, #"{"Item":{"a":{"N":1}}}"#, ".Item.a.N: no string"),
        (.getItem, #"{"Item":{"a":{"SS":[]}}}"#, ".Item.a.SS: an empty set"),
        (.getItem, #"{"Item":{"a":{"NS":["1","1"]}}}"#, ".Item.a.NS: a set with a member twice"),
        (.getItem, #"{"Item":{"a":{"NULL":false}}}"#, ".Item.a.NULL: NULL is always true"),
        (.getItem, #"{"Item":null}"#, ".Item: no object"),
        (.getItem, #"{"Item":{"a":{"L":[{"B":"?"}]}}}"#, ".Item.a.L[0].B: no base64"),
        (.getItem, #"{"Item":{},"Item":{}}"#, "the body: a name comes twice"),
        (.query, #"{"Count":1}"#, "the body: ScannedCount is missing"),
        (.query, #"{"Count":1.0,"ScannedCount":1}"#, ".Count: no whole number"),
        (
            .getItem, #"{"ConsumedCapacity":{"TableName":"T","CapacityUnits":1.0,"Table":{"CapacityUnits":0.5}}}"#,
            ".ConsumedCapacity: the arms are not 1.0 together"
        ),
        (
            .getItem,
            #"{"ConsumedCapacity":{"TableName":"T","CapacityUnits":1.0,"Table":{"CapacityUnits":1.0},"#
                + #""GlobalSecondaryIndexes":{"g":{"CapacityUnits":0.0}}}}"#,
            ".ConsumedCapacity.GlobalSecondaryIndexes: an index for free"
        ),
        (.listTables, "{", "the body: no JSON"),
    ])
    func whatIsNotKnownIsAFault(operation: Operation, body: String, expected: String) {
        #expect(Self.problem(operation, body)?.hasPrefix(expected) == true)
    }

    @Test(arguments: [
        (400, #"{"__type":"com.amazon.coral.validate#ValidationException","Message":"m"}"#),
        (500, #"{"__type":"com.amazon.coral.validate#ValidationException","message":"m"}"#),
        (400, #"{"__type":"com.amazonaws.dynamodb.v20120810#ValidationException","message":"m"}"#),
        (400, #"{"__type":"ValidationException","message":"m"}"#),
        (400, #"{"__type":"com.amazon.coral.validate#SomethingElse","message":"m"}"#),
        (400, #"{"__type":"com.amazon.coral.validate#ValidationException","message":"m","Item":{}}"#),
        (400, #"{"__type":"com.amazonaws.dynamodb.v20120810#DuplicateItemException","message":"m"}"#),
        (400, #"{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","Message":"m"}"#),
        (400, #"{"message":"m"}"#),
    ])
    func errorsTakeOneFormOnly(status: Int, body: String) {
        #expect(throws: BodyFault.self) { try ErrorDecoder.decode(status: status, json: Array(body.utf8)) }
    }
}
