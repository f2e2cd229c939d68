/// What a text leaves open, and where that began.
public struct OpenConstruct: Equatable, Sendable {
    public enum Kind: Equatable, Sendable, CaseIterable {
        case singleQuote, doubleQuote, backtick, brace, parenthesis, bracket, blockComment
        /// Nothing is open; only the end of the statement is missing.
        case statement
    }

    public var kind: Kind
    /// Bytes from the start of the statement (or, for `completeness(of:)`, of the text) to the opening token.
    public var offset: Int

    public init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = offset
    }

    /// The token that opened it.
    public var opening: String {
        switch kind {
        case .singleQuote: "'"
        case .doubleQuote: "\""
        case .backtick: "`"
        case .brace: "{"
        case .parenthesis: "("
        case .bracket: "["
        case .blockComment: "/*"
        case .statement: ""
        }
    }

    /// Three characters for the continuation prompt.
    public var promptMark: String {
        switch kind {
        case .singleQuote: "''."
        case .doubleQuote: "\"\"."
        case .backtick: "``."
        case .brace: "{.."
        case .parenthesis: "(.."
        case .bracket: "[.."
        case .blockComment: "/*."
        case .statement: "..."
        }
    }

    /// The error when the text ends here.
    public var syntaxError: SyntaxError {
        SyntaxError("this \(opening) is never closed", at: offset..<offset + opening.utf8.count)
    }
}

/// Whether a text can run as it stands.
public enum Completeness: Equatable, Sendable {
    /// Nothing but blanks and comments.
    case empty
    case complete
    case incomplete(open: OpenConstruct)
}

extension Completeness {
    /// How complete the text of an editor is. A last line that is blank ends a statement that leaves nothing open.
    public init(of text: String) {
        var text = text
        self = text.withUTF8 { Completeness(of: UnsafeRawBufferPointer($0)) }
    }

    init(of bytes: UnsafeRawBufferPointer) {
        var scanner = StatementScanner()
        var start = 0
        var found = false
        while start < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
            guard let statement = scanner.next(in: rest, isAtEnd: true) else { break }
            found = true
            if statement.terminator == .end {
                let open = statement.open ?? OpenConstruct(.statement, at: 0)
                if open.kind == .statement, endsWithBlankLine(rest) { break }
                self = .incomplete(open: OpenConstruct(open.kind, at: start + statement.range.lowerBound + open.offset))
                return
            }
            start += statement.end
        }
        if let open = scanner.openComment {
            self = .incomplete(open: OpenConstruct(.blockComment, at: start + open))
            return
        }
        self = found ? .complete : .empty
    }
}

/// Whether a newline is followed by blanks and another newline at the very end.
private func endsWithBlankLine(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var newlines = 0
    for byte in bytes.reversed() {
        if byte == UInt8(ascii: "\n") {
            newlines += 1
            if newlines == 2 { return true }
        } else if !isBlank(byte) {
            return false
        }
    }
    return false
}

/// Whether a text can run as it stands, and if not, what it leaves open.
public func completeness(of text: String) -> Completeness { Completeness(of: text) }
