import Model

/// Statements about the account's users.
public enum UserCommand: Equatable, Sendable {
    /// Without an access key the service makes one. `toleratesExistence`: no error when there is nothing to do.
    case create(name: String, policies: [Policy], accessKey: AccessKey? = nil, toleratesExistence: Bool = false)
    /// What is nil stays as it is.
    case update(name: String, policies: [Policy]? = nil, accessKey: AccessKey? = nil)
    case drop(name: String, toleratesExistence: Bool = false)
}
