/// Units consumed in the current and in the last busy second of simulated time, and between two reports of the nodes.
struct ThroughputMeter: Sendable {
    struct Units: Sendable {
        /// By position of the replica that answered; the last lane takes all who stand in.
        var reads = SIMD4<Double>()
        var write = 0.0

        var read: Double { reads.sum() }

        fileprivate static func + (left: Units, right: Units) -> Units {
            Units(reads: left.reads + right.reads, write: left.write + right.write)
        }
    }

    private var second: Int64 = .min
    private var current = Units()
    private var previousSecond: Int64 = .min
    private var previous = Units()
    /// Consumed in the open window before the current second. Below zero: an earlier window has counted part of it.
    private var window = Units()
    /// Units a second in the last window that was closed.
    private(set) var recent = Units()

    mutating func record(read: Double, replica: Int, at instant: SimulatedInstant) {
        roll(to: instant)
        current.reads[min(replica, 3)] += read
    }

    mutating func record(write: Double, at instant: SimulatedInstant) {
        roll(to: instant)
        current.write += write
    }

    /// The last full second that saw traffic, or the running one while there is none.
    var lastBusySecond: Units { previousSecond == .min ? current : previous }

    private mutating func roll(to instant: SimulatedInstant) {
        let now = ThroughputMeter.second(of: instant)
        if now == second { return }
        if current.read + current.write > 0 {
            previous = current
            previousSecond = second
        }
        window = window + current
        current = Units()
        second = now
    }

    static func second(of instant: SimulatedInstant) -> Int64 { instant.microseconds / 1_000_000 }

    // MARK: Seconds by number

    /// The last second with traffic that was over by then; nil when there was none.
    func lastFullSecond(before instant: SimulatedInstant) -> Int64? {
        let last = second < ThroughputMeter.second(of: instant) ? second : previousSecond
        return last == .min ? nil : last
    }

    /// Units of one of the two seconds that are remembered; nothing for another.
    func units(inSecond wanted: Int64) -> Units {
        if wanted == second { return current }
        return wanted == previousSecond ? previous : Units()
    }

    // MARK: Windows

    /// Ends the window in which `recent` is counted, and begins the next.
    mutating func closeWindow(ofSeconds seconds: Double) {
        let consumed = window + current
        recent = Units(reads: consumed.reads / seconds, write: consumed.write / seconds)
        window = Units(reads: -current.reads, write: -current.write)
    }
}
