import Model

/// The control plane's care for a group: replicas that are dead for long get others in their place.
///
/// ```
/// dead ── 3 s ──► a log replica stands in: two votes again without the dead one
///      ── 180 s ─► the stand-in has been filled and takes the seat; the dead replica, when it returns, is dropped
/// back before ──► it catches up and takes its seat again; the stand-in goes
/// ```
/// Who votes changes by one node at a time, through records in the log, so that majorities before and after overlap.
extension Region {
    func heal(_ group: ReplicationGroup) {
        guard let position = group.readyLeader(at: now) else { return }
        for seat in group.seats.indices { tend(seat, of: group, leader: position) }
        guard let position = group.readyLeader(at: now) else { return }
        changeVoters(of: group, leader: position)
        dropStrangers(from: group, leader: position)
    }

    private func tend(_ number: Int, of group: ReplicationGroup, leader: Int) {
        let seat = group.seats[number]
        let isUp = group.position(of: seat.holder).map { group.members[$0].isUp } ?? false
        if isUp {
            group.seats[number].deadSince = nil
            if let standIn = seat.standIn, hasReturned(seat.holder, to: group, leader: leader) {
                note("\(group.title): n\(seat.holder) is back; its stand-in n\(standIn) goes")
                group.seats[number].standIn = nil
            }
            return
        }
        guard let deadSince = seat.deadSince else {
            group.seats[number].deadSince = now
            return
        }
        let deadFor = now - deadSince
        guard let standIn = seat.standIn else {
            if deadFor >= constants.logReplicaDelay { callStandIn(number, of: group, leader: leader) }
            return
        }
        guard let position = group.position(of: standIn) else {
            group.seats[number].standIn = nil
            return
        }
        if !group.members[position].isUp {
            // The stand-in died, too: another one is called.
            group.seats[number].standIn = nil
            return
        }
        if deadFor >= constants.healing { fill(number, of: group, position, leader: leader) }
    }

    private func hasReturned(_ node: Int, to group: ReplicationGroup, leader: Int) -> Bool {
        group.position(of: node).map { group.members[$0].isSound } ?? false
            && group.members[leader].hasCaughtUp(node)
    }

    private func callStandIn(_ number: Int, of group: ReplicationGroup, leader: Int) {
        let seat = group.seats[number]
        guard let dead = group.position(of: seat.holder) else { return }
        let zone = group.members[dead].zone
        guard let node = placeStandIn(for: group, in: zone) else { return }
        let place = Place.node(node.number)
        var member = GroupMember(
            node: node,
            zone: place.zone,
            kind: .log,
            state: ReplicaState(
                log: WriteAheadLog(),
                term: 0,
                appliedIndex: 0,
                trees: ReplicaTrees(localIndexes: group.partition.localIndexes),
                voters: []
            ),
            term: 0,
            cursorSeed: simulation.nextStreamSeed(),
            at: now
        )
        member.becomeEmpty(at: now)
        group.members.append(member)
        group.members[leader].include(node.number)
        group.seats[number].standIn = node.number
        note("\(group.title): log replica on \(node) (zone \(place.zone)) stands in for n\(seat.holder)")
    }

    /// The stand-in asks for the trees; once it has them it takes the seat.
    private func fill(_ number: Int, of group: ReplicationGroup, _ position: Int, leader: Int) {
        if group.members[position].kind == .log {
            group.members[position].becomeFull()
            return
        }
        let standIn = group.members[position].id
        guard group.members[position].isSound, group.members[leader].hasCaughtUp(standIn) else { return }
        let former = group.seats[number].holder
        group.seats[number] = ReplicationGroup.Seat(holder: standIn)
        note("\(group.title): full replica on n\(standIn) has taken the place of n\(former)")
        mapChanged(of: group)
    }

    // MARK: Votes

    /// Moves one step from who votes to who should.
    private func changeVoters(of group: ReplicationGroup, leader: Int) {
        let member = group.members[leader]
        guard member.state.hasSettledVoters else { return }
        let wanted = group.seats.map { seat in
            guard let standIn = seat.standIn, member.hasCaughtUp(standIn) || member.state.voters.contains(standIn)
            else {
                return seat.holder
            }
            return standIn
        }
        let voters = member.state.voters
        if !wanted.contains(member.id) {
            guard let heir = wanted.first(where: { member.hasCaughtUp($0) && voters.contains($0) }) else { return }
            carryOut(group.members[leader].handOver(to: heir), of: member.id, in: group)
            return
        }
        if let leaving = voters.first(where: { !wanted.contains($0) }) {
            propose(voters.filter { $0 != leaving }, in: group, leader: leader)
        } else if let joining = wanted.first(where: { !voters.contains($0) }), member.hasCaughtUp(joining) {
            propose(voters + [joining], in: group, leader: leader)
        }
    }

    private func propose(_ voters: [Int], in group: ReplicationGroup, leader: Int) {
        append(.voters(voters), request: 0, key: LogRecord.noKey, old: nil, new: nil, at: leader, in: group)
    }

    /// Members without a seat that vote no more are given up.
    private func dropStrangers(from group: ReplicationGroup, leader: Int) {
        let state = group.members[leader].state
        guard state.hasSettledVoters else { return }
        let kept = Set(group.seats.flatMap { [$0.holder, $0.standIn].compactMap { $0 } } + state.voters)
        let leaderNode = group.members[leader].id
        for stranger in group.members.map(\.id) where !kept.contains(stranger) && stranger != leaderNode {
            group.members.removeAll { $0.id == stranger }
            for position in group.members.indices { group.members[position].exclude(stranger) }
        }
    }

    /// Stand-ins are no replicas yet, but each takes its node's room.
    private func placementWithStandIns() -> Placement {
        var loads = storageNodes.loads()
        for standIn in groups.flatMap(\.seats).compactMap(\.standIn) { loads[standIn - 1].replicas += 1 }
        return Placement(nodes: storageNodes.nodes, loads: loads, limits: constants.nodeLimits)
    }

    /// A node that lives and has no replica of the partition: of the zone if it has one.
    private func placeStandIn(for group: ReplicationGroup, in zone: Zone) -> StorageNodeName? {
        let taken = Set(group.members.map(\.id))
        let excluded = storageNodes.nodes.map(\.name).filter { node in
            taken.contains(node.number) || faultState.effects.touches(.node(node.number))
        }
        let placement = placementWithStandIns()
        for zone in [zone] + Zone.allCases.filter({ $0 != zone }) {
            if let node = placement.nodeToStandIn(in: zone, except: excluded) { return node }
        }
        return nil
    }
}
