import Language
import Model
import Testing

/// Statements that cannot be read: the exact message, and the exact token, marked `«…»`.
@Suite struct RejectTests {
    struct Case: CustomTestStringConvertible {
        let marked: String
        let message: String
        let remark: String?

        init(_ marked: String, _ message: String, _ remark: String? = nil) {
            self.marked = marked
            self.message = message
            self.remark = remark
        }

        var testDescription: String { marked }

        func check() throws {
            let parts = marked.split(separator: "«", maxSplits: 1, omittingEmptySubsequences: false)
            let inner = parts[1].split(separator: "»", maxSplits: 1, omittingEmptySubsequences: false)
            let start = parts[0].utf8.count
            let found = try #require(error(String(parts[0] + inner[0] + inner[1])))
            #expect(found.message == message)
            #expect(found.range == start..<start + inner[0].utf8.count)
            #expect(found.remark == remark)
        }
    }

    @Test(arguments: clauses + operands + values + targets + keys + verbs + many + tables + users + pasted)
    func errorsPointAtTheToken(example: Case) throws { try example.check() }

    static let clauses = [
        Case("Query app KEY pk = 'a' «FILTRE» a = 1", "FILTRE is not a clause of Query", "did you mean FILTER?"),
        Case("Scan app LIMIT 5 «LIMIT» 6", "LIMIT stands twice"),
        Case("Scan app TAKE 5 «ALL»", "ALL and TAKE exclude each other"),
        Case("Scan app «ASC»", "ASC is not a clause of Scan", "it belongs to Query"),
        Case("Scan app LIMIT«»", "the number of LIMIT is missing at the end"),
        Case("Scan app LIMIT «-1»", "LIMIT takes a whole number from 0"),
        Case("Scan app LIMIT «'x'»", "the number of LIMIT belongs here, not 'x'"),
        Case(
            "put app {pk: 'a', sk: 'b'} RETURN «ALL_NEW»",
            "RETURN takes NONE or ALL_OLD, not ALL_NEW"
        ),
        Case(
            "upd app 'a', 'b' SET n = 1 RETURN «ALL_NEWW»",
            "RETURN takes NONE, ALL_OLD, UPDATED_OLD, ALL_NEW or UPDATED_NEW, not ALL_NEWW",
            "did you mean ALL_NEW?"
        ),
        Case("upd app 'a', 'b' SET a = 1 «b» = 2", "b is not a clause of UpdateItem", "a comma is missing before it"),
        Case("GetItem app 'a', 'b' «FILTER» x = 1", "FILTER is not a clause of GetItem", "it belongs to Query"),
        Case(
            "UpdateTable app STREAM «SIDEWAYS»",
            "STREAM takes KEYS_ONLY, NEW_IMAGE, OLD_IMAGE or NEW_AND_OLD_IMAGES, not SIDEWAYS"
        ),
        Case("UpdateTable app «PITR» ON", "this version has no PITR yet"),
        Case("Scan app «foo» bar", "foo is not a clause of Scan"),
        Case("Scan app LIMIT 1 «)»", "this ) closes nothing"),
        Case("Scan app; «ls»", "ls does not belong here"),
    ]

