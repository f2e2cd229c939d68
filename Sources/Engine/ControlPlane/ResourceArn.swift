import Model

/// A resource by its ARN.
///
/// ```
/// arn:aws:dynamodb:REGION:ACCOUNT:table/NAME
/// arn:aws:dynamodb:REGION:ACCOUNT:table/NAME/stream/LABEL
/// arn:aws:dynamodb:REGION:ACCOUNT:table/NAME/index/NAME
/// ```
struct ResourceArn: Equatable {
    enum Part: Equatable {
        case stream(label: String)
        case index(name: String)
    }

    let region: String
    let accountID: String
    let tableName: String
    /// Nil for the table itself.
    let part: Part?

    /// Nil for what is none of the three.
    init?(_ text: String) {
        // A stream's label has colons of its own.
        let fields = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard fields.count == 6, fields[0] == "arn", fields[2] == "dynamodb" else { return nil }
        let steps = fields[5].split(separator: "/", omittingEmptySubsequences: false)
        guard steps.count == 2 || steps.count == 4, steps[0] == "table", steps.allSatisfy({ !$0.isEmpty }) else {
            return nil
        }
        region = String(fields[3])
        accountID = String(fields[4])
        tableName = String(steps[1])
        switch (steps.count, steps.last) {
        case (2, _): part = nil
        case (4, let label?) where steps[2] == "stream": part = .stream(label: String(label))
        case (4, let name?) where steps[2] == "index": part = .index(name: String(name))
        default: return nil
        }
    }
}

extension Region {
    /// The table that an ARN names, for calls about its tags or policies; with `mayBeStream` also by one of its streams.
    func resource(at text: String, mayBeStream: Bool) throws(ServiceError) -> (table: Table, part: ResourceArn.Part?) {
        guard text.utf8.starts(with: "arn:".utf8) else { throw .invalid("ARNs must start with 'arn:': \(text)") }
        let arn = ResourceArn(text)
        var isServed = arn?.part == nil
        if case .stream? = arn?.part, mayBeStream { isServed = true }
        guard let arn, isServed else {
            throw .validationException("Invalid TableArn: Invalid ResourceArn provided as input \(text)")
        }
        guard let table = try metadata.table(at: arn) else { throw Region.resourceNotFound(text) }
        if case .stream = arn.part, describe(table, at: now).latestStreamArn != text {
            throw Region.resourceNotFound(text)
        }
        return (table, arn.part)
    }

    private static func resourceNotFound(_ arn: String) -> ServiceError {
        .resourceNotFoundException("Requested resource not found: ResourceArn: \(arn) not found")
    }

    /// Refuses a change of what belongs to a table while that is being created or deleted.
    func checkIsThere(_ table: Table) throws(ServiceError) {
        if table.status != .updating { try UpdateTableRules.checkIsNotBusy(describe(table, at: now)) }
    }
}
