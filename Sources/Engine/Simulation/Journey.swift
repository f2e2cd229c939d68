import Model

/// One request on its way: where in simulated time it is, and what it leaves in its report.
struct Journey {
    let start: SimulatedInstant
    private(set) var now: SimulatedInstant
    var report: RequestReport
    /// The router that has the request, once it is known.
    var router: Int?
    /// Who sent it; nil is the account's root.
    var identity: Identity?
    private var randomness: Randomness
    /// Of the last step that `traceAgain` told.
    private var repetitions = 0

    init(start: SimulatedInstant, report: RequestReport, randomness: Randomness) {
        self.start = start
        now = start
        self.report = report
        self.randomness = randomness
    }

    /// Chance goes back to the simulation when the request ends, or waits while others draw.
    var remainingRandomness: Randomness { randomness }

    mutating func resume(with randomness: Randomness) { self.randomness = randomness }

    /// A delay that the network draws for this request.
    mutating func drawDelay(_ draw: (inout Randomness) -> Int64?) -> Int64? { draw(&randomness) }

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

    /// A step that may come again and again: equal ones in a row are told once, with their number.
    mutating func traceAgain(_ place: String, _ text: String) {
        guard report.isTraced else { return }
        if let last = report.trace.last, last.place == place, last.text == text || last.text.hasPrefix(text + ", ") {
            repetitions += 1
            report.trace[report.trace.count - 1].text = "\(text), \(repetitions) times"
        } else {
            repetitions = 1
            trace(place, text)
        }
    }

    /// Does something once more whose steps have been told already.
    mutating func untraced<R>(_ body: (inout Journey) -> R) -> R {
        let wasTraced = report.isTraced
        report.isTraced = false
        defer { report.isTraced = wasTraced }
        return body(&self)
    }

    mutating func trace(_ place: @autoclosure () -> String, _ text: @autoclosure () -> String) {
        guard report.isTraced else { return }
        report.trace.append(TraceStep(offsetMicroseconds: now - start, place: place(), text: text()))
    }
}
