/// A report for programs: JSON, CSV, Markdown, `name = value`. Figures stand bare, without units of a thousand.
struct DelimitedReport {
    let report: Report

    init(_ report: Report) { self.report = report }

    func append(jsonLines bytes: inout [UInt8]) {
        for row in report.rows {
            appendObject(row, to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
    }

    func append(json bytes: inout [UInt8]) {
        if report.isSingle, report.rows.count == 1 { return append(jsonLines: &bytes) }
        bytes.append("[")
        for (index, row) in report.rows.enumerated() {
            bytes.append(index == 0 ? "\n  " : ",\n  ")
            appendObject(row, to: &bytes)
        }
        bytes.append(report.rows.isEmpty ? "]\n" : "\n]\n")
    }

    func append(csv bytes: inout [UInt8]) {
        bytes.append(text: report.columns.map { CSV.field($0) }.joined(separator: ",") + "\n")
        for row in report.rows {
            bytes.append(text: row.map { CSV.field(plain($0) ?? "") }.joined(separator: ",") + "\n")
        }
    }

    func append(markdown bytes: inout [UInt8]) {
        bytes.append(text: "| \(report.columns.map { Markdown.cell($0) }.joined(separator: " | ")) |\n")
        bytes.append(text: "| \(report.columns.map { _ in "---" }.joined(separator: " | ")) |\n")
        for row in report.rows {
            let cells = row.map { Markdown.cell(Escaping.escaped(plain($0) ?? "")) }
            bytes.append(text: "| \(cells.joined(separator: " | ")) |\n")
        }
    }

    func append(lines bytes: inout [UInt8]) {
        for (index, row) in report.rows.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "\n")) }
            for (name, cell) in zip(report.columns, row) {
                guard let text = plain(cell) else { continue }
                bytes.append(text: "\(name) = \(Escaping.escaped(text))\n")
            }
        }
    }

    private func appendObject(_ row: [Report.Cell], to bytes: inout [UInt8]) {
        bytes.append("{")
        var isFirst = true
        for (name, cell) in zip(report.columns, row) where cell != .missing {
            if !isFirst { bytes.append(",") }
            isFirst = false
            bytes.append(jsonString: name)
            bytes.append(":")
            if case .text(let text) = cell {
                bytes.append(jsonString: text)
            } else {
                bytes.append(text: plain(cell) ?? "null")
            }
        }
        bytes.append("}")
    }

    private func plain(_ cell: Report.Cell) -> String? {
        switch cell {
        case .text(let text): text
        case .integer(let value): String(value)
        case .units(let value), .load(let value, _): decimal(value)
        case .money(let value), .price(let value): decimal(value)
        case .missing: nil
        }
    }

    /// At most nine decimals, no exponent.
    private func decimal(_ value: Double) -> String {
        let scaled = Int((value * 1_000_000_000).rounded())
        let whole = scaled / 1_000_000_000
        let fraction = String(scaled % 1_000_000_000)
        if scaled % 1_000_000_000 == 0 { return String(whole) }
        var digits = String(repeating: "0", count: 9 - fraction.count) + fraction
        while digits.last == "0" { digits.removeLast() }
        return "\(whole).\(digits)"
    }
}
