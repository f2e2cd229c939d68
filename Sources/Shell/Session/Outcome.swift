/// How a statement ended, as far as whoever fed it must know.
public enum Outcome: Equatable, Sendable {
    case succeeded
    case failed
    /// Ctrl-C stopped it.
    case cancelled
    /// The session shall end.
    case exit(code: Int32)
}

/// Exit codes of the process.
public enum ExitCode {
    public static let success: Int32 = 0
    public static let statementFailed: Int32 = 1
    public static let badUsage: Int32 = 2
    public static let cannotOpen: Int32 = 3
    public static let interrupted: Int32 = 130
    /// As of a process that SIGPIPE ended.
    public static let readerLeft: Int32 = 141
}
