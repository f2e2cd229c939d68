import Model
import Wire

/// Values: a superset of JSON.
extension CommandParser {
    /// Deeper nesting is refused here; the service's own limit is 32.
    static let depthMax = 100

    /// value ::= STRING | NUMBER | ":name" | "true" | "false" | "null" | object | list | set | "b64" STRING
    ///         | ("ddb" | "json") value
    mutating func parseLiteral() throws(SyntaxError) -> Literal {
        let start = token.start
        statement.depth += 1
        defer { statement.depth -= 1 }
        if statement.depth > CommandParser.depthMax {
            throw SyntaxError("values are nested too deeply", at: token.range)
        }
        switch token.kind {
        case .string:
            let text = try parseStringToken()
            return literal(.string(text), from: start)
        case .number, .minus, .plus: return literal(.number(try parseNumber()), from: start)
        case .leftBrace: return try parseObject()
        case .leftBracket: return try parseList()
        case .leftSet: return literal(try parseSet(), from: start)
        case .valuePlaceholder: return literal(try parseParameter(), from: start)
        case .question:
            throw SyntaxError("? stands for a value only in PartiQL", at: token.range, remark: "write :name")
        case .word: return try parseWordLiteral()
        case .quotedName where statement.isCode:
            let text = try nameText(of: token)
            advance()
            return literal(.string(text), from: start)
        case .quotedName:
            throw SyntaxError("backticks are for names; a text stands in quotes", at: token.range)
        default: throw unexpected("a value")
        }
    }

    /// Mutating so that its argument, which may parse, is evaluated before the place is read.
    private mutating func literal(_ value: AttributeValue, from start: Int) -> Literal {
        Literal(form: .value(value), range: start..<max(start, previousEnd))
    }

    /// Where the last token taken ended, blanks behind it not counted.
    var previousEnd: Int {
        var end = min(token.start, lexer.bytes.count)
        while end > 0, isBlank(lexer.bytes[end - 1]) { end -= 1 }
        return end
    }

    /// The words that are values, or begin one.
    private mutating func parseWordLiteral() throws(SyntaxError) -> Literal {
        let start = token.start
        let word = token
        switch text(of: token) {
        case "true", "false", "null", "TRUE", "FALSE", "NULL", "True", "False", "None":
            let keyword = keyword
            advance()
            switch keyword {
            case .yes?: return Literal(form: .value(.bool(true)), range: word.range)
            case .no?: return Literal(form: .value(.bool(false)), range: word.range)
            default: return Literal(form: .value(.null), range: word.range)
            }
        case "b64":
            advance()
            guard token.kind == .string else { throw unexpected("base64 in quotes") }
            let range = token.range
            let text = try parseStringToken()
            guard let bytes = try? Base64.decode(text) else {
                throw SyntaxError("this is not base64", at: range)
            }
            return Literal(form: .value(.binary(bytes)), range: start..<range.upperBound)
        case "ddb", "json":
            let isTyped = keyword == .dynamoDBJSON
            advance()
            let inner = try parseLiteral()
            return Literal(form: isTyped ? .typed(inner) : .plain(inner), range: start..<inner.range.upperBound)
        case _ where isCurlyQuote(word): throw curlyQuote(word)
        case _ where statement.isCode: return try parseCodeLiteral()
        default:
            throw SyntaxError(
                "a value belongs here, not \(shown(word))",
                at: word.range,
                remark: "a text stands in quotes: '\(shown(word))'"
            )
        }
    }

    /// Whether the current token can only begin a value, never a path.
    var beginsLiteral: Bool {
        switch token.kind {
        case .string, .number, .leftBrace, .leftBracket, .leftSet: return true
        case .minus, .plus: return peek().kind == .number
        case .word:
            guard keyword != nil else { return false }
            switch text(of: token) {
            case "true", "false", "null": return !followsOperand(peek())
            case "b64": return peek().kind == .string
            case "ddb", "json":
                switch peek().kind {
                case .leftBrace, .leftBracket, .string, .number: return true
                default: return false
                }
            default: return false
            }
        default: return false
        }
    }

    /// Whether the token continues a path, so that what stands before it was a name.
    private func followsOperand(_ token: Token) -> Bool {
        token.kind == .dot || token.kind == .leftBracket
    }

    /// number ::= ["-" | "+"] NUMBER, at most 38 digits
    mutating func parseNumber() throws(SyntaxError) -> Number {
        let start = token.start
        if token.kind == .minus || token.kind == .plus {
            let sign = token
            advance()
            guard token.kind == .number, token.start == sign.end else { throw unexpected("a number") }
        }
        guard token.kind == .number else { throw unexpected("a number") }
        let range = start..<token.end
        if isWordByte(lexer.byte(at: token.end)) {
            let word = peek()
            throw SyntaxError(
                "\(lexer.bytes.text(start..<word.end)) is neither a number nor a name",
                at: start..<word.end
            )
        }
        do throws(NumberError) {
            let number = try Number(utf8: lexer.bytes.slice(range))
            advance()
            return number
        } catch {
            throw CommandParser.numberError(error, at: range)
        }
    }

    static func numberError(_ error: NumberError, at range: Range<Int>) -> SyntaxError {
        let message =
            switch error {
            case .notNumeric: "this is not a number"
            case .overflow: "this number is too large: 126 digits before the point at most"
            case .underflow: "this number is too small: 1E-130 is the smallest"
            case .tooManyDigits: "a number has at most 38 significant digits"
            }
        return SyntaxError(message, at: range, serviceMessage: "ValidationException: \(error.message)")
    }

