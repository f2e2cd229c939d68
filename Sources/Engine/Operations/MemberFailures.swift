import Model

/// Members of a batch that came to nothing. They are given back unprocessed, unless all of them did. Source: reference
/// B6.
struct MemberFailures {
    private var first: ServiceError?
    private var successes = 0

    /// Whether `member` succeeded. Throws what is no matter of the member alone.
    mutating func tolerate(_ member: () throws(ServiceError) -> Void) throws(ServiceError) -> Bool {
        do throws(ServiceError) {
            try member()
            successes += 1
            return true
        } catch {
            guard error.leavesMemberUnprocessed else { throw error }
            if first == nil { first = error }
            return false
        }
    }

    func checkAnySucceeded() throws(ServiceError) {
        if successes == 0, let first { throw first }
    }
}

extension ServiceError {
    /// The service was too busy, or failed; another attempt may fare better.
    fileprivate var leavesMemberUnprocessed: Bool {
        switch self {
        case .internalServerError, .provisionedThroughputExceededException, .throttlingException: true
        default: false
        }
    }
}
