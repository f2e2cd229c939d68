import Language

/// A command that changes the shell and never touches the database. Dispatch, `.help` and completion read `all`.
struct DotCommand: Sendable {
    /// Without the dot.
    let name: String
    let usage: String
    let summary: String
    let run: @Sendable (Session, Arguments) throws(StatementFailure) -> Session.Step

    /// What stands behind the name.
    struct Arguments {
        let text: String
        let words: [String]
        /// The command's usage, for errors.
        let usage: String

        init(_ text: String, usage: String) {
            self.text = text.trimmingBlanks()
            self.usage = usage
            words = Self.split(self.text)
        }

        var first: String? { words.first }

        func refuse(_ message: String) -> StatementFailure {
            .message(message, details: ["usage: \(usage)"])
        }

        /// At blanks, except within quotes.
        private static func split(_ text: String) -> [String] {
            var words: [String] = []
            var word = ""
            var quote: Character?
            var isInWord = false
            for character in text {
                if let open = quote {
                    if character == open { quote = nil } else { word.append(character) }
                } else if character == "'" || character == "\"" {
                    quote = character
                    isInWord = true
                } else if character.isWhitespace {
                    if isInWord { words.append(word) }
                    (word, isInWord) = ("", false)
                } else {
                    word.append(character)
                    isInWord = true
                }
            }
            if isInWord { words.append(word) }
            return words
        }
    }

    init(
        _ name: String,
        _ usage: String,
        _ summary: String,
        run: @escaping @Sendable (Session, Arguments) throws(StatementFailure) -> Session.Step
    ) {
        self.name = name
        self.usage = usage.isEmpty ? ".\(name)" : ".\(name) \(usage)"
        self.summary = summary
        self.run = run
    }

    static let all = rendering + scripting + sessionCommands + callers + testing
}

extension Session {
    func runDotCommand(_ name: String, _ arguments: String, _ statement: Statement) throws(StatementFailure) -> Step {
        let names = DotCommand.all.map(\.name)
        guard let command = DotCommand.all.first(where: { $0.name == name.lowercased() }) else {
            let similar = Similarity.closest(to: name, among: names, limit: 3).map { ".\($0)" }
            let hint = similar.isEmpty ? ".help lists them all" : "did you mean \(similar.joined(separator: ", "))?"
            throw .message(".\(Similarity.shown(name)) is not a command of the shell", details: [hint])
        }
        runningPosition = statement.position
        return try command.run(self, DotCommand.Arguments(arguments, usage: command.usage))
    }
}

extension StringProtocol {
    func trimmingBlanks() -> String {
        let start = firstIndex { !$0.isWhitespace } ?? endIndex
        let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? start
        return String(self[start..<end])
    }
}
