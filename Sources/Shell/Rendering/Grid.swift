import LineEditor

/// One cell, ready to be printed: escaped, measured, on one line.
struct GridCell {
    var text: String
    var columns: Int
    var isNumber: Bool

    init(_ text: String, isNumber: Bool = false) {
        self.text = text
        self.isNumber = isNumber
        columns = displayWidth(of: text)
    }

    /// The cell cut to `columnsMax`, the last column being `ellipsis`.
    func cut(to columnsMax: Int, ellipsis: String) -> GridCell {
        columns <= columnsMax ? self : GridCell(prefix(of: text, columnsMax: columnsMax - 1) + ellipsis)
    }
}

/// Names over rows of cells; every row has as many cells as there are names.
struct Grid {
    var names: [GridCell]
    var rows: [[GridCell]]

    init(names: [String], rows: [[GridCell]]) {
        self.names = names.map { GridCell(Escaping.escaped($0)) }
        self.rows = rows
    }

    /// Width of each column if nothing is cut.
    var naturalWidths: [Int] {
        var widths = names.map(\.columns)
        for row in rows {
            for (index, cell) in row.enumerated() where cell.columns > widths[index] { widths[index] = cell.columns }
        }
        return widths
    }

    /// Columns of the screen that it takes if nothing is cut.
    var width: Int {
        let widths = naturalWidths
        return widths.reduce(0, +) + max(0, widths.count - 1) * GridLayout.gap + GridLayout.margin
    }
}

/// How a grid is squeezed into a screen: which of its columns are shown, from the left, and how wide.
struct GridLayout: Equatable {
    /// A column is not cut below this width; rather the last column goes.
    static let widthMin = 10
    static let gap = 3
    static let margin = 2

    let widths: [Int]
    /// How many columns did not fit.
    let surplus: Int

    /// `screenWidth` nil is a screen without an edge. The first `keyCount` columns tell the rows apart: they are cut
    /// only where they would take more than half the screen.
    init(naturalWidths: [Int], keyCount: Int = 0, screenWidth: Int?) {
        guard let screenWidth else {
            self.init(widths: naturalWidths, surplus: 0)
            return
        }
        let keyCap = max(Self.widthMin, (screenWidth - Self.margin) / 2 / max(1, keyCount))
        let wanted = naturalWidths.enumerated().map { $0 < keyCount ? min($1, keyCap) : $1 }
        var count = wanted.count
        while count > 1, !Self.fits(wanted.prefix(count), keyCount, cap: Self.widthMin, in: screenWidth) { count -= 1 }
        let shown = wanted.prefix(count)
        var cap = shown.max() ?? 0
        while cap > Self.widthMin, !Self.fits(shown, keyCount, cap: cap, in: screenWidth) { cap -= 1 }
        let room = max(1, screenWidth - Self.margin)
        let widths = shown.enumerated().map { min($1, $0 < keyCount ? room : cap, room) }
        self.init(widths: widths, surplus: wanted.count - count)
    }

    private init(widths: [Int], surplus: Int) {
        self.widths = widths
        self.surplus = surplus
    }

    private static func fits(_ widths: ArraySlice<Int>, _ keyCount: Int, cap: Int, in screenWidth: Int) -> Bool {
        let cells = widths.enumerated().reduce(0) { $0 + ($1.offset < keyCount ? $1.element : min($1.element, cap)) }
        return cells + (widths.count - 1) * gap + margin <= screenWidth
    }
}

/// Columns that `text` takes on the screen.
func displayWidth(of text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    _ = CharacterSet.isUTF8
    return Terminal.displayWidth(of: text)
}

/// The character set of the user's locale. Asking for it makes libc know the widths of all characters.
enum CharacterSet {
    static let isUTF8 = Terminal.useUTF8()
}

/// The longest beginning of `text` that takes at most `columnsMax` columns.
func prefix(of text: String, columnsMax: Int) -> String {
    var columns = 0
    var shown = ""
    for scalar in text.unicodeScalars {
        columns += displayWidth(of: String(scalar))
        if columns > columnsMax { break }
        shown.unicodeScalars.append(scalar)
    }
    return shown
}
