import Testing

@testable import LineEditor

private func view(_ text: String, cursor: Int? = nil, width: Int = 10, height: Int = 5) -> EditorView {
    Terminal.useUTF8()
    var view = EditorView()
    view.text = Array(text.unicodeScalars)
    view.cursor = cursor ?? view.text.count
    view.prompt = Prompt("p> ")
    view.continuationPrompt = { _ in ">" }
    view.screenWidth = width
    view.screenHeight = height
    return view
}

private func contents(_ view: EditorView) -> [String] {
    view.frame().rows.map(\.content)
}

@Test func furtherRowsShowTheContinuationPromptInTheWidthOfThePrompt() {
    #expect(contents(view("ab\ncd")) == ["p> ab", "  >cd"])
}

@Test func wrappedRowsShowNoPrompt() {
    #expect(contents(view("abcdefghi\nx")) == ["p> abcdefg", "hi", "  >x"])
}

@Test func continuationPromptsKnowWhereTheirRowBegins() {
    var view = view("ab\ncd\nef")
    view.continuationPrompt = { "\($0)" }
    #expect(contents(view) == ["p> ab", "  3cd", "  6ef"])
}

@Test func aPromptThatWouldFillTheRowLosesItsBegin() {
    var view = view("x")
    view.prompt = Prompt("local/application> ")
    #expect(contents(view) == ["ation> x"])
}

@Test func highlightsFollowBytesAcrossRows() {
    var view = view("é'日本語語'x", width: 10)
    view.hasColours = true
    view.highlights = [StyledRange(2..<16, Style("33"))]
    #expect(contents(view) == ["p> é\u{1B}[33m'日本\u{1B}[0m", "\u{1B}[33m語語'\u{1B}[0mx"])
}

@Test func aHintIsDimAndNeverWraps() {
    var view = view("ab")
    view.hasColours = true
    view.hint = "cdefgh\nsecond"
    #expect(contents(view) == ["p> ab\u{1B}[2mcdef\u{1B}[0m"])
    view.cursor = 1
    #expect(contents(view) == ["p> ab"])
}

@Test func withoutColoursThereAreNeitherStylesNorHints() {
    var view = view("ab")
    view.highlights = [StyledRange(0..<1, Style("33"))]
    view.hint = "cd"
    #expect(contents(view) == ["p> ab"])
}

@Test func rowsBelowTheTextAreCutToTheScreen() {
    var view = view("ab", height: 4)
    view.footer = (1...5).map { [EditorView.Span(text: "candidate\($0) of many")] }
    #expect(contents(view) == ["p> ab", "candidate", "candidate", "… 3 more "])
}

@Test func storedTextCannotCommandTheTerminal() {
    var view = view("\u{1B}[2J\u{9B}")
    view.footer = [[EditorView.Span(text: "\u{1B}c")]]
    #expect(contents(view) == ["p> ^[[2J\u{FFFD}", "^[c"])
}

@Test func typingRewritesOnlyTheChangedRow() {
    let former = view("ab\nc").frame()
    let output = view("ab\ncd").frame().replacing(former, formerCursorRow: former.cursorRow)
    #expect(output == "\u{1B}[?25l\r  >cd\u{1B}[J\r\u{1B}[5C\u{1B}[?25h")
}

@Test func anUnchangedFrameWritesNothing() {
    let frame = view("ab").frame()
    #expect(frame.replacing(frame, formerCursorRow: 0).isEmpty)
}

@Test func aFullRowIsNeitherErasedNorBroken() {
    let output = view("abcdefgh").frame().replacing(nil, formerCursorRow: 0)
    #expect(output == "\u{1B}[?25l\rp> abcdefgh\u{1B}[J\r\u{1B}[1C\u{1B}[?25h")
}

@Test func aFullLastRowIsBrokenToMakeRoomForTheCursor() {
    let output = view("abcdefg").frame().replacing(nil, formerCursorRow: 0)
    #expect(output == "\u{1B}[?25l\rp> abcdefg\r\n\u{1B}[J\r\u{1B}[?25h")
}

@Test func deletingRowsErasesBelow() {
    let former = view("ab\ncd\nef").frame()
    let output = view("ab").frame().replacing(former, formerCursorRow: former.cursorRow)
    #expect(output == "\u{1B}[?25l\r\u{1B}[2Ap> ab\u{1B}[J\r\u{1B}[5C\u{1B}[?25h")
}

@Test func reflowFindsTheCursorsRow() {
    let frame = view("ab\nabcdefghijklmnop").frame()
    #expect(frame.rows.count == 3)
    #expect(frame.cursorRow(reflowedTo: 10) == 2)
    #expect(frame.cursorRow(reflowedTo: 40) == 1)
    #expect(frame.cursorRow(reflowedTo: 5) == 4)
}
