import Model
import Wire

/// Writes results in one mode. One method a kind of result; each mode in its own file.
struct ResultWriter {
    let mode: OutputMode
    let style: RenderingStyle
    let sink: ByteSink

    func write(_ result: Reply.Result) {
        switch result {
        case .nothing: break
        case .items(let groups): write(groups)
        case .item(let group): writeSingle(group)
        case .report(let report): write(report)
        case .tree(let tree): write(tree)
        case .document(let document, let report): write(document, report)
        case .documents(let documents, let report, let isPart): write(documents, report, isPart: isPart)
        case .text(let text): sink.write { Escaping.appendLines(style.spelled(text), to: &$0) }
        }
    }

    // MARK: Items

    private func write(_ groups: [Reply.ItemGroup]) {
        if mode == .json { return writeJSON(groups) }
        for group in groups where !group.items.isEmpty {
            if groups.count > 1, mode.isForPeople { writeTitle(group.title) }
            write(group)
        }
    }

    private func writeSingle(_ group: Reply.ItemGroup) {
        let item = group.items.first ?? nil
        if mode == .json { return writeLine { ItemJSON.append(item, keys: group.keys, to: &$0) } }
        if group.items.contains(where: { $0 != nil }) { write(group) }
    }

    private func writeTitle(_ title: String) {
        sink.write { $0.append(text: style.palette.paint(Escaping.escaped(title), \.heading) + "\n") }
    }

    private func write(_ group: Reply.ItemGroup) {
        switch mode {
        case .table: sink.write { ItemTable(items: group.items, keys: group.keys, style: style).append(to: &$0) }
        case .vertical:
            let columns = ItemColumns(of: group.items, keys: group.keys)
            sink.write { VerticalItems(items: group.items, columns: columns, style: style).append(to: &$0) }
        case .jsonl, .json, .api:
            for (index, item) in group.items.enumerated() {
                writeLine { ItemJSON.append(item, keys: group.keys(ofItem: index), to: &$0) }
            }
        case .ddb:
            for (index, item) in group.items.enumerated() {
                writeLine { ItemJSON.append(typed: item, keys: group.keys(ofItem: index), to: &$0) }
            }
        case .csv: DelimitedItems(group, style: style).writeCSV(to: sink)
        case .md: DelimitedItems(group, style: style).writeMarkdown(to: sink)
        case .line: DelimitedItems(group, style: style).writeLines(to: sink)
        }
    }

    @inline(__always)
    private func writeLine(_ body: (inout [UInt8]) -> Void) {
        sink.write { bytes in
            body(&bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
    }

    private func writeJSON(_ groups: [Reply.ItemGroup]) {
        if groups.count == 1 {
            writeArray(groups[0], indent: "")
            sink.write("\n")
            return
        }
        sink.write("{")
        for (index, group) in groups.enumerated() {
            sink.write { bytes in
                bytes.append(index == 0 ? "\n  " : ",\n  ")
                bytes.append(jsonString: group.title)
                bytes.append(": ")
            }
            writeArray(group, indent: "  ")
        }
        sink.write("\n}\n")
    }

    private func writeArray(_ group: Reply.ItemGroup, indent: String) {
        sink.write("[")
        for (index, item) in group.items.enumerated() {
            sink.write { bytes in
                bytes.append(text: "\(index == 0 ? "" : ",")\n\(indent)  ")
                ItemJSON.append(item, keys: group.keys(ofItem: index), to: &bytes)
            }
        }
        sink.write(group.items.isEmpty ? "]" : "\n\(indent)]")
    }

    // MARK: Reports and trees

    private func write(_ report: Report) {
        switch mode {
        case .table: sink.write { ReportTable(report: report, style: style).append(to: &$0) }
        case .vertical, .line:
            sink.write { DelimitedReport(report).append(lines: &$0) }
        case .jsonl, .ddb, .api: sink.write { DelimitedReport(report).append(jsonLines: &$0) }
        case .json: sink.write { DelimitedReport(report).append(json: &$0) }
        case .csv: sink.write { DelimitedReport(report).append(csv: &$0) }
        case .md: sink.write { DelimitedReport(report).append(markdown: &$0) }
        }
    }

    private func write(_ document: Document, _ report: Report) {
        switch mode {
        case .json: writeLine { JSONWriter.appendPretty(document, to: &$0) }
        case .jsonl, .ddb, .api: writeLine { JSONWriter.append(document, to: &$0) }
        case .table, .vertical, .csv, .md, .line: write(report)
        }
    }

    private func write(_ documents: [Document], _ report: Report, isPart: Bool) {
        switch mode {
        case .json where !isPart: writeLine { JSONWriter.appendPretty(.array(documents), to: &$0) }
        case .json, .jsonl, .ddb, .api:
            for document in documents { writeLine { JSONWriter.append(document, to: &$0) } }
        case .vertical, .line: write(Report(flattening: documents))
        case .table where documents.isEmpty: break
        case .table where isPart: for row in report.rows { writeRow(row) }
        case .table, .csv, .md: write(report)
        }
    }

    /// A line without a table around it.
    private func writeRow(_ row: [Report.Cell]) {
        let cells = row.compactMap { if case .text(let text) = $0 { text } else { nil } }
        sink.write { Escaping.appendLines(style.spelled(cells.joined(separator: "  ") + "\n"), to: &$0) }
    }

    private func write(_ tree: Reply.Tree) {
        if mode.isForPeople { return sink.write { TreeDrawing(tree: tree, style: style).append(to: &$0) } }
        let lines = tree.branches + tree.footers.filter { $0.label != "api" }
        write(
            Report(
                columns: ["step", "text", "detail"],
                rows: lines.map { [.text($0.label), .text($0.text), $0.detail.isEmpty ? .missing : .text($0.detail)] }
            )
        )
    }
}

extension OutputMode {
    /// Modes that are read rather than parsed.
    var isForPeople: Bool {
        switch self {
        case .table, .vertical, .line, .md: true
        case .jsonl, .json, .ddb, .csv, .api: false
        }
    }
}
