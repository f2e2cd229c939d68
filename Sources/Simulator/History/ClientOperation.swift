import Engine
import Model

/// One request of a client, from the call to its answer, in simulated time.
package struct ClientOperation: Sendable {
    package enum Outcome: Equatable, Sendable {
        case done
        /// A condition was false.
        case refused
        /// Refused for another reason, with nothing changed.
        case failed(String)
        /// No answer, or one that leaves open what happened.
        case unknown
    }

    package let number: Int
    /// From 1; 0 is the simulator itself, before and after the run.
    package let client: Int
    package let name: String
    package let invoked: SimulatedInstant
    /// When the answer arrived, or the client gave up.
    package var completed: SimulatedInstant
    package var outcome = Outcome.unknown
    package var actions: [Action]
    /// Its reads are strong; otherwise they are eventual.
    package var isStrong = true
    package var isTransaction = false
    /// Its reads are of a global index, which follows the table.
    package var readsIndex = false
    /// The one replica that answered it all, when it was one.
    package var servedBy: Server?

    package struct Server: Hashable, Sendable {
        package let table: Int
        package let replica: ReplicaLabel

        package init(table: Int, replica: ReplicaLabel) {
            self.table = table
            self.replica = replica
        }
    }

    package init(
        number: Int,
        client: Int,
        name: String,
        invoked: SimulatedInstant,
        completed: SimulatedInstant,
        actions: [Action]
    ) {
        self.number = number
        self.client = client
        self.name = name
        self.invoked = invoked
        self.completed = completed
        self.actions = actions
    }
}

/// A Query or Scan from its first page to its last, with the page size that the client asked for.
package struct PagingSession: Sendable {
    package struct Page: Sendable {
        package let invoked: SimulatedInstant
        package let completed: SimulatedInstant
        package let entries: [Entry]

        package init(invoked: SimulatedInstant, completed: SimulatedInstant, entries: [Entry]) {
            self.invoked = invoked
            self.completed = completed
            self.entries = entries
        }
    }

    /// An item in an answer: where it stands in the order of what is read, and whose it is.
    package struct Entry: Sendable {
        package let place: [UInt8]
        package let key: ItemKey

        package init(place: [UInt8], key: ItemKey) {
            self.place = place
            self.key = key
        }
    }

    package let name: String
    package let table: Int
    package let isOfIndex: Bool
    package let isStrong: Bool
    package let isDescending: Bool
    /// The table's keys in its range; empty for an index.
    package let positions: Range<Int>
    package var pages: [Page] = []
    /// The last page had no LastEvaluatedKey.
    package var isComplete = false

    package init(
        name: String,
        table: Int,
        isOfIndex: Bool,
        isStrong: Bool,
        isDescending: Bool,
        positions: Range<Int>
    ) {
        self.name = name
        self.table = table
        self.isOfIndex = isOfIndex
        self.isStrong = isStrong
        self.isDescending = isDescending
        self.positions = positions
    }
}
