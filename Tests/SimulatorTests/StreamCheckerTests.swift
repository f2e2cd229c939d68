import Engine
import Model
import Testing

@testable import Simulator

/// What a stream told is held against what was committed.
struct StreamCheckerTests {
    private typealias Version = Int?

    /// Versions none, 0, 1, none, 2 of one item.
    private static func order() -> CommitOrder {
        var story = Story()
        story.commit(nil, 0)
        story.commit(0, 1)
        story.commit(1, nil)
        story.commit(nil, 2)
        return story.order
    }

    private static func violations(_ told: [(Version, Version)], ofOther other: [(Version, Version)] = [])
        -> [Violation]
    {
        func records(_ changes: [(Version, Version)], of key: ItemKey) -> [StreamsTell.Record] {
            func stamp(_ version: Version) -> Stamp? { version.map { Stamp(writer: $0, count: 0) } }
            return changes.map { .init(key, from: stamp($0.0), to: stamp($0.1)) }
        }
        return StreamsTell.check(
            records(told, of: Story.key) + records(other, of: Story.otherKey),
            order(),
            name: Story.name
        )
    }

    @Test func allOfItOnceAndInOrderIsRight() {
        #expect(Self.violations([(nil, 0), (0, 1), (1, nil), (nil, 2)]).isEmpty)
    }

    @Test func aLostRecordIsFound() {
        #expect(Self.violations([(nil, 0), (1, nil), (nil, 2)]).map(\.promise) == [.streamsTell])
        #expect(Self.violations([(nil, 0), (0, 1), (1, nil)]).count == 1, "the newest one, too")
        #expect(Self.violations([]).count == 1)
    }

    @Test func aDoubledRecordIsFound() {
        #expect(Self.violations([(nil, 0), (0, 1), (0, 1), (1, nil), (nil, 2)]).count == 1)
        #expect(Self.violations([(nil, 0), (0, 1), (1, nil), (nil, 2), (nil, 2)]).count == 1)
    }

    @Test func anotherOrderIsFound() {
        #expect(Self.violations([(0, 1), (nil, 0), (1, nil), (nil, 2)]).count == 1)
    }

    @Test func whatWasNeverCommittedIsFound() {
        #expect(Self.violations([(nil, 0), (0, 1), (1, nil), (nil, 2)], ofOther: [(nil, 7)]).count == 1)
    }
}
