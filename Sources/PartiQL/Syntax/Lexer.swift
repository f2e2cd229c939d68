/// Cuts a statement into tokens. Blanks and comments (`-- …`, `/* … */`) separate tokens.
struct Lexer {
    private let bytes: [UInt8]
    private var offset = 0

    /// All tokens, the last one being `end`.
    static func tokens(of text: String) throws(PartiQLError) -> [Token] {
        var lexer = Lexer(bytes: Array(text.utf8))
        var tokens: [Token] = []
        repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
        return tokens
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func next() throws(PartiQLError) -> Token {
        skipBlanks()
        let start = offset
        let kind = try scan()
        return Token(kind: kind, range: start..<offset)
    }

    private mutating func scan() throws(PartiQLError) -> Token.Kind {
        guard offset < bytes.count else { return .end }
        let byte = bytes[offset]
        switch byte {
        case UInt8(ascii: "'"): return .string(try scanQuoted())
        case UInt8(ascii: "\""): return .quotedName(try scanQuoted())
        case UInt8(ascii: "?"):
            offset += 1
            return .parameter
        case _ where isWordByte(byte) && !isDigit(byte):
            return .word(text { isWordByte($0) })
        case _ where isDigit(byte) || (byte == UInt8(ascii: ".") && isDigit(peek(1))):
            return .number(scanNumber())
        default:
            return .symbol(scanSymbol())
        }
    }

    /// The quote character doubled stands for itself; `\` is nothing special.
    private mutating func scanQuoted() throws(PartiQLError) -> String {
        let quote = bytes[offset]
        let start = offset
        var content: [UInt8] = []
        offset += 1
        while offset < bytes.count {
            if bytes[offset] == quote {
                if peek(1) != quote {
                    offset += 1
                    return String(decoding: content, as: UTF8.self)
                }
                offset += 1
            }
            content.append(bytes[offset])
            offset += 1
        }
        let position = SourcePosition(of: start, in: bytes)
        throw .malformed("Unexpected end of statement, quote at \(position) is not closed", start..<bytes.count)
    }

    /// digits? ( "." digits? )? ( [eE] [+-]? digits )?
    private mutating func scanNumber() -> String {
        var number = text(while: isDigit)
        if peek(0) == UInt8(ascii: ".") {
            offset += 1
            number += "." + text(while: isDigit)
        }
        if peek(0) | 0x20 == UInt8(ascii: "e") {
            let isSigned = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
            if isDigit(peek(isSigned ? 2 : 1)) {
                let sign = isSigned ? String(UnicodeScalar(peek(1))) : ""
                offset += isSigned ? 2 : 1
                number += "e" + sign + text(while: isDigit)
            }
        }
        return number
    }

    private mutating func scanSymbol() -> String {
        let pair = String(decoding: bytes[offset..<min(offset + 2, bytes.count)], as: UTF8.self)
        if ["<=", ">=", "<>", "!=", "<<", ">>"].contains(pair) {
            offset += 2
            return pair
        }
        let start = offset
        offset += 1
        // The rest of a character of several bytes belongs to it, so that messages stay valid UTF-8.
        while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private mutating func skipBlanks() {
        while offset < bytes.count {
            if isBlank(bytes[offset]) {
                offset += 1
            } else if peek(0) == UInt8(ascii: "-"), peek(1) == UInt8(ascii: "-") {
                while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
            } else if peek(0) == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                skipBlockComment()
            } else {
                return
            }
        }
    }

    private mutating func skipBlockComment() {
        offset += 2
        while offset < bytes.count {
            if peek(0) == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                offset += 2
                return
            }
            offset += 1
        }
    }

    private func peek(_ distance: Int) -> UInt8 {
        offset + distance < bytes.count ? bytes[offset + distance] : 0
    }

    private mutating func text(while belongs: (UInt8) -> Bool) -> String {
        let start = offset
        while offset < bytes.count, belongs(bytes[offset]) { offset += 1 }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

/// A letter, a digit or `_`.
private func isWordByte(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")) || isDigit(byte) || byte == UInt8(ascii: "_")
}

/// Line and column, both from 1, as messages show them: `1:8`.
struct SourcePosition: CustomStringConvertible {
    let line: Int
    let column: Int

    init(of offset: Int, in bytes: [UInt8]) {
        var line = 1
        var column = 1
        for byte in bytes[..<min(offset, bytes.count)] {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        self.line = line
        self.column = column
    }

    var description: String { "\(line):\(column)" }
}

extension PartiQLError {
    static func malformed(_ detail: String, _ range: Range<Int>) -> PartiQLError {
        PartiQLError(message: "Statement wasn't well formed, can't be processed: \(detail)", range: range)
    }
}
