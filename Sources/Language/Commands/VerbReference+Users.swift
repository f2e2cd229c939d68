extension VerbReference {
    static let userRows: [VerbReference] = [
        VerbReference(
            .createUser,
            ["CreateUser"],
            .users,
            "CreateUser [IF NOT EXISTS] name [POLICY {…}] [KEY 'access key' SECRET 'text']",
            "a user of the account, who may do what its policies allow",
            examples: [
                "CreateUser alice POLICY {Version: '2012-10-17', Statement: [{Effect: 'Allow',"
                    + " Action: 'dynamodb:*', Resource: 'arn:aws:dynamodb:*:*:table/app'}]};",
                "CreateUser tester KEY 'test' SECRET 'test';",
            ],
            clauses: [.policy, .accessKey, .secret]
        ),
        VerbReference(
            .updateUser,
            ["UpdateUser", "PutUserPolicy"],
            .users,
            "UpdateUser name [POLICY {…}] [KEY 'access key' SECRET 'text']",
            "gives a user other policies than it had, or another access key",
            examples: [
                "UpdateUser alice POLICY {Version: '2012-10-17', Statement: [{Effect: 'Allow',"
                    + " Action: ['dynamodb:GetItem', 'dynamodb:Query'], Resource: '*', Condition:"
                    + " {'ForAllValues:StringEquals': {'dynamodb:LeadingKeys': ['USER#${aws:username}']}}}]};"
            ],
            clauses: [.policy, .accessKey, .secret]
        ),
        VerbReference(
            .dropUser,
            ["DropUser", "DeleteUser"],
            .users,
            "DropUser [IF EXISTS] name",
            "the user's access key is worth nothing from now on",
            examples: ["DropUser alice;"]
        ),
    ]
}

extension ClauseReference {
    static let policy = ClauseReference(
        .policy,
        "POLICY {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: …, Resource: …}]}",
        "what the user may do; several times, for several policies",
        api: "PolicyDocument"
    )
    static let accessKey = ClauseReference(.key, "KEY 'access key'", "what the user signs with", api: "AccessKeyId")
    static let secret = ClauseReference(
        .secret,
        "SECRET 'text'",
        "the secret of the access key; never kept in the history",
        api: "SecretAccessKey"
    )
}
