import Engine

/// What was acknowledged is in the log, once, and what was refused is not; in the end every item is what the log says.
package enum AcknowledgedWrites {
    package static func check(
        _ history: History,
        _ order: CommitOrder,
        final: [ItemKey: Sight],
        name: (ItemKey) -> String
    ) -> [Violation] {
        var violations = order.oddities.map { Violation(.nothingLost, at: "log", $0) }
        for (key, chain) in order.chains.sorted(by: { $0.key < $1.key }) {
            for text in chain.oddities { violations.append(Violation(.nothingLost, at: name(key), text)) }
        }
        for operation in history.operations {
            for action in operation.actions {
                guard let text = oddity(of: action, in: operation, order[action.key]) else { continue }
                violations.append(Violation(.nothingLost, at: name(action.key), text, instant: operation.completed))
            }
        }
        for (key, sight) in final.sorted(by: { $0.key < $1.key }) {
            let last = order[key].states.last!
            if sight.agrees(with: last) { continue }
            violations.append(
                Violation(
                    .nothingLost,
                    at: name(key),
                    "the last committed version is \(Sight(last)), stored is \(sight)"
                )
            )
        }
        return violations
    }

    private static func oddity(of action: Action, in operation: ClientOperation, _ chain: CommitOrder.Chain) -> String?
    {
        guard let writer = action.effect.writer else { return nil }
        let isCommitted = chain.positionsOfWriters[writer] != nil
        switch (operation.outcome, isCommitted) {
        case (.done, false) where action.verdict == .done:
            return "#\(operation.number) was acknowledged, and was never committed"
        case (.refused, true), (.failed, true):
            return "#\(operation.number) was refused, and was committed all the same"
        default:
            return nil
        }
    }
}
