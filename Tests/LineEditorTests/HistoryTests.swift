@preconcurrency import Glibc
import Testing

@testable import LineEditor

private func withTemporaryPath(_ body: (String) throws -> Void) rethrows {
    var template = Array("/tmp/sortkey-history-XXXXXX".utf8CString)
    precondition(mkdtemp(&template) != nil, "no folder for the test")
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer {
        for name in ["a/history", "history", "a"] { remove("\(folder)/\(name)") }
        remove(folder)
    }
    try body(folder)
}

private func mode(of path: String) -> mode_t {
    var status = stat()
    stat(path, &status)
    return status.st_mode & 0o777
}

@Test(arguments: ["plain", "two\nrows", "back\\slash", "\\n is no newline", "a\r\nb\\", "é日本😀", "tab\there"])
func escapingKeepsEntries(entry: String) {
    let line = HistoryFile.escape(entry)
    #expect(!line.unicodeScalars.contains("\n"))
    #expect(HistoryFile.unescape(line) == entry)
}

@Test func statementsAreWrittenAsTheyAreEnteredAndOnlyForTheOwner() {
    withTemporaryPath { folder in
        let path = "\(folder)/a/history"
        let history = StatementHistory(file: HistoryFile(path: path), countMax: 10)
        history.remember("put (\n  x);\n")
        #expect(HistoryFile(path: path).load(countMax: 10) == ["put (\n  x);"])
        #expect(mode(of: path) == 0o600)
    }
}

@Test func twoShellsKeepEachOthersStatements() {
    withTemporaryPath { folder in
        let file = HistoryFile(path: "\(folder)/history")
        let one = StatementHistory(file: file, countMax: 10)
        let other = StatementHistory(file: file, countMax: 10)
        one.remember("first")
        other.remember("second")
        one.remember("third")
        #expect(file.load(countMax: 10) == ["first", "second", "third"])
    }
}

@Test func theFileIsTrimmedWhenItIsTwiceAsLongAsNeeded() {
    withTemporaryPath { folder in
        let file = HistoryFile(path: "\(folder)/history")
        for number in 1...7 { file.append("\(number)") }
        #expect(file.load(countMax: 3) == ["5", "6", "7"])
        #expect(file.load(countMax: 100) == ["5", "6", "7"])
        #expect(mode(of: file.path) == 0o600)
        file.append("8")
        #expect(file.load(countMax: 100) == ["5", "6", "7", "8"])
    }
}

@Test func repeatsBlanksAndPrivateLinesAreNotKept() {
    let history = StatementHistory(file: nil, countMax: 10)
    for statement in ["a", "a\n", " secret", "", "  \n", "b", "a"] { history.remember(statement) }
    #expect(history.entries() == ["a", "b", "a"])
}

@Test func searchFindsTheNewestFirst() {
    let history = StatementHistory(file: nil, countMax: 10)
    for statement in ["query a", "put b", "query c"] { history.remember(statement) }
    #expect(history.search("query") == ["query c", "query a"])
}
