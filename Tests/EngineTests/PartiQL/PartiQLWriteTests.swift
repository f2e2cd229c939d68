import Model
import Testing

@testable import Engine

/// INSERT, UPDATE and DELETE, their RETURNING clauses and their cost. Reference D2, B4, B5.
struct PartiQLWriteTests {
    static let key: Item = ["pk": "k"]
    static let refusal = "The conditional request failed"

    static func region(_ item: Item? = nil) throws -> Region {
        let region = Region(profile: .serve)
        try region.create(.table("Music"))
        if let item { try region.put("Music", item) }
        return region
    }

    /// The item `k` after an update of it that must succeed.
    static func updated(_ item: Item, _ clauses: String, _ parameters: [AttributeValue] = []) throws -> Item? {
        let region = try region(item)
        try region.execute("UPDATE Music \(clauses) WHERE pk = 'k'", parameters)
        return try region.get("Music", key)
    }

    // MARK: INSERT

    /// K28.
    @Test func insertNeverReplacesAndTheAttemptIsCharged() throws {
        let region = try Self.region()
        let response = try region.execute("INSERT INTO Music VALUE {'pk': 'k', 'n': 1}")
        #expect(response.items.isEmpty)
        #expect(response.arms == ["": 1])
        let again = region.outcome(of: "INSERT INTO Music VALUE {'pk': 'k', 'fill': ?}", [Self.text(3_000)])
        #expect(again.error == .duplicateItemException)
        #expect(again.arms == ["": 3])
        #expect(try region.get("Music", Self.key) == ["pk": "k", "n": 1])
    }

