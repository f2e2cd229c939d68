import Engine
import Testing

@testable import Server

@Suite struct CompressionTests {
    private static let tables = #"{"TableNames":["app"]}"#

    private func endpoint() throws -> TestEndpoint {
        try TestEndpoint(prepare: { region in try region.createTable() })
    }

    @Test func aCompressedRequestIsRead() throws {
        var request = TestRequest.operation("ListTables", "{}").with("Content-Encoding", "gzip")
        request.body = Gzip.compress(request.body!)
        #expect(try endpoint().ask(request).text == Self.tables)
    }

    /// As `printf '{}' | gzip -n` writes it.
    @Test func anotherProgramsGzipIsRead() throws {
        var request = TestRequest.operation("ListTables", "{}").with("Content-Encoding", "gzip")
        request.body = [
            0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0, 0x03, 0xAB, 0xAE, 0x05, 0, 0x43, 0xBF, 0xA6, 0xA3, 0x02, 0, 0, 0,
        ]
        #expect(try endpoint().ask(request).text == Self.tables)
    }

    @Test func whatIsNoGzipIsNoJSON() throws {
        let endpoint = try endpoint()
        let whole = Gzip.compress(Array("{}".utf8))
        for body in [Array("{}".utf8), Array(whole.dropLast()), whole + [0], Array(whole.prefix(5))] {
            var request = TestRequest.operation("ListTables", "{}").with("Content-Encoding", "gzip")
            request.body = body
            #expect(try endpoint.ask(request).errorName == "SerializationException")
        }
        let other = TestRequest.operation("ListTables", "{}").with("Content-Encoding", "br")
        #expect(try endpoint.ask(other).errorName == "SerializationException")
    }

    /// 100 MB of blanks are 100 KB of gzip.
    @Test func aBombIsRefused() throws {
        let endpoint = try endpoint()
        var request = TestRequest.operation("ListTables", "{}").with("Content-Encoding", "gzip")
        request.body = Gzip.compress([UInt8](repeating: 0x20, count: 100 << 20))
        #expect(request.body!.count < 1 << 20)
        #expect(try endpoint.ask(request).status == 413)
        #expect(try endpoint.call("ListTables", "{}").status == 200)
    }

    @Test func largeAnswersAreCompressedForWhomWantsThat() throws {
        let endpoint = try endpoint()
        let plain = try endpoint.call("DescribeTable", #"{"TableName":"app"}"#)
        #expect(plain.headers["content-encoding"] == nil)
        let text = String(repeating: "abc", count: 1_000)
        _ = try endpoint.call("PutItem", #"{"TableName":"app","Item":{"pk":{"S":"x"},"t":{"S":"\#(text)"}}}"#)
        let get = TestRequest.operation("GetItem", #"{"TableName":"app","Key":{"pk":{"S":"x"}}}"#)
        for accepted in ["gzip", "deflate, gzip;q=1.0", "*", "GZIP"] {
            let answer = try endpoint.ask(get.with("Accept-Encoding", accepted))
            #expect(answer.headers["content-encoding"] == "gzip", "\(accepted)")
            #expect(answer.body.count < 500)
            #expect(answer.headers["x-amz-crc32"] == String(CRC32.of(answer.body)))
            let inflated = try answer.body.withUnsafeBytes { try Gzip.inflate($0, maximum: 1 << 20) }
            #expect(inflated == Array(#"{"Item":{"pk":{"S":"x"},"t":{"S":"\#(text)"}}}"#.utf8))
        }
        for refused in ["identity", "deflate", "gzip;q=0", "gzip; q=0.0", "br"] {
            let answer = try endpoint.ask(get.with("Accept-Encoding", refused))
            #expect(answer.headers["content-encoding"] == nil, "\(refused)")
            #expect(answer.headers["x-amz-crc32"] == String(CRC32.of(answer.body)))
        }
    }

    @Test func smallAnswersAreNotCompressed() throws {
        let answer = try endpoint().ask(.operation("ListTables", "{}").with("Accept-Encoding", "gzip"))
        #expect(answer.text == Self.tables)
    }
}
