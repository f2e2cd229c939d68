/// Where a message can start or end.
enum Place: Hashable, Sendable {
    case node(Int)
    case router(Int)

    /// Nodes and routers are dealt out to the zones in turn, from number 1.
    var zone: Zone {
        switch self {
        case .node(let number), .router(let number): Zone(rawValue: (number - 1) % Zone.allCases.count)!
        }
    }
}

extension Region {
    /// How long a message takes from one place to another; nil when it never arrives.
    func networkDelay(from start: Place, to end: Place, using randomness: inout Randomness) -> Int64? {
        guard faultState.effects.reaches(start, end) else { return nil }
        let median = start.zone == end.zone ? constants.hopWithinZone : constants.hopAcrossZones
        let hop = median == 0 ? 0 : LatencyDistribution.narrow.delay(median: median, draw: randomness.next())
        return hop + faultState.effects.slowness(of: start) + faultState.effects.slowness(of: end)
    }
}
