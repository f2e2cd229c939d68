/// The actions that policies name: one an operation, but for transactions and PartiQL. Source: reference I6.
public enum AccessAction {
    /// Without their `dynamodb:`, in byte order.
    public static let names = [
        "BatchGetItem", "BatchWriteItem", "ConditionCheckItem", "CreateBackup", "CreateGlobalTable", "CreateTable",
        "CreateTableReplica", "DeleteBackup", "DeleteItem", "DeleteResourcePolicy", "DeleteTable",
        "DeleteTableReplica", "DescribeBackup", "DescribeContinuousBackups", "DescribeContributorInsights",
        "DescribeEndpoints", "DescribeExport", "DescribeGlobalTable", "DescribeGlobalTableSettings",
        "DescribeImport", "DescribeKinesisStreamingDestination", "DescribeLimits", "DescribeReservedCapacity",
        "DescribeReservedCapacityOfferings", "DescribeStream", "DescribeTable",
        "DescribeTableReplicaAutoScaling", "DescribeTimeToLive", "DisableKinesisStreamingDestination",
        "EnableKinesisStreamingDestination", "ExportTableToPointInTime", "GetItem", "GetRecords",
        "GetResourcePolicy", "GetShardIterator", "ImportTable", "ListBackups", "ListContributorInsights",
        "ListExports", "ListGlobalTables", "ListImports", "ListStreams", "ListTables", "ListTagsOfResource",
        "PartiQLDelete", "PartiQLInsert", "PartiQLSelect", "PartiQLUpdate", "PurchaseReservedCapacityOfferings",
        "PutItem", "PutResourcePolicy", "Query", "RestoreTableFromAwsBackup", "RestoreTableFromBackup",
        "RestoreTableToPointInTime", "Scan", "StartAwsBackupJob", "TagResource", "UntagResource",
        "UpdateContinuousBackups", "UpdateContributorInsights", "UpdateGlobalTable", "UpdateGlobalTableSettings",
        "UpdateGlobalTableVersion", "UpdateItem", "UpdateKinesisStreamingDestination", "UpdateTable",
        "UpdateTableReplicaAutoScaling", "UpdateTimeToLive",
    ]

    /// Operations that are no actions, and the actions that they need.
    public static let ofOperations: [(operation: String, actions: String)] = [
        ("TransactWriteItems", "PutItem, UpdateItem, DeleteItem and ConditionCheckItem"),
        ("TransactGetItems", "GetItem"),
        ("ExecuteStatement", "PartiQLSelect, PartiQLInsert, PartiQLUpdate and PartiQLDelete"),
        ("BatchExecuteStatement", "PartiQLSelect, PartiQLInsert, PartiQLUpdate and PartiQLDelete"),
        ("ExecuteTransaction", "PartiQLSelect, PartiQLInsert, PartiQLUpdate and PartiQLDelete"),
    ]
}
