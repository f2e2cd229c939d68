#if canImport(Glibc)
    import Glibc
#endif

/// One statement within a text.
public struct SplitStatement: Equatable, Sendable {
    public enum Terminator: Equatable, Sendable {
        case semicolon
        /// `\json` and its kind.
        case mode
        case newline
        /// The text ended.
        case end
    }

    /// Where it stands, its terminator included, blanks and comments before it not.
    public var range: Range<Int>
    /// How many bytes are used up, so that the rest begins there.
    public var end: Int
    public var terminator: Terminator
    /// What the statement still had open when it ended; the offset counts from the statement's start.
    public var open: OpenConstruct?
    /// Of the first byte, from 1; the column counts characters.
    public var line = 1
    public var column = 1
    /// Whether the text ended inside a comment behind `--` or `//`.
    var endsInLineComment = false
    /// What the first word made of it.
    var dialect = StatementScanner.Dialect.command

    /// For a statement that the end of the input cut off: the error to report instead of running it.
    public var unfinished: SyntaxError? { terminator == .end ? open?.syntaxError : nil }
}

/// Finds where the statement at the front of a buffer ends. It remembers how far it looked, so that the same statement
/// in a longer buffer is continued and no byte is looked at twice.
///
/// It knows quotes, comments, brackets, and the few words that change these (see `Dialect`), nothing else.
struct StatementScanner {
    /// What the first word decides.
    enum Dialect: Sendable {
        /// Ends at `;` outside quotes, or at `\mode`.
        case command
        /// `(` holds statements, each with its own `;`.
        case block
        /// No backslash escapes.
        case partiQL
        /// A block of PartiQL statements.
        case partiQLBlock
        /// `aws …`: a shell's quoting; ends at the newline, unless a backslash precedes it.
        case shellLine
        /// `.name …`: all of the line.
        case dotLine
        /// `use app`, `\dt`: ends at the newline, or at `;`.
        case wordLine
    }

    private enum Mode {
        case leading, firstWord, text, singleQuote, doubleQuote, backtick, lineComment, blockComment
    }

    /// The first byte not looked at yet.
    private var position = 0
    private var start: Int?
    private var mode = Mode.leading
    private var modeAfterComment = Mode.leading
    private var dialect = Dialect.command
    private var quoteStart = 0
    private var openings: [OpenConstruct] = []

    /// Where a comment before any statement began that is still open.
    var openComment: Int? { mode == .blockComment && start == nil ? quoteStart : nil }

    /// Whether the text so far ends in a comment before any statement.
    var isInLeadingComment: Bool { start == nil && (mode == .blockComment || mode == .lineComment) }

    /// The statement that begins in `buffer`, or nil when more bytes are needed (with `isAtEnd`: when none is left).
    ///
    /// Until it answers, call it with the same bytes and more behind them; afterwards with what follows `end`.
    mutating func next(in buffer: UnsafeRawBufferPointer, isAtEnd: Bool) -> SplitStatement? {
        while position < buffer.count {
            let finished: SplitStatement.Terminator?
            let before = position
            let modeBefore = mode
            switch mode {
            case .leading: finished = scanLeading(buffer, isAtEnd)
            case .firstWord: finished = scanFirstWord(buffer, isAtEnd)
            case .text: finished = scanText(buffer, isAtEnd)
            case .singleQuote: finished = scanQuote(buffer, isAtEnd, UInt8(ascii: "'"), escapes: singleQuotesEscape)
            case .doubleQuote: finished = scanQuote(buffer, isAtEnd, UInt8(ascii: "\""), escapes: !isPartiQL)
            case .backtick: finished = scanQuote(buffer, isAtEnd, UInt8(ascii: "`"), escapes: false)
            case .lineComment: finished = scanLineComment(buffer)
            case .blockComment: finished = scanBlockComment(buffer, isAtEnd)
            }
            if let finished { return finish(finished) }
            if position == before, mode == modeBefore { return nil }
        }
        guard isAtEnd, let start else { return nil }
        return finish(isWholeLine(buffer.slice(start..<position)) ? .newline : .end)
    }

