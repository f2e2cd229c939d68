/// What an item holds, as short as checkers need it: the operation that wrote it last, and how often it was counted up
/// since. An operation writes each item with its own number, so no stamp ever comes back.
package struct Stamp: Hashable, Sendable, CustomStringConvertible {
    package var writer: Int
    package var count: Int

    package init(writer: Int, count: Int) {
        self.writer = writer
        self.count = count
    }

    package var description: String { "#\(writer)·\(count)" }
}

/// What an answer said of an item.
package enum Sight: Hashable, Sendable, CustomStringConvertible {
    case unseen
    case absent
    case item(Stamp)

    init(_ stamp: Stamp?) { self = stamp.map { .item($0) } ?? .absent }

    /// Whether the item may have been in this state.
    func agrees(with state: Stamp?) -> Bool {
        switch self {
        case .unseen: true
        case .absent: state == nil
        case .item(let stamp): state == stamp
        }
    }

    package var description: String {
        switch self {
        case .unseen: "?"
        case .absent: "none"
        case .item(let stamp): "\(stamp)"
        }
    }
}

/// The attributes an operation gives every item it writes, beside key, writer and count.
struct Content: Sendable {
    var group: Int?
    var sort: Int?
    var localSort: Int?
    var fill = 0

    static let none = Content()
}

/// One of the few keys of a run. Positions are in the order of storage keys, so that a page covers an interval.
package struct ItemKey: Hashable, Comparable, Sendable {
    package let table: Int
    package let position: Int

    package init(table: Int, position: Int) {
        self.table = table
        self.position = position
    }

    package static func < (left: ItemKey, right: ItemKey) -> Bool {
        (left.table, left.position) < (right.table, right.position)
    }
}
