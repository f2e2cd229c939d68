/// Findings as a table: in columns for people, or in Markdown for PERFORMANCE.md.
struct Report {
    private var rows: [[String]] = []

    private static let titles = ["measure", "ours", "theirs", "opponent", "ratio", "floor", "goal", "verdict"]

    mutating func add(_ measure: Measure, _ finding: Finding?) {
        guard let finding else {
            rows.append([measure.title, "not built", "", measure.opponent, "", "", "", Verdict.untargeted.rawValue])
            return
        }
        let (floor, goal) = measure.boundTexts
        rows.append([
            measure.title,
            measure.unit.text(finding.ours),
            finding.opponents.map { measure.unit.text($0) } ?? "",
            measure.opponent,
            finding.ratio.map { Unit.ratio($0) } ?? "",
            floor,
            goal,
            measure.verdict(finding).rawValue,
        ])
    }

    var markdown: String {
        let rule = Report.titles.indices.map { Report.isText($0) ? "---" : "---:" }
        return ([Report.titles, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
    }

    var columns: String {
        let lines = [Report.titles] + rows.map { $0.map { $0.filter { $0 != "`" } } }
        let widths = Report.titles.indices.map { column in lines.map { $0[column].count }.max()! }
        return lines.map { line in
            line.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - line[column].count)
                return Report.isText(column) ? line[column] + padding : padding + line[column]
            }.joined(separator: "  ") + "\n"
        }.joined()
    }

    private static func isText(_ column: Int) -> Bool { [0, 3, 7].contains(column) }
}

/// What a figure counts.
enum Unit {
    case perSecond, microseconds, milliseconds, bytes, megabytes

    func text(_ figure: Double) -> String {
        switch self {
        case .perSecond:
            figure >= 1e6 ? "\(Unit.decimals(figure / 1e6, 2)) M/s" : "\(Unit.decimals(figure / 1e3, 0)) k/s"
        case .microseconds: "\(Unit.decimals(figure, 2)) µs"
        case .milliseconds: "\(Unit.decimals(figure, 1)) ms"
        case .bytes: "\(Unit.decimals(figure, 0)) B"
        case .megabytes: "\(Unit.decimals(figure, 1)) MB"
        }
    }

    static func ratio(_ figure: Double) -> String { decimals(figure, 2) + "×" }

    static func decimals(_ figure: Double, _ count: Int) -> String {
        var scale = 1.0
        for _ in 0..<count { scale *= 10 }
        let scaled = Int((abs(figure) * scale).rounded())
        let (whole, fraction) = scaled.quotientAndRemainder(dividingBy: Int(scale))
        let digits = count == 0 ? "" : "." + DataSet.digits(fraction, count)
        return (figure < 0 && scaled != 0 ? "-" : "") + "\(whole)" + digits
    }
}

extension Measure {
    /// Floor and goal as the report writes them.
    var boundTexts: (floor: String, goal: String) {
        switch target {
        case .ratioAtLeast(let floor, let goal), .ratioAtMost(let floor, let goal):
            (floor.map { Unit.ratio($0) } ?? "", goal.map { Unit.ratio($0) } ?? "")
        case .figureAtMost(let floor, let goal):
            (floor.map { unit.text($0) } ?? "", goal.map { unit.text($0) } ?? "")
        }
    }
}
