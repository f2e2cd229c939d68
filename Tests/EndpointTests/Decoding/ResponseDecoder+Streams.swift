import Model
import Wire

extension ResponseDecoder {
    static func listStreams(_ body: inout Members) throws(BodyFault) -> ListStreamsResponse {
        let streams = try body.required("Streams").list { stream throws(BodyFault) in
            try stream.structure { body throws(BodyFault) in
                ListStreamsResponse.Stream(
                    streamArn: try body.required("StreamArn").string(),
                    tableName: try body.required("TableName").string(),
                    streamLabel: try body.required("StreamLabel").string()
                )
            }
        }
        return ListStreamsResponse(
            streams: streams,
            lastEvaluatedStreamArn: try body.optional("LastEvaluatedStreamArn")?.string()
        )
    }

    static func describeStream(_ field: Field) throws(BodyFault) -> StreamDescription {
        try field.structure { body throws(BodyFault) in
            StreamDescription(
                streamArn: try body.required("StreamArn").string(),
                streamLabel: try body.required("StreamLabel").string(),
                streamStatus: try body.required("StreamStatus").choice(),
                streamViewType: try body.required("StreamViewType").choice(),
                creationRequestDateTime: try body.required("CreationRequestDateTime").double(),
                tableName: try body.required("TableName").string(),
                keySchema: try body.required("KeySchema").list(keySchemaElement),
                shards: try body.required("Shards").list(shard),
                lastEvaluatedShardId: try body.optional("LastEvaluatedShardId")?.string()
            )
        }
    }

    private static func shard(_ field: Field) throws(BodyFault) -> StreamDescription.Shard {
        try field.structure { body throws(BodyFault) in
            let range = try body.required("SequenceNumberRange").structure { body throws(BodyFault) in
                (
                    start: try body.required("StartingSequenceNumber").string(),
                    end: try body.optional("EndingSequenceNumber")?.string()
                )
            }
            return StreamDescription.Shard(
                shardId: try body.required("ShardId").string(),
                startingSequenceNumber: range.start,
                endingSequenceNumber: range.end,
                parentShardId: try body.optional("ParentShardId")?.string()
            )
        }
    }

    static func getRecords(_ body: inout Members) throws(BodyFault) -> GetRecordsResponse {
        GetRecordsResponse(
            records: try body.required("Records").list(record),
            nextShardIterator: try body.optional("NextShardIterator")?.string()
        )
    }

    private static func record(_ field: Field) throws(BodyFault) -> StreamRecord {
        try field.structure { body throws(BodyFault) in
            let eventID = try body.required("eventID").string()
            let eventName: StreamRecord.EventName = try body.required("eventName").choice()
            try body.required("eventVersion").expect("1.1")
            try body.required("eventSource").expect("aws:dynamodb")
            let awsRegion = try body.required("awsRegion").string()
            let isByService = try body.optional("userIdentity").map(isOfService) ?? false
            return try body.required("dynamodb").structure { change throws(BodyFault) in
                let created = try change.required("ApproximateCreationDateTime")
                guard let seconds = Int(exactly: try created.double()) else { throw created.fault("no whole second") }
                return StreamRecord(
                    eventID: eventID,
                    eventName: eventName,
                    awsRegion: awsRegion,
                    approximateCreationDateTime: seconds,
                    keys: try change.required("Keys").item(),
                    newImage: try change.optional("NewImage")?.item(),
                    oldImage: try change.optional("OldImage")?.item(),
                    sequenceNumber: try change.required("SequenceNumber").string(),
                    sizeBytes: try change.required("SizeBytes").int(),
                    streamViewType: try change.required("StreamViewType").choice(),
                    isByService: isByService
                )
            }
        }
    }

    /// Only a change by time to live says who made it.
    private static func isOfService(_ field: Field) throws(BodyFault) -> Bool {
        try field.structure { body throws(BodyFault) in
            try body.required("PrincipalId").expect("dynamodb.amazonaws.com")
            try body.required("Type").expect("Service")
            return true
        }
    }
}
