import Engine
import Model
import Testing

@testable import Server

/// The rows of reference J, one by one.
@Suite struct ProtocolTests {
    private let endpoint: TestEndpoint

    init() throws {
        endpoint = try TestEndpoint(prepare: { region in try region.createTable() })
    }

    // MARK: What is a request

    @Test func anOperationIsAnswered() throws {
        let answer = try endpoint.call("ListTables", "{}")
        #expect(answer.status == 200)
        #expect(answer.text == #"{"TableNames":["app"]}"#)
        #expect(answer.headers["content-type"] == "application/x-amz-json-1.0")
        #expect(answer.isKeptAlive)
    }

    @Test func itemsComeBack() throws {
        let put = try endpoint.call(
            "PutItem",
            #"{"TableName": "app", "Item": {"pk": {"S": "é\n"}, "n": {"N": "01.50"}}}"#
        )
        #expect(put.text == "{}")
        let get = try endpoint.call("GetItem", #"{"TableName":"app","Key":{"pk":{"S":"\u00e9\n"}}}"#)
        #expect(get.text == #"{"Item":{"n":{"N":"1.5"},"pk":{"S":"é\n"}}}"#)
    }

    @Test func plainJSONIsAcceptedAndEchoed() throws {
        let answer = try endpoint.ask(
            .operation("ListTables", "{}").with("Content-Type", "application/json; charset=utf-8")
        )
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "application/json")
    }

    @Test func streamsHaveATargetOfTheirOwn() throws {
        let wrong = try endpoint.call("ListStreams", "{}")
        #expect(wrong.errorName == "UnknownOperationException")
        let alsoWrong = try endpoint.ask(.target("DynamoDBStreams_20120810.ListTables", "{}"))
        #expect(alsoWrong.errorName == "UnknownOperationException")
    }

    @Test(arguments: [
        "", "ListTables", "DynamoDB_20120810.", "DynamoDB_20111205.ListTables", "DynamoDB_20120810.Nothing",
    ])
    func anUnknownTargetIsAnUnknownOperation(target: String) throws {
        let answer = try endpoint.ask(.target(target, "{}"))
        #expect(answer.status == 400)
        #expect(answer.text == #"{"__type":"com.amazon.coral.service#UnknownOperationException"}"#)
        #expect(answer.headers["x-amz-crc32"] == "1368724161")
    }

    @Test func aProxysRequestLineIsUnderstood() throws {
        var request = TestRequest.operation("ListTables", "{}")
        request.path = "http://dynamodb.us-east-1.amazonaws.com/"
        #expect(try endpoint.ask(request).status == 200)
    }

    @Test func withoutATargetTheOperationIsUnknown() throws {
        let answer = try endpoint.ask(.operation("ListTables", "{}").with("X-Amz-Target", nil))
        #expect(answer.errorName == "UnknownOperationException")
    }

    /// The checksums here and below were observed at the service.
    @Test(arguments: ["", "{", "[]x", "\u{0}", "{\"a\":}", "hello"])
    func whatIsNoJSONHasNoMessage(body: String) throws {
        let answer = try endpoint.call("ListTables", body)
        if body.isEmpty {
            #expect(answer.status == 404)
        } else {
            #expect(answer.status == 400)
            #expect(answer.text == #"{"__type":"com.amazon.coral.service#SerializationException"}"#)
            #expect(answer.headers["x-amz-crc32"] == "3948637019")
        }
    }

