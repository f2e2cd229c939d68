import NIOCore
import NIOHTTP1

/// One whole HTTP request.
struct IncomingRequest {
    let head: HTTPRequestHead
    let body: ByteBuffer?
    let headers: Headers

    /// The few headers that matter, found in one pass.
    struct Headers {
        var contentLength: String?
        var expectation: String?
        var contentType: String?
        var target: String?
        var authorization: String?
        var amazonDate: String?
        var date: String?
        var accept: String?
        var acceptEncoding: String?
        var contentEncoding: String?
    }

    /// Before the question mark.
    var path: Substring { target[..<questionMark] }
    /// Behind the question mark.
    var query: Substring { target[questionMark...].dropFirst() }

    /// What the request line names. Clients behind a proxy write `http://host/path` for `/path`.
    private var target: Substring {
        if head.uri.utf8.first == UInt8(ascii: "/") { return head.uri[...] }
        guard let scheme = head.uri.firstRange(of: "://") else { return head.uri[...] }
        let rest = head.uri[scheme.upperBound...]
        return rest.firstIndex(of: "/").map { rest[$0...] } ?? "/"
    }

    private var questionMark: String.Index { target.utf8.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex }
}

extension IncomingRequest.Headers {
    init(_ headers: HTTPHeaders) {
        for (name, value) in headers {
            switch name.utf8.count {
            case 4 where Self.matches(name, "date"): date = value
            case 6:
                if Self.matches(name, "accept") {
                    accept = value
                } else if Self.matches(name, "expect") {
                    expectation = value
                }
            case 10 where Self.matches(name, "x-amz-date"): amazonDate = value
            case 12:
                if Self.matches(name, "content-type") {
                    contentType = value
                } else if Self.matches(name, "x-amz-target") {
                    target = value
                }
            case 13 where Self.matches(name, "authorization"): authorization = value
            case 14 where Self.matches(name, "content-length"): contentLength = value
            case 15 where Self.matches(name, "accept-encoding"): acceptEncoding = value
            case 16 where Self.matches(name, "content-encoding"): contentEncoding = value
            default: break
            }
        }
    }

    /// Whether a header's name is this one, given in lower case, of the same length.
    private static func matches(_ name: String, _ lowercase: StaticString) -> Bool {
        var index = 0
        for byte in name.utf8 {
            if byte | 0x20 != lowercase.utf8Start[index] | 0x20 { return false }
            index += 1
        }
        return true
    }
}
