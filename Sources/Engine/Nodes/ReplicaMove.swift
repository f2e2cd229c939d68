/// A replica on its way from one node to another: its tree and log are being copied, and then it changes places.
///
/// ```
/// source  ████████████████ serves ████████████████│ dropped
/// target  ░░░░ learner: copies tree and log ░░░░░░│█ serves
///         begunAt                      copiedAt ──┘ as soon as the partition can change hands
/// ```
final class ReplicaMove {
    let partition: Partition
    let source: StorageNodeName
    let target: StorageNodeName
    let begunAt: SimulatedInstant
    let copiedAt: SimulatedInstant

    init(
        of partition: Partition,
        from source: StorageNodeName,
        to target: StorageNodeName,
        begunAt: SimulatedInstant,
        copiedAt: SimulatedInstant
    ) {
        self.partition = partition
        self.source = source
        self.target = target
        self.begunAt = begunAt
        self.copiedAt = copiedAt
    }

    /// 0 … 100.
    func percentCopied(at instant: SimulatedInstant) -> Int64 {
        let whole = copiedAt - begunAt
        return whole == 0 ? 100 : min(100, max(0, (instant - begunAt) * 100 / whole))
    }
}
