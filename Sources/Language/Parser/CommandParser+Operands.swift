import Expressions
import Model

/// What an operand turned out to be.
enum OperandKind {
    case value, path, function
    /// A function that is a condition by itself.
    case predicate
}

/// Paths, literals and functions, written to `expression` in the API's own form: literals become `:v0`, and names that
/// DynamoDB does not take bare become `#n0`.
extension CommandParser {
    /// operand ::= value | FUNCTION "(" [ operand { "," operand } ] ")" | path
    mutating func parseOperand() throws(SyntaxError) -> OperandKind {
        expectAttribute()
        if beginsLiteral {
            try writeValue(of: try parseLiteral())
            return .value
        }
        switch token.kind {
        case .valuePlaceholder:
            writePlaceholder()
            return .value
        case .word where lexer.byte(at: offsetBehindBlanks(token.end)) == UInt8(ascii: "("):
            return try parseFunction()
        case .word, .quotedName, .namePlaceholder:
            try parsePath()
            return .path
        case .question:
            throw SyntaxError("? stands for a value only in PartiQL", at: token.range, remark: "write :name")
        default: throw unexpected("an attribute or a value")
        }
    }

    /// For completion: an attribute of the target belongs here; in KEY one of its key.
    mutating func expectAttribute() {
        guard recorder != nil, let table = statement.table else { return }
        let index = statement.index
        expecting(.keyAttribute(ofTable: table.name, index: index))
        if !statement.isInKeyClause { expecting(.attribute(ofTable: table.name, index: index)) }
    }

    private func offsetBehindBlanks(_ offset: Int) -> Int {
        var offset = offset
        while offset < lexer.bytes.count, isBlank(lexer.bytes[offset]) { offset += 1 }
        return offset
    }

    // MARK: Paths

    /// path ::= ATTR { "." ATTR | "[" INT "]" }
    mutating func parsePath() throws(SyntaxError) {
        suspectClauseWord()
        try writeName()
        while true {
            if token.kind == .dot {
                write(UInt8(ascii: "."))
                advance()
                try writeName()
            } else if token.kind == .leftBracket {
                advance()
                guard token.kind == .number, Int(text(of: token)) != nil else {
                    throw unexpected("a list index")
                }
                write(UInt8(ascii: "["))
                expression.append(contentsOf: bytes(of: token))
                write(UInt8(ascii: "]"))
                advance()
                try expect(.rightBracket, "]")
            } else {
                return
            }
        }
    }

    /// Remembers a word that spells a clause of the verb: should the statement fail behind it, it is to blame.
    private mutating func suspectClauseWord() {
        guard token.kind == .word, let keyword, let verb = statement.verb, verb.clauses.contains(keyword),
            statement.suspect == nil
        else { return }
        statement.suspect = token
    }

    /// ATTR ::= WORD | `…` | "#name"
    private mutating func writeName() throws(SyntaxError) {
        switch token.kind {
        case .word, .quotedName: write(name: try nameText(of: token))
        case .namePlaceholder:
            statement.placeholders.want(name: text(of: token), at: token.range)
            expression.append(contentsOf: bytes(of: token))
        default: throw unexpected("an attribute")
        }
        advance()
    }

    func isPlainName(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLetter(first) || first == UInt8(ascii: "_") else { return false }
        return name.utf8.allSatisfy(isPlaceholderByte) && !ReservedWords.contains(name)
            && !CommandParser.expressionWords.contains(name.lowercased())
    }

    /// Not reserved by the service, but words of its expressions all the same.
    private static let expressionWords: Set<String> = [
        "attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains", "size",
        "if_not_exists", "list_append", "set", "remove", "add", "delete", "and", "or", "not", "between", "in",
    ]

    mutating func write(name: String) {
        if isPlainName(name) {
            expression.append(contentsOf: name.utf8)
        } else {
            expression.append(contentsOf: statement.placeholders.alias(of: name).utf8)
        }
    }

    // MARK: Values

    mutating func writeValue(of literal: Literal) throws(SyntaxError) {
        let isWrapper = (statement.isTyped || statement.isInKeyClause) && literal.isTypeWrapper
        let value = isWrapper ? try literal.typedValue() : try literal.plainValue()
        if isWrapper { statement.isTyped = true }
        expression.append(contentsOf: statement.placeholders.bind(value).utf8)
    }

    private mutating func writePlaceholder() {
        statement.placeholders.want(value: text(of: token), at: token.range)
        expression.append(contentsOf: bytes(of: token))
        advance()
    }

    @inline(__always)
    mutating func write(_ byte: UInt8) { expression.append(byte) }

    @inline(__always)
    mutating func write(_ text: String) { expression.append(contentsOf: text.utf8) }

    // MARK: Functions

    /// FUNCTION "(" [ operand { "," operand } ] ")"
    private mutating func parseFunction() throws(SyntaxError) -> OperandKind {
        let range = token.range
        let written = text(of: token)
        let name = written.lowercased()
        guard let function = ExpressionFunction.named(name) else {
            throw SyntaxError(
                "there is no function \(written)",
                at: range,
                remark: Suggestions.remark(written, among: ExpressionFunction.all.map(\.name))
            )
        }
        write(name)
        write(UInt8(ascii: "("))
        advance()
        try expect(.leftParenthesis, "(")
        statement.depth += 1
        defer { statement.depth -= 1 }
        if statement.depth > CommandParser.depthMax {
            throw SyntaxError("functions are nested too deeply", at: range)
        }
        var count = 0
        while token.kind != .rightParenthesis {
            if count > 0 {
                try expect(.comma, "a comma or )")
                write(", ")
            }
            _ = try parseOperand()
            count += 1
        }
        guard count == function.argumentCount else {
            throw SyntaxError(
                "\(name) takes \(function.argumentCount == 1 ? "one argument" : "two arguments"), not \(count)",
                at: range,
                expected: [function.syntax]
            )
        }
        advance()
        write(UInt8(ascii: ")"))
        return function.isPredicate ? .predicate : .function
    }
}

/// The functions of expressions.
struct ExpressionFunction {
    let name: String
    let syntax: String
    let argumentCount: Int
    /// Whether it is a condition by itself.
    let isPredicate: Bool
    let isForUpdates: Bool

    static let all = [
        ExpressionFunction("attribute_exists", "attribute_exists(path)", 1, isPredicate: true),
        ExpressionFunction("attribute_not_exists", "attribute_not_exists(path)", 1, isPredicate: true),
        ExpressionFunction("attribute_type", "attribute_type(path, 'S')", 2, isPredicate: true),
        ExpressionFunction("begins_with", "begins_with(path, 'text')", 2, isPredicate: true),
        ExpressionFunction("contains", "contains(path, value)", 2, isPredicate: true),
        ExpressionFunction("size", "size(path)", 1),
        ExpressionFunction("if_not_exists", "if_not_exists(path, value)", 2, isForUpdates: true),
        ExpressionFunction("list_append", "list_append(list, list)", 2, isForUpdates: true),
    ]

    static func named(_ name: String) -> ExpressionFunction? { all.first { $0.name == name } }

    private init(
        _ name: String,
        _ syntax: String,
        _ argumentCount: Int,
        isPredicate: Bool = false,
        isForUpdates: Bool = false
    ) {
        self.name = name
        self.syntax = syntax
        self.argumentCount = argumentCount
        self.isPredicate = isPredicate
        self.isForUpdates = isForUpdates
    }
}
