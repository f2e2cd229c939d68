import Model

@testable import Engine

/// PartiQL requests in few words. Every call asks for its capacity, arm by arm.
extension Region {
    @discardableResult
    func execute(
        _ statement: String,
        _ parameters: [AttributeValue] = [],
        limit: Int? = nil,
        after token: String? = nil,
        consistent: Bool = false,
        onFailure: ReturnValuesOnConditionCheckFailure = .none
    ) throws(ServiceError) -> ExecuteStatementResponse {
        let request = ExecuteStatementRequest(
            statement: ParameterizedStatement(
                statement: statement,
                parameters: parameters,
                consistentRead: consistent,
                returnValuesOnConditionCheckFailure: onFailure
            ),
            nextToken: token,
            limit: limit,
            returnConsumedCapacity: .indexes
        )
        guard case .executeStatement(let response) = try perform(.executeStatement(request)) else {
            preconditionFailure("a statement")
        }
        return response
    }

    /// All pages of a SELECT, `limit` entries evaluated on each.
    func pages(
        _ statement: String,
        _ parameters: [AttributeValue] = [],
        limit: Int? = nil
    ) throws(ServiceError) -> [[Item]] {
        var pages: [[Item]] = []
        var token: String?
        repeat {
            let page = try execute(statement, parameters, limit: limit, after: token)
            pages.append(page.items)
            token = page.nextToken
        } while token != nil && pages.count < 1_000
        return pages
    }

    func executeBatch(_ statements: [ParameterizedStatement]) throws(ServiceError) -> BatchExecuteStatementResponse {
        let request = BatchExecuteStatementRequest(statements: statements, returnConsumedCapacity: .indexes)
        guard case .batchExecuteStatement(let response) = try perform(.batchExecuteStatement(request)) else {
            preconditionFailure("a batch")
        }
        return response
    }

    @discardableResult
    func executeTransaction(
        _ statements: [ParameterizedStatement],
        token: String? = nil
    ) throws(ServiceError) -> ExecuteTransactionResponse {
        let request = ExecuteTransactionRequest(
            transactStatements: statements,
            clientRequestToken: token,
            returnConsumedCapacity: .indexes
        )
        guard case .executeTransaction(let response) = try perform(.executeTransaction(request)) else {
            preconditionFailure("a transaction")
        }
        return response
    }

    /// How a statement ends and what it costs, refused or not.
    func outcome(
        of statement: String,
        _ parameters: [AttributeValue] = []
    ) -> (error: ServiceError?, arms: [String: Double]?) {
        let request = ExecuteStatementRequest(statement: .init(statement: statement, parameters: parameters))
        var report = RequestReport()
        let error = thrown { () throws(ServiceError) in
            try perform(.executeStatement(request), report: &report)
        }
        return (error, report.consumedCapacity.first?.arms)
    }

    /// Why the statement is refused, or nil when it is not.
    func refusal(
        of statement: String,
        _ parameters: [AttributeValue] = [],
        after token: String? = nil,
        consistent: Bool = false
    ) -> String? {
        message { () throws(ServiceError) in
            try execute(statement, parameters, after: token, consistent: consistent)
        }
    }
}

extension ParameterizedStatement: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) { self.init(statement: text) }
}

extension ExecuteStatementResponse {
    var arms: [String: Double]? { consumedCapacity?.arms }

    /// One attribute of each item.
    func values(of name: String) -> [AttributeValue?] { items.map { $0[name] } }
}
