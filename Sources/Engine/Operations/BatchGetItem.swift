import Expressions
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
        var allowance = BatchGetAllowance()
        var failures = MemberFailures()
        for (tableKeys, tableReads) in zip(request.requestItems, reads) {
            var found: [Item] = []
            var unprocessed: [Item] = []
            for read in tableReads {
                let (partition, item) = read.table.stored(read.key)
                guard allowance.take(item?.size ?? 0, from: partition) else {
                    unprocessed.append(read.key)
                    continue
                }
                journey.fork(at: departure)
                let consistency: RequestReport.Consistency = tableKeys.consistentRead ? .strong : .eventual
                let isRead = try failures.tolerate { () throws(ServiceError) in
                    if let item = try fetch(read, consistency: consistency, router: router, &journey) {
                        found.append(read.projected(item))
                    }
                }
                if !isRead { unprocessed.append(read.key) }
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
        try failures.checkAnySucceeded()
        response.consumedCapacity = journey.report.consumedCapacity.reduced(for: request.returnConsumedCapacity)
        return response
    }

    /// Every member is checked before any table is looked up.
    private func prepare(_ request: BatchGetItemRequest) throws(ServiceError) -> [[ItemRead]] {
        try BatchRules.check(request)
        var references: [TableReference] = []
        for table in request.requestItems {
            references.append(try metadata.reference(to: table.tableName))
            try table.checkParameters()
            for key in table.keys { try ItemRules.checkValues(of: key) }
            try BatchRules.checkDuplicates(in: table)
            _ = try projection(of: table)
        }
        var reads: [[ItemRead]] = []
        for (reference, tableKeys) in zip(references, request.requestItems) {
            let table = try activeTable(reference)
            let projection = try projection(of: tableKeys)
            for key in tableKeys.keys { try table.checkKey(key) }
            try table.checkNestedPaths(of: projection)
            reads.append(tableKeys.keys.map { ItemRead(table: table, key: $0, projection: projection) })
        }
        return reads
    }

    private func projection(of keys: BatchGetItemRequest.TableKeys) throws(ServiceError) -> ProjectionExpression? {
        if let names = keys.attributesToGet { return try ProjectionExpression(attributesToGet: names) }
        return try bindProjection(keys.projectionExpression, names: keys.expressionAttributeNames)
    }
}

/// How much a BatchGetItem may still return: 16 MB in all, 1 MB of one partition. A first item always fits.
private struct BatchGetAllowance {
    private var bytes = 0
    private var bytesByPartition: [ObjectIdentifier: Int] = [:]

    /// Takes an item's size, or leaves everything as it was and answers false.
    mutating func take(_ size: Int, from partition: Partition) -> Bool {
        let ofPartition = bytesByPartition[ObjectIdentifier(partition), default: 0]
        if bytes + size > Limits.batchGetSize { return false }
        if ofPartition > 0, ofPartition + size > Limits.pageSize { return false }
        bytes += size
        bytesByPartition[ObjectIdentifier(partition)] = ofPartition + size
        return true
    }
}
