import Model
import Testing

@testable import Engine

/// Limit, NextToken and the 1 MB of a page. Reference D2 "paging".
struct PartiQLPagingTests {
    static func region(partitions: Int = 4) throws -> Region {
        let region = Region(profile: .serve)
        try region.create(.table("Music", sort: ("sk", .number), partitions: partitions))
        for artist in 0..<6 {
            for song in 0..<4 {
                try region.put(
                    "Music",
                    ["pk": .string("a\(artist)"), "sk": .number(Number(song)), "odd": .bool(song % 2 == 1)]
                )
            }
        }
        return region
    }

    static let selects = [
        "SELECT * FROM Music",
        "SELECT * FROM Music WHERE odd = true",
        "SELECT * FROM Music WHERE pk = 'a1'",
        "SELECT * FROM Music WHERE pk = 'a1' ORDER BY sk DESC",
        "SELECT * FROM Music WHERE pk IN ['a4', 'nobody', 'a1', 'a2']",
        "SELECT * FROM Music WHERE pk IN ['a4', 'nobody', 'a1', 'a2'] AND sk > 0 AND odd = true",
        "SELECT * FROM Music WHERE pk IN ['a4', 'nobody', 'a1', 'a2'] ORDER BY pk DESC, sk DESC",
    ]

    @Test(arguments: selects, [1, 2, 3, 4, 5, 100])
    func pagesGiveEachItemOnceAndInOrder(statement: String, limit: Int) throws {
        let region = try Self.region()
        let whole = try region.execute(statement).items
        let pages = try region.pages(statement, limit: limit)
        #expect(!whole.isEmpty)
        #expect(pages.flatMap { $0 } == whole)
        #expect(pages.allSatisfy { $0.count <= limit })
    }

    /// K3, K4 and K5.
    @Test func aLimitCountsWhatIsEvaluated() throws {
        let region = try Self.region()
        let statement = "SELECT sk FROM Music WHERE pk = 'a1' AND odd = true"
        #expect(try region.pages(statement, limit: 1) == [[], [["sk": 1]], [], [["sk": 3]], []])
        let page = try region.execute(statement, limit: 1)
        #expect(page.lastEvaluatedKey == ["pk": "a1", "sk": 0])
        let last = try region.execute(statement)
        #expect(last.lastEvaluatedKey == nil && last.nextToken == nil)
    }

    @Test func aTokenBelongsToItsStatementAndParameters() throws {
        let region = try Self.region()
        let statement = "SELECT * FROM Music WHERE pk = ?"
        let token = try #require(try region.execute(statement, ["a1"], limit: 1).nextToken)
        #expect(region.refusal(of: statement, ["a1"], after: token) == nil)
        let mismatch = "NextToken does not match request"
        #expect(region.refusal(of: statement, ["a2"], after: token) == mismatch)
        #expect(region.refusal(of: "SELECT * FROM Music WHERE  pk = ?", ["a1"], after: token) == mismatch)
        for text in ["nonsense", "abc", "00", String(token.dropLast()), "ä" + token] {
            #expect(region.refusal(of: statement, ["a1"], after: text) == "Invalid NextToken", "\(text)")
        }
    }

    /// The right statement and parameters, and a place that no page ever ended at.
    @Test(arguments: selects)
    func aForgedTokenIsRefusedOrGivesAPage(statement: String) throws {
        let region = try Self.region()
        let token = try #require(try region.execute(statement, limit: 1).nextToken)
        let bound = token.prefix(16)
        let whole = try region.execute(statement).items
        var randomness = Randomness(seed: 7)
        for _ in 0..<300 {
            let count = randomness.next(below: 30)
            let digits = (0..<2 * count).map { _ in randomness.pick(Array("0123456789abcdef")) }
            let query = randomness.pick(["0000", "0001", "0002", "ffff"])
            do throws(ServiceError) {
                let page = try region.execute(statement, after: bound + query + String(digits))
                #expect(page.items.allSatisfy(whole.contains))
            } catch {
                #expect(error == .validationException("Invalid NextToken"))
            }
        }
        #expect(region.refusal(of: statement, after: bound + "0000") == "Invalid NextToken")
    }

    @Test func statementsTokensAndLimitsHaveTheirLengths() throws {
        let region = try Self.region()
        func refusal(_ statement: String, token: String? = nil, limit: Int? = nil) -> String? {
            message { () throws(ServiceError) in try region.execute(statement, limit: limit, after: token) }
        }
        let select = "SELECT * FROM Music"
        #expect(refusal(select + String(repeating: " ", count: 8_192 - select.utf8.count)) == nil)
        #expect(
            refusal(select + String(repeating: " ", count: 8_193 - select.utf8.count))?.hasSuffix(
                "at 'statement' failed to satisfy constraint: Member must have length less than or equal to 8192"
            ) == true
        )
        #expect(
            refusal("")
                == "1 validation error detected: Value '' at 'statement' failed to satisfy constraint: Member must "
                + "have length greater than or equal to 1"
        )
        #expect(
            refusal(select, limit: 0)
                == "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have "
                + "value greater than or equal to 1"
        )
        #expect(
            refusal(select, token: String(repeating: "0", count: 32_769))?.hasSuffix(
                "at 'nextToken' failed to satisfy constraint: Member must have length less than or equal to 32768"
            ) == true
        )
        #expect(refusal(select, token: String(repeating: "0", count: 32_768)) != nil)
    }

    @Test func aTokenOutlivesTheItemItPointsTo() throws {
        let region = try Self.region()
        let statement = "SELECT sk FROM Music WHERE pk IN ['a1', 'a2']"
        let page = try region.execute(statement, limit: 2)
        try region.delete("Music", ["pk": "a1", "sk": 1])
        let rest = try region.execute(statement, after: page.nextToken)
        #expect(rest.values(of: "sk") == [2, 3, 0, 1, 2, 3])
    }

    /// Four items of 300 KB: the fourth does not fit, wherever the values of IN divide them.
    @Test(arguments: [[4], [1, 3], [2, 2], [3, 1], [1, 1, 1, 1]])
    func aPageEndsBeforeItsMegabyteAlsoBetweenTwoPartitionKeys(counts: [Int]) throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music", sort: ("sk", .number)))
        for (artist, count) in counts.enumerated() {
            for song in 0..<count {
                let item: Item = ["pk": .string("a\(artist)"), "sk": .number(Number(song))]
                try region.put("Music", item.padded(to: 300 * 1_024))
            }
        }
        let values = counts.indices.map { "'a\($0)'" }.joined(separator: ", ")
        let pages = try region.pages("SELECT pk, sk FROM Music WHERE pk IN [\(values)]")
        #expect(pages.map(\.count) == [3, 1])
        #expect(Set(pages.joined().map(\.description)).count == 4)
    }

    @Test func aLocalIndexPagesOnThroughEqualKeys() throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music", sort: ("sk", .string), locals: [("ByYear", ("year", .number), .init(.all))]))
        for song in ["x", "y", "z"] { try region.put("Music", ["pk": "a", "sk": .string(song), "year": 1984]) }
        for order in ["", " ORDER BY year DESC"] {
            let statement = "SELECT sk FROM Music.ByYear WHERE pk = 'a'" + order
            let whole = try region.execute(statement).items
            #expect(try region.pages(statement, limit: 1).flatMap { $0 } == whole)
        }
        let page = try region.execute("SELECT * FROM Music.ByYear", limit: 1)
        #expect(page.lastEvaluatedKey == ["pk": "a", "sk": "x", "year": 1984])
    }
}
