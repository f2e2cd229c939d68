import Model
import Testing

@testable import Engine

/// Reference B4, row by row. w(x) = ⌈x/1024⌉, r(x) = ⌈x/4096⌉, at least 1.
struct CapacityTests {
    static let key: Item = ["pk": "k"]

    static func item(_ size: Int, _ key: Item = key) -> Item { key.padded(to: size) }

    static func region(partitions: Int = 1) throws -> Region {
        let region = Region(profile: .serve)
        try region.create(.table("Music", partitions: partitions))
        return region
    }

    /// What the last request cost, whether it succeeded or not.
    static func cost(_ region: Region, _ request: Request) -> [[String: Double]] {
        var report = RequestReport()
        _ = try? region.perform(request, report: &report)
        return report.consumedCapacity.map(\.arms)
    }

    // MARK: Reads

    @Test(arguments: [(0, 1.0), (1, 1), (4_095, 1), (4_096, 1), (4_097, 2), (8_192, 2), (8_193, 3), (409_600, 100)])
    func aGetCostsByFourKilobytes(size: Int, units: Double) throws {
        let region = try Self.region()
        if size > 10 { try region.put("Music", Self.item(size)) } else if size > 0 { try region.put("Music", Self.key) }
        #expect(try region.getResponse("Music", Self.key).consumedCapacity?.arms == ["": units])
        #expect(try region.getResponse("Music", Self.key, consistent: false).consumedCapacity?.arms == ["": units / 2])
        let transactional = try region.transactGet([.init(tableName: "Music", key: Self.key)])
        #expect(transactional.consumedCapacity?.map(\.arms) == [["": units * 2]])
        #expect(transactional.consumedCapacity?.first?.transactionalKind == .read)
    }

    @Test func aProjectionMakesAReadNoCheaper() throws {
        let region = try Self.region()
        try region.put("Music", Self.item(9_000))
        let response = try region.getResponse("Music", Self.key, projection: "pk")
        #expect(response.item == Self.key)
        #expect(response.consumedCapacity?.capacityUnits == 3)
    }

