/// The characters that tables and trees are drawn with.
struct BoxGlyphs: Sendable {
    let vertical: String
    let horizontal: String
    let cross: String
    let ellipsis: String
    let missing: String
    let branch: String
    let lastBranch: String
    let bar: String

    static let unicode = BoxGlyphs(
        vertical: "│",
        horizontal: "─",
        cross: "┼",
        ellipsis: "…",
        missing: "·",
        branch: "├",
        lastBranch: "└",
        bar: "█"
    )
    static let ascii = BoxGlyphs(
        vertical: "|",
        horizontal: "-",
        cross: "+",
        ellipsis: "~",
        missing: ".",
        branch: "|-",
        lastBranch: "`-",
        bar: "#"
    )
}
