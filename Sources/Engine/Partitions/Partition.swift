import Model

/// A key range of a table or index, kept by three replicas: a log, a tree of items, and a tree for each local index.
///
/// While it is calm there is one state, the leader's, changed by `commit`; each replica knows how much of the log it
/// shows. While it is watched, a `ReplicationGroup` has a state for each replica, and the leader's is the partition's.
final class Partition {
    let label: PartitionLabel
    let range: KeyRange
    /// The partition it was split from; nil for one that its table or index began with.
    let lineage: Lineage?
    var state = State.serving
    /// The partitions that took its place.
    var children: [Partition] = []
    /// What of the provisioned throughput is its share: one part in so many.
    var shareDivisor = 1
    /// Below this size no cut is looked for again: the last time there was none.
    var uncutBytes = 0
    private var calmTrees: ReplicaTrees
    private var calmLog = WriteAheadLog()
    /// Changed by `replaceReplica` and `handOver`.
    var replicas: [Replica]
    var leader: Int
    var term = 1
    /// Set while a fault is near.
    var group: ReplicationGroup?
    var meter = ThroughputMeter()
    /// Its part of what its table or index has provisioned; nil on demand. Kept by `Region.refreshShares`.
    var share: Throughput?
    /// Which of its items expire next, while its table's expired items are deleted.
    var expirations = Expirations()
    private var lastCommit = SimulatedInstant(microseconds: .min)

    init(
        label: PartitionLabel,
        range: KeyRange,
        lineage: Lineage? = nil,
        localIndexes: [IndexDefinition],
        replicas: [Replica],
        leader: Int
    ) {
        self.label = label
        self.range = range
        self.lineage = lineage
        calmTrees = ReplicaTrees(localIndexes: localIndexes)
        self.replicas = replicas
        self.leader = leader
    }

    /// The committed state, as the leader has it.
    var trees: ReplicaTrees { group?.leading.state.trees ?? calmTrees }
    var localTrees: [BTree] { group?.leading.state.trees.local ?? calmTrees.local }
    var tree: BTree { group?.leading.state.trees.items ?? calmTrees.items }
    var log: WriteAheadLog { group?.leading.state.log ?? calmLog }
    /// How much of the log is committed: in the calm, all of it.
    var committedIndex: UInt64 {
        group.map { min($0.leading.state.commitIndex, $0.leading.state.log.lastIndex) } ?? calmLog.lastIndex
    }
    /// How much of the log the trees show.
    var appliedLogIndex: UInt64 { group?.leading.state.appliedIndex ?? calmLog.lastIndex }
    var localIndexes: [IndexDefinition] { calmTrees.localIndexes }
    var sizeBytes: Int { group?.leading.state.trees.sizeBytes ?? calmTrees.sizeBytes }
    var itemCount: Int { tree.count }
    var isCalm: Bool { group == nil }

    // MARK: Writing in the calm

    /// Makes `new` the item at the probe, or removes it when `new` is nil; the leader's trees and the log agree at once.
    /// Returns the item that was there. A removal of nothing leaves no record.
    @discardableResult
    func commit(
        _ new: Item?,
        at probe: KeyProbe,
        on instant: SimulatedInstant,
        isByService: Bool = false
    ) -> Item? {
        precondition(group == nil, "a watched partition's changes go through its group")
        let old = calmTrees.replace(at: probe, with: new)
        if old == nil, new == nil { return nil }
        // Members of a batch travel at the same time: a later one may have been the faster. The log keeps its order.
        lastCommit = max(lastCommit, instant)
        calmLog.append(
            LogRecord(
                committedAt: lastCommit,
                key: StorageKey(probe.bytes),
                old: old,
                new: new,
                isByService: isByService
            )
        )
        return old
    }

    // MARK: Reading in the calm

    /// The item as a replica sees it at an instant.
    func item(at probe: KeyProbe, replica: Int, on instant: SimulatedInstant, lag: Lag) -> Item? {
        guard let first = firstUnapplied(by: replica, on: instant, lag: lag) else {
            return calmTrees.items.item(at: probe)
        }
        for index in first...calmLog.lastIndex {
            let record = calmLog[index]
            if record.key.withBytes({ compareBytes($0, probe.bytes) }) == 0 { return record.old }
        }
        return calmTrees.items.item(at: probe)
    }

