import Model

/// One replica of a partition while messages are exchanged. It decides; it touches neither clock nor network.
///
/// ```
/// follower ── leader silent, peers deaf too, promise run out ──► candidate ── two votes ──► leader
///     ▲                                                              │                        │
///     └───────────────────────── a message of a later term ◄─────────┴────────────────────────┘
/// ```
/// A follower that answers a leader promises not to vote for another one while the lease lasts; the leader's own lease
/// ends no later than the promises of the majority that gave it. So there are never two.
struct GroupMember {
    enum Kind: String { case full, log }
    enum Role: String { case follower, candidate, leader }

    /// Who is not sound serves nothing and does not stand, until it has been given another state.
    enum Condition: Equatable {
        case sound
        /// Its trees do not fit their checksums, or it has kept the log alone so far. The log is good: it votes.
        case lacksTrees(isDamaged: Bool)
        /// It has no log, or a damaged one, and must not vote either: it may have forgotten what it has confirmed. Only a
        /// state that was sent later has all of that.
        case lacksLog(since: SimulatedInstant)
    }

    /// What the group has to do for a member.
    enum Action {
        /// `after`: how long the disk takes first, in microseconds.
        case send(ReplicationMessage, to: Int, after: Int64)
        case elected
        case committed
        /// The peers hear a leader that this member does not: no election.
        case suspicionAllayed
        case foundDamage
    }

    let node: StorageNodeName
    let zone: Zone
    /// A log replica votes and keeps the log, but no trees: it never leads and is never read.
    var kind: Kind
    var isUp = true
    private(set) var condition = Condition.sound
    var state: ReplicaState
    /// Made when something begins to corrupt this replica, and kept until it has been found sound.
    var checksums: TreeChecksums?
    private(set) var role = Role.follower
    private(set) var term: Int
    private var votedFor: Int?

    // Following.
    private(set) var leader: Int?
    private(set) var heardAt: SimulatedInstant
    /// No vote for anyone else before.
    private var promisedUntil: SimulatedInstant
    private var inquiry: Inquiry?
    private(set) var cursor: LogCursor

    /// How far the log is known to be the leader's own, in this term.
    private var verifiedThrough: UInt64 = 0

    // Standing for election.
    private var ballots: Set<Int> = []
    private var stoodAt: SimulatedInstant

    // Leading.
    private var peers: [Peer] = []
    private(set) var leaseUntil: SimulatedInstant
    private var ledSince = SimulatedInstant.distantPast
    private var heartbeatAt: SimulatedInstant
    private var askedAt = SimulatedInstant.distantPast
    /// The first record of its own term: while it is not committed, the leader cannot know what is.
    private var readyIndex: UInt64 = .max

    /// A follower's question whether anybody hears the leader.
    private struct Inquiry {
        let askedAt: SimulatedInstant
        var deaf: Set<Int> = []
    }

    /// What a leader knows of another member.
    private struct Peer {
        let node: Int
        var next: UInt64
        var match: UInt64 = 0
        /// When the last message left that it has answered.
        var answeredMessageOf = SimulatedInstant.distantPast
        var needsSnapshot = false
    }

    init(
        node: StorageNodeName,
        zone: Zone,
        kind: Kind,
        state: ReplicaState,
        term: Int,
        cursorSeed: UInt64,
        at now: SimulatedInstant
    ) {
        self.node = node
        self.zone = zone
        self.kind = kind
        self.state = state
        self.term = term
        heardAt = now
        promisedUntil = now
        stoodAt = now
        leaseUntil = .distantPast
        heartbeatAt = .distantPast
        cursor = LogCursor(seed: cursorSeed, startingAfter: state.appliedIndex, at: now)
    }

    var id: Int { node.number }
    var isVoter: Bool { state.voters.contains(id) }
    var isSound: Bool { condition == .sound }
    private var hasLog: Bool { if case .lacksLog = condition { false } else { true } }
    private var majority: Int { state.voters.count / 2 + 1 }

    /// Whether it may answer for the partition now: it leads, its lease runs, and all earlier terms are committed.
    func leads(at now: SimulatedInstant, ignoringLease: Bool = false) -> Bool {
        role == .leader && isUp && isSound && state.commitIndex >= readyIndex && (ignoringLease || now < leaseUntil)
    }

    func holdsLease(at now: SimulatedInstant) -> Bool { role == .leader && isUp && now < leaseUntil }

