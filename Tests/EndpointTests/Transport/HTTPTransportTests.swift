import Glibc
import Model
import Testing

/// The client that endpoints are tested with: what it sends, and that it believes nothing unseen.
struct HTTPTransportTests {
    static let id = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEF"

    /// An answer as an endpoint should give it, but for what a test replaces.
    static func answer(
        _ body: String,
        status: String = "200 OK",
        type: String? = "application/x-amz-json-1.0",
        id: String? = id,
        sum: UInt32? = nil
    ) -> String {
        var lines = ["HTTP/1.1 \(status)", "content-length: \(body.utf8.count)"]
        if let type { lines.append("Content-Type: \(type)") }
        if let id { lines.append("x-amzn-RequestId: \(id)") }
        lines.append("x-amz-crc32: \(sum ?? Checksum.crc32(Array(body.utf8)))")
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
    }

    /// What the client makes of an answer that waits for it.
    static func fault(_ answer: String, closes: Bool = false) throws -> String? {
        let listener = try Listener()
        let transport = try HTTPTransport(port: listener.port)
        let peer = listener.accept()
        peer.write(answer)
        if closes { peer.finishWriting() }
        do throws(TransportFault) {
            _ = try transport.exchange(.getItem, [])
            return nil
        } catch {
            return error.description
        }
    }

    @Test func callsFollowEachOtherOnOneConnection() throws {
        let listener = try Listener()
        let transport = try HTTPTransport(port: listener.port, headers: [("X-Amz-Date", "20260101T000000Z")])
        let peer = listener.accept()
        peer.write(Self.answer("{}") + Self.answer(#"{"Count":1}"#, status: "400 Bad Request"))
        #expect(try transport.exchange(.getItem, Array("{1}".utf8)) == Answer(status: 200, body: Array("{}".utf8)))
        #expect(
            peer.read()
                == [
                    "POST / HTTP/1.1", "Host: 127.0.0.1:\(listener.port)", "Content-Type: application/x-amz-json-1.0",
                    "X-Amz-Target: DynamoDB_20120810.GetItem", "Content-Length: 3", "X-Amz-Date: 20260101T000000Z", "",
                    "{1}",
                ].joined(separator: "\r\n")
        )
        let second = try transport.exchange(.listStreams, [])
        #expect(second == Answer(status: 400, body: Array(#"{"Count":1}"#.utf8)))
        #expect(peer.read().contains("X-Amz-Target: DynamoDBStreams_20120810.ListStreams\r\n"))
    }

    @Test func everyAnswerIsChecked() throws {
        #expect(try Self.fault(Self.answer("{}")) == nil)
        #expect(try Self.fault(Self.answer("{}", sum: 1)) == "checksum 1 instead of 2745614147")
        #expect(try Self.fault(Self.answer("{}", type: "text/html")) == "another media type: text/html")
        #expect(try Self.fault(Self.answer("{}", type: nil)) == "another media type: none")
        #expect(try Self.fault(Self.answer("{}", id: "abc")) == "no request id: abc")
        #expect(try Self.fault(Self.answer("{}", id: nil)) == "no request id: ")
        #expect(try Self.fault("HTTP/1.1 200 OK\r\nx-amz-crc32: 0\r\n\r\n") == "an answer without its length")
        #expect(try Self.fault("SSH-2.0\r\n\r\n") == "no HTTP answer: SSH-2.0")
        let closed = "the endpoint has closed the connection"
        #expect(try Self.fault(String(Self.answer("{}").dropLast()), closes: true) == closed)
        #expect(try Self.fault("HTTP/1.1 200", closes: true) == closed)
    }

    @Test func checksums() {
        #expect(Checksum.crc32([]) == 0)
        #expect(Checksum.crc32(Array("123456789".utf8)) == 0xCBF4_3926)
    }
}

/// A port of this machine on which the test itself answers.
private final class Listener {
    let port: UInt16
    private let descriptor: Int32

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in.loopback(port: 0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, size) | listen(descriptor, 1) | getsockname(descriptor, address, &size)
            }
        }
        if result != 0 { throw TransportFault("no port: errno \(errno)") }
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(descriptor) }

    /// The connection that somebody has opened.
    func accept() -> Peer { Peer(descriptor: Glibc.accept(descriptor, nil, nil)) }
}

/// The endpoint's end of a connection.
private final class Peer {
    private let descriptor: Int32

    init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    func write(_ text: String) { _ = Glibc.write(descriptor, text, text.utf8.count) }

    func finishWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// What has come so far, at least something.
    func read() -> String {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        return String(decoding: bytes[..<max(0, count)], as: UTF8.self)
    }
}
