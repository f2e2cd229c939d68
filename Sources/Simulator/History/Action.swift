/// What one operation does to one item, and what its answer said of it.
package struct Action: Sendable {
    package enum Verdict: Sendable {
        /// It was carried out.
        case done
        /// Its condition was false.
        case refused
        /// Nobody knows: now, later or never.
        case unknown
        /// It had no effect and says nothing about the item.
        case dropped
    }

    package let key: ItemKey
    package var condition = Condition.none
    package var effect = Effect.none
    /// The item as it was just before, and just after.
    package var before = Sight.unseen
    package var after = Sight.unseen
    package var verdict = Verdict.dropped

    package init(
        key: ItemKey,
        condition: Condition = .none,
        effect: Effect = .none,
        before: Sight = .unseen,
        after: Sight = .unseen,
        verdict: Verdict = .dropped
    ) {
        self.key = key
        self.condition = condition
        self.effect = effect
        self.before = before
        self.after = after
        self.verdict = verdict
    }

    /// The state after the action, or nil when it cannot have happened in this state.
    func step(from state: Stamp?) -> Stamp?? {
        let holds = condition.holds(for: state)
        switch verdict {
        case .dropped: return .some(state)
        case .refused: return !holds && before.agrees(with: state) ? .some(state) : nil
        case .unknown: return .some(holds ? effect.applied(to: state) : state)
        case .done:
            guard holds, before.agrees(with: state) else { return nil }
            let new = effect.applied(to: state)
            return after.agrees(with: new) ? .some(new) : nil
        }
    }
}

package enum Condition: Hashable, Sendable {
    case none, absent, present
    /// This operation wrote the item last.
    case writer(Int)
    case countAtLeast(Int)

    func holds(for state: Stamp?) -> Bool {
        switch self {
        case .none: true
        case .absent: state == nil
        case .present: state != nil
        case .writer(let writer): state?.writer == writer
        case .countAtLeast(let least): state.map { $0.count >= least } ?? false
        }
    }
}

package enum Effect: Hashable, Sendable {
    /// A read, or a condition check.
    case none
    case put(Stamp)
    /// Counts up, from zero where there is no item; with a writer it also writes everything else.
    case add(Int, writer: Int?)
    case delete

    func applied(to state: Stamp?) -> Stamp? {
        switch self {
        case .none: state
        case .put(let stamp): stamp
        case .add(let step, let writer):
            Stamp(writer: writer ?? state?.writer ?? 0, count: (state?.count ?? 0) + step)
        case .delete: nil
        }
    }

    /// Who stands in the item afterwards, when the effect says so.
    package var writer: Int? {
        switch self {
        case .put(let stamp): stamp.writer
        case .add(_, let writer): writer
        case .none, .delete: nil
        }
    }
}

extension Action: CustomStringConvertible {
    package var description: String {
        let deed =
            switch effect {
            case .none: condition == .none ? "read" : "check"
            case .put(let stamp): "put \(stamp)"
            case .add(let step, let writer): "add \(step)" + (writer.map { " as #\($0)" } ?? "")
            case .delete: "delete"
            }
        let demand =
            switch condition {
            case .none: ""
            case .absent: " if absent"
            case .present: " if present"
            case .writer(let writer): " if written by #\(writer)"
            case .countAtLeast(let least): " if count ≥ \(least)"
            }
        let sights = (before == .unseen ? "" : " saw \(before)") + (after == .unseen ? "" : " left \(after)")
        return "\(deed)\(demand): \(verdict)\(sights)"
    }
}
