import Model
import Testing

@testable import Engine

/// A table's streams come and go.
struct StreamLifecycleTests {
    @Test func enablingAndDisablingTakeTheirTime() throws {
        let region = Region(profile: .teach)
        try region.createAndWait(.table("Music"))
        #expect(try region.describe(table: "Music").latestStreamArn == nil)
        try region.put("Music", ["pk": "before"])
        let request = UpdateTableRequest(
            tableName: "Music",
            streamSpecification: StreamSpecification(streamEnabled: true, streamViewType: .newImage)
        )
        let enabling = try region.updateTable(request)
        #expect(enabling.tableStatus == .updating)
        #expect(enabling.streamSpecification == request.streamSpecification)
        let label = try #require(enabling.latestStreamLabel)
        #expect(enabling.latestStreamArn == enabling.tableArn + "/stream/" + label)
        #expect(label.hasPrefix("2026-01-01T00:01:00.0"))
        #expect(try region.stream(of: "Music").streamStatus == .enabling)
        #expect(thrown { () throws(ServiceError) in try region.updateTable(request) }?.name == "ResourceInUseException")
        region.advance(seconds: 5)
        #expect(try region.stream(of: "Music").streamStatus == .enabled)
        #expect(try region.describe(table: "Music").tableStatus == .active)
        try region.put("Music", ["pk": "while"])
        let off = UpdateTableRequest(
            tableName: "Music",
            streamSpecification: StreamSpecification(streamEnabled: false)
        )
        let disabling = try region.updateTable(off)
        #expect(disabling.streamSpecification == nil)
        #expect(disabling.latestStreamLabel == label)
        #expect(try region.stream(of: "Music").streamStatus == .disabling)
        region.advance(seconds: 5)
        try region.put("Music", ["pk": "after"])
        region.advance(seconds: 5)
        let stream = try region.stream(of: "Music")
        #expect(stream.streamStatus == .disabled)
        #expect(stream.shards.allSatisfy { $0.endingSequenceNumber != nil })
        #expect(try region.allRecords(ofTable: "Music").map(\.keys) == [["pk": "while"]])
    }

    /// Reference B7.
    @Test func aStreamIsEnabledOnceAndDisabledOnce() throws {
        let region = Region(profile: .serve)
        try region.createAndWait(.table("Music"))
        #expect(
            message { () throws(ServiceError) in try region.setStream(nil, of: "Music") }
                == "Table has no stream to disable: TableName: Music"
        )
        try region.setStream(.keysOnly, of: "Music")
        #expect(
            message { () throws(ServiceError) in try region.setStream(.keysOnly, of: "Music") }
                == "Table already has an enabled stream: TableName: Music"
        )
        try region.setStream(nil, of: "Music")
        try region.setStream(.newImage, of: "Music")
        // No time has passed, and yet each has a label of its own.
        let streams = try region.listStreams().streams
        #expect(Set(streams.map(\.streamArn)).count == 2)
        #expect(try region.describe(table: "Music").latestStreamArn == streams.last?.streamArn)
    }

    @Test func aViewTypeBelongsToAnEnabledStream() throws {
        let region = Region(profile: .serve)
        var request = CreateTableRequest.table("Music")
        request.streamSpecification = StreamSpecification(streamEnabled: false, streamViewType: .keysOnly)
        #expect(
            message { () throws(ServiceError) in try region.create(request) }
                == "One or more parameter values were invalid: Table is being created with a stream disabled, "
                + "UpdateViewType should not be specified"
        )
        request.streamSpecification = StreamSpecification(streamEnabled: true)
        #expect(thrown { () throws(ServiceError) in try region.create(request) }?.name == "ValidationException")
        request.streamSpecification = StreamSpecification(streamEnabled: false)
        try region.create(request)
        #expect(try region.describe(table: "Music").streamSpecification == nil)
        #expect(try region.listStreams().streams.isEmpty)
    }

    @Test func aStreamChangesAloneOrWithTheSwitchToOnDemand() throws {
        let region = Region(profile: .serve)
        try region.createAndWait(.table("Music"))
        let stream = StreamSpecification(streamEnabled: true, streamViewType: .keysOnly)
        var request = UpdateTableRequest(tableName: "Music", streamSpecification: stream)
        request.deletionProtectionEnabled = true
        #expect(
            message { () throws(ServiceError) in try region.updateTable(request) }?.hasPrefix("Only one kind of change")
                == true
        )
        request.deletionProtectionEnabled = nil
        request.provisionedThroughput = ProvisionedThroughput(readCapacityUnits: 7, writeCapacityUnits: 7)
        #expect(
            message { () throws(ServiceError) in try region.updateTable(request) }?.hasPrefix("Only one kind of change")
                == true
        )
        request.provisionedThroughput = nil
        request.billingMode = .payPerRequest
        try region.updateTable(request)
        let table = try region.describe(table: "Music")
        #expect(table.billingMode == .payPerRequest)
        #expect(table.streamSpecification == stream)
    }

    @Test func aDeletedTablesStreamStaysReadableForADay() throws {
        let region = Region(profile: .teach)
        try region.createAndWait(.table("Music").streaming())
        try region.put("Music", ["pk": "a"])
        try region.deleteTable("Music")
        region.advance(seconds: 10)
        #expect(try region.stream(of: "Music").streamStatus == .disabled)
        #expect(try region.allRecords(ofTable: "Music").count == 1)
        // A new table of the same name gets a stream of its own.
        try region.createAndWait(.table("Music").streaming(.keysOnly))
        #expect(try region.listStreams(.init(tableName: "Music")).streams.count == 2)
        region.advance(seconds: 23 * 3_600)
        #expect(try region.listStreams().streams.count == 2)
        region.advance(seconds: 3_600)
        #expect(try region.listStreams().streams.count == 1)
        #expect(try region.stream(of: "Music").streamViewType == .keysOnly)
    }

    @Test func listingHasPages() throws {
        let region = Region(profile: .serve)
        for name in ["beta", "alpha", "gamma"] { try region.createAndWait(.table(name).streaming()) }
        let first = try region.listStreams(.init(limit: 2))
        #expect(first.streams.map(\.tableName) == ["alpha", "beta"])
        #expect(first.lastEvaluatedStreamArn == first.streams[1].streamArn)
        let second = try region.listStreams(.init(limit: 2, exclusiveStartStreamArn: first.lastEvaluatedStreamArn))
        #expect(second.streams.map(\.tableName) == ["gamma"])
        #expect(second.lastEvaluatedStreamArn == nil)
        #expect(try region.listStreams(.init(tableName: "beta")).streams.count == 1)
        #expect(try region.listStreams(.init(tableName: "delta")).streams.isEmpty)
    }

    @Test func withoutAStreamALogIsTrimmedAsBefore() throws {
        let region = Region(profile: .serve)
        try region.createAndWait(.table("Music"))
        for number in 0..<2_000 { try region.put("Music", ["pk": "a", "n": .number(Number(number))]) }
        #expect(try #require(region.metadata["Music"]).partitions[0].log.count < 600)
    }
}
