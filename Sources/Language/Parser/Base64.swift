/// Base64 with the standard alphabet and padding.
enum Base64 {
    /// Nil when the text is not base64.
    static func decode(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count % 4 == 0 else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(digits.count / 4 * 3)
        for start in stride(from: 0, to: digits.count, by: 4) {
            var group: UInt32 = 0
            var padding = 0
            for digit in digits[start..<start + 4] {
                if digit == UInt8("=") {
                    padding += 1
                    group <<= 6
                } else {
                    guard padding == 0, let bits = bits(of: digit) else { return nil }
                    group = group << 6 | bits
                }
            }
            guard padding <= 2, padding == 0 || start + 4 == digits.count else { return nil }
            let bytes = [UInt8(group >> 16 & 0xFF), UInt8(group >> 8 & 0xFF), UInt8(group & 0xFF)]
            result.append(contentsOf: bytes.prefix(3 - padding))
        }
        return result
    }

    static func encode(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits: UInt32 = 0
            for offset in 0..<3 { bits = bits << 8 | (offset < group.count ? UInt32(group[start + offset]) : 0) }
            for digit in 0..<4 {
                let isPadding = digit > group.count
                result.append(isPadding ? UInt8("=") : alphabet[Int(bits >> UInt32(18 - 6 * digit) & 63)])
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func bits(of digit: UInt8) -> UInt32? {
        switch digit {
        case UInt8("A")...UInt8("Z"): UInt32(digit - 65)
        case UInt8("a")...UInt8("z"): UInt32(digit - 71)
        case UInt8("0")...UInt8("9"): UInt32(digit + 4)
        case UInt8("+"): 62
        case UInt8("/"): 63
        default: nil
        }
    }
}
