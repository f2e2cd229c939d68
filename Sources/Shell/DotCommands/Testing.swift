import Language
import Model

/// `.testcase` and `.check`: scripts that verify themselves; and `.complete`, completion without a terminal.
extension DotCommand {
    static var testing: [DotCommand] { [testcase, check, complete] }

    private static let testcase = DotCommand(
        "testcase",
        "name",
        "begin a test: errors do not end the script, `.check` judges them"
    ) { session, arguments throws(StatementFailure) in
        try session.closeTestcase()
        session.testcase = Testcase(name: arguments.text.isEmpty ? "?" : arguments.text)
        return .nothing
    }

    private static let check = DotCommand(
        "check",
        "[glob | <<END … END | --error name | --cost rcu<=1 | --rows n]",
        "judge what the statements since `.testcase` answered"
    ) { session, arguments throws(StatementFailure) in
        guard var testcase = session.testcase else { throw arguments.refuse("there is no `.testcase` before") }
        let verdict = try testcase.judge(arguments)
        // A verdict against the test is an error of the script itself, which no later `.check` may excuse.
        session.testcase = verdict == nil ? testcase : nil
        guard let verdict else { return .nothing }
        throw .message("testcase \(testcase.name): \(verdict.message)", details: verdict.details)
    }

    private static let complete = DotCommand(
        "complete",
        "'text'",
        "what Tab would offer behind a text"
    ) { session, arguments throws(StatementFailure) in
        guard let text = arguments.first else { throw arguments.refuse("behind which text?") }
        let found = session.completion(of: text, at: text.utf8.count)
        let report = Report(
            columns: ["candidate", "kind"],
            rows: found.candidates.map { [.text($0.display), $0.kind.map { .text($0) } ?? .missing] },
            remarks: found.syntaxHint.map { [$0] } ?? []
        )
        return .reply(Reply(result: .report(report)))
    }
}

/// What a test has seen since it began.
struct Testcase {
    struct Verdict {
        var message: String
        var details: [String]
    }

    let name: String
    var output: [UInt8] = []
    private var errors: [String] = []
    private var judgedErrorCount = 0
    private var readUnits = 0.0
    private var writeUnits = 0.0

    init(name: String) { self.name = name }

    /// Errors that no `.check --error` expected.
    var unexpectedErrors: [String] { Array(errors.dropFirst(judgedErrorCount)) }

    mutating func note(_ diagnostic: Diagnostic) {
        errors.append([diagnostic.serviceText, diagnostic.message].compactMap { $0 }.joined(separator: " | "))
    }

    mutating func note(_ cost: CostLine) { note(cost.report) }

    mutating func note(_ report: RequestReport) {
        let units = report.consumedCapacity.reduce(0) { $0 + $1.capacityUnits }
        switch report.kind {
        case .read: readUnits += units
        case .write: writeUnits += units
        }
    }

    /// Nil when all is as it should be.
    mutating func judge(_ arguments: DotCommand.Arguments) throws(StatementFailure) -> Verdict? {
        let words = arguments.words
        switch words.first {
        case "--error": return judgeError(words.dropFirst().joined(separator: " "))
        case "--cost": return try judgeCost(words.dropFirst().joined(), arguments)
        case "--rows": return try judgeRows(words.dropFirst().joined(), arguments)
        default: return judgeOutput(arguments.text)
        }
    }

    private mutating func judgeError(_ wanted: String) -> Verdict? {
        let seen = unexpectedErrors
        judgedErrorCount = errors.count
        if seen.contains(where: { $0.contains(wanted) }) { return nil }
        return Verdict(message: "no \(wanted)", details: seen.map { "but \($0)" })
    }

    private mutating func judgeOutput(_ pattern: String) -> Verdict? {
        let seen = unexpectedErrors
        judgedErrorCount = errors.count
        if !seen.isEmpty { return Verdict(message: "unexpected error", details: seen) }
        let text = String(decoding: output, as: UTF8.self).trimmingBlanks()
        output = []
        if Glob.matches(text, pattern) { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).prefix(20)
        return Verdict(
            message: "the output is not as expected",
            details: ["wanted: \(pattern)", "got:"] + lines.map(String.init)
        )
    }

    private func judgeRows(_ text: String, _ arguments: DotCommand.Arguments) throws(StatementFailure) -> Verdict? {
        guard let wanted = Int(text) else { throw arguments.refuse("\(text) is no count") }
        let count = output.count { $0 == UInt8(ascii: "\n") }
        return count == wanted ? nil : Verdict(message: "\(count) lines, not \(wanted)", details: [])
    }

    private func judgeCost(_ text: String, _ arguments: DotCommand.Arguments) throws(StatementFailure) -> Verdict? {
        let unit = text.prefix(3).lowercased()
        let relation = text.dropFirst(3).prefix { "<>=".contains($0) }
        guard unit == "rcu" || unit == "wcu", let bound = Double(text.dropFirst(3 + relation.count)) else {
            throw arguments.refuse("a cost reads like rcu<=1")
        }
        let units = unit == "rcu" ? readUnits : writeUnits
        let holds =
            switch relation {
            case "<=": units <= bound
            case "<": units < bound
            case ">=": units >= bound
            case ">": units > bound
            case "=", "==": units == bound
            default: throw arguments.refuse("\(relation) compares nothing")
            }
        return holds ? nil : Verdict(message: "\(unitsText(units)) \(unit.uppercased())", details: ["wanted: \(text)"])
    }
}

extension Session {
    /// A test that ends with errors nobody expected has failed.
    func closeTestcase() throws(StatementFailure) {
        guard let testcase else { return }
        self.testcase = nil
        let errors = testcase.unexpectedErrors
        if !errors.isEmpty { throw .message("testcase \(testcase.name): unexpected error", details: errors) }
    }
}

/// Text patterns: `*` stands for any text, `?` for one character.
enum Glob {
    static func matches(_ text: String, _ pattern: String) -> Bool {
        let text = Array(text.unicodeScalars)
        let pattern = Array(pattern.unicodeScalars)
        var (position, patternPosition) = (0, 0)
        var retry: (text: Int, pattern: Int)?
        while position < text.count {
            let isStar = patternPosition < pattern.count && pattern[patternPosition] == "*"
            if isStar {
                retry = (position, patternPosition)
                patternPosition += 1
            } else if patternPosition < pattern.count,
                pattern[patternPosition] == text[position] || pattern[patternPosition] == "?"
            {
                position += 1
                patternPosition += 1
            } else if let last = retry {
                position = last.text + 1
                patternPosition = last.pattern + 1
                retry?.text = position
            } else {
                return false
            }
        }
        return pattern[patternPosition...].allSatisfy { $0 == "*" }
    }
}
