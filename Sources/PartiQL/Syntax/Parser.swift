import Expressions
import Model

/// Recursive descent over a statement's tokens. The rules are in extensions, one function a rule; this part reads
/// tokens and words the complaint when they do not fit.
struct Parser {
    private let bytes: [UInt8]
    private let tokens: [Token]
    private var position = 0
    private var depth = 0
    /// How many `?` were read.
    private(set) var parameterCount = 0

    init(_ text: String) throws(PartiQLError) {
        bytes = Array(text.utf8)
        tokens = try Lexer.tokens(of: text)
    }

    var current: Token { tokens[position] }
    /// Where the token before the current one ended.
    var previousEnd: Int { position == 0 ? 0 : tokens[position - 1].range.upperBound }

    func isAt(symbol: String) -> Bool { current.kind == .symbol(symbol) }

    func isAt(keyword: String) -> Bool { isWord(current, keyword) }

    func isAt(anyOf keywords: [String]) -> Bool { keywords.contains(where: isAt(keyword:)) }

    /// Whether the token after the current one is this symbol.
    func isFollowed(bySymbol symbol: String) -> Bool {
        position + 1 < tokens.count && tokens[position + 1].kind == .symbol(symbol)
    }

    func isFollowed(byKeyword keyword: String) -> Bool {
        position + 1 < tokens.count && isWord(tokens[position + 1], keyword)
    }

    private func isWord(_ token: Token, _ keyword: String) -> Bool {
        if case .word(let word) = token.kind { word.uppercased() == keyword } else { false }
    }

    mutating func advance() -> Token {
        defer { if position + 1 < tokens.count { position += 1 } }
        return tokens[position]
    }

    mutating func take(symbol: String) -> Bool {
        if !isAt(symbol: symbol) { return false }
        _ = advance()
        return true
    }

    mutating func take(keyword: String) -> Bool {
        if !isAt(keyword: keyword) { return false }
        _ = advance()
        return true
    }

    mutating func expect(symbol: String) throws(PartiQLError) {
        if !take(symbol: symbol) { throw expected("'\(symbol)'") }
    }

    mutating func expect(keyword: String) throws(PartiQLError) {
        if !take(keyword: keyword) { throw expected(keyword) }
    }

    /// The position of the parameter just read, from 0.
    mutating func takeParameter() -> Int {
        _ = advance()
        parameterCount += 1
        return parameterCount - 1
    }

    /// Keeps a text of nothing but brackets from exhausting the stack.
    mutating func nested<R>(
        _ parse: (inout Parser) throws(PartiQLError) -> R
    ) throws(PartiQLError) -> R {
        depth += 1
        if depth > Parser.maximumDepth {
            throw .malformed("Unexpected nesting of more than \(Parser.maximumDepth) levels", current.range)
        }
        defer { depth -= 1 }
        return try parse(&self)
    }

    private static let maximumDepth = 200
}

/// What a parser complains about.
extension Parser {
    func position(of token: Token) -> SourcePosition { SourcePosition(of: token.range.lowerBound, in: bytes) }

    func expected(_ what: String) -> PartiQLError {
        .malformed("Expected \(what) at \(position(of: current)), found \(shown(current))", current.range)
    }

    /// Blames the current token, naming a way out if it is something the dialect leaves out.
    func unexpected() -> PartiQLError {
        let hint: String? =
            if case .word(let word) = current.kind { Parser.hints[word.uppercased()] } else { nil }
        let advice = hint.map { "; \($0)" } ?? ""
        return .malformed("Unexpected \(shown(current)) at \(position(of: current))\(advice)", current.range)
    }

    func shown(_ token: Token) -> String {
        switch token.kind {
        case .end: "end of statement"
        case .word(let word): Keywords.contains(word) ? "keyword \(word)" : "'\(word)'"
        default: "'\(String(decoding: bytes[token.range], as: UTF8.self))'"
        }
    }

    private static let hints = [
        "LIMIT": "pass the Limit parameter instead",
        "OFFSET": "pass NextToken instead",
        "LIKE": "use begins_with or contains",
        "JOIN": "a statement reads one table",
        "INNER": "a statement reads one table",
        "LEFT": "a statement reads one table",
        "RIGHT": "a statement reads one table",
        "FULL": "a statement reads one table",
        "CROSS": "a statement reads one table",
        "GROUP": "grouping is not supported",
        "HAVING": "grouping is not supported",
        "DISTINCT": "DISTINCT is not supported",
        "UNION": "a statement reads one table",
        "SELECT": "a SELECT may stand inside EXISTS only",
        "VALUES": "INSERT takes one item after VALUE",
        "ON": "INSERT never replaces an item",
        "AS": "aliases are not supported",
    ]
}

extension Parser {
    /// path ::= ident ( "." ident | "[" digits "]" )*
    mutating func parsePath() throws(PartiQLError) -> Path {
        let root = AttributeName(try parseIdentifier("an attribute name"))
        var rest: [Path.Segment] = []
        while true {
            if take(symbol: ".") {
                rest.append(.name(AttributeName(try parseIdentifier("an attribute name"))))
            } else if take(symbol: "[") {
                rest.append(.index(try parseIndex()))
                try expect(symbol: "]")
            } else {
                return Path(root: root, rest: rest)
            }
        }
    }

    /// ident ::= word | '"' characters '"'
    mutating func parseIdentifier(_ what: String) throws(PartiQLError) -> String {
        switch current.kind {
        case .word(let word):
            if Keywords.contains(word) { throw unexpectedReservedWord(word) }
            _ = advance()
            return word
        case .quotedName(let name):
            if name.isEmpty {
                throw PartiQLError(message: "Path component cannot be an empty string", range: current.range)
            }
            _ = advance()
            return name
        default:
            throw expected(what)
        }
    }

    private func unexpectedReservedWord(_ word: String) -> PartiQLError {
        if Parser.hints[word.uppercased()] != nil { return unexpected() }
        let place = position(of: current)
        return .malformed("Unexpected keyword \(word) at \(place); as a name write \"\(word)\"", current.range)
    }

    private mutating func parseIndex() throws(PartiQLError) -> Int {
        guard case .number(let digits) = current.kind, let index = Int32(digits) else { throw expected("a list index") }
        _ = advance()
        return Int(index)
    }
}
