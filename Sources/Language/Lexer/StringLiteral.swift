/// Turns a string token's text into what it says.
///
/// escape ::= "\" ( `"` | "'" | "\" | "/" | "b" | "f" | "n" | "r" | "t" | "u" 4 hex digits ). Others are errors.
enum StringLiteral {
    /// `body` lies between the quotes and begins at `start` of the statement.
    static func decode(_ body: UnsafeRawBufferPointer, at start: Int) throws(SyntaxError) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(body.count)
        var index = 0
        while index < body.count {
            let byte = body[index]
            if byte != UInt8(ascii: "\\") {
                result.append(byte)
                index += 1
                continue
            }
            let escape = index + 1 < body.count ? body[index + 1] : 0
            index += 2
            switch escape {
            case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(escape)
            case UInt8(ascii: "b"): result.append(8)
            case UInt8(ascii: "f"): result.append(12)
            case UInt8(ascii: "n"): result.append(10)
            case UInt8(ascii: "r"): result.append(13)
            case UInt8(ascii: "t"): result.append(9)
            case UInt8(ascii: "u"): try appendCodePoint(of: body, from: &index, at: start, to: &result)
            default:
                let end = start + min(index, body.count)
                throw SyntaxError(
                    "\\\(body.text(min(index - 1, body.count)..<min(index, body.count))) is no escape",
                    at: start + index - 2..<end,
                    remark: "a backslash is written \\\\"
                )
            }
        }
        return try validated(result, at: start, length: body.count)
    }

    /// Throws when the bytes are not UTF-8.
    static func validated(_ bytes: [UInt8], at start: Int, length: Int) throws(SyntaxError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw SyntaxError("this text is not valid UTF-8", at: start..<start + length)
        }
        return text
    }

    /// One `\uXXXX`, or a surrogate pair of them. `index` stands behind the `u`.
    private static func appendCodePoint(
        of body: UnsafeRawBufferPointer,
        from index: inout Int,
        at start: Int,
        to result: inout [UInt8]
    ) throws(SyntaxError) {
        let escapeStart = index - 2
        func hex(_ offset: Int) -> UInt32? {
            guard offset + 4 <= body.count else { return nil }
            var value: UInt32 = 0
            for byte in body[offset..<offset + 4] {
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - 0x30)
                case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
                    value = value << 4 | UInt32((byte | 0x20) - 87)
                default: return nil
                }
            }
            return value
        }
        if let unit = hex(index) {
            if let scalar = Unicode.Scalar(unit) {
                index += 4
                result.append(contentsOf: String(Character(scalar)).utf8)
                return
            }
            if unit < 0xDC00, index + 6 <= body.count, body[index + 4] == UInt8(ascii: "\\"),
                body[index + 5] == UInt8(ascii: "u"), let low = hex(index + 6), (0xDC00...0xDFFF).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
            {
                index += 10
                result.append(contentsOf: String(Character(scalar)).utf8)
                return
            }
        }
        let end = min(escapeStart + 6, body.count)
        throw SyntaxError(
            "\\u needs four hexadecimal digits, and a surrogate its partner",
            at: start + escapeStart..<start + end
        )
    }
}
