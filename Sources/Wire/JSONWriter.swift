import Model

/// JSON as UTF-8 bytes. Control characters are always escaped, so that the text may go to a terminal.
public enum JSONWriter {
    public static func compact(_ document: Document) -> [UInt8] {
        var bytes: [UInt8] = []
        append(document, to: &bytes)
        return bytes
    }

    public static func compactText(_ document: Document) -> String {
        String(decoding: compact(document), as: UTF8.self)
    }

    public static func append(_ document: Document, to bytes: inout [UInt8]) {
        build(into: &bytes) { append(document, to: &$0) }
    }

    /// One member or element a line. Empty objects and arrays stay on theirs.
    public static func appendPretty(_ document: Document, indent: Int = 2, level: Int = 0, to bytes: inout [UInt8]) {
        build(into: &bytes) { appendPretty(document, indent: indent, level: level, to: &$0) }
    }

    /// With its quotes.
    public static func append(string: String, to bytes: inout [UInt8]) {
        build(into: &bytes) { append(string: string, to: &$0) }
    }

    /// Appends what `body` builds.
    @inline(__always)
    static func build(into bytes: inout [UInt8], capacity: Int = 256, _ body: (inout ByteBuilder) -> Void) {
        var builder = ByteBuilder(capacity: capacity)
        body(&builder)
        builder.withBytes { bytes.append(contentsOf: $0) }
    }

    static func append(_ document: Document, to bytes: inout ByteBuilder) {
        switch document {
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                append(element, to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                append(string: member.name, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                append(member.value, to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        case .null: bytes.append("null")
        case .bool(let flag): append(flag, to: &bytes)
        case .number(let digits): append(utf8Of: digits, to: &bytes)
        case .string(let text): append(string: text, to: &bytes)
        case .bytes(let binary): binary.withUnsafeBytes { append(base64Of: $0, to: &bytes) }
        }
    }

    private static func appendPretty(_ document: Document, indent: Int, level: Int, to bytes: inout ByteBuilder) {
        switch document {
        case .array(let elements) where !elements.isEmpty:
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                appendLineBreak(indent: indent * (level + 1), to: &bytes)
                appendPretty(element, indent: indent, level: level + 1, to: &bytes)
            }
            appendLineBreak(indent: indent * level, to: &bytes)
            bytes.append(UInt8(ascii: "]"))
        case .object(let members) where !members.isEmpty:
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                appendLineBreak(indent: indent * (level + 1), to: &bytes)
                append(string: member.name, to: &bytes)
                bytes.append(": ")
                appendPretty(member.value, indent: indent, level: level + 1, to: &bytes)
            }
            appendLineBreak(indent: indent * level, to: &bytes)
            bytes.append(UInt8(ascii: "}"))
        case .array, .object, .null, .bool, .number, .string, .bytes: append(document, to: &bytes)
        }
    }

    // MARK: Scalars

    static func append(_ flag: Bool, to bytes: inout ByteBuilder) { bytes.append(flag ? "true" : "false") }

    private static func append(string: String, to bytes: inout ByteBuilder) {
        var string = string
        string.withUTF8 { append(utf8: UnsafeRawBufferPointer($0), to: &bytes) }
    }

    /// As it is.
    private static func append(utf8Of text: String, to bytes: inout ByteBuilder) {
        var text = text
        text.withUTF8 { bytes.append(UnsafeRawBufferPointer($0)) }
    }

    /// With quotes, from any bytes.
    static func append(base64Of binary: UnsafeRawBufferPointer, to bytes: inout ByteBuilder) {
        var text: [UInt8] = []
        Base64.append(binary, to: &text)
        bytes.append(UInt8(ascii: "\""))
        text.withUnsafeBytes { bytes.append($0) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// With its quotes, from valid UTF-8.
    static func append(utf8 text: UnsafeRawBufferPointer, to bytes: inout ByteBuilder) {
        bytes.append(UInt8(ascii: "\""))
        if isPlain(text) { bytes.append(text) } else { append(escaping: text, to: &bytes) }
        bytes.append(UInt8(ascii: "\""))
    }

    @inline(never)
    private static func append(escaping text: UnsafeRawBufferPointer, to bytes: inout ByteBuilder) {
        bytes.reserve(text.count)
        var index = 0
        while index < text.count {
            if index + 8 <= text.count {
                let eight = text.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                if hasNoMark(eight) {
                    bytes.append(eight: eight)
                    index += 8
                    continue
                }
            }
            let byte = text[index]
            index += 1
            if byte == 0xC2, index < text.count, text[index] < 0xA0 {
                // C1 control characters are C2 80 … C2 9F.
                appendEscape(of: text[index], to: &bytes)
                index += 1
            } else if isMark(byte) {
                appendEscape(of: byte, to: &bytes)
            } else {
                bytes.append(byte)
            }
        }
    }

    // MARK: What needs an escape

    /// A control character, a quote or a backslash.
    @inline(__always)
    private static func isMark(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
    }

    /// Whether all is ASCII and no mark, which most texts are. Looks at eight bytes at once, at the last ones twice.
    @inline(__always)
    private static func isPlain(_ text: UnsafeRawBufferPointer) -> Bool {
        let count = text.count
        if count < 8 { return text.allSatisfy { $0 < 0x80 && !isMark($0) } }
        var index = 0
        while index < count - 8 {
            if !isPlain(text.loadUnaligned(fromByteOffset: index, as: UInt64.self)) { return false }
            index += 8
        }
        return isPlain(text.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
    }

    private static let low: UInt64 = 0x0101_0101_0101_0101
    private static let high: UInt64 = 0x8080_8080_8080_8080

    /// The same for eight bytes. In each step a byte that is no ASCII, or a mark, gets its highest bit set; a borrow out
    /// of it can do no harm any more.
    @inline(__always)
    private static func isPlain(_ eight: UInt64) -> Bool {
        let controls = (eight &- low &* 0x20) | (eight &+ low) | eight
        let marks = ((eight ^ low &* 0x22) &- low) | ((eight ^ low &* 0x5C) &- low)
        return (controls | marks) & high == 0
    }

    /// Whether none of eight bytes is a mark, or C2, with which a control character may begin.
    @inline(__always)
    private static func hasNoMark(_ eight: UInt64) -> Bool {
        func zeroBytes(_ word: UInt64) -> UInt64 { (word &- low) & ~word & high }
        let controls = (eight &- low &* 0x20) & ~eight & high
        let marks =
            zeroBytes(eight ^ low &* 0x22) | zeroBytes(eight ^ low &* 0x5C) | zeroBytes(eight ^ low &* 0x7F)
            | zeroBytes(eight ^ low &* 0xC2)
        return controls | marks == 0
    }

    private static func appendEscape(of byte: UInt8, to bytes: inout ByteBuilder) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        default:
            let digits: StaticString = "0123456789abcdef"
            bytes.append("u00")
            bytes.append(digits.utf8Start[Int(byte >> 4)])
            bytes.append(digits.utf8Start[Int(byte & 15)])
        }
    }

    private static func appendLineBreak(indent: Int, to bytes: inout ByteBuilder) {
        bytes.append(0x0A)
        for _ in 0..<indent { bytes.append(0x20) }
    }
}
