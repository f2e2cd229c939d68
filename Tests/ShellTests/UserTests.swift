import Language
import LineEditor
import Testing

@testable import Shell

/// Statements sent as somebody else than root.
struct UserTests {
    private static let reader = """
        CreateTable app (pk S);
        CreateUser alice KEY 'K1' SECRET 's1' POLICY {Version: '2012-10-17', Statement: [
          {Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*'}]};
        """

    @Test func thePromptNamesWhoIsNotRoot() {
        let shell = TestShell()
        shell.run(Self.reader + "\nuse app\n.as alice")
        #expect(shell.session.promptText == "alice@local/app> ")
        shell.run(".as K1")
        #expect(shell.session.promptText == "alice@local/app> ")
        shell.run("DropUser alice;")
        #expect(shell.session.promptText == "K1@local/app> ")
        shell.run(".as root")
        #expect(shell.session.promptText == "local/app> ")
    }

    @Test func statementsAreSentAsTheUser() {
        let shell = TestShell()
        shell.run(Self.reader + "\n.as alice")
        #expect(shell.run("get app 'a';").outcome == .succeeded)
        let denied = shell.run("put app {pk: 'a'};")
        #expect(denied.err.contains("error: no policy allows alice PutItem on app"))
        #expect(denied.err.contains("AccessDeniedException: User: arn:aws:iam::000000000000:user/alice is not"))
        #expect(shell.run(".as alice 'no'\nget app 'a';").err.contains("InvalidSignatureException"))
        #expect(shell.run(".as nobody 'no'\nget app 'a';").err.contains("UnrecognizedClientException"))
        #expect(shell.run(".as alic").err.contains("did you mean alice?"))
        #expect(shell.run(".as root\nput app {pk: 'a'};").outcome == .succeeded)
    }

    @Test func tabOffersUsers() {
        let shell = TestShell()
        shell.run(Self.reader)
        func texts(_ text: String) -> [String] {
            shell.session.completion(of: text, at: text.utf8.count).candidates.map(\.display)
        }
        #expect(texts(".as ") == ["alice", "root"])
        #expect(texts(".as a") == ["alice"])
        #expect(texts("DropUser ") == ["alice", "IF"])
    }

    @Test(arguments: [
        (".as alice 'hidden'", true), (".as alice hidden;", true), (".as alice", false), (".as alice;", false),
        ("CreateUser a KEY 'k' SECRET 's';", true), ("update-user a SECRET 's' KEY 'k';", true),
        ("CreateUser a;", false), ("put app {pk: 'secret'};", false),
    ])
    func secretsAreNotRemembered(statement: String, isSecret: Bool) {
        #expect(Secrets.mayBeIn(statement) == isSecret)
    }
}
