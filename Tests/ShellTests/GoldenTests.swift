import Testing

@testable import Shell

/// Every golden script answers as it is recorded. `UPDATE_GOLDEN=1` rewrites the records: read that diff like code.
struct GoldenTests {
    @Test(arguments: GoldenScript.all)
    func answersAsRecorded(script: GoldenScript) throws {
        let seen = script.run()
        if Environment.value("UPDATE_GOLDEN") == "1" { return script.record(seen) }
        script.expectRecorded(seen)
    }
}
