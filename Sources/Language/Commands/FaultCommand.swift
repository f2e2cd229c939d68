import Model

/// What a `Fault` statement asks for.
public enum FaultCommand: Equatable, Sendable {
    /// Breaks something for so long; nil until it is healed.
    case inject(Fault, forMicroseconds: Int64? = nil)
    case list
    /// Ends the faults of this scope; nil ends all.
    case heal(FaultScope?)
}

/// The word behind `Fault`.
enum FaultAction: String, CaseIterable {
    case kill, slow, cut, corrupt, list, heal

    /// What it may be about.
    var scopes: [FaultScopeWord] {
        switch self {
        case .kill, .slow, .heal: FaultScopeWord.allCases
        case .cut: [.node, .az, .router]
        case .corrupt: [.node, .leader, .replica]
        case .list: []
        }
    }

    /// The words that may follow the scope, or stand before it.
    var clauses: [Keyword] {
        switch self {
        case .kill, .corrupt: [.forDuration]
        case .slow: [.by, .forDuration]
        case .cut: [.from, .forDuration]
        case .list, .heal: []
        }
    }

    /// A whole statement, shown with every error: about a scope of this kind, where one was begun.
    func example(of scope: FaultScopeWord? = nil) -> String {
        switch self {
        case .kill: "Fault kill \((scope ?? .az).example) FOR 2m;"
        case .slow: "Fault slow \((scope ?? .node).example) BY 20ms;"
        case .cut: "Fault cut \((scope ?? .az).example) FROM az c;"
        case .corrupt: "Fault corrupt \((scope ?? .replica).example);"
        case .list: "Fault list;"
        case .heal: "Fault heal \(scope?.example ?? "ALL");"
        }
    }
}

/// The word that opens a scope.
enum FaultScopeWord: String, CaseIterable {
    case node, az, router, leader, replica, coordinator

    /// Of any case; `zone` is `az`.
    init?(_ word: String) {
        let folded = word.lowercased()
        self.init(rawValue: folded == "zone" ? "az" : folded)
    }

    /// The whole scope, as an example.
    var example: String {
        switch self {
        case .node: "node n4"
        case .az: "az a"
        case .router: "router r2"
        case .leader: "leader app/p0"
        case .replica: "replica app/p0/n4"
        case .coordinator: "coordinator"
        }
    }
}
