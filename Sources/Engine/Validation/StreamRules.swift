import Model

/// What requests about streams are refused for. Source: reference B7, F.
enum StreamRules {
    static let trimmed = ServiceError.trimmedDataAccessException(
        "The operation attempted to read past the oldest stream record in a shard."
    )
    static let expired = ServiceError.expiredIteratorException(
        "The provided iterator exceeds the maximum age allowed."
    )

    static func unknownStream(_ arn: String) -> ServiceError {
        .resourceNotFoundException("Requested resource not found: Stream: \(arn) not found")
    }

    static func unknownShard(_ id: String) -> ServiceError {
        .resourceNotFoundException("Requested resource not found: Shard: \(id) not found")
    }

    static func missingSequenceNumber(_ type: ShardIteratorType) -> ServiceError {
        .invalid("SequenceNumber must be specified when ShardIteratorType is \(type.rawValue)")
    }

    static func invalidSequenceNumber(_ text: String) -> ServiceError {
        .invalid("SequenceNumber \(text) is not in the shard")
    }

    /// `arn:aws:dynamodb:region:account:table/name/stream/label`
    static func check(arn: String) throws(ServiceError) {
        guard case .stream? = ResourceArn(arn)?.part else { throw .validationException("Invalid StreamArn") }
    }

    // MARK: StreamSpecification

    static func check(_ specification: StreamSpecification?, isCreation: Bool) throws(ServiceError) {
        guard let specification else { return }
        let deed = "Table is being \(isCreation ? "created" : "updated") with a stream"
        switch (specification.streamEnabled, specification.streamViewType) {
        case (true, nil): throw .invalid("\(deed) enabled, UpdateViewType should be specified")
        case (false, _?): throw .invalid("\(deed) disabled, UpdateViewType should not be specified")
        case (true, _?), (false, nil): break
        }
    }

    /// Nothing but an enabled stream can be disabled, and the other way round; its view type never changes.
    static func check(_ specification: StreamSpecification?, against table: TableDescription) throws(ServiceError) {
        guard let specification else { return }
        let isEnabled = table.streamSpecification?.streamEnabled ?? false
        if specification.streamEnabled, isEnabled {
            throw .validationException("Table already has an enabled stream: TableName: \(table.tableName)")
        }
        if !specification.streamEnabled, !isEnabled {
            throw .validationException("Table has no stream to disable: TableName: \(table.tableName)")
        }
    }
}
