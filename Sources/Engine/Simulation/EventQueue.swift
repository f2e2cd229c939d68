import HeapModule

/// What is due at which moment of simulated time. Equal moments keep the order of arrival.
struct EventQueue<Event> {
    private struct Entry: Comparable {
        let due: SimulatedInstant
        let arrival: UInt64
        let event: Event

        static func < (left: Entry, right: Entry) -> Bool {
            left.due == right.due ? left.arrival < right.arrival : left.due < right.due
        }

        static func == (left: Entry, right: Entry) -> Bool { left.arrival == right.arrival }
    }

    private var heap = Heap<Entry>()
    private var arrivals: UInt64 = 0

    var nextDue: SimulatedInstant? { heap.min?.due }

    mutating func schedule(_ event: Event, at due: SimulatedInstant) {
        heap.insert(Entry(due: due, arrival: arrivals, event: event))
        arrivals += 1
    }

    /// The earliest event due at or before `instant`, taken out.
    mutating func next(through instant: SimulatedInstant) -> (due: SimulatedInstant, event: Event)? {
        guard let first = heap.min, first.due <= instant else { return nil }
        heap.removeMin()
        return (first.due, first.event)
    }
}
