import Model
import Testing
import Wire

/// The streams' own endpoint: bodies that are refused, and answers as SDKs read them.
@Suite struct StreamWireTests {
    private static let arn = "arn:aws:dynamodb:us-east-1:000000000000:table/Tab/stream/2026-01-01T00:00:00.000"
    private static let shard = "shardId-00000001767225608000-5f2a91c3"

    private func message(_ operation: Operation, _ json: String) throws -> String? {
        let document = try JSONReader.read(json)
        do {
            _ = try RequestDecoder.decode(operation, document)
            return nil
        } catch {
            guard case .service(let error) = error else { return "another error" }
            return error.message
        }
    }

    @Test(arguments: [
        (
            Operation.getRecords, #"{"ShardIterator":"x","Limit":1001}"#, "'1001' at 'limit'",
            "value less than or equal to 1000"
        ),
        (.getRecords, #"{"ShardIterator":"x","Limit":0}"#, "'0' at 'limit'", "value greater than or equal to 1"),
        (.getRecords, #"{"ShardIterator":""}"#, "'' at 'shardIterator'", "length greater than or equal to 1"),
        (.describeStream, #"{"StreamArn":"short"}"#, "'short' at 'streamArn'", "length greater than or equal to 37"),
        (.listStreams, #"{"Limit":101}"#, "'101' at 'limit'", "value less than or equal to 100"),
        (.listStreams, #"{"TableName":"ab"}"#, "'ab' at 'tableName'", "length greater than or equal to 3"),
    ])
    func aLengthOrRangeIsToldInTheServicesForm(operation: Operation, body: String, place: String, rule: String) throws {
        #expect(
            try message(operation, body)
                == "1 validation error detected: Value \(place) failed to satisfy constraint: Member must have \(rule)"
        )
    }

    @Test func missingMembersAreToldTogether() throws {
        #expect(
            try message(.getShardIterator, "{}")
                == "3 validation errors detected: "
                + "Value null at 'streamArn' failed to satisfy constraint: Member must not be null; "
                + "Value null at 'shardId' failed to satisfy constraint: Member must not be null; "
                + "Value null at 'shardIteratorType' failed to satisfy constraint: Member must not be null"
        )
        #expect(
            try message(.getRecords, "{}")
                == "1 validation error detected: Value null at 'shardIterator' failed to satisfy constraint: "
                + "Member must not be null"
        )
        #expect(
            try message(
                .getShardIterator,
                #"{"StreamArn":"\#(Self.arn)","ShardId":"\#(Self.shard)","ShardIteratorType":"NEWEST"}"#
            )
                == "1 validation error detected: Value 'NEWEST' at 'shardIteratorType' failed to satisfy constraint: "
                + "Member must satisfy enum value set: "
                + "[TRIM_HORIZON, LATEST, AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER]"
        )
    }

    @Test func aShardFilterNamesAParent() throws {
        let refused = try message(
            .describeStream,
            #"{"StreamArn":"\#(Self.arn)","ShardFilter":{"Type":"CHILD_SHARDS"}}"#
        )
        #expect(refused?.hasSuffix("ShardFilter must have both Type and ShardId") == true)
    }

    @Test func aStreamSpecificationSaysWhetherItIsEnabled() throws {
        let keys =
            #""AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"}],"#
            + #""KeySchema":[{"AttributeName":"a","KeyType":"HASH"}]"#
        let body = #"{"TableName":"abc",\#(keys),"StreamSpecification":{"StreamViewType":"ALL"}}"#
        #expect(
            try message(.createTable, body)
                == "2 validation errors detected: Value null at 'streamSpecification.streamEnabled' failed to satisfy "
                + "constraint: Member must not be null; Value 'ALL' at 'streamSpecification.streamViewType' failed to "
                + "satisfy constraint: Member must satisfy enum value set: "
                + "[NEW_AND_OLD_IMAGES, OLD_IMAGE, NEW_IMAGE, KEYS_ONLY]"
        )
    }

    @Test func aRecordLooksAsSDKsExpect() throws {
        var record = StreamRecord(
            eventID: "0123456789abcdef0123456789abcdef",
            eventName: .remove,
            awsRegion: "us-east-1",
            approximateCreationDateTime: 1_767_225_608,
            keys: ["pk": .string("a")],
            oldImage: ["pk": .string("a"), "n": .number(1)],
            sequenceNumber: "100000000000001000000",
            sizeBytes: 9,
            streamViewType: .oldImage,
            isByService: true
        )
        #expect(
            JSONWriter.compactText(ResponseEncoder.encode(record))
                == #"{"eventID":"0123456789abcdef0123456789abcdef","eventName":"REMOVE","eventVersion":"1.1","#
                + #""eventSource":"aws:dynamodb","awsRegion":"us-east-1","dynamodb":{"#
                + #""ApproximateCreationDateTime":1767225608,"Keys":{"pk":{"S":"a"}},"#
                + #""OldImage":{"n":{"N":"1"},"pk":{"S":"a"}},"SequenceNumber":"100000000000001000000","SizeBytes":9,"#
                + #""StreamViewType":"OLD_IMAGE"},"userIdentity":{"PrincipalId":"dynamodb.amazonaws.com","#
                + #""Type":"Service"}}"#
        )
        record.isByService = false
        #expect(!JSONWriter.compactText(ResponseEncoder.encode(record)).contains("userIdentity"))
        let page = GetRecordsResponse(records: [], nextShardIterator: nil)
        #expect(JSONWriter.compactText(ResponseEncoder.encode(.getRecords(page))) == #"{"Records":[]}"#)
    }

    @Test func anOpenShardHasNoEndingSequenceNumber() throws {
        let stream = StreamDescription(
            streamArn: Self.arn,
            streamLabel: "2026-01-01T00:00:00.000",
            streamStatus: .enabled,
            streamViewType: .keysOnly,
            creationRequestDateTime: 1_767_225_600,
            tableName: "Tab",
            keySchema: [KeySchemaElement("pk", .hash)],
            shards: [.init(shardId: Self.shard, startingSequenceNumber: "100000000000001000000")]
        )
        #expect(
            JSONWriter.compactText(ResponseEncoder.encode(.describeStream(stream)))
                == #"{"StreamDescription":{"StreamArn":"\#(Self.arn)","StreamLabel":"2026-01-01T00:00:00.000","#
                + #""StreamStatus":"ENABLED","StreamViewType":"KEYS_ONLY","CreationRequestDateTime":1767225600.0,"#
                + #""TableName":"Tab","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"#
                + #""Shards":[{"ShardId":"\#(Self.shard)","SequenceNumberRange":"#
                + #"{"StartingSequenceNumber":"100000000000001000000"}}]}}"#
        )
    }
}
