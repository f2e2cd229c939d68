import Model

/// The account's users: who may send requests, and what each may do. Managing them needs no permission: it is done
/// from outside, as everything in the laboratory is.
public protocol AccessControl: AnyObject {
    /// Who sends the requests that name nobody themselves; nil is the account's root.
    var caller: Caller? { get set }
    /// As `perform(_:report:)`, for a request that says who sends it.
    func perform(
        _ request: Request,
        from caller: Caller?,
        report: inout RequestReport
    ) throws(ServiceError) -> Response

    /// In byte order of names, root not among them.
    func users() -> [UserReport]
    /// To verify a signature with. Nil when nobody has this access key.
    func secretAccessKey(of accessKeyID: String) -> String?
    /// Without an access key the user gets one of the region's making. Throws a ValidationException when there is a
    /// user of this name, or with this access key, or when they cannot be named so.
    @discardableResult
    func createUser(_ name: String, policies: [Policy], accessKey: AccessKey?) throws(ServiceError) -> AccessKey
    /// Replaces what is given and keeps the rest. Routers learn of it at once.
    func updateUser(_ name: String, policies: [Policy]?, accessKey: AccessKey?) throws(ServiceError)
    /// Throws a ValidationException when there is no such user.
    func deleteUser(_ name: String) throws(ServiceError)
}

public struct UserReport: Sendable, Equatable {
    public var name: String
    public var arn: String
    public var accessKeyID: String
    public var policies: [Policy]
}

extension Region {
    public func users() -> [UserReport] {
        directory.identities.map { identity in
            UserReport(
                name: identity.name,
                arn: identity.arn,
                accessKeyID: identity.accessKey.id,
                policies: identity.policies
            )
        }
    }

    public func secretAccessKey(of accessKeyID: String) -> String? {
        directory.identity(ofAccessKey: accessKeyID)?.accessKey.secret
    }

    @discardableResult
    public func createUser(
        _ name: String,
        policies: [Policy],
        accessKey: AccessKey?
    ) throws(ServiceError) -> AccessKey {
        try checkUserName(name)
        if directory[name] != nil { throw .validationException("user \(name) exists already") }
        let accessKey = accessKey ?? makeAccessKey(for: name)
        try check(accessKey, of: name)
        directory.keep(
            Identity(
                name: name,
                arn: "arn:aws:iam::\(accountID):user/\(name)",
                accessKey: accessKey,
                policies: policies
            )
        )
        return accessKey
    }

    public func updateUser(_ name: String, policies: [Policy]?, accessKey: AccessKey?) throws(ServiceError) {
        guard let known = directory[name] else { throw Region.noSuchUser(name) }
        if let accessKey { try check(accessKey, of: name) }
        directory.keep(
            Identity(
                name: name,
                arn: known.arn,
                accessKey: accessKey ?? known.accessKey,
                policies: policies ?? known.policies
            )
        )
    }

    public func deleteUser(_ name: String) throws(ServiceError) {
        if directory[name] == nil { throw Region.noSuchUser(name) }
        directory.remove(name)
    }

    // MARK: Checks

    private static func noSuchUser(_ name: String) -> ServiceError {
        .validationException("there is no user \(name); Show users lists them")
    }

    private func checkUserName(_ name: String) throws(ServiceError) {
        if name.lowercased() == "root" {
            throw .validationException("root is the account itself; it may do everything")
        }
        guard (1...64).contains(name.utf8.count), name.utf8.allSatisfy(Region.isUserNameByte) else {
            throw .validationException("the name of a user is 1 to 64 letters, digits and any of + = , . @ _ -")
        }
    }

    private func check(_ accessKey: AccessKey, of name: String) throws(ServiceError) {
        let isName = accessKey.id.utf8.allSatisfy { Region.isUserNameByte($0) && !"+=,".utf8.contains($0) }
        guard (1...128).contains(accessKey.id.utf8.count), isName, !accessKey.secret.isEmpty else {
            throw .validationException("an access key is 1 to 128 letters and digits, and its secret is not empty")
        }
        if let owner = directory.identity(ofAccessKey: accessKey.id), owner.name != name {
            throw .validationException("user \(owner.name) has this access key")
        }
    }

    private static func isUserNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "+=,.@_-".utf8.contains(byte)
        }
    }

    // MARK: Keys

    /// From the seed and the name, in the form of the service's own keys.
    private func makeAccessKey(for name: String) -> AccessKey {
        var stream: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { stream = (stream ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var draws: UInt64 = 0
        func characters(_ count: Int, of alphabet: String) -> String {
            let alphabet = Array(alphabet.utf8)
            let bytes = (0..<count).map { _ in
                draws += 1
                return alphabet[Int(Randomness.draw(simulation.seed, stream, draws) % UInt64(alphabet.count))]
            }
            return String(decoding: bytes, as: UTF8.self)
        }
        let capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        return AccessKey(
            id: "AKIA" + characters(16, of: capitals + "234567"),
            secret: characters(40, of: capitals + "abcdefghijklmnopqrstuvwxyz0123456789+/")
        )
    }
}
