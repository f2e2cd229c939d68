import Model

extension Partition {
    enum State {
        case serving
        /// Still serves everything, while its children are filled.
        case splitting(PartitionSplit)
        /// Its children serve. Takes no writes; what it holds is kept for a while.
        case retired
    }

    /// Where a child comes from, and where its range begins and ends inside an item collection, if it does.
    struct Lineage {
        let parent: PartitionLabel
        let firstSortKey: String?
        let endSortKey: String?
    }

    var firstHash: UInt128 { range.firstHash }
    /// Inclusive.
    var lastHash: UInt128 { range.lastHash }

    var isRetired: Bool { if case .retired = state { true } else { false } }
    var split: PartitionSplit? { if case .splitting(let split) = state { split } else { nil } }
    var isServing: Bool { if case .serving = state { true } else { false } }

    /// `ok`, `splitting 62%` or `retired`.
    func stateText(on instant: SimulatedInstant) -> String {
        switch state {
        case .serving: "ok"
        case .splitting(let split): "splitting \(split.percent(on: instant))%"
        case .retired: "retired"
        }
    }

    /// Whether it has outgrown its limit, and a place to cut it may be there.
    @inline(__always)
    func isTooLarge(limit: Int) -> Bool { sizeBytes > limit && sizeBytes > uncutBytes }
}

/// A split under way: two children, each with its part of a snapshot of the parent, follow the parent's log until they
/// take its place.
///
/// ```
/// parent   log … 40 │ 41 42 43 … 57 │            │ retired
///                 snapshot                     cut-over
/// children        filled  41 42 43 … 57          │ serve, with logs of their own from 1
/// ```
final class PartitionSplit {
    let children: [Partition]
    private let cut: [UInt8]
    private let startedAt: SimulatedInstant
    private let endsAt: SimulatedInstant
    /// The last record of the parent's log that the children have.
    private var copiedIndex: UInt64

    init(
        of parent: Partition,
        at cut: [UInt8],
        into children: [Partition],
        from start: SimulatedInstant,
        to end: SimulatedInstant
    ) {
        self.cut = cut
        self.children = children
        startedAt = start
        endsAt = end
        copiedIndex = parent.committedIndex
        cut.withUnsafeBytes { fill(children, from: parent, KeyProbe($0)) }
    }

    private func fill(_ children: [Partition], from parent: Partition, _ cut: KeyProbe) {
        let (before, after) = parent.trees.cut(at: cut)
        children[0].fill(before)
        children[1].fill(after)
    }

    /// Brings the children up to everything the parent has committed. To be called before its log is trimmed, too.
    func catchUp(with parent: Partition) {
        let log = parent.log
        while copiedIndex < parent.committedIndex {
            copiedIndex += 1
            let record = log[copiedIndex]
            let isBefore = record.key.withBytes { key in cut.withUnsafeBytes { compareBytes(key, $0) < 0 } }
            children[isBefore ? 0 : 1].replay(record)
        }
        for child in children { child.follow(parent) }
    }

    func percent(on instant: SimulatedInstant) -> Int {
        let length = endsAt - startedAt
        return length == 0 ? 99 : Int(min(99, max(0, (instant - startedAt) * 100 / length)))
    }
}

extension BTree {
    /// Sum of the entries' sizes.
    var byteCount: Int {
        var bytes = 0
        walk(.everything) { slot in
            bytes += slot.item.size
            return true
        }
        return bytes
    }
}
