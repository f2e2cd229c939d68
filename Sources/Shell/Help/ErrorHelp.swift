/// What an error of the service means and what to run next.
struct ErrorHelp {
    let name: String
    let meaning: String
    let cure: String
    let examples: [String]

    var text: String {
        var text = "\(name)\n  \(meaning)\n  \(cure)\n"
        for example in examples { text += "try:   \(example)\n" }
        return text
    }

    static let all: [ErrorHelp] = [
        ErrorHelp(
            name: "ThrottlingException",
            meaning: "A bucket of capacity was empty: of the table, an index, a partition or the account.",
            cure: "Its reasons name the bucket. A hot key stays hot however much the table has: spread it.",
            examples: ["Show partitions;", "Show events;", "UpdateTable app ON DEMAND;"]
        ),
        ErrorHelp(
            name: "ProvisionedThroughputExceededException",
            meaning: "More units were asked for than the table or index has provisioned, or one partition serves.",
            cure: "Retry later, provision more, or spread the keys: one partition serves 1,000 WCU and 3,000 RCU.",
            examples: ["Show partitions;", "UpdateTable app PROVISIONED 100 RCU 50 WCU;", "UpdateTable app ON DEMAND;"]
        ),
        ErrorHelp(
            name: "TrimmedDataAccessException",
            meaning: "The records asked for are older than 24 hours, and gone from the stream.",
            cure: "Ask for TRIM_HORIZON: it begins at the oldest record there is.",
            examples: ["Show streams;", "Tail app FROM TRIM_HORIZON;"]
        ),
        ErrorHelp(
            name: "ExpiredIteratorException",
            meaning: "A shard iterator can be used for 15 minutes.",
            cure: "Get a new one, AFTER_SEQUENCE_NUMBER of the last record that was read.",
            examples: ["help GetShardIterator", "Tail app;"]
        ),
        ErrorHelp(
            name: "ConditionalCheckFailedException",
            meaning: "The IF condition was false for the item as it was. Nothing was written; the units are billed.",
            cure: "ELSE ALL_OLD returns the item with the error, so that no second read is needed.",
            examples: ["upd app 'USER#alice', 'PROFILE' SET points = points - 5 IF points >= 5 ELSE ALL_OLD;"]
        ),
        ErrorHelp(
            name: "TransactionCanceledException",
            meaning: "One statement of the transaction failed, so none was carried out.",
            cure: "The list in brackets has one reason for each statement, in order; None are the innocent ones.",
            examples: ["help TransactWrite"]
        ),
        ErrorHelp(
            name: "TransactionConflictException",
            meaning: "A transaction in progress holds the item.",
            cure: "Send the request again.",
            examples: []
        ),
        ErrorHelp(
            name: "TransactionInProgressException",
            meaning: "The transaction with this TOKEN is still running.",
            cure: "Wait and send it again with the same TOKEN.",
            examples: []
        ),
        ErrorHelp(
            name: "IdempotentParameterMismatchException",
            meaning: "This TOKEN was used within ten minutes for a transaction that was not the same.",
            cure: "Use a new TOKEN for a new transaction.",
            examples: []
        ),
        ErrorHelp(
            name: "ResourceNotFoundException",
            meaning: "There is no such table or index, or it is not ACTIVE yet.",
            cure: "Names are case-sensitive; an index is written table/index.",
            examples: ["Show tables;", "Show indexes;"]
        ),
        ErrorHelp(
            name: "ResourceInUseException",
            meaning: "The table exists already, or is being created, changed or deleted.",
            cure: "Wait until it is ACTIVE, or say IF NOT EXISTS.",
            examples: ["Describe app;", "CreateTable IF NOT EXISTS app (pk S, sk S);"]
        ),
        ErrorHelp(
            name: "ValidationException",
            meaning: "The request breaks a rule of the service; its message says which.",
            cure: "\\api shows the request as it was sent.",
            examples: ["EXPLAIN Query app 'USER#alice';"]
        ),
        ErrorHelp(
            name: "LimitExceededException",
            meaning: "Too many tables are being changed at once, or a limit of the account is reached.",
            cure: "Wait for the changes to finish.",
            examples: ["Show tables;"]
        ),
        ErrorHelp(
            name: "ItemCollectionSizeLimitExceededException",
            meaning: "With a local index all items of one partition key share one partition: 10 GB at most.",
            cure: "Delete items of this key, or use a global index instead.",
            examples: ["Show settings;"]
        ),
        ErrorHelp(
            name: "DuplicateItemException",
            meaning: "PartiQL's INSERT found an item with the same key.",
            cure: "PutItem replaces; UPDATE changes.",
            examples: []
        ),
        ErrorHelp(
            name: "AccessDeniedException",
            meaning: "The user's policies do not allow this action on this resource, or one of them denies it.",
            cure: "TRACE shows which statement decided. A Deny beats every Allow.",
            examples: ["Show users;", "help UpdateUser", ".as root"]
        ),
        ErrorHelp(
            name: "UnrecognizedClientException",
            meaning: "Nobody has the access key that the request names.",
            cure: "The user was dropped, or has another key by now.",
            examples: ["Show users;", ".as root"]
        ),
        ErrorHelp(
            name: "InvalidSignatureException",
            meaning: "The request was signed with another secret than the one of its access key.",
            cure: "Nothing was looked at: the router checks the signature first.",
            examples: ["TRACE ListTables;", ".as root"]
        ),
        ErrorHelp(
            name: "InternalServerError",
            meaning: "A part of the service that the request needs is dead, cut off or too slow; a write may have"
                + " happened or not.",
            cure: "See what is broken, then send it again; a condition or a TOKEN makes repeating a write safe.",
            examples: ["Fault list;", "Show replicas;", "Show nodes;"]
        ),
    ]
}
