import Model

/// Paging parameters of ListTables.
enum ListTablesRules {
    static func check(_ request: ListTablesRequest) throws(ServiceError) {
        var violations = ConstraintViolations()
        violations.check(request)
        try violations.check()
    }
}
