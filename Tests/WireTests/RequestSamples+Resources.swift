import Model

extension RequestSamples {
    static let arn = "arn:aws:dynamodb:us-east-1:123456789012:table/Music"

    static let policy = ResourcePolicy(
        text: #"{"Statement": [{"Effect": "Deny", "NotPrincipal": {"AWS": ["arn:x", "1"]}, "Action": "*", "#
            + #""Resource": "*"}]}"#,
        policy: Policy(
            version: .of2008,
            statements: [
                PolicyStatement(
                    effect: .deny,
                    principals: .allBut(["arn:x", "1"]),
                    actions: .only(["*"]),
                    resources: .only(["*"])
                )
            ]
        )
    )

    static let resources: [Request] = [
        .updateTimeToLive(.init(tableName: "Tab", specification: .init(enabled: true, attributeName: "ttl"))),
        .updateTimeToLive(.init(tableName: arn, specification: .init(enabled: false, attributeName: "a b"))),
        .describeTimeToLive(.init(tableName: "Tab")),
        .tagResource(.init(resourceArn: arn, tags: [Tag(key: "k", value: ""), Tag(key: "l", value: "v")])),
        .untagResource(.init(resourceArn: arn, tagKeys: ["k", "l"])),
        .listTagsOfResource(.init(resourceArn: arn)),
        .listTagsOfResource(.init(resourceArn: arn, nextToken: "t")),
        .putResourcePolicy(.init(resourceArn: arn, policy: policy)),
        .putResourcePolicy(
            .init(
                resourceArn: arn,
                policy: policy,
                expectedRevisionId: "NO_POLICY",
                confirmRemoveSelfResourceAccess: true
            )
        ),
        .getResourcePolicy(.init(resourceArn: arn)),
        .deleteResourcePolicy(.init(resourceArn: arn)),
        .deleteResourcePolicy(.init(resourceArn: arn, expectedRevisionId: "17")),
        .describeLimits,
        .describeEndpoints,
    ]
}
