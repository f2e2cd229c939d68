import Glibc

/// Whether a stream gets colours: `--color` decides; else CLICOLOR_FORCE, NO_COLOR and CLICOLOR; else whether it is a
/// terminal that knows any.
enum Colour {
    static func isOn(
        _ choice: Settings.ColourChoice,
        isTerminal: Bool,
        environment: (String) -> String? = Environment.value
    ) -> Bool {
        switch choice {
        case .always: return true
        case .never: return false
        case .auto: break
        }
        if let force = environment("CLICOLOR_FORCE"), !force.isEmpty, force != "0" { return true }
        if let refusal = environment("NO_COLOR"), !refusal.isEmpty { return false }
        if environment("CLICOLOR") == "0" { return false }
        return isTerminal && environment("TERM") != "dumb" && environment("TERM") != nil
    }
}

enum Environment {
    static func value(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
