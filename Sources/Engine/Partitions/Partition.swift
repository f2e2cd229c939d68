import Model

/// A key range of a table or index, kept by three replicas: a log, a tree of items, and a tree for each local index.
///
/// Every change goes through `commit`; the trees are the leader's, and each replica knows how much of the log it shows.
final class Partition {
    let label: PartitionLabel
    let range: KeyRange
    let firstHash: UInt128
    /// Inclusive.
    let lastHash: UInt128
    /// Entries of the partition's own table or index.
    private(set) var tree = BTree()
    /// By position in the table's list of local indexes.
    private(set) var localTrees: [BTree]
    private(set) var log = WriteAheadLog()
    private(set) var replicas: [Replica]
    private(set) var leader: Int
    private(set) var term = 1
    /// Sum of item sizes, local index entries included.
    private(set) var sizeBytes = 0
    var meter = ThroughputMeter()
    private var lastCommit = SimulatedInstant(microseconds: .min)
    private let localIndexes: [IndexDefinition]
    private var encoder = KeyEncoder()

    init(
        label: PartitionLabel,
        hashes: ClosedRange<UInt128>,
        localIndexes: [IndexDefinition],
        replicas: [Replica],
        leader: Int
    ) {
        self.label = label
        firstHash = hashes.lowerBound
        lastHash = hashes.upperBound
        range = KeyRange(hashes: hashes.lowerBound, through: hashes.upperBound)
        self.localIndexes = localIndexes
        localTrees = localIndexes.map { _ in BTree() }
        self.replicas = replicas
        self.leader = leader
    }

    var itemCount: Int { tree.count }

    // MARK: Writing

    /// Makes `new` the item at the probe, or removes it when `new` is nil; the leader's trees and the log agree at once.
    /// Returns the item that was there. A removal of nothing leaves no record.
    @discardableResult
    func commit(_ new: Item?, at probe: KeyProbe, on instant: SimulatedInstant) -> Item? {
        let old: Item?
        if let new {
            old = tree.put(new, at: probe)
        } else {
            old = tree.remove(at: probe)
            if old == nil { return nil }
        }
        sizeBytes += (new?.size ?? 0) - (old?.size ?? 0)
        if !localIndexes.isEmpty { updateLocalIndexes(old: old, new: new) }
        // Members of a batch travel at the same time: a later one may have been the faster. The log keeps its order.
        lastCommit = max(lastCommit, instant)
        log.append(
            LogRecord(committedAt: lastCommit, key: StorageKey(probe.bytes), old: old, new: new)
        )
        return old
    }

    private func updateLocalIndexes(old: Item?, new: Item?) {
        for (position, index) in localIndexes.enumerated() {
            let change = IndexChange(old: index.entry(for: old), new: index.entry(for: new))
            sizeBytes += (change.new?.size ?? 0) - (change.old?.size ?? 0)
            change.apply(in: index, to: &localTrees[position], encoder: &encoder)
        }
    }

    // MARK: Reading

    /// The item as a replica sees it at an instant.
    func item(at probe: KeyProbe, replica: Int, on instant: SimulatedInstant, lag: Lag) -> Item? {
        guard let first = firstUnapplied(by: replica, on: instant, lag: lag) else { return tree.item(at: probe) }
        for index in first...log.lastIndex {
            let record = log[index]
            if record.key.withBytes({ compareBytes($0, probe.bytes) }) == 0 { return record.old }
        }
        return tree.item(at: probe)
    }

    /// The tree as a replica sees it at an instant: of the table's items, or of the local index at a position.
    func view(replica: Int, localIndex: Int?, on instant: SimulatedInstant, lag: Lag) -> BTree {
        var view = localIndex.map { localTrees[$0] } ?? tree
        guard let first = firstUnapplied(by: replica, on: instant, lag: lag) else { return view }
        // The newest change is undone first, so that the state before the oldest remains.
        for index in (first...log.lastIndex).reversed() { undo(log[index], in: &view, localIndex: localIndex) }
        return view
    }

    private func undo(_ record: LogRecord, in view: inout BTree, localIndex: Int?) {
        if let localIndex {
            let index = localIndexes[localIndex]
            IndexChange(old: index.entry(for: record.new), new: index.entry(for: record.old))
                .apply(in: index, to: &view, encoder: &encoder)
            return
        }
        record.key.withBytes { bytes -> Void in
            if let old = record.old {
                view.put(old, at: KeyProbe(bytes))
            } else {
                view.remove(at: KeyProbe(bytes))
            }
        }
    }

    /// The first record the replica does not show yet; nil when it shows all, as the leader always does.
    private func firstUnapplied(by replica: Int, on instant: SimulatedInstant, lag: Lag) -> UInt64? {
        if replica == leader { return nil }
        replicas[replica].cursor.advance(through: instant, in: log, lag: lag)
        let applied = replicas[replica].cursor.appliedIndex
        return applied == log.lastIndex ? nil : applied + 1
    }

    /// The last record a replica has applied at an instant.
    func appliedIndex(of replica: Int, on instant: SimulatedInstant, lag: Lag) -> UInt64 {
        firstUnapplied(by: replica, on: instant, lag: lag).map { $0 - 1 } ?? log.lastIndex
    }

    /// Drops the records that all replicas have applied, and everyone else who follows the log up to `others`.
    func trimLog(on instant: SimulatedInstant, lag: Lag, others: UInt64) {
        var through = others
        for replica in replicas.indices {
            through = min(through, appliedIndex(of: replica, on: instant, lag: lag))
        }
        log.drop(through: through)
    }
}
