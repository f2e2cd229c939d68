import Model

/// What the calls about resource policies refuse. Source: API Reference, PutResourcePolicy.
enum ResourcePolicyRules {
    /// White space counts.
    static func check(_ policy: ResourcePolicy) throws(ServiceError) {
        let size = policy.text.utf8.count
        if size > Limits.resourcePolicySize {
            throw .limitExceededException(
                "Resource-based policy size exceeds the maximum of \(Limits.resourcePolicySize) bytes: \(size)"
            )
        }
    }

    /// A change that expects another revision, or none, than there is.
    static func check(
        _ expected: String?,
        against attached: AttachedPolicy?,
        of arn: String
    ) throws(ServiceError) {
        guard let expected else { return }
        if expected != attached?.revisionID ?? AttachedPolicy.noPolicy { throw notFound(arn) }
    }

    static func notFound(_ arn: String) -> ServiceError {
        .policyNotFoundException("Resource-based policy not found for the provided ResourceArn: \(arn)")
    }
}
