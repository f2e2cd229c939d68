/// Time, chance and what is due: the only place they come from.
struct Simulation {
    let seed: UInt64
    private(set) var now: SimulatedInstant
    var randomness: Randomness
    var events = EventQueue<Happening>()
    /// Gives every log cursor, table and partition a stream of chance of its own.
    private var streams: UInt64 = 0

    init(seed: UInt64, startingAt instant: SimulatedInstant) {
        self.seed = seed
        now = instant
        randomness = Randomness(seed: seed)
    }

    mutating func advance(to instant: SimulatedInstant) {
        precondition(instant >= now, "simulated time only moves forward")
        now = instant
    }

    mutating func nextStreamSeed() -> UInt64 {
        streams += 1
        return Randomness.draw(seed, streams, 0)
    }
}
