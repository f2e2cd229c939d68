import Language
import Model
import Testing

/// What statements become, to the letter.
@Suite struct AcceptTests {
    @Test func literalsBecomePlaceholders() throws {
        let text = "Scan app FILTER total > 50 AND status = 'x' AND `a.b`.c[2] IN (1, null) OR NOT a <> -1"
        let request = try request(text)
        guard case .scan(let scan) = request else { throw Unexpected() }
        #expect(scan.filterExpression == "#n0 > :v0 AND #n1 = :v1 AND #n2.c[2] IN (:v2, :v3) OR NOT a <> :v4")
        #expect(scan.expressionAttributes.values?[":v3"] == .null)
        #expect(scan.expressionAttributes.values?[":v4"] == .number(-1))
        #expect(scan.expressionAttributes.names == ["#n0": "total", "#n1": "status", "#n2": "a.b"])
    }

    @Test func equalStatementsHaveEqualExpressions() throws {
        guard case .updateItem(let left) = try request("upd app 'a','b' SET n=n+1 IF  size( x )>=3"),
            case .updateItem(let right) = try request("UpdateItem app 'c', 'd' SET n = n + 2 IF size(x) >= 4;")
        else { throw Unexpected() }
        #expect(left.updateExpression == "SET n = n + :v0")
        #expect(left.updateExpression == right.updateExpression)
        #expect(left.options.conditionExpression == "size(x) >= :v1")
        #expect(left.options.conditionExpression == right.options.conditionExpression)
    }

    @Test(arguments: [
        ("'a'", "#k0 = :k0"), ("'a', 'b'", "#k0 = :k0 AND #k1 = :k1"),
        ("'a', begins_with 'b'", "#k0 = :k0 AND begins_with(#k1, :k1)"),
        ("'a', begins_with('b')", "#k0 = :k0 AND begins_with(#k1, :k1)"),
        ("'a', BETWEEN 'b' AND 'c'", "#k0 = :k0 AND #k1 BETWEEN :k1 AND :k2"),
        ("'a', < 'b'", "#k0 = :k0 AND #k1 < :k1"), ("'a', >= 'b'", "#k0 = :k0 AND #k1 >= :k1"),
    ])
    func shortKeysBecomeFewTexts(short: String, expected: String) throws {
        guard case .query(let query) = try request("Query app \(short)") else { throw Unexpected() }
        #expect(query.keyConditionExpression == expected)
        #expect(query.expressionAttributes.names?["#k0"] == "pk")
        #expect(query.expressionAttributes.values?[":k0"] == .string("a"))
    }

    @Test func shortKeysReachEveryAttributeOfAnIndex() throws {
        let text = "Query app/byPlace 'NO', 'Oslo', '2026-01-01', > 5"
        guard case .query(let query) = try request(text) else { throw Unexpected() }
        #expect(query.keyConditionExpression == "#k0 = :k0 AND #k1 = :k1 AND #k2 = :k2 AND #k3 > :k3")
        #expect(query.expressionAttributes.names?["#k3"] == "seat")
        #expect(query.indexName == "byPlace")
    }

    @Test func shortKeysAndFiltersGoTogether() throws {
        let text = "Query app 'a' FILTER n > 5 AND m = :uid"
        guard case .query(let query) = try request(text) else { throw Unexpected() }
        #expect(query.filterExpression == "n > :v0 AND m = :uid")
        #expect(query.expressionAttributes.values?.count == 3)
    }

