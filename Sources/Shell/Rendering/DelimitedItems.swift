import Model

/// Items as CSV, Markdown, or `name = value` lines.
struct DelimitedItems {
    private let group: Reply.ItemGroup
    private let names: [AttributeName]
    private let literal: LiteralText

    init(_ group: Reply.ItemGroup, style: RenderingStyle) {
        self.group = group
        names = ItemColumns(of: group.items, keys: group.keys).names
        literal = LiteralText(nullText: style.nullText)
    }

    /// RFC 4180, with a line of names. A missing attribute is an empty field.
    func writeCSV(to sink: ByteSink) {
        writeRow(names.map { CSV.field($0.description) }, separator: ",", to: sink)
        for item in group.items { writeRow(names.map { csvField(item, $0) }, separator: ",", to: sink) }
    }

    func writeMarkdown(to sink: ByteSink) {
        writeRow(names.map { Markdown.cell(Escaping.escaped($0.description)) }, separator: " | ", to: sink, edge: "|")
        writeRow(names.map { isNumeric($0) ? "--:" : "---" }, separator: " | ", to: sink, edge: "|")
        for item in group.items {
            let cells = names.map { name in
                item?.withValue(of: name) { value in value.map { Markdown.cell(literal.cell($0)) } } ?? ""
            }
            writeRow(cells, separator: " | ", to: sink, edge: "|")
        }
    }

    func writeLines(to sink: ByteSink) {
        for (index, item) in group.items.enumerated() {
            if index > 0 { sink.write("\n") }
            for name in names {
                item?.withValue(of: name) { value in
                    guard let value else { return }
                    sink.write("\(Escaping.escaped(name.description)) = \(literal.cell(value))\n")
                }
            }
        }
    }

    private func writeRow(_ fields: [String], separator: String, to sink: ByteSink, edge: String = "") {
        let line = fields.joined(separator: separator)
        sink.write(edge.isEmpty ? line + "\n" : "\(edge) \(line) \(edge)\n")
    }

    private func csvField(_ item: Item?, _ name: AttributeName) -> String {
        item?.withValue(of: name) { value in
            guard let value else { return "" }
            if value.type == .string { return CSV.field(String(decoding: value.payload, as: UTF8.self)) }
            if value.type == .number || value.type == .bool || value.type == .null { return literal.cell(value) }
            var json: [UInt8] = []
            ItemJSON.append(value, to: &json)
            return CSV.field(String(decoding: json, as: UTF8.self))
        } ?? ""
    }

    private func isNumeric(_ name: AttributeName) -> Bool {
        group.items.allSatisfy { item in
            item?.withValue(of: name) { $0 == nil || $0?.type == .number } ?? true
        }
    }
}

enum CSV {
    /// Quoted where the format needs it. Line breaks and tabs belong to the data; other control characters are escaped.
    static func field(_ text: String) -> String {
        let safe = text.unicodeScalars.allSatisfy { Escaping.isSafe($0) || isLayout($0) } ? text : escaped(text)
        let needsQuotes = safe.unicodeScalars.contains { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" }
        guard needsQuotes else { return safe }
        return "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    private static func isLayout(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || scalar == "\r" || scalar == "\t"
    }

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { isLayout($0) ? String($0) : Escaping.escaped(String($0)) }.joined()
    }
}

enum Markdown {
    static func cell(_ text: String) -> String {
        text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
