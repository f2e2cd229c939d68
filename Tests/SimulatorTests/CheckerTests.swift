import Engine
import Model
import Testing

@testable import Simulator

/// Every checker is shown something that is right and something that is wrong.
struct EventualReadTests {
    /// Versions 0, 1, none, 2.
    static func story() -> Story {
        var story = Story()
        for writer in 0..<3 { story.put(writer, from: 10 * writer, to: 10 * writer + 5) }
        story.commit(nil, 0)
        story.commit(0, 1)
        story.commit(1, nil)
        story.commit(nil, 2)
        return story
    }

    static func violations(of story: Story) -> [Violation] {
        EventualReads.check(story.history, story.order, name: Story.name)
    }

    @Test func oldVersionsAreAllowed() {
        var story = Self.story()
        for (number, version) in [nil, nil, 0, 1, nil, 2].enumerated() {
            story.read(version, from: 100 + 10 * number, to: 105 + 10 * number, isStrong: false, servedBy: 4)
        }
        #expect(Self.violations(of: story).isEmpty)
    }

    @Test func aVersionThatWasNeverCommittedIsFound() {
        var story = Self.story()
        let put = story.put(3, from: 50, to: 60, verdict: .unknown)
        story.read(put, from: 100, to: 105, isStrong: false)
        #expect(Self.violations(of: story).map(\.promise) == [.committedVersions])
    }

    @Test func aVersionFromTheFutureIsFound() {
        var story = Self.story()
        story.put(3, from: 200, to: 205)
        story.commit(2, 3)
        story.read(3, from: 100, to: 105, isStrong: false)
        #expect(Self.violations(of: story).count == 1)
    }

    @Test func oneReplicaNeverGoesBack() {
        var story = Self.story()
        story.read(1, from: 100, to: 105, isStrong: false, servedBy: 4)
        // Another replica may be behind, and two reads at once may meet in any order.
        story.read(0, from: 110, to: 115, isStrong: false, servedBy: 5)
        story.read(0, from: 104, to: 130, isStrong: false, servedBy: 4)
        #expect(Self.violations(of: story).isEmpty)
        story.read(0, from: 140, to: 145, isStrong: false, servedBy: 4)
        #expect(Self.violations(of: story).count == 1)
    }

    @Test func anAbsenceMustHaveBeenThereToo() {
        var story = Self.story()
        story.read(2, from: 100, to: 105, isStrong: false, servedBy: 4)
        story.read(nil, from: 110, to: 115, isStrong: false, servedBy: 4)
        #expect(Self.violations(of: story).count == 1)
    }
}

struct AcknowledgedWriteTests {
    static func violations(of story: Story, final: Int?) -> [Violation] {
        let sight = Sight(final.map { Stamp(writer: $0, count: 0) })
        return AcknowledgedWrites.check(story.history, story.order, final: [Story.key: sight], name: Story.name)
    }

    @Test func whatIsAcknowledgedMustBeInTheLog() {
        var story = Story()
        story.put(0, from: 0, to: 10)
        story.put(1, from: 20, to: 30)
        story.commit(nil, 0)
        #expect(Self.violations(of: story, final: 0).count == 1)
        story.commit(0, 1)
        #expect(Self.violations(of: story, final: 1).isEmpty)
        #expect(Self.violations(of: story, final: 0).count == 1)
        #expect(Self.violations(of: story, final: nil).count == 1)
    }

    @Test func whatIsRefusedMustNotBe() {
        var story = Story()
        story.put(0, from: 0, to: 10, verdict: .refused)
        story.commit(nil, 0)
        #expect(Self.violations(of: story, final: 0).count == 1)
    }

    @Test func nobodyKnowsIsBoth() {
        var story = Story()
        story.put(0, from: 0, to: 10, verdict: .unknown)
        #expect(Self.violations(of: story, final: nil).isEmpty)
        story.commit(nil, 0)
        #expect(Self.violations(of: story, final: 0).isEmpty)
    }

    @Test func aWriteIsCommittedOnce() {
        var story = Story()
        story.put(0, from: 0, to: 10)
        story.put(1, from: 20, to: 30)
        story.commit(nil, 0)
        story.commit(0, 1)
        story.commit(1, 0)
        #expect(!Self.violations(of: story, final: 0).isEmpty)
    }

    /// A split's children may show again what their parent's log had.
    @Test func recordsOfAParentAreKnown() {
        var story = Story()
        story.put(0, from: 0, to: 10)
        for _ in 0..<2 {
            story.commit(nil, 0)
            story.commit(0, nil)
        }
        #expect(Self.violations(of: story, final: nil).isEmpty)
    }

    @Test func aLogMustGoOnFromWhatWasThere() {
        var story = Story()
        story.put(0, from: 0, to: 10)
        story.put(1, from: 20, to: 30)
        story.commit(nil, 0)
        story.commit(nil, 1)
        #expect(Self.violations(of: story, final: 1).count == 1)
    }
}

