import Model
import PartiQL

extension Region {
    func executeTransaction(
        _ request: ExecuteTransactionRequest,
        _ journey: inout Journey
    ) throws(ServiceError) -> ExecuteTransactionResponse {
        let router = arrive(&journey)
        try TransactionRules.check(request)
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
        var reads: [ItemRead] = []
        var filters: [PartiQLCondition?] = []
        var writes: [ItemWrite] = []
        for (index, statement) in request.transactStatements.enumerated() {
            switch try plan(statement) {
            case .select(let select):
                reads.append(try select.transactionalRead(at: index))
                filters.append(select.access.filter)
            case .write(let write, let returning, _):
                if returning != nil {
                    throw .validationException(
                        "Validation failed in TransactStatements[\(index)]: RETURNING clause is not supported in "
                            + "ExecuteTransaction."
                    )
                }
                writes.append(write)
            case .check(let write):
                if write.condition == nil {
                    throw .validationException(
                        "Validation failed in TransactStatements[\(index)]: EXISTS must have one condition beside the "
                            + "primary key."
                    )
                }
                writes.append(write)
            }
        }
        if writes.isEmpty {
            let items = try readTogether(reads, filters: filters, router: router, &journey)
            return answer(items, request, journey)
        }
        try TransactionRules.checkSize(writes.reduce(0) { $0 + $1.key.size })
        let recall = request.clientRequestToken.map { token in
            TransactionRecall(
                token: token,
                request: .executeTransaction(request),
                response: .executeTransaction(
                    ExecuteTransactionResponse(responses: Array(repeating: nil, count: writes.count))
                )
            )
        }
        let outcome = try run(writes.map { .write($0) }, recall: recall, router: router, &journey)
        let response = answer(Array(repeating: nil, count: writes.count), request, journey)
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
}

extension SelectPlan {
    fileprivate func transactionalRead(at index: Int) throws(ServiceError) -> ItemRead {
        let place = "Validation failed in TransactStatements[\(index)]: "
        if target.definition != nil {
            throw .validationException(place + "Reads on indices are not supported within transactions.")
        }
        guard let key else {
            throw .validationException(
                place + "Select statements within ExecuteTransaction must specify the primary key in the where clause."
            )
        }
        return ItemRead(table: target.table, key: key, projection: projection)
    }
}
