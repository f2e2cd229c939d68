import Model

/// The shape of transactions: counts, token, total size. Source: reference C5 "transaction shape", G2.
enum TransactionRules {
    static let repeatedItem = ServiceError.validationException(
        "Transaction request cannot include multiple operations on one item"
    )
    static let tooLarge = ServiceError.validationException(
        "Collection size of items exceeded, which can also be caused by the aggregate size of the items in the "
            + "transaction exceeding the 4MB limit"
    )

    static func check(_ request: TransactWriteItemsRequest) throws(ServiceError) {
        try ConstraintViolations.check { $0.check(request) }
        try checkSize(request.transactItems.reduce(0) { $0 + size(of: $1) })
    }

    /// `bytes` is the sum of the items a transaction reads or writes.
    static func checkSize(_ bytes: Int) throws(ServiceError) {
        if bytes > Limits.transactionSize { throw tooLarge }
    }

    private static func size(of action: TransactWriteAction) -> Int {
        switch action {
        case .put(let request): request.item.size
        case .update(let request): request.key.size
        case .delete(let request): request.key.size
        case .conditionCheck(let request): request.key.size
        }
    }
}
