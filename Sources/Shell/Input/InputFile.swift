import Glibc

/// Reading files and streams in large chunks.
enum InputFile {
    static let chunkSize = 1 << 17

    static func readAll(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: chunkSize)
        while case let count = read(descriptor, into: &chunk), count > 0 { bytes += chunk.prefix(count) }
        return bytes
    }

    /// As `read`: the number of bytes, 0 at the end, negative on an error, EINTR included.
    static func read(_ descriptor: Int32, into chunk: inout [UInt8]) -> Int {
        Glibc.read(descriptor, &chunk, chunk.count)
    }
}