struct TransactionAtomicityTests {
    /// #0 writes both items, #1 writes both again.
    static func story() -> Story {
        var story = Story()
        for number in 0..<2 {
            let actions = [Story.key, Story.otherKey].map {
                Action(key: $0, effect: .put(Stamp(writer: number, count: 50)), verdict: .done)
            }
            story.tell(from: 10 * number, to: 10 * number + 5, actions, isTransaction: true)
        }
        for key in [Story.key, Story.otherKey] {
            story.order.append(key, from: nil, to: Stamp(writer: 0, count: 50))
            story.order.append(key, from: Stamp(writer: 0, count: 50), to: Stamp(writer: 1, count: 50))
        }
        return story
    }

    static func violations(of story: Story) -> [Violation] {
        let bank = TransactionAtomicity.Bank(table: 0, accounts: 2, total: 100)
        return TransactionAtomicity.check(story.history, story.order, bank: bank, name: Story.name)
    }

    static func reads(_ first: Stamp, _ second: Stamp) -> [Action] {
        [
            Action(key: Story.key, before: .item(first), verdict: .done),
            Action(key: Story.otherKey, before: .item(second), verdict: .done),
        ]
    }

    @Test func wholeTransactionsAreSeen() {
        var story = Self.story()
        for number in 0..<2 {
            let stamp = Stamp(writer: number, count: 50)
            story.tell(from: 20, to: 30, Self.reads(stamp, stamp), isTransaction: true)
        }
        #expect(Self.violations(of: story).isEmpty)
    }

    @Test func aTransactionSeenHalfIsFound() {
        var story = Self.story()
        let reads = Self.reads(Stamp(writer: 1, count: 50), Stamp(writer: 0, count: 50))
        story.tell(from: 20, to: 30, reads, isTransaction: true)
        #expect(Self.violations(of: story).map(\.promise) == [.transactionsAtomic])
    }

    @Test func lostMoneyIsFound() {
        var story = Self.story()
        let reads = Self.reads(Stamp(writer: 1, count: 50), Stamp(writer: 1, count: 49))
        story.tell(from: 20, to: 30, reads, isTransaction: true)
        #expect(Self.violations(of: story).count == 1)
    }

    @Test func aTransactionCommittedHalfIsFound() {
        var story = Self.story()
        let actions = [Story.key, Story.otherKey].map {
            Action(key: $0, effect: .put(Stamp(writer: 2, count: 50)), verdict: .unknown)
        }
        story.tell(from: 40, to: 50, actions, outcome: .unknown, isTransaction: true)
        #expect(Self.violations(of: story).isEmpty)
        story.order.append(Story.key, from: Stamp(writer: 1, count: 50), to: Stamp(writer: 2, count: 50))
        #expect(Self.violations(of: story).count == 1)
    }
}

struct PageSequenceTests {
    /// Items 0, 1 and 2 are there from the beginning; pages give these positions, one page each.
    static func violations(
        pages: [[Int]],
        isDescending: Bool = false,
        also tell: (inout Story) -> Void = { _ in }
    ) -> [Violation] {
        var story = Story()
        for position in 0..<3 { story.put(position, from: 0, to: 5, key: ItemKey(table: 0, position: position)) }
        tell(&story)
        var session = PagingSession(
            name: "Scan 0",
            table: 0,
            isOfIndex: false,
            isStrong: true,
            isDescending: isDescending,
            positions: 0..<4
        )
        session.pages = pages.enumerated().map { number, positions in
            PagingSession.Page(
                invoked: Story.moment(100 + 10 * number),
                completed: Story.moment(105 + 10 * number),
                entries: positions.map {
                    PagingSession.Entry(place: [UInt8($0)], key: ItemKey(table: 0, position: $0))
                }
            )
        }
        session.isComplete = true
        story.history.sessions.append(session)
        return PageSequence.check(story.history, name: Story.name)
    }

    @Test func everyItemOnceInOrder() {
        #expect(Self.violations(pages: [[0, 1], [2]]).isEmpty)
        #expect(Self.violations(pages: [[2, 1], [0]], isDescending: true).isEmpty)
        // What nobody wrote before may come or not.
        #expect(Self.violations(pages: [[0, 1], [2, 3]]).isEmpty)
    }

    @Test func aRepeatedItemIsFound() {
        #expect(Self.violations(pages: [[0, 1], [1, 2]]).map(\.promise) == [.pagesComplete])
        #expect(!Self.violations(pages: [[0, 1], [0, 1, 2]]).isEmpty)
    }

    @Test func disorderIsFound() {
        #expect(Self.violations(pages: [[1, 0], [2]]).count == 1)
        #expect(!Self.violations(pages: [[0, 1], [2]], isDescending: true).isEmpty)
    }

    @Test func anItemLeftOutIsFound() {
        #expect(Self.violations(pages: [[0], [2]]).count == 1)
    }

