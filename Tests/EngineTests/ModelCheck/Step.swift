import Model

@testable import Engine

/// An item in few letters: what is nil is absent.
struct ItemSketch: CustomStringConvertible {
    var key: TableModel.Key
    var a: String?
    var g: String?
    var h: Int?
    var n: Int?
    var s: [String]?
    /// Length of a filler.
    var v: Int?

    var attributes: AttributeMap {
        var map = key.attributes
        if let a { map["a"] = .string(a) }
        if let g { map["g"] = .string(g) }
        if let h { map["h"] = .number(Number(h)) }
        if let n { map["n"] = .number(Number(n)) }
        if let s { map["s"] = .stringSet(s) }
        if let v { map["v"] = Self.filler(v) }
        return map
    }

    static func filler(_ length: Int) -> AttributeValue { .string(String(repeating: "v", count: length)) }

    var description: String {
        let parts: [(String, Any?)] = [("a", a), ("g", g), ("h", h), ("n", n), ("s", s), ("v", v)]
        return "\(key)" + parts.map { name, value in value.map { " \(name)=\($0)" } ?? "" }.joined()
    }
}

/// A condition or filter, as text and as what it means.
enum Criterion {
    case exists, absent
    case nAtLeast(Int)
    case aEquals(String)
    case aBeginsWith(String)
    case notA(String)

    var text: String {
        switch self {
        case .exists: "attribute_exists(pk)"
        case .absent: "attribute_not_exists(pk)"
        case .nAtLeast: "n >= :test"
        case .aEquals: "a = :test"
        case .aBeginsWith: "begins_with(a, :test)"
        case .notA: "a <> :test"
        }
    }

    var values: [String: AttributeValue] {
        switch self {
        case .exists, .absent: [:]
        case .nAtLeast(let bound): [":test": .number(Number(bound))]
        case .aEquals(let text), .aBeginsWith(let text), .notA(let text): [":test": .string(text)]
        }
    }

    func isTrue(_ item: AttributeMap?) -> Bool {
        switch self {
        case .exists: return item != nil
        case .absent: return item == nil
        case .nAtLeast(let bound):
            guard case .number(let n)? = item?["n"] else { return false }
            return n >= Number(bound)
        case .aEquals(let text): return item?["a"] == .string(text)
        case .aBeginsWith(let text):
            guard case .string(let a)? = item?["a"] else { return false }
            return a.utf8.starts(with: text.utf8)
        case .notA(let text): return item?["a"] != .string(text)
        }
    }
}

/// One action of an update. Each is on another attribute, so that any of them go together.
enum Change {
    case setN(Int), addN(Int), plusN(Int)
    case setA(String), removeA
    case setG(String), removeG
    case setH(Int), removeH
    case setV(Int)
    case addS([String]), deleteS([String])

    var attribute: String {
        switch self {
        case .setN, .addN, .plusN: "n"
        case .setA, .removeA: "a"
        case .setG, .removeG: "g"
        case .setH, .removeH: "h"
        case .setV: "v"
        case .addS, .deleteS: "s"
        }
    }

    var section: (keyword: String, text: String) {
        let name = attribute
        switch self {
        case .setN, .setA, .setG, .setH, .setV: return ("SET", "\(name) = :\(name)")
        case .plusN: return ("SET", "n = n + :n")
        case .addN, .addS: return ("ADD", "\(name) :\(name)")
        case .removeA, .removeG, .removeH: return ("REMOVE", name)
        case .deleteS: return ("DELETE", "s :s")
        }
    }

    var value: AttributeValue? {
        switch self {
        case .setN(let number), .addN(let number), .plusN(let number), .setH(let number): .number(Number(number))
        case .setA(let text), .setG(let text): .string(text)
        case .setV(let length): ItemSketch.filler(length)
        case .addS(let members), .deleteS(let members): .stringSet(members)
        case .removeA, .removeG, .removeH: nil
        }
    }