    /// Whether the end of the text completes what was read: a line that nothing continues.
    private func isWholeLine(_ bytes: UnsafeRawBufferPointer) -> Bool {
        switch (dialect, mode) {
        case (.dotLine, _), (.wordLine, .text), (.wordLine, .lineComment): true
        case (.shellLine, .text): bytes.last { !isBlank($0) } != UInt8(ascii: "\\")
        default: false
        }
    }

    private var isInBlock: Bool {
        (dialect == .block || dialect == .partiQLBlock) && openings.first?.kind == .parenthesis
    }

    private var isPartiQL: Bool { dialect == .partiQL || (dialect == .partiQLBlock && isInBlock) }

    private var singleQuotesEscape: Bool { !isPartiQL && dialect != .shellLine }

    private mutating func finish(_ terminator: SplitStatement.Terminator) -> SplitStatement {
        let start = start!
        let innermost: OpenConstruct? =
            switch mode {
            case .singleQuote: OpenConstruct(.singleQuote, at: quoteStart - start)
            case .doubleQuote: OpenConstruct(.doubleQuote, at: quoteStart - start)
            case .backtick: OpenConstruct(.backtick, at: quoteStart - start)
            case .blockComment: OpenConstruct(.blockComment, at: quoteStart - start)
            default: openings.last.map { OpenConstruct($0.kind, at: $0.offset - start) }
            }
        let statement = SplitStatement(
            range: start..<position,
            end: position,
            terminator: terminator,
            open: innermost,
            endsInLineComment: mode == .lineComment,
            dialect: dialect
        )
        openings.removeAll(keepingCapacity: true)
        self.start = nil
        position = 0
        mode = .leading
        dialect = .command
        return statement
    }

    /// Blanks, comments and empty statements; behind EXPLAIN and TRACE, before the word that counts.
    private mutating func scanLeading(_ buffer: UnsafeRawBufferPointer, _ isAtEnd: Bool) -> SplitStatement.Terminator? {
        while position < buffer.count {
            let byte = buffer[position]
            switch byte {
            case UInt8(ascii: ";") where start != nil:
                position += 1
                return .semicolon
            case UInt8(ascii: ";"): position += 1
            case 0xEF where start == nil && position + 2 >= buffer.count && !isAtEnd: return nil
            case 0xEF where start == nil && isByteOrderMark(buffer): position += 3
            case _ where isBlank(byte): position += 1
            case UInt8(ascii: "-"), UInt8(ascii: "/"):
                guard position + 1 < buffer.count || isAtEnd else { return nil }
                if enterComment(buffer) { return nil }
                begin(.command)
                return nil
            case UInt8(ascii: ".") where start == nil:
                begin(.dotLine)
                return nil
            case UInt8(ascii: "\\") where start == nil:
                begin(.wordLine)
                position += 1
                return nil
            case _ where isLetter(byte):
                if start == nil { start = position }
                mode = .firstWord
                return nil
            default:
                begin(.command)
                return nil
            }
        }
        return nil
    }

    private func isByteOrderMark(_ buffer: UnsafeRawBufferPointer) -> Bool {
        position + 2 < buffer.count && buffer[position + 1] == 0xBB && buffer[position + 2] == 0xBF
    }

    private mutating func begin(_ dialect: Dialect) {
        if start == nil { start = position }
        self.dialect = dialect
        mode = .text
    }

    private mutating func scanFirstWord(
        _ buffer: UnsafeRawBufferPointer,
        _ isAtEnd: Bool
    ) -> SplitStatement.Terminator? {
        /// No verb is nearly as long; a longer word need not be read whole.
        let limit = 64
        var end = position
        while end < buffer.count, end - position < limit,
            isWordByte(buffer[end]) || buffer[end] == UInt8(ascii: "-")
        {
            end += 1
        }
        if end == buffer.count, !isAtEnd { return nil }
        let verb = Verb.named(buffer.slice(position..<end))
        position = end
        if verb == .explain || verb == .trace {
            mode = .leading
        } else {
            begin(verb?.dialect ?? .command)
        }
        return nil
    }

