import Language
import Model
import Testing

@testable import Shell

/// How single answers look.
struct AnswerTests {
    private static let accounts = """
        .cost off
        .set replicationLag 0ms
        CreateTable accounts (pk S);
        CreateTable transfers (id S, at N);
        put accounts {pk: 'ACCT#alice', balance: 150, id: 'x'};
        put transfers {id: 't1', at: 7, amount: 3, pk: 'y'};

        """

    @Test func eachItemsOwnKeyComesFirst() {
        let shell = TestShell()
        shell.run(Self.accounts)
        let read = "TransactGet ( GetItem accounts 'ACCT#alice'; GetItem transfers 't1', 7; )"
        let alice = #"{"pk":"ACCT#alice","balance":150,"id":"x"}"#
        let transfer = #"{"id":"t1","at":7,"amount":3,"pk":"y"}"#
        #expect(shell.run("\(read) \\jsonl").out == "\(alice)\n\(transfer)\n")
        #expect(shell.run("\(read) \\json").out == "[\n  \(alice),\n  \(transfer)\n]\n")
        #expect(shell.run("\(read) \\csv").out == "pk,id,at,amount,balance\nACCT#alice,x,,,150\ny,t1,7,3,\n")
    }

    @Test func aPastedTransactionIsShownAsItWouldBeTyped() {
        let shell = TestShell()
        shell.run(Self.accounts)
        let pasted = """
            const params = { TransactItems: [
              { Put: { TableName: 'accounts', Item: { pk: 'a' } } },
              { Delete: { TableName: 'accounts', Key: { pk: 'b' } } } ] };
            """
        let block = "  TransactWrite (\n    PutItem accounts {pk: 'a'};\n    DeleteItem accounts 'b';\n  )\n"
        #expect(shell.run(pasted).err.hasPrefix("reads as:\n" + block))
    }

    @Test func nowIsTheSimulatedSecond() {
        let shell = TestShell()
        shell.run(".cost off\n.set replicationLag 0ms\nCreateTable app (pk S);\nClock advance 1h;")
        shell.run("put app {pk: 'a'};\nUpdateItem app 'a' SET seen = :now;")
        #expect(shell.run("get app 'a' \\jsonl").out == "{\"pk\":\"a\",\"seen\":3608}\n")
        shell.run(".param :now 5\nUpdateItem app 'a' SET seen = :now;")
        #expect(shell.run("get app 'a' \\jsonl").out == "{\"pk\":\"a\",\"seen\":5}\n")
        shell.run(".param clear\nUpdateItem app 'a' SET seen = :now;")
        #expect(shell.run("get app 'a' \\jsonl").out.contains("\"seen\":36"))
    }

    @Test func aParameterTakesAnyValue() {
        let shell = TestShell()
        #expect(shell.run(".param :list [1, {a: 'x'}]").outcome == .succeeded)
        #expect(shell.run(".param :list 1 2").err.contains("does not belong here"))
    }

    @Test(arguments: ["help", "Show partitions music;", "EXPLAIN Query music 'a';", "Describe music;"])
    func withoutUnicodeTextsAreASCII(statement: String) {
        let shell = TestShell {
            $0.hasScreen = true
            $0.hasUnicode = false
        }
        shell.run("Sample music;")
        let answer = shell.run(statement + "\n")
        #expect(answer.outcome == .succeeded)
        #expect((answer.out + answer.err).utf8.allSatisfy { $0 < 0x80 })
    }

    @Test(arguments: ["json", "jsonl", "ddb", "csv"])
    func nothingSteersATerminal(mode: String) {
        let write = "CreateTable app (pk S);\nput app {pk: 'a', text: 'x\u{202E}y\\rz'};\n.set replicationLag 0ms"
        let screen = TestShell(isTerminal: true)
        screen.run(write)
        let shown = screen.run("get app 'a' CONSISTENT \\\(mode)").out
        #expect(shown.contains("\\u202E") && !shown.contains("\u{202E}") && !shown.contains("\r"))
    }

    @Test func aHugeWordIsNotRepeated() {
        let answer = TestShell().run("." + String(repeating: "a", count: 300_000) + "\n")
        #expect(answer.outcome == .failed)
        #expect(answer.err.utf8.count < 200)
    }

    @Test func tabKnowsWhatAPlaceMayHold() {
        let shell = TestShell()
        shell.run("Sample music;")
        func offered(_ text: String) -> [String] {
            shell.session.completion(of: text, at: text.utf8.count).candidates.map(\.display)
        }
        #expect(offered("use mu") == ["music"])
        #expect(offered("Sample s") == ["shop"])
        #expect(offered("SELECT * FROM mu") == ["music"])
        #expect(offered("get music {pk: 'AR") == ["ARTIST#"])
        #expect(offered("put music {").prefix(2) == ["pk", "sk"])
    }

    @Test func serviceErrorsSayWhatToDoFirst() {
        let inUse = ServiceError.resourceInUseException(
            "Attempt to change a resource which is still in use: Table: app is in the process of being updated."
        )
        let deletion = Request.deleteTable(DeleteTableRequest(tableName: "app"))
        #expect(FriendlyError.firstLine(inUse, deletion) == "table \"app\" is being updated right now")
        let mismatch = ServiceError.validationException("The provided key element does not match the schema")
        #expect(FriendlyError.firstLine(mismatch, nil).hasPrefix("this key does not have"))
        let failure = ServiceError.internalServerError("Internal server error")
        #expect(FriendlyError.firstLine(failure, nil).hasPrefix("the service failed"))
    }

    @Test func colourFollowsTheLexer() {
        func kinds(_ text: String) -> [String] {
            Highlight.find(in: text).map {
                "\($0.kind) \(String(decoding: Array(text.utf8)[$0.range], as: UTF8.self))"
            }
        }
        #expect(
            kinds("Query app KEY pk = 'é' LIMIT 5 -- end")
                == ["verb Query", "keyword KEY", "string 'é'", "keyword LIMIT", "number 5", "comment -- end"]
        )
        #expect(kinds("put app {limit: 1, `all`: :x}") == ["verb put", "number 1", "name `all`", "name :x"])
        #expect(
            kinds("/* a */ -- b\nEXPLAIN get 'open").map { $0.split(separator: " ")[0] }
                == ["comment", "comment", "verb", "verb", "string"]
        )
        #expect(kinds("Scan app /* open") == ["verb Scan", "comment /* open"])
    }
}
