import Model

/// What replicas of one partition say to each other. `term` is the sender's.
enum ReplicationMessage {
    /// The leader's records after one that both have, and how far they are committed. Without records it keeps the
    /// lease alive.
    case append(Append)
    /// The sender has everything up to here durably. `sentAt` is when the leader's message left.
    case appended(term: Int, through: UInt64, sentAt: SimulatedInstant)
    /// The sender lacks what comes before the records it was sent, or has other records there.
    case missing(term: Int, from: UInt64, sentAt: SimulatedInstant)
    /// How far the log is committed; asks for no answer.
    case committed(term: Int, through: UInt64)
    /// A whole state, for who has fallen too far behind the log, or is damaged.
    case snapshot(Snapshot)
    /// Do you still hear the leader? I do not.
    case inquiry(term: Int)
    case inquiryAnswer(term: Int, hearsLeader: Bool)
    /// Give me your vote. After a hand-over the old leader has given its lease back.
    case candidacy(term: Int, lastIndex: UInt64, lastTerm: Int, isHandOver: Bool)
    case vote(term: Int, isGranted: Bool)
    /// The leader wants its receiver to lead, and leads no more.
    case handOver(term: Int)
    /// The sender lacks trees, or a log, or has found them damaged.
    case needsState(term: Int)
    /// Trees from who does not lead, for who does not have any.
    case trees(term: Int, ReplicaState)

    struct Append {
        let term: Int
        let previousIndex: UInt64
        let previousTerm: Int
        let records: [LogRecord]
        let committed: UInt64
        let sentAt: SimulatedInstant
    }

    struct Snapshot {
        let term: Int
        let state: ReplicaState
        let sentAt: SimulatedInstant
    }
}
