import CZlib

/// Bodies in gzip's frame (RFC 1952), through the system's zlib.
enum Gzip {
    enum Failure: Error {
        case notGzip
        /// More comes out than allowed.
        case tooLarge
    }

    private static let chunkBytes = 64 << 10
    /// Speed matters more than the last percent: what is compressed here seldom goes far.
    private static let level: Int32 = 1

    static func compress(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        precondition(czlib_deflate_init_gzip(&stream, level) == Z_OK, "zlib has no memory")
        defer { deflateEnd(&stream) }
        let bound = Int(deflateBound(&stream, UInt(bytes.count)))
        return bytes.withUnsafeBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: bound) { output, count in
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(bound)
                precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END, "the bound of deflate holds")
                count = bound - Int(stream.avail_out)
            }
        }
    }

    /// Refuses as soon as more than `maximum` bytes come out, however small the input is.
    static func inflate(_ bytes: UnsafeRawBufferPointer, maximum: Int) throws(Failure) -> [UInt8] {
        var stream = z_stream()
        precondition(czlib_inflate_init_gzip(&stream) == Z_OK, "zlib has no memory")
        defer { inflateEnd(&stream) }
        stream.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
        stream.avail_in = UInt32(bytes.count)
        var inflated: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: chunkBytes)
        while true {
            let (code, count) = chunk.withUnsafeMutableBufferPointer { chunk in
                stream.next_out = chunk.baseAddress
                stream.avail_out = UInt32(chunk.count)
                return (CZlib.inflate(&stream, Z_NO_FLUSH), chunk.count - Int(stream.avail_out))
            }
            inflated += chunk[..<count]
            if inflated.count > maximum { throw .tooLarge }
            if code == Z_STREAM_END { break }
            // Without progress the input has ended too early.
            if code != Z_OK || (count == 0 && stream.avail_in == 0) { throw .notGzip }
        }
        if stream.avail_in > 0 { throw .notGzip }
        return inflated
    }
}
