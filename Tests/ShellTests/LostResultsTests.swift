import Glibc
import Testing

@testable import Shell

/// No result may vanish without a word.
struct LostResultsTests {
    @Test func aFullDiskFailsTheStatementThatEndsTheRedirection() {
        let shell = TestShell()
        shell.run("Sample music;\n.output /dev/full\nScan music;")
        let answer = shell.run(".output")
        #expect(answer.outcome == .failed)
        #expect(answer.err.hasSuffix("error: cannot write /dev/full: No space left on device\n"))
        #expect(shell.run("ListTables;").out.contains("music"))
    }

    @Test func aFullDiskFailsTheOneStatementBehindOnce() {
        let shell = TestShell()
        shell.run("Sample music;\n.once /dev/full")
        #expect(shell.run("Scan music;").outcome == .failed)
        #expect(shell.run("Scan music;").outcome == .succeeded)
    }

    @Test func whatIsLeftAtTheEndIsLookedAtToo() {
        let shell = TestShell()
        shell.run("CreateTable app (pk S);\n.output /dev/full\nListTables;")
        #expect(shell.session.console.closeRedirection() == "cannot write /dev/full: No space left on device")
        #expect(shell.session.console.closeRedirection() == nil)
    }

    @Test(arguments: ["cat", "", "/nowhere/pager 2>/dev/null"])
    func withoutAPagerTheResultGoesToTheScreen(pager: String) {
        setenv("PAGER", pager, 1)
        defer { unsetenv("PAGER") }
        let out = ByteSink(memoryAsTerminal: true)
        let text = Array(String(repeating: "row\n", count: 30).utf8)
        Pager.show(text, height: 24, console: Console(out: out, err: out))
        #expect(out.takeBytes() == text)
    }

    @Test func aCommentLeftOpenIsAnErrorWithItsPlace() {
        let shell = TestShell()
        let session = shell.session
        let outcome = session.runScript("ListTables;\n /* and the rest\nbogus;\n", name: "a.sk")
        #expect(outcome == .failed)
        #expect(shell.run("").err.hasPrefix("a.sk:2:2: error: this /* is never closed\n  /* and the rest\n  ^~\n"))
        #expect(shell.run("ListTables; /* closed */\n-- and a line").outcome == .succeeded)
    }

    @Test func columnsCountCharacters() {
        let shell = TestShell()
        _ = shell.session.runScript("-- 日本語\nListTables; /* 😀 */ bogus;\n", name: "a.sk")
        #expect(shell.run("").err.hasPrefix("a.sk:2:21: error: bogus"))
    }

    @Test func writesInMemoryAreWarnedOfOnce() {
        let shell = TestShell()
        shell.run("Sample music;\nCreateTable app (pk S);")
        #expect(!shell.session.warnsOfUnsavedWrites())
        shell.run("put app {pk: 'a'};\nBatchWrite ( PutItem app {pk: 'b'}; PutItem app {pk: 'c'}; );\nget app 'a';")
        #expect(shell.session.warnsOfUnsavedWrites())
        #expect(shell.run("").err == "3 writes live in memory only; Ctrl-D again leaves\n")
        #expect(!shell.session.warnsOfUnsavedWrites())
    }
}
