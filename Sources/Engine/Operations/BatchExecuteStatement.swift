import Model
import PartiQL

extension Region {
    /// Every statement by itself: one that fails leaves the others alone.
    func batchExecuteStatement(
        _ request: BatchExecuteStatementRequest,
        _ journey: inout Journey
    ) throws(ServiceError) -> BatchExecuteStatementResponse {
        let router = arrive(&journey)
        try ConstraintViolations.check { $0.check(request) }
        try checkKinds(
            request.statements,
            "Read and write requests together in the same batch is not supported."
        )
        let departure = journey.now
        var arrival = departure
        var results: [BatchExecuteStatementResponse.Result] = []
        for statement in request.statements {
            journey.fork(at: departure)
            results.append(execute(statement, router: router, &journey))
            arrival = max(arrival, journey.now)
        }
        journey.rejoin(at: arrival)
        return BatchExecuteStatementResponse(
            responses: results,
            consumedCapacity: journey.report.consumedCapacity.reduced(for: request.returnConsumedCapacity)
        )
    }

    /// Throws when reads and writes are mixed. Statements that cannot be read are judged later, each by itself.
    func checkKinds(_ requests: [ParameterizedStatement], _ message: String) throws(ServiceError) {
        var sawRead = false
        var sawWrite = false
        for request in requests {
            guard let statement = try? statements.statement(request.statement) else { continue }
            if statement.isRead { sawRead = true } else { sawWrite = true }
        }
        if sawRead, sawWrite { throw .validationException(message) }
    }

    private func execute(
        _ statement: ParameterizedStatement,
        router: Int,
        _ journey: inout Journey
    ) -> BatchExecuteStatementResponse.Result {
        var table: String?
        do throws(ServiceError) {
            try authorize(statement, in: .batchExecuteStatement, journey)
            let plan = try plan(statement)
            table = plan.tableName
            switch plan {
            case .select(let select):
                guard let key = select.key else {
                    throw .validationException(
                        "Select statements within BatchExecuteStatement must specify the primary key in the where clause."
                    )
                }
                let read = ItemRead(table: select.target.table, key: key, projection: select.projection)
                let consistency: RequestReport.Consistency = select.isConsistent ? .strong : .eventual
                let item = try fetch(read, consistency: consistency, router: router, &journey)
                    .flatMap { select.access.filter?.isTrue(for: $0) ?? true ? $0 : nil }
                return .init(item: item.map { read.projected($0) }, tableName: table)
            case .write(let write, let returning, let update):
                let outcome = try perform(write, router: router, &journey)
                return .init(item: returned(returning, outcome, update), tableName: table)
            case .check:
                throw .validationException("Unsupported operation: EXISTS can only be used in ExecuteTransaction")
            }
        } catch {
            return .init(error: error.batchFailure, tableName: table)
        }
    }
}

extension ServiceError {
    /// How a member of BatchExecuteStatement tells its failure.
    fileprivate var batchFailure: BatchExecuteStatementResponse.Failure {
        switch self {
        case .conditionalCheckFailedException(let item):
            .init(code: "ConditionalCheckFailed", message: message, item: item)
        case .itemCollectionSizeLimitExceededException:
            .init(code: "ItemCollectionSizeLimitExceeded", message: message)
        case .validationException: .init(code: "ValidationError", message: message)
        case .provisionedThroughputExceededException:
            .init(code: "ProvisionedThroughputExceeded", message: message)
        case .transactionConflictException: .init(code: "TransactionConflict", message: message)
        case .throttlingException: .init(code: "ThrottlingError", message: message)
        case .resourceNotFoundException: .init(code: "ResourceNotFound", message: message)
        case .accessDeniedException: .init(code: "AccessDenied", message: message)
        case .duplicateItemException: .init(code: "DuplicateItem", message: message)
        case .internalServerError, .unrecognizedClientException, .invalidSignatureException,
            .resourceInUseException, .limitExceededException, .transactionCanceledException,
            .transactionInProgressException, .idempotentParameterMismatchException, .expiredIteratorException,
            .trimmedDataAccessException, .policyNotFoundException, .missingAuthenticationTokenException,
            .incompleteSignatureException, .unknownOperationException:
            .init(code: "InternalServerError", message: message)
        }
    }
}
