import Model

/// What throughput a table or an index may have, and when it may be lowered. Source: reference B7, E11.
enum ThroughputRules {
    enum Subject: Equatable {
        case table
        case index(String)

        fileprivate var words: String {
            switch self {
            case .table: "table"
            case .index(let name): "index \(name)"
            }
        }
    }

    static let givenOnDemand = ServiceError.invalid(
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST"
    )

    static func givenOnDemand(index: String) -> ServiceError {
        .invalid(
            "ProvisionedThroughput should not be specified for index: \(index) when BillingMode is PAY_PER_REQUEST"
        )
    }

    static func missing(index: String) -> ServiceError {
        .invalid("ProvisionedThroughput must be specified for index: \(index)")
    }

    /// Of a new index, on a table of this billing mode.
    static func check(_ index: GlobalSecondaryIndexRequest, billingMode: BillingMode) throws(ServiceError) {
        switch (billingMode, index.provisionedThroughput) {
        case (.payPerRequest, _?): throw givenOnDemand(index: index.indexName)
        case (.provisioned, nil): throw missing(index: index.indexName)
        case (.payPerRequest, nil), (.provisioned, _?): break
        }
        try check(index.onDemandThroughput, of: .index(index.indexName), billingMode: billingMode)
        try check(
            index.warmThroughput,
            of: .index(index.indexName),
            atLeast: Billing.warmed(billingMode, index.provisionedThroughput)
        )
    }

    /// -1 means no bound.
    static func check(
        _ bounds: OnDemandThroughput?,
        of subject: Subject,
        billingMode: BillingMode
    ) throws(ServiceError) {
        guard let bounds else { return }
        let members = [
            ("MaxReadRequestUnits", bounds.maxReadRequestUnits),
            ("MaxWriteRequestUnits", bounds.maxWriteRequestUnits),
        ]
        for (name, value) in members {
            guard let value else { continue }
            if billingMode == .provisioned {
                throw .invalid(
                    "\(name) for OnDemandThroughput cannot be specified when table BillingMode is PROVISIONED."
                )
            }
            if value == 0 || value < -1 {
                throw .invalid(
                    "Requested \(name) for OnDemandThroughput for \(subject.words) is outside of valid range"
                )
            }
        }
    }

    /// `current` is what can be served now: it is never lowered. No more can be warmed than the quota of a table or index
    /// allows. A figure that is zero was not given.
    static func check(
        _ warm: WarmThroughput?,
        of subject: Subject,
        atLeast current: WarmThroughput
    ) throws(ServiceError) {
        guard let warm else { return }
        let members = [
            ("ReadUnitsPerSecond", warm.readUnitsPerSecond, current.readUnitsPerSecond),
            ("WriteUnitsPerSecond", warm.writeUnitsPerSecond, current.writeUnitsPerSecond),
        ]
        for (name, value, current) in members where value != 0 {
            if value < 0 || value > Limits.tableThroughput {
                throw .invalid("Requested \(name) for WarmThroughput for \(subject.words) is outside of valid range")
            }
            if value < current {
                throw .invalid(
                    "Requested \(name) for WarmThroughput for \(subject.words) is lower than current WarmThroughput, "
                        + "decreasing WarmThroughput is not supported"
                )
            }
        }
    }

    /// The quota of one table or index.
    static func checkQuota(
        _ throughput: ProvisionedThroughput?,
        of subject: Subject,
        region: String
    ) throws(ServiceError) {
        guard let throughput else { return }
        let kind = subject == .table ? "table" : "index"
        for (name, units) in members(throughput) where units > Limits.tableThroughput {
            throw .limitExceededException(
                "The requested \(name), \(units), is above the per \(kind) maximum for the account in \(region). "
                    + "Per \(kind) maximum: \(Limits.tableThroughput). " + developerGuide
            )
        }
    }

    /// The quota of all tables and indexes together. `reserved` is without what is requested.
    static func checkAccountQuota(
        requested: ProvisionedThroughput,
        reserved: ProvisionedThroughput,
        region: String
    ) throws(ServiceError) {
        for ((name, units), (_, reserved)) in zip(members(requested), members(reserved))
        where reserved + units > Limits.accountThroughput {
            throw .limitExceededException(
                "This request would have caused the \(name) limit to be exceeded for the account in \(region). "
                    + "Current \(name) reserved by the account: \(reserved). Limit: \(Limits.accountThroughput). "
                    + "Requested: \(units). " + developerGuide
            )
        }
    }

    /// Refuses values equal to the present ones; changing one of the two is a change.
    static func checkChange(
        to requested: ProvisionedThroughput,
        from current: ProvisionedThroughputDescription,
        of subject: Subject
    ) throws(ServiceError) {
        guard requested.readCapacityUnits == current.readCapacityUnits,
            requested.writeCapacityUnits == current.writeCapacityUnits
        else { return }
        let kind = subject == .table ? "table" : "index"
        throw .validationException(
            "The provisioned throughput for the \(subject.words) will not change. The requested value equals the "
                + "current value. Current ReadCapacityUnits provisioned for the \(kind): \(current.readCapacityUnits). "
                + "Requested ReadCapacityUnits: \(requested.readCapacityUnits). "
                + "Current WriteCapacityUnits provisioned for the \(kind): \(current.writeCapacityUnits). "
                + "Requested WriteCapacityUnits: \(requested.writeCapacityUnits). " + developerGuide
        )
    }

    /// Four decreases a UTC day, then one an hour. `now` and the description's times are seconds since 1970.
    static func checkDecrease(
        to requested: ProvisionedThroughput,
        from current: ProvisionedThroughputDescription,
        now: Double
    ) throws(ServiceError) {
        let isDecrease =
            requested.readCapacityUnits < current.readCapacityUnits
            || requested.writeCapacityUnits < current.writeCapacityUnits
        guard isDecrease, let last = current.lastDecreaseDateTime, isSameDay(last, now) else { return }
        guard current.numberOfDecreasesToday >= freeDecreases, now < last + decreaseInterval else { return }
        throw .subscriberLimit(
            "Provisioned throughput decreases are limited within a given UTC day. After the first \(freeDecreases) "
                + "decreases, each subsequent decrease in the same UTC day can be performed at most once every "
                + "\(Int(decreaseInterval)) seconds. Number of decreases today: \(current.numberOfDecreasesToday). "
                + "Last decrease at \(CalendarText.longForm(last)). "
                + "Next decrease can be made at \(CalendarText.longForm(last + decreaseInterval))"
        )
    }

    private static let freeDecreases = 4
    private static let decreaseInterval = 3_600.0
    private static let developerGuide =
        "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits."

    private static func members(_ throughput: ProvisionedThroughput) -> [(name: String, units: Int)] {
        [
            ("ReadCapacityUnits", throughput.readCapacityUnits),
            ("WriteCapacityUnits", throughput.writeCapacityUnits),
        ]
    }

    private static func isSameDay(_ first: Double, _ second: Double) -> Bool {
        (first / 86_400).rounded(.down) == (second / 86_400).rounded(.down)
    }
}