    /// Whether another member has everything this leader has.
    func hasCaughtUp(_ node: Int) -> Bool {
        peers.first { $0.node == node }.map { $0.match == state.log.lastIndex && !$0.needsSnapshot } ?? false
    }

    // MARK: Beginning

    /// The calm's leader goes on under a lease as long as if it had just been renewed.
    mutating func lead(from now: SimulatedInstant, lease: Int64, members: [Int]) {
        becomeLeader(members: members, at: now)
        readyIndex = 0
        leaseUntil = now.advanced(byMicroseconds: lease)
    }

    mutating func follow(_ leader: Int, from now: SimulatedInstant, lease: Int64) {
        self.leader = leader
        heardAt = now
        promisedUntil = now.advanced(byMicroseconds: lease)
    }

    /// Comes back after it was down: what was durable is there, what it knew of others is not.
    mutating func restart(at now: SimulatedInstant, lease: Int64) {
        isUp = true
        becomeFollower(of: term, leader: nil)
        heardAt = now
        // It may have promised its vote away just before it went down.
        promisedUntil = now.advanced(byMicroseconds: lease)
    }

    /// A new replica that has nothing yet.
    mutating func becomeEmpty(at now: SimulatedInstant) { condition = .lacksLog(since: now) }

    /// The same replica as the calm keeps it. It must have applied everything.
    func calmReplica(at now: SimulatedInstant) -> Replica {
        Replica(
            node: node,
            zone: zone,
            role: role == .leader ? .leader : .follower,
            cursor: cursor.moved(to: state.log.lastIndex, at: now)
        )
    }

    // MARK: Time

    mutating func tick(at now: SimulatedInstant, _ constants: Settings, jitter: Int64) -> [Action] {
        guard isUp else { return [] }
        switch role {
        case .leader: return askForTrees(at: now, constants) + lead(at: now, constants)
        case .follower: return watchLeader(at: now, constants, jitter: jitter)
        case .candidate:
            if now - stoodAt > constants.electionTimeout + jitter { becomeFollower(of: term, leader: nil) }
            return []
        }
    }

    /// Who has the log but no sound trees may be elected, when nobody else has all of the log. It serves nothing before a
    /// follower has given it trees, which its own log brings up to date.
    private mutating func askForTrees(at now: SimulatedInstant, _ constants: Settings) -> [Action] {
        guard case .lacksTrees = condition, now - askedAt >= constants.leaseRenewal else { return [] }
        askedAt = now
        return peers.map { .send(.needsState(term: term), to: $0.node, after: 0) }
    }

    private mutating func lead(at now: SimulatedInstant, _ constants: Settings) -> [Action] {
        if now - max(leaseUntil, ledSince) > constants.lease {
            // Nobody has answered for long: another may lead by now.
            becomeFollower(of: term, leader: nil)
            heardAt = now
            return []
        }
        guard now - heartbeatAt >= constants.leaseRenewal else { return [] }
        heartbeatAt = now
        return peers.indices.flatMap { replicate(to: $0, at: now, afterDisk: 0) }
    }

    private mutating func watchLeader(at now: SimulatedInstant, _ constants: Settings, jitter: Int64) -> [Action] {
        guard kind == .full, isVoter, hasLog, now - heardAt > constants.leaderSilence else { return [] }
        if let inquiry, inquiry.deaf.count + 1 >= majority {
            guard now - promisedUntil >= jitter else { return [] }
            return stand(at: now, isHandOver: false)
        }
        if let inquiry, now - inquiry.askedAt < constants.leaseRenewal { return [] }
        inquiry = Inquiry(askedAt: now, deaf: inquiry?.deaf ?? [])
        if majority == 1 { return stand(at: now, isHandOver: false) }
        return toOtherVoters(.inquiry(term: term))
    }

    private mutating func stand(at now: SimulatedInstant, isHandOver: Bool) -> [Action] {
        role = .candidate
        term += 1
        votedFor = id
        ballots = [id]
        stoodAt = now
        leader = nil
        inquiry = nil
        if ballots.count >= majority { return win(at: now) }
        return toOtherVoters(
            .candidacy(
                term: term,
                lastIndex: state.log.lastIndex,
                lastTerm: state.lastTerm,
                isHandOver: isHandOver
            )
        )
    }

    private func toOtherVoters(_ message: ReplicationMessage) -> [Action] {
        state.voters.filter { $0 != id }.map { .send(message, to: $0, after: 0) }
    }

    // MARK: Messages

