import Engine
import Glibc
import Model
import Server
import Synchronization

/// An endpoint on a thread of its own, on a port of its own, with a region of its own.
final class TestEndpoint: Sendable {
    let port: Int
    private let running: Endpoint.Running
    private let thread: BackgroundThread

    /// 2026-01-01T00:00:00Z
    static let start = SimulatedInstant(microseconds: 1_767_225_600_000_000)

    /// `prepare` runs before the endpoint opens.
    init(
        profile: Profile = .serve,
        _ adjust: @Sendable @escaping (inout Endpoint.Configuration) -> Void = { _ in },
        prepare: @Sendable @escaping (Region) throws -> Void = { _ in }
    ) throws {
        let opened = Mailbox<Result<Endpoint.Running, EndpointError>>()
        thread = BackgroundThread {
            let region = Region(profile: profile, startingAt: Self.start)
            try! prepare(region)
            var configuration = Endpoint.Configuration()
            configuration.port = 0
            configuration.stopsOnSignals = false
            adjust(&configuration)
            do throws(EndpointError) {
                try Endpoint(region: region, configuration: configuration).run { opened.put(.success($0)) }
            } catch {
                opened.put(.failure(error))
            }
        }
        running = try opened.take().get()
        port = running.port
    }

    deinit { stop() }

    func stop() {
        running.stop()
        thread.join()
    }

    /// Asks it to stop without waiting for the end.
    func beginStopping() { running.stop() }

    func connect() throws -> TestClient { try TestClient(to: self) }

    /// One request on a connection of its own.
    func ask(_ request: TestRequest) throws -> TestAnswer { try connect().ask(request) }

    /// One operation, signed in form only.
    func call(_ operation: String, _ body: String) throws -> TestAnswer { try ask(.operation(operation, body)) }
}

extension Region {
    /// Makes the table `app` with a string key `pk`.
    func createTable() throws {
        _ = try perform(
            .createTable(
                CreateTableRequest(
                    tableName: "app",
                    attributeDefinitions: [AttributeDefinition("pk", .string)],
                    keySchema: [KeySchemaElement("pk", .hash)],
                    billingMode: .payPerRequest
                )
            )
        )
    }
}

/// Collects what one thread says and another reads.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    func append(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
}
