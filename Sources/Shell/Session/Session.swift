import Engine
import Language
import Model

/// One conversation with one service: takes statements, keeps what lasts from one to the next.
///
/// A statement is parsed, executed to a `Reply`, and rendered; each of these steps is in its own files. Confined to one
/// thread.
public final class Session {
    public let service: any DatabaseService
    /// Nil when the service is a real endpoint, which lets nobody look inside.
    public let laboratory: (any Laboratory)?
    public let console: Console
    public var settings: Settings

    let catalog: SessionCatalog
    var parser: CommandParser
    /// Set by `use`.
    var target: Target?
    var last: LastReply?
    var ledger = CostLedger()
    /// How many were done, apart from those of a Sample, which can be made anew.
    var unsavedWrites = 0
    /// As many as Ctrl-D has warned of.
    var toldUnsavedWrites = 0
    /// What `:now` stands for; nil before it was first set.
    var nowSeconds: Int64?
    /// Whether `.param :now` has given it another value.
    var definesNow = false
    /// Where `more` and AFTER LAST go on.
    var resumption: Resumption?
    var toldNotes: Set<Reply.Note.Kind> = []
    var clock: SessionClock
    /// Set by `.once`: the sink of the next statement only.
    var isRedirectedOnce = false
    /// Until `.once` itself has ended.
    var redirectionIsNew = false
    /// The statement that runs, for scripts within scripts.
    var runningPosition = SourcePosition()
    /// Nesting of `.read` and `Sample`.
    var readingDepth = 0
    /// What `.testcase` collects until `.check`.
    var testcase: Testcase?
    /// Serves the session's own service on this port until Ctrl-C, and answers why it could not. The executable sets
    /// it: the shell itself knows no network.
    public var serveEndpoint: ((_ port: Int) -> String?)?
    /// The entries that `.history` shows; set by the line editor's owner.
    public var historyEntries: () -> [String] = { [] }
    /// Set by `.edit`: stands in the buffer at the next prompt.
    public var nextInput = ""
    /// Set when an error was reported: what `--keep-going` exits with in the end.
    public private(set) var hasFailed = false

    public init(
        service: any DatabaseService,
        laboratory: (any Laboratory)?,
        console: Console,
        settings: Settings = Settings()
    ) {
        self.service = service
        self.laboratory = laboratory
        self.console = console
        self.settings = settings
        catalog = SessionCatalog(service: service, laboratory: laboratory)
        parser = CommandParser(catalog: catalog)
        clock = SessionClock(start: laboratory?.now)
    }

    /// Runs one statement, its terminator included, and prints what it answers.
    public func run(_ text: String) -> Outcome {
        var text = text
        return text.withUTF8 { run(UnsafeRawBufferPointer($0)) }
    }

    /// The bytes are not kept.
    public func run(_ bytes: UnsafeRawBufferPointer, at position: SourcePosition = SourcePosition()) -> Outcome {
        let statement = Statement(bytes: bytes, position: position)
        if settings.echoes { echo(statement) }
        if settings.isInteractive { followWallClock() }
        refreshNow()
        let parsed: ParsedStatement
        do throws(SyntaxError) {
            parsed = try parse(bytes)
        } catch {
            return fail(with: diagnostic(for: error, in: statement))
        }
        if let form = parsed.canonicalForm { tell(canonicalForm: form) }
        let outcome = answer(parsed, statement)
        return settleRedirection() ?? outcome
    }

    private func answer(_ parsed: ParsedStatement, _ statement: Statement) -> Outcome {
        let started = settings.showsTimer ? SessionClock.wallMicroseconds() : 0
        do throws(StatementFailure) {
            let mode = try mode(of: parsed)
            let step = try execute(parsed.command, mode: mode, statement)
            switch step {
            case .reply(let reply): present(reply, mode: mode)
            case .outcome(let outcome):
                tellEventsIfWanted()
                return outcome
            }
        } catch {
            return fail(with: error, in: statement)
        }
        if settings.showsTimer, started > 0 {
            tell("time: \(durationText(microseconds: SessionClock.wallMicroseconds() - started))")
        }
        tellEventsIfWanted()
        return .succeeded
    }

    private func mode(of parsed: ParsedStatement) throws(StatementFailure) -> OutputMode {
        guard let name = parsed.outputMode else { return defaultMode }
        guard let mode = OutputMode(named: name) else {
            throw .message("\\\(name) is not an output mode", details: ["modes: \(OutputMode.names)"])
        }
        return mode
    }

    var defaultMode: OutputMode {
        settings.mode ?? (settings.hasScreen && console.redirection == nil ? .table : .jsonl)
    }

    // MARK: Failing

    private func fail(with failure: StatementFailure, in statement: Statement) -> Outcome {
        switch failure {
        case .cancelled(let report):
            // Behind the `^C` that the terminal has echoed.
            tell(settings.isInteractive && console.err.isTerminal ? " \(report)" : report)
            return .cancelled
        case .reported: return fail()
        case .message(let message, let details):
            return fail(with: Diagnostic(location: statement.position.text, message: message, details: details))
        case .service(let error, let attempt):
            let outcome = fail(with: diagnostic(for: error, attempt, in: statement))
            presentCostOfFailure(error, attempt)
            tellEventsIfWanted()
            return outcome
        }
    }

    func fail(with diagnostic: Diagnostic) -> Outcome {
        let style = errorStyle
        console.err.write { diagnostic.append(to: &$0, style: style) }
        testcase?.note(diagnostic)
        return fail()
    }

    private func fail() -> Outcome {
        // Within a test `.check` judges what an error means.
        if testcase != nil { return .succeeded }
        hasFailed = true
        return .failed
    }

    func forgiveErrors() { hasFailed = false }
}

/// A statement's own bytes, valid while it runs, and where it came from.
struct Statement {
    let bytes: UnsafeRawBufferPointer
    var position: SourcePosition

    var text: [UInt8] { Array(bytes) }

    static var empty: Statement {
        Statement(bytes: UnsafeRawBufferPointer(start: nil, count: 0), position: SourcePosition())
    }
}

/// Why a statement has no reply.
enum StatementFailure: Error {
    case service(ServiceError, Attempt)
    /// The shell itself refuses.
    case message(String, details: [String] = [])
    /// Statements inside, as of `.read`, have told their errors already.
    case reported
    /// Ctrl-C, with what had been done by then.
    case cancelled(String)
}

/// What was asked of the service when it threw, and what that cost.
struct Attempt {
    var request: Request?
    var report = RequestReport()
}

/// What `.last` shows.
struct LastReply {
    var reply: Reply
}
