import Engine
import Glibc
import LineEditor
import Model

/// What the command line asks for.
public struct StartOptions: Sendable {
    public enum Interactivity: Sendable { case automatic, always, never }

    public var commands: [String] = []
    public var files: [String] = []
    public var mode: OutputMode?
    public var width: Int?
    public var colour = Settings.ColourChoice.auto
    public var isPlain = false
    public var isQuiet = false
    public var readsRC = true
    public var keepsGoing = false
    public var interactivity = Interactivity.automatic

    public init() {}
}

/// From the command line to the exit code.
public enum Start {
    public static func run(
        _ options: StartOptions,
        service: any DatabaseService,
        laboratory: (any Laboratory)?,
        serveEndpoint: ((_ port: Int) -> String?)? = nil
    ) -> Int32 {
        InterruptFlag.install()
        let console = Console.standard()
        let session = Session(
            service: service,
            laboratory: laboratory,
            console: console,
            settings: settings(options, console)
        )
        session.serveEndpoint = serveEndpoint
        var code = run(options, session)
        if let loss = console.closeRedirection() {
            session.report(loss)
            if code == ExitCode.success { code = ExitCode.statementFailed }
        }
        console.flush()
        return finalCode(code, session)
    }

    private static func settings(_ options: StartOptions, _ console: Console) -> Settings {
        let hasScript = !options.commands.isEmpty || !options.files.isEmpty
        var settings = Settings()
        settings.mode = options.mode
        settings.width = options.width
        settings.colour = options.colour
        settings.isPlain = options.isPlain || isSet("SORTKEY_PLAIN")
        settings.stopsAtError = !options.keepsGoing
        settings.isQuiet = options.isQuiet
        if options.isQuiet {
            settings.cost = .off
            settings.showsHints = false
            settings.showsEvents = false
        }
        switch options.interactivity {
        case .always: settings.isInteractive = !hasScript
        case .never: settings.isInteractive = false
        case .automatic: settings.isInteractive = !hasScript && isatty(STDIN_FILENO) == 1
        }
        settings.hasScreen = console.standardOutput.isTerminal || options.interactivity == .always
        // What goes to files and programs is UTF-8, whatever the locale.
        let hasTerminal = console.standardOutput.isTerminal || console.err.isTerminal
        settings.hasUnicode = !hasTerminal || CharacterSet.isUTF8
        return settings
    }

    private static func isSet(_ name: String) -> Bool {
        guard let value = Environment.value(name) else { return false }
        return !value.isEmpty && value != "0"
    }

    private static func run(_ options: StartOptions, _ session: Session) -> Int32 {
        if options.readsRC { session.readRC() }
        for file in options.files {
            guard let outcome = session.runScript(file: file) else {
                session.report("cannot read \(file): \(errorText(errno))")
                return ExitCode.badUsage
            }
            if let code = code(after: outcome) { return code }
        }
        for command in options.commands {
            if let code = code(after: session.runScript(command)) { return code }
        }
        if !options.commands.isEmpty || !options.files.isEmpty { return ExitCode.success }
        guard session.settings.isInteractive else {
            return code(after: session.runScript(descriptor: STDIN_FILENO, name: "stdin")) ?? ExitCode.success
        }
        return converse(options, session)
    }

    private static func converse(_ options: StartOptions, _ session: Session) -> Int32 {
        if !options.isQuiet { session.greet() }
        guard LineEditor.isUsable, session.console.standardOutput.isTerminal else {
            return PlainConversation(session).run()
        }
        return Conversation(session, historyPath: Paths.history).run()
    }

    /// Nil when the next script may run.
    private static func code(after outcome: Outcome) -> Int32? {
        switch outcome {
        case .succeeded: nil
        case .failed: ExitCode.statementFailed
        case .cancelled: ExitCode.interrupted
        case .exit(let code): code
        }
    }

    /// A script that went on after an error has failed all the same, and so has one whose results are lost.
    private static func finalCode(_ code: Int32, _ session: Session) -> Int32 {
        if case .error(let number)? = session.console.failure {
            StandardStreams.write("error: cannot write: \(errorText(number))\n", to: STDERR_FILENO)
            return ExitCode.statementFailed
        }
        if session.console.failure == .readerLeft { return ExitCode.readerLeft }
        let isScript = !session.settings.isInteractive
        return code == ExitCode.success && isScript && session.hasFailed ? ExitCode.statementFailed : code
    }
}

/// Files of the session's own.
enum Paths {
    static var rc: String? {
        Environment.value("SORTKEY_RC") ?? folder("XDG_CONFIG_HOME", ".config").map { $0 + "/rc" }
    }

    static var history: String? {
        Environment.value("SORTKEY_HISTORY") ?? folder("XDG_STATE_HOME", ".local/state").map { $0 + "/history" }
    }

    private static func folder(_ variable: String, _ standard: String) -> String? {
        if let base = Environment.value(variable), !base.isEmpty { return base + "/sortkey" }
        return Environment.value("HOME").map { "\($0)/\(standard)/sortkey" }
    }
}

extension Session {
    /// Errors in it are told, with their place, and do not keep the shell from starting.
    func readRC() {
        guard let path = Paths.rc, access(path, R_OK) == 0 else { return }
        let stops = settings.stopsAtError
        settings.stopsAtError = false
        _ = runScript(file: path)
        settings.stopsAtError = settings.stopsAtError || stops
        forgiveErrors()
    }

    func greet() {
        let place = laboratory == nil ? "a remote endpoint" : "in memory"
        console.standardOutput.write { bytes in
            bytes.append(text: "sortkey \(Version.current), a DynamoDB \(place)\n")
            bytes.append(text: "help shows what to type; Sample music;  makes a table to play with\n")
        }
    }

    func report(_ message: String) {
        let style = errorStyle
        console.err.write { Diagnostic(message: message).append(to: &$0, style: style) }
    }
}

public enum Version {
    public static let current = "0.1.0"
}

/// The process's three standard streams, made safe before anything else.
public enum StandardStreams {
    public static func prepare() {
        // A reader that leaves is an error of `write`, not a signal.
        signal(SIGPIPE, SIG_IGN)
        // A file opened later must not take the place of a stream that was closed.
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", O_RDONLY)
        }
    }

    /// Past all buffers, for when there is no console yet or any more.
    public static func write(_ text: String, to descriptor: Int32) {
        let sink = ByteSink(descriptor: descriptor)
        sink.write(text)
        sink.flush()
    }
}
