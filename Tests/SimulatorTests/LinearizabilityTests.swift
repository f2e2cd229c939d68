import Engine
import Testing

@testable import Simulator

struct LinearizabilityTests {
    static func seen(_ writer: Int) -> Sight { .item(Stamp(writer: writer, count: 0)) }

    @Test func aReadSeesTheLastOfTwoWrites() {
        var story = Story()
        story.put(0, from: 0, to: 10)
        story.put(1, from: 20, to: 30)
        story.read(1, from: 40, to: 50)
        #expect(story.linearizability == .explained)
    }

    @Test func aReadOfAnOverwrittenVersionIsFound() {
        var story = Story()
        story.put(0, from: 0, to: 10)
        story.put(1, from: 20, to: 30)
        let read = story.read(0, from: 40, to: 50)
        #expect(story.linearizability == .impossible(stuck: read))
    }

    @Test func whileAWriteIsOnItsWayBothVersionsMaySeem() {
        var story = Story()
        story.put(0, from: 0, to: 10)
        story.put(1, from: 20, to: 90)
        story.read(0, from: 30, to: 40)
        story.read(1, from: 50, to: 60)
        #expect(story.linearizability == .explained)
        // But not the old one after the new one was seen.
        story.read(0, from: 70, to: 80)
        #expect(story.linearizability != .explained)
    }

    @Test func anUnknownWriteMayComeLateOrNever() {
        var late = Story()
        late.put(0, from: 0, to: 10)
        late.put(1, from: 20, to: 30, verdict: .unknown)
        late.read(0, from: 40, to: 50)
        #expect(late.linearizability == .explained)
        late.read(1, from: 60, to: 70)
        #expect(late.linearizability == .explained)
        late.read(0, from: 80, to: 90)
        #expect(late.linearizability != .explained)
    }

    @Test func anUnknownDeletionExplainsAnAbsenceOnlyOnce() {
        var story = Story()
        story.put(0, from: 0, to: 10)
        story.tell(from: 20, to: 30, [Action(key: Story.key, effect: .delete, verdict: .unknown)], outcome: .unknown)
        story.read(0, from: 40, to: 50)
        story.read(nil, from: 60, to: 70)
        #expect(story.linearizability == .explained)
        story.put(5, from: 80, to: 90)
        story.read(nil, from: 100, to: 110)
        #expect(story.linearizability != .explained)
    }

    @Test func whatARefusalSaysCounts() {
        var story = Story()
        story.put(0, from: 0, to: 10)
        let effect = Effect.put(Stamp(writer: 1, count: 0))
        story.tell(
            from: 20,
            to: 30,
            [Action(key: Story.key, condition: .absent, effect: effect, verdict: .refused)],
            outcome: .refused
        )
        #expect(story.linearizability == .explained)
        story.tell(
            from: 40,
            to: 50,
            [Action(key: Story.key, condition: .writer(0), effect: effect, verdict: .refused)],
            outcome: .refused
        )
        #expect(story.linearizability != .explained)
    }

    @Test func twoConditionalPutsOfAnAbsentItemCannotBothSucceed() {
        var story = Story()
        for writer in 0..<2 {
            let effect = Effect.put(Stamp(writer: writer, count: 0))
            story.tell(
                from: 0,
                to: 100,
                [Action(key: Story.key, condition: .absent, effect: effect, verdict: .done)]
            )
        }
        #expect(story.linearizability != .explained)
    }

    @Test func anIncrementCountsOnce() {
        func story(seen count: Int) -> Story {
            var story = Story()
            story.put(0, from: 0, to: 10)
            for start in [20, 21] {
                let add = Action(key: Story.key, condition: .present, effect: .add(1, writer: nil), verdict: .done)
                story.tell(from: start, to: start + 20, [add])
            }
            let sight = Sight.item(Stamp(writer: 0, count: count))
            story.tell(from: 50, to: 60, [Action(key: Story.key, before: sight, verdict: .done)])
            return story
        }
        #expect(story(seen: 2).linearizability == .explained)
        #expect(story(seen: 1).linearizability != .explained)
        #expect(story(seen: 3).linearizability != .explained)
    }

