import Model

/// What one statement asks for.
public indirect enum Command: Equatable, Sendable {
    /// An operation of the API, whatever form it was typed in.
    case call(Call)
    /// `EXPLAIN statement`: tells what would happen, never reads, never bills.
    case explain(Command)
    /// `TRACE statement`: runs it and shows its way.
    case trace(Command)
    /// `last` bounds how far back events go, in microseconds.
    case show(ShowSubject, Target?, last: Int64? = nil)
    case locate(Target, key: Item)
    case clock(ClockCommand)
    /// What is broken on purpose.
    case fault(FaultCommand)
    case user(UserCommand)
    /// Lets other programs in, over HTTP.
    case serve(port: Int)
    case sample(String)
    case tail(TailCommand)
    /// `Describe`: a readable page on a table or index, as against the call DescribeTable.
    case describe(Target)
    case use(Target)
    /// `more` and `it`: the next page of the last Query or Scan.
    case more
    case clear
    case exit
    case help(topic: String?)
    /// `.name arguments`: a setting of the shell, taken apart by the shell.
    case dot(name: String, arguments: String)
}

/// A request with what the shell adds to it.
public struct Call: Equatable, Sendable {
    public var request: Request
    /// `TAKE n`: ask for page after page until n items are returned.
    public var take: Int?
    /// `ALL`: ask for page after page to the end.
    public var wantsAllPages: Bool
    /// `AFTER LAST`: start where the last page of the session ended. The shell fills the key in.
    public var startsAfterLast: Bool
    /// `CreateTable IF NOT EXISTS`, `DropTable IF EXISTS`: no error when there is nothing to do.
    public var toleratesExistence: Bool
    /// `CreateTable … TTL path`: one statement, but another call of the API, once the table is ACTIVE again.
    public var timeToLive: TimeToLiveSpecification?
    /// Things worth telling once, such as how an ambiguous value was read.
    public var notes: [String]

    public init(
        _ request: Request,
        take: Int? = nil,
        wantsAllPages: Bool = false,
        startsAfterLast: Bool = false,
        toleratesExistence: Bool = false,
        timeToLive: TimeToLiveSpecification? = nil,
        notes: [String] = []
    ) {
        self.request = request
        self.take = take
        self.wantsAllPages = wantsAllPages
        self.startsAfterLast = startsAfterLast
        self.toleratesExistence = toleratesExistence
        self.timeToLive = timeToLive
        self.notes = notes
    }
}

/// A table, or `table/index`.
public struct Target: Hashable, Sendable, CustomStringConvertible {
    public var table: String
    public var index: String?

    public init(table: String, index: String? = nil) {
        self.table = table
        self.index = index
    }

    public var description: String { index.map { "\(table)/\($0)" } ?? table }
}

public enum ShowSubject: String, Sendable, CaseIterable {
    case tables, indexes, partitions, replicas, lag, nodes, router, streams, faults, users, settings, cost, events
}

public enum ClockCommand: Equatable, Sendable {
    case show
    /// Microseconds of simulated time.
    case advance(Int64)
}

/// One statement, parsed.
public struct ParsedStatement: Equatable, Sendable {
    public var command: Command
    /// `\G`, `\json` …: how to print this one result. The name without the backslash.
    public var outputMode: String?
    /// Set when the statement was pasted SDK code: the canonical form, to be shown before it runs.
    public var canonicalForm: String?

    public init(_ command: Command, outputMode: String? = nil, canonicalForm: String? = nil) {
        self.command = command
        self.outputMode = outputMode
        self.canonicalForm = canonicalForm
    }
}
