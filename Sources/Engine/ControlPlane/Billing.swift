import Model

/// How a table or index pays for throughput.
struct Billing: Equatable {
    var mode: BillingMode
    /// Zero on demand.
    var throughput: ProvisionedThroughput
    var onDemandMaximum: OnDemandThroughput?
    /// What was asked for.
    private(set) var warm: WarmThroughput?
    /// What can be served at once. It only ever grows.
    private(set) var warmed: WarmThroughput
    /// Set once the table has been on demand; then descriptions carry a billing mode summary.
    var switchedToOnDemandAt: SimulatedInstant?
    /// The last switches from provisioned to on demand, oldest first: as many as the quota counts.
    private(set) var switches: [SimulatedInstant] = []
    var lastIncreaseAt: SimulatedInstant?
    var lastDecreaseAt: SimulatedInstant?
    var decreasesToday = 0

    init(
        mode: BillingMode,
        throughput: ProvisionedThroughput,
        onDemandMaximum: OnDemandThroughput?,
        warm: WarmThroughput?,
        switchedToOnDemandAt: SimulatedInstant? = nil
    ) {
        self.mode = mode
        self.throughput = throughput
        self.onDemandMaximum = onDemandMaximum
        self.switchedToOnDemandAt = switchedToOnDemandAt
        warmed = Billing.warmed(mode, throughput)
        if let warm { self.warm(warm) }
    }

    /// What is warm without being asked for: on demand 12,000 reads and 4,000 writes, else what is provisioned.
    static func warmed(_ mode: BillingMode, _ throughput: ProvisionedThroughput?) -> WarmThroughput {
        mode == .payPerRequest
            ? WarmThroughput(readUnitsPerSecond: 12_000, writeUnitsPerSecond: 4_000)
            : WarmThroughput(
                readUnitsPerSecond: throughput?.readCapacityUnits ?? 0,
                writeUnitsPerSecond: throughput?.writeCapacityUnits ?? 0
            )
    }

    /// A figure that is zero was not given.
    mutating func warm(_ requested: WarmThroughput) {
        warm = requested.raised(to: warm)
        warmed = warmed.raised(to: requested)
    }

    /// How often a table may become on-demand in 24 hours. Source: reference E8.
    private static let switchesADay = 4
    private static let day: Int64 = 86_400_000_000

    mutating func change(mode: BillingMode, at instant: SimulatedInstant) {
        if mode == .payPerRequest, self.mode == .provisioned {
            switchedToOnDemandAt = instant
            switches = switches.suffix(Billing.switchesADay - 1) + [instant]
            throughput = .none
        }
        self.mode = mode
        warmed = warmed.raised(to: Billing.warmed(mode, throughput))
    }

    mutating func change(_ new: ProvisionedThroughput, at instant: SimulatedInstant) {
        let isIncrease =
            new.readCapacityUnits > throughput.readCapacityUnits
            || new.writeCapacityUnits > throughput.writeCapacityUnits
        let isDecrease =
            new.readCapacityUnits < throughput.readCapacityUnits
            || new.writeCapacityUnits < throughput.writeCapacityUnits
        if isIncrease { lastIncreaseAt = instant }
        if isDecrease {
            decreasesToday = decreases(onDayOf: instant) + 1
            lastDecreaseAt = instant
        }
        throughput = new
        warmed = warmed.raised(to: Billing.warmed(mode, new))
    }

    /// The counter starts anew at midnight UTC.
    func decreases(onDayOf instant: SimulatedInstant) -> Int {
        guard let lastDecreaseAt, lastDecreaseAt.microseconds / Billing.day == instant.microseconds / Billing.day else {
            return 0
        }
        return decreasesToday
    }

    /// Refuses the fifth switch to on demand within 24 hours.
    func checkSwitch(to mode: BillingMode?, at instant: SimulatedInstant) throws(ServiceError) {
        guard mode == .payPerRequest, self.mode == .provisioned, switches.count == Billing.switchesADay else { return }
        if instant - switches[0] < Billing.day {
            throw .subscriberLimit(
                "A table can be switched from provisioned to on-demand mode at most \(Billing.switchesADay) times "
                    + "in a 24-hour rolling window"
            )
        }
    }
}

extension WarmThroughput {
    fileprivate func raised(to other: WarmThroughput?) -> WarmThroughput {
        WarmThroughput(
            readUnitsPerSecond: max(readUnitsPerSecond, other?.readUnitsPerSecond ?? 0),
            writeUnitsPerSecond: max(writeUnitsPerSecond, other?.writeUnitsPerSecond ?? 0)
        )
    }
}
