import Model

/// Expiry, tags and policies.
extension RequestEncoder {
    static func updateTimeToLive(_ request: UpdateTimeToLiveRequest) -> Document {
        var body = ObjectBuilder()
        body.add("TableName", request.tableName)
        body.add("TimeToLiveSpecification", timeToLiveSpecification(request.specification))
        return body.object
    }

    static func timeToLiveSpecification(_ specification: TimeToLiveSpecification) -> Document {
        .object([
            Document.Member("Enabled", .bool(specification.enabled)),
            Document.Member("AttributeName", .string(specification.attributeName)),
        ])
    }

    static func describeTimeToLive(_ request: DescribeTimeToLiveRequest) -> Document {
        .object([Document.Member("TableName", .string(request.tableName))])
    }

    static func tagResource(_ request: TagResourceRequest) -> Document {
        .object([
            Document.Member("ResourceArn", .string(request.resourceArn)),
            Document.Member("Tags", .array(request.tags.map(tag))),
        ])
    }

    static func untagResource(_ request: UntagResourceRequest) -> Document {
        .object([
            Document.Member("ResourceArn", .string(request.resourceArn)),
            Document.Member("TagKeys", .array(request.tagKeys.map(Document.string))),
        ])
    }

    static func listTagsOfResource(_ request: ListTagsOfResourceRequest) -> Document {
        var body = ObjectBuilder()
        body.add("ResourceArn", request.resourceArn)
        body.add("NextToken", request.nextToken)
        return body.object
    }

    static func putResourcePolicy(_ request: PutResourcePolicyRequest) -> Document {
        var body = ObjectBuilder()
        body.add("ResourceArn", request.resourceArn)
        body.add("Policy", request.policy.text)
        body.add("ExpectedRevisionId", request.expectedRevisionId)
        body.add("ConfirmRemoveSelfResourceAccess", request.confirmRemoveSelfResourceAccess, unless: false)
        return body.object
    }

    static func getResourcePolicy(_ request: GetResourcePolicyRequest) -> Document {
        .object([Document.Member("ResourceArn", .string(request.resourceArn))])
    }

    static func deleteResourcePolicy(_ request: DeleteResourcePolicyRequest) -> Document {
        var body = ObjectBuilder()
        body.add("ResourceArn", request.resourceArn)
        body.add("ExpectedRevisionId", request.expectedRevisionId)
        return body.object
    }
}
