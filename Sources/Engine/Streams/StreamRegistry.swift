import Model

/// Every stream of the region that can be read: those of tables, and those that were disabled not long ago.
struct StreamRegistry {
    private var streams: [String: TableStream] = [:]
    /// Of all that a table of this name ever had.
    private var counts: [String: UInt64] = [:]

    subscript(arn: String) -> TableStream? { streams[arn] }

    /// By ARN, in byte order: those of one table from the oldest to the newest.
    var all: [TableStream] { streams.keys.sorted { $0.bytesPrecede($1) }.map { streams[$0]! } }

    mutating func nextNumber(ofTable name: String) -> UInt64 {
        counts[name, default: 0] += 1
        return counts[name]!
    }

    mutating func add(_ stream: TableStream) { streams[stream.arn] = stream }

    mutating func removeGone(at instant: SimulatedInstant, _ constants: Settings) {
        if streams.values.contains(where: { $0.isGone(at: instant, constants) }) {
            streams = streams.filter { !$0.value.isGone(at: instant, constants) }
        }
    }
}