    private mutating func scanText(_ buffer: UnsafeRawBufferPointer, _ isAtEnd: Bool) -> SplitStatement.Terminator? {
        switch dialect {
        case .dotLine: scanDotLine(buffer)
        case .wordLine, .shellLine: scanLine(buffer, isAtEnd)
        default: scanStatement(buffer, isAtEnd)
        }
    }

    private mutating func scanDotLine(_ buffer: UnsafeRawBufferPointer) -> SplitStatement.Terminator? {
        guard let newline = buffer.firstIndex(of: UInt8(ascii: "\n"), from: position) else {
            position = buffer.count
            return nil
        }
        position = newline
        return .newline
    }

    private mutating func scanLine(_ buffer: UnsafeRawBufferPointer, _ isAtEnd: Bool) -> SplitStatement.Terminator? {
        let quotes = dialect == .shellLine
        while position < buffer.count {
            switch buffer[position] {
            case UInt8(ascii: "\n"):
                return .newline
            case UInt8(ascii: ";"):
                position += 1
                return .semicolon
            case UInt8(ascii: "'") where quotes:
                enterQuote(.singleQuote)
                return nil
            case UInt8(ascii: "\"") where quotes:
                enterQuote(.doubleQuote)
                return nil
            case UInt8(ascii: "\\") where quotes:
                guard position + 2 < buffer.count || isAtEnd else { return nil }
                let isLineEnd =
                    buffer.byte(position + 1) == UInt8(ascii: "\r") && buffer.byte(position + 2) == UInt8(ascii: "\n")
                position = min(position + (isLineEnd ? 3 : 2), buffer.count)
            case UInt8(ascii: "-") where !quotes:
                guard position + 1 < buffer.count || isAtEnd else { return nil }
                if enterComment(buffer) { return nil }
                position += 1
            default: position += 1
            }
        }
        return nil
    }

    private mutating func scanStatement(
        _ buffer: UnsafeRawBufferPointer,
        _ isAtEnd: Bool
    ) -> SplitStatement.Terminator? {
        while true {
            var index = position
            while index < buffer.count, !isSpecial(buffer[index]) { index += 1 }
            position = index
            if index == buffer.count { return nil }
            switch buffer[index] {
            case UInt8(ascii: "'"):
                enterQuote(.singleQuote)
                return nil
            case UInt8(ascii: "\""):
                enterQuote(.doubleQuote)
                return nil
            case UInt8(ascii: "`"):
                enterQuote(.backtick)
                return nil
            case UInt8(ascii: "-"), UInt8(ascii: "/"):
                guard index + 1 < buffer.count || isAtEnd else { return nil }
                if enterComment(buffer) { return nil }
                position += 1
            case UInt8(ascii: "("): open(.parenthesis)
            case UInt8(ascii: "{"): open(.brace)
            case UInt8(ascii: "["): open(.bracket)
            case UInt8(ascii: ")"): close(.parenthesis)
            case UInt8(ascii: "}"): close(.brace)
            case UInt8(ascii: "]"): close(.bracket)
            case UInt8(ascii: ";"):
                position += 1
                if !isInBlock { return .semicolon }
                // Whatever an inner statement forgot to close ends with it; the block goes on.
                openings.removeSubrange(1...)
            default:
                if let finished = scanMode(buffer, isAtEnd) { return finished }
                if position == index { return nil }
            }
        }
    }

    /// mode ::= "\" letters [ blanks ";" ]. A backslash before anything else is passed.
    private mutating func scanMode(_ buffer: UnsafeRawBufferPointer, _ isAtEnd: Bool) -> SplitStatement.Terminator? {
        var end = position + 1
        while end < buffer.count, isLetter(buffer[end]) { end += 1 }
        let wordEnd = end
        while end < buffer.count, buffer[end] == 0x20 || buffer[end] == 9 { end += 1 }
        if end == buffer.count, !isAtEnd { return nil }
        if wordEnd == position + 1 {
            position += 1
            return nil
        }
        position = end < buffer.count && buffer[end] == UInt8(ascii: ";") ? end + 1 : wordEnd
        return .mode
    }

