import Model
import Testing

@testable import Engine

/// Who sends a request, and what it costs to find out.
struct AuthenticationTests {
    static let key = AccessKey(id: "ALICE", secret: "right")

    static func region(_ profile: Profile = .serve) throws -> Region {
        let region = Region(profile: profile)
        try region.createAndWait(.table("app"))
        try region.createUser("alice", policies: [PolicyEvaluatorTests.everything], accessKey: key)
        return region
    }

    static func list(_ region: Region, _ accessKey: String, _ signature: Caller.Signature) -> ServiceError? {
        var report = RequestReport()
        return thrown { () throws(ServiceError) in
            try region.perform(
                .listTables(.init()),
                from: Caller(accessKeyID: accessKey, signature: signature),
                report: &report
            )
        }
    }

    @Test func onlyTheRightSecretOfAKnownKeyPasses() throws {
        let region = try Self.region()
        #expect(Self.list(region, "ALICE", .secret("right")) == nil)
        #expect(Self.list(region, "ALICE", .secret("wrong")) == .signatureDoesNotMatch)
        #expect(Self.list(region, "MALLORY", .secret("right")) == .unrecognizedClientException)
        #expect(Self.list(region, "ALICE", .verified(isRight: true)) == nil)
        #expect(Self.list(region, "ALICE", .verified(isRight: false)) == .signatureDoesNotMatch)
        #expect(region.secretAccessKey(of: "ALICE") == "right")
        #expect(region.secretAccessKey(of: "MALLORY") == nil)
    }

