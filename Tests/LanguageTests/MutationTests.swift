import Language
import Model
import Testing

/// A small seeded generator: the same numbers on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

@Suite struct MutationTests {
    private static let seeds = Examples.readable + Examples.documentation + Examples.help
    private static let bytes = Array(" \n'\"`(){}[]<>,;:#\\/-+*=!.?$&|~0123456789abzAZ_\u{E9}".utf8) + [0, 0xFF, 0xC3]

    /// One byte replaced, inserted or removed, or the rest cut off.
    private func mutate(_ text: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var text = text
        let place = Int.random(in: 0..<max(1, text.count), using: &generator)
        let byte = Self.bytes.randomElement(using: &generator)!
        switch Int.random(in: 0..<8, using: &generator) {
        case 0..<3 where !text.isEmpty: text[place] = byte
        case 3..<5: text.insert(byte, at: place)
        case 5..<7 where !text.isEmpty: text.remove(at: place)
        default: text.removeSubrange(place...)
        }
        return text
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func mutatedStatementsNeverCrash(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var parser = CommandParser.forTests()
        let sources = Self.seeds.map { Array($0.utf8) }
        for _ in 0..<20_000 {
            let text = mutate(sources.randomElement(using: &generator)!, &generator)
            text.withUnsafeBytes { bytes in
                do throws(SyntaxError) {
                    _ = try parser.parse(bytes)
                } catch {
                    let isInside = error.range.lowerBound >= 0 && error.range.upperBound <= text.count
                    #expect(isInside, "\(error.message) \(error.range) in \(String(decoding: text, as: UTF8.self))")
                    #expect(!error.message.isEmpty)
                }
            }
        }
    }

    @Test func mutatedScriptsSplitAlikeInChunks() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<300 {
            var script: [UInt8] = []
            for _ in 0..<4 {
                let seed = Self.seeds.randomElement(using: &generator)!
                script += mutate(Array(seed.utf8), &generator) + [10]
            }
            let size = Int.random(in: 1...9, using: &generator)
            #expect(split(script, chunk: size) == split(script, chunk: script.count))
        }
    }

    private func split(_ bytes: [UInt8], chunk: Int) -> [Range<Int>] {
        var splitter = StatementSplitter()
        var lengths: [Range<Int>] = []
        var offset = 0
        func drain() {
            while let statement = splitter.next() {
                lengths.append(
                    statement.line * 1_000 + statement.column..<statement.line * 1_000 + statement.column
                        + statement.range.count
                )
            }
        }
        while offset < bytes.count {
            let end = min(offset + chunk, bytes.count)
            bytes[offset..<end].withUnsafeBytes { splitter.append($0) }
            drain()
            offset = end
        }
        splitter.finish()
        drain()
        return lengths
    }

    @Test func completionNeverCrashes() {
        var generator = SeededGenerator(seed: 5)
        let parser = CommandParser.forTests()
        for _ in 0..<3_000 {
            let source = Self.seeds.randomElement(using: &generator)!
            let text = String(decoding: mutate(Array(source.utf8), &generator), as: UTF8.self)
            let offset = Int.random(in: 0...text.utf8.count, using: &generator)
            for item in parser.completions(in: text, at: offset) {
                #expect(item.replaces.upperBound <= text.utf8.count && item.replaces.lowerBound >= 0)
            }
            _ = parser.syntaxHint(in: text, at: offset)
            _ = completeness(of: text)
        }
    }

    @Test func deepNestingIsRefused() {
        for opening in ["put {pk: ", "[", "Scan app FILTER (", "Scan app FILTER NOT ", "upd 'a','b' SET a = ("] {
            let repeated = opening.hasPrefix("put") ? "{a: " : String(opening.suffix(opening.hasSuffix("NOT ") ? 4 : 1))
            let text = opening + String(repeating: repeated, count: 100_000)
            #expect(error(text) != nil)
        }
        #expect(error("Scan app FILTER " + String(repeating: "size(", count: 100_000)) != nil)
        #expect(error("aws dynamodb scan --key '" + String(repeating: "[", count: 100_000) + "'") != nil)
        #expect(error("aws dynamodb put-item --item 'a=" + String(repeating: "{a=", count: 100_000) + "'") != nil)
    }
}
