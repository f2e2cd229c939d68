import Model

extension Region {
    public func shards(of table: String?) -> [ShardReport] {
        streams.removeGone(at: now, constants)
        return streams.all.filter { table == nil || table == $0.tableName }.flatMap { stream in
            stream.catchUp(through: now, constants)
            return stream.shards.filter { $0.openedAt <= now }.map { report(on: $0, of: stream) }
        }
    }

    private func report(on shard: StreamShard, of stream: TableStream) -> ShardReport {
        let visible = now.advanced(byMicroseconds: -constants.streamVisibility)
        let (oldest, end) = (shard.oldestPosition, shard.endPosition(committedBy: visible))
        let isEmpty = oldest == end
        return ShardReport(
            table: stream.tableName,
            streamLabel: stream.label,
            streamStatus: stream.status,
            viewType: stream.viewType,
            id: shard.id,
            parentID: shard.parentID,
            partition: shard.source,
            isOpen: !shard.isClosed(at: now),
            records: Int(end - oldest),
            pendingRecords: Int(shard.endPosition - end),
            oldestSequenceNumber: isEmpty ? nil : shard.sequenceNumber(at: oldest),
            newestSequenceNumber: isEmpty ? nil : shard.sequenceNumber(at: end - 1),
            ageMicroseconds: isEmpty ? nil : now - shard[oldest].committedAt
        )
    }
}
