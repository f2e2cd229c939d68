import Engine

/// The pages of one Query or Scan give its items in order and none twice, however partitions split meanwhile; strong ones
/// leave out no item that was there from the first page to the last.
package enum PageSequence {
    package static func check(_ history: History, name: (ItemKey) -> String) -> [Violation] {
        var violations: [Violation] = []
        var lives: [ItemKey: Life]?
        for session in history.sessions {
            if let violation = disorder(of: session, name) { violations.append(violation) }
            guard session.isComplete, session.isStrong, !session.isOfIndex else { continue }
            if lives == nil { lives = Life.all(of: history) }
            violations += omissions(of: session, lives!, name)
        }
        return violations
    }

    private static func disorder(of session: PagingSession, _ name: (ItemKey) -> String) -> Violation? {
        var last: PagingSession.Entry?
        for page in session.pages {
            for entry in page.entries {
                defer { last = entry }
                guard let last else { continue }
                let ascends = last.place.lexicographicallyPrecedes(entry.place)
                if last.place != entry.place, ascends != session.isDescending { continue }
                let fault = last.place == entry.place ? "gives it twice" : "gives it behind \(name(last.key))"
                return Violation(
                    .pagesComplete,
                    at: name(entry.key),
                    "\(session.name) \(fault)",
                    instant: page.completed
                )
            }
        }
        return nil
    }

    private static func omissions(
        of session: PagingSession,
        _ lives: [ItemKey: Life],
        _ name: (ItemKey) -> String
    ) -> [Violation] {
        guard let first = session.pages.first, let last = session.pages.last else { return [] }
        let given = Set(session.pages.flatMap { $0.entries.map(\.key.position) })
        return session.positions.compactMap { position in
            if given.contains(position) { return nil }
            let key = ItemKey(table: session.table, position: position)
            guard let life = lives[key], life.isPresent(from: first.invoked, to: last.completed) else { return nil }
            return Violation(
                .pagesComplete,
                at: name(key),
                "\(session.name) leaves it out, though it was there from the first page to the last",
                instant: last.completed
            )
        }
    }

    /// When an item was surely there: after somebody wrote or saw it, until somebody may have deleted it.
    private struct Life {
        var sightings: [(invoked: SimulatedInstant, completed: SimulatedInstant)] = []
        var deletions: [(invoked: SimulatedInstant, completed: SimulatedInstant)] = []

        static func all(of history: History) -> [ItemKey: Life] {
            var lives: [ItemKey: Life] = [:]
            for (key, actions) in history.actionsByKey() {
                var life = Life()
                for timed in actions {
                    let action = timed.action
                    let times = (timed.invoked, timed.completed)
                    switch (action.effect, action.verdict) {
                    case (.delete, .done), (.delete, .unknown): life.deletions.append(times)
                    case (.put, .done), (.add, .done): life.sightings.append(times)
                    case (.none, .done) where !timed.mayBeOld:
                        if case .item = action.before { life.sightings.append(times) }
                    default: break
                    }
                }
                lives[key] = life
            }
            return lives
        }

        func isPresent(from start: SimulatedInstant, to end: SimulatedInstant) -> Bool {
            sightings.contains { sighting in
                sighting.completed < start
                    && !deletions.contains { $0.invoked <= end && $0.completed >= sighting.invoked }
            }
        }
    }
}
