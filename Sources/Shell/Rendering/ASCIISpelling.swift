/// How the shell's own texts are written where only ASCII can be shown. Stored data is not touched.
enum ASCIISpelling {
    private static let spellings: [Character: String] = [
        "…": "...", "→": "->", "←": "<-", "≈": "~", "·": "|", "µ": "u", "−": "-", "×": "x", "≤": "<=", "≥": ">=",
        "├": "|-", "└": "`-", "│": "|", "─": "-",
    ]

    static func of(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        return text.reduce(into: "") { $0 += spellings[$1] ?? String($1) }
    }
}
