@preconcurrency import CEditLine
@preconcurrency import Glibc

/// What our own keys do. Each function answers with one of libedit's `CC_` codes.
extension LineEditor {
    /// Input that waits behind Enter means a paste without marks: it is collected to its end, then judged as a whole.
    func enter() -> UInt8 {
        if purpose == .statement {
            if isInputWaiting() {
                isPasting = true
                return beginRow()
            }
            if hooks.isComplete(buffer.string) == .incomplete { return beginRow() }
        }
        return submit()
    }

    func beginRow() -> UInt8 {
        insert("\n")
        return code(CC_REFRESH)
    }

    func complete() -> UInt8 {
        guard purpose == .statement else { return beep() }
        if isPasting || isInputWaiting() {
            insert("\t")
            return code(CC_REFRESH)
        }
        let buffer = buffer
        let completion = hooks.complete(buffer.string, buffer.cursorByteOffset)
        if completion.candidates.isEmpty {
            guard let syntaxHint = completion.syntaxHint else { return beep() }
            screen.footer = syntaxHint.split(whereSeparator: \.isNewline).map { [EditorView.Span(text: String($0))] }
            return code(CC_REFRESH)
        }
        if completion.candidates.count > 1 {
            screen.footer = CandidateList(completion.candidates)
                .rows(screenWidth: Terminal.width, heightMax: Terminal.height / 2)
        }
        let start = buffer.index(atByteOffset: completion.replaced.lowerBound)
        let replaced = start..<max(start, buffer.index(atByteOffset: completion.replaced.upperBound))
        if let insertion = completion.insertion(over: Buffer(text: Array(buffer.text[replaced]), cursor: 0).string) {
            replace(replaced, with: insertion)
        }
        return code(CC_REFRESH)
    }

    /// Ctrl-D: ends the input if there is no text, drops a statement in an empty further row, else deletes.
    func deleteOrEnd() -> UInt8 {
        let buffer = buffer
        if isPasting && !buffer.isBlank && buffer.cursor == buffer.text.count {
            // Someone, probably a script, typed ahead a statement and the end: both count.
            isEndPending = true
            return submit()
        }
        if buffer.cursor < buffer.text.count {
            replace(buffer.cursor..<(buffer.cursor + 1), with: "")
            return code(CC_REFRESH)
        }
        let isRowBlank = buffer.text[buffer.lineStart...].allSatisfy { $0.properties.isWhitespace }
        guard buffer.text.isEmpty || (buffer.lineStart > 0 && isRowBlank) else { return beep() }
        outcome = .endOfFile(hadText: !buffer.isBlank)
        screen.leave(buffer, hooks: activeHooks)
        return code(CC_EOF)
    }

    /// Inserts all up to the end mark as it is: no key in it does anything.
    func pasteMarked() -> UInt8 {
        let endMark: [Unicode.Scalar] = ["\u{1B}", "[", "2", "0", "1", "~"]
        isInBracketedPaste = true
        defer { isInBracketedPaste = false }
        var pasted: [Unicode.Scalar] = []
        while pasted.suffix(endMark.count) != endMark[...] {
            var character: wchar_t = 0
            guard el_wgetc(handle, &character) == 1 else { return code(CC_EOF) }
            pasted.append(Unicode.Scalar(UInt32(bitPattern: character)) ?? "\u{FFFD}")
        }
        pasted.removeLast(endMark.count)
        // The mark's Escape has left vi's insert mode and moved the cursor.
        if isVi { moveCursor(to: cursorBeforeEscape) }
        insert(pasted.map { $0 == "\r" ? "\n" : $0 })
        return isVi ? push("i") : code(CC_REFRESH)
    }

    func undoChange() -> UInt8 {
        guard let state = undo.undo() else { return beep() }
        replace(0..<buffer.text.count, with: "")
        insert(state.text)
        moveCursor(to: state.cursor)
        return code(CC_REFRESH)
    }

    func clearScreen() -> UInt8 {
        screen.clear()
        return code(CC_REFRESH)
    }

    func moveUp() -> UInt8 {
        let buffer = buffer
        let start = buffer.lineStart
        guard start > 0 else { return push(Self.previousHistoryKeys) }
        let above = Buffer(text: buffer.text, cursor: start - 1)
        moveCursor(to: min(above.lineStart + buffer.cursor - start, above.cursor))
        return code(CC_REFRESH)
    }

    func moveDown() -> UInt8 {
        let buffer = buffer
        let end = buffer.lineEnd
        guard end < buffer.text.count else { return push(Self.nextHistoryKeys) }
        let below = Buffer(text: buffer.text, cursor: end + 1)
        moveCursor(to: min(below.cursor + buffer.cursor - buffer.lineStart, below.lineEnd))
        return code(CC_REFRESH)
    }

    /// A second time it goes on to the start of the statement.
    func moveToRowStart() -> UInt8 {
        let buffer = buffer
        moveCursor(to: buffer.cursor == buffer.lineStart ? 0 : buffer.lineStart)
        return code(CC_REFRESH)
    }

    /// A second time it goes on to the end of the statement.
    func moveToRowEnd() -> UInt8 {
        if takeHint() { return code(CC_REFRESH) }
        let buffer = buffer
        moveCursor(to: buffer.cursor == buffer.lineEnd ? buffer.text.count : buffer.lineEnd)
        return code(CC_REFRESH)
    }

    func moveForward() -> UInt8 {
        if takeHint() { return code(CC_REFRESH) }
        let buffer = buffer
        guard buffer.cursor < buffer.text.count else { return beep() }
        moveCursor(to: buffer.cursor + 1)
        return code(CC_REFRESH)
    }

    private func takeHint() -> Bool {
        let buffer = buffer
        guard buffer.cursor == buffer.text.count, let hint = screen.hint, !hint.isEmpty else { return false }
        insert(hint)
        return true
    }

    private func submit() -> UInt8 {
        let buffer = buffer
        outcome = .line(buffer.string)
        screen.leave(buffer, hooks: activeHooks)
        return code(CC_NEWLINE)
    }

    private func beep() -> UInt8 {
        screen.beep()
        return code(CC_NORM)
    }

    /// Has libedit run what these keys are bound to, next.
    private func push(_ keys: String) -> UInt8 {
        el_push(handle, keys)
        return code(CC_NORM)
    }

    private func code(_ code: Int32) -> UInt8 {
        UInt8(code)
    }
}
