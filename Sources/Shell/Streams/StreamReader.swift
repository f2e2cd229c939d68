import Language
import Model

/// Reads a stream through the API, as a program would: no shard before its parent has been read to its end.
///
/// ```
/// p0  A ──► B ─┬► D      A, then B, then D and E; C whenever
///              └► E
/// p1  C
/// ```
struct StreamReader {
    typealias Send = (Request) throws(StatementFailure) -> Response

    private(set) var stream: StreamDescription
    private(set) var recordCount = 0
    /// Shards that something was read from.
    private(set) var readShards: Set<String> = []
    /// In the order of the description, parents before children.
    private var places: [Place] = []
    private let start: TailCommand.Start
    /// Records of before are left out; in seconds since 1970.
    private let since: Int
    private let wantedShard: String?
    private let send: Send

    private struct Place {
        let shardID: String
        let parentID: String?
        /// It was there when the reading began.
        let isOld: Bool
        /// It was closed when the stream was last looked at.
        var isClosed: Bool
        var iterator: String?
        var isRead = false
    }

    /// `now` is in microseconds since 1970. Throws when there is no such shard.
    init(
        of streamArn: String,
        _ command: TailCommand,
        now: Int64,
        send: @escaping Send
    ) throws(StatementFailure) {
        self.send = send
        start = command.start
        if case .ago(let duration) = command.start { since = Int((now - duration) / 1_000_000) } else { since = 0 }
        let stream = try StreamReader.describe(streamArn, send)
        self.stream = stream
        if let end = command.shard {
            wantedShard = try StreamReader.shard(endingIn: end, of: stream)
        } else {
            wantedShard = nil
        }
        place(stream.shards, areOld: true)
    }

    /// Whether nothing can come any more.
    var isFinished: Bool {
        let isEnding = stream.streamStatus == .disabled || wantedShard != nil
        return isEnding && places.allSatisfy(\.isRead)
    }

    /// Reads what is readable now, at most so many records.
    mutating func readAvailable(atMost limit: Int) throws(StatementFailure) -> [StreamRecord] {
        var records: [StreamRecord] = []
        var number = 0
        while records.count < limit {
            if number == places.count {
                // Children may have opened.
                guard hasReadToAnEnd else { break }
                try refresh()
                if number == places.count { break }
            }
            if isReady(places[number]) {
                records += try read(number, atMost: limit - records.count)
            }
            number += 1
        }
        recordCount += records.count
        return records
    }

    /// Whether an open shard has ended since the stream was last looked at.
    private var hasReadToAnEnd: Bool { places.contains { $0.isRead && !$0.isClosed } }

    private func isReady(_ place: Place) -> Bool {
        if place.isRead { return false }
        return !places.contains { $0.shardID == place.parentID && !$0.isRead }
    }

    private mutating func read(_ number: Int, atMost limit: Int) throws(StatementFailure) -> [StreamRecord] {
        if places[number].iterator == nil { places[number].iterator = try firstIterator(places[number]) }
        guard var iterator = places[number].iterator else {
            places[number].isRead = true
            return []
        }
        var records: [StreamRecord] = []
        while records.count < limit {
            // What is left out for its age counts for nothing.
            let wanted = min(1_000, limit - records.count)
            let request = GetRecordsRequest(shardIterator: iterator, limit: wanted)
            guard case .getRecords(let page) = try send(.getRecords(request)) else { break }
            if !page.records.isEmpty { readShards.insert(places[number].shardID) }
            records += page.records.filter { $0.approximateCreationDateTime >= since }
            guard let next = page.nextShardIterator else {
                places[number].isRead = true
                return records
            }
            iterator = next
            if page.records.isEmpty { break }
        }
        places[number].iterator = iterator
        return records
    }

    /// Nil for a shard that has nothing to be read.
    private func firstIterator(_ place: Place) throws(StatementFailure) -> String? {
        let wantsNewest = start == .latest && place.isOld
        if wantsNewest, place.isClosed { return nil }
        let request = GetShardIteratorRequest(
            streamArn: stream.streamArn,
            shardId: place.shardID,
            shardIteratorType: wantsNewest ? .latest : .trimHorizon
        )
        guard case .getShardIterator(let answer) = try send(.getShardIterator(request)) else { return nil }
        return answer.shardIterator
    }

    // MARK: Shards

    private mutating func refresh() throws(StatementFailure) {
        stream = try StreamReader.describe(stream.streamArn, send)
        place(stream.shards, areOld: false)
        for number in places.indices where places[number].isRead { places[number].isClosed = true }
    }

    private mutating func place(_ shards: [StreamDescription.Shard], areOld: Bool) {
        let known = Set(places.map(\.shardID))
        for shard in shards where !known.contains(shard.shardId) {
            if let wantedShard, shard.shardId != wantedShard { continue }
            places.append(
                Place(
                    shardID: shard.shardId,
                    // Reading one shard alone is asking for it.
                    parentID: wantedShard == nil ? shard.parentShardId : nil,
                    isOld: areOld,
                    isClosed: shard.endingSequenceNumber != nil
                )
            )
        }
    }

    /// All shards, page by page.
    private static func describe(_ arn: String, _ send: Send) throws(StatementFailure) -> StreamDescription {
        var whole: StreamDescription?
        var start: String?
        repeat {
            let request = DescribeStreamRequest(streamArn: arn, exclusiveStartShardId: start)
            guard case .describeStream(let page) = try send(.describeStream(request)) else { break }
            start = page.lastEvaluatedShardId
            if whole == nil { whole = page } else { whole?.shards += page.shards }
        } while start != nil
        guard let whole else { throw .message("the service did not describe the stream") }
        return whole
    }

    private static func shard(
        endingIn end: String,
        of stream: StreamDescription
    ) throws(StatementFailure) -> String {
        let found = stream.shards.map(\.shardId).filter { $0 == end || $0.hasSuffix(end) }
        if found.count == 1 { return found[0] }
        let count = found.isEmpty ? "no shard" : "\(found.count) shards"
        throw .message(
            "the stream of \(stream.tableName) has \(count) ending in \(Similarity.shown(end))",
            details: ["Show streams lists them"]
        )
    }
}
