import Model
import Testing

@testable import Engine

/// How a SELECT reaches its items, in which order they come, and what that costs. Reference D2, B4.
struct PartiQLSelectTests {
    /// Three artists with three songs each, over `partitions` partitions. The indexes hold keys and `year` only.
    static func region(partitions: Int = 1) throws -> Region {
        let region = Region(profile: .serve)
        let part = Projection(.include, nonKeyAttributes: ["year"])
        try region.create(
            .table(
                "Music",
                sort: ("sk", .string),
                partitions: partitions,
                locals: [("ByLength", ("length", .number), part)],
                globals: [.init(name: "ByGenre", hash: [("genre", .string)], projection: part)]
            )
        )
        for artist in ["a", "b", "c"] {
            for song in 1...3 {
                try region.put(
                    "Music",
                    [
                        "pk": .string(artist), "sk": .string("s\(song)"), "length": .number(Number(10 - song)),
                        "genre": .string(song == 1 ? "soul" : "jazz"), "year": .number(Number(1980 + song)),
                        "label": .map(["name": "Epic", "cities": ["London", "Paris"]]),
                    ]
                )
            }
        }
        region.advance(seconds: 10)
        return region
    }

    static func places(_ items: [Item]) -> [String] {
        items.map { item in
            guard case .string(let hash)? = item["pk"], case .string(let range)? = item["sk"] else { return "?" }
            return hash + range
        }
    }

    static func places(_ region: Region, _ statement: String, _ parameters: [AttributeValue] = []) throws -> [String] {
        places(try region.execute(statement, parameters).items)
    }

    // MARK: Get, query or scan

    @Test func aWholeKeyIsAGet() throws {
        let region = try Self.region()
        let key: Item = ["pk": "a", "sk": "s2"]
        let statement = "SELECT * FROM Music WHERE pk = 'a' AND sk = 's2'"
        for consistent in [false, true] {
            let get = try region.getResponse("Music", key, consistent: consistent)
            let select = try region.execute(statement, consistent: consistent)
            #expect(select.items == [get.item])
            #expect(select.consumedCapacity == get.consumedCapacity)
            #expect(select.nextToken == nil)
        }
        #expect(try region.execute("SELECT * FROM Music WHERE 's2' = sk AND 'a' = pk").items.count == 1)
        #expect(try region.execute("SELECT * FROM Music WHERE pk IN ['a'] AND sk = 's2'").items.count == 1)
    }

    @Test func aGetOfNothingOrOfAnItemThatFailsTheRestStillCosts() throws {
        let region = try Self.region()
        for rest in ["sk = 'nothing'", "sk = 's1' AND year = 1"] {
            let response = try region.execute("SELECT * FROM Music WHERE pk = 'a' AND \(rest)")
            #expect(response.items.isEmpty)
            #expect(response.arms == ["": 0.5], "\(rest)")
        }
    }

    @Test func aPartitionKeyIsAQuery() throws {
        let region = try Self.region(partitions: 4)
        let query = try region.query("Music", "pk = :a", [":a": "a"])
        let select = try region.execute("SELECT * FROM Music WHERE pk = 'a'")
        #expect(select.items == query.items)
        #expect(select.consumedCapacity == query.consumedCapacity)
        #expect(select.nextToken == nil)
    }

    @Test(arguments: [
        ("sk = 's2'", ["as2"]), ("sk < 's2'", ["as1"]), ("sk <= 's2'", ["as1", "as2"]), ("'s2' < sk", ["as3"]),
        ("sk >= 's2'", ["as2", "as3"]), ("sk BETWEEN 's2' AND 's3'", ["as2", "as3"]),
        ("begins_with(sk, 's')", ["as1", "as2", "as3"]), ("sk > 's1' AND sk < 's3'", ["as2"]),
        ("sk <> 's2'", ["as1", "as3"]), ("sk IN ('s1', 's3')", ["as1", "as3"]), ("NOT sk = 's1'", ["as2", "as3"]),
        ("sk BETWEEN 's3' AND 's1'", []),
    ])
    func theSortKeyNarrowsAQuery(condition: String, expected: [String]) throws {
        let region = try Self.region()
        #expect(try Self.places(region, "SELECT * FROM Music WHERE pk = 'a' AND \(condition)") == expected)
    }

