/// With what a user signs requests: a public name, and the secret that only the user and the service know.
public struct AccessKey: Hashable, Sendable {
    public var id: String
    public var secret: String

    public init(id: String, secret: String) {
        self.id = id
        self.secret = secret
    }
}
