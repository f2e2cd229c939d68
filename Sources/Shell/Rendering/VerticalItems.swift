import Model

/// Items as names and values below each other, nothing cut.
///
/// ```
/// ── 1 of 2 ──
///   pk: USER#alice
/// name: Alice
/// ```
struct VerticalItems {
    let items: [Item?]
    let columns: ItemColumns
    let style: RenderingStyle

    func append(to bytes: inout [UInt8]) {
        for (index, item) in items.enumerated() {
            if items.count > 1 { appendHeading(index + 1, to: &bytes) }
            append(item ?? .empty, to: &bytes)
        }
    }

    private func appendHeading(_ number: Int, to bytes: inout [UInt8]) {
        let rule = style.isPlain ? "" : String(repeating: style.glyphs.horizontal, count: 2)
        let text = style.isPlain ? "item \(number) of \(items.count)" : "\(rule) \(number) of \(items.count) \(rule)"
        bytes.append(text: style.palette.paint(text, \.dim) + "\n")
    }

    private func append(_ item: Item, to bytes: inout [UInt8]) {
        let literal = LiteralText(nullText: style.nullText)
        let present = columns.names.filter { name in item.withValue(of: name) { $0 != nil } }
        let names = present.map { GridCell(Escaping.escaped($0.description)) }
        let width = style.isPlain ? 0 : names.map(\.columns).max() ?? 0
        for (name, label) in zip(present, names) {
            bytes.append(spaces: width - label.columns)
            bytes.append(text: style.palette.paint(label.text, \.heading) + ": ")
            item.withValue(of: name) { bytes.append(text: $0.map { literal.cell($0) } ?? "") }
            bytes.append(UInt8(ascii: "\n"))
        }
    }
}
