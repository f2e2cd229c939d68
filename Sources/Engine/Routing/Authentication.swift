import Model

/// Who sends a request, as the request itself says it. A request without a caller is the account's root: it may do
/// everything, and nothing is checked.
public struct Caller: Equatable, Sendable {
    /// What proves that the caller is who it says.
    public enum Signature: Equatable, Sendable {
        /// The secret that it signs with; right when it is the secret of the access key.
        case secret(String)
        /// An endpoint has verified the signature of the bytes it received, with `secretAccessKey(of:)`.
        case verified(isRight: Bool)
    }

    public var accessKeyID: String
    public var signature: Signature

    public init(accessKeyID: String, signature: Signature) {
        self.accessKeyID = accessKeyID
        self.signature = signature
    }
}

/// A user: who it is, how it proves that, and what it may do. A change makes a new one.
final class Identity: Sendable {
    let name: String
    /// `arn:aws:iam::ACCOUNT:user/NAME`
    let arn: String
    let accessKey: AccessKey
    let policies: [Policy]

    init(name: String, arn: String, accessKey: AccessKey, policies: [Policy]) {
        self.name = name
        self.arn = arn
        self.accessKey = accessKey
        self.policies = policies
    }

    func proves(_ signature: Caller.Signature) -> Bool {
        switch signature {
        case .secret(let secret): secret == accessKey.secret
        case .verified(let isRight): isRight
        }
    }
}

/// Everybody the account knows: the identity service that routers ask.
struct UserDirectory {
    private var byName: [String: Identity] = [:]

    /// In byte order of names.
    var identities: [Identity] { byName.values.sorted { $0.name.bytesPrecede($1.name) } }

    subscript(name: String) -> Identity? { byName[name] }

    func identity(ofAccessKey accessKeyID: String) -> Identity? {
        byName.values.first { $0.accessKey.id == accessKeyID }
    }

    /// Who the caller is. Throws UnrecognizedClientException for an unknown access key, InvalidSignatureException for
    /// another secret than the key's.
    func authenticate(_ caller: Caller) throws(ServiceError) -> Identity {
        guard let identity = identity(ofAccessKey: caller.accessKeyID) else { throw .unrecognizedClientException }
        guard identity.proves(caller.signature) else { throw .signatureDoesNotMatch }
        return identity
    }

    mutating func keep(_ identity: Identity) { byName[identity.name] = identity }

    mutating func remove(_ name: String) { byName[name] = nil }
}

/// What one router remembers of the directory, so that it need not ask for every request.
struct IdentityCache {
    private var entries: [String: (identity: Identity, until: SimulatedInstant)] = [:]

    /// The user with this access key, if it was asked for lately and has not changed since.
    func identity(ofAccessKey accessKeyID: String, in directory: UserDirectory, at instant: SimulatedInstant)
        -> Identity?
    {
        guard let entry = entries[accessKeyID], instant < entry.until, directory[entry.identity.name] === entry.identity
        else { return nil }
        return entry.identity
    }

    mutating func remember(_ identity: Identity, until instant: SimulatedInstant) {
        entries[identity.accessKey.id] = (identity, instant)
    }
}

extension Region {
    /// The router's first question: whose request is it? A router that does not remember the user asks the identity
    /// service, which takes time.
    func authenticate(_ caller: Caller, router: Int, _ journey: inout Journey) throws(ServiceError) -> Identity {
        let cached = fleet[router].identities.identity(
            ofAccessKey: caller.accessKeyID,
            in: directory,
            at: journey.now
        )
        if cached == nil { journey.spend(median: constants.identityLookup) }
        let place = "router \(fleet[router].name)"
        let source = cached == nil ? "asked the identity service" : "identity cached"
        do throws(ServiceError) {
            let identity = try directory.authenticate(caller)
            if cached == nil {
                fleet[router].identities.remember(
                    identity,
                    until: journey.now.advanced(byMicroseconds: constants.identityMemory)
                )
            }
            journey.trace(place, "authenticate: \(identity.name), signature is right; \(source)")
            return identity
        } catch {
            let found =
                error == .unrecognizedClientException
                ? "nobody has the access key \(caller.accessKeyID)" : "the signature is wrong"
            journey.trace(place, "authenticate: refused, \(found); \(source)")
            throw error
        }
    }
}
