import Model

extension CanonicalPrinter {
    /// The statement, no terminator: `Fault kill az a FOR 2m`. It reads back as the same command.
    public static func print(_ command: FaultCommand) -> String {
        switch command {
        case .list: "Fault list"
        case .heal(nil): "Fault heal ALL"
        case .heal(let scope?): "Fault heal \(text(scope))"
        case .inject(let fault, nil): "Fault \(text(fault))"
        case .inject(let fault, let duration?): "Fault \(text(fault)) FOR \(durationLiteral(duration))"
        }
    }

    private static func text(_ fault: Fault) -> String {
        switch fault {
        case .kill(let scope): "kill \(text(scope))"
        case .slow(let scope, let delay): "slow \(text(scope)) BY \(durationLiteral(delay))"
        case .cut(let scope, let other): "cut \(text(scope)) FROM \(text(other))"
        case .corrupt(let scope): "corrupt \(text(scope))"
        }
    }

    /// As the scope describes itself, except that a name which cannot stand bare is quoted.
    private static func text(_ scope: FaultScope) -> String {
        switch scope {
        case .node, .zone, .router, .coordinator: scope.description
        case .leader(let table, let partition): "leader \(place(table, partition))"
        case .replica(let table, let partition, let node): "replica \(place(table, partition))/n\(node)"
        }
    }

    private static func place(_ table: String, _ partition: PartitionLabel) -> String {
        let names = [table, partition.indexName].compactMap { $0 }.map { ValueFormat.table($0) ?? $0 }
        return (names + ["p\(partition.number)"]).joined(separator: "/")
    }

    /// `1h30m`, by all units that are needed.
    private static func durationLiteral(_ microseconds: Int64) -> String {
        let units: [(Int64, String)] = [
            (86_400_000_000, "d"), (3_600_000_000, "h"), (60_000_000, "m"), (1_000_000, "s"), (1_000, "ms"), (1, "us"),
        ]
        var rest = microseconds
        var text = ""
        for (size, name) in units where rest >= size {
            text += "\(rest / size)\(name)"
            rest %= size
        }
        return text.isEmpty ? "0s" : text
    }
}
