import Glibc
import Language
import LineEditor

/// The loop of prompt, statement and answer at a terminal.
public final class Conversation {
    private let session: Session
    private let editor: LineEditor

    public init(_ session: Session, historyPath: String?) {
        self.session = session
        var configuration = LineEditor.Configuration(programName: "sortkey", historyPath: historyPath)
        configuration.hasColours = session.outStyle.hasColours
        editor = LineEditor(configuration: configuration)
        connect()
    }

    /// Until Ctrl-D or `exit`; answers the exit code.
    public func run() -> Int32 {
        while true {
            session.console.flush()
            let text = session.nextInput
            session.nextInput = ""
            switch editor.readStatement(startingWith: text) {
            case .line(let line):
                if let code = answer(line) { return code }
            case .interrupted(let hadText):
                if !hadText { session.tell("Ctrl-D or exit leaves") }
            case .endOfFile(let hadText):
                if !hadText, !session.warnsOfUnsavedWrites() { return ExitCode.success }
            }
            if session.console.failure != nil { return session.failureCode }
        }
    }

    /// A paste may hold several statements; the first error ends it.
    private func answer(_ line: String) -> Int32? {
        let feed = StatementFeed(session, name: nil)
        var line = line
        let outcome = line.withUTF8 { feed.append(UnsafeRawBufferPointer($0)) } ?? feed.finish()
        if case .exit(let code)? = outcome { return code }
        return nil
    }

    /// Enter ends the row the cursor is in: an empty row runs what leaves nothing open. In a paste it is only text.
    private static func isComplete(_ text: String, isPasted: Bool) -> Bool {
        let whole = isPasted ? text.trimmingBlanks() : text + "\n"
        if case .incomplete = completeness(of: whole) { return false }
        return true
    }

    private func connect() {
        // The editor is the owner of this object's closures, and lives as long: weak references break the circle.
        editor.hooks.prompt = { [weak session] in session?.prompt ?? Prompt("> ") }
        editor.hooks.continuationPrompt = { [weak session] in session?.continuationPrompt(after: $0) ?? "" }
        editor.hooks.isComplete = { [weak editor] in
            Self.isComplete($0, isPasted: editor?.isPasting ?? false) ? .complete : .incomplete
        }
        editor.hooks.complete = { [weak session] in session?.completion(of: $0, at: $1) ?? .none }
        editor.hooks.highlight = { Highlighting.styles(of: $0) }
        editor.hooks.mayRemember = { !Secrets.mayBeIn($0) }
        let history = editor.history
        session.historyEntries = { history.entries() }
    }
}

/// Colours for what is being typed; they carry no meaning of their own.
enum Highlighting {
    /// A paste of more than this is drawn as it is: each key would look at all of it again.
    private static let bytesMax = 20_000

    static func styles(of text: String) -> [StyledRange] {
        let isShellLine = text.hasPrefix(".") || text.hasPrefix("aws ")
        guard !isShellLine, text.utf8.count <= bytesMax else { return [] }
        return Highlight.find(in: text).map { StyledRange($0.range, style(of: $0.kind)) }
    }

    private static func style(of kind: Highlight.Kind) -> Style {
        switch kind {
        case .verb: Style("1")
        case .keyword: Style("34")
        case .string: Style("33")
        case .number: Style("36")
        case .name: Style("35")
        case .comment: .dim
        }
    }
}

/// Statements that hold secrets are kept out of the history.
enum Secrets {
    private static let marks = [
        "secretaccesskey", "secret_access_key", "sessiontoken", "session_token", "x-amz-security-token",
    ]

    static func mayBeIn(_ statement: String) -> Bool {
        let text = statement.lowercased()
        return marks.contains { text.contains($0) } || hasAccessKey(statement) || isOfUsers(text)
    }

    /// `AKIA` or `ASIA` with 16 capital letters and digits.
    private static func hasAccessKey(_ text: String) -> Bool {
        text.split { !$0.isLetter && !$0.isNumber }.contains { word in
            word.count == 20 && (word.hasPrefix("AKIA") || word.hasPrefix("ASIA"))
                && word.allSatisfy { $0.isUppercase || $0.isNumber }
        }
    }
}
