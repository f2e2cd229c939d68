import Model
import Testing

@testable import Engine

/// Pages of Query and Scan: limits, sizes, start keys, segments. Reference B2.
struct PagingTests {
    static func region(partitions: Int = 1) throws -> Region {
        let region = Region(profile: .serve)
        let some = Projection(.include, nonKeyAttributes: ["n"])
        try region.create(
            .table(
                "Music",
                sort: ("sk", .number),
                partitions: partitions,
                locals: [("byA", ("a", .number), some)],
                globals: [
                    .init(name: "byG", hash: [("g", .string)], range: [("h", .number)], projection: some),
                    .init(name: "whole", hash: [("g", .string)]),
                ]
            )
        )
        return region
    }

    static func item(_ pk: String, _ sk: Int) -> Item {
        [
            "pk": .string(pk), "sk": .number(Number(sk)), "a": .number(Number(100 - sk)), "g": "x",
            "h": .number(Number(sk / 2)), "n": .number(Number(sk)), "m": 1,
        ]
    }

    static func filled(_ count: Int = 10, partitions: Int = 1) throws -> Region {
        let region = try Self.region(partitions: partitions)
        for sk in 0..<count { try region.put("Music", item("p", sk)) }
        return region
    }

    static let values: Region.Values = [":p": "p"]

    static func numbers(_ page: PageResponse, _ name: String = "sk") -> [Int] {
        page.items.map { item in
            guard case .number(let number)? = item[name] else { return -1 }
            return number.integer ?? -1
        }
    }

    // MARK: Limit

    /// K3, K5 and K6.
    @Test func limitCountsWhatIsEvaluatedNotWhatIsReturned() throws {
        let region = try Self.filled()
        let filter = "m = :none"
        let page = try region.query(
            "Music",
            "pk = :p",
            [":p": "p", ":none": 2],
            filter: filter,
            limit: 4
        )
        #expect(page.items.isEmpty)
        #expect(page.count == 0)
        #expect(page.scannedCount == 4)
        #expect(page.lastEvaluatedKey == ["pk": "p", "sk": 3], "an empty page may have a key to go on from")
        let scan = try region.scan("Music", filter: "sk >= :three", [":three": 3], limit: 5)
        #expect(scan.count == 2)
        #expect(scan.scannedCount == 5)
    }

    /// K4.
    @Test func aLimitReachedAtTheVeryEndStillHasAKey() throws {
        let region = try Self.filled()
        let page = try region.query("Music", "pk = :p", Self.values, limit: 10)
        #expect(page.lastEvaluatedKey == ["pk": "p", "sk": 9])
        let next = try region.query("Music", "pk = :p", Self.values, limit: 10, after: page.lastEvaluatedKey)
        #expect(next.items.isEmpty)
        #expect(next.lastEvaluatedKey == nil)
        #expect(try region.query("Music", "pk = :p", Self.values, limit: 11).lastEvaluatedKey == nil)
        let scan = try region.scan("Music", limit: 10)
        #expect(scan.lastEvaluatedKey != nil)
        #expect(try region.scan("Music", limit: 10, after: scan.lastEvaluatedKey).lastEvaluatedKey == nil)
    }