    @Test func wrongTypesTellWhich() throws {
        let answer = try endpoint.call("ListTables", #"{"Limit":"1"}"#)
        #expect(answer.errorName == "SerializationException")
        #expect(answer.text.contains(#""Message":"STRING_VALUE cannot be converted to Integer""#))
    }

    @Test func unknownMembersAreIgnored() throws {
        #expect(try endpoint.call("ListTables", #"{"Nothing":[{}],"Limit":null}"#).status == 200)
    }

    // MARK: What is none

    @Test(arguments: ["PUT", "DELETE", "OPTIONS", "PATCH"])
    func otherMethodsAreNotFound(method: String) throws {
        var request = TestRequest.operation("ListTables", "{}")
        request.method = method
        let answer = try endpoint.ask(request)
        #expect(answer.status == 404)
        #expect(answer.text == "<UnknownOperationException/>\n")
        #expect(answer.headers["x-amz-crc32"] == "3552371480")
        #expect(answer.headers["x-amzn-requestid"]?.count == 52)
    }

    @Test func aHeadHasNoBody() throws {
        let client = try endpoint.connect()
        #expect(try client.ask(TestRequest(method: "HEAD")).status == 404)
        // Were there a body, the next answer would not begin with a status line.
        #expect(try client.ask(.operation("ListTables", "{}")).status == 200)
    }

    @Test(arguments: ["text/plain", "application/x-amz-json-1.1", "application/x-amz-cbor-1.1", "", nil])
    func otherContentTypesAreNotFound(type: String?) throws {
        let answer = try endpoint.ask(.operation("ListTables", "{}").with("Content-Type", type))
        #expect(answer.status == 404)
        #expect(answer.text == "<UnknownOperationException/>\n")
    }

    @Test func otherPathsAreNotFound() throws {
        var request = TestRequest.operation("ListTables", "{}")
        request.path = "/app"
        #expect(try endpoint.ask(request).status == 404)
        #expect(try endpoint.ask(.get("/app")).status == 404)
    }

    // MARK: Headers of answers

    @Test func requestsHaveDistinctIdentifiers() throws {
        let client = try endpoint.connect()
        var seen: Set<String> = []
        for _ in 0..<200 {
            let identifier = try #require(try client.ask(.operation("ListTables", "{}")).headers["x-amzn-requestid"])
            #expect(identifier.count == 52)
            #expect(identifier.allSatisfy { ("A"..."Z").contains($0) || ("0"..."9").contains($0) })
            seen.insert(identifier)
        }
        #expect(seen.count == 200)
    }

    @Test func theChecksumIsOfTheBody() throws {
        let answer = try endpoint.call("DescribeTable", #"{"TableName":"app"}"#)
        #expect(answer.headers["x-amz-crc32"] == String(CRC32.of(answer.body)))
    }

    @Test func theDateIsHTTPs() throws {
        let date = try #require(try endpoint.call("ListTables", "{}").headers["date"])
        #expect(date.hasSuffix(" GMT") && date.count == 29)
    }

    // MARK: Errors

    @Test func validationComesFromCoral() throws {
        let answer = try endpoint.call("GetItem", #"{"TableName":"app","Key":{}}"#)
        #expect(answer.status == 400)
        #expect(answer.text.hasPrefix(##"{"__type":"com.amazon.coral.validate#ValidationException","message":""##))
    }

    @Test func otherErrorsComeFromTheService() throws {
        let answer = try endpoint.call("GetItem", #"{"TableName":"none","Key":{"pk":{"S":"x"}}}"#)
        #expect(answer.status == 400)
        #expect(
            answer.text
                == ##"{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","##
                + #""message":"Requested resource not found"}"#
        )
    }

    // MARK: The page at /

    @Test func theEndpointIsHealthy() throws {
        let answer = try endpoint.ask(.get("/"))
        #expect(answer.status == 200)
        #expect(answer.text == "healthy: dynamodb.us-east-1.amazonaws.com ")
        #expect(answer.headers["x-amz-crc32"] == "3128867991")
    }

    @Test func aBrowserSeesTheTables() throws {
        let answer = try endpoint.ask(.get("/", [("Accept", "text/html,*/*;q=0.8"), ("Host", "here:<1>&\"")]))
        #expect(answer.headers["content-type"] == "text/html; charset=utf-8")
        #expect(answer.text.contains("<td>app</td><td>pk</td>"))
        #expect(answer.text.contains("http://here:&lt;1&gt;&amp;&quot;"))
        #expect(!answer.text.contains("<1>"))
    }
}

/// Bit by bit, so that the tests do not ask zlib about zlib.
enum CRC32 {
    static func of(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = ~0
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }
}