    /// K45: a batch rounds each item, a query rounds the sum.
    @Test func aBatchRoundsEachItemAQueryTheSum() throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music", sort: ("sk", .number)))
        let keys: [Item] = (0..<4).map { ["pk": "p", "sk": .number(Number($0))] }
        for key in keys { try region.put("Music", Self.item(1_500, key)) }
        for consistent in [true, false] {
            let factor = consistent ? 1.0 : 0.5
            let batch = try region.batchGet([
                .init(tableName: "Music", keys: keys + [["pk": "none", "sk": 1]], consistentRead: consistent)
            ])
            #expect(batch.consumedCapacity?.map(\.arms) == [["": 5 * factor]])
            let page = try region.query("Music", "pk = :p", [":p": "p"], consistent: consistent)
            #expect(page.consumedCapacity?.arms == ["": 2 * factor])
        }
        let empty = try region.query("Music", "pk = :p", [":p": "nobody"])
        #expect(empty.consumedCapacity?.arms == ["": 0.5])
    }

    /// K7 and B4: evaluated bytes count, before filter, projection and count.
    @Test func aQueryIsChargedForWhatItEvaluated() throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music", sort: ("sk", .number)))
        for number in 0..<10 { try region.put("Music", Self.item(1_000, ["pk": "p", "sk": .number(Number(number))])) }
        let values: Region.Values = [":p": "p"]
        for page in [
            try region.query("Music", "pk = :p", values, select: .count),
            try region.query("Music", "pk = :p", values, projection: "sk"),
            try region.query("Music", "pk = :p", [":p": "p", ":x": 1], filter: "nothing = :x"),
        ] {
            #expect(page.consumedCapacity?.arms == ["": 1.5])
        }
    }

    /// K43: one minimum for each partition that is visited.
    @Test func anEmptyScanCostsOneMinimumAPartition() throws {
        for partitions in [1, 4, 7] {
            let region = try Self.region(partitions: partitions)
            #expect(try region.scan("Music").consumedCapacity?.arms == ["": Double(partitions) / 2])
            #expect(try region.scan("Music", consistent: true).consumedCapacity?.arms == ["": Double(partitions)])
        }
    }

    @Test func aScanRoundsInEachPartition() throws {
        let region = try Self.region(partitions: 4)
        var bytes = [0, 0, 0, 0]
        for number in 0..<40 {
            let key: Item = ["pk": .string("k\(number)")]
            try region.put("Music", Self.item(700, key))
            bytes[try region.locate(key, in: "Music", index: nil).partition.number] += 700
        }
        let units = bytes.map { Double(max(1, ($0 + 4_095) / 4_096)) }.reduce(0, +)
        #expect(try region.scan("Music", consistent: true).consumedCapacity?.arms == ["": units])
        #expect(try region.scan("Music").consumedCapacity?.arms == ["": units / 2])
    }

    // MARK: Writes

    @Test(arguments: [(4, 1.0), (1_023, 1), (1_024, 1), (1_025, 2), (2_048, 2), (2_049, 3), (409_600, 400)])
    func aPutCostsByKilobytes(size: Int, units: Double) throws {
        let region = try Self.region()
        #expect(try region.put("Music", size == 4 ? Self.key : Self.item(size)).consumedCapacity?.arms == ["": units])
    }

    /// K38: the larger of the two images.
    @Test func theLargerImageDecides() throws {
        let region = try Self.region()
        try region.put("Music", Self.item(5_000))
        #expect(try region.put("Music", Self.item(100)).consumedCapacity?.arms == ["": 5])
        #expect(try region.put("Music", Self.item(3_000)).consumedCapacity?.arms == ["": 3])
        let shrinking = try region.update("Music", Self.key, "SET fill = :v", values: [":v": "x"])
        #expect(shrinking.consumedCapacity?.arms == ["": 3])
        let growing = try region.update(
            "Music",
            Self.key,
            "SET fill = :v",
            values: [":v": .string(String(repeating: "x", count: 6_000))]
        )
        #expect(growing.consumedCapacity?.arms == ["": 6])
    }

    /// K35: a no-op update costs the whole item.
    @Test func anUpdateThatChangesNothingCostsTheWholeItem() throws {
        let region = try Self.region()
        try region.put("Music", Self.item(5_000))
        #expect(try region.update("Music", Self.key, nil).consumedCapacity?.arms == ["": 5])
        #expect(try region.update("Music", Self.key, "REMOVE nothing").consumedCapacity?.arms == ["": 5])
    }

    /// K36: deleting nothing costs one unit and leaves no log record.
    @Test func aDeletionCostsTheItemAndNothingCostsOne() throws {
        let region = try Self.region()
        try region.put("Music", Self.item(5_000))
        #expect(try region.delete("Music", Self.key).consumedCapacity?.arms == ["": 5])
        let records = region.metadata["Music"]?.partitions[0].log.lastIndex
        #expect(try region.delete("Music", Self.key).consumedCapacity?.arms == ["": 1])
        #expect(region.metadata["Music"]?.partitions[0].log.lastIndex == records)
    }

    /// K37: the larger of what is there and what was to be written, at least one; never an index.
    @Test func aFalseConditionIsCharged() throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music", globals: [.init(name: "byG", hash: [("g", .string)])]))
        try region.put("Music", Item(["pk": "k", "g": "x"]).padded(to: 3_000))
        func put(_ size: Int, _ condition: String) -> Request {
            .putItem(
                PutItemRequest(
                    tableName: "Music",
                    item: Item(["pk": "k", "g": "y"]).padded(to: size),
                    options: .init(conditionExpression: condition)
                )
            )
        }
        let absent = "attribute_not_exists(pk)"
        #expect(Self.cost(region, put(100, absent)) == [["": 3]])
        #expect(Self.cost(region, put(5_000, absent)) == [["": 5]])
        let delete = DeleteItemRequest(tableName: "Music", key: Self.key, options: .init(conditionExpression: absent))
        #expect(Self.cost(region, .deleteItem(delete)) == [["": 3]])
        let update = UpdateItemRequest(tableName: "Music", key: Self.key, options: .init(conditionExpression: absent))
        #expect(Self.cost(region, .updateItem(update)) == [["": 3]])
        let nothing = DeleteItemRequest(
            tableName: "Music",
            key: ["pk": "none"],
            options: .init(conditionExpression: "attribute_exists(pk)")
        )
        #expect(Self.cost(region, .deleteItem(nothing)) == [["": 1]])
    }

    @Test func aBatchWriteIsTheSumOfItsRequests() throws {
        let region = try Self.region()
        try region.create(.table("Other"))
        try region.put("Music", Self.item(2_500))
        let response = try region.batchWrite([
            ("Other", [.put(item: Self.item(1_500)), .delete(key: ["pk": "none"])]),
            ("Music", [.delete(key: Self.key), .put(item: Self.item(1_025, ["pk": "other"]))]),
        ])
        #expect(response.consumedCapacity?.map(\.tableName) == ["Music", "Other"], "sorted by table name")
        #expect(response.consumedCapacity?.map(\.arms) == [["": 5], ["": 3]])
        #expect(response.consumedCapacity?.map(\.transactionalKind) == [nil, nil])
    }

    // MARK: Transactions

    /// Twice, rounded action by action; condition checks count as writes.
    @Test func aTransactionCostsTwiceOnTheTablesArm() throws {
        let region = try Self.region()
        try region.put("Music", Self.item(2_500))
        try region.put("Music", Self.item(5_000, ["pk": "c"]))
        let response = try region.transact([
            .put(PutItemRequest(tableName: "Music", item: Self.item(1_025))),
            .update(UpdateItemRequest(tableName: "Music", key: ["pk": "u"])),
            .delete(DeleteItemRequest(tableName: "Music", key: ["pk": "d"])),
            .conditionCheck(.init(tableName: "Music", key: ["pk": "c"], conditionExpression: "attribute_exists(pk)")),
            .conditionCheck(
                .init(tableName: "Music", key: ["pk": "x"], conditionExpression: "attribute_not_exists(pk)")
            ),
        ])
        #expect(response.consumedCapacity?.map(\.arms) == [["": 6 + 2 + 2 + 10 + 2]])
        #expect(response.consumedCapacity?.first?.transactionalKind == .write)
    }

    /// K41: index arms are charged once.
    @Test func aTransactionChargesIndexesOnce() throws {
        let region = Region(profile: .serve)
        try region.create(
            .table(
                "Music",
                sort: ("sk", .number),
                locals: [("byA", ("a", .number), Projection(.keysOnly))],
                globals: [.init(name: "byG", hash: [("g", .string)])]
            )
        )
        let item = Item(["pk": "k", "sk": 1, "a": 1, "g": "x"]).padded(to: 3_000)
        let response = try region.transact([.put(PutItemRequest(tableName: "Music", item: item))])
        #expect(response.consumedCapacity?.map(\.arms) == [["": 6, "byA": 1, "byG": 3]])
    }

    @Test func aTransactionOverTwoTablesHasARowForEachSortedByName() throws {
        let region = try Self.region()
        try region.create(.table("Albums"))
        let response = try region.transact([
            .put(PutItemRequest(tableName: "Music", item: Self.key)),
            .put(PutItemRequest(tableName: "Albums", item: Self.item(1_500))),
        ])
        #expect(response.consumedCapacity?.map(\.tableName) == ["Albums", "Music"])
        #expect(response.consumedCapacity?.map(\.arms) == [["": 4], ["": 2]])
        let read = try region.transactGet([
            .init(tableName: "Music", key: Self.key), .init(tableName: "Albums", key: ["pk": "none"]),
        ])
        #expect(read.consumedCapacity?.map(\.tableName) == ["Albums", "Music"])
        #expect(read.consumedCapacity?.map(\.arms) == [["": 2], ["": 2]])
    }

    @Test func aCancelledTransactionIsStillCharged() throws {
        let region = try Self.region()
        try region.put("Music", Self.item(2_500))
        let request = TransactWriteItemsRequest(transactItems: [
            .put(PutItemRequest(tableName: "Music", item: Self.item(1_500, ["pk": "new"]))),
            .conditionCheck(.init(tableName: "Music", key: Self.key, conditionExpression: "attribute_not_exists(pk)")),
        ])
        #expect(Self.cost(region, .transactWriteItems(request)) == [["": 4 + 6]])
        #expect(try region.get("Music", ["pk": "new"]) == nil)
    }

    // MARK: Shape of the answer

    @Test func totalHasNoArmsAndNoneHasNothing() throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music", globals: [.init(name: "byG", hash: [("g", .string)])]))
        #expect(try region.put("Music", Self.key, capacity: .none).consumedCapacity == nil)
        let total = try region.put("Music", ["pk": "k", "g": "x"], capacity: .total).consumedCapacity
        #expect(total?.arms == ["": 2])
        #expect(total?.isTotalOnly == true)
        #expect(total?.capacityUnits == 2)
    }

    /// K42: an arm that was not charged is absent.
    @Test func anIndexThatIsNotTouchedHasNoArm() throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music", globals: [.init(name: "byG", hash: [("g", .string)])]))
        #expect(try region.put("Music", Self.key).consumedCapacity?.arms == ["": 1])
        try region.put("Music", ["pk": "k", "g": "x", "n": 1])
        #expect(try region.put("Music", ["pk": "k", "g": "x", "n": 1]).consumedCapacity?.arms == ["": 1])
    }
}

