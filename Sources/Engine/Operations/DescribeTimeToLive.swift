import Model

extension Region {
    func describeTimeToLive(
        _ request: DescribeTimeToLiveRequest,
        _ journey: inout Journey
    ) throws(ServiceError) -> TimeToLiveDescription {
        let router = arrive(&journey)
        let table = try controlledTable(request.tableName)
        if table.status == .creating { throw TimeToLiveRules.tableIsBeingCreated }
        finish(router, &journey)
        return table.timeToLive.description
    }
}
