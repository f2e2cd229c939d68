import Model
import Testing

@testable import Engine

/// A global index that is built while its table is written to.
struct BackfillTests {
    static let index = CreateTableRequest.GlobalIndex(name: "byG", hash: [("g", .string)], range: [("h", .number)])

    static func item(_ number: Int, _ random: inout Randomness) -> Item {
        var item: AttributeMap = ["pk": .string("k\(number)"), "n": .number(Number(random.next(below: 1_000)))]
        if !random.oneIn(8) { item["g"] = .string("g\(random.next(below: 6))") }
        if !random.oneIn(8) { item["h"] = .number(Number(random.next(below: 4))) }
        return Item(item).padded(to: 100 + random.next(below: 300))
    }

    @Test func itTakesTimeForEveryItem() throws {
        func seconds(items: Int) throws -> Int {
            let region = Region(profile: .teach)
            try region.createAndWait(.table("Music"))
            for number in 0..<items { try region.put("Music", ["pk": .string("k\(number)"), "g": "x", "h": 1]) }
            try region.updateTable(IndexLifecycleTests.creation(Self.index))
            var seconds = 0
            while try region.describeTable("Music").globalSecondaryIndexes[0].indexStatus == .creating {
                region.advance(seconds: 1)
                seconds += 1
            }
            #expect(try region.scanAll("Music", index: "byG").count == items)
            return seconds
        }
        let empty = try seconds(items: 0)
        #expect(empty >= 90)
        #expect((4...6).contains(try seconds(items: 5_000) - empty))
    }

    @Test func itsProgressIsTold() throws {
        let region = Region(profile: .teach)
        try region.createAndWait(.table("Music"))
        for number in 0..<4_000 { try region.put("Music", ["pk": .string("k\(number)"), "g": "x", "h": 1]) }
        try region.updateTable(IndexLifecycleTests.creation(Self.index))
        region.advance(seconds: 31)
        #expect(try (1..<4_000).contains(#require(region.metadata["Music"]?.globalIndex(named: "byG")).itemCount))
        region.advance(seconds: 600)
        let told = region.texts().filter { $0.contains("backfilling, ") }
        #expect(told.map { $0.split(separator: " ")[3] } == ["25%", "50%", "75%"])
    }

    /// After quiet, an index is the projection of its table, whatever came in between.
    @Test(arguments: Seeds.thisRun, ["1ms", "20ms", "5s", "10m"])
    func theIndexBecomesTheProjectionOfItsTable(seed: UInt64, lag: String) throws {
        var random = Randomness(seed: seed)
        let region = Region(profile: .teach, seed: seed)
        try region.set("indexLag", to: lag)
        try region.set("partitionBytes", to: "12KB")
        try region.set("splitTime", to: random.pick(["0", "3s", "60s"]))
        try region.set("backfillItem", to: random.pick(["1ms", "50ms", "900ms"]))
        try region.createAndWait(
            .table(
                "Music",
                partitions: 2,
                globals: [.init(name: "old", hash: [("h", .number)], projection: .init(.keysOnly))]
            )
        )
        let (begins, steps) = (random.next(below: 900), 1_800)
        for step in 0..<steps {
            if step == begins { try region.updateTable(IndexLifecycleTests.creation(Self.index)) }
            let number = random.next(below: 150)
            let key: Item = ["pk": .string("k\(number)")]
            switch random.next(below: 8) {
            case 0..<4: try region.put("Music", Self.item(number, &random))
            case 4: try region.delete("Music", key)
            case 5: try region.update("Music", key, "SET n = :n", values: [":n": 7])
            case 6: try region.update("Music", key, "SET g = :g", values: [":g": .string("g\(random.next(below: 6))")])
            default: region.advance(byMicroseconds: Int64(random.next(below: 600_000)))
            }
            if step % 200 == 0 { _ = try region.scan("Music", index: "old") }
        }
        // The slowest record arrives after 150 times the median.
        region.advance(seconds: 30 * 3_600)
        #expect(try region.describeTable("Music").globalSecondaryIndexes.map(\.indexStatus) == [.active, .active])
        for index in ["byG", "old"] {
            #expect(try region.faultsOfIndex(index, of: "Music") == [])
            #expect(try region.faultsOfPartitions(of: "Music", index: index) == [])
        }
        #expect(try region.faultsOfPartitions(of: "Music") == [])
        let table = try #require(region.metadata["Music"])
        #expect(table.partitions.count > 2, "the table must have split")
        #expect(table.globalIndexes.contains { $0.partitions.count > 1 }, "an index must have split")
    }

