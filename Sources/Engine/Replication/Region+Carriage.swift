import Model

/// How changes of a table reach a watched partition of one of its indexes.
extension Region {
    /// Puts an entry into a watched index partition, or removes it when it is nil; true once that is committed. Until
    /// then it is asked again, with the same request number.
    func carry(_ partition: Partition, _ key: StorageKey, _ entry: Item?, _ request: UInt64) -> Bool {
        guard let group = partition.group, let position = group.readyLeader(at: now) else { return false }
        if let index = group.members[position].state.requests[request] {
            return index <= group.members[position].state.commitIndex
        }
        guard case .item(let old) = key.withBytes({ item(at: $0, in: group, position) }) else { return false }
        if old == entry { return true }
        append(.change, request: request, key: key, old: old, new: entry, at: position, in: group)
        return false
    }
}
