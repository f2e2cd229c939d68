/// The line of a statement that an error is in, with a caret below it. A long line is shown around the caret.
struct SourceExcerpt {
    private static let indent = 2
    /// Columns kept before the caret when a line does not fit.
    private static let contextColumns = 24

    private let line: String
    private let caretColumn: Int
    private let underline: Int
    private let remark: String?

    init(_ excerpt: Diagnostic.Excerpt, width: Int, ellipsis: String) {
        let text = excerpt.text
        let start = min(excerpt.range.lowerBound, text.count)
        let lineStart = text[..<start].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let lineEnd = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
        let end = min(max(start, excerpt.range.upperBound), lineEnd)
        // A line of megabytes is cut before it is measured.
        let before = Self.displayed(text[lineStart..<start].suffix(16 * max(width, 40)))
        let marked = Self.displayed(text[start..<end].prefix(16 * max(width, 40)))
        let after = Self.displayed(text[end..<lineEnd].prefix(16 * max(width, 40)))
        let room = max(20, width - Self.indent)
        var head = before
        var caret = displayWidth(of: head)
        let isWhole = caret + displayWidth(of: marked + after) <= room
        if !isWhole, caret > Self.contextColumns {
            head = ellipsis + Self.suffix(of: before, columnsMax: Self.contextColumns)
            caret = displayWidth(of: head)
        }
        let tail = marked + after
        let rest = room - caret
        line = head + (displayWidth(of: tail) <= rest ? tail : prefix(of: tail, columnsMax: rest - 1) + ellipsis)
        caretColumn = caret
        underline = min(max(1, displayWidth(of: marked)), max(1, rest))
        remark = excerpt.remark
    }

    func append(to bytes: inout [UInt8], palette: Palette) {
        bytes.append(spaces: Self.indent)
        bytes.append(text: line + "\n")
        bytes.append(spaces: Self.indent + caretColumn)
        bytes.append(text: palette.paint("^" + String(repeating: "~", count: underline - 1), \.caret))
        if let remark { bytes.append(text: " " + Escaping.escaped(remark)) }
        bytes.append(UInt8(ascii: "\n"))
    }

    /// As it may be printed; a tab takes one column.
    private static func displayed(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return Escaping.escaped(String(text.map { $0 == "\t" ? " " : $0 }))
    }

    private static func suffix(of text: String, columnsMax: Int) -> String {
        var columns = 0
        var shown = text.unicodeScalars.endIndex
        for index in text.unicodeScalars.indices.reversed() {
            columns += displayWidth(of: String(text.unicodeScalars[index]))
            if columns > columnsMax { break }
            shown = index
        }
        return String(text.unicodeScalars[shown...])
    }
}
