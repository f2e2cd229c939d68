/// A small database to play with: a script in the shell's own language, and what to try on it.
struct Sample {
    let name: String
    let summary: String
    let table: String
    let script: String
    let examples: [String]

    static let all = [music, shop]
}

extension Session {
    private static let settlingTime: Int64 = 1_000_000

    func runSample(_ name: String) throws(StatementFailure) -> Outcome {
        guard let sample = Sample.all.first(where: { $0.name == name.lowercased() }) else {
            let names = Sample.all.map { "\($0.name): \($0.summary)" }
            throw .message("there is no sample \"\(name)\"", details: names)
        }
        if catalog.shape(of: sample.table) != nil {
            throw .message(
                "table \(sample.table) exists already",
                details: ["DropTable \(sample.table);  then Sample \(sample.name);  makes it anew"]
            )
        }
        let before = ledger
        let unsavedBefore = unsavedWrites
        let former = settings
        settings.cost = .off
        settings.echoes = false
        settings.stopsAtError = true
        defer { settings = former }
        let outcome = try nested { runScript(sample.script, name: "sample \(sample.name)") }
        // Followers and indexes shall have it all before the first look at it.
        laboratory?.advance(byMicroseconds: Self.settlingTime)
        unsavedWrites = unsavedBefore
        // How the sample came about is not worth telling.
        if former.showsEvents ?? former.isInteractive { _ = laboratory?.takeEvents() }
        guard outcome == .succeeded, !former.isQuiet else { return outcome }
        tellAbout(sample, writeUnits: ledger.writeUnits - before.writeUnits)
        return .succeeded
    }

    private func tellAbout(_ sample: Sample, writeUnits: Double) {
        let count = catalog.describe(sample.table)?.itemCount ?? 0
        tell("table \(sample.table): \(sample.summary), \(grouped(count)) items, \(unitsText(writeUnits)) WCU")
        for example in sample.examples { tell("try:   \(example)") }
    }
}
