import Model

/// Answers of the streams' own endpoint. Source: reference F.
extension ResponseEncoder {
    static func encode(_ response: ListStreamsResponse, into body: inout ObjectBuilder) {
        let streams = response.streams.map { stream in
            var entry = ObjectBuilder()
            entry.add("StreamArn", stream.streamArn)
            entry.add("TableName", stream.tableName)
            entry.add("StreamLabel", stream.streamLabel)
            return entry.object
        }
        body.add("Streams", Document.array(streams))
        body.add("LastEvaluatedStreamArn", response.lastEvaluatedStreamArn)
    }

    static func encode(_ response: StreamDescription, into body: inout ObjectBuilder) {
        var stream = ObjectBuilder()
        stream.add("StreamArn", response.streamArn)
        stream.add("StreamLabel", response.streamLabel)
        stream.add("StreamStatus", response.streamStatus.rawValue)
        stream.add("StreamViewType", response.streamViewType.rawValue)
        stream.add("CreationRequestDateTime", response.creationRequestDateTime)
        stream.add("TableName", response.tableName)
        stream.add("KeySchema", RequestEncoder.keySchema(response.keySchema))
        stream.add("Shards", Document.array(response.shards.map(shard)))
        stream.add("LastEvaluatedShardId", response.lastEvaluatedShardId)
        body.add("StreamDescription", stream.object)
    }

    private static func shard(_ shard: StreamDescription.Shard) -> Document {
        var range = ObjectBuilder()
        range.add("StartingSequenceNumber", shard.startingSequenceNumber)
        range.add("EndingSequenceNumber", shard.endingSequenceNumber)
        var body = ObjectBuilder()
        body.add("ShardId", shard.shardId)
        body.add("SequenceNumberRange", range.object)
        body.add("ParentShardId", shard.parentShardId)
        return body.object
    }

    static func encode(_ response: GetShardIteratorResponse, into body: inout ObjectBuilder) {
        body.add("ShardIterator", response.shardIterator)
    }

    static func encode(_ response: GetRecordsResponse, into body: inout ObjectBuilder) {
        body.add("Records", Document.array(response.records.map(encode)))
        body.add("NextShardIterator", response.nextShardIterator)
    }

    public static func encode(_ record: StreamRecord) -> Document {
        var change = ObjectBuilder()
        change.add("ApproximateCreationDateTime", record.approximateCreationDateTime)
        change.add("Keys", record.keys)
        change.add("NewImage", record.newImage)
        change.add("OldImage", record.oldImage)
        change.add("SequenceNumber", record.sequenceNumber)
        change.add("SizeBytes", record.sizeBytes)
        change.add("StreamViewType", record.streamViewType.rawValue)
        var body = ObjectBuilder()
        body.add("eventID", record.eventID)
        body.add("eventName", record.eventName.rawValue)
        body.add("eventVersion", "1.1")
        body.add("eventSource", "aws:dynamodb")
        body.add("awsRegion", record.awsRegion)
        body.add("dynamodb", change.object)
        if record.isByService {
            var identity = ObjectBuilder()
            identity.add("PrincipalId", "dynamodb.amazonaws.com")
            identity.add("Type", "Service")
            body.add("userIdentity", identity.object)
        }
        return body.object
    }
}
