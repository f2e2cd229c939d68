import Model

/// How long followers took to show the records that are still in the logs.
extension Region {
    public func lags(of name: String, index: String?) throws(ServiceError) -> [LagReport] {
        try inspected(name, index).partitions.flatMap { partition in
            let log = partition.log
            return followers(of: partition).map { node, cursor in
                LagReport(
                    partition: partition.label,
                    node: "\(node)",
                    lags: cursor.lags(in: log, constants.followerLag)
                )
            }
        }
    }

    /// As far as they have come by now: a follower applies what is due when somebody looks.
    private func followers(of partition: Partition) -> [(node: StorageNodeName, cursor: LogCursor)] {
        if let group = partition.group {
            for position in group.members.indices { catchUp(position, in: group) }
            return group.members.filter { $0.kind == .full && $0.id != group.leader }.map { ($0.node, $0.cursor) }
        }
        for position in partition.replicas.indices {
            _ = partition.appliedIndex(of: position, on: now, lag: constants.followerLag)
        }
        return partition.replicas.filter { $0.role == .follower }.map { ($0.node, $0.cursor) }
    }
}

extension LogCursor {
    /// The delay of every record that the follower has applied and the log still has, in microseconds. None is applied
    /// before the one in front of it.
    fileprivate func lags(in log: WriteAheadLog, _ lag: Lag) -> [Int64] {
        var lags: [Int64] = []
        var applied = SimulatedInstant.distantPast
        for index in stride(from: log.firstIndex, through: min(appliedIndex, log.lastIndex), by: 1) {
            let committed = log[index].committedAt
            applied = max(applied, committed.advanced(byMicroseconds: delay(ofRecord: index, lag)))
            lags.append(applied - committed)
        }
        return lags
    }
}

extension LagReport {
    fileprivate init(partition: PartitionLabel, node: String, lags: [Int64]) {
        let sorted = lags.sorted()
        func quantile(_ hundredths: Int) -> Int64 {
            sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, sorted.count * hundredths / 100)]
        }
        self.init(
            partition: partition,
            node: node,
            records: sorted.count,
            medianMicroseconds: quantile(50),
            ninetiethMicroseconds: quantile(90),
            ninetyNinthMicroseconds: quantile(99),
            longestMicroseconds: sorted.last ?? 0,
            withinTenMilliseconds: sorted.count { $0 < 10_000 }
        )
    }
}
