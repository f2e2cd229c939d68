import Model

extension Region {
    func getResourcePolicy(
        _ request: GetResourcePolicyRequest,
        _ journey: inout Journey
    ) throws(ServiceError) -> GetResourcePolicyResponse {
        let router = arrive(&journey)
        try ConstraintViolations.check { $0.check(request) }
        let table = try resource(at: request.resourceArn, mayBeStream: true).table
        guard let attached = table.resourcePolicies[request.resourceArn] else {
            throw ResourcePolicyRules.notFound(request.resourceArn)
        }
        finish(router, &journey)
        return GetResourcePolicyResponse(policy: attached.policy.text, revisionId: attached.revisionID)
    }
}
