@preconcurrency import CEditLine
@preconcurrency import Glibc

/// How libedit gets its characters. It asks for each one after it has dealt with the one before, which makes this the
/// place to draw and to look for signals.
extension LineEditor {
    /// A paste that the terminal does not mark may arrive in pieces; a person's next key takes longer than this.
    static let pasteGapMilliseconds: Int32 = 30

    /// Answers as `read` does: 1 with a character, 0 at the end of input, -1 with `errno` set.
    func readCharacter(into character: UnsafeMutablePointer<wchar_t>?) -> Int32 {
        if !initialText.isEmpty {
            insert(initialText)
            initialText = ""
        }
        while true {
            if InterruptFlag.take() { return interrupt() }
            followTerminal()
            if !isInBracketedPaste && !isInputWaiting() {
                isPasting = false
                draw()
                guard waitForInput(milliseconds: -1) == .input else { continue }
            } else if waitForInput(milliseconds: -1) != .input {
                continue
            }
            guard let scalar = readScalar() else {
                if InterruptFlag.isSet { continue }
                return endOfInput()
            }
            screen.footer = []
            if scalar == "\u{1B}" && !isInBracketedPaste { cursorBeforeEscape = buffer.cursor }
            character?.pointee = wchar_t(scalar.value)
            return 1
        }
    }

    /// Whether more input follows at once. Within a paste it may take a moment.
    func isInputWaiting() -> Bool {
        waitForInput(milliseconds: isPasting ? Self.pasteGapMilliseconds : 0) == .input
    }

    /// Draws the buffer and takes note of it for undo.
    func draw() {
        let buffer = buffer
        undo.note(UndoStack.State(text: buffer.text, cursor: buffer.cursor))
        screen.draw(buffer, hooks: activeHooks)
    }

    private func interrupt() -> Int32 {
        let buffer = buffer
        outcome = .interrupted(hadText: !buffer.isBlank)
        screen.leave(buffer, hooks: activeHooks, mark: "^C")
        errno = EINTR
        return -1
    }

    private func endOfInput() -> Int32 {
        outcome = .endOfFile(hadText: !buffer.isBlank)
        return 0
    }

    /// Carries out what signals asked for.
    private func followTerminal() {
        if Signals.stopRequested.exchange(false, ordering: .relaxed) {
            screen.leave(buffer, hooks: activeHooks, mark: "^Z")
            screen.setBracketedPaste(false)
            _ = ce_prepare_terminal(handle, 0)
            Signals.stopProcess()
            Signals.continued.store(true, ordering: .relaxed)
        }
        if Signals.continued.exchange(false, ordering: .relaxed) {
            // The shell in between has set the terminal as it likes it, and libedit only acts on a change of mode.
            _ = ce_prepare_terminal(handle, 0)
            _ = ce_prepare_terminal(handle, 1)
            screen.setBracketedPaste(true)
            screen.forget()
        }
        if Signals.resized.exchange(false, ordering: .relaxed) {
            el_resize(handle)
        }
    }

    /// One code point from the terminal; nil at the end. Bytes that are not UTF-8 become U+FFFD.
    private func readScalar() -> Unicode.Scalar? {
        guard let first = unreadByte ?? readByte() else { return nil }
        unreadByte = nil
        var bytes = [first]
        while bytes.count < Self.sequenceLength(first), let next = readByte() {
            guard next & 0xC0 == 0x80 else {
                unreadByte = next
                break
            }
            bytes.append(next)
        }
        return String(decoding: bytes, as: UTF8.self).unicodeScalars.first
    }

    private static func sequenceLength(_ first: UInt8) -> Int {
        switch first {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }

    private func readByte() -> UInt8? {
        var byte: UInt8 = 0
        while true {
            let count = Glibc.read(STDIN_FILENO, &byte, 1)
            if count == 1 { return byte }
            if count < 0 && errno == EINTR && !InterruptFlag.isSet { continue }
            return nil
        }
    }

    private func waitForInput(milliseconds: Int32) -> Signals.Wait {
        unreadByte == nil ? Signals.waitForInput(milliseconds: milliseconds) : .input
    }
}
