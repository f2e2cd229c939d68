import Testing

@testable import LineEditor

private func insertion(_ candidates: [String], over typed: String) -> String? {
    Completion(candidates: candidates.map { Completion.Candidate($0) }, replacing: 0..<0).insertion(over: typed)
}

@Test func tabInsertsWhatAllCandidatesShare() {
    #expect(insertion(["GetItem", "GetShardIterator"], over: "Ge") == "Get")
    #expect(insertion(["GetItem", "GetShardIterator"], over: "Get") == nil)
}

@Test func tabInsertsTheOnlyCandidate() {
    #expect(insertion(["Query "], over: "que") == "Query ")
    #expect(insertion(["Query"], over: "Query") == nil)
    #expect(insertion([], over: "x") == nil)
}

@Test func tabCorrectsCaseButNeverTakesTypedTextAway() {
    #expect(insertion(["Query", "QueryAll"], over: "que") == "Query")
    #expect(insertion(["Query", "QUERYALL"], over: "qu") == nil)
    #expect(insertion(["abc", "xyz"], over: "") == nil)
}

@Test func commonPrefixesEndAtWholeCharacters() {
    #expect(commonPrefix("é1", "é2") == "é")
    #expect(commonPrefix("👩‍👩‍👦", "👩‍👩‍👧") == "")
}

@Test func candidatesAreListedInColumnsReadDownwards() {
    let list = CandidateList(["a", "b", "c", "d", "long name"].map { Completion.Candidate($0) })
    let rows = list.rows(screenWidth: 24, heightMax: 10).map { $0.map(\.text).joined() }
    #expect(rows == ["a          d          ", "b          long name  ", "c          "])
}

@Test func candidatesWithKindsAreListedOneARowIfTheyFit() {
    let list = CandidateList([.init("pk", kind: "partition key"), .init("total", kind: "number")])
    let rows = list.rows(screenWidth: 40, heightMax: 2).map { $0.map(\.text).joined() }
    #expect(rows == ["pk     partition key", "total  number"])
    #expect(list.rows(screenWidth: 40, heightMax: 1).count == 1)
}
