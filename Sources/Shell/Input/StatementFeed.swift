import Glibc
import Language
import LineEditor

/// Takes the bytes of a script in chunks of any size and runs each statement as soon as it is complete.
final class StatementFeed {
    private let session: Session
    /// The name in error positions; nil when there is nothing to point into.
    private let name: String?
    private var splitter = StatementSplitter()
    private var expectation: ExpectedText?
    /// The beginning of a line that may become `.check <<END`: it waits for the rest.
    private var held: [UInt8] = []

    init(_ session: Session, name: String?) {
        self.session = session
        self.name = name
    }

    /// Runs what is complete. Nil to go on, else how the script ended.
    func append(_ bytes: UnsafeRawBufferPointer) -> Outcome? {
        if held.isEmpty { return takeReady(of: bytes) }
        let joined = held + bytes
        held = []
        return joined.withUnsafeBytes { takeReady(of: $0) }
    }

    private func takeReady(of bytes: UnsafeRawBufferPointer) -> Outcome? {
        let keep = ExpectedText.bytesToHold(of: bytes)
        held = Array(bytes.suffix(keep))
        return take(UnsafeRawBufferPointer(rebasing: bytes.dropLast(keep)))
    }

    private func take(_ bytes: UnsafeRawBufferPointer) -> Outcome? {
        var rest = bytes
        while rest.count > 0 {
            if expectation != nil {
                if let outcome = collect(&rest) { return outcome }
                continue
            }
            let count = ExpectedText.bytesBefore(in: rest)
            splitter.append(UnsafeRawBufferPointer(rebasing: rest[..<count]))
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            if let outcome = runComplete() { return outcome }
        }
        return nil
    }

    /// The input has ended: what is left must be a whole statement.
    func finish() -> Outcome? {
        if let outcome = held.withUnsafeBytes({ take($0) }) { return outcome }
        splitter.finish()
        if let outcome = runComplete() { return outcome }
        if let comment = splitter.openComment { return refuse(comment) }
        if InterruptFlag.isSet, session.readingDepth == 0 { return .cancelled }
        return session.endOfScript()
    }

    /// The rest of the input may have been swallowed by it.
    private func refuse(_ comment: SplitStatement) -> Outcome? {
        guard let error = comment.unfinished else { return nil }
        let position = SourcePosition(file: name, line: comment.line, column: comment.column)
        return splitter.withBytes(of: comment) { session.refuse(error, in: $0, at: position) }
    }

    private func runComplete() -> Outcome? {
        while let statement = splitter.next() {
            if InterruptFlag.isSet {
                session.tell("cancelled before line \(statement.line)")
                return .cancelled
            }
            let position = SourcePosition(file: name, line: statement.line, column: statement.column)
            let outcome = splitter.withBytes(of: statement) { bytes in
                if let error = statement.unfinished { return session.refuse(error, in: bytes, at: position) }
                if let text = ExpectedText(opening: bytes) {
                    expectation = text
                    return Outcome.succeeded
                }
                return session.run(bytes, at: position)
            }
            if session.console.isWatched { session.console.flush() }
            if let end = session.endsScript(outcome) { return end }
        }
        return nil
    }

    // MARK: `.check <<END`

    private func collect(_ rest: inout UnsafeRawBufferPointer) -> Outcome? {
        guard let text = expectation?.take(&rest) else { return nil }
        expectation = nil
        return session.endsScript(session.run(".check \(text)"))
    }
}

/// The text between `.check <<END` and a line `END`: it is no statement, so the splitter must not see it.
struct ExpectedText {
    private let terminator: [UInt8]
    private var lines: [UInt8] = []
    private var line: [UInt8] = []

    /// Nil unless the statement is `.check <<WORD`.
    init?(opening statement: UnsafeRawBufferPointer) {
        guard statement.first == UInt8(ascii: "."), statement.count < 200 else { return nil }
        let words = String(decoding: statement, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard words.count == 2, words[0] == ".check", words[1].hasPrefix("<<"), words[1].count > 2 else { return nil }
        terminator = Array(words[1].dropFirst(2).utf8)
    }

    private static let opening = Array(".check <<".utf8)

    /// How many bytes may be given to the splitter at once: up to the end of a line that opens such a text.
    static func bytesBefore(in bytes: UnsafeRawBufferPointer) -> Int {
        var lineStart = 0
        while lineStart < bytes.count {
            let lineEnd = newline(in: bytes, from: lineStart).map { $0 + 1 } ?? bytes.count
            if bytes[lineStart] == opening[0], bytes[lineStart..<lineEnd].starts(with: opening) { return lineEnd }
            lineStart = lineEnd
        }
        return bytes.count
    }

    /// Length of a last line that has no end yet and begins like a dot-command.
    static func bytesToHold(of bytes: UnsafeRawBufferPointer) -> Int {
        let tail = bytes.suffix(256)
        let start = tail.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? tail.startIndex
        guard start < bytes.endIndex, bytes[start] == opening[0] else { return 0 }
        return bytes.endIndex - start
    }

    private static func newline(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        return memchr(base + start, 10, bytes.count - start).map { UnsafeRawPointer($0) - base }
    }

    /// Takes lines off the front; the text once its last line has come.
    mutating func take(_ rest: inout UnsafeRawBufferPointer) -> String? {
        while let byte = rest.first {
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst())
            line.append(byte)
            guard byte == UInt8(ascii: "\n") else { continue }
            if line.dropLast() == terminator[...] { return String(decoding: lines.dropLast(), as: UTF8.self) }
            lines += line
            line = []
        }
        return nil
    }
}

extension Session {
    /// Nil when the script goes on after a statement that ended so.
    func endsScript(_ outcome: Outcome) -> Outcome? {
        switch outcome {
        case .succeeded:
            if console.failure != nil { return .exit(code: failureCode) }
            return nil
        case .failed: return settings.stopsAtError && !settings.isInteractive ? .failed : nil
        case .cancelled, .exit: return outcome
        }
    }

    /// After a write error the process has nothing more to say.
    public var failureCode: Int32 {
        switch console.failure {
        case nil: ExitCode.success
        case .readerLeft: ExitCode.readerLeft
        case .error: ExitCode.statementFailed
        }
    }

    /// A test left open by the script is judged at its end.
    func endOfScript() -> Outcome? {
        guard readingDepth == 0, let testcase, !testcase.unexpectedErrors.isEmpty else { return nil }
        self.testcase = nil
        let message = "testcase \(testcase.name): unexpected error"
        return fail(with: Diagnostic(message: message, details: testcase.unexpectedErrors))
    }

    /// A statement that the end of the input cut off.
    func refuse(_ error: SyntaxError, in bytes: UnsafeRawBufferPointer, at position: SourcePosition) -> Outcome {
        fail(with: diagnostic(for: error, in: Statement(bytes: bytes, position: position)))
    }
}
