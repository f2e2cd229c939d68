import Model

/// StreamSpecification, and the operations of the streams' own endpoint.
extension RequestDecoding {
    /// Stand in for what a request left out; they break no constraint.
    private static let fillerArn = "arn:aws:dynamodb:us-east-1:000000000000:table/abc/stream/x"
    private static let fillerShardID = "shardId-00000000000000000000-00000000"

    mutating func streamSpecification(_ body: Structure) throws(WireError) -> StreamSpecification? {
        guard let specification = try structure(body, "StreamSpecification") else { return nil }
        let isEnabled = try bool(specification, "StreamEnabled")
        if isEnabled == nil { violate(nil, at: specification.path("StreamEnabled"), .notNull) }
        return StreamSpecification(
            streamEnabled: isEnabled ?? false,
            streamViewType: try enumeration(specification, "StreamViewType", in: EnumOrder.streamViewType)
        )
    }

    func listStreams(_ body: Structure) throws(WireError) -> ListStreamsRequest {
        ListStreamsRequest(
            tableName: try string(body, "TableName"),
            limit: try integer(body, "Limit"),
            exclusiveStartStreamArn: try string(body, "ExclusiveStartStreamArn")
        )
    }

    mutating func describeStream(_ body: Structure) throws(WireError) -> DescribeStreamRequest {
        DescribeStreamRequest(
            streamArn: try requiredString(body, "StreamArn") ?? Self.fillerArn,
            limit: try integer(body, "Limit"),
            exclusiveStartShardId: try string(body, "ExclusiveStartShardId"),
            childrenOfShardId: try parentOfWantedShards(body)
        )
    }

    private mutating func parentOfWantedShards(_ body: Structure) throws(WireError) -> String? {
        guard let filter = try structure(body, "ShardFilter") else { return nil }
        let type: ShardFilterType? = try enumeration(filter, "Type", in: EnumOrder.shardFilterType)
        let parent = try string(filter, "ShardId")
        if !filter.has("Type") || parent == nil {
            refuse("One or more parameter values were invalid: ShardFilter must have both Type and ShardId")
        }
        return type.flatMap { _ in parent }
    }

    private enum ShardFilterType: String {
        case childShards = "CHILD_SHARDS"
    }

    mutating func getShardIterator(_ body: Structure) throws(WireError) -> GetShardIteratorRequest {
        let name = "ShardIteratorType"
        let streamArn = try requiredString(body, "StreamArn") ?? Self.fillerArn
        let shardID = try requiredString(body, "ShardId") ?? Self.fillerShardID
        if !body.has(name) { violate(nil, at: body.path(name), .notNull) }
        return GetShardIteratorRequest(
            streamArn: streamArn,
            shardId: shardID,
            shardIteratorType: try enumeration(body, name, in: EnumOrder.shardIteratorType) ?? .trimHorizon,
            sequenceNumber: try string(body, "SequenceNumber")
        )
    }

    mutating func getRecords(_ body: Structure) throws(WireError) -> GetRecordsRequest {
        GetRecordsRequest(
            shardIterator: try requiredString(body, "ShardIterator") ?? Self.fillerShardID,
            limit: try integer(body, "Limit")
        )
    }
}
