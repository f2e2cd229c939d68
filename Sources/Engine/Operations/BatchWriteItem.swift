import Model

extension Region {
    func batchWriteItem(
        _ request: BatchWriteItemRequest,
        _ journey: inout Journey
    ) throws(ServiceError) -> BatchWriteItemResponse {
        let router = arrive(&journey)
        let writes = try prepare(request)
        var response = BatchWriteItemResponse()
        var failures = MemberFailures()
        let departure = journey.now
        var arrival = departure
        for (tableWrites, prepared) in zip(request.requestItems, writes) {
            var metrics: [ItemCollectionMetrics] = []
            var unprocessed: [BatchWriteItemRequest.Write] = []
            for (position, write) in prepared.enumerated() {
                journey.fork(at: departure)
                let isWritten = try failures.tolerate { () throws(ServiceError) in
                    _ = try perform(write, router: router, &journey)
                }
                arrival = max(arrival, journey.now)
                if !isWritten {
                    unprocessed.append(tableWrites.writes[position])
                    continue
                }
                if let row = itemCollectionMetrics(
                    for: write.key,
                    in: write.table,
                    request.returnItemCollectionMetrics
                ),
                    !metrics.contains(row)
                {
                    metrics.append(row)
                }
            }
            if !metrics.isEmpty {
                response.itemCollectionMetrics.append((tableName: tableWrites.tableName, metrics: metrics))
            }
            if !unprocessed.isEmpty {
                response.unprocessedItems.append(.init(tableName: tableWrites.tableName, writes: unprocessed))
            }
        }
        journey.rejoin(at: arrival)
        try failures.checkAnySucceeded()
        response.consumedCapacity = journey.report.consumedCapacity.reduced(for: request.returnConsumedCapacity)
        return response
    }

    /// Every member is checked before any table is looked up, and all of them before anything is written.
    private func prepare(_ request: BatchWriteItemRequest) throws(ServiceError) -> [[ItemWrite]] {
        try BatchRules.check(request)
        var references: [TableReference] = []
        for table in request.requestItems {
            references.append(try metadata.reference(to: table.tableName))
            for write in table.writes {
                switch write {
                case .put(let item):
                    try ItemRules.checkValues(of: item)
                    try ItemRules.checkSize(ofPut: item)
                case .delete(let key):
                    try ItemRules.checkValues(of: key)
                }
            }
        }
        var prepared: [[ItemWrite]] = []
        for (reference, tableWrites) in zip(references, request.requestItems) {
            let table = try activeTable(reference)
            var seen: Set<[UInt8]> = []
            var writes: [ItemWrite] = []
            for write in tableWrites.writes {
                let made = try table.unconditional(write)
                if !seen.insert(table.storageKey(of: made.key)).inserted { throw BatchRules.duplicateKeys }
                writes.append(made)
            }
            prepared.append(writes)
        }
        return prepared
    }
}

extension Table {
    /// In a batch, a put item whose keys do not fit is told so in the words of a key parameter.
    fileprivate func unconditional(_ write: BatchWriteItemRequest.Write) throws(ServiceError) -> ItemWrite {
        switch write {
        case .put(let item):
            try checkKey(item.projected(to: key.attributes.map(\.attribute)))
            try checkPutItem(item)
            return ItemWrite(
                table: self,
                key: item,
                effect: .put(item),
                condition: nil,
                returnsItemOnFailure: false
            )
        case .delete(let key):
            try checkKey(key)
            return ItemWrite(table: self, key: key, effect: .delete, condition: nil, returnsItemOnFailure: false)
        }
    }
}