    @Test func theKeyDecidesBetweenPlainAndTyped() throws {
        let plain = try call("PutItem app {meta: {S: 'y'}, pk: 'x', sk: '1'}")
        let typed = try call("PutItem app {meta: {S: 'y'}, pk: {S: 'x'}, sk: {S: '1'}, n: {N: '1.50'}}")
        guard case .putItem(let left) = plain.request, case .putItem(let right) = typed.request else {
            throw Unexpected()
        }
        #expect(left.item["meta"] == .map(["S": .string("y")]))
        #expect(plain.notes.count == 1)
        #expect(
            right.item
                == ["meta": .string("y"), "pk": .string("x"), "sk": .string("1"), "n": .number(try Number("1.5"))]
        )
        #expect(typed.notes.isEmpty)
    }

    @Test func typedKeysMakeTheWholeStatementTyped() throws {
        let text = "upd app {pk: {S: 'x'}, sk: {S: '1'}} SET a = {N: '5'}, b = {M: {c: {S: 'd'}}}, c = 7"
        guard case .updateItem(let update) = try request(text) else { throw Unexpected() }
        #expect(update.options.expressionAttributes.values?[":v0"]?.type == .number)
        #expect(update.options.expressionAttributes.values?[":v1"] == .map(["c": .string("d")]))
        #expect(update.options.expressionAttributes.values?[":v2"] == .number(7))
    }

    @Test func valuesAreTypedOnlyTogether() throws {
        func values(_ text: String) throws -> [String: AttributeValue]? {
            guard case .scan(let scan) = try request("Scan app FILTER a = :a OR b = :b VALUES \(text)") else {
                throw Unexpected()
            }
            return scan.expressionAttributes.values
        }
        #expect(try values("{:a: {S: 'x'}, ':b': {N: '1'}}") == [":a": .string("x"), ":b": .number(1)])
        #expect(try values("{:a: {S: 'x'}, :b: 1}") == [":a": .map(["S": .string("x")]), ":b": .number(1)])
        #expect(
            try values("json {:a: {S: 'x'}, :b: {N: '1'}}")
                == [":a": .map(["S": .string("x")]), ":b": .map(["N": .string("1")])]
        )
    }

    @Test func everyWordIsAnAttributeWhereAnOperandStands() throws {
        let statements = [
            "Scan app FILTER filter = 1 AND limit > all AND NOT not = 2 LIMIT 5",
            "Scan app FILTER and = 1 AND or = 2 OR between BETWEEN in AND not",
            "upd app 'a','b' SET if = 1, return = if REMOVE else, set IF if = 2 RETURN ALL_NEW",
            "Scan app FILTER true.x = 1 AND null[0] = 2 AND b64 = 3 AND ddb = 4",
            "Scan app PROJECT project, limit LIMIT 3",
        ]
        for statement in statements {
            let first = try request(statement)
            #expect(try request(canonical(first)).hasSameMeaning(as: first), "\(canonical(first))")
        }
    }

    @Test func sumsOfThreeTermsAreNested() throws {
        guard case .updateItem(let update) = try request("upd app 'a','b' SET n = a + b - 1 + c") else {
            throw Unexpected()
        }
        #expect(update.updateExpression == "SET n = ((a + b) - :v0) + c")
    }

    @Test func ownPlaceholdersGiveWay() throws {
        guard case .scan(let scan) = try request("Scan app FILTER a = :v0 AND b = 2 VALUES {:v0: 1}") else {
            throw Unexpected()
        }
        #expect(scan.filterExpression == "a = :v0 AND b = :_v0")
        #expect(scan.expressionAttributes.values == [":v0": .number(1), ":_v0": .number(2)])
    }

    @Test func parametersAreSentOnlyWhereTheyAreNamed() throws {
        guard case .query(let query) = try request("Query app KEY pk = :uid") else { throw Unexpected() }
        #expect(query.expressionAttributes == ExpressionAttributes(values: [":uid": .string("USER#alice")]))
        guard case .getItem(let get) = try request("get :uid, 'PROFILE'") else { throw Unexpected() }
        #expect(get.key["pk"] == .string("USER#alice"))
    }

    @Test func tokensOfPagesMayBeParameters() throws {
        var parser = CommandParser.forTests()
        parser.parameters[":next"] = .map(["pk": .string("a"), "sk": .string("b")])
        guard case .call(let call) = try parser.parse("Scan app AFTER :next").command,
            case .scan(let scan) = call.request
        else { throw Unexpected() }
        #expect(scan.exclusiveStartKey == ["pk": .string("a"), "sk": .string("b")])
    }

    @Test func clausesOfTheShellStayOutOfTheRequest() throws {
        let pages = try call("Query app 'a' TAKE 7 AFTER LAST")
        #expect(pages.take == 7)
        #expect(pages.startsAfterLast)
        #expect(try call("Scan app ALL").wantsAllPages)
        #expect(try call("DropTable IF EXISTS x").toleratesExistence)
    }

    @Test func stringsKnowEscapes() throws {
        guard case .putItem(let put) = try request(#"put {pk: 'a\'\n\u00e9\ud83d\ude00', "s\u006b": "\"\\\/"}"#) else {
            throw Unexpected()
        }
        #expect(put.item["pk"] == .string("a'\né😀"))
        #expect(put.item["sk"] == .string("\"\\/"))
    }

    @Test func longNumbersKeepEveryDigit() throws {
        let digits = "12345678901234567890123456789012345678"
        guard case .putItem(let put) = try request("put {pk: 'a', sk: 'b', n: \(digits), m: -1e-130}") else {
            throw Unexpected()
        }
        #expect(formatValue(put.item["n"]!) == digits)
    }

    @Test func localIndexesTakeTheTablesPartitionKey() throws {
        guard case .createTable(let table) = try request("CreateTable t (a S, b S) LSI i (c N) KEYS_ONLY") else {
            throw Unexpected()
        }
        #expect(table.localSecondaryIndexes?[0].keySchema == [.init("a", .hash), .init("c", .range)])
        #expect(table.attributeDefinitions.map(\.attributeName) == ["a", "b", "c"])
        #expect(table.billingMode == .payPerRequest)
    }

    @Test func partiQLIsPassedOnWithoutComments() throws {
        let text = "SELECT * FROM \"app\" -- it's a comment\nWHERE pk = 'it''s -- none' /* x */ AND sk = '\\' ;"
        guard case .executeStatement(let request) = try request(text) else { throw Unexpected() }
        #expect(
            request.statement.statement
                == "SELECT * FROM \"app\"                  \nWHERE pk = 'it''s -- none'         AND sk = '\\'"
        )
    }

    @Test func partiQLParametersMayBeTyped() throws {
        let text = "SELECT * FROM \"app\" WHERE pk = ? AND n = ? PARAMS ['it''s', <<1, 2>>]"
        guard case .executeStatement(let plain) = try request(text),
            case .executeStatement(let typed) = try request(
                "SELECT * FROM \"app\" WHERE pk = ? PARAMS [{'S': 'x'}] \\json"
            )
        else { throw Unexpected() }
        #expect(plain.statement.parameters == [.string("it's"), .numberSet([1, 2])])
        #expect(typed.statement.parameters == [.string("x")])
    }

    @Test(arguments: [
        ("help query", Command.help(topic: "query")), ("help", .help(topic: nil)), ("more;", .more), ("it", .more),
        ("quit", .exit), ("\\q", .exit), (".exit", .exit), ("clear", .clear), ("\\dt", .show(.tables, nil)),
        (".tables", .show(.tables, nil)), ("show tables", .show(.tables, nil)), ("Show cost;", .show(.cost, nil)),
        (".schema orders", .describe(Target(table: "orders"))), ("\\d app", .describe(Target(table: "app"))),
        ("Show partitions", .show(.partitions, Target(table: "app"))), ("use app", .use(Target(table: "app"))),
        ("Show replicas app/gsi1;", .show(.replicas, Target(table: "app", index: "gsi1"))),
        ("use old-table.v2 -- a comment", .use(Target(table: "old-table.v2"))),
        ("\\json", .dot(name: "last", arguments: "json")), ("\\x", .dot(name: "mode", arguments: "vertical")),
        (".mode json", .dot(name: "mode", arguments: "json")), ("Sample music;", .sample("music")),
        ("Clock ADVANCE 1h30m;", .clock(.advance(5_400_000_000))), ("Clock;", .clock(.show)),
        ("Clock advance 1.5ms", .clock(.advance(1_500))),
        ("Locate 'a';", .locate(Target(table: "app"), key: ["pk": .string("a")])),
        ("Locate app 'a', 'b';", .locate(Target(table: "app"), key: ["pk": .string("a"), "sk": .string("b")])),
    ])
    func wordsOfTheShell(text: String, expected: Command) throws {
        var parser = CommandParser.forTests()
        #expect(try parser.parse(text).command == expected)
    }

    @Test func tablesAreLookedUpOnce() throws {
        let catalog = TestCatalog()
        var parser = CommandParser(catalog: catalog)
        for number in 0..<10 { _ = try parser.parse("GetItem app 'a', '\(number)'") }
        #expect(catalog.shapeRequests == 1)
        catalog.shapes["app"] = TableShape(key: KeySchema(hash: [KeyAttribute("id", .number)]))
        catalog.catalogVersion += 1
        guard case .call(let call) = try parser.parse("GetItem app 5").command, case .getItem(let get) = call.request
        else { throw Unexpected() }
        #expect(get.key == ["id": .number(5)])
    }

    @Test func outputModesEndStatements() throws {
        var parser = CommandParser.forTests()
        #expect(try parser.parse("Scan app \\json").outputMode == "json")
        #expect(try parser.parse("Scan app \\G ;").outputMode == "G")
        #expect(try parser.parse("Scan app;").outputMode == nil)
    }
}

struct Unexpected: Error {}
