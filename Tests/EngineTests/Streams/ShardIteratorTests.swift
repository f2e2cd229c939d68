import Model
import Testing

@testable import Engine

/// Places in a shard, their text, and what is refused.
struct ShardIteratorTests {
    static func filled(_ count: Int = 10) throws -> (region: Region, stream: StreamDescription) {
        let region = try StreamRecordTests.region()
        for number in 0..<count { try region.put("Music", ["pk": "a", "n": .number(Number(number))]) }
        region.advance(seconds: 1)
        return (region, try region.stream(of: "Music"))
    }

    @Test func eachTypeBeginsAtItsPlace() throws {
        let (region, stream) = try Self.filled()
        let all = try region.allRecords(of: stream)
        func read(_ type: ShardIteratorType, at number: String? = nil) throws -> [StreamRecord] {
            try region.records(region.iterator(type, of: stream, at: number)).records
        }
        #expect(try read(.trimHorizon) == all)
        #expect(try read(.latest) == [])
        #expect(try read(.atSequenceNumber, at: all[3].sequenceNumber) == Array(all[3...]))
        #expect(try read(.afterSequenceNumber, at: all[3].sequenceNumber) == Array(all[4...]))
        #expect(try read(.afterSequenceNumber, at: all[9].sequenceNumber) == [])
        #expect(try read(.atSequenceNumber, at: stream.shards[0].startingSequenceNumber) == all)
        let latest = try region.iterator(.latest, of: stream)
        try region.put("Music", ["pk": "b"])
        region.advance(seconds: 1)
        #expect(try region.records(latest).records.map(\.keys) == [["pk": "b"]])
    }

    @Test func numbersOutsideTheShardAreRefused() throws {
        let (region, stream) = try Self.filled()
        for number in [
            "100000000000000000000", "199999999999999999999", "1234567890123456789012345", "1".padded(to: 21),
        ] {
            let error = thrown { () throws(ServiceError) in
                try region.iterator(.atSequenceNumber, of: stream, at: number)
            }
            #expect(error?.name == "ValidationException", "\(number)")
        }
        #expect(
            thrown { () throws(ServiceError) in try region.iterator(.atSequenceNumber, of: stream) }?.name
                == "ValidationException"
        )
    }

    @Test func pagesEndAtTheirLimits() throws {
        let (region, stream) = try Self.filled(25)
        #expect(try region.allRecords(of: stream, limit: 7).count == 25)
        let iterator = try region.iterator(of: stream)
        #expect(try region.records(iterator, limit: 1_000).records.count == 25)
        #expect(
            message { () throws(ServiceError) in try region.records(iterator, limit: 1_001) }
                == "1 validation error detected: Value '1001' at 'limit' failed to satisfy constraint: "
                + "Member must have value less than or equal to 1000"
        )
        #expect(
            message { () throws(ServiceError) in try region.records(iterator, limit: 0) }
                == "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: "
                + "Member must have value greater than or equal to 1"
        )
        // Both images of 300 KB: three records do not fit into one page of 1 MB.
        for number in 0..<4 {
            try region.put("Music", (["pk": "large", "n": .number(Number(number))] as Item).padded(to: 300_000))
        }
        region.advance(seconds: 1)
        var pages: [Int] = []
        var next: String? = iterator
        while let place = next {
            let page = try region.records(place)
            if page.records.isEmpty { break }
            #expect(page.records.reduce(0) { $0 + $1.sizeBytes } <= 1 << 20)
            pages.append(page.records.count)
            next = page.nextShardIterator
        }
        #expect(pages == [27, 1, 1])
    }

    @Test func anIteratorLivesForAQuarterOfAnHour() throws {
        let (region, stream) = try Self.filled()
        let iterator = try region.iterator(of: stream)
        region.advance(seconds: 899)
        #expect(try region.records(iterator).records.count == 10)
        region.advance(seconds: 2)
        #expect(thrown { () throws(ServiceError) in try region.records(iterator) }?.name == "ExpiredIteratorException")
    }

    @Test func itsTextSaysWhatItIsAndCannotBeMadeUp() throws {
        let (region, stream) = try Self.filled()
        let iterator = try region.iterator(of: stream)
        #expect(iterator.hasPrefix(stream.streamArn + "|1|"))
        #expect(iterator.utf8.count <= 2_048)
        #expect(region.streamArn(ofIterator: iterator) == stream.streamArn)
        #expect(region.streamArn(ofIterator: "nothing") == "nothing")
        let bytes = Array(iterator.utf8)
        for place in bytes.indices {
            var forged = bytes
            forged[place] = forged[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let error = thrown { () throws(ServiceError) in try region.records(String(decoding: forged, as: UTF8.self))
            }
            #expect(error == .validationException("Invalid ShardIterator"), "byte \(place)")
        }
        #expect(
            thrown { () throws(ServiceError) in try region.records("x") }
                == .validationException("Invalid ShardIterator")
        )
        // Another region's seed makes other seals.
        let other = try StreamRecordTests.region(seed: 2)
        #expect(
            thrown { () throws(ServiceError) in try other.records(iterator) }
                == .validationException("Invalid ShardIterator")
        )
    }

    @Test func unknownAndMalformedStreams() throws {
        let (region, stream) = try Self.filled()
        #expect(
            thrown { () throws(ServiceError) in
                try region.describeStream(.init(streamArn: String(repeating: "x", count: 40)))
            }
                == .validationException("Invalid StreamArn")
        )
        #expect(
            message { () throws(ServiceError) in try region.describeStream(.init(streamArn: "short")) }
                == "1 validation error detected: Value 'short' at 'streamArn' failed to satisfy constraint: "
                + "Member must have length greater than or equal to 37"
        )
        let unknown = stream.streamArn + "9"
        #expect(
            thrown { () throws(ServiceError) in try region.describeStream(.init(streamArn: unknown)) }
                == .resourceNotFoundException("Requested resource not found: Stream: \(unknown) not found")
        )
        #expect(
            thrown { () throws(ServiceError) in try region.iterator(of: stream, "shardId-00000000000000000000-00000000")
            }
                == .resourceNotFoundException(
                    "Requested resource not found: Shard: shardId-00000000000000000000-00000000 not found"
                )
        )
    }
}

extension String {
    fileprivate func padded(to length: Int) -> String { String(repeating: "0", count: length - utf8.count) + self }
}
