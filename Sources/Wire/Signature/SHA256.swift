import CMessageDigest

/// SHA-256 and the message authentication code on it (RFC 2104). The hash itself is the system's libmd.
public enum SHA256 {
    public static let digestCount = 32
    private static let blockCount = 64

    public static func hash(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        digest { update(&$0, bytes) }
    }

    public static func hash(_ bytes: [UInt8]) -> [UInt8] { bytes.withUnsafeBytes { hash($0) } }

    public static func authenticationCode(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        var block = key.count > blockCount ? hash(key) : key
        block += repeatElement(0, count: blockCount - block.count)
        let inner = digest { context in
            block.map { $0 ^ 0x36 }.withUnsafeBytes { update(&context, $0) }
            message.withUnsafeBytes { update(&context, $0) }
        }
        return digest { context in
            block.map { $0 ^ 0x5C }.withUnsafeBytes { update(&context, $0) }
            inner.withUnsafeBytes { update(&context, $0) }
        }
    }

    private static func digest(of body: (inout SHA2_CTX) -> Void) -> [UInt8] {
        var context = SHA2_CTX()
        SHA256Init(&context)
        body(&context)
        var digest = [UInt8](repeating: 0, count: digestCount)
        SHA256Final(&digest, &context)
        return digest
    }

    private static func update(_ context: inout SHA2_CTX, _ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        SHA256Update(&context, base.assumingMemoryBound(to: UInt8.self), bytes.count)
    }
}

enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
