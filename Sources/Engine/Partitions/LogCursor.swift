/// How far a follower of a log has come: a replica, or an index. Records are applied in order, each one its own lag
/// after it was committed, never before the one in front of it.
struct LogCursor: Sendable {
    /// The last record applied; 0 is none.
    private(set) var appliedIndex: UInt64
    private(set) var appliedAt: SimulatedInstant
    private let seed: UInt64

    init(seed: UInt64, startingAfter index: UInt64, at instant: SimulatedInstant) {
        self.seed = seed
        appliedIndex = index
        appliedAt = instant
    }

    /// When the next record of the log will be applied; nil at the end of the log, or of what is committed of it.
    func nextDue(in log: WriteAheadLog, through limit: UInt64 = .max, lag: Lag) -> SimulatedInstant? {
        guard appliedIndex < min(log.lastIndex, limit) else { return nil }
        let next = appliedIndex + 1
        return max(appliedAt, log[next].committedAt.advanced(byMicroseconds: delay(ofRecord: next, lag)))
    }

    /// How long after its commit a record is applied at the earliest. It depends on the seed alone.
    func delay(ofRecord index: UInt64, _ lag: Lag) -> Int64 {
        lag.distribution.delay(median: lag.median, draw: Randomness.draw(seed, 0, index))
    }

    /// Moves past the next record.
    mutating func advance(at due: SimulatedInstant) {
        appliedIndex += 1
        appliedAt = due
    }

    /// The same follower at another place of the log.
    func moved(to index: UInt64, at instant: SimulatedInstant) -> LogCursor {
        LogCursor(seed: seed, startingAfter: index, at: max(appliedAt, instant))
    }

    /// Moves past every record that is due. Without lag that is all of them.
    mutating func advance(through instant: SimulatedInstant, in log: WriteAheadLog, lag: Lag) {
        if appliedIndex == log.lastIndex { return }
        if lag.isLongOver(log[log.lastIndex].committedAt, at: instant) {
            appliedIndex = log.lastIndex
            appliedAt = max(appliedAt, instant)
            return
        }
        while let due = nextDue(in: log, lag: lag), due <= instant { advance(at: due) }
    }
}

/// The delay of a log's follower: a median in microseconds and a spread around it.
struct Lag: Sendable {
    let median: Int64
    let distribution: LatencyDistribution

    /// Whether even the slowest follower has passed what was committed then.
    func isLongOver(_ committed: SimulatedInstant, at instant: SimulatedInstant) -> Bool {
        instant - committed >= distribution.longest(median: median)
    }
}
