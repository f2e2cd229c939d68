import Model
import Testing

@testable import Engine

/// Followers that lag, and what may be seen of it.
struct FollowerLagTests {
    static let key: Item = ["pk": "k"]

    static func region(seed: UInt64 = 1, lag: String = "50ms", partitions: Int = 1) throws -> Region {
        let region = Region(profile: .teach, seed: seed)
        try region.set("replicationLag", to: lag)
        try region.createAndWait(.table("Music", partitions: partitions))
        return region
    }

    static func version(_ item: Item?) -> Int {
        guard case .number(let number)? = item?["n"] else { return -1 }
        return number.integer ?? -1
    }

    @Test(arguments: Seeds.thisRun)
    func anEventualReadAfterAWriteIsSometimesStaleAStrongOneNever(seed: UInt64) throws {
        let region = try Self.region(seed: seed)
        var stale = 0
        for version in 0..<200 {
            try region.put("Music", ["pk": "k", "n": .number(Number(version))])
            #expect(Self.version(try region.get("Music", Self.key)) == version)
            let seen = Self.version(try region.get("Music", Self.key, consistent: false))
            #expect(seen <= version, "nothing is read that was not committed yet")
            if seen < version { stale += 1 }
        }
        // Two of three replicas are followers, fifty milliseconds behind.
        #expect(stale > 60)
        #expect(stale < 200, "the leader answers, too")
    }

    @Test func onceTheLagIsOverEveryReplicaShowsTheLatest() throws {
        let region = try Self.region()
        for version in 0..<50 {
            try region.put("Music", ["pk": "k", "n": .number(Number(version))])
            region.advance(byMicroseconds: 8 * 50_000)
            for _ in 0..<5 {
                #expect(Self.version(try region.get("Music", Self.key, consistent: false)) == version)
            }
        }
    }

    @Test func everyRecordsLagIsReportedThoughNobodyHasReadTheFollowers() throws {
        let region = try Self.region(lag: "2ms")
        for version in 0..<20 { try region.put("Music", ["pk": "k", "n": .number(Number(version))]) }
        region.advance(seconds: 1)
        let lags = try region.lags(of: "Music", index: nil)
        #expect(lags.map(\.records) == [20, 20])
        #expect(lags.allSatisfy { (500..<10_000).contains($0.medianMicroseconds) })
    }

