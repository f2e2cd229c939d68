import Engine
import Model
import NIOCore
import NIOHTTP1
import Wire

/// From a whole HTTP request to the bytes of its answer: AWS JSON in, one call of the engine, AWS JSON out.
final class Responder {
    private let region: Region
    private let log: ((RequestLine) -> Void)?
    private let bodyBytesMax: Int
    private var authenticator: Authenticator
    private var clock: EndpointClock
    private var identifiers: RequestIdentifiers
    /// Reused from answer to answer.
    private var body: [UInt8] = []
    private var output: [UInt8] = []

    /// Smaller bodies are not worth a gzip frame.
    private static let gzipBytesMin = 1_024
    private static let keptBytesMax = 1 << 18

    private static let operations = Dictionary(
        uniqueKeysWithValues: Operation.allCases.map { ("\($0.targetPrefix).\($0.rawValue)", $0) }
    )

    init(region: Region, configuration: Endpoint.Configuration) {
        self.region = region
        log = configuration.log
        bodyBytesMax = configuration.limits.bodyBytes
        authenticator = Authenticator(region: region, rootAccessKey: configuration.rootAccessKey)
        clock = EndpointClock(startingAt: region.now, followsWallClock: configuration.followsWallClock)
        identifiers = RequestIdentifiers(seed: configuration.seed)
    }

    func followWallClock() { clock.advance(region, to: EndpointClock.monotonicMicroseconds()) }

    // MARK: Answers

    func answer(_ request: IncomingRequest, keepsAlive: Bool, _ allocator: ByteBufferAllocator) -> ByteBuffer {
        let start = EndpointClock.monotonicMicroseconds()
        var head = AnswerHead(status: .ok, keepsAlive: keepsAlive)
        body.removeAll(keepingCapacity: body.capacity <= Self.keptBytesMax)
        if let contentType = contentType(of: request) {
            head.contentType = contentType
            head.status = serve(request, startedAt: start)
        } else if request.head.method == .GET, request.path == "/" {
            head.contentType = appendPage(for: request)
        } else {
            return answer(.notFound, keepsAlive: keepsAlive, hasBody: request.head.method != .HEAD, allocator)
        }
        if body.count >= Self.gzipBytesMin, Self.acceptsGzip(request.headers.acceptEncoding) {
            body = Gzip.compress(body)
            head.isGzip = true
        }
        return buffer(head, at: start, allocator)
    }

    func answer(
        _ answer: PlainAnswer,
        keepsAlive: Bool = true,
        hasBody: Bool = true,
        _ allocator: ByteBufferAllocator
    ) -> ByteBuffer {
        body.removeAll(keepingCapacity: true)
        if hasBody { body.append(literal: answer.body) }
        let head = AnswerHead(status: answer.status, keepsAlive: keepsAlive && !answer.closesConnection)
        return buffer(head, at: EndpointClock.monotonicMicroseconds(), allocator)
    }

    private func buffer(_ head: AnswerHead, at monotonic: Int64, _ allocator: ByteBufferAllocator) -> ByteBuffer {
        output.removeAll(keepingCapacity: true)
        head.append(for: body, date: clock.httpDate(at: monotonic), &identifiers, to: &output)
        var buffer = allocator.buffer(capacity: output.count + body.count)
        buffer.writeBytes(output)
        buffer.writeBytes(body)
        return buffer
    }

    /// Nil when this is no request to the service.
    private func contentType(of request: IncomingRequest) -> AnswerHead.ContentType? {
        guard request.head.method == .POST, request.path == "/", request.body != nil,
            let type = request.headers.contentType
        else { return nil }
        switch type {
        case "application/x-amz-json-1.0": return .amazonJSON
        case "application/json": return .json
        default: break
        }
        let essence = type.prefix { $0 != ";" && $0 != " " }.lowercased()
        return essence == "application/x-amz-json-1.0" ? .amazonJSON : essence == "application/json" ? .json : nil
    }

