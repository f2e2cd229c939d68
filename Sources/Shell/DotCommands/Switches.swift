extension DotCommand {
    /// A setting that is on or off. Without an argument it says which.
    static func onOff(
        _ name: String,
        _ summary: String,
        _ setting: any WritableKeyPath<Settings, Bool> & Sendable
    ) -> DotCommand {
        DotCommand(name, "[on|off]", summary) { session, arguments throws(StatementFailure) in
            guard let word = arguments.first else {
                session.tell(".\(name) is \(session.settings[keyPath: setting] ? "on" : "off")")
                return .nothing
            }
            session.settings[keyPath: setting] = try arguments.isOn(word)
            return .nothing
        }
    }
}

extension DotCommand.Arguments {
    func isOn(_ word: String) throws(StatementFailure) -> Bool {
        switch word.lowercased() {
        case "on", "yes", "true", "1": return true
        case "off", "no", "false", "0": return false
        default: throw refuse("\(word) is neither on nor off")
        }
    }
}