    @Test func withoutLagAnEventualReadIsNeverStale() throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music"))
        for version in 0..<100 {
            try region.put("Music", ["pk": "k", "n": .number(Number(version))])
            #expect(Self.version(try region.get("Music", Self.key, consistent: false)) == version)
        }
    }

    @Test func aDeletedItemMayStillBeReadAndAnAbsentOneNotYet() throws {
        let region = try Self.region(lag: "10s")
        try region.put("Music", ["pk": "k", "n": 1])
        let beforeItArrived = try (0..<20).map { _ in try region.get("Music", Self.key, consistent: false) }
        #expect(beforeItArrived.contains(nil))
        region.advance(seconds: 100)
        try region.delete("Music", Self.key)
        let afterItLeft = try (0..<20).map { _ in try region.get("Music", Self.key, consistent: false) }
        #expect(afterItLeft.contains { $0 != nil })
        #expect(try region.get("Music", Self.key) == nil)
    }

    /// A follower's view is the leader's tree with changes undone. Here a second copy is kept that applies them.
    @Test(arguments: Seeds.thisRun)
    func theUndoneViewIsWhatTheFollowerHasApplied(seed: UInt64) throws {
        var random = Randomness(seed: seed)
        let local = IndexDefinition(
            name: "byA",
            isLocal: true,
            key: KeySchema(hash: [KeyAttribute("pk", .string)], range: [KeyAttribute("a", .number)]),
            tableKey: KeySchema(hash: [KeyAttribute("pk", .string)], range: [KeyAttribute("sk", .number)]),
            projection: Projection(.keysOnly)
        )
        let start = SimulatedInstant(microseconds: 0)
        let partition = Partition(
            label: PartitionLabel(number: 0),
            range: .everything,
            localIndexes: [local],
            replicas: Zone.allCases.map { zone in
                Replica(
                    node: StorageNodeName(number: 1),
                    zone: zone,
                    role: zone == .a ? .leader : .follower,
                    cursor: LogCursor(seed: UInt64(zone.rawValue) + seed, startingAfter: 0, at: start)
                )
            },
            leader: 0
        )
        let lag = Lag(median: 10_000, distribution: .narrow)
        var instant = start
        /// The items after each record of the log, by key.
        var states: [[[UInt8]: Item]] = [[:]]
        for step in 0..<1_500 {
            instant = instant.advanced(byMicroseconds: Int64(random.next(below: 4_000)))
            if random.oneIn(150) { instant = instant.advanced(byMicroseconds: 200_000) }
            let sk = random.next(below: 40)
            let key: Item = ["pk": "p", "sk": .number(Number(sk))]
            var encoder = KeyEncoder()
            encoder.appendPartitionKey(parts: [Array("p".utf8)])
            key.withValue(of: "sk") { encoder.appendFinal($0!) }
            let bytes = encoder.bytes
            var attributes = key.attributes
            attributes["n"] = .number(Number(step))
            if random.oneIn(2) { attributes["a"] = .number(Number(random.next(below: 5))) }
            let new: Item? = random.oneIn(3) ? nil : Item(attributes)
            let isRecorded = new != nil || states.last![bytes] != nil
            bytes.withUnsafeBytes { _ = partition.commit(new, at: KeyProbe($0), on: instant) }
            if isRecorded {
                var state = states.last!
                state[bytes] = new
                states.append(state)
            }
            #expect(Int(partition.log.lastIndex) == states.count - 1)
            guard random.oneIn(5) else { continue }
            let later = instant.advanced(byMicroseconds: Int64(random.next(below: 15_000)))
            for replica in 0..<3 {
                let applied = Int(partition.appliedIndex(of: replica, on: later, lag: lag))
                if replica == 0 { #expect(applied == states.count - 1) }
                let state = states[applied]
                let view = partition.view(replica: replica, on: later, lag: lag).items
                var seen: [[UInt8]: Item] = [:]
                view.walk(.everything) { slot in
                    seen[slot.key.bytes] = slot.item
                    return true
                }
                #expect(seen == state, "step \(step), replica \(replica)")
                let single = bytes.withUnsafeBytes {
                    partition.item(at: KeyProbe($0), replica: replica, on: later, lag: lag)
                }
                #expect(single == state[bytes])
                var entries: [Item] = []
                partition.view(replica: replica, on: later, lag: lag).local[0].walk(.everything) { slot in
                    entries.append(slot.item)
                    return true
                }
                #expect(
                    Set(entries.map(\.description))
                        == Set(state.values.compactMap { local.entry(for: $0)?.description })
                )
            }
            instant = later
            if random.oneIn(6) { partition.trimLog(on: instant, lag: lag, others: partition.log.lastIndex) }
        }
        #expect(partition.log.firstIndex > 1, "the log must have been trimmed on the way")
    }

    /// What is old goes forward only: a follower never shows an older state than it has shown before.
    @Test func aFollowerAppliesInOrderAndNeverGoesBack() throws {
        let region = try Self.region(lag: "30ms")
        let table = try #require(region.metadata["Music"])
        let partition = table.partitions[0]
        var last = [0, 0, 0] as [UInt64]
        for version in 0..<400 {
            try region.put("Music", ["pk": "k", "n": .number(Number(version))])
            for replica in 0..<3 {
                let applied = partition.appliedIndex(of: replica, on: region.now, lag: region.constants.followerLag)
                #expect(applied >= last[replica])
                last[replica] = applied
            }
        }
    }

    /// Thousands of writes, with and without trimming on the way, answer the same.
    @Test(arguments: [1, 3])
    func trimmingTheLogNeverChangesAnAnswer(partitions: Int) throws {
        let region = try Self.region(lag: "20ms", partitions: partitions)
        var random = Randomness(seed: 21)
        var latest: [Int: Int] = [:]
        for version in 0..<5_000 {
            let number = random.next(below: 60)
            if random.oneIn(8) {
                try region.delete("Music", ["pk": .string("k\(number)")])
                latest[number] = nil
            } else {
                try region.put("Music", ["pk": .string("k\(number)"), "n": .number(Number(version))])
                latest[number] = version
            }
            guard version % 7 == 0 else { continue }
            let other = random.next(below: 60)
            let item = try region.get("Music", ["pk": .string("k\(other)")])
            #expect(item.map { Self.version($0) } == latest[other])
            let old = Self.version(try region.get("Music", ["pk": .string("k\(other)")], consistent: false))
            #expect(old <= version)
        }
        let table = try #require(region.metadata["Music"])
        #expect(table.partitions.contains { $0.log.firstIndex > 1 }, "the log must have been trimmed on the way")
        #expect(table.partitions.allSatisfy { $0.log.count < 1_200 }, "the log stays short")
        let items = try region.scan("Music", consistent: true).items
        #expect(items.count == latest.count)
        for item in items { #expect(latest.values.contains(Self.version(item))) }
    }

    /// A stale follower still shows an index entry whose item is gone. The page counts it, and stops at its Limit.
    @Test func aStaleLocalIndexPageStopsAtItsLimit() throws {
        let region = Region(profile: .teach)
        try region.set("replicationLag", to: "1h")
        try region.createAndWait(
            .table("Music", sort: ("sk", .number), locals: [("byA", ("a", .number), Projection(.keysOnly))])
        )
        for number in 0..<10 {
            try region.put("Music", ["pk": "p", "sk": .number(Number(number)), "a": .number(Number(number)), "x": 1])
        }
        region.advance(seconds: 40 * 3_600)
        for number in 0..<10 { try region.delete("Music", ["pk": "p", "sk": .number(Number(number))]) }
        var counts: Set<Int> = []
        for _ in 0..<30 {
            let page = try region.query(
                "Music",
                index: "byA",
                "pk = :p",
                [":p": "p"],
                limit: 3,
                select: .allAttributes
            )
            counts.insert(page.scannedCount)
            #expect(page.scannedCount <= 3)
            #expect((page.lastEvaluatedKey != nil) == (page.scannedCount == 3))
        }
        #expect(counts.contains(3), "some follower must have been stale")
    }
}

