import Model

extension Region {
    func getRecords(_ request: GetRecordsRequest, _ journey: inout Journey) throws(ServiceError) -> GetRecordsResponse {
        let router = arrive(&journey)
        try ConstraintViolations.check { $0.check(request) }
        let iterator = try ShardIterator(request.shardIterator, secret: iteratorSecret)
        finish(router, &journey)
        let now = journey.now
        if now - iterator.issuedAt > constants.iteratorLife { throw StreamRules.expired }
        let stream = try stream(iterator.streamArn, at: now)
        // A shard that is gone has been read to its end, or trimmed.
        guard let shard = stream.shard(withID: iterator.shardID), iterator.position >= shard.oldestPosition else {
            throw StreamRules.trimmed
        }
        var position = iterator.position
        var records: [StreamRecord] = []
        var bytes = 0
        let limit = request.limit ?? Limits.recordsRead
        while records.count < limit, position < shard.endPosition {
            let change = shard[position]
            guard change.committedAt.advanced(byMicroseconds: constants.streamVisibility) <= now else { break }
            let record = change.record(of: stream, position: position, in: shard, region: name)
            bytes += record.sizeBytes
            if bytes > Limits.recordsSize, !records.isEmpty { break }
            records.append(record)
            position += 1
        }
        let isDrained = shard.isClosed(at: now) && position >= shard.endPosition
        let next = ShardIterator(streamArn: stream.arn, shardID: shard.id, position: position, issuedAt: now)
        return GetRecordsResponse(
            records: records,
            nextShardIterator: isDrained ? nil : next.text(secret: iteratorSecret)
        )
    }
}
