import Testing

/// Every golden script and every lesson a second time, with each request and each answer crossing the wire format: the
/// shell must write the same bytes.
struct GoldenWireTests {
    @Test(arguments: GoldenScript.all)
    func answersAsRecorded(script: GoldenScript) throws {
        script.expectRecorded(script.run { region in EndpointRegion(region) { WireLoop($0) } })
    }
}
