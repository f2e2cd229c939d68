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
        case .null, .bool, .number, .string, .bytes: append(scalar: document, to: &bytes)
        }
    }

    /// One member or element a line. Empty objects and arrays stay on theirs.
    public static func appendPretty(
        _ document: Document,
        indent: Int = 2,
        level: Int = 0,
        to bytes: inout [UInt8]
    ) {
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
                bytes.append(UInt8(ascii: ":"))
                bytes.append(UInt8(ascii: " "))
                appendPretty(member.value, indent: indent, level: level + 1, to: &bytes)
            }
            appendLineBreak(indent: indent * level, to: &bytes)
            bytes.append(UInt8(ascii: "}"))
        case .array, .object, .null, .bool, .number, .string, .bytes: append(document, to: &bytes)
        }
    }

    /// With its quotes.
    public static func append(string: String, to bytes: inout [UInt8]) {
        var string = string
        string.withUTF8 { append(utf8: UnsafeRawBufferPointer($0), to: &bytes) }
    }

    /// With its quotes, from valid UTF-8.
    public static func append(utf8 text: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var start = 0
        var index = 0
        while index < text.count {
            if index + 8 <= text.count, isPlain(text.loadUnaligned(fromByteOffset: index, as: UInt64.self)) {
                index += 8
                continue
            }
            let byte = text[index]
            // C1 control characters are C2 80 … C2 9F.
            let isC1 = byte == 0xC2 && index + 1 < text.count && text[index + 1] < 0xA0
            if !isC1, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte != 0x7F {
                index += 1
                continue
            }
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[start..<index]))
            if isC1 { index += 1 }
            appendEscape(of: text[index], to: &bytes)
            index += 1
            start = index
        }
        bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[start..<index]))
        bytes.append(UInt8(ascii: "\""))
    }

    /// Whether none of eight bytes needs an escape, or begins what may: no control character, quote, backslash, 7F or C2.
    @inline(__always)
    private static func isPlain(_ eight: UInt64) -> Bool {
        let low: UInt64 = 0x0101_0101_0101_0101
        let high: UInt64 = 0x8080_8080_8080_8080
        func zeroBytes(_ word: UInt64) -> UInt64 { (word &- low) & ~word & high }
        let controls = (eight &- low &* 0x20) & ~eight & high
        let marks =
            zeroBytes(eight ^ low &* 0x22) | zeroBytes(eight ^ low &* 0x5C) | zeroBytes(eight ^ low &* 0x7F)
            | zeroBytes(eight ^ low &* 0xC2)
        return controls | marks == 0
    }

    private static func appendEscape(of byte: UInt8, to bytes: inout [UInt8]) {
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
            bytes.append(literal: "u00")
            bytes.append(digits.utf8Start[Int(byte >> 4)])
            bytes.append(digits.utf8Start[Int(byte & 15)])
        }
    }

    private static func append(scalar document: Document, to bytes: inout [UInt8]) {
        switch document {
        case .null: bytes.append(literal: "null")
        case .bool(true): bytes.append(literal: "true")
        case .bool(false): bytes.append(literal: "false")
        case .number(let digits): bytes.append(contentsOf: digits.utf8)
        case .string(let text): append(string: text, to: &bytes)
        case .bytes(let binary):
            bytes.append(UInt8(ascii: "\""))
            binary.withUnsafeBytes { Base64.append($0, to: &bytes) }
            bytes.append(UInt8(ascii: "\""))
        case .array, .object: preconditionFailure("not a scalar")
        }
    }

    private static func appendLineBreak(indent: Int, to bytes: inout [UInt8]) {
        bytes.append(0x0A)
        bytes.append(contentsOf: repeatElement(0x20, count: indent))
    }
}

extension [UInt8] {
    /// Appends a literal without making a string of it.
    @inlinable package mutating func append(literal: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }
}
