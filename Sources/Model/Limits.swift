/// The service's fixed limits. Sizes are bytes. Source: reference A2–A4, B1.
public enum Limits {
    public static let itemSize = 409_600
    public static let partitionKeySize = 2_048
    public static let sortKeySize = 1_024
    public static let nestingDepth = 32
    public static let attributeNameSize = 65_535
    public static let keyAttributeNameLength = 255
    public static let tableNameLength = 3...255
    public static let tableArnLength = 1_024
    public static let expressionSize = 4_096
    public static let placeholderSize = 255
    public static let placeholderValuesSize = 2 << 20
    public static let expressionOperators = 300
    public static let inOperands = 100
    public static let pageSize = 1 << 20
    public static let batchGetKeys = 100
    public static let batchGetSize = 16_000_000
    public static let batchWriteRequests = 25
    public static let batchWriteSize = 16 << 20
    public static let transactionActions = 100
    public static let transactionSize = 4 << 20
    public static let globalIndexes = 20
    public static let localIndexes = 5
    public static let projectedAttributes = 100
    public static let nonKeyAttributesPerIndex = 20
    public static let globalIndexHashAttributes = 4
    public static let globalIndexRangeAttributes = 4
    public static let tags = 50
    public static let clientRequestTokenLength = 36
    public static let listTablesNames = 100
    public static let writeUnitSize = 1_024
    public static let readUnitSize = 4_096
    public static let tableThroughput = 40_000
    public static let accountThroughput = 80_000
    public static let statementSize = 8_192
}
