import Model
import Testing

@testable import Engine

/// Reference H-last: a global index with up to four HASH and four RANGE attributes, from its creation to its pages.
struct MultiAttributeKeyTests {
    static let index = CreateTableRequest.GlobalIndex(
        name: "byPlace",
        hash: [("country", .string), ("city", .string)],
        range: [("dayNo", .number), ("seat", .string)],
        projection: Projection(.keysOnly)
    )

    static func item(_ pk: String, _ country: String, _ city: String, _ day: Int, _ seat: String) -> Item {
        [
            "pk": .string(pk), "country": .string(country), "city": .string(city), "dayNo": .number(Number(day)),
            "seat": .string(seat), "x": "not projected",
        ]
    }

    static let items = [
        item("1", "ab", "c", 1, "a"), item("2", "ab", "c", 1, "b"), item("3", "ab", "c", 2, "a"),
        item("4", "ab", "c", 10, "a"), item("5", "a", "bc", 1, "a"), item("6", "ab", "c", 1, "b"),
    ]

    static func region(withIndex: Bool = true) throws -> Region {
        let region = Region(profile: .serve)
        try region.create(.table("Trips", globals: withIndex ? [index] : []))
        return region
    }

    static func names(_ page: PageResponse) -> [AttributeValue?] { page.items.map { $0["pk"] } }

    func query(
        _ region: Region,
        _ condition: String,
        _ more: Region.Values = [:],
        limit: Int? = nil,
        after: Item? = nil
    )
        throws(ServiceError) -> PageResponse
    {
        let values: Region.Values = [":co": "ab", ":ci": "c"]
        return try region.query(
            "Trips",
            index: "byPlace",
            condition,
            values.merging(more, uniquingKeysWith: { $1 }),
            limit: limit,
            after: after
        )
    }

    static let place = "country = :co AND city = :ci"

    @Test(arguments: [true, false])
    func itemsAreOrderedByTheirRangeAttributes(isBackfilled: Bool) throws {
        let region = try Self.region(withIndex: !isBackfilled)
        for item in Self.items { try region.put("Trips", item) }
        // Sparse: every attribute is needed.
        try region.put("Trips", ["pk": "7", "country": "ab", "city": "c", "dayNo": 1])
        if isBackfilled {
            try region.updateTable(
                UpdateTableRequest(
                    tableName: "Trips",
                    attributeDefinitions: Self.index.definitions,
                    globalSecondaryIndexUpdates: [.create(Self.index.request())]
                )
            )
        }
        let description = try #require(try region.describeTable("Trips").globalSecondaryIndexes.first)
        #expect(description.keySchema.map(\.attributeName) == ["country", "city", "dayNo", "seat"])
        #expect(description.keySchema.map(\.keyType) == [.hash, .hash, .range, .range])
        let all = try query(region, Self.place)
        #expect(Self.names(all)[0] == "1")
        // Equal index keys are in the order of the table.
        #expect(Self.names(all)[1...2].contains("2") && Self.names(all)[1...2].contains("6"))
        #expect(Array(Self.names(all)[3...]) == ["3", "4"])
        let projected = ["pk", "country", "city", "dayNo", "seat"].map { AttributeName($0) }
        #expect(all.items[0] == Self.items[0].projected(to: projected))
        #expect(try region.scanAll("Trips", index: "byPlace").count == 6)
        #expect(try Self.names(query(region, Self.place, [":co": "a", ":ci": "bc"])) == ["5"])
        #expect(try query(region, Self.place + " AND dayNo = :d", [":d": 1]).count == 3)
        #expect(try Self.names(query(region, Self.place + " AND dayNo > :d", [":d": 1])) == ["3", "4"])
        #expect(try query(region, Self.place + " AND dayNo BETWEEN :d AND :e", [":d": 1, ":e": 2]).count == 4)
        #expect(
            try query(region, Self.place + " AND dayNo = :d AND begins_with(seat, :s)", [":d": 1, ":s": "b"]).count == 2
        )
    }

    @Test func conditionsGoFromTheLeftWithoutAGap() throws {
        let region = try Self.region()
        func refusal(_ condition: String, _ values: Region.Values) -> String? {
            message { () throws(ServiceError) in
                try region.query("Trips", index: "byPlace", condition, values)
            }
        }
        let both: Region.Values = [":co": "ab", ":ci": "c"]
        func with(_ more: Region.Values) -> Region.Values { both.merging(more, uniquingKeysWith: { $1 }) }
        #expect(refusal("country = :co", [":co": "ab"]) == "Query condition missed key schema element: city")
        #expect(
            refusal("country = :co AND city > :ci AND dayNo = :d", with([":d": 1]))
                == "Query key condition not supported"
        )
        #expect(
            refusal(Self.place + " AND seat = :s", with([":s": "a"]))
                == "Query condition missed key schema element: dayNo"
        )
        #expect(
            refusal(Self.place + " AND dayNo > :d AND seat = :s", with([":d": 1, ":s": "a"]))
                == "Query key condition not supported"
        )
        #expect(
            refusal(Self.place + " AND dayNo = :d", with([":d": "1"]))
                == "One or more parameter values were invalid: Condition parameter type does not match schema type"
        )
        #expect(refusal(Self.place + " AND dayNo = :d AND seat <= :s", with([":d": 1, ":s": "a"])) == nil)
    }

    @Test func pagesGoOnFromAllKeyAttributes() throws {
        let region = try Self.region()
        for item in Self.items { try region.put("Trips", item) }
        var found: [AttributeValue?] = []
        var start: Item?
        repeat {
            let page = try query(region, Self.place, limit: 1, after: start)
            found += Self.names(page)
            start = page.lastEvaluatedKey
            if let start {
                let names = start.attributes.entries.map(\.name).sorted()
                #expect(names == ["city", "country", "dayNo", "pk", "seat"])
            }
        } while start != nil
        #expect(found == (try Self.names(query(region, Self.place))))
        #expect(found.count == 5)
    }

    @Test func aWrongTypeIsRefused() throws {
        let region = try Self.region()
        var attributes = Self.items[0].attributes
        attributes["dayNo"] = "monday"
        #expect(
            message { () throws(ServiceError) in try region.put("Trips", Item(attributes)) }
                == "One or more parameter values were invalid: Type mismatch for Index Key dayNo Expected: N Actual: S "
                + "IndexName: byPlace"
        )
        attributes["dayNo"] = 1
        attributes["city"] = ""
        #expect(
            message { () throws(ServiceError) in try region.put("Trips", Item(attributes)) }?
                .hasSuffix("cannot contain an empty string value. IndexName: byPlace, IndexKey: city") == true
        )
    }
}
