import Glibc
import Model

/// One connection to an endpoint on this machine, kept alive for all calls. It takes nothing on trust: every answer
/// must carry its length, its checksum, its media type and a request id. Source: reference J.
final class HTTPTransport: Transport {
    private let descriptor: Int32
    private let host: String
    private let headers: [(name: String, value: String)]
    /// Bytes that have come and were not looked at yet.
    private var received: [UInt8] = []

    /// Connects at once. `headers` go with every call, such as those of a signature.
    init(port: UInt16, headers: [(name: String, value: String)] = []) throws(TransportFault) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        host = "127.0.0.1:\(port)"
        self.headers = headers
        var address = sockaddr_in.loopback(port: port)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result != 0 { throw TransportFault("no connection to \(host): errno \(errno)") }
        var yes: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        // A test that waits for an answer forever helps nobody.
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    func exchange(_ operation: Operation, _ body: [UInt8]) throws(TransportFault) -> Answer {
        var lines = [
            "POST / HTTP/1.1", "Host: \(host)", "Content-Type: \(Self.mediaType)",
            "X-Amz-Target: \(operation.targetPrefix).\(operation.rawValue)", "Content-Length: \(body.count)",
        ]
        lines += headers.map { "\($0.name): \($0.value)" }
        try send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
        let head = try AnswerHead(receiveHead())
        let body = try receive(head.contentLength)
        try head.check(body)
        return Answer(status: head.status, body: body)
    }

    static let mediaType = "application/x-amz-json-1.0"

    // MARK: Bytes

    private func send(_ bytes: [UInt8]) throws(TransportFault) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.send(descriptor, buffer.baseAddress! + sent, buffer.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { throw TransportFault("the endpoint takes no more: errno \(errno)") }
            sent += count
        }
    }

    /// Everything up to the empty line, without it.
    private func receiveHead() throws(TransportFault) -> String {
        var searched = 0
        while true {
            let end: [UInt8] = [13, 10, 13, 10]
            for start in max(0, searched - 3)..<max(0, received.count - 3)
            where received[start..<start + 4].elementsEqual(end) {
                let head = String(decoding: received[..<start], as: UTF8.self)
                received.removeFirst(start + 4)
                return head
            }
            searched = received.count
            try receiveMore()
        }
    }

    private func receive(_ count: Int) throws(TransportFault) -> [UInt8] {
        while received.count < count { try receiveMore() }
        defer { received.removeFirst(count) }
        return Array(received[..<count])
    }

    private func receiveMore() throws(TransportFault) {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        if count == 0 { throw TransportFault("the endpoint has closed the connection") }
        if count < 0 { throw TransportFault("no answer: errno \(errno)") }
        received += chunk[..<count]
    }
}

/// The lines before the body of an answer.
private struct AnswerHead {
    let status: Int
    let contentLength: Int
    /// Names in lower case.
    private var fields: [String: String] = [:]

    init(_ text: String) throws(TransportFault) {
        var lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)[...]
        let words = lines.removeFirst().split(separator: " ")
        guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else {
            throw TransportFault("no HTTP answer: \(text)")
        }
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else { throw TransportFault("no header: \(line)") }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            fields[line[..<colon].lowercased()] = String(value)
        }
        guard let length = fields["content-length"].flatMap({ Int($0) }), length >= 0 else {
            throw TransportFault("an answer without its length")
        }
        self.status = status
        contentLength = length
    }

    func check(_ body: [UInt8]) throws(TransportFault) {
        if fields["content-type"] != HTTPTransport.mediaType {
            throw TransportFault("another media type: \(fields["content-type"] ?? "none")")
        }
        let sum = String(Checksum.crc32(body))
        if fields["x-amz-crc32"] != sum {
            throw TransportFault("checksum \(fields["x-amz-crc32"] ?? "none") instead of \(sum)")
        }
        let id = fields["x-amzn-requestid"] ?? ""
        let isRequestID = id.utf8.count == 52 && id.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
        if !isRequestID { throw TransportFault("no request id: \(id)") }
    }
}

enum Checksum {
    /// The CRC-32 of zip and Ethernet, a bit at a time: slow, and easy to see through.
    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var sum = UInt32.max
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }
}

extension sockaddr_in {
    /// A port of this machine; 0 lets the system choose one.
    static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
