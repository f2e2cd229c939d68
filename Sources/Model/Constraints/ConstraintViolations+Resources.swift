/// The modelled constraints of the calls about expiry, tags and policies.
extension ConstraintViolations {
    public mutating func check(_ request: UpdateTimeToLiveRequest) {
        checkAttributeName(request.specification.attributeName, at: "timeToLiveSpecification.attributeName")
    }

    public mutating func check(_ request: TagResourceRequest) {
        check(resourceArn: request.resourceArn)
        check(request.tags)
    }

    public mutating func check(_ request: UntagResourceRequest) {
        check(resourceArn: request.resourceArn)
        for (offset, key) in request.tagKeys.enumerated() {
            check(length: key.utf16.count, of: key, at: "tagKeys.\(offset + 1).member", Limits.tagKeyLength)
        }
    }

    public mutating func check(_ request: ListTagsOfResourceRequest) { check(resourceArn: request.resourceArn) }

    public mutating func check(_ request: PutResourcePolicyRequest) {
        check(resourceArn: request.resourceArn)
        check(revision: request.expectedRevisionId)
    }

    public mutating func check(_ request: GetResourcePolicyRequest) { check(resourceArn: request.resourceArn) }

    public mutating func check(_ request: DeleteResourcePolicyRequest) {
        check(resourceArn: request.resourceArn)
        check(revision: request.expectedRevisionId)
    }

    private mutating func check(resourceArn: String) {
        check(length: resourceArn.utf16.count, of: resourceArn, at: "resourceArn", Limits.resourceArnLength)
    }

    private mutating func check(revision: String?) {
        guard let revision else { return }
        check(length: revision.utf16.count, of: revision, at: "expectedRevisionId", Limits.policyRevisionLength)
    }
}
