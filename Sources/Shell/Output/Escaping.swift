/// What stored data and foreign text go through on their way to a terminal. A control character, ESC above all, is
/// written as `\u001B` would be in JSON; so are the invisible characters that turn the direction of text.
enum Escaping {
    /// Whether `text` may be printed as it stands.
    static func isSafe(_ text: UnsafeRawBufferPointer) -> Bool {
        for (offset, byte) in text.enumerated() {
            if byte < 0x20 || byte == 0x7F { return false }
            if byte >= 0xC2, isUnsafeLead(byte, in: text, at: offset) { return false }
        }
        return true
    }

    static func append(_ text: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
        if isSafe(text) {
            bytes.append(contentsOf: text)
        } else {
            append(String(decoding: text, as: UTF8.self), to: &bytes)
        }
    }

    static func append(_ text: some StringProtocol, to bytes: inout [UInt8]) {
        for scalar in text.unicodeScalars {
            if isSafe(scalar), let encoded = UTF8.encode(scalar) {
                bytes.append(contentsOf: encoded)
            } else {
                appendEscape(scalar, to: &bytes)
            }
        }
    }

    static func escaped(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        append(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// As `append`, but keeps line breaks: for text of several lines.
    static func appendLines(_ text: String, to bytes: inout [UInt8]) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "\n")) }
            append(line, to: &bytes)
        }
    }

    static func appendLines(_ text: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
        for (index, line) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "\n")) }
            append(UnsafeRawBufferPointer(rebasing: line), to: &bytes)
        }
    }

    static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: false
        default: true
        }
    }

    private static func appendEscape(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        switch scalar {
        case "\n": bytes.append("\\n")
        case "\r": bytes.append("\\r")
        case "\t": bytes.append("\\t")
        default:
            bytes.append("\\u")
            for shift in [12, 8, 4, 0] { bytes.append(hexadecimalDigit(scalar.value >> UInt32(shift) & 0xF)) }
        }
    }

    private static func hexadecimalDigit(_ value: UInt32) -> UInt8 {
        UInt8(value < 10 ? 0x30 + value : 0x41 + value - 10)
    }

    /// C1 controls are C2 80…9F; the marks of direction E2 80 8E…AE and E2 81 A6…A9.
    private static func isUnsafeLead(_ byte: UInt8, in text: UnsafeRawBufferPointer, at offset: Int) -> Bool {
        if byte == 0xC2 { return offset + 1 < text.count && text[offset + 1] < 0xA0 }
        guard byte == 0xE2, offset + 2 < text.count else { return false }
        switch (text[offset + 1], text[offset + 2]) {
        case (0x80, 0x8E...0x8F), (0x80, 0xA8...0xAE), (0x81, 0xA6...0xA9): return true
        default: return false
        }
    }
}
