/// One clause of a verb: how it is written, and which member of the API's request it fills.
public struct ClauseReference: Equatable, Sendable {
    let keyword: Keyword
    /// The word that opens it.
    public var name: String { keyword.rawValue }
    public let syntax: String
    public let summary: String
    /// Nil for what only the shell does.
    public let apiParameter: String?

    init(_ keyword: Keyword, _ syntax: String, _ summary: String, api apiParameter: String? = nil) {
        self.keyword = keyword
        self.syntax = syntax
        self.summary = summary
        self.apiParameter = apiParameter
    }
}

extension ClauseReference {
    static let key = ClauseReference(
        .key,
        "KEY pk = value [AND sk operator value]",
        "which items to read",
        api: "KeyConditionExpression"
    )
    static let filter = ClauseReference(
        .filter,
        "FILTER condition",
        "drops items after they were read and billed",
        api: "FilterExpression"
    )
    static let project = ClauseReference(
        .project,
        "PROJECT path, path, …",
        "which attributes to return",
        api: "ProjectionExpression"
    )
    static let consistent = ClauseReference(
        .consistent,
        "CONSISTENT",
        "reads from the leader, at twice the price",
        api: "ConsistentRead"
    )
    static let count = ClauseReference(.count, "COUNT", "only how many items there are", api: "Select")
    static let limit = ClauseReference(
        .limit,
        "LIMIT n",
        "how many items one page evaluates, before FILTER",
        api: "Limit"
    )
    static let take = ClauseReference(.take, "TAKE n", "asks for pages until n items are returned")
    static let all = ClauseReference(.all, "ALL", "asks for pages to the end")
    static let ascending = ClauseReference(
        .ascending,
        "ASC",
        "by ascending sort key, the default",
        api: "ScanIndexForward"
    )
    static let descending = ClauseReference(
        .descending,
        "DESC",
        "by descending sort key",
        api: "ScanIndexForward"
    )
    static let after = ClauseReference(
        .after,
        "AFTER key | AFTER LAST",
        "starts behind this key, or where the last page ended",
        api: "ExclusiveStartKey"
    )
    static let index = ClauseReference(.index, "INDEX name", "reads this index of the table", api: "IndexName")
    static let segment = ClauseReference(
        .segment,
        "SEGMENT n OF m",
        "one of m parallel parts, counted from 0",
        api: "Segment, TotalSegments"
    )
    static let names = ClauseReference(
        .names,
        "NAMES {#n: 'attribute'}",
        "what #n stands for",
        api: "ExpressionAttributeNames"
    )
    static let values = ClauseReference(
        .values,
        "VALUES {:v: value}",
        "what :v stands for",
        api: "ExpressionAttributeValues"
    )
    static let condition = ClauseReference(
        .condition,
        "IF condition",
        "writes only if the stored item satisfies it",
        api: "ConditionExpression"
    )
    static let otherwise = ClauseReference(
        .otherwise,
        "ELSE ALL_OLD",
        "returns the stored item when the condition is false",
        api: "ReturnValuesOnConditionCheckFailure"
    )
    static let returnOld = ClauseReference(
        .returning,
        "RETURN NONE | ALL_OLD",
        "returns what was there before",
        api: "ReturnValues"
    )
    static let returning = ClauseReference(
        .returning,
        "RETURN NONE | ALL_OLD | UPDATED_OLD | ALL_NEW | UPDATED_NEW",
        "returns the item, or what changed, before or after",
        api: "ReturnValues"
    )
    static let set = ClauseReference(
        .set,
        "SET path = value [+ value], …",
        "writes attributes",
        api: "UpdateExpression"
    )
    static let remove = ClauseReference(.remove, "REMOVE path, …", "removes attributes", api: "UpdateExpression")
    static let add = ClauseReference(
        .add,
        "ADD path value, …",
        "adds to a number or a set",
        api: "UpdateExpression"
    )
    static let deleteMembers = ClauseReference(
        .delete,
        "DELETE path <<members>>, …",
        "takes members out of a set",
        api: "UpdateExpression"
    )
    static let token = ClauseReference(
        .token,
        "TOKEN 'text'",
        "makes repeating it within ten minutes harmless",
        api: "ClientRequestToken"
    )
    static let select = ClauseReference(
        .select,
        "Select ALL_ATTRIBUTES | ALL_PROJECTED_ATTRIBUTES | SPECIFIC_ATTRIBUTES | COUNT",
        "which attributes to return",
        api: "Select"
    )
    static let scanIndexForward = ClauseReference(
        .scanIndexForward,
        "ScanIndexForward true | false",
        "the API's name of ASC and DESC",
        api: "ScanIndexForward"
    )
    static let totalSegments = ClauseReference(
        .totalSegments,
        "TotalSegments m",
        "the API's name of OF m",
        api: "TotalSegments"
    )
    static let updateExpression = ClauseReference(
        .updateExpression,
        "UpdateExpression \"…\"",
        "a whole update expression, quoted",
        api: "UpdateExpression"
    )
    static let capacity = ClauseReference(
        .returnConsumedCapacity,
        "ReturnConsumedCapacity INDEXES | TOTAL | NONE",
        "asks for the cost in the answer itself",
        api: "ReturnConsumedCapacity"
    )
    static let metrics = ClauseReference(
        .returnItemCollectionMetrics,
        "ReturnItemCollectionMetrics SIZE | NONE",
        "asks how large the item collection is",
        api: "ReturnItemCollectionMetrics"
    )

