import Model
import Wire

/// Time to live, tags, policies and the account.
extension ResponseDecoder {
    static func updateTimeToLive(_ body: inout Members) throws(BodyFault) -> TimeToLiveSpecification {
        try body.required("TimeToLiveSpecification").structure { body throws(BodyFault) in
            TimeToLiveSpecification(
                enabled: try body.required("Enabled").bool(),
                attributeName: try body.required("AttributeName").string()
            )
        }
    }

    static func describeTimeToLive(_ body: inout Members) throws(BodyFault) -> TimeToLiveDescription {
        try body.required("TimeToLiveDescription").structure { body throws(BodyFault) in
            TimeToLiveDescription(
                status: try body.required("TimeToLiveStatus").choice(),
                attributeName: try body.optional("AttributeName")?.string()
            )
        }
    }

    static func listTagsOfResource(_ body: inout Members) throws(BodyFault) -> ListTagsOfResourceResponse {
        let tags = try body.required("Tags").list { tag throws(BodyFault) in
            try tag.structure { body throws(BodyFault) in
                Tag(key: try body.required("Key").string(), value: try body.required("Value").string())
            }
        }
        return ListTagsOfResourceResponse(tags: tags, nextToken: try body.optional("NextToken")?.string())
    }

    static func policyRevision(_ body: inout Members) throws(BodyFault) -> ResourcePolicyRevision {
        ResourcePolicyRevision(revisionId: try body.optional("RevisionId")?.string())
    }

    static func getResourcePolicy(_ body: inout Members) throws(BodyFault) -> GetResourcePolicyResponse {
        GetResourcePolicyResponse(
            policy: try body.required("Policy").string(),
            revisionId: try body.required("RevisionId").string()
        )
    }

    static func describeLimits(_ body: inout Members) throws(BodyFault) -> AccountLimits {
        AccountLimits(
            accountMaxReadCapacityUnits: try body.required("AccountMaxReadCapacityUnits").int(),
            accountMaxWriteCapacityUnits: try body.required("AccountMaxWriteCapacityUnits").int(),
            tableMaxReadCapacityUnits: try body.required("TableMaxReadCapacityUnits").int(),
            tableMaxWriteCapacityUnits: try body.required("TableMaxWriteCapacityUnits").int()
        )
    }

    static func describeEndpoints(_ body: inout Members) throws(BodyFault) -> [ServiceEndpoint] {
        try body.required("Endpoints").list { endpoint throws(BodyFault) in
            try endpoint.structure { body throws(BodyFault) in
                ServiceEndpoint(
                    address: try body.required("Address").string(),
                    cachePeriodInMinutes: try body.required("CachePeriodInMinutes").int()
                )
            }
        }
    }
}
