/// A report on a screen or in a file: as a table, or as sentences under `--plain`.
struct ReportTable {
    private let report: Report
    private let style: RenderingStyle

    init(report: Report, style: RenderingStyle) {
        self.report = report.remarkable
        self.style = style
    }

    func append(to bytes: inout [UInt8]) {
        if report.isSingle {
            appendProperties(to: &bytes)
        } else if style.isPlain {
            appendSentences(to: &bytes)
        } else if !report.rows.isEmpty || report.whenEmpty == nil {
            appendTable(to: &bytes)
        }
        for remark in report.remarks { bytes.append(text: Escaping.escaped(style.spelled(remark)) + "\n") }
    }

    private func appendTable(to bytes: inout [UInt8]) {
        let (fitting, left, barWidth) = fit()
        let grid = grid(of: fitting, barWidth: barWidth)
        let layout = GridLayout(naturalWidths: grid.naturalWidths, screenWidth: nil)
        TableDrawing(style: style).append(grid, layout, to: &bytes)
        if !left.isEmpty {
            let line = "not shown: \(left.joined(separator: ", "))   (\\G shows all)"
            bytes.append(text: style.palette.paint(line, \.dim) + "\n")
        }
    }

    /// On a screen too narrow, bars shrink first; then columns give way, as far as they may. What is still too wide is
    /// wrapped by the terminal, but no figure is cut.
    private func fit() -> (report: Report, left: [String], barWidth: Int) {
        let expendable = style.isScreen ? report.expendable.filter(report.columns.contains) : []
        for count in 0...expendable.count {
            let left = Array(expendable.prefix(count))
            let shown = report.leavingOut(left)
            for barWidth in Self.barWidths {
                let isLast = count == expendable.count && barWidth == Self.barWidths.last
                if isLast || !style.isScreen || grid(of: shown, barWidth: barWidth).width <= style.width {
                    return (shown, left, barWidth)
                }
            }
        }
        return (report, [], Self.barWidths[0])
    }

    private static let barWidths = [10, 6, 3]

    private func grid(of report: Report, barWidth: Int) -> Grid {
        Grid(
            names: report.columns.map { style.spelled($0) },
            rows: report.rows.map { $0.map { cell($0, barWidth: barWidth) } }
        )
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

    private func cell(_ cell: Report.Cell, barWidth: Int = Self.barWidths[0]) -> GridCell {
        switch cell {
        case .text(let text): GridCell(Escaping.escaped(style.spelled(text)))
        case .integer(let value): GridCell(grouped(value), isNumber: true)
        case .units(let value): GridCell(unitsText(value), isNumber: true)
        case .money(let value): GridCell(money(value), isNumber: true)
        case .price(let value): GridCell(priceText(value), isNumber: true)
        case .load(let value, let ceiling): GridCell(load(value, ceiling: ceiling, barWidth))
        case .missing: GridCell(style.glyphs.missing)
        }
    }

    /// `████       400 of 1,000`, with `!` at the ceiling.
    private func load(_ value: Double, ceiling: Double, _ width: Int) -> String {
        let figure = grouped(Int(value.rounded()))
        let isFull = ceiling > 0 && value >= ceiling * 0.999
        if style.isPlain { return "\(figure) of \(grouped(Int(ceiling)))\(isFull ? " (full)" : "")" }
        let share = ceiling > 0 ? min(1, value / ceiling) : 0
        let filled = value <= 0 ? 0 : max(1, Int((share * Double(width)).rounded()))
        let bar = String(repeating: style.glyphs.bar, count: filled) + String(repeating: " ", count: width - filled)
        let figureWidth = grouped(Int(ceiling)).count
        let padded = String(repeating: " ", count: max(0, figureWidth - figure.count)) + figure
        return "\(bar) \(padded)\(isFull ? " !" : "")"
    }
}
