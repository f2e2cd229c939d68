import Engine

/// Eventual reads return versions that were committed, never one that was lost or not yet asked for; and what one replica
/// shows of an item never goes back.
///
/// The order of versions is the log's. An absence may stand for several moments; it is taken for the earliest that still
/// fits, so that only what nothing explains is told.
package enum EventualReads {
    package static func check(_ history: History, _ order: CommitOrder, name: (ItemKey) -> String) -> [Violation] {
        var violations: [Violation] = []
        var readings: [Place: [Reading]] = [:]
        for operation in history.operations where !operation.isStrong && operation.outcome == .done {
            for action in operation.actions where action.effect == .none && action.verdict == .done {
                if let text = oddity(of: action, in: operation, history, order) {
                    violations.append(
                        Violation(.committedVersions, at: name(action.key), text, instant: operation.completed)
                    )
                } else if let server = operation.servedBy {
                    let reading = Reading(operation: operation, sight: action.before)
                    readings[Place(key: action.key, server: server), default: []].append(reading)
                }
            }
        }
        let places = readings.keys.sorted { ($0.key, "\($0.server)") < ($1.key, "\($1.server)") }
        for place in places {
            guard let (earlier, later) = stepBack(in: readings[place]!, along: order[place.key]) else { continue }
            violations.append(
                Violation(
                    .committedVersions,
                    at: name(place.key),
                    "\(place.server.replica) went back: it showed \(earlier.sight) to #\(earlier.operation.number) "
                        + "and later \(later.sight) to #\(later.operation.number)",
                    instant: later.operation.completed
                )
            )
        }
        return violations
    }

    private struct Place: Hashable {
        let key: ItemKey
        let server: ClientOperation.Server
    }

    private struct Reading {
        let operation: ClientOperation
        let sight: Sight
    }

    private static func oddity(
        of action: Action,
        in operation: ClientOperation,
        _ history: History,
        _ order: CommitOrder
    ) -> String? {
        guard case .item(let stamp) = action.before else { return nil }
        if order[action.key].positions[stamp] == nil {
            return "#\(operation.number) saw \(stamp), which was never committed"
        }
        if history.operations[stamp.writer].invoked > operation.completed {
            return "#\(operation.number) saw \(stamp) before it was asked for"
        }
        return nil
    }

    /// The first reading that no version from its predecessors' on explains, and the predecessor that bounds it.
    /// Only readings that were over before another began are its predecessors.
    private static func stepBack(in readings: [Reading], along chain: CommitOrder.Chain) -> (Reading, Reading)? {
        let byCompletion = readings.indices.sorted { first, second in
            let (one, other) = (readings[first].operation.completed, readings[second].operation.completed)
            return one != other ? one < other : first < second
        }
        var positions: [Int] = []
        var passed = 0
        var bound = 0
        var bounding: Reading?
        // Readings are in the order of their calls, so everything that is over by then has its position.
        for reading in readings {
            while passed < byCompletion.count,
                readings[byCompletion[passed]].operation.completed < reading.operation.invoked
            {
                let over = byCompletion[passed]
                if positions[over] > bound { (bound, bounding) = (positions[over], readings[over]) }
                passed += 1
            }
            guard let position = chain.position(of: reading.sight, from: bound) else {
                return bounding.map { ($0, reading) }
            }
            positions.append(position)
        }
        return nil
    }
}