    mutating func receive(
        _ message: ReplicationMessage,
        from sender: Int,
        at now: SimulatedInstant,
        _ constants: Settings
    ) -> [Action] {
        switch message {
        case .append(let append): return receive(append, from: sender, at: now, constants)
        case .appended(let term, let through, let sentAt):
            guard isLeading(term), let peer = peer(sender) else { return [] }
            peers[peer].match = max(peers[peer].match, through)
            peers[peer].next = max(peers[peer].next, through + 1)
            noteAnswer(of: peer, sentAt, constants)
            return advanceCommit(at: now, constants)
        case .missing(let term, let from, let sentAt):
            if term > self.term {
                becomeFollower(of: term, leader: nil)
                return []
            }
            guard isLeading(term), let peer = peer(sender) else { return [] }
            noteAnswer(of: peer, sentAt, constants)
            peers[peer].next = max(peers[peer].match + 1, min(from, state.log.lastIndex + 1))
            return replicate(to: peer, at: now, afterDisk: 0)
        case .committed(let term, let through):
            guard term == self.term, leader == sender else { return [] }
            state.commitIndex = max(state.commitIndex, min(through, verifiedThrough))
            return []
        case .snapshot(let snapshot): return install(snapshot, from: sender, at: now, constants)
        case .inquiry(let term):
            let hears = leader != nil && leader != sender && now - heardAt <= constants.leaderSilence
            let isLeader = role == .leader && now < leaseUntil
            return [.send(.inquiryAnswer(term: term, hearsLeader: hears || isLeader), to: sender, after: 0)]
        case .inquiryAnswer(let term, let hearsLeader):
            guard term == self.term, role == .follower, inquiry != nil else { return [] }
            if hearsLeader {
                inquiry = nil
                heardAt = now
                return [.suspicionAllayed]
            }
            inquiry?.deaf.insert(sender)
            return []
        case .candidacy(let term, let lastIndex, let lastTerm, let isHandOver):
            return answerCandidacy(
                of: sender,
                term: term,
                last: (lastTerm, lastIndex),
                isHandOver: isHandOver,
                at: now,
                constants
            )
        case .vote(let term, let isGranted):
            if term > self.term { becomeFollower(of: term, leader: nil) }
            guard role == .candidate, term == self.term, isGranted else { return [] }
            ballots.insert(sender)
            return ballots.count >= majority ? win(at: now) : []
        case .handOver(let term):
            guard term == self.term, kind == .full, isVoter, hasLog else { return [] }
            return stand(at: now, isHandOver: true)
        case .needsState(let term):
            if isLeading(term), let peer = peer(sender) {
                peers[peer].needsSnapshot = true
                return replicate(to: peer, at: now, afterDisk: 0)
            }
            guard kind == .full, canBeCopied else { return [] }
            return [.send(.trees(term: self.term, state), to: sender, after: 0)]
        case .trees(_, let theirs):
            takeTrees(of: theirs, at: now)
            return role == .leader ? applyCommitted(at: now) : []
        }
    }

    private func isLeading(_ term: Int) -> Bool { role == .leader && term == self.term }

    private func peer(_ node: Int) -> Int? { peers.firstIndex { $0.node == node } }

    // MARK: Following

    private mutating func receive(
        _ append: ReplicationMessage.Append,
        from sender: Int,
        at now: SimulatedInstant,
        _ constants: Settings
    ) -> [Action] {
        guard append.term >= term else {
            return [.send(.missing(term: term, from: 0, sentAt: append.sentAt), to: sender, after: 0)]
        }
        obey(sender, term: append.term, at: now, constants)
        let complaint = [Action.send(.needsState(term: term), to: sender, after: 0)]
        if !hasLog { return complaint }
        guard has(append.previousIndex, append.previousTerm) else {
            let wanted = min(state.log.lastIndex + 1, append.previousIndex)
            return [.send(.missing(term: term, from: wanted, sentAt: append.sentAt), to: sender, after: 0)]
        }
        var index = append.previousIndex
        for record in append.records {
            index += 1
            if index < state.log.firstIndex { continue }
            if index <= state.log.lastIndex {
                if state.term(at: index) == record.stamp?.term ?? state.baseTerm { continue }
                precondition(
                    index > state.commitIndex || constants.sabotage != nil,
                    "a committed record is never replaced"
                )
                state.truncate(from: index)
            }
            state.append(record)
        }
        verifiedThrough = max(verifiedThrough, index)
        state.commitIndex = max(state.commitIndex, min(append.committed, index))
        let answer = ReplicationMessage.appended(term: term, through: index, sentAt: append.sentAt)
        let asks = isSound || kind == .log ? [] : complaint
        return asks + [.send(answer, to: sender, after: append.records.isEmpty ? 0 : constants.logWrite)]
    }

