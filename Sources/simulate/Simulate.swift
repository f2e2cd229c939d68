import ArgumentParser
import Engine
import Simulator

/// Runs seeds of the simulator and tells which of them break a promise.
@main
struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Runs the engine under faults, in simulated time, and checks what it promises.",
        discussion: "Exit codes: 0 every promise was kept, 1 one was broken, 2 bad usage."
    )

    @Option(help: "How many seeds.")
    var seeds = 100

    @Option(help: "The first of them.")
    var firstSeed: UInt64 = 1

    @Option(help: "One seed alone, with everything that happens in it.")
    var seed: UInt64?

    @Option(help: "Requests in each seed.")
    var operations = 1_000

    @Option(help: "Processes that work at the same time.")
    var workers = 2

    @Option(help: "With --seed: a defect that is put into the engine, to see it noticed.")
    var sabotage: Sabotage?

    @Option(help: ArgumentHelp("Every so many seeds, for a worker.", visibility: .private))
    var step: UInt64?

    func validate() throws {
        if seeds < 1 || operations < 1 || !(1...64).contains(workers) || step == 0 {
            throw ValidationError("--seeds, --operations and --workers are numbers above 0.")
        }
    }

    func run() throws {
        if let step {
            Worker(firstSeed: firstSeed, seeds: seeds, step: step, operations: operations).run()
        } else if let seed {
            if !replay(seed) { throw ExitCode(1) }
        } else {
            var fleet = Fleet(firstSeed: firstSeed, seeds: seeds, operations: operations, workers: workers)
            if !fleet.run() { throw ExitCode(1) }
        }
    }

    /// True when every promise was kept.
    private func replay(_ seed: UInt64) -> Bool {
        let scenario = Scenario.draw(seed: seed, operations: operations)
        for line in scenario.summary { print(line) }
        let run = SeedRun(scenario, sabotage: sabotage)
        run.narrate = { print($0) }
        let outcome = run.run()
        for (name, count) in outcome.figures.rows { print("\(name): \(count)") }
        print("digest: \(String(outcome.digest, radix: 16))")
        if outcome.violations.isEmpty { return true }
        for line in outcome.report(operations: operations) { print(line) }
        return false
    }
}

extension Sabotage: ExpressibleByArgument {}
