import Model
import Wire

extension CanonicalPrinter {
    /// Writes a statement about users, its secret included. No terminator. Nil when a name cannot be written.
    public static func print(_ command: UserCommand) -> String? {
        switch command {
        case .create(let name, let policies, let accessKey, let tolerates):
            ValueFormat.table(name).map { name in
                "CreateUser \(tolerates ? "IF NOT EXISTS " : "")\(name)\(clauses(policies, accessKey))"
            }
        case .update(let name, let policies, let accessKey):
            ValueFormat.table(name).map { "UpdateUser \($0)\(clauses(policies ?? [], accessKey))" }
        case .drop(let name, let tolerates):
            ValueFormat.table(name).map { "DropUser \(tolerates ? "IF EXISTS " : "")\($0)" }
        }
    }

    /// A policy as it may be typed.
    public static func print(_ policy: Policy) -> String {
        var format = ValueFormat()
        format.append(PolicyEncoder.encode(policy))
        return format.text
    }

    private static func clauses(_ policies: [Policy], _ accessKey: AccessKey?) -> String {
        let key = accessKey.map {
            " KEY \(formatValue(.string($0.id))) SECRET \(formatValue(.string($0.secret)))"
        }
        return (key ?? "") + policies.map { " POLICY \(print($0))" }.joined()
    }
}
