/// The smallest piece of a statement, and where it stands: byte offsets into the statement.
struct Token: Equatable {
    enum Kind: UInt8 {
        case end
        case word
        /// `'…'` or `"…"`, quotes included in the extent.
        case string
        /// `` `…` ``, quotes included.
        case quotedName
        /// Without a sign.
        case number
        /// `#name`
        case namePlaceholder
        /// `:name`
        case valuePlaceholder
        /// `\json`
        case mode
        case leftParenthesis, rightParenthesis, leftBrace, rightBrace, leftBracket, rightBracket
        case leftSet, rightSet
        case comma, semicolon, colon, dot, slash, question, plus, minus, star
        case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
        /// A quote or comment without its end.
        case unclosed
        case unknown
    }

    var kind: Kind
    var start: Int
    var end: Int
    /// For a string: whether it holds a backslash.
    var hasEscapes = false

    var range: Range<Int> { start..<end }

    /// Where a statement may stop: what is left is no clause.
    var endsStatement: Bool {
        kind == .end || kind == .semicolon || kind == .mode || kind == .rightParenthesis
    }

    var isComparator: Bool {
        switch kind {
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
        default: false
        }
    }
}
