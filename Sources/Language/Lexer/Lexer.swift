/// Takes tokens from a statement's bytes, one at a time and on demand.
///
/// The bytes belong to the caller and must outlive the lexer. A copy of the lexer is a place to come back to.
struct Lexer {
    let bytes: UnsafeRawBufferPointer
    /// The first byte not taken yet.
    var offset = 0
    /// PartiQL's quoting: a backslash is a byte like others, and a quote inside is written twice.
    var doublesQuotes = false

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    @inline(__always)
    func byte(at offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    /// token ::= word | string | name | number | placeholder | mode | punctuation
    mutating func next() -> Token {
        if !skipTrivia() { return Token(kind: .unclosed, start: offset, end: takeRest()) }
        let start = offset
        if start >= bytes.count { return Token(kind: .end, start: start, end: start) }
        let byte = bytes[start]
        if isWordStart(byte) { return takeWord() }
        if isDigit(byte) { return takeNumber() }
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "\""): return takeString(quote: byte)
        case UInt8(ascii: "`"): return takeQuotedName()
        case UInt8(ascii: "("): return take(.leftParenthesis)
        case UInt8(ascii: ")"): return take(.rightParenthesis)
        case UInt8(ascii: "{"): return take(.leftBrace)
        case UInt8(ascii: "}"): return take(.rightBrace)
        case UInt8(ascii: "["): return take(.leftBracket)
        case UInt8(ascii: "]"): return take(.rightBracket)
        case UInt8(ascii: ","): return take(.comma)
        case UInt8(ascii: ";"): return take(.semicolon)
        case UInt8(ascii: "."): return take(.dot)
        case UInt8(ascii: "/"): return take(.slash)
        case UInt8(ascii: "?"): return take(.question)
        case UInt8(ascii: "+"): return take(.plus)
        case UInt8(ascii: "-"): return take(.minus)
        case UInt8(ascii: "*"): return take(.star)
        case UInt8(ascii: "="): return self.byte(at: start + 1) == UInt8(ascii: "=") ? take(.unknown, 2) : take(.equal)
        case UInt8(ascii: "<"): return takeLess()
        case UInt8(ascii: ">"): return takeGreater()
        case UInt8(ascii: "!"): return take(.unknown, self.byte(at: start + 1) == UInt8(ascii: "=") ? 2 : 1)
        case UInt8(ascii: ":"): return takePlaceholder(.valuePlaceholder, otherwise: .colon)
        case UInt8(ascii: "#"): return takePlaceholder(.namePlaceholder, otherwise: .unknown)
        case UInt8(ascii: "\\"): return takePlaceholder(.mode, otherwise: .unknown)
        default: return take(.unknown)
        }
    }

    /// Passes blanks and comments. False, and standing at its start, when a comment has no end.
    @inline(__always)
    mutating func skipTrivia() -> Bool {
        while offset < bytes.count {
            let byte = bytes[offset]
            if isBlank(byte) {
                offset += 1
            } else if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") {
                guard let passed = skipComment() else { return false }
                if !passed { return true }
            } else {
                return true
            }
        }
        return true
    }

    /// comment ::= "--" … newline | "//" … newline | "/*" … "*/". Nil when it has no end.
    private mutating func skipComment() -> Bool? {
        let first = bytes[offset]
        let second = byte(at: offset + 1)
        if first == second {
            while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
            return true
        }
        guard first == UInt8(ascii: "/"), second == UInt8(ascii: "*") else { return false }
        var index = offset + 2
        while index + 1 < bytes.count {
            if bytes[index] == UInt8(ascii: "*"), bytes[index + 1] == UInt8(ascii: "/") {
                offset = index + 2
                return true
            }
            index += 1
        }
        return nil
    }

    private mutating func takeRest() -> Int {
        offset = bytes.count
        return offset
    }

    @inline(__always)
    private mutating func take(_ kind: Token.Kind, _ length: Int = 1) -> Token {
        defer { offset += length }
        return Token(kind: kind, start: offset, end: offset + length)
    }

    @inline(__always)
    private mutating func takeWord() -> Token {
        let start = offset
        while offset < bytes.count, isWordByte(bytes[offset]) { offset += 1 }
        return Token(kind: .word, start: start, end: offset)
    }

    /// number ::= digits [ "." digits ] [ ("e" | "E") [ "+" | "-" ] digits ]
    private mutating func takeNumber() -> Token {
        let start = offset
        func digits(from index: Int) -> Int {
            var index = index
            while index < bytes.count, isDigit(bytes[index]) { index += 1 }
            return index
        }
        offset = digits(from: start)
        if byte(at: offset) == UInt8(ascii: "."), isDigit(byte(at: offset + 1)) { offset = digits(from: offset + 1) }
        if byte(at: offset) | 0x20 == UInt8(ascii: "e") {
            let sign = byte(at: offset + 1)
            let first = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") ? offset + 2 : offset + 1
            if isDigit(byte(at: first)) { offset = digits(from: first) }
        }
        return Token(kind: .number, start: start, end: offset)
    }

    /// string ::= "'" … "'" | '"' … '"', where a backslash takes the next byte with it
    private mutating func takeString(quote: UInt8) -> Token {
        let start = offset
        var hasEscapes = false
        var index = start + 1
        while index < bytes.count {
            let byte = bytes[index]
            if byte == quote {
                if doublesQuotes, self.byte(at: index + 1) == quote {
                    hasEscapes = true
                    index += 2
                    continue
                }
                offset = index + 1
                return Token(kind: .string, start: start, end: offset, hasEscapes: hasEscapes)
            }
            if byte == UInt8(ascii: "\\"), !doublesQuotes {
                hasEscapes = true
                index += 1
            }
            index += 1
        }
        return Token(kind: .unclosed, start: start, end: takeRest())
    }

    private mutating func takeQuotedName() -> Token {
        let start = offset
        var index = start + 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "`") { index += 1 }
        if index >= bytes.count { return Token(kind: .unclosed, start: start, end: takeRest()) }
        offset = index + 1
        return Token(kind: .quotedName, start: start, end: offset)
    }

    private mutating func takePlaceholder(_ kind: Token.Kind, otherwise: Token.Kind) -> Token {
        let start = offset
        offset += 1
        while offset < bytes.count, isPlaceholderByte(bytes[offset]) { offset += 1 }
        return Token(kind: offset > start + 1 ? kind : otherwise, start: start, end: offset)
    }

    private mutating func takeLess() -> Token {
        switch byte(at: offset + 1) {
        case UInt8(ascii: "<"): take(.leftSet, 2)
        case UInt8(ascii: "="): take(.lessOrEqual, 2)
        case UInt8(ascii: ">"): take(.notEqual, 2)
        default: take(.less)
        }
    }

    private mutating func takeGreater() -> Token {
        switch byte(at: offset + 1) {
        case UInt8(ascii: ">"): take(.rightSet, 2)
        case UInt8(ascii: "="): take(.greaterOrEqual, 2)
        default: take(.greater)
        }
    }
}
