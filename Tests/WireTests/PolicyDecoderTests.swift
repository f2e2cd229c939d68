import Model
import Testing
import Wire

@Suite struct PolicyDecoderTests {
    static func decode(_ json: String) throws -> Policy { try PolicyDecoder.decode(JSONReader.read(json)) }

    @Test func readsTheExampleOfTheDocumentation() throws {
        let policy = try Self.decode(
            """
            {"Version": "2012-10-17", "Id": "p", "Statement": [{
              "Sid": "Own", "Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:Query"],
              "Resource": "arn:aws:dynamodb:us-west-2:123456789012:table/GameScores",
              "Condition": {
                "ForAllValues:StringEquals": {
                  "dynamodb:LeadingKeys": ["${www.amazon.com:user_id}", "${aws:username}"],
                  "dynamodb:Attributes": ["UserId", "TopScore"]},
                "StringEqualsIfExists": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"},
                "Null": {"dynamodb:LeadingKeys": false}}}]}
            """.replacing("\"${www.amazon.com:user_id}\", ", with: "")
        )
        #expect(policy.version == .of2012)
        #expect(policy.id == "p")
        let statement = policy.statements[0]
        #expect(statement.sid == "Own")
        #expect(statement.actions == .only(["dynamodb:GetItem", "dynamodb:Query"]))
        #expect(
            statement.conditions == [
                .init(.stringEquals, quantifier: .forAllValues, .leadingKeys, ["${aws:username}"]),
                .init(.stringEquals, quantifier: .forAllValues, .attributes, ["UserId", "TopScore"]),
                .init(.stringEquals, isIfExists: true, .select, ["SPECIFIC_ATTRIBUTES"]),
                .init(.null, .leadingKeys, ["false"]),
            ]
        )
        #expect(try PolicyDecoder.decode(PolicyEncoder.encode(policy)) == policy)
    }

    @Test func oneStatementNeedsNoList() throws {
        let policy = try Self.decode(#"{"Statement": {"Effect": "Deny", "NotAction": "*", "NotResource": ["*"]}}"#)
        #expect(policy.version == .of2008)
        #expect(policy.statements == [.init(effect: .deny, actions: .allBut(["*"]), resources: .allBut(["*"]))])
        #expect(try PolicyDecoder.decode(PolicyEncoder.encode(policy)) == policy)
    }

    /// `S` stands for a good statement's members.
    @Test(arguments: [
        (#"[]"#, "a policy is an object", ""), (#"{}"#, "a policy has a Statement", ""),
        (#"{"Statement": []}"#, "a policy has one statement at least", "Statement"),
        (#"{"Version": "2020", "Statement": [{S}]}"#, "Version is 2008-10-17 or 2012-10-17, not 2020", "Version"),
        (#"{"Statment": [{S}]}"#, "Statment is no member of a policy", "Statment"),
        (#"{"Statement": [{S}, 5]}"#, "a statement is an object", "Statement[1]"),
        (#"{"Statement": [{"Action": "*", "Resource": "*"}]}"#, "a statement has an Effect", "Statement[0]"),
        (#"{"Statement": {"Effect": "allow"}}"#, "Effect is Allow or Deny, not allow", "Statement.Effect"),
        (
            #"{"Statement": [{"Effect": "Allow", "Resource": "*"}]}"#, "a statement has Action or NotAction",
            "Statement[0]"
        ),
        (
            #"{"Statement": [{S, "NotAction": "*"}]}"#, "Action and NotAction exclude each other",
            "Statement[0].NotAction"
        ),
        (#"{"Statement": [{S, "Principal": "*"}]}"#, "a user's policy has no Principal", "Statement[0].Principal"),
        (#"{"Statement": [{S, "Sid": 1}]}"#, "Sid is a text", "Statement[0].Sid"),
        (#"{"Statement": [{S, "Action": "*"}]}"#, "Action stands twice", "Statement[0].Action"),
        (
            #"{"Statement": [{"Effect": "Allow", "Action": ["*", "GetItem"], "Resource": "*"}]}"#,
            "an action is written service:action", "Statement[0].Action[1]"
        ),
        (
            #"{"Statement": [{"Effect": "Allow", "Action": "dynamodb:GetItm", "Resource": "*"}]}"#,
            "dynamodb has no action GetItm", "Statement[0].Action"
        ),
        (
            #"{"Statement": [{"Effect": "Allow", "Action": "dynamodb:TransactWriteItems", "Resource": "*"}]}"#,
            "TransactWriteItems is no action of its own", "Statement[0].Action"
        ),
        (
            #"{"Statement": [{"Effect": "Allow", "Action": [], "Resource": "*"}]}"#, "Action names one thing at least",
            "Statement[0].Action"
        ),
        (
            #"{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "app"}]}"#, "a resource is an ARN, or *",
            "Statement[0].Resource"
        ),
        (
            #"{"Statement": [{S, "Condition": {"StringEqual": {"dynamodb:Select": "COUNT"}}}]}"#,
            "StringEqual is no operator of conditions", "Statement[0].Condition.StringEqual"
        ),
        (
            #"{"Statement": [{S, "Condition": {"ForAllValues:Null": {"dynamodb:Select": true}}}]}"#,
            "Null stands alone: it asks whether there is a value", "Statement[0].Condition.ForAllValues:Null"
        ),
        (
            #"{"Statement": [{S, "Condition": {"Null": {"dynamodb:LeadingKey": true}}}]}"#,
            "dynamodb:LeadingKey is no key of conditions here", "Statement[0].Condition.Null.dynamodb:LeadingKey"
        ),
        (
            #"{"Statement": [{S, "Condition": {"Bool": {"dynamodb:FullTableScan": "no"}}}]}"#,
            "Bool compares with true or false", "Statement[0].Condition.Bool.dynamodb:FullTableScan"
        ),
        (
            #"{"Statement": [{S, "Condition": {"StringLike": {"dynamodb:Select": [1]}}}]}"#,
            "a value to compare with is a text", "Statement[0].Condition.StringLike.dynamodb:Select[0]"
        ),
        (
            #"{"Version": "2012-10-17", "Statement": [{S, "Condition": "#
                + #"{"StringLike": {"dynamodb:Select": "${aws:user}"}}}]}"#,
            "there is no policy variable ${aws:user}", "Statement[0].Condition.StringLike.dynamodb:Select"
        ),
    ])
    func badPoliciesAreLocated(json: String, message: String, place: String) throws {
        let good = #""Effect": "Allow", "Action": "*", "Resource": "*""#
        let document = try JSONReader.read(json.replacing("S}", with: good + "}").replacing("S,", with: good + ","))
        do throws(PolicyError) {
            _ = try PolicyDecoder.decode(document)
            Issue.record("accepted")
        } catch {
            #expect(error.message == message)
            #expect(error.place == place)
        }
    }
}
