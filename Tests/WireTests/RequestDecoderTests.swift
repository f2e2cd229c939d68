import Model
import Testing
import Wire

/// What is refused before any table is looked up, and with which words.
@Suite struct RequestDecoderTests {
    private func error(_ operation: Operation, _ json: String) throws -> WireError? {
        let document = try JSONReader.read(json)
        do {
            _ = try RequestDecoder.decode(operation, document)
            return nil
        } catch {
            return error
        }
    }

    private func message(_ operation: Operation, _ json: String) throws -> String {
        switch try error(operation, json) {
        case .service(.validationException(let message)): message
        case .serialization(let message): "SerializationException: " + message
        case let other: "\(String(describing: other))"
        }
    }

    @Test(arguments: [
        ("null", "Value null at 'tableName' failed to satisfy constraint: Member must not be null"),
        (
            "\"a;b\"",
            "Value 'a;b' at 'tableName' failed to satisfy constraint: "
                + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"
        ),
    ])
    func aBadTableNameIsToldAlone(name: String, clause: String) throws {
        let body = #"{"TableName":\#(name),"ReturnConsumedCapacity":"x"}"#
        #expect(try message(.putItem, body) == "1 validation error detected: " + clause)
    }

    @Test func tableNamesHaveAnotherMinimumForCreateTable() throws {
        let keys = #""AttributeDefinitions":[],"KeySchema":[{"AttributeName":"a","KeyType":"HASH"}]"#
        #expect(
            try message(.createTable, #"{"TableName":"ab",\#(keys)}"#)
                == "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: "
                + "Member must have length greater than or equal to 3"
        )
        #expect(
            try message(.createTable, "{\(keys)}")
                == "The parameter 'TableName' is required but was not present in the request"
        )
        #expect(try error(.describeTable, #"{"TableName":"ab"}"#) == nil)
        #expect(
            try message(.describeTable, #"{"TableName":""}"#).hasSuffix(
                "Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or "
                    + "equal to 1"
            )
        )
    }

    @Test func putItemTellsAllConstraintsTogether() throws {
        #expect(
            try message(
                .putItem,
                #"{"TableName":"abc","ReturnValues":"hi","ReturnConsumedCapacity":"hi","#
                    + #""ReturnItemCollectionMetrics":"hi"}"#
            ) == "4 validation errors detected: "
                + "Value null at 'item' failed to satisfy constraint: Member must not be null; "
                + "Value 'hi' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: "
                + "[ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]; "
                + "Value 'hi' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value "
                + "set: [INDEXES, TOTAL, NONE]; "
                + "Value 'hi' at 'returnItemCollectionMetrics' failed to satisfy constraint: Member must satisfy enum "
                + "value set: [SIZE, NONE]"
        )
    }

    @Test func updateItemStopsAtTheFirstBadEnum() throws {
        #expect(
            try message(
                .updateItem,
                #"{"TableName":"abc","Key":{},"ReturnValues":"hi","ReturnConsumedCapacity":"hi"}"#
            ) == "1 validation error detected: Value 'hi' at 'returnValues' failed to satisfy constraint: Member must "
                + "satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]"
        )
    }

    @Test func enumsAndRangesOfReads() throws {
        let select =
            "Member must satisfy enum value set: "
            + "[SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]"
        #expect(
            try message(.query, #"{"TableName":"abc","Select":"x"}"#)
                == "1 validation error detected: Value 'x' at 'select' failed to satisfy constraint: \(select)"
        )
        #expect(
            try message(.query, #"{"TableName":"abc","Limit":0}"#)
                == "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value "
                + "greater than or equal to 1"
        )
        #expect(
            try message(.scan, #"{"TableName":"abc","Limit":0,"Segment":-1,"TotalSegments":1000001,"IndexName":"x"}"#)
                == "4 validation errors detected: "
                + "Value 'x' at 'indexName' failed to satisfy constraint: Member must have length greater than or "
                + "equal to 3; "
                + "Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal "
                + "to 1; "
                + "Value '1000001' at 'totalSegments' failed to satisfy constraint: Member must have value less "
                + "than or "
                + "equal to 1000000; "
                + "Value '-1' at 'segment' failed to satisfy constraint: Member must have value greater than or "
                + "equal to 0"
        )
        #expect(
            try message(.listTables, #"{"Limit":101,"ExclusiveStartTableName":"a"}"#)
                == "2 validation errors detected: "
                + "Value 'a' at 'exclusiveStartTableName' failed to satisfy constraint: Member must have length "
                + "greater "
                + "than or equal to 3; "
                + "Value '101' at 'limit' failed to satisfy constraint: Member must have value less than or equal "
                + "to 100"
        )
    }

    @Test func constraintsOfTables() throws {
        let body = """
            {"TableName":"abc","AttributeDefinitions":[{"AttributeName":"a","AttributeType":"X"}],
             "KeySchema":[{"KeyType":"x"}],"BillingMode":"x",
             "ProvisionedThroughput":{"ReadCapacityUnits":0},
             "GlobalSecondaryIndexes":[{"IndexName":"g;","KeySchema":[],"Projection":{"ProjectionType":"x"}}]}
            """
        let clauses = [
            "'X' at 'attributeDefinitions.1.member.attributeType' failed to satisfy constraint: Member must "
                + "satisfy enum value set: [B, N, S]",
            "null at 'keySchema.1.member.attributeName' failed to satisfy constraint: Member must not be null",
            "'x' at 'keySchema.1.member.keyType' failed to satisfy constraint: Member must satisfy enum value set: "
                + "[HASH, RANGE]",
            "'x' at 'globalSecondaryIndexes.1.member.projection.projectionType' failed to satisfy constraint: "
                + "Member must satisfy enum value set: [ALL, INCLUDE, KEYS_ONLY]",
            "'x' at 'billingMode' failed to satisfy constraint: Member must satisfy enum value set: [PROVISIONED, "
                + "PAY_PER_REQUEST]",
            "null at 'provisionedThroughput.writeCapacityUnits' failed to satisfy constraint: Member must not be null",
            "'0' at 'provisionedThroughput.readCapacityUnits' failed to satisfy constraint: Member must have value "
                + "greater than or equal to 1",
            "'g;' at 'globalSecondaryIndexes.1.member.indexName' failed to satisfy constraint: Member must satisfy "
                + "regular expression pattern: [a-zA-Z0-9_.-]+",
            "'g;' at 'globalSecondaryIndexes.1.member.indexName' failed to satisfy constraint: Member must have "
                + "length greater than or equal to 3",
            "'[]' at 'globalSecondaryIndexes.1.member.keySchema' failed to satisfy constraint: Member must have "
                + "length greater than or equal to 1",
        ]
        #expect(
            try message(.createTable, body)
                == "10 validation errors detected: " + clauses.map { "Value " + $0 }.joined(separator: "; ")
        )
    }

    @Test func constraintsOfBatchesAndTransactions() throws {
        #expect(
            try message(.batchGetItem, "{}")
                == "1 validation error detected: Value null at 'requestItems' failed to satisfy constraint: Member "
                + "must "
                + "not be null"
        )
        #expect(
            try message(.batchGetItem, #"{"RequestItems":{}}"#)
                == "The requestItems parameter is required for BatchGetItem"
        )
        #expect(
            try message(.batchWriteItem, #"{"RequestItems":{}}"#)
                == "The requestItems parameter is required for BatchWriteItem"
        )
        #expect(
            try message(.batchGetItem, #"{"RequestItems":{"abc":{}}}"#)
                == "1 validation error detected: Value null at 'requestItems.abc.member.keys' failed to satisfy "
                + "constraint: Member must not be null"
        )
        #expect(
            try message(.batchWriteItem, #"{"RequestItems":{"abc":[]}}"#)
                == "1 validation error detected: Value '{abc=[]}' at 'requestItems' failed to satisfy constraint: Map "
                + "value must satisfy constraint: [Member must have length less than or equal to 25, Member must have "
                + "length greater than or equal to 1]"
        )
        #expect(
            try message(.batchWriteItem, #"{"RequestItems":{"a;":[{"DeleteRequest":{"Key":{}}}]}}"#)
                == "1 validation error detected: Value '{a;=...}' at 'requestItems' failed to satisfy constraint: Map "
                + "keys must satisfy constraint: [Member must have length less than or equal to 255, Member must have "
                + "length greater than or equal to 1, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]"
        )
        #expect(
            try message(.transactWriteItems, #"{"TransactItems":[]}"#)
                == "1 validation error detected: Value '[]' at 'transactItems' failed to satisfy constraint: "
                + "Member must "
                + "have length greater than or equal to 1"
        )
        #expect(
            try message(.transactWriteItems, "{}")
                == "1 validation error detected: Value null at 'transactItems' failed to satisfy constraint: "
                + "Member must "
                + "not be null"
        )
        #expect(
            try message(.transactWriteItems, #"{"TransactItems":[{"Update":{}}],"ClientRequestToken":""}"#)
                == "4 validation errors detected: "
                + "Value null at 'transactItems.1.member.update.key' failed to satisfy constraint: Member must not "
                + "be null; "
                + "Value null at 'transactItems.1.member.update.updateExpression' failed to satisfy constraint: Member "
                + "must not be null; "
                + "Value null at 'transactItems.1.member.update.tableName' failed to satisfy constraint: Member "
                + "must not "
                + "be null; "
                + "Value '' at 'clientRequestToken' failed to satisfy constraint: Member must have length greater than "
                + "or equal to 1"
        )
        #expect(
            try message(.transactWriteItems, #"{"TransactItems":[{}]}"#)
                == "TransactItems can only contain one of Check, Put, Update or Delete"
        )
        #expect(
            try message(.executeStatement, #"{"Statement":"","Parameters":[],"Limit":0}"#)
                == "3 validation errors detected: "
                + "Value '[]' at 'parameters' failed to satisfy constraint: Member must have length greater than "
                + "or equal to 1; "
                + "Value '' at 'statement' failed to satisfy constraint: Member must have length greater than or "
                + "equal to 1; "
                + "Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1"
        )
    }

    @Test(arguments: [
        (#"{"TableName":1}"#, "NUMBER_VALUE cannot be converted to String"),
        (#"{"TableName":1.5}"#, "DECIMAL_VALUE cannot be converted to String"),
        (#"{"TableName":true}"#, "TRUE_VALUE cannot be converted to String"),
        (#"{"TableName":false}"#, "FALSE_VALUE cannot be converted to String"),
        (#"{"TableName":[]}"#, "Unrecognized collection type class java.lang.String"),
        (#"{"TableName":{}}"#, "Start of structure or map found where not expected"),
        (#"{"TableName":"a","Limit":"1"}"#, "STRING_VALUE cannot be converted to Integer"),
        (#"{"TableName":"a","Limit":1.5}"#, "DECIMAL_VALUE cannot be converted to Integer"),
        (#"{"TableName":"a","Limit":99999999999}"#, "NUMBER_VALUE cannot be converted to Integer"),
        (#"{"TableName":"a","ConsistentRead":"true"}"#, "STRING_VALUE cannot be converted to Boolean"),
        (#"{"TableName":"a","ExclusiveStartKey":"x"}"#, "Unexpected field type"),
        (
            #"{"TableName":"a","ExclusiveStartKey":[]}"#,
            "Unrecognized collection type java.util.Map<java.lang.String, "
                + "com.amazonaws.dynamodb.v20120810.AttributeValue>"
        ),
        (#"{"TableName":"a","ExclusiveStartKey":{"a":"x"}}"#, "Unexpected value type in payload"),
        (
            #"{"TableName":"a","ExclusiveStartKey":{"a":[]}}"#,
            "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue"
        ),
        (#"{"TableName":"a","ExclusiveStartKey":{"a":{"N":5}}}"#, "NUMBER_VALUE cannot be converted to String"),
        (#"{"TableName":"a","ExclusiveStartKey":{"a":{"SS":"x"}}}"#, "Unexpected field type"),
        (
            #"{"TableName":"a","ExclusiveStartKey":{"a":{"SS":{}}}}"#,
            "Start of structure or map found where not expected"
        ),
        (
            #"{"TableName":"a","ExclusiveStartKey":{"a":{"B":1}}}"#,
            "only base-64-encoded strings are convertible to bytes"
        ),
        (
            #"{"TableName":"a","ExclusiveStartKey":{"a":{"BOOL":"true"}}}"#,
            "STRING_VALUE cannot be converted to "
                + "Boolean"
        ),
        ("[]", "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.ScanInput"),
    ])
    func wrongTypesAreSerializationExceptions(body: String, text: String) throws {
        #expect(try message(.scan, body) == "SerializationException: " + text)
    }

    @Test(arguments: [
        ("{}", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"),
        (#"{"X":1}"#, "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"),
        (#"{"S":null}"#, "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"),
        (
            #"{"S":"a","N":"1"}"#,
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported "
                + "datatypes"
        ),
        (
            #"{"NULL":false}"#,
            "One or more parameter values were invalid: Null attribute value types must have the value of true"
        ),
        (#"{"SS":[]}"#, "One or more parameter values were invalid: An string set  may not be empty"),
        (#"{"NS":[]}"#, "One or more parameter values were invalid: An number set  may not be empty"),
        (#"{"BS":[]}"#, "One or more parameter values were invalid: Binary sets should not be empty"),
        (
            #"{"SS":["a","a"]}"#,
            "One or more parameter values were invalid: Input collection [a, a] contains duplicates."
        ),
        (#"{"NS":["1","1.0"]}"#, "Input collection contains duplicates"),
        (
            #"{"BS":["Yg==","Yg=="]}"#,
            "One or more parameter values were invalid: Input collection [Yg==, Yg==]of type BS contains duplicates."
        ),
        (#"{"N":""}"#, "The parameter cannot be converted to a numeric value"),
        (#"{"N":"b"}"#, "The parameter cannot be converted to a numeric value: b"),
        (#"{"NS":["1","b"]}"#, "The parameter cannot be converted to a numeric value: b"),
        (
            #"{"N":"1e126"}"#,
            "Number overflow. Attempting to store a number with magnitude larger than supported range"
        ),
        (
            #"{"N":"1e-131"}"#,
            "Number underflow. Attempting to store a number with magnitude smaller than supported range"
        ),
        (
            #"{"N":"123456789012345678901234567890123456789"}"#,
            "Attempting to store more than 38 significant digits in a Number"
        ),
        (
            #"{"L":[{"M":{"a":{}}}]}"#,
            "Supplied AttributeValue is empty, must contain exactly one of the supported "
                + "datatypes"
        ),
    ])
    func badValuesHaveTheServicesTexts(value: String, text: String) throws {
        #expect(try message(.putItem, #"{"TableName":"abc","Item":{"a":\#(value)}}"#) == text)
        #expect(
            try message(
                .query,
                #"{"TableName":"abc","FilterExpression":"a = :v","ExpressionAttributeValues":{":v":\#(value)}}"#
            ) == "ExpressionAttributeValues contains invalid value: \(text) for key :v"
        )
    }

    @Test func constraintsComeBeforeValues() throws {
        #expect(
            try message(.putItem, #"{"TableName":"abc","Item":{"a":{}},"ReturnValues":"x"}"#)
                .hasPrefix("1 validation error detected: Value 'x' at 'returnValues'")
        )
        #expect(
            try message(.putItem, #"{"TableName":"abc","Item":{"a":{}},"ReturnValues":1}"#)
                == "SerializationException: NUMBER_VALUE cannot be converted to String"
        )
    }

    @Test(arguments: [("[", "]", "L"), (#"{"a":"#, "}", "M")])
    func nestingEndsAtThirtyTwoLevels(open: String, close: String, tag: String) throws {
        func body(_ levels: Int) -> String {
            var value = #"{"S":"x"}"#
            for _ in 0..<levels { value = "{\"\(tag)\":\(open)\(value)\(close)}" }
            return #"{"TableName":"abc","Item":{"a":\#(value)}}"#
        }
        #expect(try error(.putItem, body(31)) == nil)
        let text =
            "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported "
            + "limit"
        #expect(try message(.putItem, body(32)) == text)
        #expect(try message(.putItem, body(100)) == text)
    }

    @Test(arguments: ["GlobalTableSourceArn", "GlobalTableSettingsReplicationMode"])
    func whatIsNotServedIsRefusedByName(name: String) throws {
        let keys = #""AttributeDefinitions":[],"KeySchema":[{"AttributeName":"a","KeyType":"HASH"}]"#
        #expect(
            try message(.createTable, #"{"TableName":"abc",\#(keys),"\#(name)":{}}"#)
                == "The parameter \(name) is not supported by this version of Sortkey"
        )
    }

    @Test func unknownMembersAreIgnoredAndNullIsAbsent() throws {
        #expect(
            try RequestDecoder.decode(
                .getItem,
                JSONReader.read(#"{"TableName":"abc","Key":{"a":{"S":"x","N":null}},"Foo":[1],"ConsistentRead":null}"#)
            ) == .getItem(GetItemRequest(tableName: "abc", key: ["a": .string("x")]))
        )
    }

    @Test func whatIsNoJSONHasNoMessage() throws {
        let bytes = Array(#"{"TableName":"abc"}"#.utf8)
        #expect(
            try RequestDecoder.decode(.describeTable, json: bytes)
                == .describeTable(DescribeTableRequest(tableName: "abc"))
        )
        #expect(throws: WireError.serialization("")) {
            try RequestDecoder.decode(.describeTable, json: Array(bytes.dropLast()))
        }
    }

    @Test func theShellsBytesAreBinaries() throws {
        let body = Document.object([
            .init("TableName", .string("abc")),
            .init("Key", .object([.init("a", .object([.init("B", .bytes([1, 2]))]))])),
        ])
        #expect(
            try RequestDecoder.decode(.getItem, body)
                == .getItem(GetItemRequest(tableName: "abc", key: ["a": .binary([1, 2])]))
        )
    }

    /// Any JSON at all is a request or an error.
    @Test(arguments: [1, 2, 3, 5] as [UInt64])
    func mutatedBodiesNeverCrash(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let samples = RequestSamples.all.map { ($0.operation, RequestEncoder.encode($0)) }
        let spice: [Document] = [
            .null, .bool(true), .number("1"), .number("-0.5"), .string(""), .string("abc"), .bytes([1]), .array([]),
            .object([]), .array([.null, .object([])]), .object([.init("S", .string("x"))]),
        ]
        for _ in 0..<2_000 {
            var (operation, body) = samples.randomElement(using: &generator)!
            for _ in 0..<Int.random(in: 1...3, using: &generator) { mutate(&body, spice, &generator) }
            if let request = try? RequestDecoder.decode(operation, body) {
                _ = RequestEncoder.awsCommandLine(request)
                _ = ResponseEncoder.self
            }
        }
    }

    private func mutate(_ document: inout Document, _ spice: [Document], _ generator: inout SeededGenerator) {
        switch document {
        case .array(var elements) where !elements.isEmpty && Int.random(in: 0..<8, using: &generator) > 0:
            let index = elements.indices.randomElement(using: &generator)!
            mutate(&elements[index], spice, &generator)
            document = .array(elements)
        case .object(var members) where !members.isEmpty && Int.random(in: 0..<8, using: &generator) > 0:
            let index = members.indices.randomElement(using: &generator)!
            mutate(&members[index].value, spice, &generator)
            document = .object(members)
        default: document = spice.randomElement(using: &generator)!
        }
    }
}
