import Model

/// What is remembered of finished transactions: the tokens of the last ten minutes, with the request each stood for.
struct TransactionLedger {
    struct Entry {
        let request: Request
        let response: Response
        let completedAt: SimulatedInstant
        /// The read units a repetition costs, by table.
        let replayCapacity: [ConsumedCapacity]
    }

    private var entries: [String: Entry] = [:]
    /// Tokens in order of completion, for forgetting.
    private var order: [String] = []

    func entry(for token: String, at instant: SimulatedInstant, memory: Int64) -> Entry? {
        guard let entry = entries[token], instant - entry.completedAt <= memory else { return nil }
        return entry
    }

    mutating func record(_ entry: Entry, for token: String, memory: Int64) {
        forget(before: entry.completedAt.advanced(byMicroseconds: -memory))
        entries[token] = entry
        order.append(token)
    }

    private mutating func forget(before instant: SimulatedInstant) {
        let old = order.prefix { token in entries[token].map { $0.completedAt < instant } ?? true }
        for token in old { entries[token] = nil }
        order.removeFirst(old.count)
    }
}
