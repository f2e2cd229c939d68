/// What planned changes ask before they happen.
extension Partition {
    /// Whether `trees` are all that is committed, and known to be sound: then they may be copied.
    func isCurrent(at instant: SimulatedInstant) -> Bool {
        guard let group else { return true }
        return group.readyLeader(at: instant) == group.leadingPosition && group.leading.canBeCopied
    }

    /// Whether its place may be taken over now: it is led, and everything that stands in the log is committed. When it is
    /// not, it will be a little later.
    func canChangeHands(at instant: SimulatedInstant) -> Bool {
        guard let group else { return true }
        guard let position = group.readyLeader(at: instant) else { return false }
        let state = group.members[position].state
        return state.commitIndex == state.log.lastIndex && state.marks.isEmpty && !group.hasWaiters
    }
}