    static let operands = [
        Case(
            "Query app KEY pk = «FILTER» total > 50;",
            "an attribute or value belongs here, not the clause FILTER",
            "an attribute of that name is written `FILTER`"
        ),
        Case(
            "Scan app FILTER a = «LIMIT» 5",
            "an attribute or value belongs here, not the clause LIMIT",
            "an attribute of that name is written `LIMIT`"
        ),
        Case(
            "upd app 'a', 'b' SET «IF» a = 1",
            "an attribute or value belongs here, not the clause IF",
            "an attribute of that name is written `IF`"
        ),
        Case(
            "Query app KEY pk = «alice»",
            "KEY compares with a value, not with the attribute alice",
            "a text stands in quotes: 'alice'"
        ),
        Case("Scan app FILTER a «!=» 1", "!= is not an operator", "write <>"),
        Case("upd app 'a', 'b' SET a «==» 1", "== is not an operator", "write ="),
        Case("Scan app FILTER a«»", "a comparison such as = or BETWEEN is missing at the end"),
        Case("Scan app FILTER (a = 1«;»", ") is missing before ;"),
        Case("Scan app FILTER a = 1 AND«»", "an attribute or a value is missing at the end"),
        Case(
            "Scan app FILTER «begin_with»(a, 'x')",
            "there is no function begin_with",
            "did you mean begins_with?"
        ),
        Case("Scan app FILTER «contains»(a)", "contains takes two arguments, not 1"),
        Case(
            "Scan app FILTER my«-»attr = 1",
            "a name with - stands in backticks",
            "or - with blanks around it"
        ),
        Case("Scan app FILTER a «+» 1 = 2", "a condition cannot calculate"),
        Case("Scan app FILTER a BETWEEN 1 «OR» 2", "AND belongs here, not OR"),
        Case("upd app 'a','b' ADD x«»", "a number or a set is missing at the end"),
        Case("upd app 'a','b' SET a = «attribute_exists»(b)", "attribute_exists is a condition, not a value"),
        Case(
            "upd app 'a','b' SET a = «:x»",
            ":x has no value",
            "add VALUES {:x: …}"
        ),
        Case("Scan app FILTER «#x» = 1", "#x stands for no attribute", "add NAMES {#x: 'attribute'}"),
        Case("Scan app FILTER a = «?»", "? stands for a value only in PartiQL", "write :name"),
        Case("Scan app FILTER a[«x»] = 1", "a list index belongs here, not x"),
    ]

