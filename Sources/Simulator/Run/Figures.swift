/// What was counted in one run, or in many.
package struct Figures: Sendable, Equatable {
    private var counts: [String: Int] = [:]

    package init() {}

    package subscript(name: String) -> Int {
        get { counts[name] ?? 0 }
        set { counts[name] = newValue }
    }

    package mutating func add(_ other: Figures) {
        for (name, count) in other.counts { counts[name, default: 0] += count }
    }

    /// By name.
    package var rows: [(name: String, count: Int)] {
        counts.sorted { $0.key < $1.key }.map { (name: $0.key, count: $0.value) }
    }
}

/// The verdict over one seed.
package struct SeedOutcome: Sendable {
    package let seed: UInt64
    package let figures: Figures
    /// Of the whole history: equal when two runs were equal.
    package let digest: UInt64
    package let violations: [Violation]
    /// What the seed drew.
    package let summary: [String]

    /// What a person needs to know of a failure: the first violations of each promise.
    package func report(operations: Int) -> [String] {
        var lines: [String] = []
        for promise in Promise.allCases {
            let broken = violations.filter { $0.promise == promise }
            if broken.isEmpty { continue }
            lines.append("✗ \(promise.rawValue)")
            for violation in broken.prefix(3) {
                lines.append("  \(violation.place): \(violation.text)")
                lines += violation.context.map { "    \($0)" }
            }
            if broken.count > 3 { lines.append("  … and \(broken.count - 3) more") }
        }
        lines.append("replay: simulate --seed \(seed) --operations \(operations)")
        return lines
    }
}
