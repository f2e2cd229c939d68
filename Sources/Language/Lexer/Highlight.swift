/// A stretch of a statement that is worth a colour, in bytes.
public struct Highlight: Equatable, Sendable {
    public enum Kind: Sendable { case verb, keyword, string, number, name, comment }

    public var range: Range<Int>
    public var kind: Kind

    init(_ kind: Kind, _ range: Range<Int>) {
        self.range = range
        self.kind = kind
    }

    /// Of all statements in the text, from its begin to its end, none overlapping. The text need not be whole.
    ///
    /// Keywords are not reserved: a word that spells one is taken for it unless it stands where only a name can.
    public static func find(in text: String) -> [Highlight] {
        var text = text
        return text.withUTF8 { HighlightScanner(UnsafeRawBufferPointer($0)).run() }
    }
}

private struct HighlightScanner {
    private let bytes: UnsafeRawBufferPointer
    private var found: [Highlight] = []

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    consuming func run() -> [Highlight] {
        var lexer = Lexer(bytes)
        var isFirst = true
        var previous = Token(kind: .end, start: 0, end: 0)
        while true {
            let token = lexer.next()
            noteComments(in: previous.end..<token.start)
            if token.kind == .end { return found }
            note(token, after: previous, isFirst: isFirst, &lexer)
            let opensBlock = token.kind == .leftParenthesis
            let isPrefix = token.kind == .word && [.explain, .trace].contains(Verb.named(bytes.slice(token.range)))
            isFirst = token.kind == .semicolon || token.kind == .mode || opensBlock || (isFirst && isPrefix)
            previous = token
        }
    }

    private mutating func note(_ token: Token, after previous: Token, isFirst: Bool, _ lexer: inout Lexer) {
        switch token.kind {
        case .string: found.append(Highlight(.string, token.range))
        case .number: found.append(Highlight(.number, token.range))
        case .quotedName, .namePlaceholder, .valuePlaceholder: found.append(Highlight(.name, token.range))
        case .mode: found.append(Highlight(.keyword, token.range))
        case .unclosed:
            let isComment = bytes[token.start] == UInt8(ascii: "/")
            found.append(Highlight(isComment ? .comment : .string, token.range))
        case .word:
            if let kind = kind(ofWord: token, after: previous, isFirst: isFirst, lexer) {
                found.append(Highlight(kind, token.range))
            }
        default: break
        }
    }

    private func kind(ofWord token: Token, after previous: Token, isFirst: Bool, _ lexer: Lexer) -> Highlight.Kind? {
        let word = bytes.slice(token.range)
        if isFirst, Verb.named(word) != nil { return .verb }
        // `{limit: 1}`, `app.limit`, `app/all`
        var ahead = lexer
        let next = ahead.next().kind
        let isName = next == .colon || next == .dot || previous.kind == .dot || previous.kind == .slash
        return !isName && Keyword.named(word) != nil ? .keyword : nil
    }

    /// Between two tokens there are only blanks and comments.
    private mutating func noteComments(in gap: Range<Int>) {
        var start = gap.lowerBound
        while start < gap.upperBound {
            if isBlank(bytes[start]) {
                start += 1
                continue
            }
            let end = commentEnd(from: start, limit: gap.upperBound)
            found.append(Highlight(.comment, start..<end))
            start = end
        }
    }

    private func commentEnd(from start: Int, limit: Int) -> Int {
        let isBlock = start + 1 < limit && bytes[start + 1] == UInt8(ascii: "*")
        var end = start + 2
        while end < limit {
            if !isBlock, bytes[end] == UInt8(ascii: "\n") { return end }
            if isBlock, bytes[end] == UInt8(ascii: "*"), end + 1 < limit, bytes[end + 1] == UInt8(ascii: "/") {
                return end + 2
            }
            end += 1
        }
        return limit
    }
}