    static let values = [
        Case(#"put {pk: 'a', sk: 'b«\q»'}"#, "\\q is no escape", "a backslash is written \\\\"),
        Case(#"put {pk: 'a', sk: '«\u12»'}"#, "\\u needs four hexadecimal digits, and a surrogate its partner"),
        Case("put {pk: 'a', sk «'b'»}", "a colon belongs here, not 'b'"),
        Case("put {pk: 'a' «sk»: 'b'}", "a comma or } belongs here, not sk"),
        Case("put {pk: 'a', sk: «b»}", "a value belongs here, not b", "a text stands in quotes: 'b'"),
        Case("put {pk: 'a', sk: «‘»b’}", "texts stand in straight quotes", "write 'text'"),
        Case("put {pk: 'it'«'s'», sk: 'b'}", "two texts touch", "a quote inside a text is written \\'"),
        Case(
            "Query app 'x' FILTER a = «:k0» VALUES {:k0: 5}",
            "a placeholder is called like one of the statement's own",
            "choose another name"
        ),
        Case("put {pk: 'a', sk: «5x»}", "5x is neither a number nor a name"),
        Case(
            "put {pk: 'a', sk: 'b', n: «123456789012345678901234567890123456789»}",
            "a number has at most 38 significant digits"
        ),
        Case("put {pk: 'a', sk: 'b', n: «1e126»}", "this number is too large: 126 digits before the point at most"),
        Case("put {pk: 'a', sk: 'b', s: <<1, «'a'»>>}", "a set holds only texts, only numbers or only binaries"),
        Case("put {pk: 'a', sk: 'b', s: <<1, «1.0»>>}", "a set has no member twice"),
        Case("put {pk: 'a', sk: 'b', s: «<<>>»}", "a set has at least one member"),
        Case("put {pk: 'a', sk: 'b', s: b64«'x'»}", "this is not base64"),
        Case(
            "put {pk: {S: 'a'}, sk: «'b'»}",
            "the key is written in DynamoDB JSON, so sk must be too",
            "write {S: …}"
        ),
        Case(
            "put {pk: {S: 'a'}, sk: {«X»: 'b'}}",
            "X is not a type of DynamoDB JSON, which the key is written in",
            "write json before the object if it is plain"
        ),
        Case("put {pk: {S: 'a'}, sk: {N: «'b'»}}", "this is not a number"),
        Case("put {pk: {S: 'a'}, sk: {S: 'b'}, l: {L: «5»}}", "L is written {L: […]}"),
        Case("put {pk: «'»a", "this ' is never closed"),
        Case("put {«»", "a name or } is missing at the end"),
        Case("put {pk: 'a', «/*» ", "this /* is never closed"),
    ]

    static let targets = [
        Case("GetItem «ap» 'a', 'b'", "table \"ap\" not found", "did you mean app?"),
        Case("Query «app.gsi1» KEY a = 1", "table \"app.gsi1\" not found; for an index write app/gsi1"),
        Case("Query app/«gs1» KEY a = 1", "table app has no index gs1", "did you mean gsi1?"),
        Case("Query app INDEX «gs1» KEY a = 1", "table app has no index gs1", "did you mean gsi1?"),
        Case("GetItem «app/gsi1» 'a'", "GetItem takes a table, not the index gsi1"),
        Case("use «nope»", "table \"nope\" not found"),
        Case("Show «partitons» app", "there is no partitons to show", "did you mean partitions?"),
        Case("Show «metrics»", "this version has no Show metrics yet"),
        Case("DropGSI «app»", "DropGSI takes table/index"),
    ]

    static let keys = [
        Case("GetItem app 'a'«;»", "the key sk of app is missing before ;"),
        Case("GetItem app 'a', 'b'«,» 'c'", "the key of app is pk, sk, nothing more"),
        Case("GetItem app «5», 'b'", "pk of app is a text (S), not a number (N)", "write '5'"),
        Case("GetItem numbers «'5'»", "n of numbers is a number (N), not a text (S)", "write 5"),
        Case("GetItem app«;»", "a value of pk, the key of app, is missing before ;"),
        Case("Query app 'a', 'b', «'c'»", "the key of app is pk, sk, nothing more"),
        Case("Query app/byPlace «'NO'»", "app/byPlace needs a value of each of country, city"),
        Case("Query app«;»", "KEY pk = … is missing before ;", "Scan reads without a key"),
        Case(
            "Query orders KEY «status» = 'PENDING';",
            "Query needs customerId = …, the partition key of orders",
            "is the partition key of orders/byStatus"
        ),
        Case(
            "Query app/gsi1 KEY «pk» = 'x'",
            "Query needs gsi1pk = …, the partition key of app/gsi1",
            "is the partition key of app"
        ),
        Case(
            "Query app KEY begins_with(«pk», 'x')",
            "Query needs pk = …, the partition key of app",
            "only = goes with a partition key"
        ),
        Case("Query app «'a'» KEY pk = 'a'", "the key stands before KEY already", "leave one out"),
    ]

    static let verbs = [
        Case("«delete» app 'x'", "DELETE starts PartiQL; the command is DeleteItem, short del"),
        Case("«update» app 'x', 'y' SET a = 1", "UPDATE starts PartiQL; the command is UpdateItem, short upd"),
        Case("«insert» app {pk: 'x'}", "INSERT starts PartiQL; the command is PutItem, short put"),
        Case("«qurey» app 'x'", "qurey is not a verb", "did you mean Query?"),
        Case("«foo» bar", "foo is not a verb", "help lists them"),
        Case("«create» table x", "create is not a verb", "the command is CreateTable"),
        Case(
            "«CreateLSI» app/x (a S)",
            "CreateLSI is not a verb",
            "local indexes exist from CreateTable on: CreateTable … LSI name (attribute)"
        ),
        Case("Tail app FROM «10»m", "how long ago is written with a minus"),
        Case("Tail app FROM «YESTERDAY»", "FROM takes TRIM_HORIZON or LATEST, not YESTERDAY"),
        Case("Tail app TAKE «0»", "TAKE takes a whole number from 1"),
        Case(
            "Tail «app/gsi1»",
            "Tail takes a table, not the index gsi1",
            "the stream of app tells what its indexes follow, too"
        ),
        Case("«Workload» app", "this version has no Workload yet"),
        Case("«'x'»", "a statement begins with a verb, not with 'x'"),
        Case("EXPLAIN «Show» cost", "EXPLAIN goes with a request, not with Show"),
        Case("EXPLAIN«»", "a request is missing at the end"),
        Case("Clock ADVANCE «5»", "a duration needs a unit: us, ms, s, m, h or d"),
        Case("exit «now»", "now does not belong here"),
    ]

    static let many = [
        Case("BatchWrite ( «GetItem» app 'a', 'b' )", "BatchWriteItem holds PutItem or DeleteItem, not GetItem"),
        Case("BatchWrite ( del app 'a', 'b' «IF a = 1» )", "BatchWriteItem takes no IF", "TransactWrite does"),
        Case(
            "tx ( put {pk: 'a', sk: 'b'}; «Foo» )",
            "TransactWriteItems holds PutItem, UpdateItem, DeleteItem or ConditionCheck, not Foo"
        ),
        Case(
            "tx ( put {pk: 'a', sk: 'b'} ) «TOKN» 'x'",
            "TOKN is not a clause of TransactWriteItems",
            "did you mean TOKEN?"
        ),
        Case(
            "TransactGet ( «GetItem» app 'a', 'b' CONSISTENT )",
            "TransactGet needs no CONSISTENT: it reads as of one moment"
        ),
        Case(
            "BatchGet ( get 'a', 'b'; «get» 'c', 'd' CONSISTENT )",
            "BatchGet has one PROJECT and one CONSISTENT for each table; app was read differently"
        ),
        Case("«ConditionCheck» app 'a', 'b' IF a = 1", "ConditionCheck stands inside TransactWrite ( … )"),
        Case("tx ( put {pk: 'a', sk: 'b'}«»", "; or ) is missing at the end"),
    ]

    static let users = [
        Case("CreateUser«»", "the name of a new user is missing at the end"),
        Case("UpdateUser alice«»", "what to change is missing at the end"),
        Case("CreateUser alice KEY 'k'«»", "SECRET 'text' with its KEY is missing at the end"),
        Case("CreateUser alice «POLICI» {}", "POLICI is not a clause of CreateUser", "did you mean POLICY?"),
        Case("CreateUser alice POLICY «'x'»", "a policy in { and } belongs here, not 'x'"),
        Case("CreateUser alice POLICY «{»}", "a policy has a Statement", "add Statement: [{…}]"),
        Case(
            "CreateUser a POLICY {Statement: [«{»Action: '*', Resource: '*'}]}",
            "a statement has an Effect",
            "add Effect: 'Allow' or 'Deny'"
        ),
        Case(
            "CreateUser a POLICY {Statement: [{Effect: 'Allow', Action: ['*', «'dynamodb:GetItm'»], Resource: '*'}]}",
            "dynamodb has no action GetItm",
            "did you mean dynamodb:GetItem?"
        ),
        Case(
            "CreateUser a POLICY {Statement: {Effect: «'allow'», Action: '*', Resource: '*'}}",
            "Effect is Allow or Deny, not allow",
            "did you mean Allow?"
        ),
        Case(
            "CreateUser a POLICY {Statement: {Effect: 'Allow', Action: '*', Resource: «'app'»}}",
            "a resource is an ARN, or *",
            "such as arn:aws:dynamodb:*:*:table/app"
        ),
        Case(
            "CreateUser a POLICY {Statement: {Effect: 'Allow', Action: '*', Resource: '*',"
                + " Condition: {«StringEqual»: {'dynamodb:Select': 'COUNT'}}}}",
            "StringEqual is no operator of conditions",
            "did you mean StringEquals or StringNotEquals?"
        ),
        Case(
            "CreateUser a POLICY {Statement: {Effect: 'Allow', Action: '*', Resource: '*',"
                + " Condition: {Null: {«'dynamodb:LeadingKey'»: true}}}}",
            "dynamodb:LeadingKey is no key of conditions here",
            "did you mean dynamodb:LeadingKeys?"
        ),
    ]

    static let tables = [
        Case("CreateTable app «pk» S", "( and the key belongs here, not pk"),
        Case("CreateTable app (pk «X»)", "a key attribute takes S, N or B, not X"),
        Case(
            "CreateTable app (pk S, sk S, «x» S)",
            "with more than two attributes each says HASH or RANGE",
            "a table's key has one of each"
        ),
        Case("CreateTable app (pk S, «pk» S)", "pk stands twice"),
        Case("CreateTable app (pk S) GSI g «(pk N)»", "pk is S in another key"),
        Case("CreateTable app (pk S) PROVISIONED «5 RCU»", "WCU is missing"),
        Case("CreateTable app (pk S) PROVISIONED 5 «XCU»", "RCU or WCU belongs here, not XCU"),
        Case("UpdateTable app«»", "what to change is missing at the end"),
        Case("UpdateTable app/gsi1 «CLASS»", "CLASS is for tables, not for an index"),
    ]

    static let pasted = [
        Case(
            "PutItem {TableName: 'app', «Itme»: 1, Item: {pk: 'x'}}",
            "Itme is not a member of PutItem",
            "did you mean Item?"
        ),
        Case(
            "aws dynamodb get-item --table-name app --key «file://key.json»",
            "files are not read here: paste the JSON itself",
            "or use a shell's own $(cat file)"
        ),
        Case(
            "aws dynamodb get-item «--tabel-name» app",
            "GetItem has no option --tabel-name",
            "did you mean --table-name?"
        ),
        Case("aws «s3» ls", "only aws dynamodb is known here"),
        Case("aws dynamodb «get-itm»", "get-itm is not an operation", "did you mean get-item?"),
        Case("aws dynamodb get-item --table-name app --key «'{\"pk\":'»", "this is not JSON: unexpected end"),
        Case(
            "aws dynamodb scan --table-name app «|» jq",
            "this is no shell: | has no meaning here",
            "quote it if it belongs to a value"
        ),
        Case(
            "const params = { TableName: «tableName», Key: { pk: 'a' } };",
            "tableName is a variable of the program",
            "put its value there"
        ),
        Case("«client».send(5)", "this looks like code, but no request is in it"),
    ]

    @Test func serviceTextsAreQuoted() throws {
        #expect(
            try #require(error("Query orders KEY status = 'x'")).serviceMessage
                == "ValidationException: Query condition missed key schema element: customerId"
        )
        #expect(
            try #require(error("Query orders KEY status = 'x';")).suggestion
                == "Query orders/byStatus KEY status = 'x';"
        )
        #expect(
            try #require(error("GetItem nope 'x'")).serviceMessage
                == "ResourceNotFoundException: Requested resource not found"
        )
        let body = try #require(error("Scan {TableName: 'x', Limit: 0}"))
        #expect(body.message == "this is no body of Scan")
        #expect(body.serviceMessage?.hasPrefix("ValidationException: ") == true)
    }

    @Test func partiQLErrorsPointIntoTheStatement() throws {
        let text = "EXPLAIN SELECT * FROM \"app\" WHERE WHERE pk = 1"
        let found = try #require(error(text))
        #expect(found.range.lowerBound >= 34)
        #expect(found.serviceMessage?.hasPrefix("ValidationException: Statement wasn't well formed") == true)
    }

    @Test func blameReachesIntoBlocks() throws {
        let text = "tx ( upd app 'a', 'b' SET x = IF y = 1 )"
        let found = try #require(error(text))
        #expect(found.range == 30..<32)
    }
}