    @Test func inIsOneQueryForEachValueInTheOrderWritten() throws {
        let region = try Self.region(partitions: 4)
        let response = try region.execute("SELECT * FROM Music WHERE pk IN ['c', 'a', 'nobody', 'c']")
        #expect(Self.places(response.items) == ["cs1", "cs2", "cs3", "as1", "as2", "as3"])
        #expect(response.arms == ["": 1.5])
    }

    @Test func anOrOfKeyEqualitiesIsTheSameAsIn() throws {
        let region = try Self.region(partitions: 4)
        let response = try region.execute("SELECT * FROM Music WHERE (pk = 'b' OR pk IN ('a')) AND sk > 's2'")
        #expect(Self.places(response.items) == ["bs3", "as3"])
        #expect(response.arms == ["": 1])
    }

    /// K29.
    @Test func anOrWithAnotherAttributeIsAScan() throws {
        let region = try Self.region(partitions: 4)
        let scan = try region.scan("Music")
        let response = try region.execute("SELECT * FROM Music WHERE pk = 'a' OR year = 1983")
        #expect(Set(Self.places(response.items)) == ["as1", "as2", "as3", "bs3", "cs3"])
        #expect(response.consumedCapacity == scan.consumedCapacity)
        #expect(response.arms == ["": 2])
    }

    @Test func withoutThePartitionKeyEverythingIsRead() throws {
        let region = try Self.region(partitions: 4)
        let scan = try region.scan("Music", consistent: true)
        for rest in ["", " WHERE sk = 's1'", " WHERE pk > 'a'", " WHERE NOT pk = 'a'", " WHERE begins_with(pk, 'a')"] {
            let response = try region.execute("SELECT * FROM Music" + rest, consistent: true)
            #expect(response.consumedCapacity == scan.consumedCapacity, "\(rest)")
        }
        #expect(try region.execute("SELECT * FROM Music").items.count == 9)
    }

