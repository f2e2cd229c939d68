import ArgumentParser
import Engine
import Glibc
import Shell

/// The command line. What it asks for is done by `Shell`.
struct Sortkey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sortkey",
        abstract: "A terminal shell with a DynamoDB inside it.",
        discussion: """
            Without -c and -f statements come from standard input. \
            sortkey serve answers AWS SDKs over HTTP: see sortkey serve --help. \
            Exit codes: 0 ok, 1 a statement failed, 2 bad usage or unreadable file, 130 interrupted.
            """,
        version: "sortkey \(Version.current)"
    )

    @Option(name: .customShort("c"), help: "Run a statement; may be repeated.")
    var command: [String] = []

    @Option(name: .customShort("f"), help: "Run the statements of a file; may be repeated.")
    var file: [String] = []

    @Option(help: "How results are written: \(OutputMode.allCases.map(\.rawValue).joined(separator: ", ")).")
    var mode: String?

    @Option(help: "Seed of all chance.")
    var seed: UInt64 = 1

    @Option(help: "Simulated time at the start, in seconds since 1970.")
    var clock: Int64?

    @Option(help: "Columns of the screen.")
    var width: Int?

    @Option(help: "Colours: auto, always or never.")
    var color = ColourFlag.auto

    @Flag(help: "Sentences instead of boxes and bars.")
    var plain = false

    @Flag(name: [.short, .long], help: "Results and errors only: no banner, cost lines or notes.")
    var quiet = false

    @Flag(name: .customLong("no-rc"), help: "Do not read the rc file.")
    var noRc = false

    @Flag(name: .customLong("keep-going"), help: "Go on after an error in a script; exit with 1 in the end.")
    var keepGoing = false

    @Flag(help: "Prompt and draw as on a terminal, whatever the streams are.")
    var interactive = false

    @Flag(help: "Behave as in a script, even on a terminal.")
    var batch = false

    @Option(help: "Defaults of the engine: teach or serve.")
    var profile = Profile.teach

    func validate() throws {
        if let mode, OutputMode(named: mode) == nil { throw ValidationError("There is no output mode '\(mode)'.") }
        if let width, width < 20 { throw ValidationError("A width is a number from 20 on.") }
        if interactive, batch { throw ValidationError("--interactive and --batch exclude each other.") }
        let wholeDays = 400 * 365
        if let clock, !(0...Int64(wholeDays) * 86_400).contains(clock) {
            throw ValidationError("--clock takes seconds since 1970.")
        }
    }

    var startOptions: StartOptions {
        var options = StartOptions()
        options.commands = command
        options.files = file
        options.mode = mode.flatMap { OutputMode(named: $0) }
        options.width = width
        options.colour = color.choice
        options.isPlain = plain
        options.isQuiet = quiet
        options.readsRC = !noRc
        options.keepsGoing = keepGoing
        options.interactivity = interactive ? .always : batch ? .never : .automatic
        return options
    }

    /// Answers the exit code.
    func converse() -> Int32 {
        let region = makeRegion()
        return Start.run(startOptions, service: region, laboratory: region) { port in
            RegionEndpoint.serve(region, port: port, seed: seed)
        }
    }

    private func makeRegion() -> Region {
        let start = clock.map { SimulatedInstant(microseconds: $0 * 1_000_000) } ?? Region.defaultStart
        return Region(profile: profile, seed: seed, startingAt: start)
    }
}

enum ColourFlag: String, ExpressibleByArgument {
    case auto, always, never

    var choice: Settings.ColourChoice { Settings.ColourChoice(rawValue: rawValue) ?? .auto }
}

extension Profile: ExpressibleByArgument {}

StandardStreams.prepare()
let words = CommandLine.arguments.dropFirst()
if words.first == "serve" {
    // The parser would take options of `serve` for the shell's where both have one of a name.
    let serve = parse {
        try Serve.parse(Array(words.dropFirst()))
    } message: {
        Serve.fullMessage(for: $0)
    }
    exit(serve.serve())
}
let shell = parse {
    try Sortkey.parse(Array(words))
} message: {
    Sortkey.fullMessage(for: $0)
}
exit(shell.converse())

/// Ends the process when the words ask for help, or make no sense.
func parse<Arguments>(_ body: () throws -> Arguments, message: (any Error) -> String) -> Arguments {
    do {
        return try body()
    } catch {
        let code = Sortkey.exitCode(for: error)
        let stream = code == .success ? STDOUT_FILENO : STDERR_FILENO
        StandardStreams.write(message(error) + "\n", to: stream)
        exit(code == .success ? ExitCode.success : ExitCode.badUsage)
    }
}
