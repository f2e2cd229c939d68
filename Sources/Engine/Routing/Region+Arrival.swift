import Model

/// The door: how a request meets a router.
///
/// ```
/// accept ─► authenticate ─► authorize ─► parse and validate ─► look up ─► admit ─► forward
///            who is it?      may they?    is it well-formed?      where?
/// ```
extension Region {
    /// Takes the request to one of the routers, if it is not there yet.
    func arrive(_ journey: inout Journey) -> Int {
        if let router = journey.router { return router }
        let router = chooseRouter(&journey)
        journey.spend(median: constants.hopWithinZone)
        journey.spend(median: constants.routerWork)
        return router
    }

    /// Any router that lives: callers are led past a dead one.
    private func chooseRouter(_ journey: inout Journey) -> Int {
        let router = journey.chooseReplica()
        if fleet[router].isAlive { return router }
        let other = nextRouter(after: router)
        journey.trace("router \(fleet[router].name)", "does not answer: \(fleet[other].name) takes the request")
        return other
    }

    /// Answers a request that says who sends it, or whose steps are to be seen. Root's take the same time as unseen.
    func receive(
        _ request: Request,
        from caller: Caller?,
        _ journey: inout Journey
    ) throws(ServiceError) -> Response {
        let router = chooseRouter(&journey)
        journey.router = router
        journey.spend(median: constants.hopWithinZone)
        journey.trace("router \(fleet[router].name)", "accept: \(request.operation.rawValue)")
        let work = journey.draw(median: constants.routerWork)
        let share = work / 4
        do throws(ServiceError) {
            journey.wait(microseconds: share)
            journey.identity = try identify(caller, router: router, &journey)
            journey.wait(microseconds: share)
            try permit(request, router: router, &journey)
        } catch {
            finish(router, &journey)
            throw error
        }
        journey.wait(microseconds: work - 2 * share)
        return try validateAndDispatch(request, router: router, &journey)
    }

    /// Nil for root.
    private func identify(
        _ caller: Caller?,
        router: Int,
        _ journey: inout Journey
    ) throws(ServiceError) -> Identity? {
        if let caller { return try authenticate(caller, router: router, &journey) }
        journey.trace("router \(fleet[router].name)", "authenticate: root of account \(accountID), nothing to check")
        return nil
    }

    private func permit(_ request: Request, router: Int, _ journey: inout Journey) throws(ServiceError) {
        if let identity = journey.identity { return try authorize(request, by: identity, router: router, &journey) }
        journey.trace("router \(fleet[router].name)", "authorize: root may do everything")
    }

    /// Whether the request was well-formed is known when it got further than the checks: its step is put in then.
    private func validateAndDispatch(
        _ request: Request,
        router: Int,
        _ journey: inout Journey
    ) throws(ServiceError) -> Response {
        let position = journey.report.trace.count
        var step = TraceStep(
            offsetMicroseconds: journey.now - journey.start,
            place: "router \(fleet[router].name)",
            text: "parse and validate: well-formed"
        )
        defer { if journey.isTraced { journey.report.trace.insert(step, at: position) } }
        do throws(ServiceError) {
            return try dispatch(request, &journey)
        } catch {
            if journey.report.trace.count == position { step.text = "parse and validate: refused, \(error.name)" }
            throw error
        }
    }

    /// What the partition that the request goes to has left to spend.
    func traceAdmission(to partition: Partition, router: Int, _ journey: inout Journey) {
        guard journey.isTraced else { return }
        let spent = partition.meter.units(inSecond: ThroughputMeter.second(of: journey.now))
        let text =
            switch journey.report.kind {
            case .read: "\(Units.text(spent.read)) of 3000 read"
            case .write: "\(Units.text(spent.write)) of 1000 write"
            }
        journey.trace(
            "router \(fleet[router].name)",
            "admission: \(partition.label) has served \(text) units this second; admitted"
        )
    }
}
