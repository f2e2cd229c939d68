import Model

/// The policy of a table or stream.
struct AttachedPolicy {
    let policy: ResourcePolicy
    /// Larger for a later one: milliseconds since 1970 when it was attached.
    let revision: Int64

    var revisionID: String { String(revision) }

    /// What a caller expects that wants to attach the first policy.
    static let noPolicy = "NO_POLICY"
}

extension Region {
    /// Gives a resource a policy. The same one again is no change.
    @discardableResult
    func attach(_ policy: ResourcePolicy, to arn: String, of table: Table) -> AttachedPolicy {
        let former = table.resourcePolicies[arn]
        if let former, former.policy == policy { return former }
        let revision = max(now.microseconds / 1_000, (former?.revision ?? 0) + 1)
        let attached = AttachedPolicy(policy: policy, revision: revision)
        table.resourcePolicies[arn] = attached
        return attached
    }
}
