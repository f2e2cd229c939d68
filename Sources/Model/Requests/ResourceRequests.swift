/// Calls about a resource by its ARN: its tags and its policy.
public struct TagResourceRequest: Equatable, Sendable {
    public var resourceArn: String
    public var tags: [Tag]

    public init(resourceArn: String, tags: [Tag]) {
        self.resourceArn = resourceArn
        self.tags = tags
    }
}

public struct UntagResourceRequest: Equatable, Sendable {
    public var resourceArn: String
    public var tagKeys: [String]

    public init(resourceArn: String, tagKeys: [String]) {
        self.resourceArn = resourceArn
        self.tagKeys = tagKeys
    }
}

public struct ListTagsOfResourceRequest: Equatable, Sendable {
    public var resourceArn: String
    public var nextToken: String?

    public init(resourceArn: String, nextToken: String? = nil) {
        self.resourceArn = resourceArn
        self.nextToken = nextToken
    }
}

public struct ListTagsOfResourceResponse: Equatable, Sendable {
    public var tags: [Tag]
    public var nextToken: String?

    public init(tags: [Tag], nextToken: String? = nil) {
        self.tags = tags
        self.nextToken = nextToken
    }
}

/// `expectedRevisionId` makes a change conditional; `NO_POLICY` stands for none yet.
public struct PutResourcePolicyRequest: Equatable, Sendable {
    public var resourceArn: String
    public var policy: ResourcePolicy
    public var expectedRevisionId: String?
    /// The caller knows that the policy takes its own access to the policy away.
    public var confirmRemoveSelfResourceAccess: Bool

    public init(
        resourceArn: String,
        policy: ResourcePolicy,
        expectedRevisionId: String? = nil,
        confirmRemoveSelfResourceAccess: Bool = false
    ) {
        self.resourceArn = resourceArn
        self.policy = policy
        self.expectedRevisionId = expectedRevisionId
        self.confirmRemoveSelfResourceAccess = confirmRemoveSelfResourceAccess
    }
}

public struct GetResourcePolicyRequest: Equatable, Sendable {
    public var resourceArn: String

    public init(resourceArn: String) { self.resourceArn = resourceArn }
}

public struct GetResourcePolicyResponse: Equatable, Sendable {
    public var policy: String
    public var revisionId: String

    public init(policy: String, revisionId: String) {
        self.policy = policy
        self.revisionId = revisionId
    }
}

public struct DeleteResourcePolicyRequest: Equatable, Sendable {
    public var resourceArn: String
    public var expectedRevisionId: String?

    public init(resourceArn: String, expectedRevisionId: String? = nil) {
        self.resourceArn = resourceArn
        self.expectedRevisionId = expectedRevisionId
    }
}

/// What PutResourcePolicy and DeleteResourcePolicy answer. Nil when there was no policy to delete.
public struct ResourcePolicyRevision: Equatable, Sendable {
    public var revisionId: String?

    public init(revisionId: String? = nil) { self.revisionId = revisionId }
}
