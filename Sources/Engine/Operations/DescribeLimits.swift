import Model

extension Region {
    func describeLimits(_ journey: inout Journey) throws(ServiceError) -> AccountLimits {
        let router = arrive(&journey)
        finish(router, &journey)
        return AccountLimits(
            accountMaxReadCapacityUnits: Limits.accountThroughput,
            accountMaxWriteCapacityUnits: Limits.accountThroughput,
            tableMaxReadCapacityUnits: Limits.tableThroughput,
            tableMaxWriteCapacityUnits: Limits.tableThroughput
        )
    }
}
