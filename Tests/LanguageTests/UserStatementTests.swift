import Language
import Model
import Testing

@Suite struct UserStatementTests {
    private static let policy = "{Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]}"
    private static let everything = Policy(
        statements: [.init(effect: .allow, actions: .only(["*"]), resources: .only(["*"]))]
    )

    private func command(_ text: String) throws -> UserCommand? {
        var parser = CommandParser.forTests()
        guard case .user(let command) = try parser.parse(text).command else { return nil }
        return command
    }

    @Test func usersComeChangeAndGo() throws {
        #expect(try command("CreateUser alice;") == .create(name: "alice", policies: []))
        #expect(
            try command("create-user IF NOT EXISTS `a@b` KEY 'K' SECRET 'it\\'s' POLICY \(Self.policy);")
                == .create(
                    name: "a@b",
                    policies: [Self.everything],
                    accessKey: AccessKey(id: "K", secret: "it's"),
                    toleratesExistence: true
                )
        )
        #expect(
            try command("PutUserPolicy alice POLICY \(Self.policy) POLICY \(Self.policy)")
                == .update(name: "alice", policies: [Self.everything, Self.everything])
        )
        #expect(
            try command("UpdateUser alice SECRET 's' KEY 'k'")
                == .update(name: "alice", accessKey: AccessKey(id: "k", secret: "s"))
        )
        #expect(try command("DeleteUser IF EXISTS alice;") == .drop(name: "alice", toleratesExistence: true))
    }

    @Test func aPolicyMayBeAParameter() throws {
        var parser = CommandParser.forTests()
        parser.parameters[":p"] = try parser.parseValue(Self.policy)
        #expect(
            try parser.parse("CreateUser alice POLICY :p;").command
                == .user(.create(name: "alice", policies: [Self.everything]))
        )
    }

    @Test(arguments: [
        "CreateUser alice", "CreateUser IF NOT EXISTS `a@b` KEY 'K' SECRET 'it\\'s' POLICY \(policy)",
        "UpdateUser alice POLICY \(policy) POLICY \(policy)", "DropUser IF EXISTS alice", "DropUser `policy`",
    ])
    func printedStatementsReadBack(text: String) throws {
        let read = try #require(try command(text))
        #expect(try command(#require(CanonicalPrinter.print(read))) == read)
    }

    @Test func policiesArePrintedAsTheyMayBeTyped() throws {
        guard case .create(_, let policies, _, _)? = try command("CreateUser a POLICY \(Self.policy)") else { return }
        #expect(CanonicalPrinter.print(policies[0]) == Self.policy)
    }

    @Test func tabOffersUsersAndClauses() throws {
        let parser = CommandParser.forTests()
        func texts(_ text: String) -> [String] { parser.completions(in: text, at: text.utf8.count).map(\.text) }
        #expect(texts("CreateUser alice ") == ["KEY", "POLICY", "SECRET"])
        #expect(texts("DropUser al") == ["alice"])
        #expect(texts("UpdateUser ").contains("alice"))
        #expect(texts("Show us") == ["users"])
        #expect(texts("CreateU") == ["CreateUser"])
    }
}
