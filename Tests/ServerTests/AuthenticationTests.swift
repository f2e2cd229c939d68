import Engine
import Glibc
import Model
import Testing
import Wire

@testable import Server

/// Who is believed. Order and texts: reference J, "auth order".
@Suite struct AuthenticationTests {
    private static let root = AccessKey(id: "AKIAROOT", secret: "root's secret/+")
    private static let user = AccessKey(id: "AKIAUSER", secret: "ann's secret")

    /// With the root key required, and with a user who may list tables.
    private func closed() throws -> TestEndpoint {
        try TestEndpoint({ $0.rootAccessKey = Self.root }, prepare: Self.prepare)
    }

    private func open() throws -> TestEndpoint { try TestEndpoint(prepare: Self.prepare) }

    @Sendable private static func prepare(_ region: Region) throws {
        try region.createTable()
        let policy = try PolicyDecoder.decode(
            try JSONReader.read(
                #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:ListTables","Resource":"*"}}"#
            )
        )
        try region.createUser("ann", policies: [policy], accessKey: user)
    }

    private static let list = TestRequest.operation("ListTables", "{}")

    // MARK: Signatures that are right

    @Test func rootIsBelieved() throws {
        let answer = try closed().ask(Self.list.signed(with: Self.root))
        #expect(answer.text == #"{"TableNames":["app"]}"#)
    }

