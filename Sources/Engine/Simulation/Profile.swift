/// Which defaults the settings have.
public enum Profile: String, Sendable, CaseIterable {
    /// For people: modelled latencies, followers and indexes that lag.
    case teach
    /// For programs: no latency and no lag, so that an application's tests behave as they expect.
    case serve
}
