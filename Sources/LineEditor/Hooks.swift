/// Whether a statement may be submitted as it stands.
public enum Completeness: Equatable, Sendable {
    case complete
    case incomplete
}

/// What the owner of the language tells the editor. All are called synchronously, on the thread that reads.
public struct Hooks {
    /// Asked once a statement.
    public var prompt: () -> Prompt = { Prompt("> ") }

    /// Shown before each further row of a statement; names what the text so far leaves open. It gets the width of
    /// the prompt: a shorter one is padded on the left.
    public var continuationPrompt: (_ textSoFar: String) -> String = { _ in "...> " }

    /// Asked when Enter is pressed. An incomplete statement gets a new row instead.
    public var isComplete: (String) -> Completeness = { _ in .complete }

    /// Asked when Tab is pressed.
    public var complete: (_ buffer: String, _ cursorByteOffset: Int) -> Completion = { _, _ in .none }

    /// Whether the history may keep a statement, for instance because it holds no secret.
    public var mayRemember: (String) -> Bool = { _ in true }

    /// Looks for the text being typed; ranges are sorted and do not overlap.
    public var highlight: ((String) -> [StyledRange])?

    /// What could follow the text, shown dimly behind it while the cursor is at its end.
    public var hint: ((String) -> String?)?

    public init() {}
}