    @Test func aLimitOfNothingIsRefused() throws {
        let region = try Self.filled()
        #expect(
            message { () throws(ServiceError) in try region.query("Music", "pk = :p", Self.values, limit: 0) }
                == "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1"
        )
        #expect(
            message { () throws(ServiceError) in try region.scan("Music", limit: 0) }
                == "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1"
        )
    }

    // MARK: One megabyte

    @Test func aPageStopsBeforeTheItemThatWouldTakeItOverAMegabyte() throws {
        let region = try Self.region()
        // Four items of exactly a quarter.
        for sk in 0..<9 { try region.put("Music", Item(["pk": "p", "sk": .number(Number(sk))]).padded(to: 262_144)) }
        var sizes: [Int] = []
        var start: Item?
        repeat {
            let page = try region.query("Music", "pk = :p", Self.values, after: start)
            sizes.append(page.count)
            start = page.lastEvaluatedKey
        } while start != nil
        #expect(sizes == [4, 4, 1], "exactly a megabyte fits")
        try region.put("Music", Item(["pk": "p", "sk": 2]).padded(to: 262_145))
        #expect(try region.query("Music", "pk = :p", Self.values).count == 3)
        #expect(try region.scan("Music").count == 3)
        #expect(
            try region.scan("Music").consumedCapacity?.arms == [
                "": 0.5 * Double((262_144 * 2 + 262_145 + 4_095) / 4_096)
            ]
        )
    }

    /// What counts is evaluated, before filter and projection.
    @Test func filterAndProjectionDoNotMakeAPageLonger() throws {
        let region = try Self.region()
        for sk in 0..<6 { try region.put("Music", Item(["pk": "p", "sk": .number(Number(sk))]).padded(to: 300_000)) }
        let page = try region.query(
            "Music",
            "pk = :p",
            [":p": "p", ":x": 1],
            filter: "attribute_exists(fill) OR m = :x",
            projection: "sk"
        )
        #expect(page.count == 3)
        #expect(page.items == [["sk": 0], ["sk": 1], ["sk": 2]])
        #expect(try region.query("Music", "pk = :p", Self.values, select: .count).count == 3)
    }

    @Test func aScanGoesOnOverPartitionsUntilAMegabyteIsFull() throws {
        let region = try Self.region(partitions: 4)
        for number in 0..<12 {
            try region.put("Music", Item(["pk": .string("k\(number)"), "sk": 1]).padded(to: 200_000))
        }
        var pages: [Int] = []
        var seen: [String] = []
        var start: Item?
        repeat {
            let page = try region.scan("Music", after: start)
            pages.append(page.count)
            seen += page.items.map { "\($0["pk"]!)" }
            start = page.lastEvaluatedKey
        } while start != nil
        #expect(pages == [5, 5, 2])
        #expect(Set(seen).count == 12)
    }

    // MARK: Order

    @Test func aQueryIsOrderedBySortKeyEitherWay() throws {
        let region = try Self.region()
        for sk in [3, -1, 10, 2, 0, -20] { try region.put("Music", Self.item("p", sk)) }
        #expect(Self.numbers(try region.query("Music", "pk = :p", Self.values)) == [-20, -1, 0, 2, 3, 10])
        #expect(
            Self.numbers(try region.query("Music", "pk = :p", Self.values, forward: false)) == [10, 3, 2, 0, -1, -20]
        )
        #expect(
            Self.numbers(try region.query("Music", index: "byA", "pk = :p", Self.values)) == [10, 3, 2, 0, -1, -20]
        )
        #expect(
            Self.numbers(
                try region.query(
                    "Music",
                    "pk = :p AND sk BETWEEN :a AND :b",
                    [":p": "p", ":a": -1, ":b": 2],
                    forward: false
                )
            )
                == [2, 0, -1]
        )
    }

    @Test func pagingBackwardsGivesEachItemOnce() throws {
        let region = try Self.filled(11)
        for index in [nil, "byA"] {
            var seen: [Int] = []
            var start: Item?
            repeat {
                let page = try region.query(
                    "Music",
                    index: index,
                    "pk = :p",
                    Self.values,
                    limit: 3,
                    after: start,
                    forward: false
                )
                seen += Self.numbers(page)
                start = page.lastEvaluatedKey
            } while start != nil
            #expect(seen == (index == nil ? Array((0...10).reversed()) : Array(0...10)))
        }
    }

    /// K13 and K14.
    @Test func stringsAreOrderedByBytesAndBinariesUnsigned() throws {
        let region = Region(profile: .serve)
        try region.create(.table("Words", sort: ("sk", .string)))
        try region.create(.table("Bytes", sort: ("sk", .binary)))
        // U+FF5E is before U+1F600 in UTF-8, after it in UTF-16; é in two code points is another string.
        let words = ["Z", "a", "e\u{301}", "z", "\u{E9}", "\u{FF5E}", "\u{1F600}"]
        for word in words.reversed() { try region.put("Words", ["pk": "p", "sk": .string(word)]) }
        let sorted = try region.query("Words", "pk = :p", Self.values).items.compactMap { $0["sk"] }
        #expect(sorted == words.map { .string($0) })
        let binaries: [[UInt8]] = [[0], [0, 0], [1], [0x7F], [0x80], [0xFF], [0xFF, 0]]
        for bytes in binaries.reversed() { try region.put("Bytes", ["pk": "p", "sk": .binary(bytes)]) }
        #expect(
            try region.query("Bytes", "pk = :p", Self.values).items.compactMap { $0["sk"] }
                == binaries.map { .binary($0) }
        )
    }

    /// K11 and K12.
    @Test func equalNumbersAreTheSameKeyAndComeBackCanonical() throws {
        let region = try Self.region()
        try region.put("Music", ["pk": "p", "sk": .decimal("1.0"), "n": 1])
        try region.put("Music", ["pk": "p", "sk": .decimal("1"), "n": 2])
        try region.put("Music", ["pk": "p", "sk": .decimal("-0"), "n": .decimal("1E3")])
        let items = try region.query("Music", "pk = :p", Self.values).items
        #expect(items.count == 2)
        #expect(items[0]["n"].map { "\($0)" } == "\(AttributeValue.decimal("1000"))")
        #expect(items[1] == ["pk": "p", "sk": 1, "n": 2])
        #expect(try region.get("Music", ["pk": "p", "sk": 0]) != nil)
    }

    // MARK: Start keys

    /// K8.
    @Test func anIndexPageEndsWithTheKeysOfTableAndIndex() throws {
        let region = try Self.filled()
        #expect(
            try region.query("Music", index: "byG", "g = :g", [":g": "x"], limit: 3).lastEvaluatedKey
                == ["pk": "p", "sk": 2, "g": "x", "h": 1]
        )
        #expect(
            try region.query("Music", index: "byA", "pk = :p", Self.values, limit: 1).lastEvaluatedKey == [
                "pk": "p", "sk": 9, "a": 91,
            ]
        )
        #expect(try region.scan("Music", index: "byG", limit: 1).lastEvaluatedKey?.count == 4)
        #expect(try region.scan("Music", limit: 1).lastEvaluatedKey?.count == 2)
        let page = try region.query("Music", "pk = :p", Self.values, projection: "n", limit: 1)
        #expect(page.lastEvaluatedKey == ["pk": "p", "sk": 0], "a projection does not reach the key")
    }

    @Test func theStartNeedNotExist() throws {
        let region = try Self.filled()
        try region.delete("Music", ["pk": "p", "sk": 4])
        #expect(
            Self.numbers(try region.query("Music", "pk = :p", Self.values, after: ["pk": "p", "sk": 4])) == [
                5, 6, 7, 8, 9,
            ]
        )
        #expect(
            Self.numbers(
                try region.query(
                    "Music",
                    "pk = :p",
                    Self.values,
                    after: ["pk": "p", "sk": .decimal("4.5")],
                    forward: false
                )
            )
                == [3, 2, 1, 0]
        )
        _ = try region.scan("Music", after: ["pk": "nobody", "sk": 0])
    }

    @Test func aStartOfAnotherShapeIsRefused() throws {
        let region = try Self.filled()
        let noMatch = "The provided starting key is invalid: The provided key element does not match the schema"
        for start in [["pk": "p"], ["pk": "p", "sk": "text"], ["pk": "p", "sk": 1, "a": 1], ["pk": "p", "n": 1]]
            as [Item]
        {
            #expect(
                message { () throws(ServiceError) in try region.query("Music", "pk = :p", Self.values, after: start) }
                    == noMatch
            )
            #expect(message { () throws(ServiceError) in try region.scan("Music", after: start) } == noMatch)
        }
        #expect(
            message { () throws(ServiceError) in
                try region.query("Music", index: "byG", "g = :g", [":g": "x"], after: ["g": "x", "h": 1])
            } == "The provided starting key is invalid"
        )
    }

    @Test func aStartOutsideTheConditionIsRefused() throws {
        let region = try Self.filled()
        #expect(
            message { () throws(ServiceError) in
                try region.query("Music", "pk = :p", Self.values, after: ["pk": "other", "sk": 1])
            } == "The provided starting key is outside query boundaries based on provided conditions"
        )
        #expect(
            message { () throws(ServiceError) in
                try region.query("Music", "pk = :p AND sk > :s", [":p": "p", ":s": 5], after: ["pk": "p", "sk": 2])
            } == "The provided starting key does not match the range key predicate"
        )
    }

    /// C5, "start key".
    @Test func aQueryForOneItemCannotBeRestarted() throws {
        let text = "The query can return at most one row and cannot be restarted"
        let region = try Self.filled()
        #expect(
            message { () throws(ServiceError) in
                try region.query("Music", "pk = :p AND sk = :s", [":p": "p", ":s": 5], after: ["pk": "p", "sk": 5])
            } == text
        )
        try region.create(.table("Plain"))
        try region.put("Plain", ["pk": "p"])
        // So a page of it never tells where to go on, not even at its Limit.
        #expect(try region.query("Plain", "pk = :p", Self.values, limit: 1).lastEvaluatedKey == nil)
        #expect(
            message { () throws(ServiceError) in try region.query("Plain", "pk = :p", Self.values, after: ["pk": "p"]) }
                == text
        )
    }

    // MARK: Segments

    @Test(arguments: [1, 2, 3, 7, 100, 4_096, 5_000])
    func segmentsShareTheItemsOut(total: Int) throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music", partitions: 3))
        for number in 0..<60 { try region.put("Music", ["pk": .string("k\(number)")]) }
        var seen: [String] = []
        for segment in 0..<total {
            let items = try region.scan("Music", segment: segment, of: total).items
            for item in items {
                let hash = try region.locate(item, in: "Music", index: nil).hash
                let top = Int(hash >> 116)
                #expect(top >= (4_096 * segment + total - 1) / total)
                #expect(top < (4_096 * (segment + 1) + total - 1) / total)
            }
            seen += items.map(\.description)
        }
        #expect(seen.count == 60)
        #expect(Set(seen).count == 60)
    }

    @Test func segmentsMustFitTogether() throws {
        let region = try Self.filled()
        func text(_ segment: Int?, _ total: Int?, after start: Item? = nil) -> String? {
            message { () throws(ServiceError) in try region.scan("Music", after: start, segment: segment, of: total) }
        }
        #expect(
            text(1, nil)
                == "The TotalSegments parameter is required but was not present in the request when Segment parameter is present"
        )
        #expect(
            text(nil, 2)
                == "The Segment parameter is required but was not present in the request when parameter TotalSegments is present"
        )
        #expect(
            text(5, 5)
                == "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 5 is not less than TotalSegments: 5"
        )
        #expect(text(0, 1_000_001)?.contains("less than or equal to 1000000") == true)
        let place = try region.locate(["pk": "p"], in: "Music", index: nil).hash
        let own = Int(place >> 127)
        #expect(text(own, 2, after: ["pk": "p", "sk": 1]) == nil)
        #expect(
            text(1 - own, 2, after: ["pk": "p", "sk": 1])
                == "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct "
                + "Segment. TotalSegments: 2 Segment: \(1 - own)"
        )
    }

    // MARK: Select

    @Test func selectDecidesWhatComesBack() throws {
        let region = try Self.filled(3)
        let entry: Item = ["pk": "p", "sk": 0, "g": "x", "h": 0, "n": 0]
        #expect(try region.query("Music", index: "byG", "g = :g", [":g": "x"], limit: 1).items == [entry])
        #expect(
            try region.query("Music", index: "byG", "g = :g", [":g": "x"], limit: 1, select: .allProjectedAttributes)
                .items
                == [entry]
        )
        #expect(
            try region.query("Music", "pk = :p", Self.values, limit: 1, select: .allAttributes).items == [
                Self.item("p", 0)
            ]
        )
        #expect(
            try region.query("Music", index: "byA", "pk = :p", Self.values, limit: 1, select: .allAttributes).items
                == [Self.item("p", 2)]
        )
        #expect(
            try region.query("Music", index: "whole", "g = :g", [":g": "x"], select: .allAttributes).items.count == 3
        )
        let count = try region.query("Music", "pk = :p", Self.values, select: .count)
        #expect(count.items.isEmpty)
        #expect(!count.hasItems)
        #expect(count.count == 3)
        let projected = try region.query(
            "Music",
            "pk = :p",
            Self.values,
            projection: "n, m",
            limit: 1,
            select: .specificAttributes
        )
        #expect(projected.items == [["n": 0, "m": 1]], "keys are not added")
    }

    @Test func selectAndProjectionMustFitTogether() throws {
        let region = try Self.filled(1)
        func text(index: String? = nil, projection: String? = nil, _ select: Select) -> String? {
            message { () throws(ServiceError) in
                try region.scan("Music", index: index, projection: projection, select: select)
            }
        }
        #expect(
            text(projection: "n", .allAttributes)
                == "Cannot specify the ProjectionExpression when choosing to get ALL_ATTRIBUTES"
        )
        #expect(text(projection: "n", .count) == "Cannot specify the ProjectionExpression when choosing to get COUNT")
        #expect(
            text(.allProjectedAttributes)
                == "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName"
        )
        #expect(
            text(.specificAttributes)
                == "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES"
        )
        #expect(
            text(index: "byG", .allAttributes)
                == "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary "
                + "index byG because its projection type is not ALL"
        )
        #expect(text(index: "none", .count) == "The table does not have the specified index: none")
    }

    /// K49.
    @Test func aGlobalIndexHasNoConsistentReads() throws {
        let region = try Self.filled(1)
        let text = "Consistent reads are not supported on global secondary indexes"
        #expect(
            message { () throws(ServiceError) in
                try region.query("Music", index: "byG", "g = :g", [":g": "x"], consistent: true)
            } == text
        )
        #expect(message { () throws(ServiceError) in try region.scan("Music", index: "byG", consistent: true) } == text)
        #expect(try region.query("Music", index: "byA", "pk = :p", Self.values, consistent: true).count == 1)
    }

    /// K10.
    @Test func keysInAFilterAreRefusedInAQueryButNotInAScan() throws {
        let region = try Self.filled()
        #expect(
            message { () throws(ServiceError) in
                try region.query("Music", "pk = :p", [":p": "p", ":s": 3], filter: "sk > :s")
            } == "Filter Expression can only contain non-primary key attributes: Primary key attribute: sk"
        )
        #expect(
            message { () throws(ServiceError) in
                try region.query("Music", index: "byA", "pk = :p", [":p": "p", ":s": 3], filter: "a > :s")
            } == "Filter Expression can only contain non-primary key attributes: Primary key attribute: a"
        )
        #expect(try region.query("Music", index: "byA", "pk = :p", [":p": "p", ":s": 7], filter: "sk > :s").count == 2)
        #expect(try region.scan("Music", filter: "sk > :s", [":s": 7]).count == 2)
    }

    @Test func aConditionOnTheKeyIsNeeded() throws {
        let region = try Self.filled(1)
        #expect(
            message { () throws(ServiceError) in try region.query("Music", nil) }
                == "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request."
        )
        #expect(
            message { () throws(ServiceError) in try region.query("Music", "sk = :s", [":s": 1]) }
                == "Query condition missed key schema element: pk"
        )
        #expect(
            message { () throws(ServiceError) in try region.query("Music", "pk > :p", Self.values) }
                == "Query key condition not supported"
        )
        #expect(
            message { () throws(ServiceError) in try region.query("Music", "pk = :p", [":p": 1]) }
                == "One or more parameter values were invalid: Condition parameter type does not match schema type"
        )
    }

    // MARK: Keys of several attributes

    /// H-last: all HASH by equality, RANGE from the left without a gap.
    @Test func anIndexOfSeveralAttributesIsQueriedFromTheLeft() throws {
        let region = Region(profile: .serve)
        let wide = CreateTableRequest.GlobalIndex(
            name: "wide",
            hash: [("a", .string), ("b", .string)],
            range: [("c", .string), ("d", .number)]
        )
        try region.create(.table("Music", partitions: 2, globals: [wide]))
        var number = 0
        for b in ["x", "y"] {
            for c in ["m", "mm", "n"] {
                for d in [-1, 0, 10] {
                    number += 1
                    try region.put(
                        "Music",
                        [
                            "pk": .string("k\(number)"), "a": "1", "b": .string(b), "c": .string(c),
                            "d": .number(Number(d)),
                        ]
                    )
                }
            }
        }
        try region.put("Music", ["pk": "sparse", "a": "1", "b": "x", "c": "m"])
        func read(_ condition: String, _ values: Region.Values) throws(ServiceError) -> [String] {
            let all = values.merging([":a": "1", ":b": "x"]) { $1 }
            return try region.query("Music", index: "wide", "a = :a AND b = :b" + condition, all).items.map { item in
                guard case .string(let c)? = item["c"], case .number(let d)? = item["d"] else { return "?" }
                return "\(c)\(d)"
            }
        }
        #expect(try read("", [:]) == ["m-1", "m0", "m10", "mm-1", "mm0", "mm10", "n-1", "n0", "n10"])
        #expect(try read(" AND begins_with(c, :c)", [":c": "m"]) == ["m-1", "m0", "m10", "mm-1", "mm0", "mm10"])
        #expect(try read(" AND c = :c AND d >= :d", [":c": "m", ":d": 0]) == ["m0", "m10"])
        #expect(try read(" AND c = :c AND d BETWEEN :d AND :e", [":c": "mm", ":d": -5, ":e": 0]) == ["mm-1", "mm0"])
        #expect(
            message { () throws(ServiceError) in try read(" AND d = :d", [":d": 0]) }
                == "Query condition missed key schema element: c"
        )
        #expect(
            message { () throws(ServiceError) in try read(" AND c > :c AND d = :d", [":c": "m", ":d": 0]) }
                == "Query key condition not supported"
        )
        let page = try region.query("Music", index: "wide", "a = :a AND b = :b", [":a": "1", ":b": "x"], limit: 1)
        #expect(page.lastEvaluatedKey?.attributes.names == ["a", "b", "c", "d", "pk"])
    }
}
