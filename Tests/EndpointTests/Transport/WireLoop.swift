import Model
import Wire

/// The wire format without a wire: the bytes of a call become a request again, and the answer becomes bytes, as an
/// endpoint does it.
final class WireLoop: Transport {
    private let service: any DatabaseService

    init(_ service: any DatabaseService) { self.service = service }

    func exchange(_ operation: Operation, _ body: [UInt8]) -> Answer {
        do throws(WireError) {
            let request = try RequestDecoder.decode(operation, json: body)
            return Answer(status: 200, body: JSONWriter.compact(ResponseEncoder.encode(try perform(request))))
        } catch {
            return Answer(
                status: ErrorEncoder.httpStatus(of: error),
                body: JSONWriter.compact(ErrorEncoder.encode(error))
            )
        }
    }

    private func perform(_ request: Request) throws(WireError) -> Response {
        do throws(ServiceError) {
            return try service.perform(request)
        } catch {
            throw .service(error)
        }
    }
}
