import Language
import Model
import Testing

/// One request in several forms is one request.
@Suite struct EquivalenceTests {
    static let families: [[String]] = [
        [
            "PutItem app {pk: 'A', sk: '1', n: 5, tags: <<'x'>>} IF attribute_not_exists(pk)",
            "put app {pk: {S: 'A'}, sk: {S: '1'}, n: {N: '5'}, tags: {SS: ['x']}} IF attribute_not_exists(pk);",
            "put {sk: '1', pk: \"A\", 'n': 5.0, tags: <<'x'>>,} "
                + "ConditionExpression \"attribute_not_exists(pk)\" \\json",
            "PutItem {TableName: 'app', Item: {pk: {S: 'A'}, sk: {S: '1'}, n: {N: '5'}, tags: {SS: ['x']}}, "
                + "ConditionExpression: 'attribute_not_exists(pk)'}",
            "aws dynamodb put-item --table-name app --condition-expression 'attribute_not_exists(pk)' "
                + "--item '{\"pk\":{\"S\":\"A\"},\"sk\":{\"S\":\"1\"},\"n\":{\"N\":\"5\"},\"tags\":{\"SS\":[\"x\"]}}'",
            "aws dynamodb put-item --table-name=app --condition-expression=attribute_not_exists\\(pk\\) "
                + "--item 'pk={S=A},sk={S=1},n={N=5},tags={SS=[x]}'",
            "await docClient.send(new PutCommand({ TableName: 'app', ConditionExpression: 'attribute_not_exists(pk)', "
                + "Item: { pk: 'A', sk: '1', n: 5, tags: new Set(['x']) } }));",
            "app.put_item(Item={'pk': 'A', 'sk': '1', 'n': Decimal('5'), 'tags': set(['x'])}, "
                + "ConditionExpression=Attr('pk').not_exists())",
        ],
        [
            "Query app KEY pk = 'A' AND begins_with(sk, 'ORDER#') FILTER total > 50 LIMIT 20 DESC",
            "Query DESC LIMIT 20 KEY pk = 'A' AND begins_with(sk, 'ORDER#') FILTER total > 50",
            "Query app KeyConditionExpression '#p = :p AND begins_with(sk, :s)' FilterExpression \"#t > :t\" "
                + "NAMES {#p: 'pk', #t: 'total'} VALUES {:p: 'A', :s: 'ORDER#', :t: 50} Limit 20 DESC",
            "Query {TableName: 'app', KeyConditionExpression: 'pk = :p AND begins_with(sk, :s)', Limit: 20, "
                + "ScanIndexForward: false, FilterExpression: '#t > :t', ExpressionAttributeNames: {'#t': 'total'}, "
                + "ExpressionAttributeValues: {':p': {S: 'A'}, ':s': {S: 'ORDER#'}, ':t': {N: '50'}}}",
            "aws dynamodb query --table-name app --limit 20 --no-scan-index-forward --filter-expression '#t > :t' "
                + "--expression-attribute-names '#t=total' --key-condition-expression 'pk = :p AND begins_with(sk,:s)' "
                + "--expression-attribute-values "
                + "'{\":p\":{\"S\":\"A\"},\":s\":{\"S\":\"ORDER#\"},\":t\":{\"N\":\"50\"}}'",
            "client.query({ TableName: 'app', KeyConditionExpression: 'pk = :p AND begins_with(sk, :s)', "
                + "FilterExpression: 'total > :t', Limit: 20, ScanIndexForward: false, "
                + "ExpressionAttributeValues: { ':p': 'A', ':s': 'ORDER#', ':t': 50 } }).promise()",
            "table.query(KeyConditionExpression=Key('pk').eq('A') & Key('sk').begins_with('ORDER#'), Limit=20, "
                + "ScanIndexForward=False, FilterExpression=Attr('total').gt(50))",
        ],
        [
            "Query app 'A', begins_with 'ORDER#'", "Query app KEY pk = 'A' AND begins_with(sk, 'ORDER#')",
            "Query 'A', begins_with('ORDER#');",
        ],
        [
            "GetItem app 'A', '1' CONSISTENT PROJECT name, a.b",
            "get {pk: 'A', sk: '1'} ConsistentRead true ProjectionExpression '#n, a.b' NAMES {#n: 'name'}",
            "GetItem {TableName: 'app', Key: {pk: {S: 'A'}, sk: {S: '1'}}, ConsistentRead: true, "
                + "ProjectionExpression: '#x, a.b', ExpressionAttributeNames: {'#x': 'name'}}",
            "aws dynamodb get-item --table-name app --key '{\"pk\":{\"S\":\"A\"},\"sk\":{\"S\":\"1\"}}' "
                + "--consistent-read --projection-expression '#x, a.b' "
                + "--expression-attribute-names '{\"#x\":\"name\"}'",
            "new GetCommand({TableName: 'app', Key: {pk: 'A', sk: '1'}, ConsistentRead: true, "
                + "ProjectionExpression: 'name, a.b'})",
        ],
        [
            "CreateTable logs (id S, at N) ON DEMAND GSI byAt (at N) KEYS_ONLY TAGS {a: 'b'}",
            "CreateTable {TableName: 'logs', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: "
                + "[{AttributeName: 'id', AttributeType: 'S'}, {AttributeName: 'at', AttributeType: 'N'}], KeySchema: "
                + "[{AttributeName: 'id', KeyType: 'HASH'}, {AttributeName: 'at', KeyType: 'RANGE'}], Tags: "
                + "[{Key: 'a', Value: 'b'}], GlobalSecondaryIndexes: [{IndexName: 'byAt', KeySchema: [{AttributeName: "
                + "'at', KeyType: 'HASH'}], Projection: {ProjectionType: 'KEYS_ONLY'}}]}",
            "aws dynamodb create-table --table-name logs --billing-mode PAY_PER_REQUEST --tags Key=a,Value=b "
                + "--attribute-definitions AttributeName=id,AttributeType=S AttributeName=at,AttributeType=N "
                + "--key-schema AttributeName=id,KeyType=HASH AttributeName=at,KeyType=RANGE "
                + "--global-secondary-indexes "
                + "'IndexName=byAt,KeySchema=[{AttributeName=at,KeyType=HASH}],Projection={ProjectionType=KEYS_ONLY}'",
        ],
        [
            "TransactWrite ( PutItem app {pk: 'A', sk: '1'}; DeleteItem app 'B', '2' IF n = 1; ) TOKEN 't'",
            "TransactWriteItems {TransactItems: [{Put: {TableName: 'app', Item: {pk: {S: 'A'}, sk: {S: '1'}}}}, "
                + "{Delete: {TableName: 'app', Key: {pk: {S: 'B'}, sk: {S: '2'}}, ConditionExpression: 'n = :x', "
                + "ExpressionAttributeValues: {':x': {N: '1'}}}}], ClientRequestToken: 't'}",
            "new TransactWriteCommand({TransactItems: [{Put: {TableName: 'app', Item: {pk: 'A', sk: '1'}}}, "
                + "{Delete: {TableName: 'app', Key: {pk: 'B', sk: '2'}, ConditionExpression: 'n = :x', "
                + "ExpressionAttributeValues: {':x': 1}}}], ClientRequestToken: 't'})",
        ],
        [
            "BatchWrite ( put app {pk: 'A', sk: '1'}; put orders {customerId: 'c', orderId: 'o'}; del app 'B', '2' )",
            "BatchWriteItem {RequestItems: {app: [{PutRequest: {Item: {pk: {S: 'A'}, sk: {S: '1'}}}}, "
                + "{DeleteRequest: {Key: {pk: {S: 'B'}, sk: {S: '2'}}}}], orders: [{PutRequest: {Item: "
                + "{customerId: {S: 'c'}, orderId: {S: 'o'}}}}]}}",
        ],
        [
            "SELECT * FROM \"app\" WHERE pk = ? PARAMS ['A']",
            "ExecuteStatement {Statement: 'SELECT * FROM \"app\" WHERE pk = ?', Parameters: [{S: 'A'}]}",
            "aws dynamodb execute-statement --statement 'SELECT * FROM \"app\" WHERE pk = ?' --parameters S=A",
        ],
    ]

    @Test(arguments: families) func formsOfOneRequestAreEqual(forms: [String]) throws {
        let first = try request(forms[0])
        for form in forms.dropFirst() {
            let other = try request(form)
            #expect(other.hasSameMeaning(as: first), "\(form)\nis \(canonical(other))\nnot \(canonical(first))")
            #expect(canonical(other) == canonical(first))
        }
    }

    @Test func pastedCodeShowsItsCanonicalForm() throws {
        var parser = CommandParser.forTests()
        let parsed = try parser.parse("new DeleteCommand({TableName: 'app', Key: {pk: 'A', sk: '1'}})")
        #expect(parsed.canonicalForm == "DeleteItem app 'A', '1'")
        #expect(try parser.parse("DeleteItem app 'A', '1'").canonicalForm == nil)
    }

    @Test func differentRequestsAreDifferent() throws {
        let first = try request("Query app KEY pk = 'A' FILTER n = 1")
        for other in [
            "Query app KEY pk = 'A' FILTER n = 2", "Query app KEY pk = 'A' FILTER m = 1",
            "Query app KEY pk = 'A' FILTER n = 1 LIMIT 1", "Scan app FILTER n = 1",
        ] {
            #expect(try !request(other).hasSameMeaning(as: first))
        }
    }
}
