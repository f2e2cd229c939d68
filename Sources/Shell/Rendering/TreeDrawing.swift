/// A title with branches below it.
///
/// ```
/// Query app/gsi1, not executed
/// ├ key      gsi1pk = 'STATUS#pending' → gsi1/p1 of 2
/// └ project  ALL is in gsi1              no fetch from app
/// cost   ≈ 10 RCU
/// ```
struct TreeDrawing {
    let tree: Reply.Tree
    let style: RenderingStyle

    func append(to bytes: inout [UInt8]) {
        bytes.append(text: style.palette.paint(Escaping.escaped(style.spelled(tree.title)), \.heading) + "\n")
        let labelWidth = tree.branches.map { displayWidth(of: $0.label) }.max() ?? 0
        let texts = tree.branches.map { GridCell(Escaping.escaped(style.spelled($0.text))) }
        let textWidth = min(40, zip(texts, tree.branches).filter { !$1.detail.isEmpty }.map(\.0.columns).max() ?? 0)
        for (index, branch) in tree.branches.enumerated() {
            let isLast = index == tree.branches.count - 1
            let mark = style.isPlain ? "" : (isLast ? style.glyphs.lastBranch : style.glyphs.branch) + " "
            bytes.append(text: style.palette.paint(mark, \.dim) + branch.label)
            bytes.append(spaces: labelWidth + 2 - displayWidth(of: branch.label))
            bytes.append(text: texts[index].text)
            if !branch.detail.isEmpty {
                bytes.append(spaces: max(2, textWidth + 2 - texts[index].columns))
                bytes.append(text: style.palette.paint(Escaping.escaped(style.spelled(branch.detail)), \.dim))
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        for footer in tree.footers {
            bytes.append(text: footer.label)
            bytes.append(spaces: 7 - footer.label.count)
            bytes.append(text: Escaping.escaped(style.spelled(footer.text)) + "\n")
        }
    }
}