    @Test func eventualReadsAreNotItsBusiness() {
        var story = Story()
        story.put(0, from: 0, to: 10)
        story.put(1, from: 20, to: 30)
        story.read(0, from: 40, to: 50, isStrong: false)
        #expect(story.linearizability == .explained)
    }

    /// Many writes that nobody knows the end of do not make the search long.
    @Test func manyUnknownWritesAreQuicklyJudged() {
        var story = Story()
        for writer in 0..<200 {
            let isUnknown = writer % 2 == 0
            story.put(writer, from: 10 * writer, to: 10 * writer + 5, verdict: isUnknown ? .unknown : .done)
            if !isUnknown { story.read(writer, from: 10 * writer + 6, to: 10 * writer + 8) }
        }
        #expect(story.linearizability == .explained)
        story.read(1, from: 9_000, to: 9_001)
        #expect(story.linearizability != .explained)
    }

    // MARK: Against trying every order

    @Test(arguments: Seeds.thisRun)
    func agreesWithTryingEveryOrder(seed: UInt64) {
        var chance = Chance(seed: seed, stream: 9)
        var verdicts: [Bool: Int] = [:]
        for round in 0..<250 {
            let story = Self.randomStory(&chance)
            let actions = story.history.actionsByKey().first?.actions ?? []
            let expected = EveryOrder.explains(actions)
            let found = Linearizability(actions).check() == .explained
            #expect(found == expected, "round \(round): \(actions.map { "\($0.invoked) \($0.action)" })")
            verdicts[expected, default: 0] += 1
        }
        #expect(verdicts[true, default: 0] > 10 && verdicts[false, default: 0] > 10)
    }

    /// A few actions with overlapping times and answers that may well be wrong.
    private static func randomStory(_ chance: inout Chance) -> Story {
        var story = Story()
        let count = chance.within(2...6)
        for number in 0..<count {
            let start = chance.below(40)
            let stamp = Stamp(writer: number, count: 0)
            let sights: [Sight] =
                [.unseen, .unseen, .absent] + (0..<number).map { .item(Stamp(writer: $0, count: 0)) }
                + (0..<number).map { .item(Stamp(writer: $0, count: 1)) }
            var action = Action(key: Story.key)
            action.effect = chance.pick([
                .none, .none, .put(stamp), .put(stamp), .delete, .add(1, writer: nil), .add(1, writer: number),
            ])
            action.condition = chance.pick([.none, .none, .absent, .present, .writer(chance.below(count))])
            if case .add(_, nil) = action.effect { action.condition = .present }
            action.verdict = action.effect == .none ? .done : chance.pick([.done, .done, .refused, .unknown])
            if action.verdict != .unknown { action.before = chance.pick(sights) }
            if action.effect == .none { action.condition = .none }
            if action.verdict == .refused, action.condition == .none { action.verdict = .done }
            let isUnknown = action.verdict == .unknown
            story.tell(
                from: start,
                to: start + chance.within(1...25),
                [action],
                outcome: isUnknown ? .unknown : .done
            )
        }
        story.history.operations.sort { $0.invoked < $1.invoked }
        return story
    }
}

/// The slow way: every order of every choice of unknown actions.
private enum EveryOrder {
    static func explains(_ actions: [TimedAction]) -> Bool { explains(actions, state: nil) }

    private static func explains(_ left: [TimedAction], state: Stamp?) -> Bool {
        if left.allSatisfy({ $0.action.verdict == .unknown }) { return true }
        for (position, next) in left.enumerated() {
            let isFirst = left.allSatisfy { $0.completed >= next.invoked }
            guard isFirst, let after = next.action.step(from: state) else { continue }
            var rest = left
            rest.remove(at: position)
            if explains(rest, state: after) { return true }
        }
        return false
    }
}
