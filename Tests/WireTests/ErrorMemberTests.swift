import Model
import Testing
import Wire

/// Reference K, row 26: the member that holds an error's text is `message`, but `Message` for some.
@Suite struct ErrorMemberTests {
    private func members(_ error: WireError) -> [String] {
        guard case .object(let members) = ErrorEncoder.encode(error) else { return [] }
        return members.map(\.name)
    }

    /// K26.
    @Test func someErrorsSayMessageWithACapital() {
        let lowercase: [ServiceError] = [
            .validationException("x"), .conditionalCheckFailedException(item: nil), .resourceNotFoundException("x"),
            .transactionConflictException, .throttlingException(message: "x", reasons: []),
        ]
        let uppercase: [ServiceError] = [
            .accessDeniedException("x"), .idempotentParameterMismatchException,
            .transactionCanceledException(reasons: []), .transactionInProgressException,
        ]
        for error in lowercase {
            #expect(members(.service(error)).contains("message"), "\(error.name)")
            #expect(!members(.service(error)).contains("Message"), "\(error.name)")
        }
        for error in uppercase {
            #expect(members(.service(error)).contains("Message"), "\(error.name)")
            #expect(!members(.service(error)).contains("message"), "\(error.name)")
        }
        #expect(members(.serialization("x")) == ["__type", "Message"])
    }
}
