/// A token and the bytes of the text it was read from.
struct Token: Equatable {
    enum Kind: Equatable {
        case identifier, namePlaceholder, valuePlaceholder, digits
        case leftParenthesis, rightParenthesis, leftBracket, rightBracket, comma, dot
        case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, plus, minus
        /// A character no rule begins with; it is reported by the parser.
        case unknown
        case end
    }

    let kind: Kind
    let range: Range<Int>
}

/// Cuts an expression into tokens. It never fails: what it does not know becomes an `unknown` token.
struct Lexer {
    private let bytes: [UInt8]
    private var offset = 0

    /// All tokens of the text, the last one being `end`.
    static func tokens(of bytes: [UInt8]) -> [Token] {
        var lexer = Lexer(bytes: bytes)
        var tokens: [Token] = []
        repeat { tokens.append(lexer.next()) } while tokens.last?.kind != .end
        return tokens
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func next() -> Token {
        while offset < bytes.count, isBlank(bytes[offset]) { offset += 1 }
        let start = offset
        let kind = scan()
        return Token(kind: kind, range: start..<offset)
    }

    private mutating func scan() -> Token.Kind {
        guard offset < bytes.count else { return .end }
        let byte = bytes[offset]
        offset += 1
        switch byte {
        case UInt8(ascii: "("): return .leftParenthesis
        case UInt8(ascii: ")"): return .rightParenthesis
        case UInt8(ascii: "["): return .leftBracket
        case UInt8(ascii: "]"): return .rightBracket
        case UInt8(ascii: ","): return .comma
        case UInt8(ascii: "."): return .dot
        case UInt8(ascii: "+"): return .plus
        case UInt8(ascii: "-"): return .minus
        case UInt8(ascii: "="): return .equal
        case UInt8(ascii: "<"):
            if take(UInt8(ascii: "=")) { return .lessOrEqual }
            return take(UInt8(ascii: ">")) ? .notEqual : .less
        case UInt8(ascii: ">"): return take(UInt8(ascii: "=")) ? .greaterOrEqual : .greater
        case UInt8(ascii: "#"): return scanPlaceholder(.namePlaceholder)
        case UInt8(ascii: ":"): return scanPlaceholder(.valuePlaceholder)
        case _ where isDigit(byte):
            while offset < bytes.count, isDigit(bytes[offset]) { offset += 1 }
            return .digits
        case _ where isWordByte(byte):
            takeWord()
            return .identifier
        default:
            // The rest of a character of several bytes belongs to it, so that messages stay valid UTF-8.
            while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            return .unknown
        }
    }

    private mutating func scanPlaceholder(_ kind: Token.Kind) -> Token.Kind {
        let start = offset
        takeWord()
        return offset > start ? kind : .unknown
    }

    private mutating func takeWord() {
        while offset < bytes.count, isWordByte(bytes[offset]) { offset += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

/// A letter, a digit or `_`.
func isWordByte(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")) || isDigit(byte) || byte == UInt8(ascii: "_")
}