/// Global indexes follow the table's log after a lag of their own.
struct GlobalIndexLagTests {
    static func region(indexLag: String = "20ms", partitions: Int = 1, seed: UInt64 = 1) throws -> Region {
        let region = Region(profile: .teach, seed: seed)
        try region.set("indexLag", to: indexLag)
        let index = CreateTableRequest.GlobalIndex(name: "byG", hash: [("g", .string)])
        try region.createAndWait(.table("Music", partitions: partitions, globals: [index]))
        return region
    }

    static func versions(_ region: Region) throws -> [Int] {
        try region.query("Music", index: "byG", "g = :g", [":g": "x"]).items.map { FollowerLagTests.version($0) }
    }

    @Test func anEntryIsNotThereAtOnceButAfterTheLag() throws {
        let region = try Self.region(indexLag: "10s")
        try region.put("Music", ["pk": "k", "g": "x", "n": 1])
        #expect(try Self.versions(region) == [])
        // The shortest delay of this spread is a fiftieth of the median, the longest 150 times the median.
        region.advance(seconds: 1_500)
        #expect(try Self.versions(region) == [1])
        try region.delete("Music", ["pk": "k"])
        #expect(try Self.versions(region) == [1], "an entry may outlive its item")
        region.advance(seconds: 1_500)
        #expect(try Self.versions(region) == [])
    }

