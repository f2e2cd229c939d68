import Engine

/// What the engine promises. Each has a checker.
package enum Promise: String, Sendable, CaseIterable {
    case linearizable = "writes and strong reads of an item happen one after the other, each between call and answer"
    case committedVersions = "eventual reads show committed versions, and never go back on one replica"
    case nothingLost = "an acknowledged write is there to stay, once; a refused one never was"
    case replicasEqual = "after healing all replicas of a partition hold the same"
    case rangesTile = "partitions tile the key space at every moment"
    case oneLeaseHolder = "at most one replica of a partition holds the lease at any moment"
    case indexesFollow = "an index is the projection of its table when all is quiet"
    case pagesComplete = "pages give every item once, in order, whatever splits meanwhile"
    case transactionsAtomic = "a transaction is seen whole or not at all"
    case streamsTell = "a stream tells every committed change of an item once, in order"
    case wholeItems = "an answer shows what somebody wrote"
    case answers = "requests are answered as documented, and after healing they succeed"
}

/// A promise that was broken: where, when, and what to look at.
package struct Violation: Sendable {
    package let promise: Promise
    /// A key, a partition or an index.
    package let place: String
    package let text: String
    package let instant: SimulatedInstant?
    /// Lines that help to understand it.
    package var context: [String]

    package init(
        _ promise: Promise,
        at place: String,
        _ text: String,
        instant: SimulatedInstant? = nil,
        context: [String] = []
    ) {
        self.promise = promise
        self.place = place
        self.text = text
        self.instant = instant
        self.context = context
    }
}
