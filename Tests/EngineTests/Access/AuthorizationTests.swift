import Model
import Testing

@testable import Engine

/// What a user may do with a table, operation by operation.
struct AuthorizationTests {
    static let table = "arn:aws:dynamodb:us-east-1:000000000000:table/app"

    /// `app` (pk, sk) with the global index `byState`, one item of alice's and one of bob's. Alice may do what the
    /// statements say.
    static func region(_ statements: [PolicyStatement]) throws -> Region {
        let region = Region(profile: .serve)
        try region.createAndWait(
            .table("app", sort: ("sk", .string), globals: [.init(name: "byState", hash: [("state", .string)])])
        )
        for owner in ["alice", "bob"] {
            try region.put("app", ["pk": .string(owner), "sk": "1", "state": .string("of \(owner)"), "n": 1])
        }
        let key = try region.createUser("alice", policies: [Policy(statements: statements)], accessKey: nil)
        region.caller = Caller(accessKeyID: key.id, signature: .secret(key.secret))
        return region
    }

    static func allow(_ actions: String..., if conditions: PolicyCondition...) -> PolicyStatement {
        PolicyStatement(
            effect: .allow,
            actions: .only(actions.map { "dynamodb:\($0)" }),
            resources: .only(["*"]),
            conditions: conditions
        )
    }

    static let ownKeys = PolicyCondition(.stringEquals, quantifier: .forAllValues, .leadingKeys, ["${aws:username}"])

    static func notAllowed(_ action: String, on resource: String = table) -> ServiceError {
        .accessDeniedException(
            "User: arn:aws:iam::000000000000:user/alice is not authorized to perform: dynamodb:\(action) on resource: "
                + "\(resource) because no identity-based policy allows the dynamodb:\(action) action"
        )
    }

    /// The error of a call, nil when it is allowed and done.
    static func error<R>(_ body: () throws(ServiceError) -> R) -> ServiceError? { thrown(by: body) }

    // MARK: Words