    static let provisioned = ClauseReference(
        .provisioned,
        "PROVISIONED r RCU w WCU",
        "capacity that is always paid",
        api: "ProvisionedThroughput"
    )
    static let onDemand = ClauseReference(
        .on,
        "ON DEMAND [MAX r RCU w WCU]",
        "pays for each request",
        api: "BillingMode, OnDemandThroughput"
    )
    static let warm = ClauseReference(
        .warm,
        "WARM r RCU w WCU",
        "what it can serve at once",
        api: "WarmThroughput"
    )
    static let globalIndex = ClauseReference(
        .globalIndex,
        "GSI name (attributes) [ALL | KEYS_ONLY | INCLUDE (names)] [AT r RCU w WCU]",
        "a global secondary index",
        api: "GlobalSecondaryIndexes"
    )
    static let globalIndexUpdate = ClauseReference(
        .globalIndex,
        "GSI name AT r RCU w WCU",
        "another capacity of an index",
        api: "GlobalSecondaryIndexUpdates"
    )
    static let localIndex = ClauseReference(
        .localIndex,
        "LSI name (attribute) [ALL | KEYS_ONLY | INCLUDE (names)]",
        "a local secondary index",
        api: "LocalSecondaryIndexes"
    )
    static let tableClass = ClauseReference(
        .tableClass,
        "CLASS STANDARD | STANDARD_INFREQUENT_ACCESS",
        "dear requests or dear storage",
        api: "TableClass"
    )
    static let tags = ClauseReference(.tags, "TAGS {name: 'text'}", "labels", api: "Tags")
    static let protect = ClauseReference(
        .protect,
        "PROTECT ON | OFF",
        "refuses to drop the table",
        api: "DeletionProtectionEnabled"
    )
    static let timeToLive = ClauseReference(
        .timeToLive,
        "TTL attribute | OFF",
        "deletes items some time after the second that the attribute names",
        api: "TimeToLiveSpecification"
    )
    static let stream = ClauseReference(
        .stream,
        "STREAM NEW_AND_OLD_IMAGES | NEW_IMAGE | OLD_IMAGE | KEYS_ONLY | OFF",
        "tells every change of an item, and how much of it",
        api: "StreamSpecification"
    )
    static let tailFrom = ClauseReference(
        .from,
        "FROM TRIM_HORIZON | LATEST | -10m",
        "where to begin: the oldest record, what comes from now on, or so long ago",
        api: "ShardIteratorType"
    )
    static let shard = ClauseReference(
        .shard,
        "SHARD 'id'",
        "only this shard; the end of its id will do",
        api: "ShardId"
    )
    static let takeRecords = ClauseReference(.take, "TAKE n", "stops after n records")
    static let follow = ClauseReference(
        .follow,
        "FOLLOW",
        "goes on with what becomes readable: until Ctrl-C, or in a pipe until a simulated second brings nothing"
    )
    static let at = ClauseReference(
        .at,
        "AT r RCU w WCU",
        "the index's own capacity",
        api: "ProvisionedThroughput"
    )
    static let projectAll = ClauseReference(.all, "ALL", "the index holds every attribute", api: "Projection")
    static let keysOnly = ClauseReference(.keysOnly, "KEYS_ONLY", "the index holds keys only", api: "Projection")
    static let include = ClauseReference(
        .include,
        "INCLUDE (name, …)",
        "the index holds keys and these attributes",
        api: "Projection"
    )
    static let advance = ClauseReference(.advance, "ADVANCE 5m", "lets simulated time pass")
    static let port = ClauseReference(.port, "PORT 8000", "where to listen; 0 takes any free port")
    static let delay = ClauseReference(.by, "BY 20ms", "how much longer each message takes: Fault slow")
    static let otherSide = ClauseReference(
        .from,
        "FROM node n1 | az a | router r1",
        "the other side of what is cut: Fault cut"
    )
    static let duration = ClauseReference(.forDuration, "FOR 2m", "it heals by itself after so long")
    static let parameters = ClauseReference(
        .parameters,
        "PARAMS [value, …]",
        "what each ? stands for",
        api: "Parameters"
    )
}
