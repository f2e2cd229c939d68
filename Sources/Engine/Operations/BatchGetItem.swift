import Model

extension Region {
    func batchGetItem(
        _ request: BatchGetItemRequest,
        _ journey: inout Journey
    ) throws(ServiceError) -> BatchGetItemResponse {
        let router = arrive(&journey)
        let reads = try prepare(request)
        var response = BatchGetItemResponse(responses: [])
        let departure = journey.now
        var arrival = departure
        var returnedBytes = 0
        for (tableKeys, tableReads) in zip(request.requestItems, reads) {
            var found: [Item] = []
            var unprocessed: [Item] = []
            for read in tableReads {
                if returnedBytes >= Limits.batchGetSize {
                    unprocessed.append(read.key)
                    continue
                }
                journey.fork(at: departure)
                let consistency: RequestReport.Consistency = tableKeys.consistentRead ? .strong : .eventual
                if let item = fetch(read, consistency: consistency, router: router, &journey) {
                    if returnedBytes + item.size > Limits.batchGetSize {
                        unprocessed.append(read.key)
                    } else if let projected = read.projected(item) {
                        found.append(projected)
                    }
                    returnedBytes += item.size
                }
                arrival = max(arrival, journey.now)
            }
            response.responses.append(.init(tableName: tableKeys.tableName, items: found))
            if !unprocessed.isEmpty {
                var rest = tableKeys
                rest.keys = unprocessed
                response.unprocessedKeys.append(rest)
            }
        }
        journey.rejoin(at: arrival)
        response.consumedCapacity = journey.report.consumedCapacity.reduced(for: request.returnConsumedCapacity)
        return response
    }

    /// Every member is checked before any table is looked up.
    private func prepare(_ request: BatchGetItemRequest) throws(ServiceError) -> [[ItemRead]] {
        try BatchRules.check(request)
        var references: [TableReference] = []
        for table in request.requestItems {
            references.append(try metadata.reference(to: table.tableName))
            for key in table.keys { try ItemRules.checkValues(of: key) }
            _ = try bindProjection(table.projectionExpression, names: table.expressionAttributeNames)
        }
        var reads: [[ItemRead]] = []
        for (reference, tableKeys) in zip(references, request.requestItems) {
            let table = try activeTable(reference)
            let projection = try bindProjection(
                tableKeys.projectionExpression,
                names: tableKeys.expressionAttributeNames
            )
            var seen: Set<[UInt8]> = []
            for key in tableKeys.keys {
                try table.checkKey(key)
                if !seen.insert(table.storageKey(of: key)).inserted { throw BatchRules.duplicateKeys }
            }
            reads.append(tableKeys.keys.map { ItemRead(table: table, key: $0, projection: projection) })
        }
        return reads
    }
}
