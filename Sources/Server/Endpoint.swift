import Engine
import Glibc
import Model
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A region as an HTTP endpoint that AWS SDKs take for DynamoDB.
///
/// One thread does everything: it waits for bytes, and calls the engine between two waits. So no request ever sees
/// another half done, and the region needs no lock.
public final class Endpoint {
    public struct Configuration {
        public var host = "127.0.0.1"
        /// 0 takes any free port.
        public var port = 8000
        /// The account's own key: every signature is verified. Without it everybody is the account's root, apart from
        /// those who sign with a user's key.
        public var rootAccessKey: AccessKey?
        /// Lets simulated time pass with the wall clock; otherwise only requests move it.
        public var followsWallClock = true
        /// Of the request identifiers.
        public var seed: UInt64 = 1
        public var limits = ConnectionLimits()
        /// Whether SIGINT and SIGTERM end `run`.
        public var stopsOnSignals = true
        /// Told of each request before its answer goes out.
        public var log: ((RequestLine) -> Void)?

        public init() {}
    }

    /// A hold on an endpoint that runs, for any thread.
    public final class Running: Sendable {
        public let port: Int
        /// Nil when it has ended.
        private let endpoint: Mutex<NIOLoopBound<Endpoint>?>

        fileprivate init(port: Int, endpoint: NIOLoopBound<Endpoint>) {
            self.port = port
            self.endpoint = Mutex(endpoint)
        }

        /// Takes no more requests, finishes those that have begun, and lets `run` return. May be called again.
        public func stop() {
            endpoint.withLock { endpoint in
                guard let endpoint else { return }
                endpoint.eventLoop.execute { endpoint.value.stop() }
            }
        }

        fileprivate func end() { endpoint.withLock { $0 = nil } }
    }

    let configuration: Configuration
    let responder: Responder
    let flushes = FlushBatch()
    var connections: [ObjectIdentifier: Connection] = [:]
    /// Goes forward by one each second.
    private(set) var tick = 0
    private(set) var isStopping = false
    private var stoppingSince = 0
    private var listener: (any Channel)?
    private var loop: (any EventLoop)?
    private var running: Running?
    private var failure: EndpointError?
    private var isClosed = false

    public init(region: Region, configuration: Configuration) {
        self.configuration = configuration
        responder = Responder(region: region, configuration: configuration)
    }

    /// Serves on the calling thread until it is told to stop. `ready` is called once the port is open.
    public func run(ready: @escaping (Running) -> Void) throws(EndpointError) {
        OpenFiles.allowAsManyAsPossible()
        let signals = configuration.stopsOnSignals ? StopSignals() : nil
        defer { signals?.restore() }
        MultiThreadedEventLoopGroup.withCurrentThreadAsEventLoop { loop in
            self.loop = loop
            let endpoint = NIOLoopBound(self, eventLoop: loop)
            signals?.watch(on: loop) { endpoint.value.stop() }
            self.listen(on: loop, ready: ready)
        }
        if let failure { throw failure }
    }

    // MARK: Beginning

    private func listen(on loop: any EventLoop, ready: @escaping (Running) -> Void) {
        let endpoint = NIOLoopBound(self, eventLoop: loop)
        let bootstrap = ServerBootstrap(group: loop)
            .serverChannelOption(.backlog, value: 4_096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try endpoint.value.accept(channel) }
            }
        bootstrap.bind(host: configuration.host, port: configuration.port).assumeIsolated().whenComplete { result in
            switch result {
            case .success(let listener):
                self.listener = listener
                self.scheduleTick()
                let port = listener.localAddress?.port ?? self.configuration.port
                let running = Running(port: port, endpoint: endpoint)
                self.running = running
                ready(running)
            case .failure(let error):
                self.failure = EndpointError(error, self.configuration)
                self.close()
            }
        }
    }

    private func accept(_ channel: any Channel) throws {
        let connection = Connection(self)
        if connections.count >= configuration.limits.connections {
            try channel.pipeline.syncOperations.addHandler(Refusal(self))
            return
        }
        let decoder = HTTPRequestDecoder(limitConfiguration: configuration.limits.ofHeaders)
        try channel.pipeline.syncOperations.addHandlers([
            ArrivalWatch(connection), ByteToMessageHandler(decoder), connection,
        ])
        connections[ObjectIdentifier(connection)] = connection
    }

    // MARK: Time

    private func scheduleTick() {
        loop?.assumeIsolated().scheduleTask(in: configuration.limits.tick) { self.passTick() }
    }

    private func passTick() {
        if isClosed { return }
        tick += 1
        responder.followWallClock()
        for connection in Array(connections.values) { connection.closeIfLate(tick) }
        if isStopping, tick - stoppingSince > configuration.limits.stopTicks {
            for connection in Array(connections.values) { connection.close() }
        }
        scheduleTick()
    }

    // MARK: Ending

    func stop() {
        if isStopping { return }
        isStopping = true
        stoppingSince = tick
        listener?.close(promise: nil)
        for connection in Array(connections.values) { connection.finish() }
        closeIfIdle()
    }

    func forget(_ connection: Connection) {
        connections[ObjectIdentifier(connection)] = nil
        closeIfIdle()
    }

    private func closeIfIdle() {
        if isStopping, connections.isEmpty { close() }
    }

    private func close() {
        if isClosed { return }
        isClosed = true
        running?.end()
        loop?.shutdownGracefully { _ in }
    }
}

public enum EndpointError: Error, Equatable, Sendable {
    case portInUse(Int)
    case cannotListen(String)

    init(_ error: any Error, _ configuration: Endpoint.Configuration) {
        if let error = error as? IOError, error.errnoCode == EADDRINUSE {
            self = .portInUse(configuration.port)
        } else if let error = error as? IOError {
            let reason = String(cString: strerror(error.errnoCode))
            self = .cannotListen("\(configuration.host):\(configuration.port): \(reason)")
        } else {
            self = .cannotListen("\(configuration.host):\(configuration.port): \(error)")
        }
    }

    public var message: String {
        switch self {
        case .portInUse(let port): "port \(port) is in use; --port 0 takes any free one"
        case .cannotListen(let reason): "cannot listen on \(reason)"
        }
    }
}