    /// For sabotage: the item as it was before its last change.
    func formerItem(at probe: KeyProbe) -> Item? {
        for index in stride(from: calmLog.lastIndex, through: calmLog.firstIndex, by: -1) {
            let record = calmLog[index]
            if record.changesItem, record.key.withBytes({ compareBytes($0, probe.bytes) }) == 0 { return record.old }
        }
        return calmTrees.items.item(at: probe)
    }

    /// The trees as a replica sees them at an instant.
    func view(replica: Int, on instant: SimulatedInstant, lag: Lag) -> ReplicaTrees {
        var view = calmTrees
        guard let first = firstUnapplied(by: replica, on: instant, lag: lag) else { return view }
        // The newest change is undone first, so that the state before the oldest remains.
        for index in (first...calmLog.lastIndex).reversed() { view.undo(calmLog[index]) }
        return view
    }

    /// The first record the replica does not show yet; nil when it shows all, as the leader always does.
    private func firstUnapplied(by replica: Int, on instant: SimulatedInstant, lag: Lag) -> UInt64? {
        if replica == leader { return nil }
        replicas[replica].cursor.advance(through: instant, in: calmLog, lag: lag)
        let applied = replicas[replica].cursor.appliedIndex
        return applied == calmLog.lastIndex ? nil : applied + 1
    }

    /// The last record a replica has applied at an instant.
    func appliedIndex(of replica: Int, on instant: SimulatedInstant, lag: Lag) -> UInt64 {
        firstUnapplied(by: replica, on: instant, lag: lag).map { $0 - 1 } ?? calmLog.lastIndex
    }

    /// Drops the records that all replicas have applied, and everyone else who follows the log up to `others`.
    /// A watched partition's replicas keep logs of their own.
    func trimLog(on instant: SimulatedInstant, lag: Lag, others: UInt64) {
        guard group == nil else { return }
        var through = others
        for replica in replicas.indices {
            through = min(through, appliedIndex(of: replica, on: instant, lag: lag))
        }
        calmLog.drop(through: through)
    }

    // MARK: Between calm and watched

    /// What a replica has at an instant, as a state of its own. All of the log is on its disk.
    func state(of replica: Int, voters: [Int], on instant: SimulatedInstant, lag: Lag) -> ReplicaState {
        ReplicaState(
            log: calmLog,
            term: term,
            appliedIndex: appliedIndex(of: replica, on: instant, lag: lag),
            trees: view(replica: replica, on: instant, lag: lag),
            voters: voters
        )
    }

    /// All replicas agree: one state is enough again.
    func becomeCalm(_ group: ReplicationGroup, at instant: SimulatedInstant) {
        let leading = group.leading
        calmTrees = leading.state.trees
        calmLog = leading.state.log
        lastCommit = max(lastCommit, instant)
        term = leading.term
        let seated = group.members.filter { member in group.seats.contains { $0.holder == member.id } }
        replicas = seated.map { $0.calmReplica(at: instant) }
        leader = seated.firstIndex { $0.id == leading.id } ?? 0
        self.group = nil
    }

    // MARK: Splitting

    /// Takes its part of a snapshot of the parent's trees. Nothing of this is in its log.
    func fill(_ trees: ReplicaTrees) { calmTrees = trees }

    /// Takes over a record that the parent has committed since.
    func replay(_ record: LogRecord) {
        guard record.changesItem else { return }
        record.key.withBytes { bytes in _ = calmTrees.replace(at: KeyProbe(bytes), with: record.new) }
    }

    /// Nothing is committed here earlier than at the parent, so that all changes of an item are in order of time.
    func follow(_ parent: Partition) { lastCommit = max(lastCommit, parent.lastCommit, parent.lastRecordAt) }

    private var lastRecordAt: SimulatedInstant {
        let log = log
        return log.count == 0 ? .distantPast : log[log.lastIndex].committedAt
    }
}
