import Language
import Model
import Testing

@testable import Shell

/// What lasts from one statement to the next, asked of a session with the real engine below it.
struct SessionTests {
    private typealias Shell = TestShell

    @Test func thePromptNamesTableAndClock() {
        let shell = Shell()
        shell.run("CreateTable app (pk S) GSI gsi1 (x S) ALL;")
        #expect(shell.session.promptText == "local> ")
        shell.run("use app")
        #expect(shell.session.promptText == "local/app> ")
        shell.run("Clock advance 1h5m;")
        #expect(shell.session.promptText == "local/app [t+1h5m]> ")
        #expect(shell.session.continuationPrompt(after: "tx (") == "               (..> ")
        shell.run(".prompt '%e:%t>'")
        #expect(shell.session.promptText == "local:app> ")
    }

    @Test func deletingTheTableInUseEndsItsUse() {
        let shell = Shell()
        shell.run("CreateTable app (pk S);\nuse app\nDropTable app;")
        #expect(shell.session.promptText == "local> ")
    }

    @Test func hintsAreToldOnce() {
        let shell = Shell()
        shell.run(".set replicationLag 0ms\nCreateTable app (pk S);\nput app {pk: 'a', n: 1};")
        #expect(shell.run("Scan app FILTER n > 1;").err.contains("note: FILTER runs after the read"))
        #expect(!shell.run("Scan app FILTER n > 1;").err.contains("note:"))
    }

    @Test func onlyTheScreenHoistsAndDefaultsToTables() {
        let shell = Shell { $0.hasScreen = true }
        shell.run(".cost off\n.set replicationLag 0ms\nCreateTable app (pk S, sk S);")
        shell.run("put app {pk: 'a', sk: 'x', n: 1};\nput app {pk: 'a', sk: 'y', n: 2};")
        #expect(shell.run("Query app 'a';").out.hasPrefix("pk = a in all rows\n sk │ n\n"))
        let lines = "{\"pk\":\"a\",\"sk\":\"x\",\"n\":1}\n{\"pk\":\"a\",\"sk\":\"y\",\"n\":2}\n"
        #expect(shell.run("Query app 'a' \\jsonl").out == lines)
        #expect(shell.run(".last csv").out == "pk,sk,n\na,x,1\na,y,2\n")
    }

    @Test(arguments: [
        (".mode nothing", "nothing is not an output mode"), (".cost sometimes", "sometimes is not one of"),
        (".timer perhaps", "perhaps is neither on nor off"), (".width wide", "a width is a number"),
        (".param x 1", "begins with : or #"), (".param :x 1 2", ""), (".set nothing 1", ""),
        (".exit 999", "999 is no exit code"), (".read", "which file?"), (".check x", "no `.testcase` before"),
        (".prices gold", "there is no price gold"), (".last", "there is no result yet"),
    ])
    func dotCommandsRefuseWhatMakesNoSense(line: String, message: String) {
        let shell = Shell()
        let answer = shell.run(line)
        #expect(answer.outcome == .failed)
        #expect(answer.err.contains("error: ") && answer.err.contains(message))
    }

    @Test func everyDotCommandHasItsUsage() {
        let names = DotCommand.all.map(\.name)
        #expect(Set(names).count == names.count)
        for command in DotCommand.all {
            #expect(command.usage.hasPrefix(".\(command.name)"))
            #expect(!command.summary.isEmpty)
        }
    }

    @Test func exitCodesSayHowItEnded() {
        #expect(Shell().run("exit").outcome == .exit(code: 0))
        #expect(Shell().run(".exit 7").outcome == .exit(code: 7))
        #expect(Shell().run("nonsense;").outcome == .failed)
        #expect(Shell { $0.stopsAtError = false }.run("nonsense;\nexit").outcome == .exit(code: 1))
    }

    @Test func whatTheEndOfTheInputCutsOffRunsOnlyIfWhole() {
        #expect(Shell().run("ListTables").outcome == .succeeded)
        let cut = Shell().run("tx ( put app {pk: 'a'};")
        #expect(cut.outcome == .failed)
        #expect(cut.err.contains("this ( is never closed"))
    }

    @Test func invalidUTF8IsALocatedError() {
        let shell = Shell()
        let bytes: [UInt8] = Array("put app 'x".utf8) + [0xFF] + Array("';".utf8)
        let outcome = bytes.withUnsafeBytes { shell.session.run($0, at: SourcePosition(file: "a.sk")) }
        #expect(outcome == .failed)
        #expect(shell.run("").err.hasPrefix("a.sk:1:11: error: this is not UTF-8 text\n"))
    }

    @Test func helpFitsOneScreen() {
        let lines = Help.overview.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 24)
        #expect(lines.allSatisfy { displayWidth(of: String($0)) <= 100 })
    }

    @Test func theLinesOfHelpRun() {
        let shell = Shell()
        let statements = Help.overview.split(separator: "\n").filter { $0.hasPrefix("  ") }
            .map { $0.dropFirst(2).prefix(57) }
        for statement in statements {
            #expect(shell.run(statement + "\n").outcome == .succeeded, "\(statement)")
        }
    }

    @Test(
        arguments: [
            (Settings.ColourChoice.auto, true, [:], true), (.auto, false, [:], false),
            (.auto, true, ["NO_COLOR": "1"], false), (.auto, true, ["NO_COLOR": ""], true),
            (.auto, true, ["CLICOLOR": "0"], false), (.auto, false, ["CLICOLOR_FORCE": "1"], true),
            (.auto, false, ["CLICOLOR_FORCE": "0"], false), (.auto, true, ["TERM": "dumb"], false),
            (.never, true, ["CLICOLOR_FORCE": "1"], false), (.always, false, ["NO_COLOR": "1"], true),
        ] as [(Settings.ColourChoice, Bool, [String: String], Bool)]
    )
    func coloursFollowTheRules(choice: Settings.ColourChoice, isTerminal: Bool, extra: [String: String], isOn: Bool) {
        let environment = ["TERM": "xterm"].merging(extra) { $1 }
        #expect(Colour.isOn(choice, isTerminal: isTerminal, environment: { environment[$0] }) == isOn)
    }

    @Test func completionOffersWhatFits() {
        let shell = Shell()
        shell.run("CreateTable app (pk S);")
        #expect(shell.session.completion(of: ".mo", at: 3).candidates.map(\.display) == [".mode"])
        #expect(shell.session.completion(of: "Query a", at: 7).candidates.map(\.display) == ["app"])
    }

    @Test func secretsAreNotRemembered() {
        #expect(Secrets.mayBeIn("aws configure set aws_secret_access_key x"))
        #expect(Secrets.mayBeIn("Connect aws KEY AKIAIOSFODNN7EXAMPLE"))
        #expect(!Secrets.mayBeIn("put app {pk: 'USER#alice'}"))
    }
}
