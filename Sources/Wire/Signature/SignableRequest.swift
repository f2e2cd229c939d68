/// What a signature covers of an HTTP request.
public struct SignableRequest: Sendable {
    public var method: String
    /// As sent, without the query.
    public var path: String
    /// As sent, without the question mark.
    public var query: String
    /// As sent; a name may come more than once.
    public var headers: [(name: String, value: String)]
    /// Hexadecimal SHA-256 of the body as sent.
    public var bodyHash: String

    public init(
        method: String,
        path: String,
        query: String = "",
        headers: [(name: String, value: String)],
        body: UnsafeRawBufferPointer
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        bodyHash = Hexadecimal.text(SHA256.hash(body))
    }

    /// The request in the one form that client and server agree on. `signedHeaders` are lower-case.
    public func canonicalText(signedHeaders: [String]) -> String {
        var lines = [method, canonicalPath, canonicalQuery]
        let sorted = signedHeaders.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        for name in sorted { lines.append("\(name):\(canonicalValue(of: name))") }
        lines += ["", sorted.joined(separator: ";"), bodyHash]
        return lines.joined(separator: "\n")
    }

    // MARK: Parts

    /// All values of the name with commas between them, outer blanks removed and inner ones made single.
    private func canonicalValue(of name: String) -> String {
        headers.filter { $0.name.lowercased() == name }
            .map { $0.value.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r\n" }.joined(separator: " ") }
            .joined(separator: ",")
    }

    /// Without `.`, `..` and empty segments; every segment percent-encoded as it came.
    private var canonicalPath: String {
        var segments: [Substring] = []
        for segment in path.split(separator: "/") where segment != "." {
            if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
        }
        if segments.isEmpty { return "/" }
        let isFolder = path.hasSuffix("/") || path.hasSuffix("/.") || path.hasSuffix("/..")
        return "/" + segments.map { PercentEncoding.encode($0.utf8) }.joined(separator: "/") + (isFolder ? "/" : "")
    }

    /// Sorted by name, then by value, each encoded in the one strict way.
    private var canonicalQuery: String {
        let pairs = query.split(separator: "&").map { pair in
            let equals = pair.firstIndex(of: "=") ?? pair.endIndex
            let name = PercentEncoding.encode(PercentEncoding.decode(pair[..<equals].utf8))
            let value = PercentEncoding.encode(PercentEncoding.decode(pair[equals...].dropFirst().utf8))
            return (name: name, value: value)
        }
        func precedes(_ left: String, _ right: String) -> Bool { left.utf8.lexicographicallyPrecedes(right.utf8) }
        let sorted = pairs.sorted { $0.name == $1.name ? precedes($0.value, $1.value) : precedes($0.name, $1.name) }
        return sorted.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    }
}

/// Percent-encoding as signatures want it: all but letters, digits, `-`, `.`, `_` and `~`.
enum PercentEncoding {
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.append(byte)
            default: encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// A percent sign without two digits stands for itself.
    static func decode(_ text: some Sequence<UInt8>) -> [UInt8] {
        let bytes = Array(text)
        var decoded: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = digit(bytes[index + 1]),
                let low = digit(bytes[index + 2])
            {
                decoded.append(high << 4 | low)
                index += 3
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return decoded
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
