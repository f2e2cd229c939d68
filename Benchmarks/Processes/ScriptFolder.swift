import Glibc

/// Statements in files, for programs that read them; removed at the end.
final class ScriptFolder {
    private let path: String
    private var names: [String] = []

    init() {
        var template = Array("/tmp/sortkey-benchmark-XXXXXX".utf8CString)
        precondition(mkdtemp(&template) != nil, "a folder for scripts must be had")
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for name in names { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    /// Writes a file once, and answers its path.
    func write(_ name: String, _ body: (inout ScriptWriter) -> Void) -> String {
        let file = "\(path)/\(name)"
        if names.contains(name) { return file }
        names.append(name)
        var writer = ScriptWriter(file)
        body(&writer)
        writer.close()
        return file
    }
}

struct ScriptWriter {
    private let file: Int32
    private var bytes: [UInt8] = []

    init(_ path: String) {
        file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        precondition(file >= 0, "\(path) cannot be written")
    }

    mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        if bytes.count > 1 << 20 { flush() }
    }

    mutating func append(_ text: UnsafeRawBufferPointer) { bytes.append(contentsOf: text) }

    mutating func close() {
        flush()
        Glibc.close(file)
    }

    private mutating func flush() {
        bytes.withUnsafeBytes { File.writeAll($0, to: file) }
        bytes.removeAll(keepingCapacity: true)
    }
}
