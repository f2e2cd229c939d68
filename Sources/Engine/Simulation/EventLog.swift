/// What happened lately: a bounded list of events, and a mark up to where they were taken.
struct EventLog {
    private var events: [EngineEvent] = []
    private var taken = 0
    private static let kept = 1_000

    mutating func append(_ event: EngineEvent) {
        if events.count >= 2 * EventLog.kept {
            events.removeFirst(EventLog.kept)
            taken = max(0, taken - EventLog.kept)
        }
        events.append(event)
    }

    /// The events since the last call.
    mutating func take() -> [EngineEvent] {
        defer { taken = events.count }
        return Array(events[taken...])
    }

    var recent: [EngineEvent] { Array(events.suffix(EventLog.kept)) }
}