/// Reference B4, index reads, and B5, row by row.
struct IndexCapacityTests {
    /// A table with a local and a global index that hold keys and `n`.
    static func region() throws -> Region {
        let region = Region(profile: .serve)
        let some = Projection(.include, nonKeyAttributes: ["n", "s"])
        try region.create(
            .table(
                "Music",
                sort: ("sk", .number),
                locals: [("byA", ("a", .number), some)],
                globals: [.init(name: "byG", hash: [("g", .string)], projection: some)]
            )
        )
        return region
    }

    static func item(a: Int?, g: String?, n: Int = 1, others: Int = 1, s: [String]? = nil) -> Item {
        var item: AttributeMap = ["pk": "k", "sk": 1]
        if let a { item["a"] = .number(Number(a)) }
        if let g { item["g"] = .string(g) }
        if let s { item["s"] = .stringSet(s) }
        // `n` is projected, `unread` is not; both in kilobytes.
        item["n"] = .string(String(repeating: "n", count: n * 1_024 - 100))
        item["unread"] = .string(String(repeating: "o", count: others * 1_024))
        return Item(item)
    }

    struct Change: Sendable {
        let name: String
        let before: Item?
        let after: Item?
        /// Of both indexes alike.
        let units: Double?
    }

    @Test(arguments: [
        Change(name: "absent, absent", before: item(a: nil, g: nil), after: item(a: nil, g: nil, n: 3), units: nil),
        Change(name: "nothing, absent", before: nil, after: item(a: nil, g: nil), units: nil),
        Change(name: "absent, present", before: item(a: nil, g: nil), after: item(a: 1, g: "x", n: 3), units: 3),
        Change(name: "nothing, present", before: nil, after: item(a: 1, g: "x", n: 2, others: 9), units: 2),
        Change(name: "present, absent", before: item(a: 1, g: "x", n: 3), after: item(a: nil, g: nil), units: 3),
        Change(name: "present, nothing", before: item(a: 1, g: "x", n: 4), after: nil, units: 4),
        Change(name: "identical", before: item(a: 1, g: "x", n: 3), after: item(a: 1, g: "x", n: 3), units: nil),
        Change(
            name: "another attribute, not projected",
            before: item(a: 1, g: "x", n: 3),
            after: item(a: 1, g: "x", n: 3, others: 7),
            units: nil
        ),
        // K40.
        Change(
            name: "a set in another order",
            before: item(a: 1, g: "x", s: ["p", "q"]),
            after: item(a: 1, g: "x", s: ["q", "p"]),
            units: nil
        ),
        Change(name: "same key, grows", before: item(a: 1, g: "x", n: 2), after: item(a: 1, g: "x", n: 5), units: 5),
        Change(name: "same key, shrinks", before: item(a: 1, g: "x", n: 5), after: item(a: 1, g: "x", n: 2), units: 5),
        // K39: a deletion and a put, each rounded.
        Change(name: "key moves", before: item(a: 1, g: "x", n: 2), after: item(a: 2, g: "y", n: 3), units: 5),
        Change(name: "key moves, same size", before: item(a: 1, g: "x"), after: item(a: 2, g: "y"), units: 2),
    ])
    func aChangeCostsAnIndexByItsRow(_ change: Change) throws {
        let region = try Self.region()
        if let before = change.before { try region.put("Music", before) }
        let response =
            try change.after.map { item throws(ServiceError) in try region.put("Music", item) }
            ?? region.delete("Music", ["pk": "k", "sk": 1])
        var expected = ["": Arithmetic.tableUnits(change.before?.attributes, change.after?.attributes)]
        expected["byA"] = change.units
        expected["byG"] = change.units
        #expect(response.consumedCapacity?.arms == expected, "\(change.name)")
    }

