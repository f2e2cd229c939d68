/// Where in a text the cursor stands: in which statement, and in which unfinished word of it.
struct CompletionPoint {
    /// The statement's first byte.
    var start: Int
    /// Where the unfinished word begins: behind the opening quote, if it is quoted.
    var wordStart: Int
    var cursor: Int
    /// Set inside an open quote.
    var quote: UInt8?
    /// Where the text ends that the parser may read: before the word and its quote.
    var parsedEnd: Int
    var dialect: StatementScanner.Dialect

    /// Nil inside a comment.
    init?(_ text: UnsafeRawBufferPointer, cursor: Int) {
        let cursor = min(max(cursor, 0), text.count)
        var start = 0
        var scanner = StatementScanner()
        var open: OpenConstruct?
        var dialect = StatementScanner.Dialect.command
        while start < cursor {
            let rest = text.slice(start..<cursor)
            guard let statement = scanner.next(in: rest, isAtEnd: true) else {
                if scanner.isInLeadingComment { return nil }
                start = cursor
                break
            }
            dialect = statement.dialect
            if start + statement.end == cursor, statement.terminator == .end || statement.terminator == .newline {
                start += statement.range.lowerBound
                open = statement.open
                if statement.endsInLineComment { return nil }
                break
            }
            start += statement.end
            dialect = .command
        }
        self.start = start
        self.cursor = cursor
        self.dialect = dialect
        switch open?.kind {
        case .singleQuote?, .doubleQuote?, .backtick?:
            let quoteStart = start + open!.offset
            quote = text[quoteStart]
            wordStart = quoteStart + 1
            parsedEnd = quoteStart
        case .blockComment?: return nil
        default:
            var word = cursor
            while word > start, isWordByte(text[word - 1]) { word -= 1 }
            wordStart = word
            parsedEnd = word
            quote = nil
        }
    }

    /// Where a table's name begins, in which `-` and `.` may stand.
    func tableNameStart(in text: UnsafeRawBufferPointer) -> Int {
        var word = cursor
        while word > start, isTableNameByte(text[word - 1]) { word -= 1 }
        return word
    }
}
