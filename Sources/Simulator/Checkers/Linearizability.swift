import Engine

/// Is there an order of an item's writes and strong reads that explains every answer, in which each takes effect between
/// its call and its answer?
///
/// ```
/// client 1   |── put #7 ──|
/// client 2       |──── put #8 ────|            7 8 9 explains the read, so does 8 7 9 not
/// client 3                    |─ read: #8 ─|
/// ```
///
/// The search of Wing and Gong (1993) with Lowe's memory (2017): items one by one; whatever was called before the first
/// answer that is still open may come next; a set of actions done and the state it led to is never tried twice.
///
/// An action of unknown outcome may come at any time after its call, or never. If somebody saw what it wrote, it did come,
/// before that answer. Otherwise it only matters by what it hides, and those that would hide the same stand for each other.
package struct Linearizability {
    package enum Verdict: Equatable, Sendable {
        case explained
        /// `stuck`: the operation that had to come next, in the attempt that came furthest.
        case impossible(stuck: Int)
        /// The search was given up.
        case undecided
    }

    /// Steps after which the search for an item is given up.
    package static let stepsMax = 1_000_000

    /// Known actions, sorted by their calls, and unknown ones that may be left out.
    private let required: [TimedAction]
    private let optional: [TimedAction]
    /// Writers that some answer or condition names. Others are all the same.
    private let seenWriters: Set<Int>

    package init(_ actions: [TimedAction]) {
        let relevant = actions.filter { !$0.mayBeOld }
        var seenUntil: [Int: SimulatedInstant] = [:]
        for timed in relevant {
            for (writer, isProof) in timed.action.mentionedWriters {
                seenUntil[writer] = min(seenUntil[writer] ?? .never, isProof ? timed.completed : .never)
            }
        }
        seenWriters = Set(seenUntil.keys)
        var required: [TimedAction] = []
        var optional: [TimedAction] = []
        for timed in relevant {
            guard timed.action.verdict == .unknown else {
                required.append(timed)
                continue
            }
            if timed.action.effect == .none { continue }
            guard let writer = timed.action.effect.writer, let deadline = seenUntil[writer], deadline < .never else {
                optional.append(timed)
                continue
            }
            var certain = timed
            certain.action.verdict = .done
            certain.completed = max(deadline, timed.invoked)
            required.append(certain)
        }
        self.required = required.sorted { $0.invoked < $1.invoked }
        self.optional = optional.sorted { $0.invoked < $1.invoked }
    }

    package func check() -> Verdict {
        var search = Search(required: required, optional: optional, seenWriters: seenWriters)
        return search.run()
    }
}

extension Action {
    /// Writers that the answer or the condition names, and whether that proves that they had written by then.
    fileprivate var mentionedWriters: [(writer: Int, isProof: Bool)] {
        var writers: [(writer: Int, isProof: Bool)] = []
        for case .item(let stamp) in [before, after] { writers.append((stamp.writer, true)) }
        if case .writer(let writer) = condition { writers.append((writer, verdict == .done)) }
        return writers
    }
}

/// One search. Calls and answers stand in a list in the order of time; what is done is taken out, and put back on the
/// way back.
private struct Search {
    /// Where the search has been: what of the required is done, and the state it led to.
    private struct Configuration: Hashable {
        var done: BitSet
        var state: Stamp?
    }

    private enum Choice {
        case required(Int)
        case optional(Int)
    }

    private struct Frame {
        let choice: Choice
        let previous: Stamp?
    }

    private let required: [TimedAction]
    private let optional: [TimedAction]
    private let seenWriters: Set<Int>
    /// By event: 2 · action is its call, 2 · action + 1 its answer; the last is the head of the list.
    private var next: [Int]
    private var previous: [Int]
    private let head: Int
    /// By unknown action: the one before it that would do the same, if any.
    private let twins: [Int?]
    private var current: Configuration
    /// Unknown actions that are done.
    private var spent: BitSet
    /// With which unknown actions spent a configuration was tried. Having spent more can never help.
    private var tried: [Configuration: [BitSet]] = [:]
    private var stack: [Frame] = []
    private var left: Int
    private var steps = 0
    /// How little was left in the best attempt, and where it was stuck.
    private var leastLeft: Int
    private var stuck = 0

    init(required: [TimedAction], optional: [TimedAction], seenWriters: Set<Int>) {
        self.required = required
        self.optional = optional
        self.seenWriters = seenWriters
        head = 2 * required.count
        left = required.count
        leastLeft = required.count + 1
        current = Configuration(done: BitSet(count: required.count), state: nil)
        spent = BitSet(count: optional.count)
        twins = Search.twins(of: optional, seenWriters)
        func instant(_ event: Int) -> SimulatedInstant {
            event % 2 == 0 ? required[event / 2].invoked : required[event / 2].completed
        }
        // At one moment calls come before answers: what touches is taken as overlapping.
        let order = (0..<head).sorted { first, second in
            let (one, other) = (instant(first), instant(second))
            return one != other ? one < other : (first % 2, first) < (second % 2, second)
        }
        next = Array(repeating: head, count: head + 1)
        previous = next
        var last = head
        for event in order {
            next[last] = event
            previous[event] = last
            last = event
        }
        next[last] = head
        previous[head] = last
    }

