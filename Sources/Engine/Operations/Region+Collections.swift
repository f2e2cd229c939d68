import Model

/// The limit on item collections of tables with local indexes. Source: reference H, "item collection".
extension Region {
    /// Refuses a write that makes its collection grow beyond the limit. Shrinking it is always allowed.
    func checkCollection(
        of write: ItemWrite,
        becoming new: Item?,
        at probe: KeyProbe,
        in partition: Partition
    ) throws(ServiceError) {
        // A partition that could not reach the limit holds no collection that could.
        guard let new, partition.sizeBytes + (1 + write.table.localIndexes.count) * new.size > constants.collectionBytes
        else { return }
        try checkCollection(of: write, becoming: new, from: partition.tree.item(at: probe))
    }

    /// The same when the stored item is known.
    func checkCollection(of write: ItemWrite, becoming new: Item?, from old: Item?) throws(ServiceError) {
        let table = write.table
        guard let new, table.hasLocalIndexes else { return }
        let space = KeySpace(table)
        let growth = space.weight(of: new) - (old.map { space.weight(of: $0) } ?? 0)
        if growth > 0, table.collectionSize(of: write.key) + growth > constants.collectionBytes {
            throw .itemCollectionSizeLimitExceededException
        }
    }

    /// The same for the accepted actions of a transaction: each that is too large for its collection is rejected.
    func checkCollections(
        _ votes: [TransactionCoordinator.Vote],
        of coordinator: TransactionCoordinator
    ) -> [TransactionCoordinator.Vote] {
        zip(coordinator.members, votes).map { member, vote in
            guard case .participant(let participant) = member, case .accepted(_, let new) = vote else { return vote }
            return participant.key.withUnsafeBytes { bytes in
                do throws(ServiceError) {
                    try checkCollection(
                        of: participant.write,
                        becoming: new,
                        at: KeyProbe(bytes),
                        in: participant.partition
                    )
                    return vote
                } catch {
                    return .rejected(CancellationReason(error))
                }
            }
        }
    }
}
