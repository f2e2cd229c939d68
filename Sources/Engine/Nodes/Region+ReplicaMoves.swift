import Model

/// How a replica goes from one node to another while requests go on.
extension Region {
    func beginMove(of placed: PlacedPartition, from source: StorageNodeName, to target: StorageNodeName) {
        let bytes = placed.partition.sizeBytes
        let duration = constants.moveTime(bytes: bytes)
        let move = ReplicaMove(
            of: placed.partition,
            from: source,
            to: target,
            begunAt: now,
            copiedAt: now.advanced(byMicroseconds: duration)
        )
        storageNodes.begin(move)
        note(
            "\(placed.name) moves from \(source) to \(target) (az \(storageNodes[target].zone)): "
                + "\(Units.size(bytes)) to copy, \(Duration.text(microseconds: duration))"
        )
        schedule(at: move.copiedAt) { [unowned self] in finish(move) }
    }

    /// The copy is complete: the new replica takes the old one's place, as soon as the partition can change hands.
    private func finish(_ move: ReplicaMove) {
        let partition = move.partition
        guard let placed = placedPartitions()[ObjectIdentifier(partition)],
            let position = partition.replicas.firstIndex(where: { $0.node == move.source }),
            !partition.replicas.contains(where: { $0.node == move.target })
        else { return storageNodes.end(move) }
        guard storageNodes[move.target].isAlive else {
            note("\(placed.name) stays on \(move.source): \(move.target) is down")
            return storageNodes.end(move)
        }
        guard partition.isCalm, stepsDown(position, placed) else {
            schedule(at: now.advanced(byMicroseconds: Region.secondThought)) { [unowned self] in finish(move) }
            return
        }
        partition.replaceReplica(
            at: position,
            with: Replica(
                node: move.target,
                zone: storageNodes[move.target].zone,
                role: .follower,
                cursor: LogCursor(
                    seed: simulation.nextStreamSeed(),
                    startingAfter: partition.log.lastIndex(committedBy: now),
                    at: now
                )
            )
        )
        placed.table.mapChanged(of: partition, on: now, push: constants.mapPush)
        storageNodes.end(move, arrivedAt: now)
        note("\(placed.name) is on \(move.target) now, \(move.source) has dropped it")
        // The node may need to give away more, even if no request comes.
        armNodeReport()
    }

    /// A planned change that cannot happen now is tried again after this time.
    private static let secondThought: Int64 = 1_000_000

    /// Has a leader hand over to a follower; whether the replica does not lead, or no more.
    private func stepsDown(_ position: Int, _ placed: PlacedPartition) -> Bool {
        let partition = placed.partition
        guard partition.leader == position else { return true }
        guard let successor = handOverOrder(partition, currentPlacement()).first else { return false }
        partition.handOver(to: successor, at: now)
        guard partition.leader != position else { return false }
        note(
            "\(placed.name): \(partition.replicas[position].node) hands over to "
                + "\(partition.replicas[successor].node), term \(partition.term)"
        )
        return true
    }

    /// Followers on nodes that live, the least used node first.
    func handOverOrder(_ partition: Partition, _ placement: Placement) -> [Int] {
        func use(_ position: Int) -> Double {
            placement.limits.use(by: placement.loads[partition.replicas[position].node.number - 1]).part
        }
        return partition.replicas.indices
            .filter { $0 != partition.leader && storageNodes[partition.replicas[$0].node].isAlive }
            .sorted { (use($0), $0) < (use($1), $1) }
    }
}

extension Settings {
    /// How long the copying of a replica takes.
    func moveTime(bytes: Int) -> Int64 {
        bytes <= 1 << 30 ? moveTime : Int64(Double(moveTime) * (Double(bytes) / Double(1 << 30)))
    }
}
