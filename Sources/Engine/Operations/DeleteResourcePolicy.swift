import Model

extension Region {
    /// Deleting no policy is no error, unless one was expected.
    func deleteResourcePolicy(
        _ request: DeleteResourcePolicyRequest,
        _ journey: inout Journey
    ) throws(ServiceError) -> ResourcePolicyRevision {
        let router = arrive(&journey)
        try ConstraintViolations.check { $0.check(request) }
        let arn = request.resourceArn
        let table = try resource(at: arn, mayBeStream: true).table
        try checkIsThere(table)
        try ResourcePolicyRules.check(request.expectedRevisionId, against: table.resourcePolicies[arn], of: arn)
        finish(router, &journey)
        return ResourcePolicyRevision(revisionId: table.resourcePolicies.removeValue(forKey: arn)?.revisionID)
    }
}
