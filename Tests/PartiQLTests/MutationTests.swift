import Model
import PartiQL
import Testing

/// Statements with a byte or a word changed: the parser either takes them or says where they are wrong.
struct MutationTests {
    static let seeds = [
        #"SELECT * FROM "Music"."ByYear" WHERE pk = 'it''s' AND sk BETWEEN ? AND 'x' ORDER BY pk, sk DESC"#,
        "SELECT a.b[0], \"c d\".e FROM Music WHERE pk IN ['a', ?] AND NOT (n <> 1 OR size(l) + 1 >= 2.5e3)",
        "SELECT * FROM t WHERE begins_with(sk, 'x') OR contains(l, -1) OR attribute_type(a, 'S')",
        "SELECT * FROM t WHERE a IS NOT MISSING AND b IS NULL AND c NOT IN (1, 2) -- the end",
        "INSERT INTO Music VALUE {'pk': 'k', 's': <<'a', 'b'>>, 'n': <<1, 2>>, 'l': [1, [TRUE], {'x': NULL}], 'p': ?}",
        "UPDATE Music SET n = n + 1 - ?, l = list_append(list_append([0], l), [1]) REMOVE a.b, l[3] SET c = size(d) "
            + "WHERE pk = 'k' AND sk = 1 AND n > 0 RETURNING MODIFIED OLD *",
        "UPDATE t SET s = set_add(s, <<'a'>>), u = set_delete(u, ?) WHERE pk = 'k'",
        "DELETE FROM Music WHERE pk = 'k' AND sk = ? AND (a = 1 OR a IS MISSING) RETURNING ALL OLD *;",
        "EXISTS(SELECT * FROM Music WHERE pk = 'k' /* the key */ AND n = 1)",
    ]
    private static let bytes = Array(" \n'\"`(){}[]<>,;:?.*/+-=!|~\\0123456789aeENXZ_\u{E9}".utf8) + [0, 0xFF, 0xC3]
    private static let words = seeds.joined(separator: " ").split(separator: " ")

    @Test(arguments: [1, 2, 3, UInt64.random(in: 10...999_999)])
    func everyTextParsesOrIsBlamedInPlace(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var accepted = 0
        for _ in 0..<20_000 {
            let text = Self.mutate(Self.seeds.randomElement(using: &generator)!, &generator)
            do throws(PartiQLError) {
                let statement = try PartiQLStatement.parse(text)
                accepted += 1
                expectUse(of: statement, text)
            } catch {
                let isInside = error.range.lowerBound >= 0 && error.range.upperBound <= text.utf8.count
                #expect(isInside, "seed \(seed): \(error.message) \(error.range) in \(text)")
                #expect(!error.message.isEmpty)
            }
        }
        #expect(accepted > 200, "some mutations are harmless")
    }

    /// What parsed can also be bound, planned and asked of an item, or is refused in words.
    private func expectUse(of statement: PartiQLStatement, _ text: String) {
        let parameters = (0..<statement.parameterCount).map { AttributeValue.number(Number($0)) }
        do throws(ServiceError) {
            let bound = try statement.bound(to: parameters)
            #expect(bound.parameterCount == 0, "\(text)")
            _ = bound.mentionedNames
            switch bound {
            case .select(let select), .exists(let select):
                _ = try select.keyAccess(for: Samples.table).filter?.isTrue(for: Samples.item)
                _ = select.projection?.project(Samples.item)
            case .insert(let insert): _ = insert.item.size
            case .update(let update):
                _ = try update.target(for: Samples.table)
                _ = try update.apply(to: Samples.item)
            case .delete(let delete): _ = try delete.target(for: Samples.table).condition?.isTrue(for: Samples.item)
            }
        } catch {
            #expect(error.name == "ValidationException" && !error.message.isEmpty, "\(text)")
        }
    }

    /// A byte replaced, inserted or removed, a word put in, or the rest cut off; once or twice.
    private static func mutate(_ text: String, _ generator: inout SeededGenerator) -> String {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...2, using: &generator) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            let byte = Self.bytes.randomElement(using: &generator)!
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<3: bytes[place] = byte
            case 3..<5: bytes.insert(byte, at: place)
            case 5..<7: bytes.remove(at: place)
            case 7..<9: bytes.insert(contentsOf: " \(words.randomElement(using: &generator)!) ".utf8, at: place)
            default: bytes.removeSubrange(place...)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
