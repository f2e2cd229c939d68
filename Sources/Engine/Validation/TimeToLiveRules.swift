import Model

/// What UpdateTimeToLive and DescribeTimeToLive refuse. Source: reference C5 "TTL", I4.
enum TimeToLiveRules {
    static let tableIsBeingCreated = ServiceError.validationException(
        "Cannot describe time to live while table is in CREATING state: Current table state is CREATING"
    )

    static func check(_ request: UpdateTimeToLiveRequest) throws(ServiceError) {
        _ = try TableNameRules.check(nameOrArn: request.tableName)
        try ConstraintViolations.check { $0.check(request) }
    }

    /// What the table has now speaks first, then the time since the last change.
    static func check(
        _ specification: TimeToLiveSpecification,
        against current: TimeToLive,
        interval: Int64,
        now: SimulatedInstant
    ) throws(ServiceError) {
        let isOn = current.status == .enabling || current.status == .enabled
        if isOn, let attribute = current.attribute?.description,
            !attribute.hasSameBytes(as: specification.attributeName)
        {
            throw .validationException(
                "TimeToLive is active on a different AttributeName: current AttributeName is \(attribute)"
            )
        }
        if isOn == specification.enabled {
            throw .validationException("TimeToLive is already \(isOn ? "enabled" : "disabled")")
        }
        let isSettled = current.status == .enabled || current.status == .disabled
        let isRecent = current.changedAt.map { now - $0 < interval } ?? false
        if !isSettled || isRecent {
            throw .validationException("Time to live has been modified multiple times within a fixed interval")
        }
    }
}
