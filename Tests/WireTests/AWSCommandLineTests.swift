import Model
import Testing
import Wire

@Suite struct AWSCommandLineTests {
    @Test func writesALineForTheCLI() {
        #expect(
            RequestEncoder.awsCommandLine(
                .putItem(
                    PutItemRequest(
                        tableName: "Music",
                        item: ["pk": .string("it's")],
                        options: .init(returnValues: .allOld)
                    )
                )
            ) == #"aws dynamodb put-item --table-name Music --item '{"pk":{"S":"it'\''s"}}' --return-values ALL_OLD"#
        )
        #expect(
            RequestEncoder.awsCommandLine(
                .query(
                    QueryRequest(
                        tableName: "Music",
                        keyConditionExpression: "pk = :p",
                        limit: 5,
                        scanIndexForward: false,
                        consistentRead: true
                    )
                )
            ) == "aws dynamodb query --table-name Music --key-condition-expression 'pk = :p' --limit 5 "
                + "--no-scan-index-forward --consistent-read"
        )
        #expect(RequestEncoder.awsCommandLine(.listTables(.init())) == "aws dynamodb list-tables")
    }

    @Test func controlCharactersNeverReachTheTerminal() {
        let line = RequestEncoder.awsCommandLine(
            .executeStatement(.init(statement: .init(statement: "SELECT 'a\\'\n\u{1B}[2J\u{9B}")))
        )
        #expect(line == #"aws dynamodb execute-statement --statement $'SELECT \'a\\\'\n\x1b[2J\xc2\x9b'"#)
    }
}
