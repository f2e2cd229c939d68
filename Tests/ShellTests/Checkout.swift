import Glibc

/// The files of the package that is being tested.
enum Checkout {
    /// This file lies three steps below it.
    static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        .joined(separator: "/")

    /// Absolute paths of the files below a folder of the package whose names end so, sorted.
    static func files(under folder: String, suffix: String) -> [String] {
        files(underPath: "\(root)/\(folder)", suffix: suffix).sorted()
    }

    private static func files(underPath path: String, suffix: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var files: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasPrefix(".") { continue }
            files +=
                name.hasSuffix(suffix) ? ["\(path)/\(name)"] : Self.files(underPath: "\(path)/\(name)", suffix: suffix)
        }
        return files
    }
}
