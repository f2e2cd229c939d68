import Engine
import Model
import NIOCore
import Wire

/// Decides whose request it is. Order and texts of the refusals: reference J, "auth order".
///
/// With a root access key every signature is verified: root's with its secret, a user's with the user's. Without one, a
/// request counts as root's whatever it is signed with, unless it names the access key of a user: then it must be signed
/// as that user, and is one.
struct Authenticator {
    private let region: Region
    private let rootAccessKey: AccessKey?
    /// Making one takes four codes, and it is good for a day.
    private var signingKeys: [String: (secret: String, scope: SignatureV4.Scope, key: [UInt8])] = [:]
    private static let signingKeysMax = 1_000

    init(region: Region, rootAccessKey: AccessKey?) {
        self.region = region
        self.rootAccessKey = rootAccessKey
    }

    /// Nil is the account's root.
    mutating func caller(of request: IncomingRequest) throws(ServiceError) -> Caller? {
        guard let text = request.headers.authorization else { throw .missingAuthenticationTokenException }
        let headers = request.headers
        guard let accessKeyID = AuthorizationHeader.accessKeyID(in: text),
            headers.amazonDate != nil || headers.date != nil
        else { throw Self.incomplete(text, headers) }
        let isRoot = accessKeyID == rootAccessKey?.id
        let secret = isRoot ? rootAccessKey?.secret : region.secretAccessKey(of: accessKeyID)
        if secret == nil, rootAccessKey == nil { return nil }
        guard let authorization = AuthorizationHeader(text) else { throw Self.incomplete(text, headers) }
        let scope = try checkedScope(of: authorization, headers, now: EndpointClock.wallSeconds())
        guard let secret else { throw .unrecognizedClientException }
        try verify(request, authorization, scope, accessKeyID: accessKeyID, secret: secret)
        return isRoot ? nil : Caller(accessKeyID: accessKeyID, signature: .verified(isRight: true))
    }

    // MARK: Form

    private static func incomplete(_ text: String, _ headers: IncomingRequest.Headers) -> ServiceError {
        var message = ""
        for part in AuthorizationHeader.missingParts(of: text) {
            message += "Authorization header requires '\(part)' parameter. "
        }
        if headers.amazonDate == nil, headers.date == nil {
            message += "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
        }
        return .incompleteSignatureException(message + "Authorization=\(text)")
    }

    private func checkedScope(
        of authorization: AuthorizationHeader,
        _ headers: IncomingRequest.Headers,
        now: Int
    ) throws(ServiceError) -> SignatureScope {
        let signed = try SignatureDate(headers)
        try signed.checkSkew(now: now)
        if !authorization.signedHeaders.contains("host") {
            throw .invalidSignatureException(
                "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."
            )
        }
        if authorization.algorithm != SignatureV4.algorithm {
            throw .incompleteSignatureException("Unsupported AWS 'algorithm': '\(authorization.algorithm)'.")
        }
        let parts = authorization.credential.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 5 else {
            throw .incompleteSignatureException(
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got "
                    + "'\(authorization.credential)'"
            )
        }
        var faults = ""
        if parts[2] != region.name { faults += "Credential should be scoped to a valid region, not '\(parts[2])'. " }
        if parts[3] != SignatureV4.service {
            faults += "Credential should be scoped to correct service: '\(SignatureV4.service)'. "
        }
        if parts[4] != SignatureV4.terminator {
            faults +=
                "Credential should be scoped with a valid terminator: '\(SignatureV4.terminator)', not '\(parts[4])'. "
        }
        if parts[1] != signed.time.basicDate {
            faults +=
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                + "'\(parts[1])' != '\(signed.time.basicDate)', from '\(signed.time.basicISO8601)'. "
        }
        if !faults.isEmpty { throw .invalidSignatureException(faults) }
        let scope = SignatureV4.Scope(date: String(parts[1]), region: region.name)
        return SignatureScope(scope: scope, timestamp: signed.time.basicISO8601)
    }

    private struct SignatureScope {
        let scope: SignatureV4.Scope
        let timestamp: String
    }

    // MARK: Signature

    private mutating func verify(
        _ request: IncomingRequest,
        _ authorization: AuthorizationHeader,
        _ signed: SignatureScope,
        accessKeyID: String,
        secret: String
    ) throws(ServiceError) {
        let canonical = request.signable.canonicalText(signedHeaders: authorization.signedHeaders)
        let text = SignatureV4.stringToSign(
            canonicalRequest: canonical,
            timestamp: signed.timestamp,
            scope: signed.scope
        )
        let key = signingKey(of: accessKeyID, secret, signed.scope)
        if Self.areEqual(SignatureV4.signature(of: text, signingKey: key), authorization.signature) { return }
        throw .invalidSignatureException(
            "\(ServiceError.signatureDoesNotMatch.message)\n\nThe Canonical String for this request should have been\n"
                + "'\(canonical)'\n\nThe String-to-Sign should have been\n'\(text)'\n"
        )
    }

    private mutating func signingKey(of accessKeyID: String, _ secret: String, _ scope: SignatureV4.Scope) -> [UInt8] {
        if let known = signingKeys[accessKeyID], known.secret == secret, known.scope == scope { return known.key }
        let key = SignatureV4.signingKey(secret: secret, scope: scope)
        if signingKeys.count >= Self.signingKeysMax { signingKeys.removeAll() }
        signingKeys[accessKeyID] = (secret, scope, key)
        return key
    }

    /// In a time that tells nothing of where they differ.
    private static func areEqual(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        return zip(left.utf8, right.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// When the client says that it signed.
private struct SignatureDate {
    private static let skewSecondsMax = 15 * 60

    let time: CalendarTime

    /// `X-Amz-Date` comes before `Date`, which may be in HTTP's own form.
    init(_ headers: IncomingRequest.Headers) throws(ServiceError) {
        let text = headers.amazonDate ?? headers.date ?? ""
        let isAmazonDate = headers.amazonDate != nil
        guard let time = CalendarTime(basicISO8601: text) ?? (isAmazonDate ? nil : CalendarTime(httpDate: text)) else {
            throw .incompleteSignatureException(
                "Date must be in ISO-8601 'basic format'. Got '\(text)'. See http://en.wikipedia.org/wiki/ISO_8601"
            )
        }
        self.time = time
    }

    func checkSkew(now: Int) throws(ServiceError) {
        let shown = CalendarTime(secondsSince1970: now).basicISO8601
        let earliest = now - Self.skewSecondsMax
        let latest = now + Self.skewSecondsMax
        if time.secondsSince1970 < earliest {
            let limit = CalendarTime(secondsSince1970: earliest).basicISO8601
            throw .invalidSignatureException(
                "Signature expired: \(time.basicISO8601) is now earlier than \(limit) (\(shown) - 15 min.)"
            )
        }
        if time.secondsSince1970 > latest {
            let limit = CalendarTime(secondsSince1970: latest).basicISO8601
            throw .invalidSignatureException(
                "Signature not yet current: \(time.basicISO8601) is still later than \(limit) (\(shown) + 15 min.)"
            )
        }
    }
}

extension IncomingRequest {
    var signable: SignableRequest {
        let fields = head.headers.map { (name: $0.name, value: $0.value) }
        func make(_ bytes: UnsafeRawBufferPointer) -> SignableRequest {
            SignableRequest(
                method: head.method.rawValue,
                path: String(path),
                query: String(query),
                headers: fields,
                body: bytes
            )
        }
        return body.map { $0.withUnsafeReadableBytes(make) } ?? make(UnsafeRawBufferPointer(start: nil, count: 0))
    }
}