    private mutating func obey(_ leader: Int, term: Int, at now: SimulatedInstant, _ constants: Settings) {
        if term > self.term || role != .follower { becomeFollower(of: term, leader: leader) }
        self.leader = leader
        heardAt = now
        promisedUntil = max(promisedUntil, now.advanced(byMicroseconds: constants.lease))
        inquiry = nil
    }

    private func has(_ index: UInt64, _ term: Int) -> Bool {
        if index <= state.commitIndex, index < state.log.firstIndex { return true }
        return index <= state.log.lastIndex && state.term(at: index) == term
    }

    private mutating func install(
        _ snapshot: ReplicationMessage.Snapshot,
        from sender: Int,
        at now: SimulatedInstant,
        _ constants: Settings
    ) -> [Action] {
        guard snapshot.term >= term else { return [] }
        obey(sender, term: snapshot.term, at: now, constants)
        take(snapshot, at: now)
        let last = snapshot.state.log.lastIndex
        verifiedThrough = max(verifiedThrough, last)
        let answer = ReplicationMessage.appended(term: term, through: last, sentAt: snapshot.sentAt)
        return [.send(answer, to: sender, after: constants.logWrite)]
    }

    /// Takes over what it lacks. An older snapshot that was long on its way must not take records back.
    private mutating func take(_ snapshot: ReplicationMessage.Snapshot, at now: SimulatedInstant) {
        let theirs = snapshot.state
        if case .lacksLog(let since) = condition {
            if snapshot.sentAt < since { return }
            state = theirs
        } else if !has(lastRecordOf: theirs) {
            state = theirs
        } else {
            return takeTrees(of: theirs, at: now)
        }
        if kind == .log { state.trees = ReplicaTrees(localIndexes: state.trees.localIndexes) }
        condition = .sound
        checksums = nil
        cursor = cursor.moved(to: state.appliedIndex, at: now)
    }

    /// Goes on from another replica's trees, if it needs any and its own log has all that comes after them.
    private mutating func takeTrees(of theirs: ReplicaState, at now: SimulatedInstant) {
        let applied = theirs.appliedIndex
        let isLost = state.appliedIndex + 1 < state.log.firstIndex
        guard hasLog, kind == .full, !isSound || isLost, applied + 1 >= state.log.firstIndex,
            applied <= state.log.lastIndex,
            applied < state.log.firstIndex || state.term(at: applied) == theirs.term(at: applied)
        else { return }
        state.takeTrees(of: theirs)
        condition = .sound
        checksums = nil
        cursor = cursor.moved(to: state.appliedIndex, at: now)
    }

    /// Whether its trees are what was written into them: they may go to other replicas and to children.
    var canBeCopied: Bool { isSound && treesFit }

    /// Whether every item of its trees is the one that was written.
    var treesFit: Bool { checksums?.fit(state.trees.items) ?? true }

    private func has(lastRecordOf theirs: ReplicaState) -> Bool {
        let last = theirs.log.lastIndex
        if last > state.log.lastIndex { return false }
        return last < state.log.firstIndex || state.term(at: last) == theirs.lastTerm
    }

    private mutating func becomeFollower(of term: Int, leader: Int?) {
        if term > self.term {
            votedFor = nil
            verifiedThrough = 0
        }
        self.term = max(self.term, term)
        role = .follower
        self.leader = leader
        leaseUntil = .distantPast
        readyIndex = .max
        peers = []
        ballots = []
        inquiry = nil
    }

    // MARK: Voting

    private mutating func answerCandidacy(
        of candidate: Int,
        term: Int,
        last: (term: Int, index: UInt64),
        isHandOver: Bool,
        at now: SimulatedInstant,
        _ constants: Settings
    ) -> [Action] {
        let isBound = !isHandOver && now < promisedUntil || role == .leader && now < leaseUntil
        guard term >= self.term, hasLog, !isBound || constants.sabotage == .ignoresLeases else {
            return [.send(.vote(term: self.term, isGranted: false), to: candidate, after: 0)]
        }
        if term > self.term { becomeFollower(of: term, leader: nil) }
        let own = (state.lastTerm, state.log.lastIndex)
        let isUpToDate = own <= (last.term, last.index) || constants.sabotage == .electsAnyone
        let isGranted = (votedFor == nil || votedFor == candidate) && isUpToDate && role == .follower
        if isGranted {
            votedFor = candidate
            heardAt = now
        }
        return [.send(.vote(term: term, isGranted: isGranted), to: candidate, after: constants.logWrite)]
    }

