import Testing

@testable import Wire

/// Published vectors: RFC 4231 for the code, AWS's own suite for the signatures.
@Suite struct SignatureTests {
    // MARK: The hash and the code

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("{}", "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"),
    ])
    func theHashIsSHA256(text: String, digest: String) {
        #expect(Hexadecimal.text(SHA256.hash(Array(text.utf8))) == digest)
    }

    @Test(arguments: [
        (
            [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xAA, count: 20), [UInt8](repeating: 0xDD, count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            [UInt8](1...25), [UInt8](repeating: 0xCD, count: 50),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131),
            Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131),
            Array(
                ("This is a test using a larger than block-size key and a larger than block-size data. The key needs to "
                    + "be hashed before being used by the HMAC algorithm.").utf8
            ),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
        ),
    ])
    func theCodeIsRFC4231s(key: [UInt8], message: [UInt8], code: String) {
        #expect(Hexadecimal.text(SHA256.authenticationCode(of: message, key: key)) == code)
    }

    // MARK: Signatures

    private static let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    private static let scope = SignatureV4.Scope(date: "20150830", region: "us-east-1", service: "service")

    struct Vector: Sendable {
        let name: String
        var method = "GET"
        var path = "/"
        var query = ""
        var headers: [(name: String, value: String)] = []
        var body = ""
        let signature: String
    }

    /// From aws-sig-v4-test-suite.
    static let vectors = [
        Vector(name: "get-vanilla", signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        Vector(
            name: "get-vanilla-query-order-key-case",
            query: "Param2=value2&Param1=value1",
            signature: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
        ),
        Vector(
            name: "get-unreserved",
            path: "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
            signature: "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"
        ),
        Vector(
            name: "get-utf8",
            path: "/ሴ",
            signature: "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"
        ),
        Vector(
            name: "get-relative",
            path: "/example/..",
            signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
        ),
        Vector(
            name: "get-slash-dot-slash",
            path: "/./",
            signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
        ),
        Vector(
            name: "get-header-value-trim",
            headers: [(name: "My-Header1", value: " value1"), (name: "My-Header2", value: " \"a   b   c\"")],
            signature: "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"
        ),
        Vector(
            name: "post-vanilla",
            method: "POST",
            signature: "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"
        ),
        Vector(
            name: "post-x-www-form-urlencoded",
            method: "POST",
            headers: [(name: "Content-Type", value: "application/x-www-form-urlencoded")],
            body: "Param1=value1",
            signature: "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"
        ),
    ]

    @Test(arguments: vectors) func theSignatureIsTheSuites(vector: Vector) {
        let headers =
            [(name: "Host", value: "example.amazonaws.com"), (name: "X-Amz-Date", value: "20150830T123600Z")]
            + vector.headers
        let request = Array(vector.body.utf8).withUnsafeBytes { body in
            SignableRequest(
                method: vector.method,
                path: vector.path,
                query: vector.query,
                headers: headers,
                body: body
            )
        }
        let authorization = SignatureV4.authorization(
            of: request,
            accessKeyID: "AKIDEXAMPLE",
            secret: Self.secret,
            scope: Self.scope,
            timestamp: "20150830T123600Z",
            signedHeaders: headers.map { $0.name.lowercased() }
        )
        #expect(authorization.hasSuffix("Signature=\(vector.signature)"), "\(vector.name)")
    }

    /// The worked example of AWS's documentation, step by step.
    @Test func eachStepOfTheWorkedExample() {
        let headers = [
            (name: "Content-Type", value: "application/x-www-form-urlencoded; charset=utf-8"),
            (name: "Host", value: "iam.amazonaws.com"), (name: "X-Amz-Date", value: "20150830T123600Z"),
        ]
        let request = SignableRequest(
            method: "GET",
            path: "/",
            query: "Action=ListUsers&Version=2010-05-08",
            headers: headers,
            body: UnsafeRawBufferPointer(start: nil, count: 0)
        )
        let scope = SignatureV4.Scope(date: "20150830", region: "us-east-1", service: "iam")
        let canonical = request.canonicalText(signedHeaders: ["content-type", "host", "x-amz-date"])
        let text = SignatureV4.stringToSign(
            canonicalRequest: canonical,
            timestamp: "20150830T123600Z",
            scope: scope
        )
        #expect(
            text
                == "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n"
                + "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59"
        )
        let key = SignatureV4.signingKey(secret: Self.secret, scope: scope)
        #expect(Hexadecimal.text(key) == "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9")
        #expect(
            SignatureV4.signature(of: text, signingKey: key)
                == "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
        )
    }

    // MARK: Canonical forms

    @Test func repeatedHeadersAreJoined() {
        let request = SignableRequest(
            method: "GET",
            path: "",
            headers: [(name: "A", value: " x  y "), (name: "b", value: ""), (name: "a", value: "z")],
            body: UnsafeRawBufferPointer(start: nil, count: 0)
        )
        #expect(request.canonicalText(signedHeaders: ["b", "a"]).hasPrefix("GET\n/\n\na:x y,z\nb:\n\na;b\n"))
    }

    @Test(arguments: [
        ("b=2&a=1", "a=1&b=2"), ("a=2&a=1", "a=1&a=2"), ("a", "a="), ("a=b=c", "a=b%3Dc"), ("a=%7e%2F+", "a=~%2F%2B"),
        ("a=%zz%4", "a=%25zz%254"), ("&&", ""), ("B=1&a=1", "B=1&a=1"),
    ])
    func queriesHaveOneForm(query: String, canonical: String) {
        let request = SignableRequest(
            method: "GET",
            path: "/",
            query: query,
            headers: [],
            body: UnsafeRawBufferPointer(start: nil, count: 0)
        )
        #expect(
            request.canonicalText(signedHeaders: []).split(separator: "\n", omittingEmptySubsequences: false)[2]
                == canonical
        )
    }

    @Test func anAuthorizationHeaderIsTakenApart() throws {
        let text = "AWS4-HMAC-SHA256 Credential=A/1/r/s/t,SignedHeaders=Host;x-amz-date,  Signature=ab=="
        let header = try #require(AuthorizationHeader(text))
        #expect(header.algorithm == "AWS4-HMAC-SHA256")
        #expect(header.credential == "A/1/r/s/t")
        #expect(header.signedHeaders == ["host", "x-amz-date"])
        #expect(header.signature == "ab==")
        #expect(AuthorizationHeader.accessKeyID(in: text) == "A")
        #expect(AuthorizationHeader.missingParts(of: "Basic Zm9v") == ["Credential", "Signature", "SignedHeaders"])
        #expect(AuthorizationHeader("") == nil)
    }
}