    @Test func anItemThatMayHaveBeenDeletedMayBeLeftOut() {
        for verdict in [Action.Verdict.done, .unknown] {
            let violations = Self.violations(pages: [[0], [2]]) { story in
                let deletion = Action(key: ItemKey(table: 0, position: 1), effect: .delete, verdict: verdict)
                story.tell(from: 50, to: 60, [deletion])
            }
            #expect(violations.isEmpty)
        }
    }
}

struct StoredStateTests {
    static func range(_ lower: [UInt8], _ upper: [UInt8]?, _ number: Int) -> (label: PartitionLabel, range: KeyRange) {
        (label: PartitionLabel(number: number), range: KeyRange(lower: lower, upper: upper))
    }

    @Test func rangesMustTile() {
        #expect(RangesTile.check([Self.range([], [4], 0), Self.range([4], nil, 1)], of: "app").isEmpty)
        let wrong = [
            [],
            [Self.range([1], nil, 0)],
            [Self.range([], [9], 0)],
            [Self.range([], [4], 0), Self.range([5], nil, 1)],
            [Self.range([], [5], 0), Self.range([4], nil, 1)],
        ]
        for ranges in wrong { #expect(RangesTile.check(ranges, of: "app").count == 1) }
    }

    @Test func twoLeasesAreOneTooMany() {
        #expect(OneLeaseHolder.check([], of: "p0") == nil)
        #expect(OneLeaseHolder.check([4], of: "p0") == nil)
        #expect(OneLeaseHolder.check([4, 5], of: "p0")?.promise == .oneLeaseHolder)
    }

    static func replica(_ node: Int, log: UInt64 = 9, applied: UInt64 = 9, items: [Int] = [1, 2]) -> InspectedReplica {
        let entries = items.map { InspectedEntry(key: [UInt8($0)], item: ["pk": .string("k\($0)")]) }
        return InspectedReplica(
            node: node,
            holdsLease: node == 1,
            logIndex: log,
            appliedIndex: applied,
            items: entries,
            localIndexes: [entries]
        )
    }

    @Test func replicasMustBeEqual() {
        let (first, second) = (Self.replica(1), Self.replica(2))
        #expect(ReplicasEqual.check([first, second, Self.replica(3)], of: "p0").isEmpty)
        #expect(ReplicasEqual.check([first, second], of: "p0").count == 1)
        #expect(!ReplicasEqual.check([first, second, Self.replica(3, items: [1])], of: "p0").isEmpty)
        #expect(!ReplicasEqual.check([first, second, Self.replica(3, log: 8)], of: "p0").isEmpty)
        #expect(ReplicasEqual.check([first, second, Self.replica(3, applied: 8)], of: "p0").count == 1)
        var third = Self.replica(3)
        third.isUp = false
        #expect(ReplicasEqual.check([first, second, third], of: "p0").count == 1)
        third = Self.replica(3)
        third.localIndexes[0].removeLast()
        #expect(ReplicasEqual.check([first, second, third], of: "p0").count == 1)
        third = Self.replica(3)
        third.holdsLease = true
        #expect(ReplicasEqual.check([first, second, third], of: "p0").map(\.promise) == [.oneLeaseHolder])
    }

    static let items: [Item] = [
        ["pk": .string("k0"), "g": .string("g1"), "s": .number(Number(3)), "w": .number(Number(7))],
        ["pk": .string("k1"), "g": .string("g1"), "w": .number(Number(8))],
    ]

    static func indexFaults(_ entries: [Item]) -> Int {
        let index = TableShape.Index(name: "by-group", key: .groupAndSort, projection: Projection(.keysOnly))
        return IndexesFollow.check(
            entries,
            of: "app/by-group",
            against: items,
            entry: { index.entry(for: $0) },
            identity: { "\($0["pk"]!)" }
        ).count
    }

    @Test func anIndexIsTheProjectionOfItsTable() {
        let entry: Item = ["pk": .string("k0"), "g": .string("g1"), "s": .number(Number(3))]
        #expect(Self.indexFaults([entry]) == 0)
        #expect(Self.indexFaults([]) == 1)
        #expect(Self.indexFaults([entry, entry]) == 1)
        #expect(Self.indexFaults([entry, ["pk": .string("k1"), "g": .string("g1")]]) == 1)
        #expect(Self.indexFaults([["pk": .string("k0"), "g": .string("g2"), "s": .number(Number(3))]]) == 1)
    }

    @Test func entriesLieInTheirPartition() {
        let entries = Self.replica(1).items
        let fitting = KeyRange(lower: [1], upper: [3])
        #expect(RangesTile.check(entries, lieIn: fitting, of: "p0").isEmpty)
        #expect(RangesTile.check(entries, lieIn: KeyRange(lower: [2], upper: nil), of: "p0").count == 1)
        #expect(RangesTile.check(entries, lieIn: KeyRange(lower: [], upper: [2]), of: "p0").count == 1)
    }
}
