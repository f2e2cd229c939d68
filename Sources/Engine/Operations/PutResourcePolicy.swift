import Model

extension Region {
    func putResourcePolicy(
        _ request: PutResourcePolicyRequest,
        _ journey: inout Journey
    ) throws(ServiceError) -> ResourcePolicyRevision {
        let router = arrive(&journey)
        try ConstraintViolations.check { $0.check(request) }
        try ResourcePolicyRules.check(request.policy)
        let arn = request.resourceArn
        let table = try resource(at: arn, mayBeStream: true).table
        try checkIsThere(table)
        try ResourcePolicyRules.check(request.expectedRevisionId, against: table.resourcePolicies[arn], of: arn)
        finish(router, &journey)
        return ResourcePolicyRevision(revisionId: attach(request.policy, to: arn, of: table).revisionID)
    }
}
