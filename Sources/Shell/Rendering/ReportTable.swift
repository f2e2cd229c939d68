/// A report on a screen or in a file: as a table, or as sentences under `--plain`.
struct ReportTable {
    let report: Report
    let style: RenderingStyle

    func append(to bytes: inout [UInt8]) {
        if report.isSingle {
            appendProperties(to: &bytes)
        } else if style.isPlain {
            appendSentences(to: &bytes)
        } else {
            appendTable(to: &bytes)
        }
        for remark in report.remarks { bytes.append(text: Escaping.escaped(style.spelled(remark)) + "\n") }
    }

    private func appendTable(to bytes: inout [UInt8]) {
        let rows = report.rows.map { $0.map { cell($0) } }
        let grid = Grid(names: report.columns.map { style.spelled($0) }, rows: rows)
        // A report is made to fit; on a very narrow screen rows wrap, but no figure is lost.
        let layout = GridLayout(naturalWidths: grid.naturalWidths, screenWidth: nil)
        TableDrawing(style: style).append(grid, layout, to: &bytes)
    }

    /// `p0: hash range 0000…3fff, items 1204, …`
    private func appendSentences(to bytes: inout [UInt8]) {
        for row in report.rows {
            let parts = zip(report.columns, row).dropFirst().compactMap { name, cell in
                cell == .missing ? nil : "\(style.spelled(name)) \(self.cell(cell).text)"
            }
            let title = row.first.map { cell($0).text } ?? ""
            bytes.append(text: parts.isEmpty ? "\(title)\n" : "\(title): \(parts.joined(separator: ", "))\n")
        }
    }

    private func appendProperties(to bytes: inout [UInt8]) {
        let width = style.isPlain ? 0 : report.columns.map { displayWidth(of: $0) }.max() ?? 0
        for row in report.rows {
            for (name, cell) in zip(report.columns, row) where cell != .missing {
                let label = style.isPlain ? "\(name): " : name
                bytes.append(text: style.palette.paint(label, \.dim))
                if !style.isPlain { bytes.append(spaces: width + 2 - displayWidth(of: name)) }
                bytes.append(text: self.cell(cell).text + "\n")
            }
        }
    }

    private func cell(_ cell: Report.Cell) -> GridCell {
        switch cell {
        case .text(let text): GridCell(Escaping.escaped(style.spelled(text)))
        case .integer(let value): GridCell(grouped(value), isNumber: true)
        case .units(let value): GridCell(unitsText(value), isNumber: true)
        case .money(let value): GridCell(money(value), isNumber: true)
        case .price(let value): GridCell(priceText(value), isNumber: true)
        case .load(let value, let ceiling): GridCell(load(value, ceiling: ceiling))
        case .missing: GridCell(style.glyphs.missing)
        }
    }

    /// `████       400 of 1,000`, with `!` at the ceiling.
    private func load(_ value: Double, ceiling: Double) -> String {
        let figure = grouped(Int(value.rounded()))
        let isFull = ceiling > 0 && value >= ceiling * 0.999
        if style.isPlain { return "\(figure) of \(grouped(Int(ceiling)))\(isFull ? " (full)" : "")" }
        let width = 10
        let share = ceiling > 0 ? min(1, value / ceiling) : 0
        let filled = value <= 0 ? 0 : max(1, Int((share * Double(width)).rounded()))
        let bar = String(repeating: style.glyphs.bar, count: filled) + String(repeating: " ", count: width - filled)
        let padded = String(repeating: " ", count: max(0, 7 - figure.count)) + figure
        return "\(bar) \(padded)\(isFull ? " !" : "")"
    }
}
