/// The modelled constraints of the streams' own operations.
extension ConstraintViolations {
    private static let arnLength = 37...1_024
    private static let shardIDLength = 28...65
    private static let sequenceNumberLength = 21...40
    private static let iteratorLength = 1...2_048

    public mutating func check(_ request: ListStreamsRequest) {
        if let name = request.tableName {
            check(name: name, at: "tableName", minimum: Limits.tableNameLength.lowerBound)
        }
        if let limit = request.limit { check(value: limit, at: "limit", 1...Limits.streamsListed) }
        if let start = request.exclusiveStartStreamArn { check(arn: start, at: "exclusiveStartStreamArn") }
    }

    public mutating func check(_ request: DescribeStreamRequest) {
        check(arn: request.streamArn, at: "streamArn")
        if let limit = request.limit { check(value: limit, at: "limit", 1...Limits.shardsDescribed) }
        if let start = request.exclusiveStartShardId { check(shardID: start, at: "exclusiveStartShardId") }
        if let parent = request.childrenOfShardId { check(shardID: parent, at: "shardFilter.shardId") }
    }

    public mutating func check(_ request: GetShardIteratorRequest) {
        check(arn: request.streamArn, at: "streamArn")
        check(shardID: request.shardId, at: "shardId")
        if let number = request.sequenceNumber {
            check(length: number.utf16.count, of: number, at: "sequenceNumber", Self.sequenceNumberLength)
        }
    }

    public mutating func check(_ request: GetRecordsRequest) {
        let iterator = request.shardIterator
        check(length: iterator.utf16.count, of: iterator, at: "shardIterator", Self.iteratorLength)
        if let limit = request.limit { check(value: limit, at: "limit", 1...Limits.recordsRead) }
    }

    private mutating func check(arn: String, at path: String) {
        check(length: arn.utf16.count, of: arn, at: path, Self.arnLength)
    }

    private mutating func check(shardID: String, at path: String) {
        check(length: shardID.utf16.count, of: shardID, at: path, Self.shardIDLength)
    }
}
