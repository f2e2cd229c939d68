import Model

/// Expiry, tags, policies, and what the account may.
extension ResponseEncoder {
    static func encode(_ response: TimeToLiveSpecification, into body: inout ObjectBuilder) {
        body.add("TimeToLiveSpecification", RequestEncoder.timeToLiveSpecification(response))
    }

    static func encode(_ response: TimeToLiveDescription, into body: inout ObjectBuilder) {
        var description = ObjectBuilder()
        description.add("TimeToLiveStatus", response.status.rawValue)
        description.add("AttributeName", response.attributeName)
        body.add("TimeToLiveDescription", description.object)
    }

    static func encode(_ response: ListTagsOfResourceResponse, into body: inout ObjectBuilder) {
        body.add("Tags", Document.array(response.tags.map(RequestEncoder.tag)))
        body.add("NextToken", response.nextToken)
    }

    static func encode(_ response: ResourcePolicyRevision, into body: inout ObjectBuilder) {
        body.add("RevisionId", response.revisionId)
    }

    static func encode(_ response: GetResourcePolicyResponse, into body: inout ObjectBuilder) {
        body.add("Policy", response.policy)
        body.add("RevisionId", response.revisionId)
    }

    static func encode(_ response: AccountLimits, into body: inout ObjectBuilder) {
        body.add("AccountMaxReadCapacityUnits", response.accountMaxReadCapacityUnits)
        body.add("AccountMaxWriteCapacityUnits", response.accountMaxWriteCapacityUnits)
        body.add("TableMaxReadCapacityUnits", response.tableMaxReadCapacityUnits)
        body.add("TableMaxWriteCapacityUnits", response.tableMaxWriteCapacityUnits)
    }

    static func encode(_ response: [ServiceEndpoint], into body: inout ObjectBuilder) {
        let endpoints = response.map { endpoint in
            Document.object([
                Document.Member("Address", .string(endpoint.address)),
                Document.Member("CachePeriodInMinutes", .number(endpoint.cachePeriodInMinutes)),
            ])
        }
        body.add("Endpoints", Document.array(endpoints))
    }
}
