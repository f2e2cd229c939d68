import Model
import Testing
import Wire

/// Expiry, tags, policies and limits on the wire.
@Suite struct ResourceTests {
    private func message(_ operation: Operation, _ json: String) throws -> String? {
        let document = try JSONReader.read(json)
        do {
            _ = try RequestDecoder.decode(operation, document)
            return nil
        } catch {
            switch error {
            case .service(let error): return error.message
            case .serialization(let message): return "SerializationException: " + message
            }
        }
    }

    private func text(_ response: Response) -> String { JSONWriter.compactText(ResponseEncoder.encode(response)) }

    @Test func whatIsMissingIsToldTogether() throws {
        let null = "failed to satisfy constraint: Member must not be null"
        #expect(
            try message(.updateTimeToLive, #"{"TableName":"abc"}"#)
                == "1 validation error detected: Value null at 'timeToLiveSpecification' \(null)"
        )
        #expect(
            try message(.updateTimeToLive, #"{"TableName":"abc","TimeToLiveSpecification":{}}"#)
                == "2 validation errors detected: Value null at 'timeToLiveSpecification.enabled' \(null); Value null "
                + "at 'timeToLiveSpecification.attributeName' \(null)"
        )
        #expect(
            try message(.updateTimeToLive, "{}") == "1 validation error detected: Value null at 'tableName' \(null)"
        )
        #expect(
            try message(.tagResource, "{}")
                == "2 validation errors detected: Value null at 'resourceArn' \(null); Value null at 'tags' \(null)"
        )
        #expect(
            try message(.tagResource, #"{"ResourceArn":"a","Tags":[{"Key":"k"}]}"#)
                == "1 validation error detected: Value null at 'tags.1.member.value' \(null)"
        )
        #expect(
            try message(.untagResource, #"{"ResourceArn":"a"}"#)
                == "1 validation error detected: Value null at 'tagKeys' \(null)"
        )
        #expect(
            try message(.putResourcePolicy, "{}")
                == "2 validation errors detected: Value null at 'resourceArn' \(null); Value null at 'policy' \(null)"
        )
        #expect(
            try message(.updateTimeToLive, #"{"TableName":"abc","TimeToLiveSpecification":{"Enabled":"yes"}}"#)
                == "SerializationException: STRING_VALUE cannot be converted to Boolean"
        )
    }

    @Test(arguments: [
        ("not JSON", "the policy is no JSON"),
        ("{}", "a policy has a Statement"),
        (
            #"{"Statement":{"Effect":"Allow","Action":"dynamodb:GetItem","Resource":"*"}}"#,
            "a resource's policy says who it is about (at Statement)"
        ),
        (
            #"{"Statement":[{"Effect":"Maybe","Principal":"*","Action":"*","Resource":"*"}]}"#,
            "Effect is Allow or Deny, not Maybe (at Statement[0].Effect)"
        ),
        (
            #"{"Statement":[{"Effect":"Allow","Principal":"me","Action":"*","Resource":"*"}]}"#,
            "a principal is * or an object (at Statement[0].Principal)"
        ),
    ])
    func aMalformedPolicyIsRefused(policy: String, problem: String) throws {
        let quoted = JSONWriter.compactText(.string(policy))
        let expected = "Invalid policy document: \(problem)"
        #expect(try message(.putResourcePolicy, #"{"ResourceArn":"arn:x","Policy":\#(quoted)}"#) == expected)
        let keys = #""AttributeDefinitions":[],"KeySchema":[{"AttributeName":"a","KeyType":"HASH"}]"#
        #expect(
            try message(.createTable, #"{"TableName":"abc",\#(keys),"ResourcePolicy":\#(quoted)}"#) == expected
        )
    }

    @Test func aPolicyWithPrincipalsIsWrittenAsItIsRead() throws {
        for principal in ["*", #"{"AWS":"arn:x"}"#, #"{"AWS":["arn:x","arn:y"]}"#] {
            let principal = principal == "*" ? "\"*\"" : principal
            let text = #"{"Statement":[{"Effect":"Allow","Principal":\#(principal),"Action":"*","Resource":"*"}]}"#
            let policy = try PolicyDecoder.decode(JSONReader.read(text), of: .resource)
            #expect(JSONWriter.compactText(PolicyEncoder.encode(policy)).contains(#""Principal":\#(principal),"#))
            #expect(try PolicyDecoder.decode(PolicyEncoder.encode(policy), of: .resource) == policy)
        }
    }

    @Test(arguments: ["ReplicaUpdates", "MultiRegionConsistency", "GlobalTableWitnessUpdates"])
    func globalTablesAreRefusedByName(name: String) throws {
        #expect(
            try message(.updateTable, #"{"TableName":"abc","\#(name)":[]}"#)
                == "The parameter \(name) is not supported by this version of Sortkey"
        )
    }

    @Test func answers() {
        #expect(
            text(.updateTimeToLive(.init(enabled: true, attributeName: "t")))
                == #"{"TimeToLiveSpecification":{"Enabled":true,"AttributeName":"t"}}"#
        )
        #expect(
            text(.describeTimeToLive(.init(status: .disabled)))
                == #"{"TimeToLiveDescription":{"TimeToLiveStatus":"DISABLED"}}"#
        )
        #expect(
            text(.describeTimeToLive(.init(status: .enabling, attributeName: "t")))
                == #"{"TimeToLiveDescription":{"TimeToLiveStatus":"ENABLING","AttributeName":"t"}}"#
        )
        #expect(
            text(.listTagsOfResource(.init(tags: [Tag(key: "k", value: "")], nextToken: "n")))
                == #"{"Tags":[{"Key":"k","Value":""}],"NextToken":"n"}"#
        )
        #expect(text(.tagResource) == "{}")
        #expect(text(.putResourcePolicy(.init(revisionId: "17"))) == #"{"RevisionId":"17"}"#)
        #expect(text(.deleteResourcePolicy(.init())) == "{}")
        #expect(
            text(.getResourcePolicy(.init(policy: "{}", revisionId: "17"))) == #"{"Policy":"{}","RevisionId":"17"}"#
        )
        #expect(
            text(
                .describeLimits(
                    .init(
                        accountMaxReadCapacityUnits: 1,
                        accountMaxWriteCapacityUnits: 2,
                        tableMaxReadCapacityUnits: 3,
                        tableMaxWriteCapacityUnits: 4
                    )
                )
            ) == #"{"AccountMaxReadCapacityUnits":1,"AccountMaxWriteCapacityUnits":2,"#
                + #""TableMaxReadCapacityUnits":3,"TableMaxWriteCapacityUnits":4}"#
        )
        #expect(
            text(.describeEndpoints([.init(address: "a", cachePeriodInMinutes: 1_440)]))
                == #"{"Endpoints":[{"Address":"a","CachePeriodInMinutes":1440}]}"#
        )
    }
}