    mutating func run() -> Linearizability.Verdict {
        var candidate = next[head]
        var optionalCandidate: Int?
        while left > 0 {
            steps += 1
            if steps > Linearizability.stepsMax { return .undecided }
            if let position = optionalCandidate {
                if let found = nextOptional(from: position) {
                    if advance(.optional(found)) {
                        (candidate, optionalCandidate) = (next[head], nil)
                    } else {
                        optionalCandidate = found + 1
                    }
                } else {
                    guard let frame = stack.popLast() else { return .impossible(stuck: stuck) }
                    undo(frame)
                    switch frame.choice {
                    case .required(let action): (candidate, optionalCandidate) = (next[2 * action], nil)
                    case .optional(let action): optionalCandidate = action + 1
                    }
                }
            } else if candidate % 2 == 1 {
                // An answer: whatever comes next was called before it. Only unknown actions are left to be tried.
                if left < leastLeft {
                    leastLeft = left
                    stuck = required[candidate / 2].operation
                }
                optionalCandidate = 0
            } else if advance(.required(candidate / 2)) {
                candidate = next[head]
            } else {
                candidate = next[candidate]
            }
        }
        return .explained
    }

    /// The first unknown action from `position` on that may come now and stands for no earlier one.
    private func nextOptional(from position: Int) -> Int? {
        var event = next[head]
        while event % 2 == 0 { event = next[event] }
        let horizon = required[event / 2].completed
        for index in position..<max(position, optional.count) {
            if optional[index].invoked > horizon { return nil }
            if spent[index] { continue }
            // Of those that do the same, the earliest called is taken first.
            if let twin = twins[index], !spent[twin] { continue }
            return index
        }
        return nil
    }

    private static func twins(of optional: [TimedAction], _ seenWriters: Set<Int>) -> [Int?] {
        struct Deed: Hashable {
            let condition: Condition
            let effect: Effect
        }
        var latest: [Deed: Int] = [:]
        return optional.enumerated().map { index, timed in
            var effect = timed.action.effect
            switch effect {
            case .put(let stamp): effect = .put(canonical(stamp, seenWriters))
            case .add(let step, let writer?): effect = .add(step, writer: canonical(writer, seenWriters))
            default: break
            }
            return latest.updateValue(index, forKey: Deed(condition: timed.action.condition, effect: effect))
        }
    }

    /// Does the action next, unless it cannot be or leads where the search has been.
    private mutating func advance(_ choice: Choice) -> Bool {
        let before = current.state
        let action =
            switch choice {
            case .required(let index): required[index].action
            case .optional(let index): optional[index].action
            }
        guard let step = action.step(from: before) else { return false }
        let after = step.map { Search.canonical($0, seenWriters) }
        if case .optional = choice, after == before { return false }
        current.state = after
        flip(choice)
        let known = tried[current] ?? []
        if known.contains(where: { $0.isSubset(of: spent) }) {
            flip(choice)
            current.state = before
            return false
        }
        tried[current] = known.filter { !spent.isSubset(of: $0) } + [spent]
        if case .required(let index) = choice {
            remove(2 * index)
            remove(2 * index + 1)
            left -= 1
        }
        stack.append(Frame(choice: choice, previous: before))
        return true
    }

    private mutating func undo(_ frame: Frame) {
        current.state = frame.previous
        flip(frame.choice)
        guard case .required(let index) = frame.choice else { return }
        restore(2 * index + 1)
        restore(2 * index)
        left += 1
    }

    private mutating func flip(_ choice: Choice) {
        switch choice {
        case .required(let index): current.done[index].toggle()
        case .optional(let index): spent[index].toggle()
        }
    }

    private mutating func remove(_ event: Int) {
        next[previous[event]] = next[event]
        previous[next[event]] = previous[event]
    }

    private mutating func restore(_ event: Int) {
        next[previous[event]] = event
        previous[next[event]] = event
    }

    /// Versions that nobody names differ in their counts alone.
    private static func canonical(_ stamp: Stamp, _ seenWriters: Set<Int>) -> Stamp {
        Stamp(writer: canonical(stamp.writer, seenWriters), count: stamp.count)
    }

    private static func canonical(_ writer: Int, _ seenWriters: Set<Int>) -> Int {
        seenWriters.contains(writer) ? writer : -1
    }
}

/// A set of small numbers below a bound.
private struct BitSet: Hashable {
    private var words: [UInt64]

    init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

    subscript(number: Int) -> Bool {
        get { words[number / 64] & 1 << (number % 64) != 0 }
        set {
            if newValue {
                words[number / 64] |= 1 << (number % 64)
            } else {
                words[number / 64] &= ~(1 << (number % 64))
            }
        }
    }

    func isSubset(of other: BitSet) -> Bool { zip(words, other.words).allSatisfy { $0 & ~$1 == 0 } }
}
