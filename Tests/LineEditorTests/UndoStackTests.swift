import Testing

@testable import LineEditor

private func state(_ text: String, cursor: Int? = nil) -> UndoStack.State {
    UndoStack.State(text: Array(text.unicodeScalars), cursor: cursor ?? text.unicodeScalars.count)
}

@Test func aTypedWordIsUndoneAtOnce() {
    var stack = UndoStack()
    for text in ["a", "ab", "ab ", "ab c", "ab cd"] { stack.note(state(text)) }
    let undone = [stack.undo(), stack.undo(), stack.undo(), stack.undo()]
    #expect(undone == [state("ab "), state("ab"), state(""), nil])
}

@Test func aDeletionIsItsOwnStep() {
    var stack = UndoStack()
    for text in ["a", "ab", "a", "ax"] { stack.note(state(text)) }
    let undone = [stack.undo(), stack.undo(), stack.undo()]
    #expect(undone == [state("a"), state("ab"), state("")])
}

@Test func movingTheCursorIsNoStep() {
    var stack = UndoStack()
    stack.note(state("abc"))
    stack.note(state("abc", cursor: 1))
    stack.note(state("aXbc", cursor: 2))
    let undone = [stack.undo(), stack.undo()]
    #expect(undone == [state("abc", cursor: 1), state("")])
}
