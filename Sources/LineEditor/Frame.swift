/// What the editor shows at one moment, ready to be written, and the way from the frame before to this one.
struct Frame: Equatable {
    struct Row: Equatable {
        /// Printable text and styles.
        var content: String
        var columns: Int
        /// Whether the next row goes on with the same line of text.
        var continuesBelow = false
    }

    var rows: [Row]
    var cursorRow: Int
    var cursorColumn: Int
    let screenWidth: Int

    /// What to write so that this frame replaces `former`, whose cursor stands `formerCursorRow` rows below its top.
    /// Rows before the first difference are left alone, unless the screen changed its width.
    ///
    /// The text of a row that is full goes on without a line break: the terminal wraps it by itself, and then
    /// also joins the rows again when it grows or when text is copied.
    func replacing(_ former: Frame?, formerCursorRow: Int) -> String {
        if self == former { return "" }
        let first = firstDifference(from: former)
        var output = "\u{1B}[?25l\r" + Self.move(rows: first - formerCursorRow)
        for index in first..<rows.count {
            let row = rows[index]
            let isLast = index == rows.count - 1
            output += row.content
            // In the last column the cursor waits on the character itself, and erasing would take that character.
            if row.columns < screenWidth { output += isLast ? "\u{1B}[J" : "\u{1B}[K" }
            if !isLast && !wraps(index) { output += "\r\n" }
        }
        output += "\r" + Self.move(rows: cursorRow - (rows.count - 1))
        if cursorColumn > 0 { output += "\u{1B}[\(cursorColumn)C" }
        return output + "\u{1B}[?25h"
    }

    /// What to write to leave the frame on the screen and go on below it.
    var departure: String {
        Self.move(rows: rows.count - 1 - cursorRow) + "\r\n"
    }

    /// The cursor's row, counted from the top, after the terminal has joined and split rows to fit `width`.
    func cursorRow(reflowedTo width: Int) -> Int {
        var row = 0
        var offset = 0
        for index in 0..<cursorRow {
            offset += rows[index].columns
            guard !wraps(index) else { continue }
            row += max(1, (offset + width - 1) / width)
            offset = 0
        }
        return row + (offset + cursorColumn) / width
    }

    /// Whether the terminal itself breaks the line after this row.
    private func wraps(_ index: Int) -> Bool {
        index + 1 < rows.count && rows[index].continuesBelow && rows[index].columns >= screenWidth
            && !rows[index + 1].content.isEmpty
    }

    private func firstDifference(from former: Frame?) -> Int {
        guard let former, former.screenWidth == screenWidth else { return 0 }
        let shared = zip(rows, former.rows).prefix { $0 == $1 }.count
        let first = min(shared, rows.count - 1, former.rows.count - 1)
        // Only printing over the edge makes the terminal remember that two rows are one line.
        return first > 0 && wraps(first - 1) != former.wraps(first - 1) ? first - 1 : first
    }

    private static func move(rows: Int) -> String {
        rows == 0 ? "" : rows < 0 ? "\u{1B}[\(-rows)A" : "\u{1B}[\(rows)B"
    }
}
