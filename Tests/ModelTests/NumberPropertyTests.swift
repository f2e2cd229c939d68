import Model
import Testing

/// Properties that hold for any numbers, checked with random ones.
@Suite struct NumberPropertyTests {
    static let seeds: [UInt64] = [1, 2, 3, 5, 8, 13, 21, 34]

    @Test(arguments: seeds)
    func printingAndReadingGiveTheSameNumber(seed: UInt64) throws {
        for number in randomNumbers(seed: seed, count: 500) {
            #expect(try Number(number.text) == number, "seed \(seed)")
            #expect(number.size >= 1 && number.size <= 22, "seed \(seed): \(number)")
        }
    }

    @Test(arguments: seeds)
    func storedBytesGiveTheSameNumber(seed: UInt64) {
        for number in randomNumbers(seed: seed, count: 500) {
            var bytes: [UInt8] = []
            number.appendStoredBytes(to: &bytes)
            #expect(bytes.withUnsafeBytes { Number(storedBytes: $0) } == number, "seed \(seed)")
            #expect(bytes.count <= 19)
        }
    }

    /// The order of numbers, of their ordered bytes and of their digits on paper agree.
    @Test(arguments: seeds)
    func orderedBytesSortAsTheNumbersDo(seed: UInt64) {
        let numbers = randomNumbers(seed: seed, count: 120)
        for left in numbers {
            for right in numbers {
                let before = orderedBytes(left).lexicographicallyPrecedes(orderedBytes(right))
                #expect(before == (left < right), "seed \(seed): \(left) \(right)")
                #expect((left < right) == paperOrder(left.text, right.text), "seed \(seed): \(left) \(right)")
                #expect((orderedBytes(left) == orderedBytes(right)) == (left == right), "seed \(seed)")
            }
        }
    }

    @Test func orderedBytesOfKnownNumbers() {
        #expect(orderedBytes(0) == [0x80])
        #expect(orderedBytes(1) == [0xC1, 0x02])
        #expect(orderedBytes(10) == [0xC1, 0x0B])
        #expect(orderedBytes(100) == [0xC2, 0x02])
        #expect(orderedBytes(-1) == [0x3E, 0x64, 0x66])
    }

    @Test(arguments: seeds)
    func sumsAreExact(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let left = Int.random(in: -1_000_000_000_000...1_000_000_000_000, using: &generator)
            let right = Int.random(in: -1_000_000_000_000...1_000_000_000_000, using: &generator)
            let scale = Int.random(in: -20...20, using: &generator)
            let (first, second) = (try Number("\(left)e\(scale)"), try Number("\(right)e\(scale)"))
            #expect(try first + second == Number("\(left + right)e\(scale)"), "seed \(seed)")
            #expect(try first - second == Number("\(left - right)e\(scale)"), "seed \(seed)")
        }
    }

    @Test(arguments: seeds)
    func sumsCommuteAndSubtractingUndoes(seed: UInt64) throws {
        let numbers = randomNumbers(seed: seed, count: 60)
        for left in numbers {
            for right in numbers {
                let sum = try? left + right
                let other = try? right + left
                #expect(sum == other)
                if let sum, let back = try? sum - right { #expect(back == left, "seed \(seed): \(left) \(right)") }
            }
        }
    }

    @Test func sumsKeepPrecisionAndRange() throws {
        let nines = try Number(String(repeating: "9", count: 38))
        #expect(try nines + 1 == Number("1e38"))
        #expect(throws: NumberError.tooManyDigits) { try nines + Number("0.1") }
        #expect(throws: NumberError.tooManyDigits) { try Number("1e125") + 1 }
        #expect(throws: NumberError.overflow) { try Number("9e125") + Number("9e125") }
        #expect(throws: NumberError.overflow) { try Number("-9e125") - Number("9e125") }
        #expect(try Number("1e-130") - Number("1e-130") == .zero)
    }

    @Test func sumsMayUnderflow() {
        #expect(throws: NumberError.underflow) { try Number("1.5e-130") - Number("1e-130") }
    }

    @Test func sumsOfFarOperands() throws {
        #expect(try Number("1e37") + 1 == Number("1" + String(repeating: "0", count: 36) + "1"))
        #expect(throws: NumberError.tooManyDigits) { try Number("1e38") + 1 }
        #expect(try Number("1e125") + 0 == Number("1e125"))
        // 10^38 − 1 has 38 digits, though its operands span 39.
        #expect(try Number("1e38") - 1 == Number(String(repeating: "9", count: 38)))
        #expect(try Number("-1e38") + 1 == Number("-" + String(repeating: "9", count: 38)))
        #expect(try Number("1e39") - 10 == Number(String(repeating: "9", count: 38) + "0"))
    }

    private func orderedBytes(_ number: Number) -> [UInt8] {
        var bytes: [UInt8] = []
        number.appendOrderedBytes(to: &bytes)
        return bytes
    }

    private func randomNumbers(seed: UInt64, count: Int) -> [Number] {
        var generator = SeededGenerator(seed: seed)
        var numbers: [Number] = [0, 1, -1, 10, -10]
        while numbers.count < count {
            var text = Bool.random(using: &generator) ? "-" : ""
            for _ in 0..<Int.random(in: 1...38, using: &generator) {
                text += String(Int.random(in: 0...9, using: &generator))
            }
            // Close exponents meet more often than far ones.
            let span = Bool.random(using: &generator) ? 3 : 125
            text += "e\(Int.random(in: -span...span, using: &generator))"
            if let number = try? Number(text) { numbers.append(number) }
        }
        return numbers
    }

    /// Compares canonical texts digit by digit, as one would on paper.
    private func paperOrder(_ left: String, _ right: String) -> Bool {
        switch (left.hasPrefix("-"), right.hasPrefix("-")) {
        case (true, false): return true
        case (false, true): return false
        case (true, true): return paperOrder(String(right.dropFirst()), String(left.dropFirst()))
        case (false, false): break
        }
        let first = left.split(separator: ".", omittingEmptySubsequences: false)
        let second = right.split(separator: ".", omittingEmptySubsequences: false)
        if first[0].count != second[0].count { return first[0].count < second[0].count }
        if first[0] != second[0] { return first[0] < second[0] }
        return (first.count > 1 ? first[1] : "") < (second.count > 1 ? second[1] : "")
    }
}
