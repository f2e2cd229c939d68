import Engine

/// Everything that clients asked and were told, in the order in which they asked.
package struct History {
    package internal(set) var operations: [ClientOperation] = []
    package internal(set) var sessions: [PagingSession] = []
    /// What was broken, and from when to when.
    package internal(set) var faults: [BrokenFor] = []

    package struct BrokenFor: Sendable {
        package let text: String
        package let since: SimulatedInstant
        package let until: SimulatedInstant
    }

    package init(operations: [ClientOperation] = [], sessions: [PagingSession] = []) {
        self.operations = operations
        self.sessions = sessions
    }

    /// A number that depends on all of it.
    var digest: UInt64 {
        var digest: UInt64 = 0
        func mix(_ value: Int) { digest = Chance.mix(digest ^ UInt64(bitPattern: Int64(value))) }
        func mix(_ sight: Sight) {
            switch sight {
            case .unseen: mix(1)
            case .absent: mix(2)
            case .item(let stamp):
                mix(stamp.writer)
                mix(stamp.count)
            }
        }
        for operation in operations {
            mix(Int(operation.invoked.microseconds))
            mix(Int(operation.completed.microseconds))
            mix(operation.servedBy?.replica.node ?? -1)
            for action in operation.actions {
                mix(action.key.position)
                mix(action.before)
                mix(action.after)
                mix(action.verdict == .done ? 3 : action.verdict == .refused ? 4 : 5)
            }
        }
        return digest
    }

    /// What was broken at a moment.
    func broken(at instant: SimulatedInstant) -> [String] {
        faults.filter { $0.since <= instant && instant <= $0.until }.map(\.text)
    }

    /// Every item's actions in the order of their operations, without those that say nothing.
    func actionsByKey() -> [(key: ItemKey, actions: [TimedAction])] {
        var byKey: [ItemKey: [TimedAction]] = [:]
        for operation in operations {
            for action in operation.actions where action.verdict != .dropped {
                byKey[action.key, default: []].append(TimedAction(operation, action))
            }
        }
        return byKey.sorted { $0.key < $1.key }.map { (key: $0.key, actions: $0.value) }
    }
}

/// An action and the time in which it took effect, if it did: an unknown one may do so ever after.
package struct TimedAction: Sendable {
    package let operation: Int
    package let invoked: SimulatedInstant
    package var completed: SimulatedInstant
    package var action: Action
    /// A read that may be old: it says which versions there were, not which one was current.
    let mayBeOld: Bool

    init(_ operation: ClientOperation, _ action: Action) {
        self.operation = operation.number
        invoked = operation.invoked
        completed = action.verdict == .unknown ? .never : operation.completed
        self.action = action
        mayBeOld = !operation.isStrong && action.effect == .none
    }
}

extension SimulatedInstant {
    /// After everything.
    static let never = SimulatedInstant(microseconds: .max)
}
