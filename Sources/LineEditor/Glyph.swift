/// How one code point is drawn. Nothing that could command the terminal is ever drawn as it is.
struct Glyph: Equatable {
    static let tabStop = 8

    let text: String
    let columns: Int

    /// `column` is where it would begin; a tab reaches from there to the next stop, at most to the edge.
    init(_ scalar: Unicode.Scalar, column: Int, screenWidth: Int) {
        switch scalar.value {
        case 0x09:
            // A tab in a full row begins the next one, so it has to claim a column even there.
            columns = max(1, min(Self.tabStop - column % Self.tabStop, screenWidth - column))
            text = String(repeating: " ", count: columns)
        case 0..<0x20:
            text = "^" + String(Unicode.Scalar(UInt8(scalar.value) + 0x40))
            columns = 2
        case 0x7F:
            text = "^?"
            columns = 2
        default:
            let width = Terminal.columns(of: scalar)
            text = width < 0 ? "\u{FFFD}" : String(scalar)
            columns = width < 0 ? 1 : width
        }
    }

    /// `text` as it may be drawn in one row, cut to `columnsMax`, and the columns it takes.
    static func row(of text: String, columnsMax: Int) -> (text: String, columns: Int) {
        var drawn = ""
        var columns = 0
        for scalar in text.unicodeScalars {
            let glyph = Glyph(scalar, column: columns, screenWidth: .max)
            guard columns + glyph.columns <= columnsMax else { break }
            drawn += glyph.text
            columns += glyph.columns
        }
        return (drawn, columns)
    }
}