    @Test func aTablesTotalHoldsItsLocalIndexes() throws {
        let region = try Self.region()
        let response = try region.put("Music", Self.item(a: 1, g: "x", n: 2))
        #expect(response.consumedCapacity?.capacityUnits == 7.0)
    }

    /// On an index read the table's arm is 0.
    @Test func anIndexReadIsChargedToTheIndex() throws {
        let region = try Self.region()
        for number in 0..<6 {
            var item = Self.item(a: number, g: "x").attributes
            item["sk"] = .number(Number(number))
            try region.put("Music", Item(item))
        }
        // Six entries of less than a kilobyte.
        let global = try region.query("Music", index: "byG", "g = :g", [":g": "x"])
        #expect(global.consumedCapacity?.arms == ["": 0, "byG": 1])
        let local = try region.query("Music", index: "byA", "pk = :p", [":p": "k"], consistent: true)
        #expect(local.consumedCapacity?.arms == ["": 0, "byA": 2])
        #expect(try region.scan("Music", index: "byG").consumedCapacity?.arms == ["": 0, "byG": 1])
        let empty = try region.query("Music", index: "byG", "g = :g", [":g": "none"])
        #expect(empty.consumedCapacity?.arms == ["": 0, "byG": 0.5])
    }

    /// K50: unprojected attributes are fetched from the table, item by item, each rounded.
    @Test func aLocalIndexPaysForEachItemItFetches() throws {
        let region = try Self.region()
        for number in 0..<3 {
            var item = Self.item(a: number, g: nil, others: 5).attributes
            item["sk"] = .number(Number(number))
            try region.put("Music", Item(item))
        }
        let values: Region.Values = [":p": "k"]
        for consistent in [true, false] {
            let factor = consistent ? 1.0 : 0.5
            let all = try region.query(
                "Music",
                index: "byA",
                "pk = :p",
                values,
                consistent: consistent,
                select: .allAttributes
            )
            #expect(all.consumedCapacity?.arms == ["": 3 * 2 * factor, "byA": factor])
            #expect(all.items.allSatisfy { $0["unread"] != nil })
            let some = try region.query(
                "Music",
                index: "byA",
                "pk = :p",
                values,
                projection: "unread",
                consistent: consistent
            )
            #expect(some.consumedCapacity?.arms == ["": 3 * 2 * factor, "byA": factor])
            let projected = try region.query(
                "Music",
                index: "byA",
                "pk = :p",
                values,
                projection: "n",
                consistent: consistent
            )
            #expect(projected.consumedCapacity?.arms == ["": 0, "byA": factor])
        }
        let plain = try region.query("Music", index: "byA", "pk = :p", values)
        #expect(plain.items.allSatisfy { $0["unread"] == nil })
    }
}
