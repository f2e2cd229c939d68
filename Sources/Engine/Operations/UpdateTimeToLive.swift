import Model

extension Region {
    func updateTimeToLive(
        _ request: UpdateTimeToLiveRequest,
        _ journey: inout Journey
    ) throws(ServiceError) -> TimeToLiveSpecification {
        let router = arrive(&journey)
        try TimeToLiveRules.check(request)
        let table = try controlledTable(request.tableName)
        try UpdateTableRules.checkIsNotBusy(describe(table, at: journey.now))
        try TimeToLiveRules.check(
            request.specification,
            against: table.timeToLive,
            interval: constants.ttlInterval,
            now: journey.now
        )
        if request.specification.enabled {
            let attribute = AttributeName(request.specification.attributeName)
            table.timeToLive.turnOn(by: attribute, seed: simulation.nextStreamSeed(), at: journey.now)
        } else {
            table.timeToLive.turnOff(at: journey.now)
        }
        finish(router, &journey)
        schedule(.timeToLiveChanged(table), after: constants.ttlChange, journey)
        return request.specification
    }
}
