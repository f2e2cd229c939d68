import Model
import Testing

@testable import Engine

/// Reference A4, B1, B7: tags of tables, and the ARNs that stand for them.
struct TagTests {
    static func region() throws -> Region {
        let region = Region(profile: .serve)
        var request = CreateTableRequest.table("Music")
        request.tags = [Tag(key: "env", value: "dev")]
        try region.create(request)
        return region
    }

    @Test func tagsAreAddedReplacedAndTakenOff() throws {
        let region = try Self.region()
        try region.tag([("team", "a"), ("empty", "")])
        try region.tag([("env", "prod")])
        #expect(
            try region.tags().tags == [
                Tag(key: "env", value: "prod"), Tag(key: "team", value: "a"), Tag(key: "empty", value: ""),
            ]
        )
        try region.untag("team", "unknown")
        #expect(try region.tags().tags.map(\.key) == ["env", "empty"])
        try region.deleteTable("Music")
        try region.create(.table("Music"))
        #expect(try region.tags().tags.isEmpty)
    }

    @Test func aTableHasFiftyAndAPageTen() throws {
        let region = try Self.region()
        try region.tag((1...49).map { ("k\($0)", "") })
        #expect(message { () throws(ServiceError) in try region.tag([("one more", "")]) } != nil)
        try region.tag([("k7", "changed")])
        var keys: [String] = []
        var token: String?
        var pages = 0
        repeat {
            let page = try region.tags(after: token)
            keys += page.tags.map(\.key)
            token = page.nextToken
            pages += 1
        } while token != nil
        #expect(pages == 5)
        #expect(keys == ["env"] + (1...49).map { "k\($0)" })
        #expect(message { () throws(ServiceError) in try region.tags(after: "nonsense") } == "Invalid NextToken")
    }

    @Test func keysAndValuesHaveLengths() throws {
        let region = try Self.region()
        func refusal(_ key: Int, _ value: Int) -> String? {
            let tag = (String(repeating: "k", count: key), String(repeating: "v", count: value))
            return message { () throws(ServiceError) in try region.tag([tag]) }
        }
        #expect(refusal(128, 256) == nil)
        #expect(
            refusal(0, 0)
                == "1 validation error detected: Value '' at 'tags.1.member.key' failed to satisfy constraint: Member "
                + "must have length greater than or equal to 1"
        )
        #expect(refusal(129, 0)?.contains("'tags.1.member.key' failed to satisfy constraint") == true)
        #expect(refusal(1, 257)?.contains("'tags.1.member.value' failed to satisfy constraint") == true)
        #expect(
            message { () throws(ServiceError) in try region.untag("") }?.contains("'tagKeys.1.member'") == true
        )
        #expect(message { () throws(ServiceError) in try region.tag([("a", ""), ("a", "")]) } != nil)
    }

    @Test(arguments: ["tag", "untag", "list"])
    func arnsThatAreNone(call: String) throws {
        let region = try Self.region()
        func error(_ arn: String) -> ServiceError? {
            thrown { () throws(ServiceError) in
                switch call {
                case "tag": try region.tag([("a", "b")], on: arn)
                case "untag": try region.untag("a", on: arn)
                default: _ = try region.tags(arn)
                }
            }
        }
        #expect(
            error("Music")
                == .validationException(
                    "One or more parameter values were invalid: ARNs must start with 'arn:': Music"
                )
        )
        let unknown = "arn:aws:dynamodb:us-east-1:000000000000:table/Other"
        let notFound = "Requested resource not found: ResourceArn: \(unknown) not found"
        #expect(error(unknown) == .resourceNotFoundException(notFound))
        #expect(
            error("arn:aws:dynamodb:us-east-1:123456789012:table/Music") == .accessDeniedException("Access is denied")
        )
        for malformed in ["arn:aws:s3:us-east-1:000000000000:table/Music", "arn:x", Region.music + "/index/byG"] {
            #expect(
                error(malformed)
                    == .validationException("Invalid TableArn: Invalid ResourceArn provided as input \(malformed)")
            )
        }
        #expect(error("")?.message.contains("'resourceArn'") == true)
        #expect(error(Region.music) == nil)
    }

    @Test func tablesThatComeOrGoTakeNone() throws {
        let region = Region(profile: .teach)
        try region.create(.table("Music"))
        func error() -> ServiceError? { thrown { () throws(ServiceError) in try region.tag([("a", "b")]) } }
        #expect(error() == TableLifecycleTests.inUse("Table is being created: Music"))
        region.advance(seconds: 10)
        #expect(error() == nil)
        try region.deleteTable("Music")
        #expect(error() == TableLifecycleTests.inUse("Table is being deleted: Music"))
    }
}
