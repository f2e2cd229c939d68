import Model

/// Expiry, tags and policies.
extension RequestDecoding {
    mutating func updateTimeToLive(_ body: Structure) throws(WireError) -> UpdateTimeToLiveRequest {
        UpdateTimeToLiveRequest(
            tableName: try mainTableName(body),
            specification: try timeToLiveSpecification(body)
        )
    }

    private mutating func timeToLiveSpecification(_ body: Structure) throws(WireError) -> TimeToLiveSpecification {
        var specification = TimeToLiveSpecification(enabled: false, attributeName: Self.filler)
        guard let given = try structure(body, "TimeToLiveSpecification") else {
            violate(nil, at: body.path("TimeToLiveSpecification"), .notNull)
            return specification
        }
        if let enabled = try bool(given, "Enabled") {
            specification.enabled = enabled
        } else {
            violate(nil, at: given.path("Enabled"), .notNull)
        }
        specification.attributeName = try requiredString(given, "AttributeName") ?? Self.filler
        return specification
    }

    mutating func describeTimeToLive(_ body: Structure) throws(WireError) -> DescribeTimeToLiveRequest {
        DescribeTimeToLiveRequest(tableName: try mainTableName(body))
    }

    // MARK: Tags

    mutating func tagResource(_ body: Structure) throws(WireError) -> TagResourceRequest {
        let arn = try resourceArn(body)
        if !body.has("Tags") { violate(nil, at: body.path("Tags"), .notNull) }
        return TagResourceRequest(resourceArn: arn, tags: try tags(body))
    }

    mutating func untagResource(_ body: Structure) throws(WireError) -> UntagResourceRequest {
        let arn = try resourceArn(body)
        var keys: [String] = []
        if let documents = try list(body, "TagKeys") {
            for document in documents { keys.append(try string(document)) }
        } else {
            violate(nil, at: body.path("TagKeys"), .notNull)
        }
        return UntagResourceRequest(resourceArn: arn, tagKeys: keys)
    }

    mutating func listTagsOfResource(_ body: Structure) throws(WireError) -> ListTagsOfResourceRequest {
        ListTagsOfResourceRequest(resourceArn: try resourceArn(body), nextToken: try string(body, "NextToken"))
    }

    private mutating func resourceArn(_ body: Structure) throws(WireError) -> String {
        try requiredString(body, "ResourceArn") ?? Self.filler
    }

    // MARK: Policies

    mutating func putResourcePolicy(_ body: Structure) throws(WireError) -> PutResourcePolicyRequest {
        let arn = try resourceArn(body)
        if !body.has("Policy") { violate(nil, at: body.path("Policy"), .notNull) }
        return PutResourcePolicyRequest(
            resourceArn: arn,
            policy: try resourcePolicy(body, "Policy") ?? ResourcePolicy(text: "", policy: Policy(statements: [])),
            expectedRevisionId: try string(body, "ExpectedRevisionId"),
            confirmRemoveSelfResourceAccess: try bool(body, "ConfirmRemoveSelfResourceAccess") ?? false
        )
    }

    mutating func getResourcePolicy(_ body: Structure) throws(WireError) -> GetResourcePolicyRequest {
        GetResourcePolicyRequest(resourceArn: try resourceArn(body))
    }

    mutating func deleteResourcePolicy(_ body: Structure) throws(WireError) -> DeleteResourcePolicyRequest {
        DeleteResourcePolicyRequest(
            resourceArn: try resourceArn(body),
            expectedRevisionId: try string(body, "ExpectedRevisionId")
        )
    }

    /// A policy that cannot be read is refused, and is nil.
    mutating func resourcePolicy(_ body: Structure, _ name: String) throws(WireError) -> ResourcePolicy? {
        guard let text = try string(body, name) else { return nil }
        do throws(PolicyError) {
            return try ResourcePolicyDecoder.decode(text)
        } catch {
            let place = error.path.isEmpty ? "" : " (at \(error.place))"
            refuse("Invalid policy document: \(error.message)\(place)")
            return nil
        }
    }
}
