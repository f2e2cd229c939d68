/// A defect put into the engine on purpose, so that a test can show that somebody notices.
package enum Sabotage: String, Sendable, CaseIterable {
    /// A write is acknowledged when the leader alone has it.
    case acknowledgesBeforeQuorum
    /// A leader whose lease has run out goes on answering.
    case ignoresLeases
    /// A candidate is elected however little of the log it has.
    case electsAnyone
    /// Replicas show records that are not committed yet.
    case showsUncommitted
    /// A write that is sent again is carried out again.
    case repeatsRetriedWrites
    /// A replica that comes back skips what it missed.
    case skipsCatchUp
    /// A follower's reads jump back to an older state now and then.
    case readsGoBackwards
    /// Some changes never reach the indexes.
    case skipsIndexRecords
    /// An index keeps the entries of items that are gone.
    case keepsIndexGhosts
    /// A split loses an item at the cut.
    case losesItemInSplit
    /// The children of a split leave a gap in the key space.
    case leavesGapInSplit
    /// A query or scan that goes on after a split starts again at the beginning of the child.
    case repeatsPageAfterSplit
    /// After an election a stream goes on at the new leader's newest record.
    case streamSkipsAtElection
    /// A transaction leaves out its last action.
    case tearsTransactions
}
