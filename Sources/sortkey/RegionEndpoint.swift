import Engine
import Glibc
import Model
import Server
import Shell

/// A region as an endpoint in the foreground, for `sortkey serve` and for the shell's `Serve`.
struct RegionEndpoint {
    let region: Region
    var configuration = Endpoint.Configuration()

    init(_ region: Region) { self.region = region }

    /// Serves until SIGINT or SIGTERM.
    func run() throws(EndpointError) {
        try Endpoint(region: region, configuration: configuration).run { running in
            StandardStreams.write(greeting(port: running.port), to: STDERR_FILENO)
        }
    }

    /// For the shell: with a request log, until Ctrl-C. Answers why it could not.
    static func serve(_ region: Region, port: Int, seed: UInt64) -> String? {
        var endpoint = RegionEndpoint(region)
        endpoint.configuration.port = port
        endpoint.configuration.seed = seed
        endpoint.configuration.log = log
        do throws(EndpointError) {
            try endpoint.run()
            return nil
        } catch {
            return error.message
        }
    }

    static func log(_ line: RequestLine) { StandardStreams.write(line.text + "\n", to: STDERR_FILENO) }

    /// Where it listens, and the two lines a newcomer needs.
    private func greeting(port: Int) -> String {
        let host = configuration.host
        let address = "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        let keys =
            configuration.rootAccessKey.map { "AWS_ACCESS_KEY_ID=\($0.id) AWS_SECRET_ACCESS_KEY=…" }
            ?? "AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local"
        return """
            listening on \(address)
            export AWS_ENDPOINT_URL_DYNAMODB=\(address) AWS_REGION=\(region.name) AWS_DEFAULT_REGION=\(region.name) \(keys)
            aws dynamodb list-tables

            """
    }
}