    private mutating func win(at now: SimulatedInstant) -> [Action] {
        becomeLeader(members: state.voters, at: now)
        return [.elected]
    }

    private mutating func becomeLeader(members: [Int], at now: SimulatedInstant) {
        role = .leader
        leader = id
        ledSince = now
        leaseUntil = .distantPast
        heartbeatAt = .distantPast
        peers = members.filter { $0 != id }.map { Peer(node: $0, next: state.log.lastIndex + 1) }
        readyIndex = state.log.lastIndex + 1
    }

    // MARK: Leading

    /// Appends a record and sends it to everyone. Returns what is to be done; the record is `state.log.lastIndex`.
    mutating func append(_ record: LogRecord, at now: SimulatedInstant, _ constants: Settings) -> [Action] {
        precondition(role == .leader, "only a leader appends")
        state.append(record)
        if constants.sabotage == .showsUncommitted {
            while state.appliedIndex < state.log.lastIndex, applyNext(at: now) == nil {}
        }
        var actions = peers.indices.flatMap { replicate(to: $0, at: now, afterDisk: constants.logWrite) }
        actions += advanceCommit(at: now, constants)
        return actions
    }

    /// Sends records to another member from now on, though it may not vote.
    mutating func include(_ node: Int) {
        if peer(node) == nil { peers.append(Peer(node: node, next: state.log.lastIndex + 1)) }
    }

    mutating func exclude(_ node: Int) { peers.removeAll { $0.node == node } }

    /// Gives lease and leadership back; the receiver stands at once.
    mutating func handOver(to node: Int) -> [Action] {
        let message = ReplicationMessage.handOver(term: term)
        becomeFollower(of: term, leader: nil)
        return [.send(message, to: node, after: 0)]
    }

    private mutating func replicate(to position: Int, at now: SimulatedInstant, afterDisk: Int64) -> [Action] {
        // It may have found damage and stepped down on the way through its peers.
        guard role == .leader else { return [] }
        let peer = peers[position]
        if peer.needsSnapshot || peer.next < state.log.firstIndex {
            guard canBeCopied else { return isSound ? findDamage(at: now) : [] }
            peers[position].needsSnapshot = false
            peers[position].next = state.log.lastIndex + 1
            let snapshot = ReplicationMessage.Snapshot(term: term, state: state, sentAt: now)
            return [.send(.snapshot(snapshot), to: peer.node, after: afterDisk)]
        }
        let last = min(state.log.lastIndex, peer.next + GroupMember.recordsPerMessage - 1)
        let records = peer.next <= last ? (peer.next...last).map { state.log[$0] } : []
        peers[position].next = max(peer.next, last + 1)
        let append = ReplicationMessage.Append(
            term: term,
            previousIndex: peer.next - 1,
            previousTerm: state.term(at: peer.next - 1),
            records: records,
            committed: state.commitIndex,
            sentAt: now
        )
        return [.send(.append(append), to: peer.node, after: afterDisk)]
    }

    private static let recordsPerMessage: UInt64 = 512

    private mutating func noteAnswer(of position: Int, _ sentAt: SimulatedInstant, _ constants: Settings) {
        peers[position].answeredMessageOf = max(peers[position].answeredMessageOf, sentAt)
        let answered = peers.filter { state.voters.contains($0.node) }.map(\.answeredMessageOf).sorted(by: >)
        let needed = majority - (isVoter ? 1 : 0)
        guard needed <= answered.count else { return }
        let oldest = needed == 0 ? heartbeatAt : answered[needed - 1]
        if oldest == .distantPast { return }
        leaseUntil = max(leaseUntil, oldest.advanced(byMicroseconds: constants.lease))
    }

    private mutating func advanceCommit(at now: SimulatedInstant, _ constants: Settings) -> [Action] {
        var matches = peers.filter { state.voters.contains($0.node) }.map(\.match)
        if isVoter { matches.append(state.log.lastIndex) }
        matches.sort(by: >)
        let needed = constants.sabotage == .acknowledgesBeforeQuorum ? 1 : majority
        guard needed <= matches.count else { return [] }
        let agreed = matches[needed - 1]
        guard agreed > state.commitIndex, state.term(at: agreed) == term else { return [] }
        state.commitIndex = agreed
        var actions: [Action] = applyCommitted(at: now)
        actions.append(.committed)
        for peer in peers { actions.append(.send(.committed(term: term, through: agreed), to: peer.node, after: 0)) }
        return actions
    }

