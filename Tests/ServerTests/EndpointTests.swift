import Engine
import Glibc
import Model
import Testing

@testable import Server

/// The endpoint as a whole: many connections, its clock, its log, its end.
@Suite struct EndpointTests {
    private static let list = TestRequest.operation("ListTables", "{}")

    // MARK: Connections

    /// They do not stand in anybody's way. What they cost is measured from outside, in Tests/Terminal.
    @Test func aThousandIdleConnections() throws {
        OpenFiles.allowAsManyAsPossible()
        let endpoint = try TestEndpoint()
        #expect(try endpoint.ask(Self.list).status == 200)
        var clients: [TestClient] = []
        for _ in 0..<1_000 {
            let client = try endpoint.connect()
            #expect(try client.ask(Self.list).status == 200)
            clients.append(client)
        }
        #expect(try clients[500].ask(Self.list).status == 200)
        #expect(try endpoint.ask(Self.list).status == 200)
    }

    /// More than are written together: nobody's answer waits for a request that does not come.
    @Test func clientsThatAskTogetherAllGetTheirAnswer() throws {
        let endpoint = try TestEndpoint({ _ in }, prepare: { region in try region.createTable() })
        let clients = try (0..<100).map { _ in try endpoint.connect() }
        for turn in 0..<20 {
            for (number, client) in clients.enumerated() {
                let item = #"{"TableName":"app","Item":{"pk":{"S":"\#(number)"},"turn":{"N":"\#(turn)"}}}"#
                client.send(TestRequest.operation("PutItem", item).bytes)
            }
            for client in clients { #expect(try client.readAnswer().text == "{}") }
        }
        for (number, client) in clients.enumerated() {
            let key = #"{"TableName":"app","Key":{"pk":{"S":"\#(number)"}}}"#
            let item = #"{"Item":{"pk":{"S":"\#(number)"},"turn":{"N":"19"}}}"#
            #expect(try client.ask(.operation("GetItem", key)).text == item)
        }
    }

    @Test func oneConnectionTooManyIsToldSo() throws {
        let endpoint = try TestEndpoint({ $0.limits.connections = 3 })
        let clients = try (0..<3).map { _ in try endpoint.connect() }
        for client in clients { #expect(try client.ask(Self.list).status == 200) }
        let refused = try endpoint.connect()
        #expect(try refused.readAnswer().status == 503)
        #expect(refused.isClosedByPeer())
        #expect(try clients[1].ask(Self.list).status == 200)
    }

    @Test func aClosedConnectionMakesRoom() throws {
        let endpoint = try TestEndpoint({ $0.limits.connections = 1 })
        for _ in 0..<20 {
            // The endpoint may hear of the end of one after the beginning of the next.
            var status = 503
            for _ in 0..<1_000 where status == 503 {
                status = (try? endpoint.connect().ask(Self.list.with("Connection", "close")).status) ?? 503
                if status == 503 { usleep(2_000) }
            }
            #expect(status == 200)
        }
    }

    @Test func aPortInUseIsSaidToBe() throws {
        let endpoint = try TestEndpoint()
        let port = endpoint.port
        #expect(throws: EndpointError.portInUse(port)) { try TestEndpoint({ $0.port = port }) }
        #expect(EndpointError.portInUse(8_000).message == "port 8000 is in use; --port 0 takes any free one")
    }

    @Test func aHostThatIsNotHereIsSaidToBe() {
        #expect(throws: EndpointError.self) { try TestEndpoint({ $0.host = "192.0.2.1" }) }
    }

    // MARK: The end

    @Test func stoppingClosesIdleConnections() throws {
        let endpoint = try TestEndpoint()
        let client = try endpoint.connect()
        #expect(try client.ask(Self.list).status == 200)
        endpoint.stop()
        #expect(client.isClosedByPeer())
        #expect(throws: TestFailure.self) { try endpoint.connect() }
    }

    @Test func stoppingLetsARequestEnd() throws {
        let endpoint = try TestEndpoint()
        let client = try endpoint.connect()
        client.send(Self.list.head)
        // Another request on the same loop, so that the first one has certainly begun.
        #expect(try endpoint.ask(Self.list).status == 200)
        endpoint.beginStopping()
        usleep(50_000)
        client.send("{}")
        let answer = try client.readAnswer()
        #expect(answer.status == 200)
        #expect(answer.headers["connection"] == "close")
        #expect(client.isClosedByPeer())
        endpoint.stop()
    }

    @Test func stoppingDoesNotWaitForEver() throws {
        let endpoint = try TestEndpoint({
            $0.limits.tick = .milliseconds(10)
            $0.limits.stopTicks = 5
        })
        let client = try endpoint.connect()
        client.send(Self.list.head)
        #expect(try endpoint.ask(Self.list).status == 200)
        endpoint.stop()
        #expect(client.isClosedByPeer())
    }

    // MARK: Time

    /// `teach` takes eight seconds to make a table.
    private static let create = TestRequest.operation(
        "CreateTable",
        #"{"TableName":"new","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST","#
            + #""AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}]}"#
    )

    private func statusAfterAWhile(_ endpoint: TestEndpoint) throws -> Bool {
        #expect(try endpoint.ask(Self.create).text.contains(#""TableStatus":"CREATING""#))
        usleep(400_000)
        let answer = try endpoint.call("DescribeTable", #"{"TableName":"new"}"#)
        return answer.text.contains(#""TableStatus":"ACTIVE""#)
    }

    @Test func simulatedTimeFollowsTheWallClock() throws {
        let endpoint = try TestEndpoint(
            profile: .teach,
            prepare: { region in try region.set("tableCreation", to: "300ms") }
        )
        #expect(try statusAfterAWhile(endpoint))
    }

    @Test func withAFixedClockOnlyRequestsTakeTime() throws {
        let endpoint = try TestEndpoint(profile: .teach) {
            $0.followsWallClock = false
        } prepare: { region in
            try region.set("tableCreation", to: "300ms")
        }
        #expect(try !statusAfterAWhile(endpoint))
    }

    // MARK: The log

    @Test func everyRequestHasALine() throws {
        let lines = Lines()
        let endpoint = try TestEndpoint {
            $0.followsWallClock = false
            $0.log = { lines.append($0.text) }
        } prepare: { region in
            try region.createTable()
        }
        _ = try endpoint.call("PutItem", #"{"TableName":"app","Item":{"pk":{"S":"x"}}}"#)
        _ = try endpoint.call("GetItem", #"{"TableName":"app","Key":{"pk":{"S":"x"}}}"#)
        _ = try endpoint.call("GetItem", #"{"TableName":"none","Key":{"pk":{"S":"x"}}}"#)
        _ = try endpoint.ask(.target("evil\u{9B}31m words", "{}"))
        // All but the last figure, which is how long it took.
        let logged = lines.all.map { $0.split(separator: " ").dropLast(2).joined(separator: " ") }
        let instant = "2026-01-01T00:00:00.000Z"
        #expect(
            logged == [
                "\(instant) PutItem app 200 1 WCU", "\(instant) GetItem app 200 0.5 RCU",
                "\(instant) GetItem none 400 ResourceNotFoundException",
                "\(instant) evil?31m?words 400 UnknownOperationException",
            ]
        )
        #expect(lines.all.allSatisfy { $0.hasSuffix(" µs") })
    }
}
