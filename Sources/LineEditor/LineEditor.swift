@preconcurrency import CEditLine
@preconcurrency import Glibc

/// Reads statements of one or more lines from a terminal. Knows nothing of the language: `hooks` do.
///
/// libedit keeps the buffer and knows the keys (`~/.editrc`, vi mode, kill ring, history, incremental search), but it
/// draws nothing: its output goes to `/dev/null` and `EditorView` draws the buffer before each wait for a key. libedit
/// itself has no continuation prompt, hint, colour or list of candidates, and without own drawing only one of two would
/// be possible: a prompt on each further row, or a whole statement that stays editable.
///
/// Blocks its thread while it reads: use it from the main thread, never from a Swift concurrency task, and never two
/// at once. Start it only if `isUsable`.
public final class LineEditor {
    public struct Configuration: Sendable {
        /// Names the program in `~/.editrc`.
        public var programName: String
        /// Nil keeps the history in memory only. Missing folders are made.
        public var historyPath: String?
        public var historyCountMax = 5000
        public var readsEditrc = true
        public var hasColours = true

        public init(programName: String, historyPath: String? = nil) {
            self.programName = programName
            self.historyPath = historyPath
        }
    }

    public enum Outcome: Equatable, Sendable {
        /// Usually one statement; a paste may hold several.
        case line(String)
        /// Ctrl-C. The text is gone.
        case interrupted(hadText: Bool)
        /// Ctrl-D. With text it was pressed in an empty further row, and only drops the statement.
        case endOfFile(hadText: Bool)
    }

    enum Purpose {
        case statement
        case answer
    }

    public var hooks = Hooks()
    public let history: StatementHistory
    public let configuration: Configuration

    /// Whether the text being collected arrives as a paste: then an empty line is part of it, not a wish to run it.
    public internal(set) var isPasting = false

    let handle: OpaquePointer
    let screen: Screen
    private let discardedOutput: UnsafeMutablePointer<FILE>

    // What belongs to the read that goes on.
    var purpose = Purpose.statement
    var outcome: Outcome?
    var initialText = ""
    var undo = UndoStack()
    var isInBracketedPaste = false
    /// Where the cursor stood when an escape sequence began. In vi mode Escape itself moves it.
    var cursorBeforeEscape = 0
    /// Read, but not yet part of a character, because it cut off one that was not UTF-8.
    var unreadByte: UInt8?
    /// Ctrl-D followed a paste that was not yet submitted: the next read ends.
    var isEndPending = false

    public init(configuration: Configuration) {
        Terminal.useUTF8()
        InterruptFlag.install()
        self.configuration = configuration
        history = StatementHistory(
            file: configuration.historyPath.map { HistoryFile(path: $0) },
            countMax: configuration.historyCountMax
        )
        screen = Screen(hasColours: configuration.hasColours)
        // The file descriptors stay those of the terminal, because libedit sets its modes through them.
        guard let discardedOutput = fopen("/dev/null", "w"),
            let handle = el_init_fd(
                configuration.programName,
                stdin,
                discardedOutput,
                stderr,
                STDIN_FILENO,
                STDOUT_FILENO,
                STDERR_FILENO
            )
        else { preconditionFailure("libedit did not start") }
        self.discardedOutput = discardedOutput
        self.handle = handle
        _ = ce_set_client(handle, Unmanaged.passUnretained(self).toOpaque())
        _ = ce_set_signal(handle, 0)
        _ = ce_set_history(handle, history.handle)
        bindKeys()
        _ = ce_set_reader(handle) { handle, character in
            LineEditor.owning(handle).readCharacter(into: character)
        }
    }

    deinit {
        el_end(handle)
        fclose(discardedOutput)
    }

    /// Whether the terminal can be drawn on. If not, read plain lines and show no prompt.
    public static var isUsable: Bool {
        guard Terminal.isTTY(STDIN_FILENO), Terminal.isTTY(STDOUT_FILENO), let terminal = getenv("TERM") else {
            return false
        }
        return !["", "dumb"].contains(String(cString: terminal))
    }

    /// Whether keys or pasted text wait to be read.
    public var hasPendingInput: Bool {
        unreadByte != nil || Signals.waitForInput(milliseconds: 0) == .input
    }

    /// Reads until a complete statement was submitted. `text` stands in the buffer at the start.
    ///
    /// The statement is in the history, and in its file, before this returns.
    public func readStatement(startingWith text: String = "") -> Outcome {
        read(.statement, prompt: hooks.prompt(), startingWith: text)
    }

    /// Reads one line that is no statement: Enter submits it whatever it says, and the history does not learn of it.
    public func readAnswer(to question: String) -> Outcome {
        read(.answer, prompt: Prompt(question), startingWith: "")
    }

    /// The language has no say in an answer.
    var activeHooks: Hooks {
        purpose == .statement ? hooks : Hooks()
    }

    private func read(_ purpose: Purpose, prompt: Prompt, startingWith text: String) -> Outcome {
        if isEndPending {
            isEndPending = false
            return .endOfFile(hadText: false)
        }
        history.load()
        InterruptFlag.take()
        self.purpose = purpose
        outcome = nil
        initialText = text
        undo = UndoStack()
        isPasting = false
        screen.begin(prompt: prompt)

        let savedSignals = Signals.watch()
        screen.setBracketedPaste(true)
        var count: Int32 = 0
        _ = el_wgets(handle, &count)
        screen.setBracketedPaste(false)
        Signals.restore(savedSignals)

        let outcome = outcome ?? .endOfFile(hadText: false)
        if purpose == .statement, case .line(let statement) = outcome, hooks.mayRemember(statement) {
            history.remember(statement)
        }
        return outcome
    }

    /// The editor that libedit calls back.
    static func owning(_ handle: OpaquePointer?) -> LineEditor {
        guard let handle, let client = ce_client(handle) else { preconditionFailure("libedit lost its owner") }
        return Unmanaged<LineEditor>.fromOpaque(client).takeUnretainedValue()
    }
}
