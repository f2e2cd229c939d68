import Model
import Testing

@testable import Engine

/// API Reference, PutResourcePolicy: revisions, and what a table's policy adds to its users' own. Reference I6.
struct ResourcePolicyTests {
    static let alice = "arn:aws:iam::000000000000:user/alice"

    static func statement(
        _ effect: PolicyStatement.Effect,
        _ principals: String...,
        actions: String = "dynamodb:GetItem",
        resource: String = "*"
    ) -> PolicyStatement {
        PolicyStatement(
            effect: effect,
            principals: .only(principals),
            actions: .only([actions]),
            resources: .only([resource])
        )
    }

    static func region() throws -> Region {
        let region = Region(profile: .serve)
        try region.create(.table("Music", globals: [.init(name: "byG", hash: [("g", .string)])]))
        return region
    }

    static func notFound(_ arn: String = Region.music) -> ServiceError {
        .policyNotFoundException("Resource-based policy not found for the provided ResourceArn: \(arn)")
    }

    @Test func itIsKeptAsItWasGiven() throws {
        let region = try Self.region()
        #expect(thrown { () throws(ServiceError) in try region.policy() } == Self.notFound())
        let revision = try region.putPolicy(ResourcePolicy("one"))
        #expect(try region.policy() == GetResourcePolicyResponse(policy: "one", revisionId: #require(revision)))
        // The same again is no change.
        #expect(try region.putPolicy(ResourcePolicy("one")) == revision)
        let second = try region.putPolicy(ResourcePolicy("two"))
        #expect(second != revision)
        #expect(try region.deletePolicy() == second)
        #expect(try region.deletePolicy() == nil)
        #expect(thrown { () throws(ServiceError) in try region.policy() } == Self.notFound())
    }

    @Test func aChangeMayExpectARevision() throws {
        let region = try Self.region()
        func put(_ text: String, expecting revision: String) -> ServiceError? {
            thrown { () throws(ServiceError) in
                try region.putPolicy(ResourcePolicy(text), expecting: revision)
            }
        }
        #expect(put("one", expecting: "17") == Self.notFound())
        #expect(put("one", expecting: "NO_POLICY") == nil)
        #expect(put("two", expecting: "NO_POLICY") == Self.notFound())
        let revision = try region.policy().revisionId
        #expect(put("two", expecting: revision) == nil)
        #expect(put("three", expecting: revision) == Self.notFound())
        #expect(thrown { () throws(ServiceError) in try region.deletePolicy(expecting: revision) } == Self.notFound())
        let current = try region.policy().revisionId
        #expect(try region.deletePolicy(expecting: current) == current)
        #expect(put("four", expecting: "")?.message.contains("'expectedRevisionId'") == true)
    }

    @Test func whatMayHaveOne() throws {
        let region = try Self.region()
        func error(_ arn: String) -> ServiceError? {
            thrown { () throws(ServiceError) in try region.putPolicy(ResourcePolicy("one"), on: arn) }
        }
        #expect(error(Region.music + "/index/byG")?.message.hasPrefix("Invalid TableArn") == true)
        let stream = Region.music + "/stream/2026-01-01T00:00:00.000"
        #expect(
            error(stream)
                == .resourceNotFoundException("Requested resource not found: ResourceArn: \(stream) not found")
        )
        #expect(error("Music")?.message.hasSuffix("ARNs must start with 'arn:': Music") == true)
        let large = ResourcePolicy(String(repeating: " ", count: 20_481))
        #expect(thrown { () throws(ServiceError) in try region.putPolicy(large) }?.name == "LimitExceededException")
        try region.deleteTable("Music")
        var request = CreateTableRequest.table("Music")
        request.resourcePolicy = ResourcePolicy("from the start")
        try region.create(request)
        #expect(try region.policy().policy == "from the start")
    }

    // MARK: Evaluation

    /// What alice is told, whose own policies say `own`, of reading from a table with this policy.
    static func refusal(own: [PolicyStatement] = [], _ statements: PolicyStatement...) throws -> String? {
        let region = try region()
        try region.put("Music", ["pk": "a", "g": "x"])
        try region.putPolicy(ResourcePolicy(text: "policy", policy: Policy(statements: statements)))
        let key = try region.createUser("alice", policies: [Policy(statements: own)], accessKey: nil)
        region.caller = Caller(accessKeyID: key.id, signature: .secret(key.secret))
        return message { () throws(ServiceError) in try region.get("Music", ["pk": "a"]) }
    }

    static let mayRead = PolicyStatement(
        effect: .allow,
        actions: .only(["dynamodb:GetItem"]),
        resources: .only(["*"])
    )

    @Test func itAllowsWhatTheUsersOwnDoNot() throws {
        #expect(try Self.refusal(Self.statement(.allow, Self.alice)) == nil)
        #expect(try Self.refusal(Self.statement(.allow, "*")) == nil)
        let refused = "because no identity-based policy allows the dynamodb:GetItem action"
        #expect(try Self.refusal(Self.statement(.allow, Self.alice + "x"))?.hasSuffix(refused) == true)
        #expect(try Self.refusal(Self.statement(.allow, "*", actions: "dynamodb:Query"))?.hasSuffix(refused) == true)
        #expect(try Self.refusal(Self.statement(.allow, "*", resource: "arn:x"))?.hasSuffix(refused) == true)
        // The account as a whole leaves it to the users' own policies.
        for account in ["000000000000", "arn:aws:iam::000000000000:root"] {
            #expect(try Self.refusal(Self.statement(.allow, account))?.hasSuffix(refused) == true)
            #expect(try Self.refusal(own: [Self.mayRead], Self.statement(.allow, account)) == nil)
        }
    }

    @Test func itDeniesWhatTheUsersOwnAllow() throws {
        let denied = "with an explicit deny in a resource-based policy"
        for principal in [Self.alice, "*", "000000000000"] {
            let statement = Self.statement(.deny, principal)
            #expect(try Self.refusal(own: [Self.mayRead], statement)?.hasSuffix(denied) == true)
        }
        #expect(try Self.refusal(own: [Self.mayRead], Self.statement(.deny, "bob")) == nil)
        var notAlice = Self.statement(.deny)
        notAlice.principals = .allBut([Self.alice])
        #expect(try Self.refusal(own: [Self.mayRead], notAlice) == nil)
        let own = PolicyStatement(effect: .deny, actions: .only(["*"]), resources: .only(["*"]))
        #expect(
            try Self.refusal(own: [own], Self.statement(.allow, "*"))?
                .hasSuffix("with an explicit deny in an identity-based policy") == true
        )
    }

    @Test func anIndexIsUnderItsTablesPolicy() throws {
        let region = try Self.region()
        let arn = Region.music + "/index/byG"
        try region.putPolicy(ResourcePolicy("p", Self.statement(.allow, "*", actions: "dynamodb:Query", resource: arn)))
        let key = try region.createUser("alice", policies: [], accessKey: nil)
        region.caller = Caller(accessKeyID: key.id, signature: .secret(key.secret))
        func refusal(_ index: String?) -> String? {
            message { () throws(ServiceError) in
                try region.query("Music", index: index, index == nil ? "pk = :k" : "g = :k", [":k": "x"])
            }
        }
        #expect(refusal("byG") == nil)
        #expect(refusal(nil) != nil)
    }
}
