import Language
import Model
import Testing

@Suite struct CompletionTests {
    /// The cursor is the bar.
    private func items(_ marked: String) -> [CompletionItem] {
        let parts = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        return CommandParser.forTests().completions(in: String(parts[0] + parts[1]), at: parts[0].utf8.count)
    }

    private func texts(_ marked: String) -> [String] { items(marked).map(\.text) }

    private func hint(_ marked: String) -> String? {
        let parts = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        return CommandParser.forTests().syntaxHint(in: String(parts[0] + parts[1]), at: parts[0].utf8.count)
    }

    @Test func verbsStandFirst() {
        #expect(texts("Qu|") == ["Query"])
        #expect(texts("upd|") == ["UpdateItem", "UpdateTable", "UpdateTimeToLive", "UPDATE", "UpdateUser"])
        #expect(texts("|").contains("PutItem"))
        #expect(texts("ls; Sc|") == ["Scan"])
        #expect(!texts("EXPLAIN S|").contains("Show"))
        #expect(texts("EXPLAIN S|").contains("Scan"))
    }

    @Test func tablesThenTheirIndexes() {
        #expect(texts("Query ap|") == ["app"])
        #expect(texts("Query old-t|") == ["old-table.v2"])
        #expect(items("Query old-t|").first?.replaces == 6..<11)
        #expect(texts("Query app/|") == ["gsi1", "byPlace"])
        #expect(texts("Query orders INDEX by|") == ["byStatus", "byDate"])
        #expect(texts("Describe acc|") == ["accounts"])
        #expect(texts("Show partitions tr|") == ["transfers"])
        #expect(texts("DropTable nu|") == ["numbers"])
    }

    @Test func clausesNotYetUsed() {
        let clauses = texts("Query app KEY pk = 'a' LIMIT 5 |")
        #expect(clauses.contains("FILTER"))
        #expect(!clauses.contains("LIMIT"))
        #expect(!clauses.contains("KEY"))
        #expect(texts("Query app KEY pk = 'a' FI|") == ["FILTER"])
        #expect(texts("get 'a', 'b' |") == ["PROJECT", "CONSISTENT", "NAMES", "ReturnConsumedCapacity"])
        #expect(texts("CreateTable t (a S) ON |") == ["DEMAND"])
    }

    @Test func keyAttributesThenSampledOnes() {
        #expect(Array(texts("Scan app FILTER |").prefix(5)) == ["pk", "sk", "total", "`a-b`", "name"])
        #expect(texts("Query app KEY p|") == ["pk"])
        #expect(texts("Query app/gsi1 KEY |").prefix(2) == ["gsi1pk", "gsi1sk"])
        #expect(texts("Scan app FILTER total > 5 AND beg|") == ["begins_with("])
        #expect(texts("upd 'a', 'b' SET n = if|") == ["if_not_exists("])
        #expect(texts("Scan app PROJECT to|") == ["total"])
        #expect(texts("Scan app FILTER `a|") == ["a-b"])
    }

    @Test func valuesOfClauses() {
        #expect(texts("put {pk: 'a', sk: 'b'} RETURN |") == ["NONE", "ALL_OLD"])
        #expect(texts("upd 'a', 'b' SET n = 1 RETURN ALL|") == ["ALL_OLD", "ALL_NEW"])
        #expect(texts("Show par|") == ["partitions"])
        #expect(texts("tx ( |") == ["PutItem", "UpdateItem", "DeleteItem", "ConditionCheck"])
    }

    @Test func prefixesOfKeysInsideStrings() {
        #expect(texts("Query app KEY pk = '|") == ["STATUS#", "USER#"])
        #expect(texts("Query app KEY pk = 'U|") == ["USER#"])
        #expect(items("Query app KEY pk = 'U|").first == CompletionItem("USER#", .keyPrefix, replaces: 20..<21))
        #expect(texts("Query app KEY pk = 'USER#|") == ["USER#alice"])
        #expect(texts("GetItem app 'USER#alice', '|") == ["ORDER#", "PROFILE"])
        #expect(texts("Query app 'USER#alice', begins_with 'O|") == ["ORDER#"])
        #expect(texts("Query app '|") == ["STATUS#", "USER#"])
        #expect(texts("Query app KEY pk = |").contains("'USER#"))
        #expect(texts("Scan app FILTER name = 'x|").isEmpty)
    }

    @Test func hintsShowTheClause() {
        #expect(hint("Query app KEY |") == "KEY pk = value [AND sk operator value]")
        #expect(hint("Query |")?.hasPrefix("Query [table[/index]]") == true)
        #expect(hint("upd 'a', 'b' SET |") == "SET path = value [+ value], …")
        #expect(hint("|") == nil)
    }

    @Test func nothingInsideComments() {
        #expect(texts("Scan app -- Li|").isEmpty)
        #expect(texts("Scan app /* Li|").isEmpty)
        #expect(texts(".mode j|").isEmpty)
    }
}
