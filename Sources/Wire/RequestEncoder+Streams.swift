import Model

/// StreamSpecification, and the operations of the streams' own endpoint.
extension RequestEncoder {
    static func streamSpecification(_ specification: StreamSpecification) -> Document {
        var body = ObjectBuilder()
        body.add("StreamEnabled", Document.bool(specification.streamEnabled))
        body.add("StreamViewType", specification.streamViewType?.rawValue)
        return body.object
    }

    static func listStreams(_ request: ListStreamsRequest) -> Document {
        var body = ObjectBuilder()
        body.add("TableName", request.tableName)
        body.add("Limit", request.limit)
        body.add("ExclusiveStartStreamArn", request.exclusiveStartStreamArn)
        return body.object
    }

    static func describeStream(_ request: DescribeStreamRequest) -> Document {
        var body = ObjectBuilder()
        body.add("StreamArn", request.streamArn)
        body.add("Limit", request.limit)
        body.add("ExclusiveStartShardId", request.exclusiveStartShardId)
        if let parent = request.childrenOfShardId {
            var filter = ObjectBuilder()
            filter.add("Type", "CHILD_SHARDS")
            filter.add("ShardId", parent)
            body.add("ShardFilter", filter.object)
        }
        return body.object
    }

    static func getShardIterator(_ request: GetShardIteratorRequest) -> Document {
        var body = ObjectBuilder()
        body.add("StreamArn", request.streamArn)
        body.add("ShardId", request.shardId)
        body.add("ShardIteratorType", request.shardIteratorType.rawValue)
        body.add("SequenceNumber", request.sequenceNumber)
        return body.object
    }

    static func getRecords(_ request: GetRecordsRequest) -> Document {
        var body = ObjectBuilder()
        body.add("ShardIterator", request.shardIterator)
        body.add("Limit", request.limit)
        return body.object
    }
}
