/// AWS Signature Version 4: what is signed, and with which key. Source: reference J, "SigV4".
public enum SignatureV4 {
    public static let algorithm = "AWS4-HMAC-SHA256"
    public static let service = "dynamodb"
    public static let terminator = "aws4_request"

    /// What a signing key is good for: one day, one region, one service.
    public struct Scope: Hashable, Sendable, CustomStringConvertible {
        /// `20150830`
        public var date: String
        public var region: String
        public var service: String

        public init(date: String, region: String, service: String = SignatureV4.service) {
            self.date = date
            self.region = region
            self.service = service
        }

        public var description: String { "\(date)/\(region)/\(service)/\(terminator)" }
    }

    /// The chain of codes from the secret over date, region and service.
    public static func signingKey(secret: String, scope: Scope) -> [UInt8] {
        [scope.date, scope.region, scope.service, terminator].reduce(Array("AWS4\(secret)".utf8)) { key, part in
            SHA256.authenticationCode(of: Array(part.utf8), key: key)
        }
    }

    public static func stringToSign(canonicalRequest: String, timestamp: String, scope: Scope) -> String {
        let hash = Hexadecimal.text(SHA256.hash(Array(canonicalRequest.utf8)))
        return "\(algorithm)\n\(timestamp)\n\(scope)\n\(hash)"
    }

    /// As 64 hexadecimal digits.
    public static func signature(of stringToSign: String, signingKey: [UInt8]) -> String {
        Hexadecimal.text(SHA256.authenticationCode(of: Array(stringToSign.utf8), key: signingKey))
    }

    /// The value of an `Authorization` header for the request, which must have the headers that are signed.
    public static func authorization(
        of request: SignableRequest,
        accessKeyID: String,
        secret: String,
        scope: Scope,
        timestamp: String,
        signedHeaders: [String]
    ) -> String {
        let canonical = request.canonicalText(signedHeaders: signedHeaders)
        let text = stringToSign(canonicalRequest: canonical, timestamp: timestamp, scope: scope)
        let signature = signature(of: text, signingKey: signingKey(secret: secret, scope: scope))
        let names = signedHeaders.sorted().joined(separator: ";")
        return "\(algorithm) Credential=\(accessKeyID)/\(scope), SignedHeaders=\(names), Signature=\(signature)"
    }
}
