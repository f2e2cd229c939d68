import Model

@testable import Engine

extension Region {
    @discardableResult
    func updateTimeToLive(
        _ table: String,
        by attribute: String = "ttl",
        enabled: Bool = true
    ) throws(ServiceError) -> TimeToLiveSpecification {
        let specification = TimeToLiveSpecification(enabled: enabled, attributeName: attribute)
        let request = Request.updateTimeToLive(.init(tableName: table, specification: specification))
        guard case .updateTimeToLive(let answer) = try perform(request) else { preconditionFailure("an update") }
        return answer
    }

    func describeTimeToLive(_ table: String) throws(ServiceError) -> TimeToLiveDescription {
        guard case .describeTimeToLive(let answer) = try perform(.describeTimeToLive(.init(tableName: table))) else {
            preconditionFailure("a description")
        }
        return answer
    }

    /// Turns it on, and waits until it is.
    func expire(_ table: String, by attribute: String = "ttl") throws(ServiceError) {
        try updateTimeToLive(table, by: attribute)
        advance(byMicroseconds: constants.ttlChange)
    }

    /// A second of simulated time that is `seconds` away.
    func second(after seconds: Int) -> AttributeValue {
        .number(Number(Int(now.microseconds / 1_000_000) + seconds))
    }
}
