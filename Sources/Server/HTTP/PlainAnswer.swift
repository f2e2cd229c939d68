/// Answers that are no business of the service: a status, and a body that is no JSON.
enum PlainAnswer {
    /// Another method, path or content type.
    case notFound
    case tooLarge
    case badRequest
    case expectationFailed
    case tooManyConnections

    var status: Status {
        switch self {
        case .notFound: .notFound
        case .tooLarge: .contentTooLarge
        case .badRequest: .badRequest
        case .expectationFailed: .expectationFailed
        case .tooManyConnections: .serviceUnavailable
        }
    }

    var body: StaticString {
        switch self {
        case .notFound: "<UnknownOperationException/>\n"
        case .tooLarge, .badRequest, .expectationFailed, .tooManyConnections: ""
        }
    }

    /// The connection is of no more use.
    var closesConnection: Bool {
        switch self {
        case .notFound: false
        case .tooLarge, .badRequest, .expectationFailed, .tooManyConnections: true
        }
    }
}

/// The status lines that are ever sent.
enum Status: Int {
    case ok = 200
    case badRequest = 400
    case notFound = 404
    case contentTooLarge = 413
    case expectationFailed = 417
    case internalServerError = 500
    case serviceUnavailable = 503

    var line: StaticString {
        switch self {
        case .ok: "HTTP/1.1 200 OK\r\n"
        case .badRequest: "HTTP/1.1 400 Bad Request\r\n"
        case .notFound: "HTTP/1.1 404 Not Found\r\n"
        case .contentTooLarge: "HTTP/1.1 413 Payload Too Large\r\n"
        case .expectationFailed: "HTTP/1.1 417 Expectation Failed\r\n"
        case .internalServerError: "HTTP/1.1 500 Internal Server Error\r\n"
        case .serviceUnavailable: "HTTP/1.1 503 Service Unavailable\r\n"
        }
    }
}
