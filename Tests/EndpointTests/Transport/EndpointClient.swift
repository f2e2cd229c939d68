import Model
import Wire

/// A service at the other end of a transport.
final class EndpointClient: DatabaseService {
    private let transport: any Transport
    /// The same service before it reaches the wire, where it can be asked what the last call cost.
    private let observed: ObservedService

    init(_ transport: any Transport, observed: ObservedService) {
        self.transport = transport
        self.observed = observed
    }

    func perform(_ request: Request, report: inout RequestReport) throws(ServiceError) -> Response {
        observed.report = report
        defer { report = observed.report }
        let answer = try exchange(request)
        let error: ServiceError
        do throws(BodyFault) {
            if answer.status == 200 { return try ResponseDecoder.decode(request.operation, json: answer.body) }
            error = try ErrorDecoder.decode(status: answer.status, json: answer.body)
        } catch {
            throw Self.broken("\(error) in \(String(decoding: answer.body, as: UTF8.self))")
        }
        throw error
    }

    private func exchange(_ request: Request) throws(ServiceError) -> Answer {
        do throws(TransportFault) {
            return try transport.exchange(request.operation, JSONWriter.compact(RequestEncoder.encode(request)))
        } catch {
            throw Self.broken(error.description)
        }
    }

    private static func broken(_ what: String) -> ServiceError { .internalServerError("on the wire: \(what)") }
}

/// What an endpoint answers for: hands on each call, and keeps beside the wire what does not travel on it.
final class ObservedService: DatabaseService {
    private let service: any DatabaseService
    /// Of the last call. Set before a call, it says whether that is traced.
    var report = RequestReport()

    init(_ service: any DatabaseService) { self.service = service }

    func perform(_ request: Request, report: inout RequestReport) throws(ServiceError) -> Response {
        var own = self.report
        defer {
            self.report = own
            report = own
        }
        return try service.perform(request, report: &own)
    }
}
