import Model
import PartiQL
import Testing

struct ParsingTests {
    @Test func selects() throws {
        let text = #"select word, "na""me".kid[2] from "my-table"."by.date" where pk = 'it''s' order by sk desc, pk;"#
        let select = try Samples.select(text)
        #expect(select.source.table == "my-table")
        #expect(select.source.index == "by.date")
        #expect(Array(text.utf8)[select.source.range].elementsEqual(#""my-table"."by.date""#.utf8))
        #expect(select.paths?.map(\.description) == ["word", "na\"me.kid[2]"])
        #expect(select.order.map(\.name) == ["sk", "pk"])
        #expect(select.order.map(\.isDescending) == [true, false])
        #expect(select.condition?.isTrue(for: ["pk": "it's"]) == true)
        #expect(try Samples.select("SELECT * FROM Music").paths == nil)
    }

    @Test func projectsInTheItemsShape() throws {
        let select = try Samples.select("SELECT word, doc.kid.low, doc.kid, word, gone FROM t")
        #expect(select.projection?.project(Samples.item) == ["word": "hello", "doc": ["kid": ["low": 1]]])
    }

    @Test func inserts() throws {
        let text = """
            INSERT INTO Music VALUE {'pk': ?, 'sk': 'a', 'n': -1.50e1, 'flag': TRUE, 'off': false, 'none': null,
              'tags': <<'x', 'y'>>, 'nums': <<1, -2>>, 'list': [1, [?], {}], 'doc': {'a': {'b': ?}}, 'void': []}
            """
        guard case .insert(let insert) = try Samples.statement(text, ["k", 7, .binary([1])]) else {
            throw Samples.Unexpected()
        }
        #expect(insert.source.table == "Music")
        #expect(
            insert.item == [
                "pk": "k", "sk": "a", "n": -15, "flag": .bool(true), "off": .bool(false), "none": .null,
                "tags": .stringSet(["x", "y"]), "nums": .numberSet([1, -2]), "list": [1, [7], [:]],
                "doc": ["a": ["b": .binary([1])]], "void": [],
            ]
        )
    }

    @Test func returningForms() throws {
        let base = "UPDATE t SET a = 1 WHERE pk = 'k' AND sk = 's'"
        #expect(try Samples.update(base).returning == nil)
        #expect(try Samples.update(base + " RETURNING ALL OLD *").returning == .allOld)
        #expect(try Samples.update(base + " returning all new *").returning == .allNew)
        #expect(try Samples.update(base + " RETURNING MODIFIED OLD *").returning == .modifiedOld)
        #expect(try Samples.update(base + " RETURNING MODIFIED NEW *;").returning == .modifiedNew)
        guard case .delete(let delete) = try Samples.statement("DELETE FROM t WHERE pk = 'k' RETURNING ALL OLD *")
        else { throw Samples.Unexpected() }
        #expect(delete.returnsOld)
    }

    @Test func existsWrapsASelect() throws {
        guard case .exists(let select) = try Samples.statement("EXISTS(SELECT * FROM t WHERE pk = ? AND a > 1)", ["k"])
        else { throw Samples.Unexpected() }
        #expect(select.source.table == "t")
        #expect(try !Samples.statement("EXISTS(SELECT * FROM t WHERE pk = 'k')").isRead)
        #expect(try Samples.statement("SELECT * FROM t").isRead)
    }

    @Test func commentsAreBlanks() throws {
        let select = try Samples.select("SELECT * -- all of it\nFROM /* the\n table */ t WHERE a = 'not -- one'")
        #expect(select.condition?.isTrue(for: ["a": "not -- one"]) == true)
    }

    @Test func parametersStandInOrder() throws {
        let condition = try Samples.condition("a = ? AND b IN [?, ?] AND c = '?' AND contains(d, ?)", [1, 2, 3, "x"])
        #expect(condition.isTrue(for: ["a": 1, "b": 3, "c": "?", "d": "axe"]))
        #expect(!condition.isTrue(for: ["a": 2, "b": 3, "c": "?", "d": "axe"]))
        let update = try Samples.update("UPDATE t SET a = ?, b = list_append(b, ?) WHERE pk = ?", [1, [2], "k"])
        #expect(try update.apply(to: ["b": []]) == ["a": 1, "b": [2]])
        #expect(try update.target(for: Samples.simple).key == ["pk": "k"])
        let mismatch = "Number of parameters in request and statement don't match."
        #expect(message { try Samples.condition("a = ?", []) } == mismatch)
        #expect(message { try Samples.condition("a = ?", [1, 2]) } == mismatch)
        #expect(message { try Samples.condition("a = 1", [1]) } == mismatch)
    }

    /// Those of the language's page of examples, and the developer guide's.
    @Test(arguments: [
        #"SELECT sk, total FROM "app"."gsi1" WHERE gsi1pk = 'STATUS#pending' AND begins_with("gsi1sk", '2026')"#,
        #"INSERT INTO "app" VALUE {'pk': 'USER#eve', 'sk': 'PROFILE', 'tags': <<'new'>>}"#,
        #"UPDATE "app" SET points = points + 1 WHERE pk = 'USER#eve' AND sk = 'PROFILE' RETURNING ALL NEW *"#,
        #"DELETE FROM "app" WHERE pk = ? AND sk = ?"#,
        #"UPDATE "app" SET n = 1 WHERE pk='A' AND sk='1'"#,
        #"SELECT * FROM "app" WHERE total > 100"#,
        #"SELECT OrderID, Total FROM "Orders" WHERE OrderID IN [1, 2, 3] ORDER BY OrderID DESC"#,
    ])
    func examplesParse(text: String) throws {
        let statement = try PartiQLStatement.parse(text)
        _ = try statement.bound(to: Array(repeating: "x", count: statement.parameterCount))
    }
}
