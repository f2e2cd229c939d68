import Model

extension Region {
    func executeStatement(
        _ request: ExecuteStatementRequest,
        _ journey: inout Journey
    ) throws(ServiceError) -> ExecuteStatementResponse {
        throw .validationException("stub")
    }
    func batchExecuteStatement(
        _ request: BatchExecuteStatementRequest,
        _ journey: inout Journey
    ) throws(ServiceError) -> BatchExecuteStatementResponse {
        throw .validationException("stub")
    }
    func executeTransaction(
        _ request: ExecuteTransactionRequest,
        _ journey: inout Journey
    ) throws(ServiceError) -> ExecuteTransactionResponse {
        throw .validationException("stub")
    }
    func explain(_ request: ExecuteStatementRequest) throws(ServiceError) -> Explanation {
        throw .validationException("stub")
    }
}