    /// False when the item lacks what the action needs.
    func apply(to item: inout AttributeMap) -> Bool {
        switch self {
        case .setN, .setA, .setG, .setH, .setV: item[attribute] = value
        case .removeA, .removeG, .removeH: item[attribute] = nil
        case .addN(let number): item["n"] = .number(Number(Self.integer(item["n"] ?? 0) + number))
        case .plusN(let number):
            guard let n = item["n"] else { return false }
            item["n"] = .number(Number(Self.integer(n) + number))
        case .addS(let members): item["s"] = .stringSet(Set(Self.members(item["s"]) + members).sorted())
        case .deleteS(let members):
            let rest = Self.members(item["s"]).filter { !members.contains($0) }
            item["s"] = rest.isEmpty ? nil : .stringSet(rest)
        }
        return true
    }

    private static func integer(_ value: AttributeValue) -> Int {
        guard case .number(let number) = value, let integer = number.integer else { preconditionFailure("n is whole") }
        return integer
    }

    private static func members(_ value: AttributeValue?) -> [String] {
        guard case .stringSet(let members)? = value else { return [] }
        return members
    }

    static func expression(_ changes: [Change]) -> String? {
        var sections: [(keyword: String, texts: [String])] = []
        for change in changes {
            let (keyword, text) = change.section
            if let index = sections.firstIndex(where: { $0.keyword == keyword }) {
                sections[index].texts.append(text)
            } else {
                sections.append((keyword, [text]))
            }
        }
        if sections.isEmpty { return nil }
        return sections.map { "\($0.keyword) \($0.texts.joined(separator: ", "))" }.joined(separator: " ")
    }

    static func values(_ changes: [Change]) -> [String: AttributeValue] {
        changes.reduce(into: [:]) { values, change in
            if let value = change.value { values[":" + change.attribute] = value }
        }
    }
}

enum Effect {
    case put(ItemSketch)
    case update(TableModel.Key, [Change])
    case delete(TableModel.Key)
    /// In transactions only.
    case check(TableModel.Key)

    var key: TableModel.Key {
        switch self {
        case .put(let item): item.key
        case .update(let key, _), .delete(let key), .check(let key): key
        }
    }

    enum Outcome {
        case item(AttributeMap?)
        case missingOperand
    }

    func apply(to old: AttributeMap?) -> Outcome {
        switch self {
        case .put(let item): return .item(item.attributes)
        case .delete: return .item(nil)
        case .check: return .item(old)
        case .update(let key, let changes):
            var new = old ?? key.attributes
            for change in changes where !change.apply(to: &new) { return .missingOperand }
            return .item(new)
        }
    }
}

struct RangeTest {
    enum Kind: CaseIterable { case equal, less, lessOrEqual, greater, greaterOrEqual, between, beginsWith }

    let kind: Kind
    let low: AttributeValue
    let high: AttributeValue

    func text(_ name: String) -> String {
        switch kind {
        case .equal: "\(name) = :low"
        case .less: "\(name) < :low"
        case .lessOrEqual: "\(name) <= :low"
        case .greater: "\(name) > :low"
        case .greaterOrEqual: "\(name) >= :low"
        case .between: "\(name) BETWEEN :low AND :high"
        case .beginsWith: "begins_with(\(name), :low)"
        }
    }

    var values: [String: AttributeValue] {
        kind == .between ? [":low": low, ":high": high] : [":low": low]
    }

    func isTrue(_ value: AttributeValue) -> Bool {
        func precedes(_ left: AttributeValue, _ right: AttributeValue) -> Bool { left.ordered(before: right)! }
        switch kind {
        case .equal: return value == low
        case .less: return precedes(value, low)
        case .lessOrEqual: return !precedes(low, value)
        case .greater: return precedes(low, value)
        case .greaterOrEqual: return !precedes(value, low)
        case .between: return !precedes(value, low) && !precedes(high, value)
        case .beginsWith: return value.orderedBytes.starts(with: low.orderedBytes)
        }
    }
}

