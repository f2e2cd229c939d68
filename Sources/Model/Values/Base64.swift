/// Standard base64 with padding (RFC 4648, section 4).
public enum Base64 {
    /// Why text is not base64, in the service's words.
    public struct Failure: Error, Equatable, Sendable {
        public let message: String

        public init(message: String) { self.message = message }
    }

    private static let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    private static let padding = UInt8(ascii: "=")
    private static let notBase64 = Failure(message: "only base-64-encoded strings are convertible to bytes")

    public static func append(_ binary: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
        bytes.reserveCapacity(bytes.count + (binary.count + 2) / 3 * 4)
        var index = 0
        while index + 2 < binary.count {
            let group = UInt32(binary[index]) << 16 | UInt32(binary[index + 1]) << 8 | UInt32(binary[index + 2])
            bytes.append(character(group >> 18))
            bytes.append(character(group >> 12))
            bytes.append(character(group >> 6))
            bytes.append(character(group))
            index += 3
        }
        switch binary.count - index {
        case 1:
            let group = UInt32(binary[index]) << 16
            bytes.append(character(group >> 18))
            bytes.append(character(group >> 12))
            bytes.append(padding)
            bytes.append(padding)
        case 2:
            let group = UInt32(binary[index]) << 16 | UInt32(binary[index + 1]) << 8
            bytes.append(character(group >> 18))
            bytes.append(character(group >> 12))
            bytes.append(character(group >> 6))
            bytes.append(padding)
        default: break
        }
    }

    public static func encode(_ binary: [UInt8]) -> String {
        var bytes: [UInt8] = []
        binary.withUnsafeBytes { append($0, to: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    public static func decode(_ text: String) throws(Failure) -> [UInt8] {
        let characters = Array(text.utf8)
        if characters.count % 4 != 0 {
            throw Failure(
                message: "Base64 encoded length is expected a multiple of 4 bytes but found: \(characters.count)"
            )
        }
        var content = characters[...]
        while content.last == padding, characters.count - content.count < 2 { content.removeLast() }
        var binary: [UInt8] = []
        binary.reserveCapacity(content.count * 3 / 4)
        var group: UInt32 = 0
        var bits = 0
        for character in content {
            guard let value = value(of: character) else { throw notBase64 }
            group = group << 6 | value
            bits += 6
            if bits >= 8 {
                bits -= 8
                binary.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
            }
        }
        // The last character may not carry bits that no byte holds.
        if group & (1 << UInt32(bits) - 1) != 0 {
            throw Failure(message: "Invalid last non-pad Base64 character dectected")
        }
        return binary
    }

    @inline(__always)
    private static func character(_ sixBits: UInt32) -> UInt8 { alphabet.utf8Start[Int(sixBits & 63)] }

    private static func value(of character: UInt8) -> UInt32? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