    @Test func aUserMayWhatItsPolicySays() throws {
        for endpoint in [try closed(), try open()] {
            #expect(try endpoint.ask(Self.list.signed(with: Self.user)).status == 200)
            let describe = TestRequest.operation("DescribeTable", #"{"TableName":"app"}"#).signed(with: Self.user)
            let answer = try endpoint.ask(describe)
            #expect(answer.errorName == "AccessDeniedException")
            #expect(answer.text.contains("user/ann is not authorized to perform: dynamodb:DescribeTable"))
        }
    }

    @Test func tokensAndRepeatedBlanksAreSigned() throws {
        let request = Self.list.with("X-Amz-Security-Token", "  a   b  ").with("X-Other", "x")
        #expect(try closed().ask(request.signed(with: Self.root, also: ["x-amz-security-token"])).status == 200)
    }

    @Test func aDateHeaderWillDo() throws {
        let now = CalendarTime(secondsSince1970: EndpointClock.wallSeconds())
        let request = Self.list.with("X-Amz-Date", nil).with("Date", now.httpDate)
        #expect(try closed().ask(request.signed(with: Self.root, at: now)).status == 200)
    }

    @Test func aCompressedBodyIsSignedAsSent() throws {
        var request = Self.list.with("Content-Encoding", "gzip")
        request.body = Gzip.compress(request.body!)
        #expect(try closed().ask(request.signed(with: Self.root)).status == 200)
    }

    // MARK: Without a root key

    @Test func anyCredentialsWillDo() throws {
        let answer = try open().ask(Self.list.signed(with: AccessKey(id: "whoever", secret: "whatever")))
        #expect(answer.status == 200)
    }

    @Test func aUsersKeyIsVerifiedAllTheSame() throws {
        let answer = try open().ask(Self.list.signed(with: AccessKey(id: Self.user.id, secret: "guess")))
        #expect(answer.errorName == "InvalidSignatureException")
    }

    // MARK: Refusals, in order

    @Test func noSignatureAtAll() throws {
        for endpoint in [try closed(), try open()] {
            let answer = try endpoint.ask(Self.list.with("Authorization", nil))
            #expect(answer.status == 400)
            #expect(answer.headers["x-amz-crc32"] == "2088342776")
            #expect(answer.text.hasSuffix(#""message":"Request is missing Authentication Token"}"#))
        }
    }

    @Test func missingPartsAreNamed() throws {
        for endpoint in [try closed(), try open()] {
            let answer = try endpoint.ask(Self.list.with("Authorization", "X").with("X-Amz-Date", nil))
            #expect(answer.errorName == "IncompleteSignatureException")
            let message =
                "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' "
                + "parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires "
                + "existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=X"
            #expect(answer.text.hasSuffix(#""message":"\#(message)"}"#))
        }
        let one = try closed().ask(
            Self.list.with("Authorization", "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=")
        )
        #expect(
            one.text.contains(#""message":"Authorization header requires 'Signature' parameter. Authorization=AWS4"#)
        )
    }

    @Test func oldAndFutureSignaturesAreRefused() throws {
        let now = EndpointClock.wallSeconds()
        let endpoint = try closed()
        for (offset, text) in [(-960, "Signature expired: "), (960, "Signature not yet current: ")] {
            let time = CalendarTime(secondsSince1970: now + offset)
            let answer = try endpoint.ask(Self.list.signed(with: Self.root, at: time))
            #expect(answer.errorName == "InvalidSignatureException")
            #expect(answer.text.contains(#""message":"\#(text)\#(time.basicISO8601) is "#))
            #expect(answer.text.contains(offset < 0 ? " - 15 min.)" : " + 15 min.)"))
        }
        for offset in [-840, 840] {
            let time = CalendarTime(secondsSince1970: now + offset)
            #expect(try endpoint.ask(Self.list.signed(with: Self.root, at: time)).status == 200)
        }
    }

    @Test(arguments: ["", "yesterday", "2026-01-01T00:00:00Z", "20261301T000000Z", "20260230T000000Z"])
    func aDateThatIsNoneIsRefused(date: String) throws {
        let answer = try closed().ask(Self.list.signed(with: Self.root).with("X-Amz-Date", date))
        #expect(answer.errorName == "IncompleteSignatureException")
        #expect(answer.text.contains("Date must be in ISO-8601 'basic format'. Got '\(date)'."))
    }

    @Test(arguments: [
        ("host;", "", "InvalidSignatureException", "'Host' or ':authority' must be a 'SignedHeader'"),
        ("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA512", "IncompleteSignatureException", "Unsupported AWS 'algorithm'"),
        (
            "/aws4_request", "", "IncompleteSignatureException",
            "Credential must have exactly 5 slash-delimited elements"
        ),
        ("/us-east-1/", "/mars/", "InvalidSignatureException", "scoped to a valid region, not 'mars'. "),
        ("/dynamodb/", "/s3/", "InvalidSignatureException", "scoped to correct service: 'dynamodb'. "),
        ("/aws4_request", "/x", "InvalidSignatureException", "valid terminator: 'aws4_request', not 'x'. "),
        ("AKIAROOT/2", "AKIAROOT/1", "InvalidSignatureException", "Date in Credential scope does not match YYYYMMDD"),
        (
            "AKIAROOT", "AKIANOBODY", "UnrecognizedClientException",
            "The security token included in the request is invalid."
        ),
        (
            "Signature=", "Signature=0", "InvalidSignatureException",
            "The request signature we calculated does not match"
        ),
    ])
    func eachPartIsChecked(part: String, other: String, name: String, message: String) throws {
        let request = Self.list.signed(with: Self.root)
        let authorization = try #require(request.headers.last { $0.0 == "Authorization" }?.1)
        let range = try #require(authorization.firstRange(of: part))
        let changed = authorization.replacingCharacters(in: range, with: other)
        let answer = try closed().ask(request.with("Authorization", changed))
        #expect(answer.status == 400)
        #expect(answer.errorName.map(String.init) == name)
        #expect(answer.text.contains(message), "\(answer.text)")
    }

    @Test func aMismatchShowsWhatWasSigned() throws {
        let request = Self.list.signed(with: Self.root)
        let date = try #require(request.headers.first { $0.0 == "X-Amz-Date" }?.1)
        let answer = try closed().ask(request.with("X-Amz-Target", "DynamoDB_20120810.DescribeLimits"))
        #expect(answer.errorName == "InvalidSignatureException")
        let lines = [
            "", "", "The Canonical String for this request should have been", "'POST", "/", "",
            "content-type:application/x-amz-json-1.0", "host:127.0.0.1", "x-amz-date:\(date)",
            "x-amz-target:DynamoDB_20120810.DescribeLimits", "", "content-type;host;x-amz-date;x-amz-target",
            "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'", "",
            "The String-to-Sign should have been", "'AWS4-HMAC-SHA256", date,
        ]
        #expect(answer.text.contains(lines.joined(separator: #"\n"#)), "\(answer.text)")
    }

    @Test func anotherBodyIsAnotherRequest() throws {
        var request = Self.list.signed(with: Self.root)
        request.body = Array("{ }".utf8)
        #expect(try closed().ask(request).errorName == "InvalidSignatureException")
    }

    /// Before the body is looked at, and after the operation is known.
    @Test func theOrderOfRefusals() throws {
        let endpoint = try closed()
        let unsigned = TestRequest.operation("ListTables", "no JSON").with("Authorization", nil)
        #expect(try endpoint.ask(unsigned).errorName == "MissingAuthenticationTokenException")
        let unknown = TestRequest.operation("Nothing", "{}").with("Authorization", nil)
        #expect(try endpoint.ask(unknown).errorName == "UnknownOperationException")
        let late = Self.list.signed(with: AccessKey(id: "nobody", secret: "x"), at: CalendarTime(secondsSince1970: 0))
        #expect(try endpoint.ask(late).errorName == "InvalidSignatureException")
    }
}

extension TestRequest {
    func signed(
        with key: AccessKey,
        at time: CalendarTime = CalendarTime(secondsSince1970: EndpointClock.wallSeconds()),
        also: [String] = []
    ) -> TestRequest {
        var request = with("Authorization", nil).with("Host", "127.0.0.1")
        let usesDate = headers.contains { $0.0 == "Date" }
        if !usesDate { request = request.with("X-Amz-Date", time.basicISO8601) }
        let names = ["content-type", "host", usesDate ? "date" : "x-amz-date", "x-amz-target"] + also
        let signable = (request.body ?? []).withUnsafeBytes { body in
            SignableRequest(
                method: method,
                path: path,
                headers: request.headers.map { (name: $0.0, value: $0.1) },
                body: body
            )
        }
        let authorization = SignatureV4.authorization(
            of: signable,
            accessKeyID: key.id,
            secret: key.secret,
            scope: SignatureV4.Scope(date: time.basicDate, region: "us-east-1"),
            timestamp: time.basicISO8601,
            signedHeaders: names
        )
        return request.with("Authorization", authorization)
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with other: String) -> String {
        self[..<range.lowerBound] + other + self[range.upperBound...]
    }
}
