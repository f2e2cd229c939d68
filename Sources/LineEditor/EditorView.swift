/// All that decides what the editor shows. `frame` turns it into rows; nothing here touches the terminal.
struct EditorView {
    /// A piece of a row below the text.
    struct Span: Equatable {
        let text: String
        var style: Style?
    }

    var text: [Unicode.Scalar] = []
    var cursor = 0
    var prompt = Prompt("")
    /// The prompt of a row, given the index of its first code point.
    var continuationPrompt: (Int) -> String = { _ in "" }
    var highlights: [StyledRange] = []
    var hint: String?
    /// Rows below the text, such as candidates. Cut to the room there is.
    var footer: [[Span]] = []
    var hasColours = false
    var screenWidth = 80
    var screenHeight = 24

    func frame() -> Frame {
        let promptWidth = min(Terminal.displayWidth(of: prompt.plain), promptWidthMax)
        let layout = Layout(of: text, cursor: cursor, promptWidth: promptWidth, screenWidth: screenWidth)
        let footerHeightMax = max(0, screenHeight - min(layout.rows.count, max(1, screenHeight / 2)))
        let shownFooter = footerRows(countMax: footerHeightMax)
        let window = layout.window(height: max(1, screenHeight - shownFooter.count))
        var painter = HighlightPainter(text: text, highlights: hasColours ? highlights : [], screenWidth: screenWidth)
        var rows = window.map { index in
            let row = layout.rows[index]
            var content = row.startsLine ? promptText(of: row, isFirst: index == 0, width: promptWidth) : ""
            content += painter.draw(row.scalars, column: row.startsLine ? promptWidth : 0)
            let continuesBelow = index + 1 < layout.rows.count && !layout.rows[index + 1].startsLine
            return Frame.Row(content: content, columns: row.columns, continuesBelow: continuesBelow)
        }
        if window.upperBound == layout.rows.count { addHint(to: &rows[rows.count - 1]) }
        return Frame(
            rows: rows + shownFooter,
            cursorRow: layout.cursorRow - window.lowerBound,
            cursorColumn: layout.cursorColumn,
            screenWidth: screenWidth
        )
    }

    /// The prompt leaves at least a quarter of a row to the text.
    private var promptWidthMax: Int {
        max(1, screenWidth * 3 / 4)
    }

    private func promptText(of row: Layout.Row, isFirst: Bool, width: Int) -> String {
        if !isFirst {
            let continuation = fitted(continuationPrompt(row.scalars.lowerBound), width: width)
            return hasColours ? Style.dim.applied(to: continuation) : continuation
        }
        if hasColours, let styled = prompt.styled, Terminal.displayWidth(of: prompt.plain) <= width { return styled }
        return fitted(prompt.plain, width: width)
    }

    /// `prompt` padded on the left, or cut there, since its end says most.
    private func fitted(_ prompt: String, width: Int) -> String {
        var kept = prompt[...]
        while Terminal.displayWidth(of: String(kept)) > width { kept = kept.dropFirst() }
        let drawn = Glyph.row(of: String(kept), columnsMax: width)
        return String(repeating: " ", count: width - drawn.columns) + drawn.text
    }

    /// A hint looks like typed text without colour, so it is only shown with it. It never starts a new row.
    private func addHint(to row: inout Frame.Row) {
        guard hasColours, cursor == text.count, let hint else { return }
        let line = hint.prefix { !$0.isNewline }
        let drawn = Glyph.row(of: String(line), columnsMax: screenWidth - 1 - row.columns)
        guard drawn.columns > 0 else { return }
        row.content += Style.dim.applied(to: drawn.text)
        row.columns += drawn.columns
    }

    private func footerRows(countMax: Int) -> [Frame.Row] {
        var shown = footer
        if shown.count > countMax {
            shown = Array(shown.prefix(max(0, countMax - 1)))
            if countMax > 0 { shown.append([Span(text: "… \(footer.count - shown.count) more rows")]) }
        }
        return shown.map { spans in
            var row = Frame.Row(content: "", columns: 0)
            for span in spans {
                let drawn = Glyph.row(of: span.text, columnsMax: screenWidth - 1 - row.columns)
                let style = hasColours ? span.style : nil
                row.content += style?.applied(to: drawn.text) ?? drawn.text
                row.columns += drawn.columns
            }
            return row
        }
    }
}

/// Draws stretches of the buffer, from its begin to its end, with the looks that the language gave them.
private struct HighlightPainter {
    let text: [Unicode.Scalar]
    let screenWidth: Int
    private var remaining: ArraySlice<StyledRange>
    private var index = 0
    private var byteOffset = 0

    init(text: [Unicode.Scalar], highlights: [StyledRange], screenWidth: Int) {
        self.text = text
        self.screenWidth = screenWidth
        remaining = highlights[...]
    }

    /// Rows must come in order; what lies between them is skipped.
    mutating func draw(_ scalars: Range<Int>, column: Int) -> String {
        var column = column
        var drawn = ""
        var run = ""
        var runStyle: Style?
        for position in scalars {
            let style = style(at: position)
            if style != runStyle {
                drawn += runStyle?.applied(to: run) ?? run
                run = ""
                runStyle = style
            }
            let glyph = Glyph(text[position], column: column, screenWidth: screenWidth)
            run += glyph.text
            column += glyph.columns
        }
        return drawn + (runStyle?.applied(to: run) ?? run)
    }

    private mutating func style(at position: Int) -> Style? {
        guard !remaining.isEmpty else { return nil }
        while index < position {
            byteOffset += UTF8.width(text[index])
            index += 1
        }
        while let first = remaining.first, first.bytes.upperBound <= byteOffset { remaining = remaining.dropFirst() }
        guard let first = remaining.first, first.bytes.contains(byteOffset) else { return nil }
        return first.style
    }
}
