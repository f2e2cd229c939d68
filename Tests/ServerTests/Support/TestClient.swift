import Glibc

/// A request as a test writes it.
struct TestRequest {
    var method = "POST"
    var path = "/"
    var headers: [(String, String)] = []
    var body: [UInt8]?

    static func operation(_ name: String, _ body: String) -> TestRequest {
        .target("DynamoDB_20120810.\(name)", body)
    }

    static func target(_ target: String, _ body: String) -> TestRequest {
        var request = TestRequest()
        request.headers = [
            ("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Target", target),
            ("X-Amz-Date", "20260101T000000Z"),
            ("Authorization", "AWS4-HMAC-SHA256 Credential=local/a/b/c/d, SignedHeaders=host, Signature=0"),
        ]
        request.body = Array(body.utf8)
        return request
    }

    static func get(_ path: String, _ headers: [(String, String)] = []) -> TestRequest {
        TestRequest(method: "GET", path: path, headers: headers)
    }

    func with(_ name: String, _ value: String?) -> TestRequest {
        var request = self
        request.headers.removeAll { $0.0.lowercased() == name.lowercased() }
        if let value { request.headers.append((name, value)) }
        return request
    }

    var head: String {
        var lines = ["\(method) \(path) HTTP/1.1"]
        if !headers.contains(where: { $0.0.lowercased() == "host" }) { lines.append("Host: 127.0.0.1") }
        lines += headers.map { "\($0.0): \($0.1)" }
        let isFramed = headers.contains { ["content-length", "transfer-encoding"].contains($0.0.lowercased()) }
        if let body, !isFramed { lines.append("Content-Length: \(body.count)") }
        return lines.joined(separator: "\r\n") + "\r\n\r\n"
    }

    var bytes: [UInt8] { Array(head.utf8) + (body ?? []) }
}

struct TestAnswer: Equatable {
    var status: Int
    /// Names in lower case.
    var headers: [String: String]
    var body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var isKeptAlive: Bool { headers["connection"] == "keep-alive" }
    /// The name behind `#` in an error.
    var errorName: Substring? {
        guard let start = text.firstRange(of: #""__type":""#)?.upperBound else { return nil }
        return text[start...].prefix { $0 != "\"" }.split(separator: "#").last
    }
}

struct TestFailure: Error {
    let message: String
}

/// One connection, with blocking calls that give up after some seconds.
final class TestClient {
    /// Which must not end before its client.
    private let endpoint: TestEndpoint
    private let descriptor: Int32
    private var received: [UInt8] = []

    init(to endpoint: TestEndpoint) throws {
        self.endpoint = endpoint
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(endpoint.port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(descriptor, $0, size) }
        }
        guard code == 0 else { throw TestFailure(message: "connect: \(String(cString: strerror(errno)))") }
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(descriptor) }

    func ask(_ request: TestRequest) throws -> TestAnswer {
        send(request.bytes)
        return try readAnswer()
    }

    /// False when the other side has closed.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return false }
            sent += count
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Whether the other side has closed, with nothing left to read.
    func isClosedByPeer() -> Bool { received.isEmpty && !fill() }

    func readAnswer() throws -> TestAnswer {
        while true {
            let text = String(decoding: received.prefix(4_096), as: UTF8.self)
            if let end = text.firstRange(of: "\r\n\r\n") {
                let headBytes = text[..<end.upperBound].utf8.count
                return try readBody(behind: text[..<end.lowerBound], headBytes)
            }
            guard fill() else { throw TestFailure(message: "closed before an answer: \(text)") }
        }
    }

    private func readBody(behind head: Substring, _ headBytes: Int) throws -> TestAnswer {
        let lines = head.split(separator: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw TestFailure(message: "no status line: \(head)")
        }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        while received.count < headBytes + length {
            guard fill() else { throw TestFailure(message: "closed within a body") }
        }
        let body = Array(received[headBytes..<headBytes + length])
        received.removeFirst(headBytes + length)
        return TestAnswer(status: status, headers: headers, body: body)
    }

    private func fill() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        if count > 0 { received += chunk[..<count] }
        return count > 0
    }
}
