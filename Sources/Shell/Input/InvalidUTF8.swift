/// Looks for bytes that are no UTF-8. Nearly all statements are ASCII, which is seen eight bytes at a time.
enum InvalidUTF8 {
    /// Of the first byte that does not fit; nil for valid text.
    static func offset(in bytes: UnsafeRawBufferPointer) -> Int? {
        if isASCII(bytes) { return nil }
        return bytes.withMemoryRebound(to: UInt8.self) { units in
            do throws(UTF8.ValidationError) {
                _ = try UTF8Span(validating: Span(_unsafeElements: units))
                return nil
            } catch {
                return error.byteOffsets.lowerBound
            }
        }
    }

    private static func isASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var mask: UInt64 = 0
        var offset = 0
        while offset + 8 <= bytes.count {
            mask |= bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            offset += 8
        }
        while offset < bytes.count {
            mask |= UInt64(bytes[offset])
            offset += 1
        }
        return mask & 0x8080_8080_8080_8080 == 0
    }
}
