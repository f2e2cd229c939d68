import Model
import Testing

@testable import Engine

/// Shards open, close and have children; their records are trimmed.
struct ShardTests {
    private static let hour: Int64 = 3_600

    @Test func aShardIsSucceededEveryFourHours() throws {
        let region = try StreamRecordTests.region()
        for number in 0..<6 {
            try region.put("Music", ["pk": "a", "n": .number(Number(number))])
            region.advance(seconds: 2 * Self.hour)
        }
        let stream = try region.stream(of: "Music")
        #expect(stream.shards.count == 4)
        for (parent, child) in zip(stream.shards, stream.shards.dropFirst()) {
            #expect(child.parentShardId == parent.shardId)
            #expect(try #require(parent.endingSequenceNumber) < child.startingSequenceNumber)
        }
        #expect(stream.shards[0].parentShardId == nil)
        #expect(stream.shards[3].endingSequenceNumber == nil)
        let counts = try stream.shards.map { try region.allRecords(of: stream, $0.shardId).count }
        #expect(counts == [2, 2, 2, 0])
        for shard in stream.shards {
            #expect(shard.shardId.utf8.count == 37)
            for record in try region.allRecords(of: stream, shard.shardId) {
                #expect(record.sequenceNumber >= shard.startingSequenceNumber)
                if let end = shard.endingSequenceNumber { #expect(record.sequenceNumber <= end) }
            }
        }
    }

    /// Claim 30.
    @Test func recordsAreTrimmedAfterADay() throws {
        let region = try StreamRecordTests.region()
        try region.put("Music", ["pk": "a", "n": 1])
        region.advance(seconds: Self.hour)
        let stream = try region.stream(of: "Music")
        let first = try #require(region.allRecords(of: stream).first)
        try region.put("Music", ["pk": "a", "n": 2])
        region.advance(seconds: 23 * Self.hour - 60)
        #expect(try region.allRecords(of: stream).count == 2)
        let early = try region.iterator(of: stream)
        region.advance(seconds: 120)
        #expect(try region.allRecords(of: stream).compactMap { $0.newImage?["n"] } == [2])
        #expect(thrown { () throws(ServiceError) in try region.records(early) }?.name == "TrimmedDataAccessException")
        let trimmed = thrown { () throws(ServiceError) in
            try region.iterator(.atSequenceNumber, of: stream, at: first.sequenceNumber)
        }
        #expect(trimmed?.name == "TrimmedDataAccessException")
        // The second record still stands behind the first one.
        let after = try region.iterator(.afterSequenceNumber, of: stream, at: first.sequenceNumber)
        #expect(try region.records(after).records.count == 1)
        region.advance(seconds: 2 * Self.hour)
        let later = try region.stream(of: "Music")
        #expect(!later.shards.contains { $0.shardId == stream.shards[0].shardId }, "its last record is trimmed")
        let unknown = thrown { () throws(ServiceError) in try region.iterator(of: stream) }
        #expect(unknown?.name == "ResourceNotFoundException")
        #expect(unknown?.message.hasPrefix("Requested resource not found: Shard: ") == true)
    }

    @Test func aStreamThatNobodyLooksAtForAYearKeepsADaysShards() throws {
        let region = try StreamRecordTests.region()
        try region.put("Music", ["pk": "a", "n": 1])
        region.advance(seconds: 365 * 24 * Self.hour)
        try region.put("Music", ["pk": "a", "n": 2])
        region.advance(seconds: 1)
        let stream = try region.stream(of: "Music")
        #expect(stream.shards.count == 7)
        for (parent, child) in zip(stream.shards, stream.shards.dropFirst()) {
            #expect(child.parentShardId == parent.shardId)
        }
        #expect(try region.allRecords(ofTable: "Music").compactMap { $0.newImage?["n"] } == [2])
        #expect(try #require(stream.shards.last).startingSequenceNumber > "100000000000219000000")
    }

    /// Claim 33.
    @Test(arguments: [Profile.teach, .serve])
    func aSplitSplitsTheShard(profile: Profile) throws {
        let region = try SizeSplitTests.region(.table("Music").streaming(), limit: "8KB", profile: profile)
        for number in 0..<200 {
            try region.put("Music", SizeSplitTests.item(number % 90))
            try region.update(
                "Music",
                ["pk": .string("k\(number % 90)")],
                "SET u = :u",
                values: [":u": .number(Number(number))]
            )
            region.advance(seconds: 1)
        }
        region.advance(seconds: 100)
        let stream = try region.stream(of: "Music")
        #expect(stream.shards.count > 4)
        let open = stream.shards.filter { $0.endingSequenceNumber == nil }
        #expect(open.count == region.metadata["Music"]?.partitions.count)
        for (number, shard) in stream.shards.enumerated() {
            let children = try region.describeStream(
                .init(streamArn: stream.streamArn, childrenOfShardId: shard.shardId)
            ).shards
            #expect(children == stream.shards.filter { $0.parentShardId == shard.shardId })
            #expect(children.count == (shard.endingSequenceNumber == nil ? 0 : 2))
            if let parent = shard.parentShardId {
                #expect(stream.shards[..<number].contains { $0.shardId == parent }, "parents come first")
            }
        }
        // Parents before children: every change is told once, and those of an item in their order.
        let records = try region.allRecords(ofTable: "Music")
        #expect(Set(records.map(\.eventID)).count == records.count)
        #expect(Set(records.map(\.sequenceNumber)).count == records.count)
        var images: [String: Item] = [:]
        for record in records {
            #expect(record.oldImage == images["\(record.keys)"])
            images["\(record.keys)"] = record.newImage
        }
        for (key, image) in images { #expect(try region.get("Music", image.projected(to: ["pk"])) == image, "\(key)") }
        #expect(images.count == 90)
    }

    /// Reference K 53.
    @Test func aDrainedClosedShardHasNoNextIterator() throws {
        let region = try StreamRecordTests.region()
        try region.put("Music", ["pk": "a", "n": 1])
        try region.put("Music", ["pk": "a", "n": 2])
        region.advance(seconds: 1)
        let stream = try region.stream(of: "Music")
        #expect(try region.records(region.iterator(of: stream)).nextShardIterator != nil, "it is open")
        region.advance(seconds: 4 * Self.hour)
        let first = try region.records(region.iterator(of: stream), limit: 1)
        #expect(first.records.count == 1)
        let second = try region.records(#require(first.nextShardIterator), limit: 1)
        #expect(second.records.count == 1)
        #expect(second.nextShardIterator == nil)
    }

    @Test func describingHasPages() throws {
        let region = try StreamRecordTests.region(partitions: 5)
        let arn = try region.stream(of: "Music").streamArn
        var shards: [String] = []
        var start: String?
        repeat {
            let page = try region.describeStream(.init(streamArn: arn, limit: 2, exclusiveStartShardId: start))
            shards += page.shards.map(\.shardId)
            start = page.lastEvaluatedShardId
        } while start != nil
        #expect(shards == (try region.stream(of: "Music")).shards.map(\.shardId))
        #expect(Set(shards).count == 5)
    }

    @Test func afterElectionsTheStreamTellsWhatTheNewLeadersHave() throws {
        let region = Region(profile: .teach)
        try region.createAndWait(.table("Music", partitions: 4).streaming())
        var written = 0
        func write(_ count: Int) {
            for _ in 0..<count {
                let item: Item = ["pk": .string("k\(written % 20)"), "n": .number(Number(written))]
                if (try? region.put("Music", item)) != nil { written += 1 }
            }
        }
        write(50)
        for zone in ["a", "b", "c"] {
            _ = try region.inject(.kill(.zone(zone)), forMicroseconds: nil)
            write(50)
            _ = try region.heal(nil)
            region.advance(seconds: 60)
            write(20)
        }
        region.advance(seconds: 60)
        let records = try region.allRecords(ofTable: "Music")
        var images: [String: Item] = [:]
        for record in records {
            #expect(record.oldImage == images["\(record.keys)"])
            images["\(record.keys)"] = record.newImage
        }
        for image in images.values { #expect(try region.get("Music", image.projected(to: ["pk"])) == image) }
        #expect(records.count == written)
    }

    @Test func aDefectAtElectionsIsSeen() throws {
        let region = Region(profile: .teach)
        region.sabotage = .streamSkipsAtElection
        try region.createAndWait(.table("Music").streaming())
        _ = try region.inject(.slow(.node(1), byMicroseconds: 1), forMicroseconds: nil)
        for number in 0..<20 { try region.put("Music", ["pk": "a", "n": .number(Number(number))]) }
        _ = try region.inject(
            .kill(.leader(table: "Music", partition: PartitionLabel(number: 0))),
            forMicroseconds: nil
        )
        for number in 20..<40 { try region.put("Music", ["pk": "a", "n": .number(Number(number))]) }
        _ = try region.heal(nil)
        region.advance(seconds: 60)
        #expect(try region.allRecords(ofTable: "Music").count < 40)
    }
}