    @Test func atMostFiftyPartitionKeysMayBeNamed() throws {
        let region = try Self.region()
        let statement = { (count: Int) in
            "SELECT * FROM Music WHERE pk IN [\((0..<count).map { "'\($0)'" }.joined(separator: ","))]"
        }
        #expect(region.refusal(of: statement(50)) == nil)
        #expect(
            region.refusal(of: statement(51))
                == "The IN operator is provided with too many operands; number of operands: 51"
        )
    }

    @Test func aKeyOfAnotherTypeIsRefused() throws {
        let region = try Self.region()
        let text = "One or more parameter values were invalid: Condition parameter type does not match schema type"
        #expect(region.refusal(of: "SELECT * FROM Music WHERE pk = 1") == text)
        #expect(region.refusal(of: "SELECT * FROM Music WHERE pk = 'a' AND sk = 1") == text)
    }

    // MARK: Order

    @Test func orderByTurnsAQueryRound() throws {
        let region = try Self.region()
        let statement = "SELECT * FROM Music WHERE pk IN ['b', 'a'] AND sk <> 's2' ORDER BY "
        #expect(try Self.places(region, statement + "sk") == ["bs1", "bs3", "as1", "as3"])
        #expect(try Self.places(region, statement + "sk DESC") == ["bs3", "bs1", "as3", "as1"])
        #expect(try Self.places(region, statement + "pk, sk DESC") == ["as3", "as1", "bs3", "bs1"])
        #expect(try Self.places(region, statement + "pk DESC, sk ASC") == ["bs1", "bs3", "as1", "as3"])
    }

    @Test func orderByNeedsThePartitionKeyAndNamesKeysOnly() throws {
        let region = try Self.region()
        #expect(
            region.refusal(of: "SELECT * FROM Music ORDER BY sk")
                == "Must have WHERE clause in the statement when using ORDER BY clause."
        )
        #expect(
            region.refusal(of: "SELECT * FROM Music WHERE year = 1 ORDER BY sk")
                == "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause."
        )
        #expect(
            region.refusal(of: "SELECT * FROM Music WHERE pk = 'a' ORDER BY year")
                == "Variable reference year in ORDER BY clause must be part of the primary key"
        )
    }

    // MARK: Projection

    @Test func onlyWhatIsNamedComesBackInTheShapeItHas() throws {
        let region = try Self.region()
        let statement = { (list: String) in "SELECT \(list) FROM Music WHERE pk = 'a' AND sk = 's1'" }
        #expect(try region.execute(statement("sk, nothing")).items == [["sk": "s1"]])
        #expect(try region.execute(statement("label.name")).items == [["label": ["name": "Epic"]]])
        #expect(
            try region.execute(statement("label.cities[1], \"pk\"")).items
                == [["pk": "a", "label": ["cities": ["Paris"]]]]
        )
        let whole = try region.execute("SELECT * FROM Music WHERE pk = 'a'")
        let part = try region.execute("SELECT label.name FROM Music WHERE pk = 'a'")
        #expect(part.items == Array(repeating: ["label": ["name": "Epic"]], count: 3))
        #expect(part.consumedCapacity == whole.consumedCapacity)
    }

    // MARK: Indexes

    /// K50.
    @Test func aLocalIndexFetchesWhatItLacksAndChargesForIt() throws {
        let region = try Self.region()
        let held = try region.execute("SELECT year FROM Music.ByLength WHERE pk = 'a'")
        #expect(held.values(of: "year") == [1983, 1982, 1981])
        #expect(held.arms == ["": 0, "ByLength": 0.5])
        for list in ["*", "label.name"] {
            let fetched = try region.execute("SELECT \(list) FROM \"Music\".\"ByLength\" WHERE pk = 'a'")
            #expect(fetched.items.allSatisfy { $0["label"] != nil })
            #expect(fetched.arms == ["": 1.5, "ByLength": 0.5], "\(list)")
        }
        let filtered = try region.execute("SELECT year FROM Music.ByLength WHERE pk = 'a' AND label.name = 'none'")
        #expect(filtered.items.isEmpty)
        #expect(filtered.arms == ["": 1.5, "ByLength": 0.5])
        let strong = try region.execute("SELECT year FROM Music.ByLength WHERE pk = 'a'", consistent: true)
        #expect(strong.arms == ["": 0, "ByLength": 1])
    }

    @Test func withoutItsPartitionKeyALocalIndexIsScanned() throws {
        let region = try Self.region(partitions: 4)
        let held = try region.execute("SELECT year FROM Music.ByLength WHERE length = 9")
        #expect(held.values(of: "year") == [1981, 1981, 1981])
        #expect(held.arms == ["": 0, "ByLength": 2])
        let fetched = try region.execute("SELECT * FROM Music.ByLength WHERE length = 9")
        #expect(fetched.items.allSatisfy { $0["label"] != nil })
        #expect(fetched.arms == ["": 4.5, "ByLength": 2])
    }

    @Test func anIndexIsOrderedByItsOwnKey() throws {
        let region = try Self.region()
        let statement = "SELECT sk FROM Music.ByLength WHERE pk = 'a' ORDER BY "
        #expect(try region.execute(statement + "length").values(of: "sk") == ["s3", "s2", "s1"])
        #expect(try region.execute(statement + "length DESC").values(of: "sk") == ["s1", "s2", "s3"])
        #expect(
            region.refusal(of: statement + "sk")
                == "Variable reference sk in ORDER BY clause must be part of the primary key"
        )
    }

    @Test func theWholeKeyOfAnIndexIsAQueryThatMayFindSeveral() throws {
        let region = try Self.region()
        try region.put("Music", ["pk": "a", "sk": "twin", "length": 9])
        let response = try region.execute("SELECT sk FROM Music.ByLength WHERE pk = 'a' AND length = 9")
        #expect(response.values(of: "sk") == ["s1", "twin"])
        let pages = try region.pages("SELECT sk FROM Music.ByLength WHERE pk = 'a' AND length = 9", limit: 1)
        #expect(pages.flatMap { $0 } == [["sk": "s1"], ["sk": "twin"]])
    }

    @Test func aGlobalIndexAnswersWithWhatItHolds() throws {
        let region = try Self.region(partitions: 4)
        let query = try region.query("Music", index: "ByGenre", "genre = :g", [":g": "soul"])
        let select = try region.execute("SELECT * FROM Music.ByGenre WHERE genre = 'soul'")
        #expect(select.items == query.items)
        #expect(select.items.count == 3)
        #expect(select.items.allSatisfy { $0["label"] == nil && $0["year"] == 1981 })
        #expect(select.consumedCapacity == query.consumedCapacity)
    }

    @Test func aGlobalIndexRefusesWhatItLacksAndStrongReads() throws {
        let region = try Self.region()
        let lack = "One or more parameter values were invalid: Global secondary index ByGenre does not project [label]"
        #expect(region.refusal(of: "SELECT label.name FROM Music.ByGenre WHERE genre = 'soul'") == lack)
        #expect(region.refusal(of: "SELECT year FROM Music.ByGenre WHERE genre = 'soul' AND label.name = 'x'") == lack)
        #expect(
            region.refusal(of: "SELECT * FROM Music.ByGenre WHERE genre = 'soul'", consistent: true)
                == "Strongly consistent read is not supported on Global Secondary Indexes"
        )
    }

    @Test func anUnknownIndexOrTableIsNotFound() throws {
        let region = try Self.region()
        #expect(
            region.refusal(of: "SELECT * FROM Music.Nothing") == "The table does not have the specified index"
        )
        #expect(
            thrown { () throws(ServiceError) in try region.execute("SELECT * FROM Nothing WHERE pk = 'a'") }
                == .resourceNotFoundException("Requested resource not found")
        )
    }

    // MARK: MISSING, NULL and types

    @Test(arguments: [
        ("n = 1", ["one"]), ("n <> 1", ["null", "two"]), ("NOT n = 1", ["missing", "null", "two"]),
        ("NOT n <> 1", ["missing", "one"]), ("n IS MISSING", ["missing"]),
        ("n IS NOT MISSING", ["null", "one", "two"]),
        ("n IS NULL", ["null"]), ("n IS NOT NULL", ["missing", "one", "two"]), ("n > 1", ["two"]),
        ("n < 'x'", []), ("n IN [1, 2]", ["one", "two"]), ("n NOT IN [1]", ["missing", "null", "two"]),
        ("n BETWEEN 0 AND 1", ["one"]), ("n + 1 = 3", ["two"]), ("n = NULL", ["null"]),
        ("m.x IS MISSING", ["missing", "null", "one", "two"]),
        ("attribute_type(n, 'NULL')", ["null"]), ("n = '1'", []), ("n <> m", []),
        ("n IS MISSING OR n = 1 AND NOT n = 2", ["missing", "one"]),
    ])
    func aMissingAttributeSatisfiesNothing(condition: String, expected: [String]) throws {
        let region = Region(profile: .serve)
        try region.create(.table("Songs", sort: ("sk", .string)))
        try region.put("Songs", ["pk": "k", "sk": "missing"])
        try region.put("Songs", ["pk": "k", "sk": "null", "n": .null])
        try region.put("Songs", ["pk": "k", "sk": "one", "n": 1])
        try region.put("Songs", ["pk": "k", "sk": "two", "n": 2])
        let found = try region.execute("SELECT sk FROM Songs WHERE pk = 'k' AND (\(condition))").values(of: "sk")
        #expect(found == expected.map { .string($0) })
        let scanned = try region.execute("SELECT sk FROM Songs WHERE \(condition)").values(of: "sk")
        #expect(scanned == found)
    }

    @Test func setsListsStringsAndSizes() throws {
        let region = Region(profile: .serve)
        try region.create(.table("Songs"))
        try region.put("Songs", ["pk": "k", "tags": .stringSet(["x", "y"]), "list": [1, "two"], "text": "hello"])
        let holds = [
            "contains(tags, 'x')", "contains(list, 'two')", "contains(text, 'ell')", "size(tags) = 2",
            "size(text) > 4", "tags = <<'y', 'x'>>", "list = [1, 'two']", "begins_with(text, 'he')", "list[0] = 1",
        ]
        for condition in holds {
            #expect(try region.execute("SELECT * FROM Songs WHERE \(condition)").items.count == 1, "\(condition)")
        }
        for condition in ["contains(tags, 'z')", "contains(pk, 1)", "size(nothing) = 0", "list = ['two', 1]"] {
            #expect(try region.execute("SELECT * FROM Songs WHERE \(condition)").items.isEmpty, "\(condition)")
        }
        #expect(
            region.refusal(of: "SELECT * FROM Songs WHERE text < true")
                == "Incorrect operand type for operator or function; operator: <, operand type: BOOL"
        )
    }

    // MARK: Parameters

    @Test func parametersStandInOrderOfAppearance() throws {
        let region = try Self.region()
        let statement = "SELECT sk FROM Music WHERE pk = ? AND sk BETWEEN ? AND ? AND year IN [?, ?]"
        let response = try region.execute(statement, ["a", "s1", "s3", 1981, 1983])
        #expect(response.values(of: "sk") == ["s1", "s3"])
        #expect(try region.execute("SELECT * FROM Music WHERE pk = '?'").items.isEmpty)
        let count = "Number of parameters in request and statement don't match."
        #expect(region.refusal(of: statement, ["a"]) == count)
        #expect(region.refusal(of: "SELECT * FROM Music WHERE pk = '?'", ["a"]) == count)
    }
}
