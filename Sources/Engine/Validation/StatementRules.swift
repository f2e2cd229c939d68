import Model

/// Lengths and counts of the PartiQL calls; the statements themselves are read elsewhere. Source: reference B1.
enum StatementRules {
    static func check(_ request: ExecuteStatementRequest) throws(ServiceError) {
        var violations = ConstraintViolations()
        violations.check(request)
        try violations.check()
    }

    static func check(_ request: BatchExecuteStatementRequest) throws(ServiceError) {
        var violations = ConstraintViolations()
        violations.check(request)
        try violations.check()
    }
}
