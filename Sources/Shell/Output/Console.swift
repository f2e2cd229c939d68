import Glibc

/// Where a session writes: results to `out`, everything said about them to `err`.
///
/// When both are one file, they are one sink, so that the order of what was written is kept.
public final class Console {
    public let standardOutput: ByteSink
    public let err: ByteSink
    /// Set by `.output` and `.once`.
    var redirection: ByteSink?

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

    public var failure: ByteSink.Failure? { standardOutput.failure ?? redirection?.failure ?? err.failure }

    public func flush() {
        // Results first: a reader of both streams sees the answer before what is said about it.
        out.flush()
        standardOutput.flush()
        err.flush()
    }

    public func closeRedirection() {
        redirection?.flush()
        redirection = nil
    }

    private static func areSameFile() -> Bool {
        var out = stat()
        var err = stat()
        guard fstat(STDOUT_FILENO, &out) == 0, fstat(STDERR_FILENO, &err) == 0 else { return false }
        return out.st_dev == err.st_dev && out.st_ino == err.st_ino
    }
}
