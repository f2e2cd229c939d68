/// Where the code points of the buffer land on the screen.
///
/// ```
/// local> put Music {              row 0, starts a line: the prompt
///    {..> "Artist": "Sade", "S    row 1, starts a line: the continuation prompt; full, so it wraps
/// ong": "Jezebel"}                row 2, goes on where row 1 was full
/// ```
/// Only the last row always has room for one more column, because the cursor must be able to stand behind the text.
struct Layout: Equatable {
    struct Row: Equatable {
        /// Indices into the buffer, without the newline that ends the line.
        var scalars: Range<Int>
        /// Whether a prompt stands before the text.
        let startsLine: Bool
        /// Columns in use, prompt included.
        var columns: Int
    }

    private(set) var rows: [Row]
    private(set) var cursorRow = 0
    private(set) var cursorColumn = 0

    /// Precondition: `promptWidth` < `screenWidth`.
    init(of text: [Unicode.Scalar], cursor: Int, promptWidth: Int, screenWidth: Int) {
        precondition(promptWidth < screenWidth, "a prompt must leave room for the cursor")
        rows = [Row(scalars: 0..<0, startsLine: true, columns: promptWidth)]
        for (index, scalar) in text.enumerated() {
            if scalar == "\n" {
                if index == cursor { placeCursor(screenWidth: screenWidth) }
                startRow(at: index + 1, startsLine: true, columns: promptWidth)
                continue
            }
            if !fits(scalar, screenWidth: screenWidth) { startRow(at: index, startsLine: false, columns: 0) }
            if index == cursor { placeCursor(screenWidth: screenWidth) }
            let last = rows.count - 1
            rows[last].columns += Glyph(scalar, column: rows[last].columns, screenWidth: screenWidth).columns
            rows[last].scalars = rows[last].scalars.lowerBound..<(index + 1)
        }
        if rows[rows.count - 1].columns >= screenWidth { startRow(at: text.count, startsLine: false, columns: 0) }
        if cursor >= text.count { placeCursor(screenWidth: screenWidth) }
    }

    /// The rows to show on a screen of `height` rows: all, or as many as fit and end with the cursor's row.
    func window(height: Int) -> Range<Int> {
        guard rows.count > height else { return 0..<rows.count }
        let first = max(0, cursorRow - height + 1)
        return first..<(first + height)
    }

    private func fits(_ scalar: Unicode.Scalar, screenWidth: Int) -> Bool {
        let column = rows[rows.count - 1].columns
        return column + Glyph(scalar, column: column, screenWidth: screenWidth).columns <= screenWidth
    }

    private mutating func startRow(at index: Int, startsLine: Bool, columns: Int) {
        rows.append(Row(scalars: index..<index, startsLine: startsLine, columns: columns))
    }

    /// A cursor on the newline behind a full row stays in its last column.
    private mutating func placeCursor(screenWidth: Int) {
        cursorRow = rows.count - 1
        cursorColumn = min(rows[cursorRow].columns, screenWidth - 1)
    }
}
