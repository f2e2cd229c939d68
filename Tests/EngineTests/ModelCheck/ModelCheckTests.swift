import Model
import Testing

@testable import Engine

/// Random operations on a table with a local and two global indexes, against a dictionary.
struct ModelCheckTests {
    static let stepCount = 2_000

    @Test(arguments: Seeds.thisRun, Profile.allCases)
    func theEngineAnswersAsADictionaryWould(seed: UInt64, profile: Profile) throws {
        var drawing = StepDrawing(seed: seed)
        let steps = drawing.steps(Self.stepCount)
        guard let failure = try Self.run(steps, seed: seed, profile) else { return }
        let shrunk = try Self.shrink(Array(steps[...failure.step]), seed: seed, profile)
        let listing = shrunk.steps.enumerated().map { "  \($0.offset + 1). \($0.element)" }.joined(separator: "\n")
        print("SIMULATION_SEED=\(seed) fails after these steps:\n\(listing)\n  \(shrunk.text)")
        Issue.record("SIMULATION_SEED=\(seed), step \(failure.step): \(failure.text); shrunk above")
    }

    struct Failure {
        let step: Int
        let text: String
    }

    /// The first step that both sides see differently; the last step is that everything settles.
    static func run(_ steps: [Step], seed: UInt64, _ profile: Profile) throws -> Failure? {
        var comparison = try Comparison(seed: seed, profile: profile)
        for (number, step) in steps.enumerated() {
            do {
                try comparison.perform(step)
            } catch let mismatch as Comparison.Mismatch {
                return Failure(step: number, text: mismatch.text)
            } catch let error as ServiceError {
                return Failure(step: number, text: "refused: \(error)")
            }
        }
        do {
            try comparison.settle()
        } catch let mismatch as Comparison.Mismatch {
            return Failure(step: steps.count - 1, text: "after everything settled: " + mismatch.text)
        }
        return nil
    }

    /// Leaves out steps, in ever smaller pieces, as long as something still fails.
    static func shrink(_ steps: [Step], seed: UInt64, _ profile: Profile) throws -> (steps: [Step], text: String) {
        var steps = steps
        var text = ""
        var piece = steps.count / 2
        var runs = 0
        while piece > 0 {
            var start = 0
            while start < steps.count, runs < 500 {
                var shorter = steps
                shorter.removeSubrange(start..<min(start + piece, steps.count))
                runs += 1
                if let failure = try run(shorter, seed: seed, profile) {
                    steps = Array(shorter.prefix(failure.step + 1))
                    text = failure.text
                } else {
                    start += piece
                }
            }
            piece /= 2
        }
        return (steps, text)
    }

    /// The check itself can fail: a write that the model does not know of is found out.
    @Test func aWriteBehindTheModelsBackIsFound() throws {
        var drawing = StepDrawing(seed: 9)
        let steps = drawing.steps(300)
        let key = TableModel.Key(pk: "p", sk: 0)
        var comparison = try Comparison(seed: 9)
        for step in steps { try comparison.perform(step) }
        comparison.region.advance(seconds: 60)
        try comparison.region.put(TableModel.name, Item(key.attributes.merging(["n": 4_711])))
        #expect(throws: Comparison.Mismatch.self) { try comparison.perform(.get(key, consistent: true)) }
    }

    /// The random runs do meet old versions; otherwise they would prove little about them.
    @Test func randomRunsMeetStaleReads() throws {
        var staleReads = 0
        for seed in UInt64(10)...14 {
            var drawing = StepDrawing(seed: seed)
            var comparison = try Comparison(seed: seed)
            for step in drawing.steps(Self.stepCount) { try comparison.perform(step) }
            staleReads += comparison.staleReads
        }
        #expect(staleReads > 0)
    }
}

extension AttributeMap {
    fileprivate func merging(_ other: AttributeMap) -> AttributeMap {
        other.entries.reduce(into: self) { $0[$1.name] = $1.value }
    }
}
