import Model

extension Region {
    func listStreams(
        _ request: ListStreamsRequest,
        _ journey: inout Journey
    ) throws(ServiceError) -> ListStreamsResponse {
        let router = arrive(&journey)
        try ConstraintViolations.check { $0.check(request) }
        if let start = request.exclusiveStartStreamArn { try StreamRules.check(arn: start) }
        finish(router, &journey)
        streams.removeGone(at: journey.now, constants)
        let streams = streams.all.filter { stream in
            if let name = request.tableName, name != stream.tableName { return false }
            return request.exclusiveStartStreamArn.map { $0.bytesPrecede(stream.arn) } ?? true
        }
        let page = streams.prefix(request.limit ?? Limits.streamsListed)
        return ListStreamsResponse(
            streams: page.map {
                .init(streamArn: $0.arn, tableName: $0.tableName, streamLabel: $0.label)
            },
            lastEvaluatedStreamArn: page.count < streams.count ? page.last?.arn : nil
        )
    }
}
