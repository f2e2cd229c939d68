import Engine
import Model
import Testing

@testable import Simulator

/// Whole seeds, short ones; `make simulate` runs long ones by the thousand.
struct SeedTests {
    static func outcome(seed: UInt64, operations: Int = 150, sabotage: Sabotage? = nil) -> SeedOutcome {
        SeedRun(Scenario.draw(seed: seed, operations: operations), sabotage: sabotage).run()
    }

    @Test(arguments: Seeds.thisRun)
    func promisesAreKept(seed: UInt64) { Self.expectNoViolation(seed: seed, operations: 150) }

    @Test(arguments: Seeds.failedOnce)
    func whatFailedOnceIsKept(run: Seeds.Run) { Self.expectNoViolation(seed: run.seed, operations: run.operations) }

    private static func expectNoViolation(seed: UInt64, operations: Int) {
        let outcome = outcome(seed: seed, operations: operations)
        let report = (outcome.summary + outcome.report(operations: operations)).joined(separator: "\n")
        #expect(outcome.violations.isEmpty, "\(report)")
    }

    /// A run that never meets what it is for would find nothing.
    @Test func seedsReachWhatTheyAreFor() {
        var figures = Figures()
        for seed in UInt64(1)...20 { figures.add(Self.outcome(seed: seed, operations: 100).figures) }
        let reached =
            [
                "answers refused", "answers unknown", "faults lost request", "faults kill leader", "splits",
                "elections", "indexes built meanwhile",
                "items checked", "sessions of several pages", "stream records", "shards with a parent",
            ]
            + [
                "PutItem", "UpdateItem", "DeleteItem", "GetItem", "Query", "Scan", "BatchGetItem", "BatchWriteItem",
                "TransactGetItems", "TransactWriteItems",
            ].map { "requests \($0)" }
        for name in reached { #expect(figures[name] > 0, "\(name)") }
        #expect(figures["items undecided"] == 0)
    }

    @Test(arguments: Seeds.thisRun.prefix(2))
    func theSameSeedIsTheSameRun(seed: UInt64) {
        var lines: [[String]] = [[], []]
        let outcomes = lines.indices.map { number in
            let run = SeedRun(Scenario.draw(seed: seed, operations: 100))
            run.narrate = { lines[number].append($0) }
            return run.run()
        }
        #expect(lines[0] == lines[1])
        #expect(outcomes[0].digest == outcomes[1].digest)
        #expect(outcomes[0].figures == outcomes[1].figures)
        #expect(Self.outcome(seed: seed &+ 1, operations: 100).digest != outcomes[0].digest)
    }
}

/// Each defect that can be put into the engine is noticed, by a checker whose promise it breaks.
struct SabotageTests {
    /// A life of a region that shows each. When the engine's draws change, `simulate --seed 1 --sabotage …` and its
    /// neighbours find another.
    static let witnesses: [Sabotage: (seed: UInt64, operations: Int)] = [
        .acknowledgesBeforeQuorum: (44, 300),
        .ignoresLeases: (44, 300),
        .electsAnyone: (17, 300),
        .showsUncommitted: (117, 300),
        .repeatsRetriedWrites: (9, 300),
        .skipsCatchUp: (8, 300),
        .readsGoBackwards: (5, 300),
        .skipsIndexRecords: (3, 300),
        .keepsIndexGhosts: (3, 300),
        .losesItemInSplit: (1, 300),
        .leavesGapInSplit: (1, 300),
        .repeatsPageAfterSplit: (3, 300),
        .streamSkipsAtElection: (2, 300),
        .tearsTransactions: (1, 300),
    ]

    static let breaks: [Sabotage: Set<Promise>] = [
        .acknowledgesBeforeQuorum: [.nothingLost, .linearizable],
        .ignoresLeases: [.linearizable, .oneLeaseHolder, .nothingLost],
        .electsAnyone: [.nothingLost, .linearizable, .replicasEqual],
        .showsUncommitted: [.committedVersions],
        .repeatsRetriedWrites: [.nothingLost, .linearizable],
        .skipsCatchUp: [.replicasEqual, .committedVersions, .nothingLost, .linearizable],
        .readsGoBackwards: [.committedVersions],
        .skipsIndexRecords: [.indexesFollow],
        .keepsIndexGhosts: [.indexesFollow],
        .losesItemInSplit: [.nothingLost, .linearizable, .pagesComplete],
        .leavesGapInSplit: [.rangesTile],
        .repeatsPageAfterSplit: [.pagesComplete],
        .streamSkipsAtElection: [.streamsTell],
        .tearsTransactions: [.transactionsAtomic],
    ]

    @Test(arguments: Sabotage.allCases)
    func everySabotageIsCaught(sabotage: Sabotage) throws {
        let (seed, operations) = try #require(Self.witnesses[sabotage])
        let outcome = SeedTests.outcome(seed: seed, operations: operations, sabotage: sabotage)
        let broken = Set(outcome.violations.map(\.promise))
        #expect(!broken.isDisjoint(with: try #require(Self.breaks[sabotage])), "noticed: \(broken)")
        let sound = SeedTests.outcome(seed: seed, operations: operations)
        #expect(sound.violations.isEmpty, "without the defect the same life keeps every promise")
    }

    @Test func everySabotageHasAPromiseItBreaks() {
        #expect(Set(Self.breaks.keys) == Set(Sabotage.allCases))
    }
}
