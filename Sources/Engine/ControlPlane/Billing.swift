import Model

/// How a table or index pays for throughput.
struct Billing: Equatable {
    var mode: BillingMode
    /// Zero on demand.
    var throughput: ProvisionedThroughput
    var onDemandMaximum: OnDemandThroughput?
    var warm: WarmThroughput?
    /// Set once the table has been on demand; then descriptions carry a billing mode summary.
    var switchedToOnDemandAt: SimulatedInstant?
    /// The last switches from provisioned to on demand, oldest first: as many as the quota counts.
    private(set) var switches: [SimulatedInstant] = []
    var lastIncreaseAt: SimulatedInstant?
    var lastDecreaseAt: SimulatedInstant?
    var decreasesToday = 0

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
