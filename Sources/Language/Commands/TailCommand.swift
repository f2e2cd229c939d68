/// `Tail`: reads a table's stream, parents before children.
public struct TailCommand: Equatable, Sendable {
    public enum Start: Equatable, Sendable {
        /// The oldest record that is kept.
        case trimHorizon
        /// What is committed from now on.
        case latest
        /// What was committed in the last so many microseconds.
        case ago(Int64)
    }

    public var table: String
    public var start: Start
    /// Only this shard: its id, or the end of it.
    public var shard: String?
    /// `TAKE n`: how many records at most.
    public var take: Int?
    /// Goes on with what becomes readable.
    public var follows: Bool

    public init(
        table: String,
        start: Start? = nil,
        shard: String? = nil,
        take: Int? = nil,
        follows: Bool = false
    ) {
        self.table = table
        self.start = start ?? (follows ? .latest : .trimHorizon)
        self.shard = shard
        self.take = take
        self.follows = follows
    }
}
