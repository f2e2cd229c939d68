/// `AWS4-HMAC-SHA256 Credential=AKID/20150830/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=…`
public struct AuthorizationHeader: Equatable, Sendable {
    public let algorithm: String
    public let credential: String
    /// Lower-case, as listed.
    public let signedHeaders: [String]
    public let signature: String

    /// Nil when a part is missing; then `missingParts` tells which.
    public init?(_ text: String) {
        let parts = Parts(text)
        guard let credential = parts.credential, let signature = parts.signature,
            let signedHeaders = parts.signedHeaders
        else { return nil }
        algorithm = String(text.prefix { $0 != " " && $0 != "," })
        self.credential = Self.slice(text, credential)
        self.signature = Self.slice(text, signature)
        self.signedHeaders = Self.slice(text, signedHeaders).split(separator: ";").map { $0.lowercased() }
    }

    /// In the order in which the service tells of them.
    public static func missingParts(of text: String) -> [String] {
        let parts = Parts(text)
        let found = [
            ("Credential", parts.credential), ("Signature", parts.signature), ("SignedHeaders", parts.signedHeaders),
        ]
        return found.filter { $0.1 == nil }.map(\.0)
    }

    /// The access key's name: all before the first slash of the credential. Nil when a part is missing. Every request
    /// asks for it.
    public static func accessKeyID(in text: String) -> String? {
        let parts = Parts(text)
        guard let credential = parts.credential, parts.signature != nil, parts.signedHeaders != nil else { return nil }
        let bytes = text.utf8.dropFirst(credential.lowerBound).prefix(credential.count)
        return String(decoding: bytes.prefix { $0 != UInt8(ascii: "/") }, as: UTF8.self)
    }

    private static func slice(_ text: String, _ range: Range<Int>) -> String {
        String(decoding: text.utf8.dropFirst(range.lowerBound).prefix(range.count), as: UTF8.self)
    }

    /// Where in the header's bytes each part's value stands; an empty one is missing.
    private struct Parts {
        var credential: Range<Int>?
        var signature: Range<Int>?
        var signedHeaders: Range<Int>?

        init(_ text: String) {
            var text = text
            text.withUTF8 { find(in: UnsafeRawBufferPointer($0)) }
        }

        /// Words stand between commas and blanks; the first is the algorithm.
        private mutating func find(in bytes: UnsafeRawBufferPointer) {
            var isFirst = true
            var start = 0
            while start < bytes.count {
                var end = start
                while end < bytes.count, bytes[end] != UInt8(ascii: ","), bytes[end] != UInt8(ascii: " ") { end += 1 }
                if end > start {
                    if !isFirst { take(bytes, start..<end) }
                    isFirst = false
                }
                start = end + 1
            }
        }

        private mutating func take(_ bytes: UnsafeRawBufferPointer, _ word: Range<Int>) {
            func value(of name: StaticString) -> Range<Int>? {
                let length = name.utf8CodeUnitCount
                // The name, which ends with an equals sign, and something behind it.
                guard word.count > length else { return nil }
                for index in 0..<length where bytes[word.lowerBound + index] != name.utf8Start[index] { return nil }
                return word.lowerBound + length..<word.upperBound
            }
            if let found = value(of: "Credential=") {
                credential = found
            } else if let found = value(of: "Signature=") {
                signature = found
            } else if let found = value(of: "SignedHeaders=") {
                signedHeaders = found
            }
        }
    }
}