enum Step {
    case write(Effect, if: Criterion?, returning: ReturnValues)
    case get(TableModel.Key, consistent: Bool)
    case batchWrite([Effect])
    case batchGet([TableModel.Key], consistent: Bool)
    case transact([(effect: Effect, test: Criterion?)])
    case transactGet([TableModel.Key])
    case query(Reading, hash: AttributeValue, range: RangeTest?, forward: Bool)
    case scan(Reading, segments: Int)
    case wait(microseconds: Int64)

    /// What Query and Scan share.
    struct Reading {
        var target: TableModel.Target
        var filter: Criterion?
        var limit: Int?
        var consistent: Bool
        var select: Select?
    }
}

/// Draws steps that need not know what happened before them, so that any of them may be left out.
struct StepDrawing {
    var random: Randomness

    init(seed: UInt64) { random = Randomness(seed: seed) }

    private static let texts = ["a", "ab", "abc", "b", "ba", "\u{0}", "\u{0}a", "é", "z"]
    private static let groups = ["red", "green", "blue"]
    private static let lengths = [0, 1, 100, 900, 980, 1_000, 1_010, 2_000, 3_000, 4_000, 4_050, 5_000, 9_000]

    mutating func steps(_ count: Int) -> [Step] { (0..<count).map { _ in step() } }

    private mutating func step() -> Step {
        switch random.next(below: 100) {
        case 0..<38:
            let effect = effect()
            return .write(effect, if: random.oneIn(3) ? criterion() : nil, returning: returnValues(of: effect))
        case 38..<44: return .get(key(), consistent: random.oneIn(2))
        case 44..<50: return .batchWrite(distinct(8) { $0.random.oneIn(3) ? .delete($0.key()) : .put($0.sketch()) })
        case 50..<53: return .batchGet(keys(8), consistent: random.oneIn(2))
        case 53..<62: return .transact(actions())
        case 62..<65: return .transactGet(keys(5))
        case 65..<83: return query()
        case 83..<92:
            return .scan(reading(), segments: random.pick([1, 1, 2, 3, 5, 16]))
        case 92..<97: return .wait(microseconds: Int64(random.next(below: 50_000)))
        default: return .wait(microseconds: 20_000_000)
        }
    }

    private mutating func key() -> TableModel.Key {
        TableModel.Key(
            pk: random.pick(TableModel.Key.partitionKeys),
            sk: random.next(below: TableModel.Key.sortKeys.count)
        )
    }

    private mutating func keys(_ most: Int) -> [TableModel.Key] {
        var keys: [TableModel.Key] = []
        for _ in 0...random.next(below: most) {
            let key = key()
            if !keys.contains(key) { keys.append(key) }
        }
        return keys
    }

    private mutating func sketch() -> ItemSketch {
        ItemSketch(
            key: key(),
            a: random.oneIn(4) ? nil : random.pick(Self.texts),
            g: random.oneIn(4) ? nil : random.pick(Self.groups),
            h: random.oneIn(4) ? nil : random.next(below: 4) - 1,
            n: random.oneIn(3) ? nil : random.next(below: 40) - 20,
            s: random.oneIn(2) ? nil : random.pick([["x"], ["x", "y"], ["y", "z"]]),
            v: random.oneIn(3) ? nil : random.pick(Self.lengths)
        )
    }

    private mutating func effect() -> Effect {
        switch random.next(below: 10) {
        case 0..<4: .put(sketch())
        case 4..<8: .update(key(), changes())
        default: .delete(key())
        }
    }

