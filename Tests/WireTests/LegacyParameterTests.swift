import Model
import Testing
import Wire

/// The parameters from before expressions, as bodies hold them.
@Suite struct LegacyParameterTests {
    private func decode(_ operation: Operation, _ json: String) throws -> Request {
        try RequestDecoder.decode(operation, JSONReader.read(json))
    }

    private func message(_ operation: Operation, _ json: String) throws -> String? {
        do {
            _ = try decode(operation, json)
            return nil
        } catch WireError.service(.validationException(let message)) {
            return message
        }
    }

    @Test func aWritesParametersAreRead() throws {
        let body = #"""
            {"TableName":"abc","Key":{"k":{"S":"x"}},"ConditionalOperator":"OR",
             "AttributeUpdates":{"n":{"Action":"ADD","Value":{"N":"1"}},"s":{"Value":{"S":"y"}},"z":{"Action":"DELETE"}},
             "Expected":{"a":{"Value":{"N":"1.0"}},"b":{"Exists":false},
                         "c":{"ComparisonOperator":"BETWEEN","AttributeValueList":[{"N":"1"},{"N":"2"}]}}}
            """#
        var expected = UpdateItemRequest(tableName: "abc", key: ["k": .string("x")])
        expected.attributeUpdates = [
            "n": .init(.add, .number(1)), "s": .init(.put, .string("y")), "z": .init(.delete),
        ]
        expected.options.expected = [
            "a": .init(value: .number(1)), "b": .init(exists: false),
            "c": .init(comparisonOperator: .between, attributeValueList: [.number(1), .number(2)]),
        ]
        expected.options.conditionalOperator = .or
        #expect(try decode(.updateItem, body) == .updateItem(expected))
    }

    @Test func aReadsParametersAreRead() throws {
        let body = #"""
            {"TableName":"abc","AttributesToGet":["a","b"],"ConditionalOperator":"AND",
             "KeyConditions":{"k":{"ComparisonOperator":"EQ","AttributeValueList":[{"S":"x"}]}},
             "QueryFilter":{"a":{"ComparisonOperator":"NULL"},"b":{"ComparisonOperator":"NOT_NULL"}}}
            """#
        var expected = QueryRequest(tableName: "abc")
        expected.attributesToGet = ["a", "b"]
        expected.conditionalOperator = .and
        expected.keyConditions = ["k": .init(.equal, [.string("x")])]
        expected.queryFilter = ["a": .init(.null), "b": .init(.notNull)]
        #expect(try decode(.query, body) == .query(expected))
    }

    @Test(arguments: [
        (
            Operation.putItem, #""Item":{},"Expected":{},"ConditionExpression":"x""#, "Expected", "ConditionExpression"
        ),
        (
            .updateItem,
            #""Key":{},"AttributeUpdates":{},"ConditionalOperator":"OR","UpdateExpression":"x","ConditionExpression":"y""#,
            "AttributeUpdates, ConditionalOperator", "UpdateExpression, ConditionExpression"
        ),
        (
            .getItem, #""Key":{},"AttributesToGet":["a"],"ProjectionExpression":"x""#, "AttributesToGet",
            "ProjectionExpression"
        ),
        (
            .query, #""QueryFilter":{},"KeyConditions":{},"KeyConditionExpression":"x""#, "QueryFilter, KeyConditions",
            "KeyConditionExpression"
        ),
        (
            .scan, #""ScanFilter":{},"AttributesToGet":["a"],"ProjectionExpression":"x","FilterExpression":"y""#,
            "AttributesToGet, ScanFilter", "ProjectionExpression, FilterExpression"
        ),
    ])
    func expressionsDoNotStandBesideThem(operation: Operation, members: String, older: String, newer: String) throws {
        #expect(
            try message(operation, #"{"TableName":"abc",\#(members)}"#)
                == "Can not use both expression and non-expression parameters in the same request: Non-expression "
                + "parameters: {\(older)} Expression parameters: {\(newer)}"
        )
    }

    /// An expression that the operation does not have is like any unknown member.
    @Test func onlyTheOperationsOwnExpressionsCount() throws {
        #expect(
            try message(.getItem, #"{"TableName":"abc","Key":{},"AttributesToGet":["a"],"FilterExpression":"x"}"#)
                == nil
        )
    }

    @Test func combinationsComeBeforeValuesAndAfterConstraints() throws {
        let both = #""Expected":{"a":{"Value":{}}},"ConditionExpression":"x""#
        #expect(
            try message(.putItem, #"{"TableName":"abc","Item":{},\#(both)}"#)?.hasPrefix("Can not use both") == true
        )
        #expect(
            try message(.putItem, #"{"TableName":"abc","Item":{},"ReturnValues":"x",\#(both)}"#)?
                .hasPrefix("1 validation error detected: Value 'x' at 'returnValues'") == true
        )
        #expect(
            try message(.putItem, #"{"TableName":"abc","Item":{"a":{}},"ExpressionAttributeNames":{"x":"a"}}"#)
                == "ExpressionAttributeNames can only be specified when using expressions"
        )
        #expect(
            try message(.query, #"{"TableName":"abc","ExpressionAttributeValues":{":v":{}}}"#)
                == "ExpressionAttributeValues can only be specified when using expressions: "
                + "FilterExpression and KeyConditionExpression are null"
        )
    }

    @Test(arguments: [
        (
            Operation.scan, #""ScanFilter":{"a":{"ComparisonOperator":"EQUAL"}}"#,
            "Value 'EQUAL' at 'scanFilter.a.member.comparisonOperator' failed to satisfy constraint: Member must satisfy "
                + "enum value set: [IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, "
                + "CONTAINS]"
        ),
        (
            .query, #""KeyConditions":{"a":{}}"#,
            "Value null at 'keyConditions.a.member.comparisonOperator' failed to satisfy constraint: Member must not be "
                + "null"
        ),
        (
            .updateItem, #""Key":{},"AttributeUpdates":{"a":{"Action":"SET"}}"#,
            "Value 'SET' at 'attributeUpdates.a.member.action' failed to satisfy constraint: Member must satisfy enum "
                + "value set: [ADD, PUT, DELETE]"
        ),
        (
            .deleteItem, #""Key":{},"ConditionalOperator":"XOR""#,
            "Value 'XOR' at 'conditionalOperator' failed to satisfy constraint: Member must satisfy enum value set: [OR, "
                + "AND]"
        ),
        (
            .getItem, #""Key":{},"AttributesToGet":[]"#,
            "Value '[]' at 'attributesToGet' failed to satisfy constraint: Member must have length greater than or equal "
                + "to 1"
        ),
    ])
    func constraintsHaveTheServicesTexts(operation: Operation, members: String, clause: String) throws {
        #expect(
            try message(operation, #"{"TableName":"abc",\#(members)}"#) == "1 validation error detected: \(clause)"
        )
    }

    @Test func badValuesHaveTheServicesTexts() throws {
        let text = "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"
        #expect(try message(.putItem, #"{"TableName":"abc","Item":{},"Expected":{"a":{"Value":{}}}}"#) == text)
        #expect(
            try message(
                .scan,
                #"{"TableName":"abc","ScanFilter":{"a":{"ComparisonOperator":"EQ","AttributeValueList":[{}]}}}"#
            ) == text
        )
    }

    /// The keys of BatchGetItem, and only these, are told apart as they are written.
    @Test func batchGetKeysAreComparedAsWritten() throws {
        func keysDiffer(_ keys: String) throws -> Bool {
            guard
                case .batchGetItem(let batch) = try decode(
                    .batchGetItem,
                    #"{"RequestItems":{"abc":{"Keys":[\#(keys)]}}}"#
                )
            else { return false }
            return batch.requestItems[0].keysDifferAsWritten
        }
        #expect(try keysDiffer(#"{"k":{"N":"1"}},{"k":{"N":"1.0"}}"#))
        #expect(try !keysDiffer(#"{"k":{"N":"1"}},{"k":{"N":"1"}},{"k":{"N":"1.0"}}"#))
        #expect(try !keysDiffer(#"{"k":{"N":"1"},"s":{"S":"x"}},{"s":{"S":"x"},"k":{"N":"1"}}"#))
        #expect(try !keysDiffer(#"{"k":{"N":"1"}},{"k":{"N":"2"}}"#))
    }
}
