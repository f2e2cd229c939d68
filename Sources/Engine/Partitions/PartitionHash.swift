import CMessageDigest
import Model

/// The hash that spreads partition keys: MD5 of a fixed prefix and the key's ordered bytes, as a 128-bit integer.
/// Source: reference E1; the service keeps its own function secret, its scan order is reproduced by this one.
enum PartitionHash {
    private static let prefix: [UInt8] = Array("Outliers".utf8)

    /// The context after the prefix: copied for every key instead of hashing the prefix again.
    private static let started: MD5_CTX = {
        var context = MD5_CTX()
        MD5Init(&context)
        MD5Update(&context, prefix, prefix.count)
        return context
    }()

    /// The 16 bytes of the hash, most significant first.
    static func hash(_ keyBytes: UnsafeRawBufferPointer, into digest: UnsafeMutablePointer<UInt8>) {
        var context = started
        if let base = keyBytes.baseAddress {
            MD5Update(&context, base.assumingMemoryBound(to: UInt8.self), keyBytes.count)
        }
        MD5Final(digest, &context)
    }

    static func hash(_ keyBytes: [UInt8]) -> UInt128 {
        var digest = [UInt8](repeating: 0, count: 16)
        keyBytes.withUnsafeBytes { bytes in
            digest.withUnsafeMutableBufferPointer { hash(bytes, into: $0.baseAddress!) }
        }
        return digest.withUnsafeBytes { leadingInteger($0) }
    }

    /// The first 16 bytes as an integer.
    static func leadingInteger(_ bytes: UnsafeRawBufferPointer) -> UInt128 {
        UInt128(UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))) << 64
            | UInt128(UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }
}
