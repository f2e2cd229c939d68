import Model

/// Keeps watched partitions going: their messages, their clocks, and what their members want done.
extension Region {
    /// A message on its way to a replica.
    struct Delivery {
        let group: ReplicationGroup
        let message: ReplicationMessage
        let sender: Int
        let receiver: Int
    }

    private static let tickInterval: Int64 = 100_000
    /// Nobody sends a request again after so long; its record may be forgotten.
    private static let requestMemory: Int64 = 15_000_000

    // MARK: From calm to watched, and back

    /// Gives a calm partition's replicas states of their own, as they are now.
    @discardableResult
    func watch(_ partition: Partition, of table: Table, index: GlobalIndex?) -> ReplicationGroup {
        if let group = partition.group { return group }
        if index == nil { table.stream?.catchUp(with: partition, through: now, constants) }
        let voters = partition.replicas.map(\.node.number)
        let members = partition.replicas.indices.map { position in
            let replica = partition.replicas[position]
            var member = GroupMember(
                node: replica.node,
                zone: replica.zone,
                kind: .full,
                state: partition.state(of: position, voters: voters, on: now, lag: constants.followerLag),
                term: partition.term,
                cursorSeed: simulation.nextStreamSeed(),
                at: now
            )
            if position == partition.leader {
                member.lead(from: now, lease: constants.lease, members: voters)
            } else {
                member.follow(voters[partition.leader], from: now, lease: constants.lease)
            }
            return member
        }
        let group = ReplicationGroup(
            table: table,
            index: index,
            partition: partition,
            members: members,
            leader: voters[partition.leader],
            at: now
        )
        partition.group = group
        feelFaults(group)
        simulation.events.schedule(.tick(group), at: now)
        return group
    }

    /// Watches every partition that has something broken near it. Called whenever faults or partitions change.
    func watchNearFaults() {
        if faultState.isEmpty { return }
        for name in metadata.tableNames {
            guard let table = metadata[name] else { continue }
            for partition in table.partitions where isNearFault(partition, of: table) {
                watch(partition, of: table, index: nil)
            }
            for index in table.globalIndexes {
                for partition in index.partitions where isNearFault(partition, of: table) {
                    watch(partition, of: table, index: index)
                }
            }
        }
    }

    private func isNearFault(_ partition: Partition, of table: Table) -> Bool {
        partition.group == nil
            && partition.replicas.contains { isNearFault($0.node.number, partition.label, of: table) }
    }

    private func isNearFault(_ node: Int, _ label: PartitionLabel, of table: Table) -> Bool {
        faultState.effects.touches(.node(node))
            || faultState.effects.touches(
                Faults.ReplicaName(table: table.name, label: ReplicaLabel(partition: label, node: node))
            )
    }

    /// The group's work is over, however far it has come: its leader's committed state is the partition's.
    func giveUp(_ group: ReplicationGroup) {
        group.isOver = true
        group.partition.becomeCalm(group, at: now)
    }

    /// Others lead or host the partition: routers have to learn it.
    func mapChanged(of group: ReplicationGroup) {
        group.table.mapChanged(of: group.partition, on: now, push: constants.mapPush)
    }

    // MARK: Time

    func tick(_ group: ReplicationGroup) {
        if group.isOver { return }
        for position in group.members.indices {
            let member = group.members[position]
            let jitter = Int64(Randomness.draw(simulation.seed, UInt64(member.id), UInt64(member.term)) % 400_000)
            carryOut(group.members[position].tick(at: now, constants, jitter: jitter), of: member.id, in: group)
        }
        for position in group.members.indices { catchUp(position, in: group) }
        scrubIfDue(group)
        heal(group)
        if let index = group.index { index.propagate(through: now, constants: constants) }
        trimLogs(of: group)
        let isNear = group.members.contains { isNearFault($0.id, group.partition.label, of: group.table) }
        if !isNear, !isVisited(group), group.hasSettled(at: now) {
            giveUp(group)
            endRepairedCorruption()
        } else {
            simulation.events.schedule(.tick(group), at: now.advanced(byMicroseconds: Region.tickInterval))
        }
    }

    /// Lets a member apply what is due.
    func catchUp(_ position: Int, in group: ReplicationGroup) {
        carryOut(
            group.members[position].catchUp(through: now, constants),
            of: group.members[position].id,
            in: group
        )
    }

    private func scrubIfDue(_ group: ReplicationGroup) {
        guard now - group.scrubbedAt >= constants.scrubInterval else { return }
        scrub(group)
    }

    /// A member has been found to keep something else than was written: it has to ask for another state.
    func foundDamage(at position: Int, in group: ReplicationGroup) {
        carryOut(group.members[position].findDamage(at: now), of: group.members[position].id, in: group)
    }

