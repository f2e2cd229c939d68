import Testing

@testable import Shell

struct DiagnosticTests {
    private func text(_ source: String, _ range: Range<Int>, remark: String? = nil, width: Int = 80) -> String {
        var style = RenderingStyle()
        style.width = width
        let excerpt = Diagnostic.Excerpt(text: Array(source.utf8), range: range, remark: remark)
        var bytes: [UInt8] = []
        Diagnostic(message: "wrong", excerpt: excerpt).append(to: &bytes, style: style)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func theCaretStandsUnderTheToken() {
        let source = "Query app FILTRE total > 50;"
        #expect(
            text(source, 10..<16, remark: "did you mean FILTER?") == """
                error: wrong
                  Query app FILTRE total > 50;
                            ^~~~~~ did you mean FILTER?

                """
        )
    }

    @Test func wideCharactersBeforeTheCaretTakeTwoColumns() {
        #expect(text("get '東京' x", 13..<14).contains("\n  get '東京' x\n             ^\n"))
    }

    @Test func onlyTheLineOfTheErrorIsShown() {
        #expect(text("Query app\n  FILTRE x\n  LIMIT 1", 12..<18) == "error: wrong\n    FILTRE x\n    ^~~~~~\n")
    }

    @Test func theEndOfTheTextHasACaretToo() {
        #expect(text("get", 3..<3) == "error: wrong\n  get\n     ^\n")
    }

    @Test func aLongLineIsShownAroundTheCaret() {
        let source = String(repeating: "a", count: 5_000) + "BAD" + String(repeating: "z", count: 5_000)
        let lines = text(source, 5_000..<5_003, width: 60).split(separator: "\n").map(String.init)
        #expect(lines[1] == "  …aaaaaaaaaaaaaaaaaaaaaaaaBADzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz…" || lines[1].count <= 60)
        #expect(lines[1].contains("BADz"))
        #expect(lines[2].firstIndex(of: "^").map { lines[2].distance(from: lines[2].startIndex, to: $0) } == 27)
    }

    @Test func sourceTextIsEscaped() {
        #expect(text("get \u{1B}[31m x", 11..<12).contains("get \\u001B[31m x"))
    }

    @Test func positionsCountLinesAndCharacters() {
        let position = SourcePosition(file: "a.sk", line: 3, column: 5)
        #expect(position.advanced(by: 4, in: Array("aé\nbc".utf8)).text == "a.sk:4:1")
        #expect(position.advanced(by: 3, in: Array("aé\nbc".utf8)).text == "a.sk:3:7")
    }
}