    /// An older image never takes the place of a newer one: each item's version only grows.
    @Test(arguments: Seeds.thisRun)
    func versionsInAnIndexNeverGoBackWhileItIsFilled(seed: UInt64) throws {
        var random = Randomness(seed: seed)
        let region = Region(profile: .teach, seed: seed)
        try region.set("indexLag", to: "2s")
        try region.set("partitionBytes", to: "8KB")
        try region.set("splitTime", to: "2s")
        try region.set("backfillItem", to: "200ms")
        try region.createAndWait(.table("Music"))
        func put(_ number: Int, _ version: Int) throws {
            let item: Item = ["pk": .string("k\(number)"), "g": "x", "h": 1, "n": .number(Number(version))]
            try region.put("Music", item.padded(to: 300))
        }
        for number in 0..<100 { try put(number, 0) }
        try region.updateTable(IndexLifecycleTests.creation(Self.index))
        region.advance(seconds: 30)
        let index = try #require(region.metadata["Music"]?.globalIndex(named: "byG"))
        var seen: [String: Int] = [:]
        for version in 1..<600 {
            try put(random.next(below: 100), version)
            region.advance(byMicroseconds: 100_000)
            index.propagate(through: region.now, constants: region.constants)
            for partition in index.partitions {
                partition.tree.walk(.everything) { slot in
                    let (name, version) = ("\(slot.item["pk"]!)", FollowerLagTests.version(slot.item))
                    #expect(version >= seen[name] ?? 0)
                    seen[name] = version
                    return true
                }
            }
        }
        #expect(seen.count == 100)
        #expect(try region.faultsOfIndex("byG", of: "Music") == [])
    }

    @Test func anIndexIsDeletedInTheMiddleOfItsBackfillAndItsSplits() throws {
        let region = Region(profile: .teach)
        try region.set("partitionBytes", to: "10KB")
        try region.set("backfillItem", to: "100ms")
        try region.createAndWait(.table("Music"))
        for number in 0..<200 {
            let item: Item = ["pk": .string("k\(number)"), "g": .string("g\(number)"), "h": 1]
            try region.put("Music", item.padded(to: 300))
        }
        try region.updateTable(IndexLifecycleTests.creation(Self.index))
        region.advance(seconds: 40)
        #expect(try region.states("Music", index: "byG").contains { $0.hasPrefix("splitting") })
        try region.updateTable(IndexLifecycleTests.deletion("byG"))
        region.advance(seconds: 26 * 3_600)
        #expect(try region.describeTable("Music").globalSecondaryIndexes.isEmpty)
        #expect(try region.scanAll("Music").count == 200)
        try region.updateTable(IndexLifecycleTests.creation(Self.index))
        region.advance(seconds: 3_600)
        #expect(try region.faultsOfIndex("byG", of: "Music") == [])
    }

    @Test(arguments: [Sabotage.skipsIndexRecords, .keepsIndexGhosts])
    func aSabotagedIndexIsFoundOut(_ sabotage: Sabotage) throws {
        for isSabotaged in [false, true] {
            var random = Randomness(seed: 3)
            let region = Region(profile: .teach)
            try region.createAndWait(.table("Music", globals: [Self.index]))
            if isSabotaged { region.constants.sabotage = sabotage }
            for number in 0..<60 { try region.put("Music", Self.item(number, &random)) }
            for number in 0..<20 { try region.delete("Music", ["pk": .string("k\(number)")]) }
            region.advance(seconds: 60)
            #expect(try region.faultsOfIndex("byG", of: "Music").isEmpty == !isSabotaged)
        }
    }
}
