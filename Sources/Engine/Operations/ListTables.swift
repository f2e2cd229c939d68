import Model

extension Region {
    func listTables(_ request: ListTablesRequest, _ journey: inout Journey) throws(ServiceError) -> ListTablesResponse {
        let router = arrive(&journey)
        try ConstraintViolations.check { $0.check(request) }
        finish(router, &journey)
        let names = metadata.tableNames.drop { name in
            guard let start = request.exclusiveStartTableName else { return false }
            return !start.bytesPrecede(name)
        }
        let page = names.prefix(request.limit ?? Limits.listTablesNames)
        return ListTablesResponse(
            tableNames: Array(page),
            lastEvaluatedTableName: page.count < names.count ? page.last : nil
        )
    }
}
