/// Units consumed in the current and in the last second of simulated time.
struct ThroughputMeter: Sendable {
    private var second: Int64 = .min
    private var current = Units()
    private var previous = Units()

    struct Units: Sendable {
        var read = 0.0
        var write = 0.0
    }

    mutating func record(read: Double = 0, write: Double = 0, at instant: SimulatedInstant) {
        roll(to: instant)
        current.read += read
        current.write += write
    }

    /// The last full second that saw traffic, or the running one while there is none.
    var lastBusySecond: Units { previous.read + previous.write > 0 ? previous : current }

    private mutating func roll(to instant: SimulatedInstant) {
        let now = instant.microseconds / 1_000_000
        if now == second { return }
        if current.read + current.write > 0 { previous = current }
        current = Units()
        second = now
    }
}
