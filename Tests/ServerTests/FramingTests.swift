import Engine
import Glibc
import NIOCore
import Testing

@testable import Server

/// HTTP/1.1 as clients send it, well and badly.
@Suite struct FramingTests {
    private static let list = TestRequest.operation("ListTables", "{}")
    private static let tables = #"{"TableNames":["app"]}"#

    private func endpoint(
        _ adjust: @Sendable @escaping (inout ConnectionLimits) -> Void = { _ in }
    ) throws -> TestEndpoint {
        try TestEndpoint({ adjust(&$0.limits) }, prepare: { region in try region.createTable() })
    }

    // MARK: Well

    @Test func oneConnectionTakesManyRequests() throws {
        let client = try endpoint().connect()
        for _ in 0..<50 { #expect(try client.ask(Self.list).text == Self.tables) }
    }

    @Test func pipelinedRequestsAreAnsweredInOrder() throws {
        let client = try endpoint().connect()
        let requests = (0..<100).map { number in
            TestRequest.operation("PutItem", #"{"TableName":"app","Item":{"pk":{"S":"k\#(number)"}}}"#).bytes
                + TestRequest.operation("GetItem", #"{"TableName":"app","Key":{"pk":{"S":"k\#(number)"}}}"#).bytes
        }
        client.send(Array(requests.joined()))
        for number in 0..<100 {
            #expect(try client.readAnswer().text == "{}")
            #expect(try client.readAnswer().text == #"{"Item":{"pk":{"S":"k\#(number)"}}}"#)
        }
    }

    /// Answers of 20 MB in all for a client that does not read yet: they wait, and none is lost or doubled.
    @Test func aClientThatReadsLateGetsEveryAnswer() throws {
        let client = try endpoint().connect()
        let text = String(repeating: "x", count: 390_000)
        let put = #"{"TableName":"app","Item":{"pk":{"S":"big"},"text":{"S":"\#(text)"}}}"#
        #expect(try client.ask(.operation("PutItem", put)).status == 200)
        let get = TestRequest.operation("GetItem", #"{"TableName":"app","Key":{"pk":{"S":"big"}}}"#)
        let last = TestRequest.operation("ListTables", "{}")
        client.send(Array((0..<50).map { _ in get.bytes }.joined()) + last.bytes)
        let whole = Array(#"{"Item":{"pk":{"S":"big"},"text":{"S":"\#(text)"}}}"#.utf8)
        for _ in 0..<50 { #expect(try client.readAnswer().body == whole) }
        #expect(try client.readAnswer().text == Self.tables)
        #expect(try client.ask(Self.list).text == Self.tables)
    }

    @Test func aRequestMayComeByteByByte() throws {
        let client = try endpoint().connect()
        for byte in Self.list.bytes { client.send([byte]) }
        #expect(try client.readAnswer().text == Self.tables)
    }

    @Test func chunkedBodiesAreJoined() throws {
        let client = try endpoint().connect()
        var request = Self.list.with("Transfer-Encoding", "chunked")
        request.body = Array("1\r\n{\r\n2;note=x\r\n  \r\n1\r\n}\r\n0\r\nTrailer: x\r\n\r\n".utf8)
        #expect(try client.ask(request).text == Self.tables)
        #expect(try client.ask(Self.list).text == Self.tables)
    }

    @Test func theBodyWaitsForContinue() throws {
        let client = try endpoint().connect()
        let request = Self.list.with("Expect", "100-continue")
        client.send(request.head)
        #expect(try client.readAnswer().status == 100)
        client.send("{}")
        #expect(try client.readAnswer().text == Self.tables)
    }

    @Test func otherExpectationsFail() throws {
        let client = try endpoint().connect()
        #expect(try client.ask(Self.list.with("Expect", "200-ok")).status == 417)
        #expect(client.isClosedByPeer())
    }

    @Test func aConnectionIsClosedWhenAskedFor() throws {
        let client = try endpoint().connect()
        let answer = try client.ask(Self.list.with("Connection", "close"))
        #expect(answer.text == Self.tables)
        #expect(answer.headers["connection"] == "close")
        #expect(client.isClosedByPeer())
    }

    @Test func oldClientsGetOneAnswer() throws {
        let client = try endpoint().connect()
        client.send("GET / HTTP/1.0\r\n\r\n")
        #expect(try client.readAnswer().headers["connection"] == "close")
        #expect(client.isClosedByPeer())
    }

    @Test func aClientMayEndSendingBeforeItReads() throws {
        let client = try endpoint().connect()
        client.send(Self.list.bytes)
        client.endSending()
        #expect(try client.readAnswer().text == Self.tables)
    }

    // MARK: Badly

    @Test(arguments: [
        "\u{0}\u{1}\u{2}\u{3}\r\n\r\n", "hello\r\n\r\n", "POST\r\n\r\n", "GET / HTTP/2.0\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: 1x\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "POST / HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "POST / HTTP/1.1\r\n: x\r\n\r\n",
        "POST / HTTP/1.1\r\nA\u{0}B: x\r\n\r\n",
    ])
    func whatIsNoHTTPIsRefusedAndClosed(bytes: String) throws {
        let endpoint = try endpoint()
        let client = try endpoint.connect()
        client.send(bytes)
        #expect(try client.readAnswer().status == 400)
        #expect(client.isClosedByPeer())
        #expect(try endpoint.ask(Self.list).text == Self.tables)
    }

    @Test func endlessHeadersAreRefused() throws {
        let client = try endpoint().connect()
        client.send("GET / HTTP/1.1\r\n")
        let line = "X-Long: " + String(repeating: "a", count: 8_000) + "\r\n"
        for _ in 0..<20 where !client.send(line) { break }
        #expect((try? client.readAnswer().status) ?? 400 == 400)
        #expect(client.isClosedByPeer())
    }

    @Test func aDeclaredBodyOverTheLimitIsRefusedBeforeItComes() throws {
        let client = try endpoint().connect()
        client.send(Self.list.with("Content-Length", "16777217").head)
        let answer = try client.readAnswer()
        #expect(answer.status == 413)
        #expect(answer.headers["connection"] == "close")
    }

    @Test func anOversizedBodyIsReadSoThatTheAnswerArrives() throws {
        let endpoint = try endpoint()
        let client = try endpoint.connect()
        var request = Self.list
        request.body = [UInt8](repeating: 0x20, count: (16 << 20) + 1)
        #expect(try client.ask(request).status == 413)
        #expect(client.isClosedByPeer())
        #expect(try endpoint.ask(Self.list).text == Self.tables)
    }

    @Test func aBodyAtTheLimitIsTaken() throws {
        var request = Self.list
        request.body = [UInt8](repeating: 0x20, count: (16 << 20) - 2) + Array("{}".utf8)
        #expect(try endpoint().ask(request).text == Self.tables)
    }

    @Test func chunksOverTheLimitAreRefused() throws {
        let client = try endpoint { $0.bodyBytes = 1_000 }.connect()
        client.send(Self.list.with("Transfer-Encoding", "chunked").head)
        for _ in 0..<11 { client.send("64\r\n" + String(repeating: " ", count: 100) + "\r\n") }
        #expect(try client.readAnswer().status == 413)
    }

    @Test func aTruncatedRequestHasNoEffect() throws {
        let endpoint = try endpoint()
        let request = TestRequest.operation("DeleteTable", #"{"TableName":"app"}"#).bytes
        for length in stride(from: 0, to: request.count, by: 37) {
            let client = try endpoint.connect()
            client.send(Array(request[..<length]))
            client.endSending()
            #expect((try? client.readAnswer().status) ?? 400 == 400)
        }
        #expect(try endpoint.ask(Self.list).text == Self.tables)
    }

    /// Bytes behind a request that are none close the connection, after the answer.
    @Test func aBodyLongerThanDeclaredIsNoRequest() throws {
        let client = try endpoint().connect()
        client.send(Self.list.with("Content-Length", "2").head + "{}surplus\r\n\r\n")
        #expect(try client.readAnswer().text == Self.tables)
        #expect(try client.readAnswer().status == 400)
        #expect(client.isClosedByPeer())
    }

    // MARK: Slowly

    /// Ticks of 10 ms, so that a minute is over soon.
    private static func hurry(_ limits: inout ConnectionLimits) {
        limits.tick = .milliseconds(10)
        limits.requestTicks = 20
        limits.idleTicks = 200
    }

    @Test(arguments: ["POST / HTT", "POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n{"])
    func aRequestThatDoesNotEndIsClosed(bytes: String) throws {
        let client = try endpoint(Self.hurry).connect()
        client.send(bytes)
        #expect(client.isClosedByPeer())
    }

    @Test func aRequestThatTricklesIsClosed() throws {
        let client = try endpoint(Self.hurry).connect()
        var isOpen = true
        for _ in 0..<400 where isOpen {
            isOpen = client.send("a")
            usleep(5_000)
        }
        #expect(!isOpen)
    }

    @Test func anIdleConnectionLivesLongerThanARequestMay() throws {
        let client = try endpoint(Self.hurry).connect()
        #expect(try client.ask(Self.list).status == 200)
        usleep(500_000)
        #expect(try client.ask(Self.list).status == 200)
        #expect(client.isClosedByPeer())
    }
}
