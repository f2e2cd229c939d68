/// What stands on the terminal for the statement being edited, and the way to change it.
final class Screen {
    /// Rows below the text until the next key.
    var footer: [[EditorView.Span]] = []
    /// The hint behind the text, as last drawn.
    private(set) var hint: String?

    private let hasColours: Bool
    private var prompt = Prompt("")
    private var frame: Frame?
    private var continuations = ContinuationPrompts()

    init(hasColours: Bool) {
        self.hasColours = hasColours
    }

    func begin(prompt: Prompt) {
        self.prompt = prompt
        footer = []
        hint = nil
        continuations = ContinuationPrompts()
        forget()
    }

    /// The cursor was moved to the start of a fresh row by others: draw all anew there.
    func forget() {
        frame = nil
    }

    func clear() {
        Terminal.write("\u{1B}[H\u{1B}[2J")
        forget()
    }

    func beep() {
        Terminal.write("\u{07}")
    }

    func setBracketedPaste(_ isOn: Bool) {
        Terminal.write(isOn ? "\u{1B}[?2004h" : "\u{1B}[?2004l")
    }

    func draw(_ buffer: LineEditor.Buffer, hooks: Hooks) {
        if let statusStart = Self.searchStatusStart(in: buffer.text) {
            hint = nil
            var hooks = hooks
            hooks.highlight = nil
            show(buffer, hooks: hooks, statusStart: statusStart)
        } else {
            hint = !hasColours || buffer.cursor < buffer.text.count ? nil : hooks.hint?(buffer.string)
            show(buffer, hooks: hooks, footer: footer)
        }
    }

    /// Draws the text a last time, without hint and list, and moves below it.
    func leave(_ buffer: LineEditor.Buffer, hooks: Hooks, mark: String = "") {
        hint = nil
        show(LineEditor.Buffer(text: buffer.text, cursor: buffer.text.count), hooks: hooks)
        Terminal.write(mark + (frame?.departure ?? ""))
        forget()
    }

    private func show(
        _ buffer: LineEditor.Buffer,
        hooks: Hooks,
        footer: [[EditorView.Span]] = [],
        statusStart: Int? = nil
    ) {
        continuations.keep(upTo: buffer.text)
        let view = EditorView(
            text: buffer.text,
            cursor: buffer.cursor,
            prompt: prompt,
            continuationPrompt: { [continuations] rowStart in
                if rowStart == statusStart { return "" }
                return continuations.prompt(at: rowStart, of: buffer.text, ask: hooks.continuationPrompt)
            },
            highlights: hasColours ? hooks.highlight?(buffer.string) ?? [] : [],
            hint: hint,
            footer: footer,
            hasColours: hasColours,
            screenWidth: max(8, Terminal.width),
            screenHeight: max(2, Terminal.height)
        )
        let next = view.frame()
        let formerCursorRow =
            frame.map { $0.screenWidth == next.screenWidth ? $0.cursorRow : $0.cursorRow(reflowedTo: next.screenWidth) }
        Terminal.write(next.replacing(frame, formerCursorRow: formerCursorRow ?? 0))
        frame = next
    }

    /// While libedit searches, it puts its own status into the buffer, as a last line such as `bck:text`, or `bck?text`
    /// if nothing is found. The language must not be asked about that.
    private static func searchStatusStart(in text: [Unicode.Scalar]) -> Int? {
        guard let newline = text.lastIndex(of: "\n") else { return nil }
        let lastRow = text[(newline + 1)...]
        let isStatus = ["bck:", "bck?", "fwd:", "fwd?"].contains { lastRow.starts(with: $0.unicodeScalars) }
        return isStatus ? newline + 1 : nil
    }
}

/// The continuation prompts of the rows of one statement. Asking for one means to lex all text before it, so the
/// answers are kept as long as that text stays the same.
private final class ContinuationPrompts {
    private var text: [Unicode.Scalar] = []
    private var promptByRowStart: [Int: String] = [:]

    func keep(upTo newText: [Unicode.Scalar]) {
        let sharedCount = zip(text, newText).prefix { $0 == $1 }.count
        if sharedCount < text.count { promptByRowStart = promptByRowStart.filter { $0.key <= sharedCount } }
        text = newText
    }

    func prompt(at rowStart: Int, of text: [Unicode.Scalar], ask: (String) -> String) -> String {
        if let known = promptByRowStart[rowStart] { return known }
        let prompt = ask(LineEditor.Buffer(text: Array(text[..<rowStart]), cursor: 0).string)
        promptByRowStart[rowStart] = prompt
        return prompt
    }
}
