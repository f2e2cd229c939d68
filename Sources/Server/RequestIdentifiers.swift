/// The endpoint's own names for requests: 52 capital letters and digits, each another one.
struct RequestIdentifiers {
    private static let count = 52
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUV".utf8)
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func appendNext(to output: inout [UInt8]) {
        var bits: UInt64 = 0
        for index in 0..<Self.count {
            // A word has twelve times five bits.
            if index % 12 == 0 { bits = nextWord() }
            output.append(Self.alphabet[Int(bits & 31)])
            bits >>= 5
        }
    }

    /// SplitMix64.
    private mutating func nextWord() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
