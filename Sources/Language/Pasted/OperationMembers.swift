import Model

/// The members of each operation's body, for pasted requests: to read options of the AWS CLI and to find typing errors.
struct OperationMember {
    enum Kind {
        case text, number, flag
        /// An object or a list: JSON or the CLI's shorthand.
        case structure
    }

    let name: String
    let kind: Kind

    static func of(_ operation: Operation) -> [OperationMember] { byOperation[operation] ?? [] }

    private static let byOperation: [Operation: [OperationMember]] = {
        let capacity = "ReturnConsumedCapacity"
        let placeholders = "ExpressionAttributeNames{} ExpressionAttributeValues{}"
        let write =
            "TableName ConditionExpression \(placeholders) ReturnValues \(capacity)"
            + " ReturnItemCollectionMetrics ReturnValuesOnConditionCheckFailure Expected{} ConditionalOperator"
        let page =
            "TableName IndexName FilterExpression ProjectionExpression \(placeholders) Limit#"
            + " ExclusiveStartKey{} ConsistentRead! Select \(capacity) AttributesToGet{} ConditionalOperator"
        let table =
            "TableName AttributeDefinitions{} BillingMode ProvisionedThroughput{} OnDemandThroughput{}"
            + " WarmThroughput{} TableClass DeletionProtectionEnabled! StreamSpecification{} SSESpecification{}"
        let texts: [Operation: String] = [
            .putItem: "Item{} " + write,
            .getItem: "TableName Key{} ConsistentRead! ProjectionExpression ExpressionAttributeNames{} \(capacity)"
                + " AttributesToGet{}",
            .updateItem: "Key{} UpdateExpression AttributeUpdates{} " + write,
            .deleteItem: "Key{} " + write,
            .query: "KeyConditionExpression ScanIndexForward! KeyConditions{} QueryFilter{} " + page,
            .scan: "Segment# TotalSegments# ScanFilter{} " + page,
            .batchGetItem: "RequestItems{} \(capacity)",
            .batchWriteItem: "RequestItems{} \(capacity) ReturnItemCollectionMetrics",
            .transactGetItems: "TransactItems{} \(capacity)",
            .transactWriteItems: "TransactItems{} ClientRequestToken \(capacity) ReturnItemCollectionMetrics",
            .executeStatement: "Statement Parameters{} ConsistentRead! NextToken Limit# \(capacity)"
                + " ReturnValuesOnConditionCheckFailure",
            .batchExecuteStatement: "Statements{} \(capacity)",
            .executeTransaction: "TransactStatements{} ClientRequestToken \(capacity)",
            .createTable: "KeySchema{} LocalSecondaryIndexes{} GlobalSecondaryIndexes{} Tags{} ResourcePolicy " + table,
            .updateTable: "GlobalSecondaryIndexUpdates{} ReplicaUpdates{} MultiRegionConsistency"
                + " GlobalTableWitnessUpdates{} " + table,
            .deleteTable: "TableName",
            .describeTable: "TableName",
            .listTables: "ExclusiveStartTableName Limit#",
            .updateTimeToLive: "TableName TimeToLiveSpecification{}",
            .describeTimeToLive: "TableName",
            .tagResource: "ResourceArn Tags{}",
            .untagResource: "ResourceArn TagKeys{}",
            .listTagsOfResource: "ResourceArn NextToken",
            .putResourcePolicy: "ResourceArn Policy ExpectedRevisionId ConfirmRemoveSelfResourceAccess!",
            .getResourcePolicy: "ResourceArn",
            .deleteResourcePolicy: "ResourceArn ExpectedRevisionId",
            .describeLimits: "",
            .describeEndpoints: "",
            .listStreams: "TableName Limit# ExclusiveStartStreamArn",
            .describeStream: "StreamArn Limit# ExclusiveStartShardId ShardFilter{}",
            .getShardIterator: "StreamArn ShardId ShardIteratorType SequenceNumber",
            .getRecords: "ShardIterator Limit#",
        ]
        return texts.mapValues { $0.split(separator: " ").map { OperationMember(String($0)) } }
    }()

    private init(_ text: String) {
        switch text.last {
        case "#": (name, kind) = (String(text.dropLast()), .number)
        case "!": (name, kind) = (String(text.dropLast()), .flag)
        case "}": (name, kind) = (String(text.dropLast(2)), .structure)
        default: (name, kind) = (text, .text)
        }
    }

    /// Members within structures that are numbers, for the CLI's shorthand.
    static let nestedNumbers: Set<String> = [
        "ReadCapacityUnits", "WriteCapacityUnits", "MaxReadRequestUnits", "MaxWriteRequestUnits", "ReadUnitsPerSecond",
        "WriteUnitsPerSecond",
    ]
    static let nestedFlags: Set<String> = ["BOOL", "NULL", "ConsistentRead", "StreamEnabled", "Enabled"]
}
