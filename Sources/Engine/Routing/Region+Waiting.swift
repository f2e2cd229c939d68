import Model

/// Requests to watched partitions: they wait in simulated time while messages travel, try again, and give up.
extension Region {
    /// Lets time pass for a request, and everything else happen that is due meanwhile, until the instant or until the
    /// condition fails. Other requests may run in between.
    func wait(until instant: SimulatedInstant, _ journey: inout Journey, while isAwaited: () -> Bool = { true }) {
        simulation.randomness = journey.remainingRandomness
        passTime(through: instant, while: isAwaited)
        journey.resume(with: simulation.randomness)
    }

    /// Waits until a moment, and goes on from there.
    func rest(until instant: SimulatedInstant, _ journey: inout Journey) {
        wait(until: instant, &journey)
        journey.rejoin(at: max(instant, now))
    }

    func rest(microseconds: Int64, _ journey: inout Journey) {
        rest(until: max(journey.now, now).advanced(byMicroseconds: microseconds), &journey)
    }

    /// Takes a request from its router to a replica of a watched partition; false when nothing arrives there. The
    /// router waits for an answer before it gives up.
    func travel(
        to member: Int,
        of group: ReplicationGroup,
        from router: Int,
        _ journey: inout Journey
    ) -> Bool {
        guard let delay = delay(between: router, and: member, of: group, &journey) else {
            journey.traceAgain("routers", "n\(member) does not answer")
            rest(microseconds: constants.attemptTimeout, &journey)
            return false
        }
        rest(microseconds: delay, &journey)
        return true
    }

    /// Takes the answer back; false when it is lost.
    func returnAnswer(
        from member: Int,
        of group: ReplicationGroup,
        to router: Int,
        _ journey: inout Journey
    ) -> Bool {
        guard let delay = delay(between: router, and: member, of: group, &journey) else {
            journey.trace("router \(fleet[router].name)", "the answer of n\(member) is lost")
            rest(microseconds: constants.attemptTimeout, &journey)
            return false
        }
        journey.wait(microseconds: delay)
        finish(router, &journey)
        return true
    }

    private func delay(
        between router: Int,
        and member: Int,
        of group: ReplicationGroup,
        _ journey: inout Journey
    ) -> Int64? {
        let slowness = faultState.effects.slowness(of: group.name(of: member))
        return journey.drawDelay { randomness in
            networkDelay(from: .router(router + 1), to: .node(member), using: &randomness).map { $0 + slowness }
        }
    }

    /// The router that tries next: another one may reach what this one cannot.
    func nextRouter(after router: Int) -> Int {
        (1...fleet.count).map { (router + $0) % fleet.count }.first { fleet[$0].isAlive } ?? router
    }

    func checkPatience(_ journey: Journey) throws(ServiceError) {
        if max(journey.now, now) - journey.start >= constants.requestTimeout { throw Region.noAnswer }
    }

    static let noAnswer = ServiceError.internalServerError("Internal server error")

    // MARK: At the leader

    /// Finds the watched partition of a key and calls `work` at its leader until it gives a result. `work` answers nil
    /// to be called again. Nil when the partition is calm, or has become so: then nothing was done. `first` is where the
    /// router has been led already.
    func atLeader<R>(
        of key: [UInt8],
        in table: Table,
        startingAt first: Partition? = nil,
        router: Int,
        _ journey: inout Journey,
        _ work: (ReplicationGroup, _ position: Int, inout Journey) throws(ServiceError) -> R?
    ) throws(ServiceError) -> R? {
        var routed = first
        return try atLeader(
            of: { router, journey in
                defer { routed = nil }
                return routed
                    ?? journey.untraced { journey in
                        key.withUnsafeBytes { bytes in
                            route(bytes, in: table.partitions, of: table, index: nil, router: router, &journey)
                        }
                    }
            },
            router: router,
            &journey,
            work
        )
    }

    /// The same for a partition that is found anew before each attempt.
    func atLeader<R>(
        of partition: (_ router: Int, inout Journey) -> Partition,
        router: Int,
        _ journey: inout Journey,
        _ work: (ReplicationGroup, _ position: Int, inout Journey) throws(ServiceError) -> R?
    ) throws(ServiceError) -> R? {
        var router = router
        while let group = partition(router, &journey).group {
            if let answer = visitLeader(of: group, router: router, &journey, work) { return try answer.get() }
            router = nextRouter(after: router)
            try checkPatience(journey)
        }
        return nil
    }

    /// One attempt at the leader; nil when it has to be repeated.
    private func visitLeader<R>(
        of group: ReplicationGroup,
        router: Int,
        _ journey: inout Journey,
        _ work: (ReplicationGroup, _ position: Int, inout Journey) throws(ServiceError) -> R?
    ) -> Result<R, ServiceError>? {
        let node = group.leader
        guard travel(to: node, of: group, from: router, &journey) else { return nil }
        guard !group.isOver, let position = group.position(of: node),
            group.members[position].leads(at: now, ignoringLease: constants.sabotage == .ignoresLeases)
        else {
            let isUp = group.position(of: node).map { group.members[$0].isUp } ?? true
            let reason = isUp ? "has no lease to answer under" : "its replica is dead"
            journey.traceAgain("n\(node)", "\(group.partition.label): \(reason)")
            rest(microseconds: constants.attemptTimeout / 4, &journey)
            return nil
        }
        traceLeader(group, position, &journey)
        journey.spend(median: constants.nodeWork)
        let answer: Result<R, ServiceError>
        do throws(ServiceError) {
            guard let result = try work(group, position, &journey) else { return nil }
            answer = .success(result)
        } catch {
            answer = .failure(error)
        }
        return returnAnswer(from: node, of: group, to: router, &journey) ? answer : nil
    }

    private func traceLeader(_ group: ReplicationGroup, _ position: Int, _ journey: inout Journey) {
        guard journey.isTraced else { return }
        let member = group.members[position]
        let left = Double(member.leaseUntil - now) / 1_000_000
        journey.trace(
            "→ \(member.node) (az \(member.zone))",
            "\(group.partition.label) leader, term \(member.term), lease \(Units.text((left * 10).rounded() / 10)) s left"
        )
    }
}
