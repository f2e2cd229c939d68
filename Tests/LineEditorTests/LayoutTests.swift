import Testing

@testable import LineEditor

private func layout(_ text: String, cursor: Int? = nil, prompt: Int = 4, screen: Int = 10) -> Layout {
    Terminal.useUTF8()
    let scalars = Array(text.unicodeScalars)
    return Layout(of: scalars, cursor: cursor ?? scalars.count, promptWidth: prompt, screenWidth: screen)
}

private func place(_ layout: Layout) -> [Int] {
    [layout.cursorRow, layout.cursorColumn]
}

@Test func anEmptyBufferHasOneRowWithThePrompt() {
    let layout = layout("")
    #expect(layout.rows == [Layout.Row(scalars: 0..<0, startsLine: true, columns: 4)])
    #expect(place(layout) == [0, 4])
}

@Test func aNewlineStartsARowBehindAPrompt() {
    let layout = layout("ab\ncd")
    #expect(layout.rows.map(\.scalars) == [0..<2, 3..<5])
    #expect(layout.rows.allSatisfy { $0.startsLine && $0.columns == 6 })
    #expect(place(layout) == [1, 6])
}

@Test func aFullRowWrapsToColumnZero() {
    let layout = layout("abcdefgh")
    #expect(layout.rows.map(\.scalars) == [0..<6, 6..<8])
    #expect(layout.rows.map(\.startsLine) == [true, false])
    #expect(layout.rows.map(\.columns) == [10, 2])
    #expect(place(layout) == [1, 2])
}

@Test func theCursorBehindAFullLastRowStandsInAFreshOne() {
    let layout = layout("abcdef")
    #expect(layout.rows.map(\.columns) == [10, 0])
    #expect(place(layout) == [1, 0])
}

@Test func theCursorOnTheNewlineOfAFullRowStaysInIt() {
    #expect(place(layout("abcdef\nx", cursor: 6)) == [0, 9])
    #expect(place(layout("abcdef\nx", cursor: 7)) == [1, 4])
}

@Test func theCursorOnAWrappedCharacterStandsWhereItIsDrawn() {
    #expect(place(layout("abcdefgh", cursor: 5)) == [0, 9])
    #expect(place(layout("abcdefgh", cursor: 6)) == [1, 0])
}

@Test func aWideCharacterDoesNotStraddleTheEdge() {
    let layout = layout("abcde日x", cursor: 5)
    #expect(layout.rows.map(\.scalars) == [0..<5, 5..<7])
    #expect(layout.rows.map(\.columns) == [9, 3])
    #expect(place(layout) == [1, 0])
}

@Test func aCombiningMarkStaysWithItsRow() {
    let layout = layout("abcdef\u{301}g")
    #expect(layout.rows.map(\.scalars) == [0..<7, 7..<8])
}

@Test func tabsReachTheNextStopOrTheEdge() {
    #expect(layout("\t").rows.map(\.columns) == [8])
    #expect(layout("\t\t").rows.map(\.columns) == [10, 0])
    #expect(layout("\t\t\t").rows.map(\.columns) == [10, 8])
}

@Test func controlCharactersTakeTwoColumns() {
    #expect(layout("a\u{1B}b").rows.map(\.columns) == [8])
}

@Test func theWindowEndsWithTheCursorsRowOnceItIsFull() {
    let text = "a\nb\nc\nd"
    #expect(layout(text).window(height: 4) == 0..<4)
    #expect(layout(text).window(height: 2) == 2..<4)
    #expect(layout(text, cursor: 4).window(height: 2) == 1..<3)
    #expect(layout(text, cursor: 0).window(height: 2) == 0..<2)
}
