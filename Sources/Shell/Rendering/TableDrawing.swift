/// Draws a grid in a layout: names, a rule, rows.
///
/// ```
///  sk        │ total
/// ───────────┼───────
///  ORDER#001 │ 89.99
/// ```
struct TableDrawing {
    let style: RenderingStyle

    func append(_ grid: Grid, _ layout: GridLayout, to bytes: inout [UInt8]) {
        appendRow(grid.names, layout, to: &bytes, isHeading: true)
        appendRule(layout, to: &bytes)
        for row in grid.rows { appendRow(row, layout, to: &bytes) }
    }

    private func appendRule(_ layout: GridLayout, to bytes: inout [UInt8]) {
        let parts = layout.widths.map { String(repeating: style.glyphs.horizontal, count: $0 + 2) }
        bytes.append(text: style.palette.paint(parts.joined(separator: style.glyphs.cross), \.dim) + "\n")
    }

    private func appendRow(
        _ cells: [GridCell],
        _ layout: GridLayout,
        to bytes: inout [UInt8],
        isHeading: Bool = false
    ) {
        let separator = " " + style.palette.paint(style.glyphs.vertical, \.dim) + " "
        bytes.append(UInt8(ascii: " "))
        for (index, width) in layout.widths.enumerated() {
            if index > 0 { bytes.append(text: separator) }
            let isLast = index == layout.widths.count - 1
            appendCell(cells[index], width: width, to: &bytes, padsRight: !isLast, isHeading: isHeading)
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private func appendCell(
        _ cell: GridCell,
        width: Int,
        to bytes: inout [UInt8],
        padsRight: Bool,
        isHeading: Bool
    ) {
        let cell = cell.cut(to: width, ellipsis: style.glyphs.ellipsis)
        let padding = width - cell.columns
        if cell.isNumber { bytes.append(spaces: padding) }
        bytes.append(text: isHeading ? style.palette.paint(cell.text, \.heading) : cell.text)
        if !cell.isNumber, padsRight { bytes.append(spaces: padding) }
    }
}