    /// object ::= "{" [ name ":" value { "," name ":" value } [","] ] "}"
    mutating func parseObject() throws(SyntaxError) -> Literal {
        let start = token.start
        try expect(.leftBrace, "{")
        var members: [Literal.Member] = []
        while token.kind != .rightBrace {
            let nameRange = token.range
            let name = try parseMemberName()
            try expectColon()
            members.append(Literal.Member(name: name, nameRange: nameRange, value: try parseLiteral()))
            if !take(.comma) { break }
        }
        let end = token.end
        try expect(.rightBrace, members.isEmpty ? "a name or }" : "a comma or }")
        return Literal(form: .object(members), range: start..<end)
    }

    /// name ::= WORD | STRING | `…` | "#name" | ":name"
    mutating func parseMemberName() throws(SyntaxError) -> String {
        switch token.kind {
        case .string: return try parseStringToken()
        case .quotedName:
            let name = try nameText(of: token)
            advance()
            return name
        case .word, .namePlaceholder, .valuePlaceholder, .number:
            let name = try nameText(of: token)
            lexer.offset = token.end
            advance()
            return name
        default: throw unexpected("a name")
        }
    }

    /// Takes the colon alone, though what follows may look like `:name`.
    mutating func expectColon() throws(SyntaxError) {
        guard token.kind == .colon || token.kind == .valuePlaceholder else { throw unexpected("a colon") }
        lexer.offset = token.start + 1
        advance()
    }

    /// What a word or quoted name says.
    func nameText(of token: Token) throws(SyntaxError) -> String {
        let range = token.kind == .quotedName ? token.start + 1..<token.end - 1 : token.range
        guard let name = String(validating: lexer.bytes.slice(range), as: UTF8.self) else {
            throw SyntaxError("this name is not valid UTF-8", at: token.range)
        }
        if name.isEmpty { throw SyntaxError("a name is not empty", at: token.range) }
        return name
    }

    /// list ::= "[" [ value { "," value } [","] ] "]"
    mutating func parseList() throws(SyntaxError) -> Literal {
        let start = token.start
        try expect(.leftBracket, "[")
        var elements: [Literal] = []
        while token.kind != .rightBracket {
            elements.append(try parseLiteral())
            if !take(.comma) { break }
        }
        let end = token.end
        try expect(.rightBracket, elements.isEmpty ? "a value or ]" : "a comma or ]")
        return Literal(form: .list(elements), range: start..<end)
    }

    /// set ::= "<<" value { "," value } [","] ">>", all texts, all numbers or all binaries
    private mutating func parseSet() throws(SyntaxError) -> AttributeValue {
        let start = token.start
        try expect(.leftSet, "<<")
        if token.kind == .rightSet { throw emptySet(at: start) }
        var strings: [String] = []
        var numbers: [Number] = []
        var binaries: [[UInt8]] = []
        while token.kind != .rightSet {
            let member = try parseLiteral()
            switch member.form {
            case .value(.string(let text)) where numbers.isEmpty && binaries.isEmpty:
                if strings.contains(where: { $0.hasSameBytes(as: text) }) { throw member.duplicate() }
                strings.append(text)
            case .value(.number(let number)) where strings.isEmpty && binaries.isEmpty:
                if numbers.contains(number) { throw member.duplicate() }
                numbers.append(number)
            case .value(.binary(let bytes)) where strings.isEmpty && numbers.isEmpty:
                if binaries.contains(bytes) { throw member.duplicate() }
                binaries.append(bytes)
            default:
                throw SyntaxError("a set holds only texts, only numbers or only binaries", at: member.range)
            }
            if !take(.comma) { break }
        }
        try expect(.rightSet, "a comma or >>")
        if !strings.isEmpty { return .stringSet(strings) }
        return numbers.isEmpty ? .binarySet(binaries) : .numberSet(numbers)
    }

    private func emptySet(at start: Int) -> SyntaxError {
        SyntaxError("a set has at least one member", at: start..<min(start + 4, lexer.bytes.count))
    }

    /// The value that `.param` gave a name, at once.
    private mutating func parseParameter() throws(SyntaxError) -> AttributeValue {
        let name = text(of: token)
        guard let value = parameters[name] else { throw Placeholders.missing(name, at: token.range) }
        advance()
        return value
    }
}

extension CommandParser {
    /// Reads a text that is one value and nothing else, such as the one of `.param :name value`.
    public mutating func parseValue(_ text: String) throws(SyntaxError) -> AttributeValue {
        var text = text
        let result: Result<AttributeValue, SyntaxError> = text.withUTF8 { bytes in
            do throws(SyntaxError) {
                return .success(try parseWholeValue(UnsafeRawBufferPointer(bytes)))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private mutating func parseWholeValue(_ bytes: UnsafeRawBufferPointer) throws(SyntaxError) -> AttributeValue {
        begin(bytes)
        defer { lexer = Lexer(UnsafeRawBufferPointer(start: nil, count: 0)) }
        advance()
        let literal = try parseLiteral()
        if token.kind != .end { throw SyntaxError("\(shown(token)) does not belong here", at: token.range) }
        return try literal.plainValue()
    }
}
