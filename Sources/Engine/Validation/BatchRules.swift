import Model

/// Counts and sizes of BatchGetItem and BatchWriteItem. Source: reference C5.
enum BatchRules {
    static let duplicateKeys = ServiceError.validationException("Provided list of item keys contains duplicates")

    static func check(_ request: BatchGetItemRequest) throws(ServiceError) {
        if request.requestItems.isEmpty {
            throw .validationException("The requestItems parameter is required for BatchGetItem")
        }
        try ConstraintViolations.check { $0.check(request) }
        if request.requestItems.reduce(0, { $0 + $1.keys.count }) > Limits.batchGetKeys {
            throw .validationException("Too many items requested for the BatchGetItem call")
        }
    }

    static func check(_ request: BatchWriteItemRequest) throws(ServiceError) {
        if request.requestItems.isEmpty {
            throw .validationException("The requestItems parameter is required for BatchWriteItem")
        }
        try ConstraintViolations.check { $0.check(request) }
        if request.requestItems.reduce(0, { $0 + $1.writes.count }) > Limits.batchWriteRequests {
            throw .validationException("Too many items requested for the BatchWriteItem call")
        }
        if size(of: request) > Limits.batchWriteSize {
            throw .invalid("The total size of a BatchWriteItem request is limited to 16 MB")
        }
    }

    /// A BatchGetItem is compared as it was written, before any table is looked up.
    static func checkDuplicates(in table: BatchGetItemRequest.TableKeys) throws(ServiceError) {
        if table.keysDifferAsWritten { return }
        var seen: Set<[UInt8]> = []
        for key in table.keys where !seen.insert(key.withBytes { Array($0) }).inserted { throw duplicateKeys }
    }

    private static func size(of request: BatchWriteItemRequest) -> Int {
        request.requestItems.reduce(0) { sum, table in
            table.writes.reduce(sum) { sum, write in
                switch write {
                case .put(let item): sum + item.size
                case .delete(let key): sum + key.size
                }
            }
        }
    }
}
