import Model

/// Writes that live in memory only.
extension Session {
    func noteWrites(of request: Request, _ report: RequestReport) {
        guard report.kind == .write, !request.isControlPlane, !report.consumedCapacity.isEmpty else { return }
        unsavedWrites += request.actionCount
    }

    /// Before Ctrl-D leaves: tells once what would be lost, and answers whether it did.
    func warnsOfUnsavedWrites() -> Bool {
        guard laboratory != nil, !settings.isQuiet, unsavedWrites > toldUnsavedWrites else { return false }
        toldUnsavedWrites = unsavedWrites
        let subject = unsavedWrites == 1 ? "1 write lives" : "\(grouped(unsavedWrites)) writes live"
        tell("\(subject) in memory only; Ctrl-D again leaves")
        return true
    }
}
