import Language
import Model
import Testing

@Suite struct ExampleTests {
    @Test(arguments: Examples.readable) func examplesOfTheSpecificationParse(statement: String) throws {
        var parser = CommandParser.forTests()
        _ = try parser.parse(statement)
    }

    @Test(arguments: Examples.specification.filter(Examples.isForLaterVersion))
    func wordsOfLaterVersionsSaySo(statement: String) throws {
        let found = try #require(error(statement))
        #expect(found.message.hasPrefix("this version has no "))
    }

    @Test(arguments: Examples.documentation) func documentedExamplesParse(statement: String) throws {
        var parser = CommandParser.forTests()
        _ = try parser.parse(statement)
    }

    @Test(arguments: Examples.help) func examplesOfHelpParse(statement: String) throws {
        var parser = CommandParser.forTests()
        _ = try parser.parse(statement)
    }

    @Test func theExamplesWereFound() {
        #expect(Examples.readable.count > 50)
        #expect(Examples.documentation.count > 80)
    }

    /// They have no clauses of their own.
    private static let writtenAsBodies: Set<Operation> = [
        .updateTimeToLive, .describeTimeToLive, .tagResource, .untagResource, .listTagsOfResource, .putResourcePolicy,
        .getResourcePolicy, .deleteResourcePolicy, .describeLimits, .describeEndpoints, .listStreams, .describeStream,
        .getShardIterator, .getRecords,
    ]

    @Test(arguments: Examples.readable + Examples.documentation + Examples.help)
    func printedRequestsReadBack(statement: String) throws {
        var parser = CommandParser.forTests()
        guard let call = call(in: try parser.parse(statement).command) else { return }
        let printed = canonical(call.request)
        let again = try request(printed)
        #expect(again.hasSameMeaning(as: call.request), "\(printed)")
        #expect(canonical(again) == printed)
        if case .executeStatement(let request) = call.request, request.limit != nil { return }
        if Examples.isWrittenAsBodyOnly(call.request) { return }
        #expect(!printed.hasPrefix("\(call.request.operation.rawValue) {"), "no clauses say \(printed)")
    }
}