    @Test func insertTakesEveryKindOfValue() throws {
        let region = try Self.region()
        try region.execute(
            """
            INSERT INTO "Music" VALUE {'pk': 'k', 's': 'it''s ?', 'n': -1.50, 'yes': true, 'no': NULL,
            'set': <<1, 2>>, 'words': <<'a'>>, 'list': [1, ?, []], 'map': {'x': {'y': ?}}}
            """,
            ["two", .binary([1])]
        )
        #expect(
            try region.get("Music", Self.key) == [
                "pk": "k", "s": "it's ?", "n": .decimal("-1.5"), "yes": .bool(true), "no": .null,
                "set": .numberSet([Number(1), Number(2)]), "words": .stringSet(["a"]), "list": [1, "two", []],
                "map": ["x": ["y": .binary([1])]],
            ]
        )
    }

    @Test func insertIsCheckedLikeAPut() throws {
        let region = try Self.region()
        for (tuple, item) in [("{'n': 1}", ["n": 1]), ("{'pk': 1}", ["pk": 1]), ("{'pk': ''}", ["pk": ""])]
            as [(String, Item)]
        {
            let put = message { () throws(ServiceError) in try region.put("Music", item) }
            #expect(put != nil)
            #expect(region.refusal(of: "INSERT INTO Music VALUE \(tuple)") == put, "\(tuple)")
        }
        #expect(
            region.refusal(of: "INSERT INTO Music VALUE {'pk': 'k', 'fill': ?}", [Self.text(409_600)])
                == "Item size has exceeded the maximum allowed size"
        )
    }

    // MARK: UPDATE

    /// K28.
    @Test func updateNeverCreates() throws {
        let region = try Self.region()
        for rest in ["", " AND n IS MISSING"] {
            let outcome = region.outcome(of: "UPDATE Music SET n = 1 WHERE pk = 'k'" + rest)
            #expect(outcome.error?.message == Self.refusal)
            #expect(outcome.arms == ["": 1])
        }
        #expect(try region.get("Music", Self.key) == nil)
    }

    @Test func aFailedConditionChangesNothingAndMayShowTheItem() throws {
        let item: Item = ["pk": "k", "n": 1]
        let region = try Self.region(item)
        for statement in [
            "UPDATE Music SET n = 2 WHERE pk = 'k' AND n > 1", "DELETE FROM Music WHERE n > 1 AND pk = 'k'",
        ] {
            let outcome = region.outcome(of: statement)
            #expect(outcome.error == .conditionalCheckFailedException(item: nil))
            #expect(outcome.arms == ["": 1])
            #expect(
                thrown { () throws(ServiceError) in try region.execute(statement, onFailure: .allOld) }
                    == .conditionalCheckFailedException(item: item)
            )
        }
        #expect(try region.get("Music", Self.key) == item)
    }

    @Test func setAndRemoveReadTheItemAsItWas() throws {
        let item: Item = ["pk": "k", "a": 1, "b": 2, "m": ["x": 1, "y": 2], "l": [1, 2, 3]]
        #expect(
            try Self.updated(item, "SET a = b, b = a + 10 REMOVE m.x, l[0] SET l[2] = ?", ["three"])
                == ["pk": "k", "a": 2, "b": 11, "m": ["y": 2], "l": [2, "three"]]
        )
        #expect(
            try Self.updated(["pk": "k", "n": 5], "SET n = n - ?, \"size\" = 1", [7]) == [
                "pk": "k", "n": -2, "size": 1,
            ]
        )
        #expect(try Self.updated(["pk": "k", "n": 5], "REMOVE n REMOVE nothing") == Self.key)
    }

    @Test func listsGrowAndSetsGainAndLoseMembers() throws {
        #expect(
            try Self.updated(["pk": "k", "l": [1]], "SET l = list_append(list_append([0], l), ?)", [["end"]])
                == ["pk": "k", "l": [0, 1, "end"]]
        )
        #expect(
            try Self.updated(["pk": "k", "s": .stringSet(["a"])], "SET s = set_add(s, <<'a', 'b'>>)")
                == ["pk": "k", "s": .stringSet(["a", "b"])]
        )
        #expect(try Self.updated(Self.key, "SET s = set_add(s, ?)", [.stringSet(["a"])])?["s"] == .stringSet(["a"]))
        let numbers: Item = ["pk": "k", "s": .numberSet([Number(1), Number(2)])]
        #expect(
            try Self.updated(numbers, "SET s = set_delete(s, <<2, 3>>)") == ["pk": "k", "s": .numberSet([Number(1)])]
        )
        #expect(try Self.updated(numbers, "SET s = set_delete(s, <<1.0, 2>>)") == Self.key)
        #expect(try Self.updated(Self.key, "SET s = set_delete(s, <<1>>)") == Self.key)
    }

    @Test(arguments: [
        ("SET a = nothing", "The provided expression refers to an attribute that does not exist in the item"),
        ("SET n = n + text", "An operand in the update expression has an incorrect data type"),
        ("SET text = set_add(text, <<'a'>>)", "An operand in the update expression has an incorrect data type"),
        ("SET s = set_add(s, 'a')", "An operand in the update expression has an incorrect data type"),
        ("SET m.x = 1", "The document path provided in the update expression is invalid for update"),
    ])
    func anUpdateThatCannotBeDoneChangesNothing(clauses: String, expected: String) throws {
        let item: Item = ["pk": "k", "n": 1, "text": "t"]
        let region = try Self.region(item)
        #expect(region.refusal(of: "UPDATE Music \(clauses) WHERE pk = 'k'") == expected)
        #expect(try region.get("Music", Self.key) == item)
    }

    /// K34.
    @Test func aKeyAttributeIsNeverUpdated() throws {
        let region = try Self.region(Self.key)
        let text =
            "One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key"
        for clause in ["SET pk = 'k'", "REMOVE pk", "SET n = 1 SET pk = 'other'"] {
            #expect(region.refusal(of: "UPDATE Music \(clause) WHERE pk = 'k'") == text, "\(clause)")
        }
    }

    @Test func aWriteMustFixTheWholeKey() throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music", sort: ("sk", .string)))
        let text = "Where clause does not contain a mandatory equality on all key attributes"
        for condition in ["pk = 'k'", "sk = 's'", "pk = 'k' AND sk > 's'", "pk = 'k' AND sk = 's' OR n = 1"] {
            #expect(region.refusal(of: "UPDATE Music SET n = 1 WHERE \(condition)") == text, "\(condition)")
            #expect(region.refusal(of: "DELETE FROM Music WHERE \(condition)") == text, "\(condition)")
        }
        #expect(region.refusal(of: "DELETE FROM Music WHERE ? = sk AND (pk = ?)", ["s", "k"]) == nil)
        #expect(
            region.refusal(of: "DELETE FROM Music WHERE pk = 'k' AND sk = 1")
                == "The provided key element does not match the schema"
        )
    }

    // MARK: RETURNING

    @Test(
        arguments: [
            ("ALL OLD", ["pk": "k", "n": 1, "m": ["x": 1, "y": 2]]),
            ("ALL NEW", ["pk": "k", "n": 2, "m": ["x": 9, "y": 2], "new": "n"]),
            ("MODIFIED OLD", ["n": 1, "m": ["x": 1]]),
            ("MODIFIED NEW", ["n": 2, "m": ["x": 9], "new": "n"]),
        ] as [(String, Item)]
    )
    func anUpdateReturnsOneOfFourImages(form: String, expected: Item) throws {
        let region = try Self.region(["pk": "k", "n": 1, "m": ["x": 1, "y": 2]])
        let statement = "UPDATE Music SET n = n + 1, m.x = 9, new = 'n' WHERE pk = 'k' RETURNING \(form) *"
        #expect(try region.execute(statement).items == [expected])
    }

    @Test func whatIsGoneIsNotReturned() throws {
        let region = try Self.region(["pk": "k", "n": 1])
        #expect(try region.execute("UPDATE Music SET n = 2 WHERE pk = 'k'").items.isEmpty)
        #expect(try region.execute("UPDATE Music REMOVE n WHERE pk = 'k' RETURNING MODIFIED NEW *").items.isEmpty)
        #expect(try region.execute("UPDATE Music SET a = 1 WHERE pk = 'k' RETURNING MODIFIED OLD *").items.isEmpty)
    }

    @Test func deleteReturnsTheOldItemOrNothing() throws {
        let item: Item = ["pk": "k", "n": 1]
        let region = try Self.region(item)
        let statement = "DELETE FROM Music WHERE pk = 'k' RETURNING ALL OLD *"
        #expect(try region.execute(statement).items == [item])
        #expect(try region.get("Music", Self.key) == nil)
        #expect(try region.execute(statement).items.isEmpty)
        #expect(
            region.refusal(of: "DELETE FROM Music WHERE pk = 'k' RETURNING MODIFIED OLD *")
                == "Invalid returning clause: RETURNING MODIFIED OLD *. Only RETURNING ALL OLD * is allowed in DELETE "
                + "statements."
        )
    }

    // MARK: DELETE

    /// K36.
    @Test func deletingNothingSucceedsAndCostsOneUnit() throws {
        let region = try Self.region()
        for statement in ["DELETE FROM Music WHERE pk = 'k'", "DELETE FROM Music WHERE pk = 'k' AND n = 1"] {
            let response = try region.execute(statement)
            #expect(response.items.isEmpty)
            #expect(response.arms == ["": 1])
        }
    }

    // MARK: Indexes and cost

    @Test func anIndexIsNeverWrittenDirectly() throws {
        let region = try Self.region()
        let text = "This operation is not supported on an index"
        #expect(region.refusal(of: "INSERT INTO Music.ByYear VALUE {'pk': 'k'}") == text)
        #expect(region.refusal(of: "UPDATE Music.ByYear SET n = 1 WHERE pk = 'k'") == text)
        #expect(region.refusal(of: "DELETE FROM \"Music\".\"ByYear\" WHERE pk = 'k'") == text)
    }

    /// Each step as a statement in one region and as the plain operation in another.
    @Test func everyArmIsChargedAsForThePlainOperation() throws {
        func indexed() throws -> Region {
            let region = Region(profile: .serve)
            try region.create(
                .table(
                    "Music",
                    sort: ("sk", .string),
                    locals: [("ByYear", ("made", .number), Projection(.all))],
                    globals: [
                        .init(name: "ByGenre", hash: [("genre", .string)]),
                        .init(name: "KeysOnly", hash: [("label", .string)], projection: Projection(.keysOnly)),
                    ]
                )
            )
            return region
        }
        let (statements, operations) = (try indexed(), try indexed())
        let key: Item = ["pk": "k", "sk": "s"]
        let item: Item = [
            "pk": "k", "sk": "s", "made": 1984, "genre": "soul", "label": "Epic", "fill": Self.text(1_500),
        ]
        let inserted = try statements.execute(
            "INSERT INTO Music VALUE {'pk': 'k', 'sk': 's', 'made': 1984, 'genre': 'soul', 'label': 'Epic', 'fill': ?}",
            [Self.text(1_500)]
        )
        #expect(inserted.arms == ["": 2, "ByYear": 2, "ByGenre": 2, "KeysOnly": 1])
        #expect(inserted.consumedCapacity == (try operations.put("Music", item).consumedCapacity))
        let updates: [(clauses: String, expression: String, values: Region.Values?)] = [
            ("SET n = 1", "SET n = :v", [":v": 1]),
            ("SET n = 1", "SET n = :v", [":v": 1]),
            ("SET genre = 'jazz'", "SET genre = :v", [":v": "jazz"]),
            ("SET made = 1985 REMOVE label", "SET made = :v REMOVE label", [":v": 1985]),
            ("REMOVE fill REMOVE genre", "REMOVE fill, genre", nil),
        ]
        for update in updates {
            let statement = try statements.execute("UPDATE Music \(update.clauses) WHERE pk = 'k' AND sk = 's'")
            let operation = try operations.update("Music", key, update.expression, values: update.values)
            #expect(statement.consumedCapacity == operation.consumedCapacity, "\(update.clauses)")
        }
        let deleted = try statements.execute("DELETE FROM Music WHERE pk = 'k' AND sk = 's'")
        #expect(deleted.consumedCapacity == (try operations.delete("Music", key).consumedCapacity))
    }

    static func text(_ count: Int) -> AttributeValue { .string(String(repeating: "x", count: count)) }
}
