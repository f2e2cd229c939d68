import Model

/// Items as a table. On a screen equal columns are said once, and what does not fit is cut and named.
struct ItemTable {
    let items: [Item?]
    let keys: [AttributeName]
    let style: RenderingStyle

    func append(to bytes: inout [UInt8]) {
        let columns = ItemColumns(of: items, keys: keys)
        if style.isPlain { return appendVertical(columns, to: &bytes) }
        let hoisted = style.isScreen ? hoistable(of: columns.names) : []
        let names = columns.names.filter { !hoisted.contains($0) }
        let grid = grid(of: names)
        let layout = GridLayout(
            naturalWidths: grid.naturalWidths,
            keyCount: names.prefix { keys.contains($0) }.count,
            screenWidth: style.isScreen ? style.width : nil
        )
        if layout.widths.count < min(3, names.count) { return appendVertical(columns, to: &bytes) }
        appendHoisted(hoisted, to: &bytes)
        TableDrawing(style: style).append(refit(grid, names, layout), layout, to: &bytes)
        appendSurplus(names.suffix(layout.surplus), to: &bytes)
    }

    private func appendVertical(_ columns: ItemColumns, to bytes: inout [UInt8]) {
        VerticalItems(items: items, columns: columns, style: style).append(to: &bytes)
    }

    // MARK: Columns that are equal in all rows

    /// At least one column stays, so that the rows can be counted.
    private func hoistable(of names: [AttributeName]) -> [AttributeName] {
        guard items.count > 1, let first = items[0] else { return [] }
        let equal = names.filter { name in
            first.withValue(of: name) { value in
                guard let value, value.type != .map, value.type != .list else { return false }
                return items.dropFirst().allSatisfy { $0?.hasValue(value, of: name) ?? false }
            }
        }
        return equal.count < names.count ? equal : equal.filter { $0 != names.last }
    }

    private func appendHoisted(_ names: [AttributeName], to bytes: inout [UInt8]) {
        guard !names.isEmpty, let first = items[0] else { return }
        let literal = LiteralText(nullText: style.nullText)
        let parts = names.map { name in
            first.withValue(of: name) { "\(Escaping.escaped(name.description)) = \($0.map { literal.cell($0) } ?? "")" }
        }
        let sentence = parts.joined(separator: ", ") + " in all rows"
        let isTooWide = displayWidth(of: sentence) > style.width
        let shown = isTooWide ? GridCell(sentence).cut(to: style.width, ellipsis: style.glyphs.ellipsis).text : sentence
        bytes.append(text: style.palette.paint(shown, \.dim) + "\n")
    }

    // MARK: Cells

    private func grid(of names: [AttributeName]) -> Grid {
        let literal = LiteralText(nullText: style.nullText)
        return Grid(
            names: names.map(\.description),
            rows: items.map { item in
                names.map { name in
                    item?.withValue(of: name) { value in
                        value.map { GridCell(literal.cell($0), isNumber: $0.type == .number) }
                    } ?? GridCell(style.glyphs.missing)
                }
            }
        )
    }

    /// Maps and lists that are cut say how many of their entries are left out.
    private func refit(_ grid: Grid, _ names: [AttributeName], _ layout: GridLayout) -> Grid {
        var grid = grid
        let literal = LiteralText(nullText: style.nullText)
        for row in grid.rows.indices {
            for (column, width) in layout.widths.enumerated() where grid.rows[row][column].columns > width {
                items[row]?.withValue(of: names[column]) { value in
                    guard let value else { return }
                    let text = literal.cell(value, columnsMax: width, ellipsis: style.glyphs.ellipsis)
                    grid.rows[row][column] = GridCell(text, isNumber: value.type == .number)
                }
            }
        }
        return grid
    }

    private func appendSurplus(_ names: ArraySlice<AttributeName>, to bytes: inout [UInt8]) {
        guard !names.isEmpty else { return }
        let list = names.map { Escaping.escaped($0.description) }.joined(separator: ", ")
        let noun = names.count == 1 ? "1 more attribute" : "\(names.count) more attributes"
        bytes.append(text: style.palette.paint("\(noun): \(list)   (\\G shows all)", \.dim) + "\n")
    }
}

extension Item {
    func hasValue(_ value: StoredValue, of name: AttributeName) -> Bool {
        withValue(of: name) { own in
            guard let own, own.type == value.type else { return false }
            return compareBytes(own.payload, value.payload) == 0
        }
    }
}
