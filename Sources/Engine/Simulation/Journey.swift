import Model

/// One request on its way: where in simulated time it is, and what it leaves in its report.
struct Journey {
    let start: SimulatedInstant
    private(set) var now: SimulatedInstant
    var report: RequestReport
    private var randomness: Randomness

    init(start: SimulatedInstant, report: RequestReport, randomness: Randomness) {
        self.start = start
        now = start
        self.report = report
        self.randomness = randomness
    }

    /// Chance goes back to the simulation when the request ends.
    var remainingRandomness: Randomness { randomness }

    var isTraced: Bool { report.isTraced }

    mutating func spend(median: Int64) {
        if median == 0 { return }
        now = now.advanced(byMicroseconds: LatencyDistribution.narrow.delay(median: median, draw: randomness.next()))
    }

    /// A delay of this median, drawn but not spent.
    mutating func draw(median: Int64) -> Int64 {
        median == 0 ? 0 : LatencyDistribution.narrow.delay(median: median, draw: randomness.next())
    }

    mutating func wait(microseconds: Int64) { now = now.advanced(byMicroseconds: microseconds) }

    /// Continues at a later moment: the slowest of several ways taken at once.
    mutating func rejoin(at instant: SimulatedInstant) { now = max(now, instant) }

    /// Goes back to take another way of several taken at once.
    mutating func fork(at instant: SimulatedInstant) { now = instant }

    mutating func chooseReplica() -> Int { randomness.next(below: Zone.allCases.count) }

    mutating func trace(_ place: @autoclosure () -> String, _ text: @autoclosure () -> String) {
        guard report.isTraced else { return }
        report.trace.append(TraceStep(offsetMicroseconds: now - start, place: place(), text: text()))
    }
}