    @Test func refusalsSayWhoAndWhatAndWhere() throws {
        let region = try Self.region([])
        #expect(
            Self.error { () throws(ServiceError) in try region.put("app", ["pk": "a"]) } == Self.notAllowed("PutItem")
        )
        let denied = try Self.region([
            Self.allow("*"),
            PolicyStatement(effect: .deny, actions: .only(["dynamodb:Scan"]), resources: .only(["*"])),
        ])
        #expect(
            Self.error { () throws(ServiceError) in try denied.scan("app") }
                == .accessDeniedException(
                    "User: arn:aws:iam::000000000000:user/alice is not authorized to perform: dynamodb:Scan on "
                        + "resource: \(Self.table) with an explicit deny in an identity-based policy"
                )
        )
        #expect(Self.error { () throws(ServiceError) in try denied.get("app", ["pk": "alice", "sk": "1"]) } == nil)
    }

    /// Whether there is such a table is none of their business.
    @Test func permissionIsAskedBeforeAnythingElse() throws {
        let region = try Self.region([Self.allow("GetItem")])
        #expect(
            Self.error { () throws(ServiceError) in try region.scan("none") }
                == Self.notAllowed("Scan", on: "arn:aws:dynamodb:us-east-1:000000000000:table/none")
        )
        #expect(
            Self.error { () throws(ServiceError) in try region.get("none", ["pk": "a"]) }
                == .resourceNotFoundException("Requested resource not found")
        )
        #expect(
            Self.error { () throws(ServiceError) in try region.listTables() }
                == Self.notAllowed("ListTables", on: "arn:aws:dynamodb:us-east-1:000000000000:table/*")
        )
    }

    @Test func aTableMayBeNamedByItsARN() throws {
        let region = try Self.region([
            PolicyStatement(effect: .allow, actions: .only(["dynamodb:*"]), resources: .only([Self.table]))
        ])
        #expect(try region.get(Self.table, ["pk": "alice", "sk": "1"]) != nil)
        #expect(
            Self.error { () throws(ServiceError) in try region.query("app", index: "byState", "state = :s", [":s": "x"])
            }
                == Self.notAllowed("Query", on: Self.table + "/index/byState")
        )
    }

    @Test func theControlPlaneAsksToo() throws {
        let region = try Self.region([Self.allow("DescribeTable")])
        _ = try region.describeTable("app")
        #expect(
            Self.error { () throws(ServiceError) in try region.deleteTable("app") } == Self.notAllowed("DeleteTable")
        )
        #expect(
            Self.error { () throws(ServiceError) in try region.create(.table("more")) }
                == Self.notAllowed("CreateTable", on: "arn:aws:dynamodb:us-east-1:000000000000:table/more")
        )
    }

    // MARK: Leading keys

    @Test func leadingKeysOfSingleItems() throws {
        let region = try Self.region([Self.allow("*Item", if: Self.ownKeys)])
        let own: Item = ["pk": "alice", "sk": "1"]
        let other: Item = ["pk": "bob", "sk": "1"]
        #expect(try region.get("app", own) != nil)
        #expect(Self.error { () throws(ServiceError) in try region.get("app", other) } == Self.notAllowed("GetItem"))
        try region.put("app", ["pk": "alice", "sk": "2"])
        #expect(Self.error { () throws(ServiceError) in try region.put("app", other) } == Self.notAllowed("PutItem"))
        try region.update("app", own, "SET n = :n", values: [":n": 2])
        #expect(
            Self.error { () throws(ServiceError) in try region.update("app", other, "SET n = :n", values: [":n": 2]) }
                == Self.notAllowed("UpdateItem")
        )
        #expect(
            Self.error { () throws(ServiceError) in try region.delete("app", other) } == Self.notAllowed("DeleteItem")
        )
        region.caller = nil
        #expect(try region.get("app", other)?["n"] == 1)
    }

    @Test func leadingKeysOfQueriesAndScans() throws {
        let region = try Self.region([Self.allow("Query", "Scan", if: Self.ownKeys)])
        #expect(try region.query("app", "pk = :p", [":p": "alice"]).count == 1)
        #expect(
            Self.error { () throws(ServiceError) in try region.query("app", "pk = :p", [":p": "bob"]) }
                == Self.notAllowed("Query")
        )
        // The index's own key counts.
        #expect(
            Self.error { () throws(ServiceError) in
                try region.query("app", index: "byState", "#s = :s", [":s": "of alice"], names: ["#s": "state"])
            } == Self.notAllowed("Query", on: Self.table + "/index/byState")
        )
        // A scan touches no key by name, and all of none is true.
        #expect(try region.scan("app").count == 2)
        let guarded = try Self.region([
            Self.allow("Query", "Scan", if: Self.ownKeys, PolicyCondition(.null, .leadingKeys, ["false"]))
        ])
        #expect(Self.error { () throws(ServiceError) in try guarded.scan("app") } == Self.notAllowed("Scan"))
        #expect(try guarded.query("app", "pk = :p", [":p": "alice"]).count == 1)
    }

    @Test func leadingKeysOfBatches() throws {
        let region = try Self.region([Self.allow("Batch*", if: Self.ownKeys)])
        let own: Item = ["pk": "alice", "sk": "1"]
        let other: Item = ["pk": "bob", "sk": "1"]
        #expect(try region.batchGet([.init(tableName: "app", keys: [own])]).responses[0].items.count == 1)
        #expect(
            Self.error { () throws(ServiceError) in try region.batchGet([.init(tableName: "app", keys: [own, other])]) }
                == Self.notAllowed("BatchGetItem")
        )
        #expect(
            Self.error { () throws(ServiceError) in
                try region.batchWrite([("app", [.delete(key: own), .put(item: other)])])
            } == Self.notAllowed("BatchWriteItem")
        )
        #expect(try region.batchGet([.init(tableName: "app", keys: [own])]).responses[0].items.count == 1)
    }

    @Test func transactionsNeedTheActionsOfTheirParts() throws {
        let own: Item = ["pk": "alice", "sk": "1"]
        let update = TransactWriteAction.update(
            .init(
                tableName: "app",
                key: own,
                updateExpression: "SET n = :n",
                options: .init(expressionAttributes: .init(values: [":n": 5]))
            )
        )
        let check = TransactWriteAction.conditionCheck(
            .init(tableName: "app", key: ["pk": "alice", "sk": "2"], conditionExpression: "attribute_not_exists(pk)")
        )
        let foreign = TransactWriteAction.delete(.init(tableName: "app", key: ["pk": "bob", "sk": "1"]))
        let region = try Self.region([Self.allow("UpdateItem", "DeleteItem", "GetItem", if: Self.ownKeys)])
        _ = try region.transact([update])
        #expect(
            Self.error { () throws(ServiceError) in try region.transact([update, check]) }
                == Self.notAllowed("ConditionCheckItem")
        )
        #expect(
            Self.error { () throws(ServiceError) in try region.transact([update, foreign]) }
                == Self.notAllowed("DeleteItem")
        )
        _ = try region.transactGet([.init(tableName: "app", key: own)])
        #expect(
            Self.error { () throws(ServiceError) in
                try region.transactGet([
                    .init(tableName: "app", key: own), .init(tableName: "app", key: foreign.keyOfTests),
                ])
            } == Self.notAllowed("GetItem")
        )
    }

    @Test func theEnclosingOperationCanBeAsked() throws {
        let region = try Self.region([
            Self.allow("GetItem", if: PolicyCondition(.stringEquals, .enclosingOperation, ["TransactGetItems"]))
        ])
        let own: Item = ["pk": "alice", "sk": "1"]
        _ = try region.transactGet([.init(tableName: "app", key: own)])
        #expect(Self.error { () throws(ServiceError) in try region.get("app", own) } == Self.notAllowed("GetItem"))
    }

    @Test func leadingKeysOfPartiQL() throws {
        let region = try Self.region([Self.allow("PartiQL*", if: Self.ownKeys)])
        let denied = { (action: String) in Self.notAllowed("PartiQL\(action)") }
        #expect(try region.execute("SELECT * FROM app WHERE pk = ?", ["alice"]).items.count == 1)
        #expect(region.outcome(of: "SELECT * FROM app WHERE pk IN ['alice', 'bob']").error == denied("Select"))
        #expect(region.outcome(of: "INSERT INTO app VALUE {'pk': 'bob', 'sk': '9'}").error == denied("Insert"))
        #expect(region.outcome(of: "UPDATE app SET n = 3 WHERE pk = 'bob' AND sk = '1'").error == denied("Update"))
        #expect(region.outcome(of: "DELETE FROM app WHERE pk = 'bob' AND sk = '1'").error == denied("Delete"))
        #expect(region.outcome(of: "UPDATE app SET n = 3 WHERE pk = 'alice' AND sk = '1'").error == nil)
        // Without the key it is a scan, which FullTableScan tells.
        #expect(try region.execute("SELECT * FROM app").items.count == 2)
        let guarded = try Self.region([
            Self.allow("PartiQL*", if: PolicyCondition(.bool, .fullTableScan, ["false"]))
        ])
        #expect(guarded.outcome(of: "SELECT * FROM app WHERE n = 1").error == denied("Select"))
        #expect(try guarded.execute("SELECT * FROM app WHERE pk = 'bob'").items.count == 1)
    }

    /// A statement that cannot be read is told so: nothing is known of it that could be allowed.
    @Test func malformedRequestsAreRefusedAsMalformed() throws {
        let region = try Self.region([Self.allow("*", if: Self.ownKeys)])
        #expect(region.outcome(of: "SELEC").error?.name == "ValidationException")
        #expect(Self.error { () throws(ServiceError) in try region.query("app", "pk") }?.name == "ValidationException")
        #expect(
            Self.error { () throws(ServiceError) in try region.put("app", ["sk": "1"]) }?.name == "ValidationException"
        )
    }

    @Test func membersOfABatchOfStatementsAreRefusedAlone() throws {
        let region = try Self.region([Self.allow("PartiQL*", if: Self.ownKeys)])
        let response = try region.executeBatch([
            "SELECT * FROM app WHERE pk = 'alice' AND sk = '1'", "SELECT * FROM app WHERE pk = 'bob' AND sk = '1'",
        ])
        #expect(response.responses[0].item != nil)
        #expect(response.responses[1].error?.code == "AccessDenied")
        #expect(response.responses[1].error?.message == Self.notAllowed("PartiQLSelect").message)
        #expect(
            Self.error { () throws(ServiceError) in
                try region.executeTransaction(["DELETE FROM app WHERE pk = 'bob' AND sk = '1'"])
            } == Self.notAllowed("PartiQLDelete")
        )
    }

    // MARK: Attributes

    /// Columns can be hidden, when reads have to name them.
    @Test func attributesCanBeHidden() throws {
        let region = try Self.region([
            Self.allow(
                "*",
                if: PolicyCondition(.stringEquals, quantifier: .forAllValues, .attributes, ["pk", "sk", "state"]),
                PolicyCondition(.stringEquals, isIfExists: true, .select, ["SPECIFIC_ATTRIBUTES"]),
                PolicyCondition(.stringEquals, isIfExists: true, .returnValues, ["NONE"])
            )
        ])
        let key: Item = ["pk": "alice", "sk": "1"]
        func isAllowed<R>(_ body: () throws(ServiceError) -> R) -> Bool { thrown(by: body) == nil }
        #expect(isAllowed { () throws(ServiceError) in try region.getResponse("app", key, projection: "sk") })
        #expect(!isAllowed { () throws(ServiceError) in try region.getResponse("app", key, projection: "sk, n") })
        #expect(!isAllowed { () throws(ServiceError) in try region.getResponse("app", key) })
        #expect(!isAllowed { () throws(ServiceError) in try region.scan("app") })
        #expect(!isAllowed { () throws(ServiceError) in try region.scan("app", select: .count) })
        #expect(isAllowed { () throws(ServiceError) in try region.scan("app", projection: "pk") })
        #expect(
            !isAllowed { () throws(ServiceError) in
                try region.scan("app", filter: "n > :n", [":n": 0], projection: "pk")
            }
        )
        #expect(!isAllowed { () throws(ServiceError) in try region.put("app", ["pk": "alice", "sk": "1", "n": 2]) })
        #expect(!isAllowed { () throws(ServiceError) in try region.update("app", key, "REMOVE n") })
        // A hidden attribute is not read into a visible one.
        #expect(!isAllowed { () throws(ServiceError) in try region.update("app", key, "SET #s = n") })
        #expect(isAllowed { () throws(ServiceError) in try region.update("app", key, "REMOVE state2") } == false)
        #expect(!isAllowed { () throws(ServiceError) in try region.delete("app", key, returning: .allOld) })
        #expect(!isAllowed { () throws(ServiceError) in try region.execute("SELECT * FROM app WHERE pk = 'alice'") })
        #expect(isAllowed { () throws(ServiceError) in try region.execute("SELECT sk FROM app WHERE pk = 'alice'") })
        #expect(
            !isAllowed { () throws(ServiceError) in
                try region.execute("UPDATE app SET state = n WHERE pk = 'alice' AND sk = '1'")
            }
        )
        #expect(isAllowed { () throws(ServiceError) in try region.delete("app", key) })
    }

    /// Two kinds of items under one key differ in nothing that a policy sees.
    @Test func entityTypesUnderOneKeyCannotBeToldApart() throws {
        let region = try Self.region([Self.allow("*")])
        func facts(_ sortKey: AttributeValue) -> AccessFacts {
            region.accesses(of: .getItem(GetItemRequest(tableName: "app", key: ["pk": "alice", "sk": sortKey])))[0]
                .context
        }
        #expect(facts("PROFILE") == facts("ORDER#1"))
    }

    @Test func numbersAndBinariesAreComparedAsText() throws {
        let region = Region(profile: .serve)
        try region.createAndWait(.table("numbers", "id", .number))
        let request = Request.getItem(GetItemRequest(tableName: "numbers", key: ["id": .decimal("1.50")]))
        #expect(region.accesses(of: request)[0].context[.leadingKeys] == ["1.5"])
    }
}

extension TransactWriteAction {
    fileprivate var keyOfTests: Item {
        if case .delete(let request) = self { request.key } else { [:] }
    }
}
