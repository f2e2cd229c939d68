import Engine
import Model
import Server

/// A real endpoint around the region, on a thread of its own, and the connection to it. The caller waits for each answer,
/// so that the region is never used by two threads at once.
///
/// What a request cost is taken from the endpoint's log. A trace and the name of a user do not travel on this wire: such
/// a call goes through the wire format alone.
final class ServedTransport: Transport {
    private let region: Region
    private let observed: ObservedService
    private let loop: WireLoop
    private let http: HTTPTransport
    private let running: Endpoint.Running
    private let thread: BackgroundThread

    init(_ region: Region, _ observed: ObservedService) throws {
        self.region = region
        self.observed = observed
        loop = WireLoop(observed)
        let opened = Mailbox<Result<Endpoint.Running, EndpointError>>()
        let shared = Shared(region: region, observed: observed)
        thread = BackgroundThread { shared.serve(opened) }
        running = try opened.take().get()
        http = try HTTPTransport(port: UInt16(running.port), headers: Self.signature)
    }

    /// Who signs does not matter to an endpoint without keys, but that somebody does.
    private static let signature = [
        ("X-Amz-Date", "20260101T000000Z"),
        (
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0"
        ),
    ].map { (name: $0.0, value: $0.1) }

    deinit {
        running.stop()
        thread.join()
    }

    func exchange(_ operation: Operation, _ body: [UInt8]) throws(TransportFault) -> Answer {
        if observed.report.isTraced || region.caller != nil { return loop.exchange(operation, body) }
        observed.report = RequestReport()
        return try http.exchange(operation, body)
    }

    /// What both threads hold, each while the other waits.
    private struct Shared: @unchecked Sendable {
        let region: Region
        let observed: ObservedService

        func serve(_ opened: Mailbox<Result<Endpoint.Running, EndpointError>>) {
            var configuration = Endpoint.Configuration()
            configuration.port = 0
            configuration.followsWallClock = false
            configuration.stopsOnSignals = false
            configuration.log = { observed.report = $0.report }
            do throws(EndpointError) {
                try Endpoint(region: region, configuration: configuration).run { opened.put(.success($0)) }
            } catch {
                opened.put(.failure(error))
            }
        }
    }
}
