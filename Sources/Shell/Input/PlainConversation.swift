import Glibc
import Language
import LineEditor

/// A conversation without an editor, for `TERM=dumb` and `--interactive` on a pipe: prompts, and lines as they come.
public final class PlainConversation {
    private let session: Session
    private var pending: [UInt8] = []
    private var chunk = [UInt8](repeating: 0, count: InputFile.chunkSize)

    public init(_ session: Session) { self.session = session }

    public func run() -> Int32 {
        var statement = ""
        while true {
            let prompt = statement.isEmpty ? session.promptText : session.continuationPrompt(after: statement)
            session.console.standardOutput.write(prompt)
            session.console.flush()
            switch readLine() {
            case .line(let line): statement += line
            case .interrupted:
                session.console.standardOutput.write("\n")
                if statement.isEmpty { session.tell("Ctrl-D or exit leaves") }
                statement = ""
                continue
            case .end:
                session.console.standardOutput.write("\n")
                if statement.isEmpty, isAtTerminal, session.warnsOfUnsavedWrites() { continue }
                return finish(statement)
            }
            if case .incomplete = completeness(of: statement) { continue }
            if let code = run(statement) { return code }
            statement = ""
        }
    }

    /// Elsewhere the end of the input is final.
    private var isAtTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    private func run(_ text: String) -> Int32? {
        let outcome = session.runScript(text)
        if case .exit(let code) = outcome { return code }
        if session.console.failure != nil { return session.failureCode }
        return nil
    }

    private func finish(_ statement: String) -> Int32 {
        statement.isEmpty ? ExitCode.success : run(statement) ?? ExitCode.success
    }

    private enum Input {
        /// With its newline.
        case line(String)
        case interrupted
        case end
    }

    private func readLine() -> Input {
        while true {
            if let newline = pending.firstIndex(of: UInt8(ascii: "\n")) {
                defer { pending.removeSubrange(...newline) }
                return .line(String(decoding: pending[...newline], as: UTF8.self))
            }
            if InputFile.waitForInput(STDIN_FILENO) == .interrupted {
                InterruptFlag.take()
                pending = []
                return .interrupted
            }
            let count = InputFile.read(STDIN_FILENO, into: &chunk)
            if count <= 0 {
                defer { pending = [] }
                return pending.isEmpty ? .end : .line(String(decoding: pending, as: UTF8.self))
            }
            pending += chunk.prefix(count)
        }
    }
}