    /// Every replica compares itself with its checksums now.
    func scrub(_ group: ReplicationGroup) {
        group.scrubbedAt = now
        for position in group.members.indices {
            carryOut(group.members[position].scrub(at: now), of: group.members[position].id, in: group)
        }
    }

    private func trimLogs(of group: ReplicationGroup) {
        group.partition.split?.catchUp(with: group.partition)
        guard group.members.contains(where: { $0.state.log.count > constants.logRecordsKept }) else { return }
        if group.index == nil { group.table.stream?.catchUp(with: group.partition, through: now, constants) }
        let followed = group.table.followedIndex(of: group.partition, index: group.index)
        for position in group.members.indices {
            let log = group.members[position].state.log
            guard log.count > constants.logRecordsKept else { continue }
            var through = min(log.lastIndex - UInt64(constants.logRecordsKept), followed)
            while through >= log.firstIndex, now - log[through].committedAt < Region.requestMemory { through -= 1 }
            group.members[position].state.drop(through: through)
        }
    }

    // MARK: Messages

    func deliver(_ delivery: Delivery) {
        let group = delivery.group
        guard !group.isOver, let position = group.position(of: delivery.receiver), group.members[position].isUp else {
            return
        }
        let actions = group.members[position].receive(delivery.message, from: delivery.sender, at: now, constants)
        carryOut(actions, of: delivery.receiver, in: group)
    }

    func carryOut(_ actions: [GroupMember.Action], of node: Int, in group: ReplicationGroup) {
        for action in actions {
            switch action {
            case .send(let message, let receiver, let disk):
                send(message, from: node, to: receiver, after: disk, in: group)
            case .elected: beginTerm(of: node, in: group)
            case .committed:
                group.tellCommitted(by: node, at: now)
                // What waits for this entry of an index can go on.
                if let index = group.index { index.propagate(through: now, constants: constants) }
            case .suspicionAllayed:
                note("\(group.title): n\(node) hears no leader, its peers do: no election")
            case .foundDamage:
                note("\(group.title): n\(node) found its data damaged and asks its peers for theirs")
                group.abandonWaiters(at: node)
            }
        }
    }

    private func send(
        _ message: ReplicationMessage,
        from sender: Int,
        to receiver: Int,
        after disk: Int64,
        in group: ReplicationGroup
    ) {
        guard let hop = networkDelay(from: .node(sender), to: .node(receiver), using: &simulation.randomness) else {
            return
        }
        let slowness =
            faultState.effects.slowness(of: group.name(of: sender))
            + faultState.effects.slowness(of: group.name(of: receiver))
        let delivery = Delivery(group: group, message: message, sender: sender, receiver: receiver)
        simulation.events.schedule(.delivery(delivery), at: now.advanced(byMicroseconds: disk + hop + slowness))
    }

    private func beginTerm(of node: Int, in group: ReplicationGroup) {
        guard let position = group.position(of: node) else { return }
        let former = group.leader
        group.elect(node)
        group.abandonWaiters(at: former)
        for member in group.members where member.id != node { group.members[position].include(member.id) }
        if constants.sabotage == .streamSkipsAtElection, group.index == nil {
            group.table.stream?.skip(group.partition)
        }
        let member = group.members[position]
        note("\(group.title): n\(node) (zone \(member.zone)) leads, term \(member.term)")
        mapChanged(of: group)
        append(.newTerm, request: 0, key: LogRecord.noKey, old: nil, new: nil, at: position, in: group)
    }

    /// Appends a record at the leader and sends it to the others.
    func append(
        _ purpose: LogStamp.Purpose,
        request: UInt64,
        key: StorageKey,
        old: Item?,
        new: Item?,
        isByService: Bool = false,
        at position: Int,
        in group: ReplicationGroup
    ) {
        let term = group.members[position].term
        let stamp = LogStamp(term: term, request: request, purpose: purpose, key: key, old: old, new: new)
        let record = LogRecord(
            committedAt: now,
            key: key,
            old: old,
            new: new,
            isByService: isByService,
            stamp: stamp
        )
        let actions = group.members[position].append(record, at: now, constants)
        carryOut(actions, of: group.members[position].id, in: group)
    }

    // MARK: Faults

    /// Tells a group's members what has become of them.
    func feelFaults(_ group: ReplicationGroup) {
        for position in group.members.indices {
            let id = group.members[position].id
            let isDead =
                faultState.effects.isDead(.node(id)) || faultState.effects.deadReplicas.contains(group.name(of: id))
            if isDead, group.members[position].isUp {
                group.members[position].isUp = false
                group.abandonWaiters(at: id)
            } else if !isDead, !group.members[position].isUp {
                group.members[position].restart(at: now, lease: constants.lease)
                if constants.sabotage == .skipsCatchUp {
                    group.members[position].pretendToHaveCaughtUp(with: group.leading)
                }
            }
        }
    }
}

extension LogRecord {
    /// Where records stand that are about no item.
    static let noKey = StorageKey.make([0])
}
