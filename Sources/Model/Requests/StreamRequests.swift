public struct ListStreamsRequest: Equatable, Sendable {
    public var tableName: String?
    public var limit: Int?
    public var exclusiveStartStreamArn: String?

    public init(tableName: String? = nil, limit: Int? = nil, exclusiveStartStreamArn: String? = nil) {
        self.tableName = tableName
        self.limit = limit
        self.exclusiveStartStreamArn = exclusiveStartStreamArn
    }
}

public struct ListStreamsResponse: Equatable, Sendable {
    public struct Stream: Equatable, Sendable {
        public var streamArn: String
        public var tableName: String
        public var streamLabel: String

        public init(streamArn: String, tableName: String, streamLabel: String) {
            self.streamArn = streamArn
            self.tableName = tableName
            self.streamLabel = streamLabel
        }
    }

    public var streams: [Stream]
    public var lastEvaluatedStreamArn: String?

    public init(streams: [Stream], lastEvaluatedStreamArn: String? = nil) {
        self.streams = streams
        self.lastEvaluatedStreamArn = lastEvaluatedStreamArn
    }
}

public struct DescribeStreamRequest: Equatable, Sendable {
    public var streamArn: String
    public var limit: Int?
    public var exclusiveStartShardId: String?
    /// ShardFilter CHILD_SHARDS: only the children of this shard.
    public var childrenOfShardId: String?

    public init(
        streamArn: String,
        limit: Int? = nil,
        exclusiveStartShardId: String? = nil,
        childrenOfShardId: String? = nil
    ) {
        self.streamArn = streamArn
        self.limit = limit
        self.exclusiveStartShardId = exclusiveStartShardId
        self.childrenOfShardId = childrenOfShardId
    }
}

public enum StreamStatus: String, Sendable, CaseIterable {
    case enabling = "ENABLING"
    case enabled = "ENABLED"
    case disabling = "DISABLING"
    case disabled = "DISABLED"
}

/// What DescribeStream answers: one page of the stream's shards.
public struct StreamDescription: Equatable, Sendable {
    public struct Shard: Equatable, Sendable {
        public var shardId: String
        public var startingSequenceNumber: String
        /// Absent while the shard is open.
        public var endingSequenceNumber: String?
        public var parentShardId: String?

        public init(
            shardId: String,
            startingSequenceNumber: String,
            endingSequenceNumber: String? = nil,
            parentShardId: String? = nil
        ) {
            self.shardId = shardId
            self.startingSequenceNumber = startingSequenceNumber
            self.endingSequenceNumber = endingSequenceNumber
            self.parentShardId = parentShardId
        }
    }

    public var streamArn: String
    public var streamLabel: String
    public var streamStatus: StreamStatus
    public var streamViewType: StreamViewType
    /// Seconds since 1970, in simulated time.
    public var creationRequestDateTime: Double
    public var tableName: String
    public var keySchema: [KeySchemaElement]
    public var shards: [Shard]
    public var lastEvaluatedShardId: String?

    public init(
        streamArn: String,
        streamLabel: String,
        streamStatus: StreamStatus,
        streamViewType: StreamViewType,
        creationRequestDateTime: Double,
        tableName: String,
        keySchema: [KeySchemaElement],
        shards: [Shard],
        lastEvaluatedShardId: String? = nil
    ) {
        self.streamArn = streamArn
        self.streamLabel = streamLabel
        self.streamStatus = streamStatus
        self.streamViewType = streamViewType
        self.creationRequestDateTime = creationRequestDateTime
        self.tableName = tableName
        self.keySchema = keySchema
        self.shards = shards
        self.lastEvaluatedShardId = lastEvaluatedShardId
    }
}

public enum ShardIteratorType: String, Sendable, CaseIterable {
    case trimHorizon = "TRIM_HORIZON"
    case latest = "LATEST"
    case atSequenceNumber = "AT_SEQUENCE_NUMBER"
    case afterSequenceNumber = "AFTER_SEQUENCE_NUMBER"
}

public struct GetShardIteratorRequest: Equatable, Sendable {
    public var streamArn: String
    public var shardId: String
    public var shardIteratorType: ShardIteratorType
    public var sequenceNumber: String?

    public init(
        streamArn: String,
        shardId: String,
        shardIteratorType: ShardIteratorType,
        sequenceNumber: String? = nil
    ) {
        self.streamArn = streamArn
        self.shardId = shardId
        self.shardIteratorType = shardIteratorType
        self.sequenceNumber = sequenceNumber
    }
}

public struct GetShardIteratorResponse: Equatable, Sendable {
    public var shardIterator: String

    public init(shardIterator: String) { self.shardIterator = shardIterator }
}

public struct GetRecordsRequest: Equatable, Sendable {
    public var shardIterator: String
    public var limit: Int?

    public init(shardIterator: String, limit: Int? = nil) {
        self.shardIterator = shardIterator
        self.limit = limit
    }
}

public struct GetRecordsResponse: Equatable, Sendable {
    public var records: [StreamRecord]
    /// Absent once a closed shard has been read to its end.
    public var nextShardIterator: String?

    public init(records: [StreamRecord], nextShardIterator: String? = nil) {
        self.records = records
        self.nextShardIterator = nextShardIterator
    }
}

/// One change of one item, as a stream tells it.
public struct StreamRecord: Equatable, Sendable {
    public enum EventName: String, Sendable, CaseIterable {
        case insert = "INSERT"
        case modify = "MODIFY"
        case remove = "REMOVE"
    }

    /// 32 hexadecimal digits.
    public var eventID: String
    public var eventName: EventName
    public var awsRegion: String
    /// Whole seconds since 1970, in simulated time.
    public var approximateCreationDateTime: Int
    public var keys: Item
    public var newImage: Item?
    public var oldImage: Item?
    /// 21 digits, growing within a shard and from parent to child.
    public var sequenceNumber: String
    public var sizeBytes: Int
    public var streamViewType: StreamViewType
    /// The service itself made the change: time to live.
    public var isByService: Bool

    public init(
        eventID: String,
        eventName: EventName,
        awsRegion: String,
        approximateCreationDateTime: Int,
        keys: Item,
        newImage: Item? = nil,
        oldImage: Item? = nil,
        sequenceNumber: String,
        sizeBytes: Int,
        streamViewType: StreamViewType,
        isByService: Bool = false
    ) {
        self.eventID = eventID
        self.eventName = eventName
        self.awsRegion = awsRegion
        self.approximateCreationDateTime = approximateCreationDateTime
        self.keys = keys
        self.newImage = newImage
        self.oldImage = oldImage
        self.sequenceNumber = sequenceNumber
        self.sizeBytes = sizeBytes
        self.streamViewType = streamViewType
        self.isByService = isByService
    }
}
