import Model
import PartiQL

extension Region {
    func executeTransaction(
        _ request: ExecuteTransactionRequest,
        _ journey: inout Journey
    ) throws(ServiceError) -> ExecuteTransactionResponse {
        let router = arrive(&journey)
        try ConstraintViolations.check { $0.check(request) }
        if let token = request.clientRequestToken,
            let known = try replay(.executeTransaction(request), token: token, router: router, &journey),
            case .executeTransaction(var response) = known
        {
            response.consumedCapacity = journey.report.consumedCapacity.reduced(for: request.returnConsumedCapacity)
            return response
        }
        try checkKinds(
            request.transactStatements,
            "ExecuteTransaction API does not support both read and write operations in the same request."
        )
        return try statements.statement(request.transactStatements[0].statement).isRead
            ? try readTogether(request, router: router, &journey)
            : try writeTogether(request, router: router, &journey)
    }

    private func readTogether(
        _ request: ExecuteTransactionRequest,
        router: Int,
        _ journey: inout Journey
    ) throws(ServiceError) -> ExecuteTransactionResponse {
        var reads: [ItemRead] = []
        var filters: [PartiQLCondition?] = []
        var reasons: [CancellationReason] = []
        for (index, statement) in request.transactStatements.enumerated() {
            switch try prepare(statement) {
            case .refused(_, let reason): reasons.append(reason)
            case .planned(.select(let select)):
                reads.append(try select.transactionalRead(at: index))
                filters.append(select.access.filter)
                reasons.append(.none)
            case .planned: preconditionFailure("reads and writes are not mixed")
            }
        }
        if reasons.contains(where: { $0.code != .none }) { throw .transactionCanceledException(reasons: reasons) }
        let items = try readTogether(reads, filters: filters, router: router, &journey)
        return answer(items, request, journey)
    }

    private func writeTogether(
        _ request: ExecuteTransactionRequest,
        router: Int,
        _ journey: inout Journey
    ) throws(ServiceError) -> ExecuteTransactionResponse {
        var actions: [PreparedAction] = []
        for (index, statement) in request.transactStatements.enumerated() {
            switch try prepare(statement) {
            case .refused(let table, let reason): actions.append(.refused(table, reason))
            case .planned(let plan): actions.append(.write(try plan.transactionalWrite(at: index)))
            }
        }
        try TransactionRules.checkSize(
            actions.reduce(0) { if case .write(let write) = $1 { $0 + write.key.size } else { $0 } }
        )
        let nothing: [Item?] = Array(repeating: nil, count: actions.count)
        let recall = request.clientRequestToken.map { token in
            TransactionRecall(
                token: token,
                request: .executeTransaction(request),
                response: .executeTransaction(ExecuteTransactionResponse(responses: nothing))
            )
        }
        let outcome = try run(actions, recall: recall, router: router, &journey)
        let response = answer(nothing, request, journey)
        if var recall {
            recall.response = .executeTransaction(response)
            remember(recall, outcome, &journey)
        }
        return response
    }

    private func answer(
        _ items: [Item?],
        _ request: ExecuteTransactionRequest,
        _ journey: Journey
    ) -> ExecuteTransactionResponse {
        ExecuteTransactionResponse(
            responses: items,
            consumedCapacity: journey.report.consumedCapacity.reduced(for: request.returnConsumedCapacity)
        )
    }

    // MARK: Members

    /// A statement as far as it can be judged without its item.
    private enum PreparedStatement {
        case planned(StatementPlan)
        /// Its key does not fit the table: a reason to cancel, not an error of the request.
        case refused(Table, CancellationReason)
    }

    private func prepare(_ request: ParameterizedStatement) throws(ServiceError) -> PreparedStatement {
        do throws(ServiceError) {
            return .planned(try plan(request))
        } catch {
            if let table = try? tableOfMisfit(request) { return .refused(table, CancellationReason(error)) }
            throw error
        }
    }

    /// The table that the statement's key does not fit. Nil when the key fits, throws when it is not even that far.
    private func tableOfMisfit(_ request: ParameterizedStatement) throws(ServiceError) -> Table? {
        let statement = try statements.statement(request.statement).bound(to: request.parameters)
        if statement.source.index != nil { return nil }
        let table = try activeTable(metadata.reference(to: statement.source.table))
        let key: Item
        switch statement {
        case .insert(let insert):
            key = insert.item
            try ItemRules.checkValues(of: key)
            try ItemRules.checkSize(ofPut: key)
        case .update(let update): key = try update.target(for: table.key).key
        case .delete(let delete): key = try delete.target(for: table.key).key
        case .select(let select), .exists(let select): key = try select.target(for: table.key).key
        }
        let isKeyParameter = if case .insert = statement { false } else { true }
        return ItemRules.isMisfit(key, schema: table.key, isKeyParameter: isKeyParameter) ? table : nil
    }
}

extension StatementPlan {
    fileprivate func transactionalWrite(at index: Int) throws(ServiceError) -> ItemWrite {
        switch self {
        case .select: preconditionFailure("reads and writes are not mixed")
        case .write(let write, let returning, _):
            if returning != nil {
                throw .failed(at: index, "RETURNING clause is not supported in ExecuteTransaction.")
            }
            return write
        case .check(let write):
            if write.condition == nil {
                throw .failed(at: index, "EXISTS must have one condition beside the primary key.")
            }
            return write
        }
    }
}

extension SelectPlan {
    fileprivate func transactionalRead(at index: Int) throws(ServiceError) -> ItemRead {
        if target.definition != nil {
            throw .failed(at: index, "Reads on indices are not supported within transactions.")
        }
        guard let key else {
            throw .failed(
                at: index,
                "Select statements within ExecuteTransaction must specify the primary key in the where clause."
            )
        }
        return ItemRead(table: target.table, key: key, projection: projection)
    }
}

extension ServiceError {
    /// What a transaction cannot do with one of its statements.
    fileprivate static func failed(at index: Int, _ text: String) -> ServiceError {
        .validationException("Validation failed in TransactStatements[\(index)]: \(text)")
    }
}
