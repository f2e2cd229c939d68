import Model
import Testing

@testable import Engine

/// Reference I4 and C5 "TTL": states, and what is refused in which order. The teach profile takes a minute for each
/// change and 31 minutes until the next.
struct TimeToLiveTests {
    static let on = "TimeToLive is already enabled"
    static let off = "TimeToLive is already disabled"
    static let other = "TimeToLive is active on a different AttributeName: current AttributeName is ttl"
    static let tooSoon = "Time to live has been modified multiple times within a fixed interval"

    static func region(_ profile: Profile = .teach) throws -> Region {
        let region = Region(profile: profile)
        try region.createAndWait(.table("Music"))
        return region
    }

    static func refusal(_ region: Region, by attribute: String = "ttl", enabled: Bool) -> String? {
        message { () throws(ServiceError) in try region.updateTimeToLive("Music", by: attribute, enabled: enabled) }
    }

    @Test func itGoesThroughItsStates() throws {
        let region = try Self.region()
        func description() throws -> TimeToLiveDescription { try region.describeTimeToLive("Music") }
        #expect(try description() == TimeToLiveDescription(status: .disabled))
        let specification = TimeToLiveSpecification(enabled: true, attributeName: "ttl")
        #expect(try region.updateTimeToLive("Music") == specification)
        #expect(try description() == TimeToLiveDescription(status: .enabling, attributeName: "ttl"))
        region.advance(seconds: 61)
        #expect(try description() == TimeToLiveDescription(status: .enabled, attributeName: "ttl"))
        region.advance(seconds: 31 * 60)
        try region.updateTimeToLive("Music", enabled: false)
        #expect(try description() == TimeToLiveDescription(status: .disabling, attributeName: "ttl"))
        region.advance(seconds: 61)
        #expect(try description() == TimeToLiveDescription(status: .disabled))
    }

    @Test func inTheServeProfileItIsThereAtOnceAndMayChangeAtOnce() throws {
        let region = try Self.region(.serve)
        for attribute in ["a", "b"] {
            try region.updateTimeToLive("Music", by: attribute)
            #expect(try region.describeTimeToLive("Music").status == .enabled)
            try region.updateTimeToLive("Music", by: attribute, enabled: false)
            #expect(try region.describeTimeToLive("Music").status == .disabled)
        }
    }

    @Test func whatTheTableHasIsToldBeforeTheInterval() throws {
        let region = try Self.region()
        #expect(Self.refusal(region, enabled: false) == Self.off)
        try region.updateTimeToLive("Music")
        for _ in 0..<2 {
            #expect(Self.refusal(region, enabled: true) == Self.on)
            #expect(Self.refusal(region, by: "other", enabled: true) == Self.other)
            #expect(Self.refusal(region, by: "other", enabled: false) == Self.other)
            #expect(Self.refusal(region, enabled: false) == Self.tooSoon)
            region.advance(seconds: 30 * 60)
        }
        region.advance(seconds: 60)
        #expect(Self.refusal(region, enabled: false) == nil)
        #expect(Self.refusal(region, enabled: false) == Self.off)
        #expect(Self.refusal(region, enabled: true) == Self.tooSoon)
        region.advance(seconds: 31 * 60)
        #expect(Self.refusal(region, by: "other", enabled: true) == nil)
    }

    @Test func shapeThenExistenceThenState() throws {
        let region = Region(profile: .teach)
        let long = String(repeating: "a", count: 256)
        func error(_ table: String, _ attribute: String = "ttl") -> ServiceError? {
            thrown { () throws(ServiceError) in try region.updateTimeToLive(table, by: attribute) }
        }
        #expect(error("no;name", long)?.message.contains("'tableName'") == true)
        #expect(
            error("Music", long)?.message
                == "1 validation error detected: Value '\(long)' at 'timeToLiveSpecification.attributeName' failed to "
                + "satisfy constraint: Member must have length less than or equal to 255"
        )
        #expect(error("Music", "")?.message.contains("length greater than or equal to 1") == true)
        #expect(error("Music") == TableLifecycleTests.missing("Music"))
        #expect(
            thrown { () throws(ServiceError) in try region.describeTimeToLive("Music") }
                == TableLifecycleTests.missing("Music")
        )
        try region.create(.table("Music"))
        #expect(error("Music") == TableLifecycleTests.inUse("Table is being created: Music"))
        #expect(
            message { () throws(ServiceError) in try region.describeTimeToLive("Music") }
                == "Cannot describe time to live while table is in CREATING state: Current table state is CREATING"
        )
        region.advance(seconds: 10)
        #expect(error("arn:aws:dynamodb:us-east-1:000000000000:table/Music") == nil)
        try region.deleteTable("Music")
        #expect(error("Music", "other") == TableLifecycleTests.inUse("Table is being deleted: Music"))
    }

    @Test func aNewTableOfTheSameNameKnowsNothingOfIt() throws {
        let region = try Self.region()
        try region.updateTimeToLive("Music")
        try region.deleteTable("Music")
        region.advance(seconds: 10)
        try region.createAndWait(.table("Music"))
        #expect(try region.describeTimeToLive("Music").status == .disabled)
        try region.put("Music", ["pk": "a", "ttl": region.second(after: -10)])
        region.advance(seconds: 3 * 86_400)
        #expect(try region.get("Music", ["pk": "a"]) != nil)
    }
}