    /// `gzip`, `*` or `x-gzip` among the codings, unless its weight is zero.
    private static func acceptsGzip(_ header: String?) -> Bool {
        guard let header else { return false }
        return header.lowercased().split(separator: ",").contains { coding in
            let parts = coding.split(separator: ";").map { $0.filter { $0 != " " } }
            guard let name = parts.first, name == "gzip" || name == "x-gzip" || name == "*" else { return false }
            return !parts.dropFirst().contains { $0.hasPrefix("q=0") && !$0.contains { ("1"..."9").contains($0) } }
        }
    }

    private func appendPage(for request: IncomingRequest) -> AnswerHead.ContentType? {
        if let accept = request.headers.accept, accept.contains("text/html") {
            followWallClock()
            body += StatusPage.html(region, host: request.head.headers.first(name: "host")).utf8
            return .html
        }
        body += "healthy: dynamodb.\(region.name).amazonaws.com ".utf8
        return nil
    }

    // MARK: The service

    private func serve(_ request: IncomingRequest, startedAt start: Int64) -> Status {
        var report = RequestReport()
        var call: Request?
        do throws(Failure) {
            let response = try perform(request, at: start, &call, &report)
            ResponseEncoder.append(response, to: &body)
            note(request, call, nil, .ok, report, start)
            return .ok
        } catch {
            let status: Status
            switch error {
            case .tooLarge: status = .contentTooLarge
            case .wire(let error):
                JSONWriter.append(ErrorEncoder.encode(error), to: &body)
                status = Status(rawValue: ErrorEncoder.httpStatus(of: error)) ?? .badRequest
            }
            note(request, call, error, status, report, start)
            return status
        }
    }

    private enum Failure: Error {
        case wire(WireError)
        case tooLarge

        static func service(_ error: ServiceError) -> Failure { .wire(.service(error)) }
    }

    private func perform(
        _ request: IncomingRequest,
        at start: Int64,
        _ call: inout Request?,
        _ report: inout RequestReport
    ) throws(Failure) -> Response {
        guard let target = request.headers.target, let operation = Self.operations[target] else {
            throw .service(.unknownOperationException)
        }
        let caller: Caller?
        do throws(ServiceError) {
            caller = try authenticator.caller(of: request)
        } catch {
            throw .service(error)
        }
        let decoded = try decode(operation, request)
        call = decoded
        clock.advance(region, to: start)
        do throws(ServiceError) {
            return try region.perform(decoded, from: caller, report: &report)
        } catch {
            throw .service(error)
        }
    }

    private func decode(_ operation: Operation, _ request: IncomingRequest) throws(Failure) -> Request {
        let result: Result<Request, Failure> = request.body!.withUnsafeReadableBytes { bytes in
            switch request.headers.contentEncoding?.lowercased() {
            case nil, "identity": Self.decode(operation, bytes)
            case "gzip": inflate(bytes).flatMap { $0.withUnsafeBytes { Self.decode(operation, $0) } }
            // A coding that nobody knows leaves bytes that are no JSON.
            default: .failure(.wire(.serialization("")))
            }
        }
        return try result.get()
    }

    private static func decode(_ operation: Operation, _ bytes: UnsafeRawBufferPointer) -> Result<Request, Failure> {
        do throws(WireError) {
            return .success(try RequestDecoder.decode(operation, json: bytes))
        } catch {
            return .failure(.wire(error))
        }
    }

    private func inflate(_ bytes: UnsafeRawBufferPointer) -> Result<[UInt8], Failure> {
        do throws(Gzip.Failure) {
            return .success(try Gzip.inflate(bytes, maximum: bodyBytesMax))
        } catch {
            switch error {
            case .notGzip: return .failure(.wire(.serialization("")))
            case .tooLarge: return .failure(.tooLarge)
            }
        }
    }

    private func note(
        _ request: IncomingRequest,
        _ call: Request?,
        _ failure: Failure?,
        _ status: Status,
        _ report: RequestReport,
        _ start: Int64
    ) {
        guard let log else { return }
        var line = RequestLine(at: region.now, status: status.rawValue)
        line.operation = call?.operation.rawValue ?? request.headers.target ?? "no target"
        line.tables = call?.tableNames ?? []
        line.report = report
        line.microseconds = EndpointClock.monotonicMicroseconds() - start
        if case .wire(let error)? = failure { line.error = error.name }
        log(line)
    }
}
