import Glibc

enum File {
    static func text(_ path: String) -> String {
        let file = open(path, O_RDONLY)
        precondition(file >= 0, "\(path) cannot be read")
        defer { close(file) }
        return String(decoding: readToEnd(file), as: UTF8.self)
    }

    /// Writes what a file holds to an open one.
    static func copy(_ path: String, to output: Int32) {
        let file = open(path, O_RDONLY)
        precondition(file >= 0, "\(path) cannot be read")
        defer { close(file) }
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(file, &chunk, chunk.count)
            if count <= 0 { return }
            chunk[..<count].withUnsafeBytes { writeAll($0, to: output) }
        }
    }

    static func writeAll(_ bytes: UnsafeRawBufferPointer, to output: Int32) {
        var rest = bytes
        while rest.count > 0 {
            let written = write(output, rest.baseAddress!, rest.count)
            precondition(written > 0, "what is written must be taken")
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
        }
    }

    static func readToEnd(_ file: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(file, &chunk, chunk.count)
            if count <= 0 { return bytes }
            bytes += chunk[..<count]
        }
    }
}
