import Testing

/// Every golden script and every lesson once more, with a real endpoint between the shell and the engine: the shell must
/// write the same bytes.
struct GoldenEndpointTests {
    @Test(arguments: GoldenScript.all)
    func answersAsRecorded(script: GoldenScript) throws {
        let answer = try script.run { region in
            try EndpointRegion(region) { observed in try ServedTransport(region, observed) }
        }
        script.expectRecorded(answer)
    }
}
