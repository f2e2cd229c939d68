import Model

/// What a replica keeps durably, and what follows from it: a value, so that a copy is a snapshot.
///
/// Records through `base` were there before messages were exchanged: all replicas have them, at the term `baseTerm`.
struct ReplicaState {
    var log: WriteAheadLog
    let base: UInt64
    let baseTerm: Int
    /// The term of the newest record that was dropped from the log's beginning.
    private(set) var droppedTerm: Int
    var commitIndex: UInt64
    /// The last record applied to the trees.
    var appliedIndex: UInt64
    var trees: ReplicaTrees
    /// Items that transactions have prepared, by storage key.
    var marks: [[UInt8]: TransactionMark] = [:]
    /// Positions of the records in the log by their requests.
    private(set) var requests: [UInt64: UInt64] = [:]
    /// Who votes, by node: what the newest such record of the log says.
    private(set) var voters: [Int]
    private var earlierVoters: [(index: UInt64, voters: [Int])] = []

    init(log: WriteAheadLog, term: Int, appliedIndex: UInt64, trees: ReplicaTrees, voters: [Int]) {
        self.log = log
        base = log.lastIndex
        baseTerm = term
        droppedTerm = term
        commitIndex = log.lastIndex
        self.appliedIndex = appliedIndex
        self.trees = trees
        self.voters = voters
        guard log.count > 0 else { return }
        for index in log.firstIndex...log.lastIndex {
            if let stamp = log[index].stamp, stamp.request != 0 { requests[stamp.request] = index }
        }
    }

    func term(at index: UInt64) -> Int {
        if index <= base { return baseTerm }
        if index < log.firstIndex { return droppedTerm }
        return log[index].stamp!.term
    }

    var lastTerm: Int { term(at: log.lastIndex) }

    /// Whether the newest record about voters is committed, so that another one may follow.
    var hasSettledVoters: Bool { (earlierVoters.last?.index ?? 0) <= commitIndex }

    mutating func append(_ record: LogRecord) {
        log.append(record)
        guard let stamp = record.stamp else { return }
        if stamp.request != 0 { requests[stamp.request] = log.lastIndex }
        if case .voters(let voters) = stamp.purpose {
            earlierVoters.append((log.lastIndex, self.voters))
            self.voters = voters
        }
    }

    mutating func truncate(from index: UInt64) {
        guard index <= log.lastIndex else { return }
        forgetRequests(of: index...log.lastIndex)
        while let earlier = earlierVoters.last, earlier.index >= index {
            voters = earlier.voters
            earlierVoters.removeLast()
        }
        log.truncate(from: index)
    }

    /// Forgets the oldest records: they must be applied, and old enough that nobody sends their requests again.
    mutating func drop(through index: UInt64) {
        let last = min(index, appliedIndex)
        guard last >= log.firstIndex else { return }
        droppedTerm = term(at: last)
        forgetRequests(of: log.firstIndex...last)
        log.drop(through: last)
    }

    private mutating func forgetRequests(of positions: ClosedRange<UInt64>) {
        for position in positions {
            if let stamp = log[position].stamp, requests[stamp.request] == position { requests[stamp.request] = nil }
        }
    }
}

/// A transaction's hold on an item: others may read it, but not write.
struct TransactionMark: Sendable, Equatable {
    let transaction: UInt64
    /// The item if the transaction commits.
    let image: Item?
    /// A condition check leaves the item as it is.
    let isCheck: Bool
}

extension ReplicaState {
    /// Carries the next record out. Its index is `appliedIndex + 1`.
    mutating func apply(_ record: LogRecord) {
        appliedIndex += 1
        switch record.stamp?.purpose {
        case .newTerm, .voters: return
        case .prepare(let mark): marks[record.key.bytes] = mark
        case .finish(let transaction):
            if marks[record.key.bytes]?.transaction == transaction { marks[record.key.bytes] = nil }
            replaceItem(record)
        case .change, nil: replaceItem(record)
        }
    }

    private mutating func replaceItem(_ record: LogRecord) {
        guard record.changesItem else { return }
        record.key.withBytes { bytes in _ = trees.replace(at: KeyProbe(bytes), with: record.new) }
    }

    /// Goes on from another replica's trees. The log keeps every record behind them.
    mutating func takeTrees(of other: ReplicaState) {
        trees = other.trees
        marks = other.marks
        appliedIndex = other.appliedIndex
        // What is applied was committed.
        commitIndex = max(commitIndex, other.appliedIndex)
    }

    /// The newest record of an item that is not committed yet.
    func hasPending(_ key: UnsafeRawBufferPointer) -> Bool {
        guard commitIndex < log.lastIndex else { return false }
        for index in (commitIndex + 1)...log.lastIndex where compareKeys(log[index].key, key) { return true }
        return false
    }

    /// The newest record of an item in the retained log; 0 when there is none.
    func lastChange(of key: UnsafeRawBufferPointer) -> UInt64 {
        for index in stride(from: appliedIndex, through: log.firstIndex, by: -1) where compareKeys(log[index].key, key)
        {
            return index
        }
        return 0
    }

    private func compareKeys(_ key: StorageKey, _ other: UnsafeRawBufferPointer) -> Bool {
        key.withBytes { compareBytes($0, other) == 0 }
    }
}
