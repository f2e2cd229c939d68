import Model

/// Recursive descent over an expression's tokens. The rules of each grammar are in extensions, one function a rule;
/// this part reads tokens and words the complaint when they do not fit.
struct Parser {
    private let bytes: [UInt8]
    private let tokens: [Token]
    private var position = 0
    /// How many parentheses are open around the current token.
    private(set) var parenthesisDepth = 0

    /// Throws when the text is empty or longer than the service takes.
    init(_ text: String) throws(ExpressionError) {
        bytes = Array(text.utf8)
        if bytes.isEmpty { throw ExpressionError("The expression can not be empty;") }
        if bytes.count > Limits.expressionSize {
            throw ExpressionError(
                "Expression size has exceeded the maximum allowed size; expression size: \(bytes.count)"
            )
        }
        tokens = Lexer.tokens(of: bytes)
    }

    var current: Token { tokens[position] }

    func text(of token: Token) -> String {
        token.kind == .end ? "<EOF>" : String(decoding: bytes[token.range], as: UTF8.self)
    }

    /// Whether the current token is this word, in any case.
    func isAt(keyword: String) -> Bool {
        current.kind == .identifier && current.range.count == keyword.utf8.count
            && zip(bytes[current.range], keyword.utf8).allSatisfy { $0 & 0xDF == $1 }
    }

    func isAt(anyOf keywords: [String]) -> Bool { keywords.contains(where: isAt) }

    /// Whether the token after the current one is of this kind.
    func isFollowed(by kind: Token.Kind) -> Bool {
        position + 1 < tokens.count && tokens[position + 1].kind == kind
    }

    mutating func advance() -> Token {
        defer { if position + 1 < tokens.count { position += 1 } }
        return tokens[position]
    }

    mutating func take(_ kind: Token.Kind) -> Bool {
        if current.kind != kind { return false }
        _ = advance()
        return true
    }

    mutating func take(keyword: String) -> Bool {
        if !isAt(keyword: keyword) { return false }
        _ = advance()
        return true
    }

    mutating func expect(_ kind: Token.Kind) throws(ExpressionError) {
        if !take(kind) { throw syntaxError() }
    }

    /// No legal expression nests parentheses deeper than it has operators, plus one: anything more repeats itself.
    mutating func openParenthesis() throws(ExpressionError) {
        try expect(.leftParenthesis)
        parenthesisDepth += 1
        if parenthesisDepth > Limits.expressionOperators + 2 { throw .redundantParentheses }
    }

    mutating func closeParenthesis() throws(ExpressionError) {
        try expect(.rightParenthesis)
        parenthesisDepth -= 1
    }

    /// Blames the current token. `near` is the text from the token before it to the token after it.
    func syntaxError() -> ExpressionError {
        let first = tokens[max(position - 1, 0)]
        let last = tokens[min(position + 1, tokens.count - 1)]
        let near = String(decoding: bytes[first.range.lowerBound..<last.range.upperBound], as: UTF8.self)
        return ExpressionError("Syntax error; token: \"\(text(of: current))\", near: \"\(trimmed(near))\"")
    }

    private func trimmed(_ text: String) -> Substring {
        // Only the end of the text can leave blanks: its token has no bytes of its own.
        var part = text[...]
        while part.last?.isWhitespace == true { part.removeLast() }
        return part
    }
}

extension Parser {
    /// path ::= name ( "." name | "[" digits "]" )*
    mutating func parsePath() throws(ExpressionError) -> PathSyntax {
        var path = PathSyntax(root: try parseName())
        while true {
            if take(.dot) {
                path.rest.append(.name(try parseName()))
            } else if take(.leftBracket) {
                path.rest.append(.index(try parseIndex()))
                try expect(.rightBracket)
            } else {
                return path
            }
        }
    }

    /// name ::= identifier | "#" idchar+
    mutating func parseName() throws(ExpressionError) -> NameSyntax {
        switch current.kind {
        case .identifier: return .identifier(text(of: advance()))
        case .namePlaceholder: return .placeholder(text(of: advance()))
        default: throw syntaxError()
        }
    }

    private mutating func parseIndex() throws(ExpressionError) -> Int {
        guard current.kind == .digits else { throw syntaxError() }
        let digits = text(of: advance())
        guard let index = Int32(digits) else {
            throw ExpressionError("List index is not within the allowable range; index: [\(digits)]")
        }
        return Int(index)
    }

    /// value ::= ":" idchar+
    mutating func parseValue() throws(ExpressionError) -> String {
        guard current.kind == .valuePlaceholder else { throw syntaxError() }
        return text(of: advance())
    }

    /// projection ::= path ( "," path )* <end>
    mutating func parseProjection() throws(ExpressionError) -> [PathSyntax] {
        let paths = try parsePathList()
        try expect(.end)
        return paths
    }

    /// path ( "," path )*
    mutating func parsePathList() throws(ExpressionError) -> [PathSyntax] {
        var paths = [try parsePath()]
        while take(.comma) { paths.append(try parsePath()) }
        return paths
    }
}

extension ExpressionError {
    static let redundantParentheses = ExpressionError("The expression has redundant parentheses;")

    static func tooManyOperators(_ count: Int) -> ExpressionError {
        ExpressionError("The expression contains too many operators; operator count: \(count)")
    }

    static func reservedWord(_ word: String) -> ExpressionError {
        ExpressionError("Attribute name is a reserved keyword; reserved keyword: \(word)")
    }

    static func unknownFunction(_ name: String) -> ExpressionError {
        ExpressionError("Invalid function name; function: \(name)")
    }

    static func function(_ name: String, notAllowedIn kind: ExpressionKind) -> ExpressionError {
        ExpressionError("The function is not allowed in \(kind.phrase); function: \(name)")
    }

    static func operandCount(_ function: String, _ count: Int) -> ExpressionError {
        ExpressionError(
            "Incorrect number of operands for operator or function; "
                + "operator or function: \(function), number of operands: \(count)"
        )
    }

    static func operandType(function: String, _ type: String) -> ExpressionError {
        ExpressionError(
            "Incorrect operand type for operator or function; operator or function: \(function), operand type: \(type)"
        )
    }

    static func operandType(comparator: String, _ type: String) -> ExpressionError {
        ExpressionError(
            "Incorrect operand type for operator or function; operator: \(comparator), operand type: \(type)"
        )
    }

    static func pathRequired(_ function: String) -> ExpressionError {
        ExpressionError("Operator or function requires a document path; operator or function: \(function)")
    }
}
