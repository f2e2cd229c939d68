import Model

/// The place of an item in a partition's order, as bytes to be compared with memcmp.
///
/// ```
/// table          hash · length of pk · pk · sk
/// local index    hash · length of pk · pk · escaped index sk · sk
/// global index   hash · length of pk · pk · escaped index sk … · hash of table pk · length · table pk · table sk
/// ```
/// `hash` is 16 bytes, lengths are two, key values are their ordered bytes. A value that others follow is escaped (a
/// zero byte becomes 00 FF) and closed by 00 00, so that the order of the whole is the order of its parts.
package struct StorageKey: @unchecked Sendable {
    private let storage: KeyStorage

    package init(_ bytes: UnsafeRawBufferPointer) {
        storage = KeyStorage.make(bytes)
    }

    static func make(_ bytes: [UInt8]) -> StorageKey { bytes.withUnsafeBytes { StorageKey($0) } }

    package var byteCount: Int { Int(storage.header) }

    @inline(__always)
    package func withBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
        let count = Int(storage.header)
        return storage.withUnsafeMutablePointerToElements {
            body(UnsafeRawBufferPointer(start: $0, count: count))
        }
    }

    package var bytes: [UInt8] { withBytes { Array($0) } }

    var hash: UInt128 { withBytes { PartitionHash.leadingInteger($0) } }
}

/// Immutable bytes in one allocation; hence Sendable in `StorageKey`.
private final class KeyStorage: ManagedBuffer<UInt32, UInt8> {
    static func make(_ bytes: UnsafeRawBufferPointer) -> KeyStorage {
        let storage = create(minimumCapacity: bytes.count) { _ in UInt32(bytes.count) }
        storage.withUnsafeMutablePointerToElements {
            $0.update(from: bytes.baseAddress!.assumingMemoryBound(to: UInt8.self), count: bytes.count)
        }
        return unsafeDowncast(storage, to: KeyStorage.self)
    }
}

/// Bytes to look a place up with, and their first eight as an integer, which decides most comparisons.
package struct KeyProbe {
    package let bytes: UnsafeRawBufferPointer
    package let prefix: UInt64

    @inline(__always)
    package init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        self.prefix =
            bytes.count >= 8
            ? UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
            : KeyProbe.shortPrefix(bytes)
    }

    /// Range bounds may be shorter than a prefix; they are padded with zeros.
    private static func shortPrefix(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var prefix: UInt64 = 0
        for index in 0..<8 {
            prefix = prefix << 8 | (index < bytes.count ? UInt64(bytes[index]) : 0)
        }
        return prefix
    }
}

/// Writes the parts of storage keys into bytes that are reused from request to request.
struct KeyEncoder {
    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(256) }

    mutating func reset() { bytes.removeAll(keepingCapacity: true) }

    /// Hash, length and bytes of a partition key of one attribute.
    mutating func appendPartitionKey(_ value: StoredValue) {
        let start = reserveHashAndLength()
        value.appendOrderedBytes(to: &bytes)
        closePartitionKey(at: start)
    }

    /// Hash, length and bytes of a partition key of several attributes, each with its length before it.
    mutating func appendPartitionKey(parts: [[UInt8]]) {
        let start = reserveHashAndLength()
        if parts.count == 1 {
            bytes.append(contentsOf: parts[0])
        } else {
            for part in parts {
                bytes.append(UInt8(part.count >> 8))
                bytes.append(UInt8(part.count & 0xFF))
                bytes.append(contentsOf: part)
            }
        }
        closePartitionKey(at: start)
    }

    /// The last part of a key: needs no closing.
    mutating func appendFinal(_ value: StoredValue) { value.appendOrderedBytes(to: &bytes) }

    mutating func appendFinal(_ part: UnsafeRawBufferPointer) { bytes.append(contentsOf: part) }

    mutating func appendEscaped(_ value: StoredValue) {
        if value.type == .number {
            var ordered: [UInt8] = []
            value.appendOrderedBytes(to: &ordered)
            appendEscaped(ordered)
        } else {
            appendEscaped(value.payload)
        }
    }

    private mutating func appendEscaped(_ part: UnsafeRawBufferPointer) {
        appendEscapedOpen(part)
        close()
    }

    private mutating func close() {
        bytes.append(0)
        bytes.append(0)
    }

    mutating func appendEscaped(_ part: [UInt8]) { part.withUnsafeBytes { appendEscaped($0) } }

    /// Escaped but not closed: the beginning of all values that begin with `part`.
    mutating func appendEscapedOpen(_ part: [UInt8]) { part.withUnsafeBytes { appendEscapedOpen($0) } }

    private mutating func appendEscapedOpen(_ part: UnsafeRawBufferPointer) {
        if !part.contains(0) {
            bytes.append(contentsOf: part)
            return
        }
        for byte in part {
            bytes.append(byte)
            if byte == 0 { bytes.append(0xFF) }
        }
    }

    private mutating func reserveHashAndLength() -> Int {
        let start = bytes.count
        for _ in 0..<18 { bytes.append(0) }
        return start
    }

    private mutating func closePartitionKey(at start: Int) {
        let length = bytes.count - start - 18
        bytes[start + 16] = UInt8(truncatingIfNeeded: length >> 8)
        bytes[start + 17] = UInt8(truncatingIfNeeded: length)
        bytes.withUnsafeMutableBytes { buffer in
            let key = UnsafeRawBufferPointer(rebasing: buffer[(start + 18)...])
            PartitionHash.hash(key, into: (buffer.baseAddress! + start).assumingMemoryBound(to: UInt8.self))
        }
    }
}

extension AttributeValue {
    /// The bytes that order scalar values of one type.
    var orderedBytes: [UInt8] {
        switch self {
        case .string(let text): return Array(text.utf8)
        case .binary(let bytes): return bytes
        case .number(let number):
            var bytes: [UInt8] = []
            number.appendOrderedBytes(to: &bytes)
            return bytes
        default: preconditionFailure("a key is a string, a number or binary")
        }
    }
}