    private mutating func changes() -> [Change] {
        var changes: [Change] = []
        for _ in 0..<random.next(below: 4) {
            let change: Change =
                switch random.next(below: 12) {
                case 0: .setN(random.next(below: 40) - 20)
                case 1: .addN(random.next(below: 9) - 4)
                case 2: .plusN(random.next(below: 9) - 4)
                case 3, 4: .setA(random.pick(Self.texts))
                case 5: .removeA
                case 6: .setG(random.pick(Self.groups))
                case 7: .removeG
                case 8: .setH(random.next(below: 4) - 1)
                case 9: .setV(random.pick(Self.lengths))
                case 10: .addS(random.pick([["x"], ["w", "z"]]))
                default: random.oneIn(2) ? .deleteS(["x", "y"]) : .removeH
                }
            if !changes.contains(where: { $0.attribute == change.attribute }) { changes.append(change) }
        }
        return changes
    }

    private mutating func criterion() -> Criterion {
        switch random.next(below: 6) {
        case 0: .exists
        case 1: .absent
        case 2: .nAtLeast(random.next(below: 20) - 10)
        case 3: .aEquals(random.pick(Self.texts))
        case 4: .aBeginsWith(random.pick(["a", "b", "\u{0}"]))
        default: .notA(random.pick(Self.texts))
        }
    }

    private mutating func returnValues(of effect: Effect) -> ReturnValues {
        if case .update = effect { return random.pick(ReturnValues.allCases) }
        return random.oneIn(2) ? .allOld : .none
    }

    private mutating func distinct(_ most: Int, _ draw: (inout StepDrawing) -> Effect) -> [Effect] {
        var effects: [Effect] = []
        for _ in 0...random.next(below: most) {
            let effect = draw(&self)
            if !effects.contains(where: { $0.key == effect.key }) { effects.append(effect) }
        }
        return effects
    }

    private mutating func actions() -> [(effect: Effect, test: Criterion?)] {
        distinct(5) { $0.random.oneIn(5) ? .check($0.key()) : $0.effect() }.map { effect in
            if case .check = effect { return (effect, criterion()) }
            return (effect, random.oneIn(4) ? criterion() : nil)
        }
    }

    private mutating func reading() -> Step.Reading {
        let target = random.pick(TableModel.Target.allCases)
        var reading = Step.Reading(
            target: target,
            limit: random.oneIn(2) ? nil : 1 + random.next(below: 7),
            consistent: !target.isGlobal && random.oneIn(2)
        )
        switch target {
        // The indexes keep only some attributes, and filters on keys are refused.
        case .table: reading.filter = random.oneIn(3) ? random.oneIn(2) ? .notA("a") : .nAtLeast(0) : nil
        case .byA, .byH: reading.filter = random.oneIn(3) ? .nAtLeast(0) : nil
        case .byG: break
        }
        switch random.next(below: 5) {
        case 0: reading.select = .count
        case 1 where target == .byA || target == .table: reading.select = .allAttributes
        default: break
        }
        return reading
    }

    private mutating func query() -> Step {
        let reading = reading()
        let hash: AttributeValue =
            switch reading.target {
            case .table, .byA: .string(random.pick(TableModel.Key.partitionKeys))
            case .byG: .string(random.pick(Self.groups))
            case .byH: .number(Number(random.next(below: 4) - 1))
            }
        var range: RangeTest?
        if reading.target.range != nil, !random.oneIn(3) {
            let isNumber = reading.target == .table
            func bound(_ random: inout Randomness) -> AttributeValue {
                isNumber
                    ? .decimal(random.pick(TableModel.Key.sortKeys + ["0.25", "1000"]))
                    : .string(random.pick(Self.texts))
            }
            let (first, second) = (bound(&random), bound(&random))
            let isAscending = first.ordered(before: second)!
            range = RangeTest(
                kind: random.pick(RangeTest.Kind.allCases.filter { $0 != .beginsWith || !isNumber }),
                low: isAscending ? first : second,
                high: isAscending ? second : first
            )
        }
        return .query(reading, hash: hash, range: range, forward: random.oneIn(2))
    }
}
