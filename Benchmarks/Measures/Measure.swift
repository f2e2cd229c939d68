/// One row of the table in PERFORMANCE.md: what is measured beside whom, and what is asked of it.
struct Measure {
    /// What the floor and the goal are about. `nil` bounds are figures that the design sets no target for.
    enum Target {
        /// Ours ÷ opponent: the more, the better.
        case ratioAtLeast(floor: Double?, goal: Double?)
        /// Ours ÷ opponent: the less, the better.
        case ratioAtMost(floor: Double?, goal: Double?)
        /// Our own figure: the less, the better.
        case figureAtMost(floor: Double?, goal: Double?)
    }

    /// By this a row is run alone; a beginning of it names all rows that begin so.
    let name: String
    let title: String
    let opponent: String
    let unit: Unit
    let target: Target
    let take: (Workbench) -> Finding?

    static var all: [Measure] {
        EngineMeasures.all + BTreeMeasures.all + MemoryMeasures.all + GrowthMeasures.all + ClockMeasures.all
            + PipedMeasures.all + StartMeasures.all
    }
}

/// What a measure found: medians of the pairs.
struct Finding {
    let ours: Double
    let opponents: Double?
    let ratio: Double?
}

enum Verdict: String {
    case goal = "goal"
    case floor = "above floor"
    case belowFloor = "BELOW FLOOR"
    case untargeted = "–"
}

extension Measure {
    func verdict(_ finding: Finding) -> Verdict {
        switch target {
        case .ratioAtLeast(let floor, let goal):
            return judge(finding.ratio.map { -$0 }, floor: floor.map { -$0 }, goal: goal.map { -$0 })
        case .ratioAtMost(let floor, let goal): return judge(finding.ratio, floor: floor, goal: goal)
        case .figureAtMost(let floor, let goal): return judge(finding.ours, floor: floor, goal: goal)
        }
    }

    /// The less, the better.
    private func judge(_ figure: Double?, floor: Double?, goal: Double?) -> Verdict {
        guard let figure, let floor, let goal else { return .untargeted }
        if figure <= goal { return .goal }
        return figure <= floor ? .floor : .belowFloor
    }
}
