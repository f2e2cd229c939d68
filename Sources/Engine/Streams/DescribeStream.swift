import Model

extension Region {
    func describeStream(
        _ request: DescribeStreamRequest,
        _ journey: inout Journey
    ) throws(ServiceError) -> StreamDescription {
        let router = arrive(&journey)
        try ConstraintViolations.check { $0.check(request) }
        finish(router, &journey)
        let now = journey.now
        let stream = try stream(request.streamArn, at: now)
        var shards = stream.shards.filter { $0.openedAt <= now }
        if let parent = request.childrenOfShardId {
            let isKnown = shards.contains { $0.id == parent || $0.parentID == parent }
            guard isKnown else { throw StreamRules.unknownShard(parent) }
            shards.removeAll { $0.parentID != parent }
        }
        if let start = request.exclusiveStartShardId { shards = shards.following(start) }
        let page = shards.prefix(request.limit ?? Limits.shardsDescribed)
        return StreamDescription(
            streamArn: stream.arn,
            streamLabel: stream.label,
            streamStatus: stream.status,
            streamViewType: stream.viewType,
            creationRequestDateTime: stream.requestedAt.epochSeconds,
            tableName: stream.tableName,
            keySchema: stream.key.elements,
            shards: page.map { $0.description(at: now) },
            lastEvaluatedShardId: page.count < shards.count ? page.last?.id : nil
        )
    }
}

extension [StreamShard] {
    /// Those behind a shard; when it has been trimmed meanwhile, those that opened later.
    fileprivate func following(_ id: String) -> [StreamShard] {
        if let position = firstIndex(where: { $0.id == id }) { return Array(self[(position + 1)...]) }
        return filter { id.bytesPrecede($0.id) }
    }
}

extension StreamShard {
    fileprivate func description(at instant: SimulatedInstant) -> StreamDescription.Shard {
        StreamDescription.Shard(
            shardId: id,
            startingSequenceNumber: sequenceNumber(at: firstPosition),
            endingSequenceNumber: isClosed(at: instant) ? sequenceNumber(at: childPosition - 1) : nil,
            parentShardId: parentID
        )
    }
}
