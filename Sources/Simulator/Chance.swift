/// The simulator's own chance: a seeded SplitMix64 for each purpose, so that a draw more in one place moves no other.
struct Chance: RandomNumberGenerator {
    private var state: UInt64

    /// `stream` tells purposes apart.
    init(seed: UInt64, stream: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 &+ stream &* 0xD1B5_4A32_D192_ED03
        _ = next()
        state ^= next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Chance.mix(state)
    }

    /// A draw in 0 ..< bound.
    mutating func below(_ bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }

    mutating func within(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

    /// True in so many of a hundred draws, on average.
    mutating func percent(_ share: Int) -> Bool { below(100) < share }

    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }

    /// Small and large values equally often: a power of two times the lower bound, and a bit.
    mutating func magnitude(_ range: ClosedRange<Int>) -> Int {
        var doublings = 0
        while range.lowerBound << (doublings + 1) <= range.upperBound { doublings += 1 }
        let base = range.lowerBound << below(doublings + 1)
        return min(range.upperBound, base + below(base))
    }

    /// One of the choices, each as often as its weight says. At least one weight is above zero.
    mutating func weighted<Choice>(_ choices: [(choice: Choice, weight: Int)]) -> Choice {
        var rest = below(choices.reduce(0) { $0 + $1.weight })
        for (choice, weight) in choices {
            if rest < weight { return choice }
            rest -= weight
        }
        preconditionFailure("the weights add up to what was drawn from")
    }

    static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