    @Test(arguments: Seeds.thisRun)
    func changesOfOneItemArriveInOrder(seed: UInt64) throws {
        let region = try Self.region(indexLag: "40ms", seed: seed)
        try region.set("replicationLag", to: "0")
        var last = -1
        var isBehind = false
        for version in 0..<300 {
            try region.put("Music", ["pk": "k", "g": "x", "n": .number(Number(version))])
            let seen = try Self.versions(region)
            #expect(seen.count <= 1)
            #expect((seen.first ?? -1) >= last, "an older version after a newer one")
            last = seen.first ?? last
            if last < version { isBehind = true }
        }
        #expect(isBehind, "the lag must have been seen")
        region.advance(seconds: 30)
        #expect(try Self.versions(region) == [299])
    }

    /// Reference H, "reads": monotonic per item within one index partition.
    @Test func readsOfOneItemInAnIndexNeverGoBack() throws {
        let region = try Self.region(indexLag: "5ms")
        try region.set("replicationLag", to: "100ms")
        let seen = try (0..<300).map { version in
            try region.put("Music", ["pk": "k", "g": "x", "n": .number(Number(version))])
            region.advance(byMicroseconds: 20_000)
            return try Self.versions(region).first ?? -1
        }
        #expect(seen == seen.sorted())
        #expect(Set(seen).count > 20, "the index must have moved on")
    }

    /// What was committed long ago is there, whatever was written lately and however rarely the index is read.
    @Test func anIndexNobodyReadForAnHourShowsTheHour() throws {
        let region = try Self.region(partitions: 2)
        try region.set("replicationLag", to: "1s")
        func key(inPartition number: Int) throws -> String {
            try #require(
                try (0..<50).map { "k\($0)" }.first {
                    try region.locate(["pk": .string($0)], in: "Music", index: nil).partition.number == number
                }
            )
        }
        let (busy, quiet) = (try key(inPartition: 0), try key(inPartition: 1))
        for version in 0..<60 {
            try region.put("Music", ["pk": .string(quiet), "g": "x", "n": .number(Number(version))])
            region.advance(seconds: 3_600)
            try region.put("Music", ["pk": .string(busy), "g": "y", "n": 0])
            region.advance(byMicroseconds: 500_000)
            #expect(try Self.versions(region) == [version], "an hour old, and not shown")
        }
    }

    @Test func anEntryMovesWhenItsKeyChangesAndLeavesWhenItGoes() throws {
        let region = try Self.region()
        try region.put("Music", ["pk": "k", "g": "x", "n": 1])
        try region.update("Music", ["pk": "k"], "SET g = :y", values: [":y": "y"])
        region.advance(seconds: 60)
        #expect(try Self.versions(region) == [])
        #expect(try region.query("Music", index: "byG", "g = :g", [":g": "y"]).count == 1)
        try region.update("Music", ["pk": "k"], "REMOVE g")
        region.advance(seconds: 60)
        #expect(try region.scan("Music", index: "byG").count == 0)
        #expect(try region.get("Music", ["pk": "k"])?["n"] == 1)
    }

    /// Trimming waits for the slowest index; thousands of writes arrive all the same.
    @Test func aSlowIndexLosesNothingWhenTheLogIsTrimmed() throws {
        let region = try Self.region(indexLag: "2s", partitions: 2)
        for number in 0..<4_000 {
            let key = "k\(number % 100)"
            try region.put(
                "Music",
                ["pk": .string(key), "g": number % 3 == 0 ? "x" : "y", "n": .number(Number(number))]
            )
        }
        region.advance(seconds: 600)
        let entries = try region.scan("Music", index: "byG").items
        let items = try region.scan("Music", consistent: true).items
        #expect(Set(entries.map(\.description)) == Set(items.map(\.description)))
        #expect(entries.count == 100)
    }
}