    @Test func theErrorsSayWhatTheServiceSays() {
        #expect(
            ServiceError.unrecognizedClientException.message == "The security token included in the request is invalid."
        )
        #expect(
            ServiceError.signatureDoesNotMatch.message
                == "The request signature we calculated does not match the signature you provided. Check your AWS "
                + "Secret Access Key and signing method. Consult the service documentation for details."
        )
        #expect(ServiceError.signatureDoesNotMatch.httpStatus == 400)
        #expect(!ServiceError.unrecognizedClientException.isRetryable)
    }

    @Test func nothingIsLookedAtBeforeTheSignature() throws {
        let region = try Self.region()
        region.caller = Caller(accessKeyID: "ALICE", signature: .secret("wrong"))
        #expect(thrown { () throws(ServiceError) in try region.put("no", [:]) } == .signatureDoesNotMatch)
    }

    @Test func aDroppedUserIsNobody() throws {
        let region = try Self.region()
        region.caller = Caller(accessKeyID: "ALICE", signature: .secret("right"))
        for _ in 0..<20 { _ = try region.listTables() }
        try region.deleteUser("alice")
        for _ in 0..<20 {
            #expect(thrown { () throws(ServiceError) in try region.listTables() } == .unrecognizedClientException)
        }
        region.caller = nil
        #expect(try region.listTables().tableNames == ["app"])
    }

    @Test func aNewSecretCountsAtOnce() throws {
        let region = try Self.region()
        for _ in 0..<20 { #expect(Self.list(region, "ALICE", .secret("right")) == nil) }
        try region.updateUser("alice", policies: nil, accessKey: AccessKey(id: "ALICE", secret: "new"))
        for _ in 0..<20 {
            #expect(Self.list(region, "ALICE", .secret("right")) == .signatureDoesNotMatch)
            #expect(Self.list(region, "ALICE", .secret("new")) == nil)
        }
    }

    // MARK: What routers remember

    static func steps(_ region: Region) throws -> [TraceStep] {
        var report = RequestReport(isTraced: true)
        _ = try region.perform(.listTables(.init()), report: &report)
        return report.trace
    }

    @Test func eachRouterAsksOnceAndForgetsInTime() throws {
        let region = try Self.region(.teach)
        region.caller = Caller(accessKeyID: "ALICE", signature: .secret("right"))
        func questions() throws -> Int {
            try (0..<30).count { _ in try Self.steps(region).contains { $0.text.contains("asked the identity service") }
            }
        }
        #expect(try questions() == 3)
        #expect(try questions() == 0)
        region.advance(byMicroseconds: region.constants.identityMemory)
        #expect(try questions() == 3)
        try region.updateUser("alice", policies: [PolicyEvaluatorTests.everything], accessKey: nil)
        #expect(try questions() == 3)
    }

    @Test func theStepsOfTheRouterAreSeenInOrder() throws {
        let region = try Self.region(.teach)
        region.caller = Caller(accessKeyID: "ALICE", signature: .secret("right"))
        var report = RequestReport(isTraced: true)
        let request = GetItemRequest(tableName: "app", key: ["pk": "a"])
        _ = try region.perform(.getItem(request), report: &report)
        let words = report.trace.map { $0.text.prefix { $0 != ":" && $0 != " " } }
        #expect(
            words == ["accept", "authenticate", "authorize", "parse", "hash", "admission", "p0", "B-tree", "answer"]
        )
        #expect(report.trace.map(\.offsetMicroseconds) == report.trace.map(\.offsetMicroseconds).sorted())
        #expect(report.trace[2].text == "authorize: statement 1 allows dynamodb:GetItem")
    }

    @Test func aRefusedRequestShowsHowFarItGot() throws {
        let region = try Self.region(.teach)
        var report = RequestReport(isTraced: true)
        let request = Request.getItem(GetItemRequest(tableName: "app", key: ["id": "a"]))
        _ = thrown { () throws(ServiceError) in try region.perform(request, report: &report) }
        #expect(report.trace.last?.text == "parse and validate: refused, ValidationException")
    }

    /// Root pays nothing, seen or unseen.
    @Test(arguments: Seeds.thisRun) func tracingTakesNoTimeAndNoChance(seed: UInt64) throws {
        func latencies(isTraced: Bool) throws -> [Int64] {
            let region = Region(profile: .teach, seed: seed)
            try region.createAndWait(.table("app"))
            return try (0..<20).map { number in
                var report = RequestReport(isTraced: isTraced && number % 2 == 0)
                let request = PutItemRequest(tableName: "app", item: ["pk": .string("k\(number)")])
                _ = try region.perform(.putItem(request), report: &report)
                return report.latencyMicroseconds
            }
        }
        #expect(try latencies(isTraced: true) == latencies(isTraced: false))
    }

    // MARK: Users

    @Test func usersAreListedByName() throws {
        let region = try Self.region()
        let key = try region.createUser("Zoe", policies: [], accessKey: nil)
        #expect(key.id.hasPrefix("AKIA") && key.id.utf8.count == 20 && key.secret.utf8.count == 40)
        #expect(region.users().map(\.name) == ["Zoe", "alice"])
        #expect(region.users()[1].arn == "arn:aws:iam::000000000000:user/alice")
        #expect(try Self.region().createUser("Zoe", policies: [], accessKey: nil) == key)
        #expect(try Self.region().createUser("Bob", policies: [], accessKey: nil) != key)
    }

    @Test(arguments: [
        ("alice", "NEW", "user alice exists already"), ("bob", "ALICE", "user alice has this access key"),
        ("root", "NEW", "root is the account itself; it may do everything"),
        ("a b", "NEW", "the name of a user is 1 to 64 letters, digits and any of + = , . @ _ -"),
        ("bob", "a/b", "an access key is 1 to 128 letters and digits, and its secret is not empty"),
    ])
    func badUsersAreRefused(name: String, key: String, message: String) throws {
        let region = try Self.region()
        let refusal = EngineTests.message { () throws(ServiceError) in
            try region.createUser(name, policies: [], accessKey: AccessKey(id: key, secret: "s"))
        }
        #expect(refusal == message)
    }
}

extension PolicyEvaluatorTests {
    static var everything: Policy { Policy(statements: [statement()]) }
}
