import Model

@testable import Engine

extension Region {
    static let music = "arn:aws:dynamodb:us-east-1:000000000000:table/Music"

    func tag(_ tags: [(String, String)], on arn: String = music) throws(ServiceError) {
        let request = TagResourceRequest(resourceArn: arn, tags: tags.map { Tag(key: $0.0, value: $0.1) })
        _ = try perform(.tagResource(request))
    }

    func untag(_ keys: String..., on arn: String = music) throws(ServiceError) {
        _ = try perform(.untagResource(UntagResourceRequest(resourceArn: arn, tagKeys: keys)))
    }

    func tags(_ arn: String = music, after token: String? = nil) throws(ServiceError) -> ListTagsOfResourceResponse {
        let request = ListTagsOfResourceRequest(resourceArn: arn, nextToken: token)
        guard case .listTagsOfResource(let page) = try perform(.listTagsOfResource(request)) else {
            preconditionFailure("a list")
        }
        return page
    }

    @discardableResult
    func putPolicy(
        _ policy: ResourcePolicy,
        on arn: String = music,
        expecting revision: String? = nil
    ) throws(ServiceError) -> String? {
        let request = PutResourcePolicyRequest(resourceArn: arn, policy: policy, expectedRevisionId: revision)
        guard case .putResourcePolicy(let answer) = try perform(.putResourcePolicy(request)) else {
            preconditionFailure("a revision")
        }
        return answer.revisionId
    }

    func policy(of arn: String = music) throws(ServiceError) -> GetResourcePolicyResponse {
        guard case .getResourcePolicy(let answer) = try perform(.getResourcePolicy(.init(resourceArn: arn))) else {
            preconditionFailure("a policy")
        }
        return answer
    }

    func deletePolicy(of arn: String = music, expecting revision: String? = nil) throws(ServiceError) -> String? {
        let request = DeleteResourcePolicyRequest(resourceArn: arn, expectedRevisionId: revision)
        guard case .deleteResourcePolicy(let answer) = try perform(.deleteResourcePolicy(request)) else {
            preconditionFailure("a revision")
        }
        return answer.revisionId
    }
}

extension ResourcePolicy {
    /// The text only tells one policy from another.
    init(_ text: String, _ statements: PolicyStatement...) {
        self.init(text: text, policy: Policy(statements: statements))
    }
}
