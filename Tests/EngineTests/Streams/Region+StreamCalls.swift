import Model
import Testing

@testable import Engine

/// Requests about streams in few words.
extension Region {
    func listStreams(_ request: ListStreamsRequest = .init()) throws(ServiceError) -> ListStreamsResponse {
        guard case .listStreams(let response) = try perform(.listStreams(request)) else {
            preconditionFailure("a list")
        }
        return response
    }

    func describeStream(_ request: DescribeStreamRequest) throws(ServiceError) -> StreamDescription {
        guard case .describeStream(let stream) = try perform(.describeStream(request)) else {
            preconditionFailure("a stream")
        }
        return stream
    }

    /// The newest stream of a table.
    func stream(of table: String) throws -> StreamDescription {
        let arn = try #require(listStreams(.init(tableName: table)).streams.last?.streamArn)
        return try describeStream(.init(streamArn: arn))
    }

    func iterator(
        _ type: ShardIteratorType = .trimHorizon,
        of stream: StreamDescription,
        _ shard: String? = nil,
        at sequenceNumber: String? = nil
    ) throws(ServiceError) -> String {
        let request = GetShardIteratorRequest(
            streamArn: stream.streamArn,
            shardId: shard ?? stream.shards[0].shardId,
            shardIteratorType: type,
            sequenceNumber: sequenceNumber
        )
        guard case .getShardIterator(let response) = try perform(.getShardIterator(request)) else {
            preconditionFailure("an iterator")
        }
        return response.shardIterator
    }

    func records(_ iterator: String, limit: Int? = nil) throws(ServiceError) -> GetRecordsResponse {
        guard case .getRecords(let page) = try perform(.getRecords(.init(shardIterator: iterator, limit: limit))) else {
            preconditionFailure("records")
        }
        return page
    }

    /// All that a shard has, from its oldest record on.
    func allRecords(of stream: StreamDescription, _ shard: String? = nil, limit: Int? = nil) throws -> [StreamRecord] {
        var next: String? = try iterator(of: stream, shard)
        var records: [StreamRecord] = []
        while let iterator = next {
            let page = try self.records(iterator, limit: limit)
            records += page.records
            if page.records.isEmpty { break }
            next = page.nextShardIterator
        }
        return records
    }

    /// All that the newest stream of a table has, parents before children.
    func allRecords(ofTable table: String) throws -> [StreamRecord] {
        let stream = try stream(of: table)
        return try stream.shards.flatMap { try allRecords(of: stream, $0.shardId) }
    }

    func setStream(_ viewType: StreamViewType?, of table: String) throws(ServiceError) {
        let specification = StreamSpecification(streamEnabled: viewType != nil, streamViewType: viewType)
        try updateTable(UpdateTableRequest(tableName: table, streamSpecification: specification))
        if profile == .teach { advance(seconds: 5) }
    }
}

extension CreateTableRequest {
    func streaming(_ viewType: StreamViewType = .newAndOldImages) -> CreateTableRequest {
        var request = self
        request.streamSpecification = StreamSpecification(streamEnabled: true, streamViewType: viewType)
        return request
    }
}
