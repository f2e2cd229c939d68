import Model

extension Region {
    func getShardIterator(
        _ request: GetShardIteratorRequest,
        _ journey: inout Journey
    ) throws(ServiceError) -> GetShardIteratorResponse {
        let router = arrive(&journey)
        try ConstraintViolations.check { $0.check(request) }
        finish(router, &journey)
        let stream = try stream(request.streamArn, at: journey.now)
        let shard = try shard(request.shardId, of: stream, at: journey.now)
        let iterator = ShardIterator(
            streamArn: stream.arn,
            shardID: shard.id,
            position: try shard.position(of: request, at: journey.now),
            issuedAt: journey.now
        )
        return GetShardIteratorResponse(shardIterator: iterator.text(secret: iteratorSecret))
    }
}

extension StreamShard {
    fileprivate func position(
        of request: GetShardIteratorRequest,
        at instant: SimulatedInstant
    ) throws(ServiceError) -> UInt64 {
        let skipped: UInt64
        switch request.shardIteratorType {
        case .trimHorizon: return oldestPosition
        case .latest: return endPosition(committedBy: instant)
        case .atSequenceNumber: skipped = 0
        case .afterSequenceNumber: skipped = 1
        }
        guard let text = request.sequenceNumber else {
            throw StreamRules.missingSequenceNumber(request.shardIteratorType)
        }
        guard let named = SequenceNumber.position(in: text), named >= firstPosition, named < childPosition else {
            throw StreamRules.invalidSequenceNumber(text)
        }
        if named + skipped < oldestPosition { throw StreamRules.trimmed }
        return named + skipped
    }
}