    private mutating func open(_ kind: OpenConstruct.Kind) {
        openings.append(OpenConstruct(kind, at: position))
        position += 1
    }

    /// A bracket that closes nothing is left to the parser's message.
    private mutating func close(_ kind: OpenConstruct.Kind) {
        if openings.last?.kind == kind { openings.removeLast() }
        position += 1
    }

    private mutating func enterQuote(_ mode: Mode) {
        quoteStart = position
        self.mode = mode
        position += 1
    }

    private mutating func scanQuote(
        _ buffer: UnsafeRawBufferPointer,
        _ isAtEnd: Bool,
        _ quote: UInt8,
        escapes: Bool
    ) -> SplitStatement.Terminator? {
        var index = position
        if escapes {
            while index < buffer.count {
                let byte = buffer[index]
                if byte == quote { break }
                if byte == UInt8(ascii: "\\") {
                    if index + 1 == buffer.count, !isAtEnd {
                        position = index
                        return nil
                    }
                    index += 1
                }
                index += 1
            }
        } else {
            index = buffer.firstIndex(of: quote, from: index) ?? buffer.count
        }
        if index < buffer.count {
            position = index + 1
            mode = .text
        } else {
            position = buffer.count
        }
        return nil
    }

    /// Stands at `-` or `/` with a byte behind it, or at the very end. False when no comment begins here.
    private mutating func enterComment(_ buffer: UnsafeRawBufferPointer) -> Bool {
        let first = buffer[position]
        let second = buffer.byte(position + 1)
        guard second == first || (first == UInt8(ascii: "/") && second == UInt8(ascii: "*")) else { return false }
        modeAfterComment = mode
        quoteStart = position
        mode = second == UInt8(ascii: "*") ? .blockComment : .lineComment
        position += 2
        return true
    }

    private mutating func scanLineComment(_ buffer: UnsafeRawBufferPointer) -> SplitStatement.Terminator? {
        // The newline itself is left: it may end the statement.
        guard let newline = buffer.firstIndex(of: UInt8(ascii: "\n"), from: position) else {
            position = buffer.count
            return nil
        }
        position = newline
        mode = modeAfterComment
        return nil
    }

    private mutating func scanBlockComment(
        _ buffer: UnsafeRawBufferPointer,
        _ isAtEnd: Bool
    ) -> SplitStatement.Terminator? {
        while let star = buffer.firstIndex(of: UInt8(ascii: "*"), from: position) {
            if star + 1 == buffer.count {
                position = isAtEnd ? buffer.count : star
                return nil
            }
            position = star + 1
            if buffer[star + 1] == UInt8(ascii: "/") {
                position = star + 2
                mode = modeAfterComment
                return nil
            }
        }
        position = buffer.count
        return nil
    }
}

/// One of `"` `'` `(` `)` `-` `/` `;` `[` `\` `]` `` ` `` `{` `}`.
@inline(__always)
private func isSpecial(_ byte: UInt8) -> Bool {
    let low: UInt64 = 1 << 0x22 | 1 << 0x27 | 1 << 0x28 | 1 << 0x29 | 1 << 0x2D | 1 << 0x2F | 1 << 0x3B
    let high: UInt64 = 1 << 0x1B | 1 << 0x1C | 1 << 0x1D | 1 << 0x20 | 1 << 0x3B | 1 << 0x3D
    let word = byte < 0x40 ? low : (byte < 0x80 ? high : 0)
    return word >> UInt64(byte & 63) & 1 != 0
}

extension UnsafeRawBufferPointer {
    /// Zero beyond the end.
    fileprivate func byte(_ offset: Int) -> UInt8 { offset < count ? self[offset] : 0 }

    fileprivate func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        guard start < count, let base = baseAddress else { return nil }
        guard let found = memchr(base + start, Int32(byte), count - start) else { return nil }
        return UnsafeRawPointer(found) - base
    }
}
