import Model

/// The replicas of one watched partition, and who waits for them.
///
/// It exists while a fault is near: made from the calm partition's one state, and given up when all replicas agree again.
final class ReplicationGroup {
    let table: Table
    let index: GlobalIndex?
    unowned let partition: Partition
    var members: [GroupMember]
    /// Who led last, by node. Routers are told; whether it still leads, it knows itself.
    private(set) var leader: Int
    /// One for each of the three replicas that there should be.
    var seats: [Seat]
    private var waiters: [UInt64: Waiter] = [:]
    /// Given up: what is still on its way to it arrives nowhere.
    var isOver = false
    /// When its replicas last compared themselves with their checksums.
    var scrubbedAt: SimulatedInstant

    /// A place in the group: the replica that has it, and who stands in while that one is dead.
    struct Seat {
        var holder: Int
        var deadSince: SimulatedInstant?
        var standIn: Int?
    }

    /// Somebody who waits until a record is committed.
    final class Waiter {
        enum Outcome {
            case committed(record: LogRecord, at: SimulatedInstant)
            case abandoned
        }

        let member: Int
        var outcome: Outcome?

        init(member: Int) { self.member = member }
    }

    init(
        table: Table,
        index: GlobalIndex?,
        partition: Partition,
        members: [GroupMember],
        leader: Int,
        at now: SimulatedInstant
    ) {
        self.table = table
        self.index = index
        self.partition = partition
        self.members = members
        self.leader = leader
        seats = members.map { Seat(holder: $0.id) }
        scrubbedAt = now
    }

    func position(of node: Int) -> Int? { members.firstIndex { $0.id == node } }

    /// The member whose state is the partition's: who led last.
    var leading: GroupMember { _read { yield members[leadingPosition] } }
    var leadingPosition: Int { position(of: leader) ?? 0 }

    /// Who may answer for the partition now.
    func readyLeader(at now: SimulatedInstant) -> Int? { members.firstIndex { $0.leads(at: now) } }

    func name(of node: Int) -> Faults.ReplicaName {
        Faults.ReplicaName(table: table.name, label: ReplicaLabel(partition: partition.label, node: node))
    }

    /// `app/p3`, `app/gsi1/p0`
    var title: String { "\(table.name)/\(partition.label)" }

    func elect(_ node: Int) { leader = node }

    // MARK: Waiting

    func wait(for request: UInt64, at member: Int) -> Waiter {
        let waiter = Waiter(member: member)
        waiters[request] = waiter
        return waiter
    }

    var hasWaiters: Bool { !waiters.isEmpty }

    func stopWaiting(for request: UInt64) { waiters[request] = nil }

    /// Tells those whose records a member has committed.
    func tellCommitted(by node: Int, at now: SimulatedInstant) {
        guard !waiters.isEmpty, let position = position(of: node) else { return }
        for (request, waiter) in waiters where waiter.member == node {
            let state = members[position].state
            guard let index = state.requests[request], index <= state.commitIndex else { continue }
            waiter.outcome = .committed(record: state.log[index], at: now)
            waiters[request] = nil
        }
    }

    /// Nobody at this member will know any more what becomes of their records.
    func abandonWaiters(at node: Int) {
        for (request, waiter) in waiters where waiter.member == node {
            waiter.outcome = .abandoned
            waiters[request] = nil
        }
    }

    // MARK: Agreement

    /// Whether all three replicas are up, full, and hold the same: then no messages are needed any more.
    func hasSettled(at now: SimulatedInstant) -> Bool {
        guard let position = readyLeader(at: now), members.count == seats.count else { return false }
        let last = members[position].state.log.lastIndex
        return waiters.isEmpty && members[position].state.marks.isEmpty
            && seats.allSatisfy { $0.deadSince == nil && $0.standIn == nil }
            && members.allSatisfy { member in
                member.isUp && member.isSound && member.checksums == nil && member.kind == .full && member.isVoter
                    && member.state.log.lastIndex == last && member.state.commitIndex == last
                    && member.state.appliedIndex == last
            }
    }
}
