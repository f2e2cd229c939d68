import Glibc

/// Where a session writes: results to `out`, everything said about them to `err`.
///
/// When both are one file, they are one sink, so that the order of what was written is kept.
public final class Console {
    public let standardOutput: ByteSink
    public let err: ByteSink
    /// Set by `.output` and `.once`.
    private(set) var redirection: ByteSink?
    private var redirectionPath = ""

    public init(out: ByteSink, err: ByteSink) {
        standardOutput = out
        self.err = err
    }

    /// The process's own streams.
    public static func standard() -> Console {
        let out = ByteSink(descriptor: STDOUT_FILENO)
        return Console(out: out, err: areSameFile() ? out : ByteSink(descriptor: STDERR_FILENO))
    }

    var out: ByteSink { redirection ?? standardOutput }

    /// Why the process's own streams take nothing more.
    public var failure: ByteSink.Failure? { standardOutput.failure ?? err.failure }

    /// Whether somebody watches, who must see each answer when it comes.
    var isWatched: Bool { standardOutput.isTerminal || err.isTerminal }

    public func flush() {
        // Results first: a reader of both streams sees the answer before what is said about it.
        out.flush()
        standardOutput.flush()
        err.flush()
    }

    /// False when the file cannot be opened; `errno` says why.
    func redirect(to path: String) -> Bool {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { return false }
        redirection = ByteSink(descriptor: descriptor, closesDescriptor: true)
        redirectionPath = path
        return true
    }

    /// Ends what `.output` or `.once` began. Answers an error message when something written to it was lost.
    public func closeRedirection() -> String? {
        defer { redirection = nil }
        redirection?.flush()
        switch redirection?.failure {
        case nil: return nil
        case .readerLeft: return "cannot write \(redirectionPath): \(errorText(EPIPE))"
        case .error(let number): return "cannot write \(redirectionPath): \(errorText(number))"
        }
    }

    private static func areSameFile() -> Bool {
        var out = stat()
        var err = stat()
        guard fstat(STDOUT_FILENO, &out) == 0, fstat(STDERR_FILENO, &err) == 0 else { return false }
        return out.st_dev == err.st_dev && out.st_ino == err.st_ino
    }
}