    // MARK: Applying

    /// A follower applies what is committed once its lag is over; a leader has no lag.
    mutating func catchUp(through now: SimulatedInstant, _ constants: Settings) -> [Action] {
        if !isSound || !isUp { return [] }
        if kind == .log {
            // It has nothing to apply records to.
            state.appliedIndex = state.commitIndex
            return []
        }
        if role == .leader { return applyCommitted(at: now) }
        let limit =
            constants.sabotage == .showsUncommitted ? state.log.lastIndex : min(state.commitIndex, state.log.lastIndex)
        while state.appliedIndex < limit,
            let due = cursor.nextDue(in: state.log, through: limit, lag: constants.followerLag),
            due <= now
        {
            if let damage = applyNext(at: now) { return damage }
            cursor.advance(at: due)
        }
        return []
    }

    private mutating func applyCommitted(at now: SimulatedInstant) -> [Action] {
        while isSound, state.appliedIndex < state.commitIndex {
            if let damage = applyNext(at: now) { return damage }
        }
        cursor = cursor.moved(to: state.appliedIndex, at: cursor.appliedAt)
        return []
    }

    /// Applies the next record; what there is to do when it, or the item it changes, is not what it was.
    private mutating func applyNext(at now: SimulatedInstant) -> [Action]? {
        let record = state.log[state.appliedIndex + 1]
        if let stamp = record.stamp, !stamp.fits(record) { return findLogDamage(at: now) }
        if record.changesItem, let checksums {
            let isSound = record.key.withBytes { key in
                checksums.fits(state.trees.items.item(at: KeyProbe(key)), at: key)
            }
            if !isSound { return findDamage(at: now) }
            self.checksums?.record(record.new, at: record.key)
        }
        state.apply(record)
        return nil
    }

    // MARK: Damage

    /// Its trees are not what it wrote: it asks for others, and leads no more.
    mutating func findDamage(at now: SimulatedInstant) -> [Action] {
        condition = .lacksTrees(isDamaged: true)
        // Somebody who is sound should lead.
        if role != .follower { becomeFollower(of: term, leader: nil) }
        return [.foundDamage]
    }

    /// A record of its log is not what it wrote: what it confirmed may be gone.
    private mutating func findLogDamage(at now: SimulatedInstant) -> [Action] {
        let actions = findDamage(at: now)
        condition = .lacksLog(since: now)
        return actions
    }

    /// A log replica becomes a full one: it waits for its trees.
    mutating func becomeFull() {
        kind = .full
        condition = .lacksTrees(isDamaged: false)
    }

    /// Compares everything it keeps with the checksums.
    mutating func scrub(at now: SimulatedInstant) -> [Action] {
        guard isUp, isSound else { return [] }
        let log = state.log
        let logIsSound =
            log.count == 0
            || (log.firstIndex...log.lastIndex).allSatisfy { index in
                log[index].stamp?.fits(log[index]) ?? true
            }
        if !logIsSound { return findLogDamage(at: now) }
        if !treesFit { return findDamage(at: now) }
        checksums = nil
        return []
    }

    /// For people: a dead replica leads nobody.
    var roleText: String {
        if !isUp { return role == .leader ? "was leader" : "follower" }
        return isVoter ? role.rawValue : "learner"
    }

    /// In a word, for people.
    var stateText: String {
        if !isUp { return "dead" }
        switch condition {
        case .sound: return isVoter ? "ok" : "catching up"
        case .lacksTrees(let isDamaged): return isDamaged ? "damaged" : "filling"
        case .lacksLog: return "filling"
        }
    }

    /// What a failing disk does: one item of the tree is not what was written any more.
    mutating func flipBits(drawnBy randomness: inout Randomness) {
        if checksums == nil { checksums = TreeChecksums(of: state.trees.items) }
        guard state.trees.items.count > 0 else { return }
        state.trees.spoil(itemAt: randomness.next(below: state.trees.items.count))
    }

    // MARK: Sabotage

    /// Takes over another member's log without its trees.
    mutating func pretendToHaveCaughtUp(with other: GroupMember) {
        let own = state.trees
        state = other.state
        state.trees = own
        state.appliedIndex = state.commitIndex
        cursor = cursor.moved(to: state.appliedIndex, at: cursor.appliedAt)
    }
}
