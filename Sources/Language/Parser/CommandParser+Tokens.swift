import Model

/// Taking tokens, and saying what was expected instead.
extension CommandParser {
    @inline(__always)
    mutating func advance() { token = lexer.next() }

    /// Goes back to the start of the current token, to read it in another way.
    mutating func rewind() { lexer.offset = token.start }

    @inline(__always)
    func bytes(of token: Token) -> UnsafeRawBufferPointer { lexer.bytes.slice(token.range) }

    func text(of token: Token) -> String { lexer.bytes.text(token.range) }

    /// The token behind the current one.
    func peek() -> Token {
        var ahead = lexer
        return ahead.next()
    }

    @inline(__always)
    mutating func take(_ kind: Token.Kind) -> Bool {
        guard token.kind == kind else { return false }
        advance()
        return true
    }

    mutating func expect(_ kind: Token.Kind, _ what: String) throws(SyntaxError) {
        if !take(kind) { throw unexpected(what) }
    }

    /// The keyword that the current token spells.
    @inline(__always)
    var keyword: Keyword? { token.kind == .word ? Keyword.named(bytes(of: token)) : nil }

    mutating func take(_ wanted: Keyword) -> Bool {
        expecting(.keyword(wanted))
        guard keyword == wanted else { return false }
        advance()
        return true
    }

    mutating func expect(_ wanted: Keyword) throws(SyntaxError) {
        if !take(wanted) { throw unexpected(wanted.rawValue) }
    }

    /// Notes for completion what may stand at the end of the text.
    @inline(__always)
    mutating func expecting(_ expectation: @autoclosure () -> Expectation) {
        if recorder != nil, token.kind == .end { recorder?.add(expectation()) }
    }

    // MARK: Errors

    /// The current token is not what belongs here.
    func unexpected(_ what: String, expected: [String] = []) -> SyntaxError {
        switch token.kind {
        case .end: return SyntaxError("\(what) is missing at the end", at: token.range, expected: expected)
        case .unclosed: return unclosed(at: token.start)
        case .semicolon, .mode:
            return SyntaxError("\(what) is missing before \(shown(token))", at: token.range, expected: expected)
        case .unknown:
            if let correction = foreignOperator { return correction }
        case .word where isCurlyQuote(token): return curlyQuote(token)
        case .string where touchesText:
            return SyntaxError("two texts touch", at: token.range, remark: "a quote inside a text is written \\'")
        default: break
        }
        return SyntaxError("\(what) belongs here, not \(shown(token))", at: token.range, expected: expected)
    }

    private var foreignOperator: SyntaxError? {
        switch text(of: token) {
        case "==": SyntaxError("== is not an operator", at: token.range, remark: "write =")
        case "!=": SyntaxError("!= is not an operator", at: token.range, remark: "write <>")
        default: nil
        }
    }

    /// Whether the string here follows another without a blank, as `'it''s'` does.
    private var touchesText: Bool {
        token.start > 0 && lexer.bytes[token.start - 1] == lexer.bytes[token.start]
    }

    /// Whether the word begins with a quote of a word processor.
    func isCurlyQuote(_ token: Token) -> Bool {
        let text = text(of: token)
        return ["‘", "’", "“", "”", "‚", "„", "«", "»"].contains { text.hasPrefix($0) }
    }

    func curlyQuote(_ token: Token) -> SyntaxError {
        let length = text(of: token).first?.utf8.count ?? 1
        return SyntaxError(
            "texts stand in straight quotes",
            at: token.start..<token.start + length,
            remark: "write 'text'"
        )
    }

    func unclosed(at start: Int) -> SyntaxError {
        let length = lexer.byte(at: start) == UInt8(ascii: "/") ? 2 : 1
        let opening = lexer.bytes.text(start..<min(start + length, lexer.bytes.count))
        return SyntaxError("this \(opening) is never closed", at: start..<min(start + length, lexer.bytes.count))
    }

    /// The token as it is quoted in messages: whole characters, and not too many.
    func shown(_ token: Token) -> String { shown(token.range) }

