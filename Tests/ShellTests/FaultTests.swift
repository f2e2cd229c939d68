import LineEditor
import Model
import Testing

@testable import Engine
@testable import Shell

/// What a person sees of faults: answers, the prompt's mark, errors that name what is broken.
struct FaultTests {
    private func shell(_ adjust: (inout Shell.Settings) -> Void = { _ in }) -> TestShell {
        TestShell(wrap: { ScriptedLaboratory($0) }, adjust: adjust)
    }

    @Test func injectingSaysWhatIsBrokenAndUntilWhen() {
        let shell = shell { $0.mode = .table }
        #expect(
            shell.run("Fault kill az a FOR 2m;").out == """
                fault   kill az a
                detail  what it means here
                since   1970-01-01T00:00:00.000Z
                until   1970-01-01T00:02:00.000Z
                left    2 min

                """
        )
        let json = #"{"fault":"kill leader app/p0","detail":"what it means here","since":"1970-01-01T00:00:00.000Z","#
        shell.run("CreateTable app (pk S);\n.mode jsonl")
        #expect(shell.run("Fault list;").out.hasPrefix(#"{"fault":"kill az a","#))
        #expect(self.shell().run("CreateTable app (pk S);\nFault kill leader app/p0;").out.hasPrefix(json.prefix(60)))
    }

    @Test func theListCountsDown() {
        let shell = shell { $0.mode = .table }
        shell.run("Fault kill az a FOR 2m;\nFault slow node n4 BY 20ms;\nClock advance 30s;")
        let columns = shell.run("Fault list;").out.split(separator: "\n").map { line in
            line.split(separator: "│").map { $0.split(separator: " ").joined(separator: " ") }
        }
        #expect(columns[0] == ["fault", "detail", "since", "until", "left"])
        #expect(
            columns[2] == [
                "kill az a", "what it means here", "1970-01-01T00:00:00.000Z", "1970-01-01T00:02:00.000Z", "1 min 30 s",
            ]
        )
        #expect(
            columns[3] == ["slow node n4 BY 20ms", "what it means here", "1970-01-01T00:00:00.000Z", "healed", "·"]
        )
        #expect(shell.run("Show faults;").out == shell.run("Fault list;").out)
    }

    @Test func healingListsWhatEnded() {
        let shell = shell()
        shell.run("Fault cut az a FROM az c;\nClock advance 90s;")
        #expect(
            shell.run("Fault heal ALL;").out
                == #"{"healed":"cut az a FROM az c","detail":"what it means here","#
                + #""since":"1970-01-01T00:00:00.000Z","lasted":"1 min 30 s"}"# + "\n"
        )
    }

    @Test(arguments: [OutputMode.table, .jsonl]) func whereNothingIsBrokenAnswersSaySo(mode: OutputMode) {
        let shell = shell { $0.mode = mode }
        #expect(shell.run("Fault list;") == (.succeeded, "", "nothing is broken\n"))
        #expect(shell.run("Fault heal ALL;") == (.succeeded, "", "nothing was broken\n"))
    }

    @Test func theServicesRefusalIsTold() {
        let answer = shell().run("Fault kill node n99;")
        #expect(answer.outcome == .failed)
        #expect(answer.err.hasPrefix("error: there is no node n99\n"))
    }

    @Test func plainFaultsAreSentences() {
        let shell = shell {
            $0.mode = .table
            $0.isPlain = true
        }
        shell.run("Fault kill az a;")
        #expect(
            shell.run("Fault list;").out
                == "kill az a: detail what it means here, since 1970-01-01T00:00:00.000Z, until healed\n"
        )
    }

    // MARK: The prompt

    @Test func thePromptCountsFaults() {
        let shell = shell()
        shell.run("CreateTable app (pk S);\nuse app\nFault kill az a FOR 1h;")
        #expect(shell.session.promptText == "local/app [1 fault]> ")
        shell.run("Clock advance 5m;\nFault slow node n1 BY 5ms;")
        #expect(shell.session.promptText == "local/app [t+5m, 2 faults]> ")
        #expect(shell.session.continuationPrompt(after: "tx (").count == "local/app [t+5m, 2 faults]> ".count)
        shell.run("Clock advance 1h;")
        #expect(shell.session.promptText == "local/app [t+1h5m, 1 fault]> ")
        shell.run("Fault heal ALL;")
        #expect(shell.session.promptText == "local/app [t+1h5m]> ")
    }

    @Test func anOwnPromptMayCountThem() {
        let shell = shell()
        shell.run(".prompt '%e%f:'")
        #expect(shell.session.promptText == "local: ")
        shell.run("Fault kill az a;")
        #expect(shell.session.promptText == "local1 fault: ")
    }

    @Test func onlyTheFaultsHaveTheWarningColour() {
        let shell = shell { $0.colour = .always }
        #expect(shell.session.prompt.styled == "\u{1B}[1;34mlocal>\u{1B}[0m ")
        shell.run("Fault kill az a;")
        #expect(
            shell.session.prompt.styled
                == "\u{1B}[1;34mlocal [\u{1B}[0m\u{1B}[1;33m1 fault\u{1B}[0m\u{1B}[1;34m]>\u{1B}[0m "
        )
        #expect(shell.session.prompt.plain == "local [1 fault]> ")
        shell.run(".prompt '%f>'")
        #expect(shell.session.prompt.styled == "\u{1B}[1;33m1 fault\u{1B}[0m\u{1B}[1;34m>\u{1B}[0m ")
    }

    // MARK: Errors

    @Test func failuresNameWhatIsBroken() {
        var laboratory: ScriptedLaboratory!
        let shell = TestShell(wrap: {
            laboratory = ScriptedLaboratory($0)
            return laboratory
        })
        shell.run("CreateTable app (pk S);\nFault kill az a;\nFault cut az b FROM az c;")
        laboratory.failure = .internalServerError("no leader answers")
        #expect(
            shell.run("get app 'a';").err == """
                error: the service failed to answer
                  broken now: kill az a; cut az b FROM az c
                  Fault list and Show replicas tell more
                aws:   InternalServerError: no leader answers

                """
        )
        #expect(
            shell.run("put app {pk: 'a'};").err.hasPrefix("error: the service failed; whether anything was written")
        )
        shell.run("Fault heal ALL;")
        #expect(!shell.run("get app 'a';").err.contains("broken"))
        let help = shell.run("help InternalServerError").out
        #expect(help.contains("Fault list;") && help.contains("Show replicas;"))
    }

    @Test func helpExplainsScopes() {
        let help = shell().run("help fault").out
        #expect(help.contains("scope     node n4, az a, router r2, leader app/p0, replica app/p0/n4, or coordinator\n"))
        #expect(help.contains("examples  Fault kill az a FOR 2m;\n"))
        #expect(help.split(separator: "\n").allSatisfy { displayWidth(of: String($0)) <= 100 })
    }

    @Test func tabKnowsTheParts() {
        let shell = shell()
        shell.run("CreateTable app (pk S);")
        func offered(_ text: String) -> [String] {
            shell.session.completion(of: text, at: text.utf8.count).candidates.map(\.display)
        }
        #expect(offered("Fault kill leader app/") == ["p0", "p1", "p2", "p3"])
        #expect(offered("Fault kill router ") == ["r1", "r2", "r3"])
    }

    // MARK: Events

    @Test func aScriptMayAskForEvents() {
        let shell = shell()
        #expect(!shell.run("CreateTable old (pk S);").err.contains("event: "))
        // What happened before is not told.
        #expect(shell.run(".events on").err == "")
        #expect(shell.run("CreateTable app (pk S);").err.contains("event: table app is ACTIVE\n"))
        #expect(shell.run(".events").err == ".events is on\n")
        shell.run(".events off")
        #expect(!shell.run("DropTable app;").err.contains("event: "))
    }

    @Test func eventsMayBeLimitedToTheLast() {
        let shell = shell()
        shell.run("CreateTable old (pk S);\nClock advance 10m;\nCreateTable app (pk S);")
        #expect(shell.run("Show events;").out.contains("table old is ACTIVE"))
        let recent = shell.run("Show events LAST 5m;").out
        #expect(recent.contains("table app is ACTIVE") && !recent.contains("table old"))
    }
}
