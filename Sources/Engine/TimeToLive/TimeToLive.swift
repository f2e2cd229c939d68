import Model

/// Whether a table's expired items are deleted, and by which attribute.
///
/// ```
/// DISABLED ─► ENABLING ─► ENABLED ─► DISABLING ─► DISABLED
///             `ttlChange`    │        `ttlChange`
///                            └ a sweep every `ttlSweep`
/// ```
/// Source: reference I4.
struct TimeToLive {
    private(set) var status = TimeToLiveStatus.disabled
    /// Nil while DISABLED.
    private(set) var attribute: AttributeName?
    /// When it was last turned on or off.
    private(set) var changedAt: SimulatedInstant?
    /// Counts the times it became ENABLED, so that sweeps of an earlier time end.
    private(set) var period = 0
    /// Draws each item's delay.
    private var seed: UInt64 = 0

    var description: TimeToLiveDescription {
        TimeToLiveDescription(status: status, attributeName: attribute?.description)
    }

    mutating func turnOn(by attribute: AttributeName, seed: UInt64, at instant: SimulatedInstant) {
        self.attribute = attribute
        self.seed = seed
        status = .enabling
        changedAt = instant
    }

    mutating func turnOff(at instant: SimulatedInstant) {
        status = .disabling
        changedAt = instant
    }

    /// The change that is under way has come to its end.
    mutating func settle() {
        switch status {
        case .enabling:
            status = .enabled
            period += 1
        case .disabling:
            status = .disabled
            attribute = nil
        case .enabled, .disabled: break
        }
    }

    /// Nil unless items are being deleted.
    func rule(lag: Int64) -> ExpiryRule? {
        guard status == .enabled, let attribute else { return nil }
        return ExpiryRule(attribute: attribute, lag: lag, seed: seed)
    }
}

/// When an item is deleted because it has expired.
struct ExpiryRule {
    let attribute: AttributeName
    /// The longest time, in microseconds, that an expired item may stay.
    let lag: Int64
    let seed: UInt64

    /// What expired longer ago is left alone: five years.
    private static let oldest: Int64 = 5 * 365 * 86_400

    /// The moment after which the item is deleted; nil when it never is. `now` decides what is too old.
    ///
    /// The attribute is a number of seconds since 1970. Each item stays a while longer, which depends on its key alone.
    func due(_ item: Item, at key: UnsafeRawBufferPointer, now: SimulatedInstant) -> SimulatedInstant? {
        let expiry = item.withValue(of: attribute) { value -> Int64? in
            guard let value, value.type == .number else { return nil }
            return value.number.wholeSeconds
        }
        guard let expiry, expiry >= now.microseconds / 1_000_000 - ExpiryRule.oldest else { return nil }
        return SimulatedInstant(microseconds: expiry * 1_000_000).advanced(byMicroseconds: delay(of: key))
    }

    /// Whether the item may be deleted now.
    func isDue(_ item: Item, at key: UnsafeRawBufferPointer, now: SimulatedInstant) -> Bool {
        due(item, at: key, now: now).map { $0 < now } ?? false
    }

    private func delay(of key: UnsafeRawBufferPointer) -> Int64 {
        if lag == 0 { return 0 }
        var sum = Checksum()
        sum.add(key)
        return Int64(Randomness.draw(seed, sum.value, 0).multipliedFullWidth(by: UInt64(lag)).high)
    }
}

extension Number {
    /// Rounded towards zero; nil when that is no moment of simulated time.
    fileprivate var wholeSeconds: Int64? {
        var magnitude = coefficient
        if exponent >= 0 {
            guard let whole = integer, whole.magnitude < Number.secondsMax else { return nil }
            return Int64(whole)
        }
        for _ in 0..<(-exponent) where magnitude > 0 { magnitude /= 10 }
        guard magnitude < UInt128(Number.secondsMax) else { return nil }
        return isNegative ? -Int64(magnitude) : Int64(magnitude)
    }

    /// Some 30,000 years: with a lag added, its microseconds fit the clock.
    private static let secondsMax: UInt = 1_000_000_000_000
}
