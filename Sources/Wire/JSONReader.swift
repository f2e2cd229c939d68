/// Strict JSON (RFC 8259) from UTF-8 bytes. Never crashes, whatever the bytes are.
public struct JSONReader {
    /// Two JSON levels make one of DynamoDB's 32, so what is too deep for the service still gets the service's answer.
    public static let maximumDepth = 256

    private let bytes: UnsafeRawBufferPointer
    private var offset = 0
    private var depth = 0

    private init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    public static func read(_ bytes: [UInt8]) throws(JSONError) -> Document {
        let result: Result<Document, JSONError> = bytes.withUnsafeBytes { buffer in
            do throws(JSONError) {
                return .success(try read(buffer))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    public static func read(_ text: String) throws(JSONError) -> Document { try read(Array(text.utf8)) }

    /// The bytes must hold one value and nothing else.
    public static func read(_ bytes: UnsafeRawBufferPointer) throws(JSONError) -> Document {
        var reader = JSONReader(bytes)
        reader.skipBlanks()
        let document = try reader.readValue()
        reader.skipBlanks()
        if reader.offset < bytes.count { throw reader.error("unexpected text after the value") }
        return document
    }

    /// value ::= object | array | string | number | "true" | "false" | "null"
    private mutating func readValue() throws(JSONError) -> Document {
        guard let next = peek else { throw error("unexpected end") }
        switch next {
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "{"): return try nested { reader throws(JSONError) in try reader.readObject() }
        case UInt8(ascii: "["): return try nested { reader throws(JSONError) in try reader.readArray() }
        case UInt8(ascii: "t"): return try readWord("true", .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", .bool(false))
        case UInt8(ascii: "n"): return try readWord("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try readNumber()
        default: throw error("expected a value")
        }
    }

    private mutating func nested(
        _ read: (inout JSONReader) throws(JSONError) -> Document
    ) throws(JSONError) -> Document {
        depth += 1
        if depth > JSONReader.maximumDepth { throw error("nested deeper than \(JSONReader.maximumDepth) levels") }
        let document = try read(&self)
        depth -= 1
        return document
    }

    /// object ::= "{" [ string ":" value ( "," string ":" value )* ] "}"
    private mutating func readObject() throws(JSONError) -> Document {
        offset += 1
        skipBlanks()
        if take(UInt8(ascii: "}")) { return .object([]) }
        var members: [Document.Member] = []
        while true {
            if peek != UInt8(ascii: "\"") { throw error("expected a member's name in double quotes") }
            let name = try readString()
            skipBlanks()
            if !take(UInt8(ascii: ":")) { throw error("expected ':'") }
            skipBlanks()
            members.append(Document.Member(name, try readValue()))
            skipBlanks()
            if take(UInt8(ascii: "}")) { return .object(members) }
            if !take(UInt8(ascii: ",")) { throw error("expected ',' or '}'") }
            skipBlanks()
        }
    }

    /// array ::= "[" [ value ( "," value )* ] "]"
    private mutating func readArray() throws(JSONError) -> Document {
        offset += 1
        skipBlanks()
        if take(UInt8(ascii: "]")) { return .array([]) }
        var elements: [Document] = []
        while true {
            elements.append(try readValue())
            skipBlanks()
            if take(UInt8(ascii: "]")) { return .array(elements) }
            if !take(UInt8(ascii: ",")) { throw error("expected ',' or ']'") }
            skipBlanks()
        }
    }

    private mutating func readWord(_ word: StaticString, _ document: Document) throws(JSONError) -> Document {
        let length = word.utf8CodeUnitCount
        for index in 0..<length where offset + index >= bytes.count || bytes[offset + index] != word.utf8Start[index] {
            throw error("expected a value")
        }
        offset += length
        return document
    }

    /// number ::= "-"? ( "0" | [1-9] digit* ) ( "." digit+ )? ( [eE] [+-]? digit+ )?
    private mutating func readNumber() throws(JSONError) -> Document {
        let start = offset
        _ = take(UInt8(ascii: "-"))
        if take(UInt8(ascii: "0")) {
            if let next = peek, isDigit(next) { throw error("a number has no leading zeros") }
        } else {
            try takeDigits()
        }
        if take(UInt8(ascii: ".")) { try takeDigits() }
        if let next = peek, next | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try takeDigits()
        }
        return .number(String(decoding: bytes[start..<offset], as: UTF8.self))
    }

    private mutating func takeDigits() throws(JSONError) {
        let start = offset
        while let next = peek, isDigit(next) { offset += 1 }
        if offset == start { throw error("expected a digit") }
    }

    private mutating func readString() throws(JSONError) -> String {
        offset += 1
        let start = offset
        var allBits: UInt8 = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == UInt8(ascii: "\"") {
                let text = UnsafeRawBufferPointer(rebasing: bytes[start..<offset])
                offset += 1
                if allBits < 0x80 { return String(decoding: text, as: UTF8.self) }
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw error("a string is not UTF-8", at: start)
                }
                return string
            }
            if byte == UInt8(ascii: "\\") { return try readEscapedString(from: start) }
            if byte < 0x20 { throw error("a control character in a string must be escaped") }
            allBits |= byte
            offset += 1
        }
        throw error("a string has no end", at: start - 1)
    }

    /// The rest of a string, at its first backslash.
    private mutating func readEscapedString(from start: Int) throws(JSONError) -> String {
        var unescaped = Array(bytes[start..<offset])
        while let byte = peek {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: unescaped, as: UTF8.self) else {
                    throw error("a string is not UTF-8", at: start)
                }
                return string
            case UInt8(ascii: "\\"): try readEscape(into: &unescaped)
            case 0..<0x20: throw error("a control character in a string must be escaped", at: offset - 1)
            default: unescaped.append(byte)
            }
        }
        throw error("a string has no end", at: start - 1)
    }

    private mutating func readEscape(into unescaped: inout [UInt8]) throws(JSONError) {
        guard let byte = peek else { throw error("unexpected end") }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(byte)
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"):
            let scalar = try readScalar()
            unescaped.append(contentsOf: UTF8.encode(scalar)!)
        default: throw error("unknown escape", at: offset - 2)
        }
    }

    /// The digits after `\u`, and the second half of a surrogate pair.
    private mutating func readScalar() throws(JSONError) -> Unicode.Scalar {
        let start = offset - 2
        let unit = try readFourHexadecimalDigits()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard unit < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
            throw error("half of a surrogate pair", at: start)
        }
        let low = try readFourHexadecimalDigits()
        guard (0xDC00...0xDFFF).contains(low) else { throw error("half of a surrogate pair", at: start) }
        return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))!
    }

    private mutating func readFourHexadecimalDigits() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = hexadecimalDigit(byte) else { throw error("expected four hex digits") }
            value = value << 4 | digit
            offset += 1
        }
        return value
    }

    private func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    @inline(__always)
    private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    @inline(__always)
    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        offset += 1
        return true
    }

    @inline(__always)
    private mutating func skipBlanks() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0A, 0x0D: offset += 1
            default: return
            }
        }
    }

    @inline(__always)
    private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private func error(_ message: String) -> JSONError { error(message, at: offset) }

    private func error(_ message: String, at offset: Int) -> JSONError {
        let before = bytes[..<min(offset, bytes.count)]
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return JSONError(
            message: message,
            offset: offset,
            line: before.count { $0 == 0x0A } + 1,
            column: offset - lineStart + 1
        )
    }
}
