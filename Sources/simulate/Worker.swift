import Glibc
import Simulator

/// Runs some of the seeds and writes lines that the fleet reads. A process of its own: when the engine stops at a broken
/// invariant, the others go on.
///
/// ```
/// start 17
/// figure splits=3
/// line what a person should read
/// end 17
/// ```
struct Worker {
    let firstSeed: UInt64
    let seeds: Int
    let step: UInt64
    let operations: Int

    func run() {
        for count in 0..<seeds {
            let seed = firstSeed + UInt64(count) * step
            tell("start \(seed)")
            let outcome = SeedRun(Scenario.draw(seed: seed, operations: operations)).run()
            for (name, count) in outcome.figures.rows { print("figure \(name)=\(count)") }
            if !outcome.violations.isEmpty {
                for line in outcome.summary + outcome.report(operations: operations) { print("line \(line)") }
            }
            tell("end \(seed)")
        }
    }

    /// Now, so that the fleet knows where the worker is when it ends.
    private func tell(_ line: String) {
        print(line)
        fflush(nil)
    }
}
