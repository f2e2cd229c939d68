import Language
import Model
import Testing

/// Bodies with the parameters from before expressions: plain values or DynamoDB JSON, printed as bodies again.
@Suite struct LegacyBodyTests {
    @Test(arguments: [
        """
        UpdateItem {TableName: 'app', Key: {pk: 'a', sk: 'b'}, ConditionalOperator: 'OR',
          AttributeUpdates: {n: {Action: 'ADD', Value: {N: '1'}}, gone: {Action: 'DELETE'}},
          Expected: {n: {ComparisonOperator: 'LT', AttributeValueList: [{N: '9'}]}, x: {Exists: false}}}
        """,
        """
        UpdateItem {TableName: 'app', Key: {pk: 'a', sk: 'b'}, ConditionalOperator: 'OR',
          AttributeUpdates: {n: {Action: 'ADD', Value: 1}, gone: {Action: 'DELETE'}},
          Expected: {n: {ComparisonOperator: 'LT', AttributeValueList: [9]}, x: {Exists: false}}}
        """,
        #"""
        aws dynamodb update-item --table-name app --key '{"pk": {"S": "a"}, "sk": {"S": "b"}}' \
          --attribute-updates '{"n": {"Action": "ADD", "Value": {"N": "1"}}, "gone": {"Action": "DELETE"}}' \
          --conditional-operator OR \
          --expected '{"n": {"ComparisonOperator": "LT", "AttributeValueList": [{"N": "9"}]}, "x": {"Exists": false}}'
        """#,
    ])
    func writesAreRead(text: String) throws {
        var expected = UpdateItemRequest(tableName: "app", key: ["pk": .string("a"), "sk": .string("b")])
        expected.attributeUpdates = ["n": .init(.add, .number(1)), "gone": .init(.delete)]
        expected.options.expected = [
            "n": .init(comparisonOperator: .less, attributeValueList: [.number(9)]), "x": .init(exists: false),
        ]
        expected.options.conditionalOperator = .or
        #expect(try request(text) == .updateItem(expected))
        let printed = canonical(.updateItem(expected))
        #expect(printed.hasPrefix("UpdateItem {"))
        #expect(try request(printed) == .updateItem(expected))
    }

    @Test func readsAreReadAndPrinted() throws {
        var query = QueryRequest(tableName: "app")
        query.keyConditions = ["pk": .init(.equal, [.string("a")])]
        query.queryFilter = ["n": .init(.between, [.number(1), .number(2)])]
        query.attributesToGet = ["n", "sk"]
        let text = """
            Query {TableName: 'app', AttributesToGet: ['n', 'sk'],
              KeyConditions: {pk: {ComparisonOperator: 'EQ', AttributeValueList: ['a']}},
              QueryFilter: {n: {ComparisonOperator: 'BETWEEN', AttributeValueList: [{N: '1'}, {N: '2'}]}}}
            """
        #expect(try request(text) == .query(query))
        #expect(try request(canonical(.query(query))) == .query(query))
        var other = query
        other.queryFilter = nil
        #expect(!Request.query(query).hasSameMeaning(as: .query(other)))
    }
}
