/// A policy that is attached to a resource: the text that was given, and what it says. Whoever reads the text makes both
/// agree.
public struct ResourcePolicy: Equatable, Sendable {
    /// JSON, returned as it was given.
    public var text: String
    /// Each statement has principals.
    public var policy: Policy

    public init(text: String, policy: Policy) {
        self.text = text
        self.policy = policy
    }
}
