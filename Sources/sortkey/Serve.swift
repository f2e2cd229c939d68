import ArgumentParser
import Engine
import Glibc
import Model
import Server
import Shell

/// `sortkey serve`: the engine as an endpoint for AWS SDKs.
struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sortkey serve",
        abstract: "Answers AWS SDKs over HTTP, as DynamoDB does.",
        usage: "sortkey serve [options]",
        discussion: """
            Ctrl-C or SIGTERM ends it. Any credentials will do, unless --access-key names the only ones; its secret \
            comes from $SORTKEY_SECRET_ACCESS_KEY or from --secret-file. \
            Exit codes: 0 ok, 1 a statement of --script failed, 2 bad usage or unreadable file, 3 cannot listen.
            """
    )

    @Option(help: "Port to listen on; 0 takes any free one.")
    var port: UInt16 = 8000

    @Option(help: "Address to listen on; other than this machine's own only with --access-key.")
    var host = "127.0.0.1"

    @Option(help: "Region that the endpoint is.")
    var region = "us-east-1"

    @Option(name: .customLong("access-key"), help: "Access key that requests must be signed with.")
    var accessKey: String?

    @Option(name: .customLong("secret-file"), help: "File that holds the secret of --access-key.")
    var secretFile: String?

    @Option(help: "Seed of all chance.")
    var seed: UInt64 = 1

    @Option(help: "Simulated time at the start, in seconds since 1970; from then on only requests move it.")
    var clock: Int64?

    @Option(help: "Defaults of the engine: teach or serve.")
    var profile = Profile.serve

    @Option(help: "A setting of the engine, as NAME=VALUE; may be repeated. Show settings in the shell lists them.")
    var set: [String] = []

    @Option(
        name: [.customShort("f"), .customLong("script")],
        help: "Run the statements of a file first; may be repeated."
    )
    var script: [String] = []

    @Flag(help: "Write a line for each request to standard error.")
    var log = false

    func validate() throws {
        let wholeDays = 400 * 365
        if let clock, !(0...Int64(wholeDays) * 86_400).contains(clock) {
            throw ValidationError("--clock takes seconds since 1970.")
        }
        if region.isEmpty || !region.utf8.allSatisfy({ ConstraintViolations.isNameByte($0) }) {
            throw ValidationError("A region has a name such as us-east-1.")
        }
        if secretFile != nil, accessKey == nil { throw ValidationError("--secret-file goes with --access-key.") }
        if !isLoopback, accessKey == nil {
            throw ValidationError(
                "--host \(host) lets other machines in, and without --access-key anybody may do everything."
            )
        }
        for setting in set where !setting.contains("=") {
            throw ValidationError("--set takes NAME=VALUE, not \(setting).")
        }
    }

    private var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

    /// Answers the exit code.
    func serve() -> Int32 {
        let rootAccessKey: AccessKey?
        do throws(Refusal) {
            rootAccessKey = try readAccessKey()
        } catch {
            return fail(error.message, ExitCode.badUsage)
        }
        let region = makeRegion()
        for setting in set {
            let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            do throws(ServiceError) {
                try region.set(String(parts[0]), to: String(parts[1]))
            } catch {
                return fail(error.message, ExitCode.badUsage)
            }
        }
        let code = runScripts(region)
        return code == ExitCode.success ? listen(region, rootAccessKey) : code
    }

    private func makeRegion() -> Region {
        let start = clock.map { SimulatedInstant(microseconds: $0 * 1_000_000) } ?? .wallClock
        return Region(profile: profile, seed: seed, startingAt: start, name: region)
    }

    private func runScripts(_ region: Region) -> Int32 {
        if script.isEmpty { return ExitCode.success }
        var options = StartOptions()
        options.files = script
        options.readsRC = false
        options.isQuiet = true
        return Start.run(options, service: region, laboratory: region)
    }

    private func listen(_ region: Region, _ rootAccessKey: AccessKey?) -> Int32 {
        var endpoint = RegionEndpoint(region)
        endpoint.configuration.host = host
        endpoint.configuration.port = Int(port)
        endpoint.configuration.rootAccessKey = rootAccessKey
        endpoint.configuration.followsWallClock = clock == nil
        endpoint.configuration.seed = seed
        if log { endpoint.configuration.log = RegionEndpoint.log }
        do throws(EndpointError) {
            try endpoint.run()
            return ExitCode.success
        } catch {
            return fail(error.message, ExitCode.cannotOpen)
        }
    }

    // MARK: The secret

    private struct Refusal: Error {
        let message: String
    }

    private func readAccessKey() throws(Refusal) -> AccessKey? {
        guard let accessKey else { return nil }
        let secret: String
        if let secretFile {
            guard let bytes = InputFile.readAll(secretFile) else {
                throw Refusal(message: "cannot read \(secretFile): \(String(cString: strerror(errno)))")
            }
            secret = String(decoding: bytes, as: UTF8.self).trimmingEnds()
        } else if let value = getenv("SORTKEY_SECRET_ACCESS_KEY") {
            secret = String(cString: value)
        } else {
            throw Refusal(
                message: "--access-key needs its secret: set SORTKEY_SECRET_ACCESS_KEY, or give --secret-file"
            )
        }
        if secret.isEmpty { throw Refusal(message: "the secret of --access-key is empty") }
        return AccessKey(id: accessKey, secret: secret)
    }

    private func fail(_ message: String, _ code: Int32) -> Int32 {
        StandardStreams.write("error: \(message)\n", to: STDERR_FILENO)
        return code
    }
}

extension String {
    /// Without the line break that editors put at the end of a file.
    fileprivate func trimmingEnds() -> String {
        var text = self[...]
        while let last = text.last, last.isWhitespace { text = text.dropLast() }
        return String(text)
    }
}

extension SimulatedInstant {
    static var wallClock: SimulatedInstant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return SimulatedInstant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}