    func shown(_ range: Range<Int>) -> String {
        if range.count <= 40 { return lexer.bytes.text(range) }
        // Enough bytes for the characters that are kept, whatever script they belong to.
        let text = lexer.bytes.text(range.lowerBound..<min(range.upperBound, range.lowerBound + 400))
        return text.count <= 40 && range.count <= 400 ? text : text.prefix(37) + "…"
    }

    /// When a word in operand position spells a clause and then nothing fits, that word is the mistake.
    func blame(_ error: SyntaxError) -> SyntaxError {
        guard let suspect = statement.suspect, error.range.lowerBound >= suspect.end else { return error }
        return blamed(suspect)
    }

    func blamed(_ suspect: Token) -> SyntaxError {
        let word = text(of: suspect)
        return SyntaxError(
            "an attribute or value belongs here, not the clause \(word)",
            at: suspect.range,
            remark: "an attribute of that name is written `\(word)`"
        )
    }

    // MARK: Small rules

    /// integer ::= digits
    mutating func parseInteger(_ what: String, minimum: Int = 0) throws(SyntaxError) -> Int {
        let start = token.start
        let isNegative = token.kind == .minus && peek().kind == .number
        if isNegative { advance() }
        guard token.kind == .number else { throw unexpected("the number of \(what)") }
        guard let value = Int(text(of: token)), !isNegative, value >= minimum else {
            throw SyntaxError("\(what) takes a whole number from \(minimum)", at: start..<token.end)
        }
        advance()
        return value
    }

    /// flag ::= "ON" | "OFF" | "true" | "false"
    mutating func parseFlag(_ clause: Keyword) throws(SyntaxError) -> Bool {
        expecting(.keyword(.on))
        expecting(.keyword(.off))
        switch keyword {
        case .on?, .yes?:
            advance()
            return true
        case .off?, .no?:
            advance()
            return false
        default: throw unexpected("ON or OFF")
        }
    }

    /// One of an enumeration's words, bare or quoted.
    mutating func parseChoice<Choice: CaseIterable & RawRepresentable<String>>(
        _ clause: String,
        _ choices: [Choice]
    ) throws(SyntaxError) -> Choice {
        for choice in choices { expecting(.word(choice.rawValue, kind: "value")) }
        let range = token.range
        let names = choices.map(\.rawValue)
        guard token.kind == .word || token.kind == .string else {
            throw unexpected(Suggestions.list(names))
        }
        let written = token.kind == .string ? try parseStringToken() : text(of: token)
        if token.range == range { advance() }
        let folded = FoldedWord(written)
        if let choice = choices.first(where: { FoldedWord($0.rawValue) == folded }) { return choice }
        throw SyntaxError(
            "\(clause) takes \(Suggestions.list(names)), not \(written)",
            at: range,
            remark: Suggestions.remark(written, among: names)
        )
    }

    /// Takes a string token and answers what it says.
    mutating func parseStringToken() throws(SyntaxError) -> String {
        guard token.kind == .string else { throw unexpected("a text in quotes") }
        let text = try stringValue(of: token)
        advance()
        return text
    }

    func stringValue(of token: Token) throws(SyntaxError) -> String {
        let body = lexer.bytes.slice(token.start + 1..<token.end - 1)
        if token.hasEscapes {
            if lexer.doublesQuotes { return try undoubled(body, at: token) }
            return try StringLiteral.decode(body, at: token.start + 1)
        }
        guard let text = String(validating: body, as: UTF8.self) else {
            throw SyntaxError("this text is not valid UTF-8", at: token.range)
        }
        return text
    }

    private func undoubled(_ body: UnsafeRawBufferPointer, at token: Token) throws(SyntaxError) -> String {
        let quote = lexer.byte(at: token.start)
        var result: [UInt8] = []
        var index = 0
        while index < body.count {
            result.append(body[index])
            index += body[index] == quote ? 2 : 1
        }
        return try StringLiteral.validated(result, at: token.start + 1, length: body.count)
    }
}
