#if canImport(Glibc)
    import Glibc
#endif

/// Cuts a stream of bytes into statements. Feed it chunks of any size; what it answers does not depend on them.
///
/// ```
/// splitter.append(chunk)
/// while let statement = splitter.next() {
///     splitter.withBytes(of: statement) { … }        // valid until the next `append`
/// }
/// ```
/// After the last chunk call `finish`, then ask for `next` again: it answers an unterminated statement too.
public struct StatementSplitter {
    private var buffer: [UInt8] = []
    /// Where the bytes begin that no statement has used up yet.
    private var head = 0
    private var isAtEnd = false
    private var scanner = StatementScanner()
    /// Line and column of `buffer[counted]`, from 1.
    private var line = 1
    private var column = 1
    private var counted = 0

    public init() {}

    public mutating func append(_ bytes: UnsafeRawBufferPointer) {
        dropUsedBytes()
        buffer.append(contentsOf: bytes)
    }

    public mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    /// No more bytes will come.
    public mutating func finish() { isAtEnd = true }

    /// The next statement, its range counted within the splitter's buffer. Nil when more bytes are needed, or none is
    /// left.
    public mutating func next() -> SplitStatement? {
        let found = buffer.withUnsafeBytes { bytes in
            scanner.next(in: UnsafeRawBufferPointer(rebasing: bytes[head...]), isAtEnd: isAtEnd)
        }
        guard var statement = found else { return nil }
        statement.range = head + statement.range.lowerBound..<head + statement.range.upperBound
        statement.end += head
        count(upTo: statement.range.lowerBound)
        statement.line = line
        statement.column = column
        head = statement.end
        return statement
    }

    /// A comment after the last statement that the end of the input cut off; ask once `finish` was called.
    public var openComment: SplitStatement? {
        guard isAtEnd, let offset = scanner.openComment else { return nil }
        var copy = self
        copy.count(upTo: head + offset)
        var comment = SplitStatement(range: head + offset..<buffer.count, end: buffer.count, terminator: .end)
        comment.open = OpenConstruct(.blockComment, at: 0)
        comment.line = copy.line
        comment.column = copy.column
        return comment
    }

    /// The statement's own bytes.
    public func withBytes<R, E: Error>(
        of statement: SplitStatement,
        _ body: (UnsafeRawBufferPointer) throws(E) -> R
    ) throws(E) -> R {
        let result: Result<R, E> = buffer.withUnsafeBytes { bytes in
            do throws(E) {
                return .success(try body(UnsafeRawBufferPointer(rebasing: bytes[statement.range])))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    public func text(of statement: SplitStatement) -> String {
        withBytes(of: statement) { String(decoding: $0, as: UTF8.self) }
    }

    /// Where a byte of the statement stands in the whole stream: line and column from 1, the column in characters.
    public func position(of offset: Int, in statement: SplitStatement) -> (line: Int, column: Int) {
        withBytes(of: statement) { bytes in
            var line = statement.line
            var column = statement.column
            for byte in bytes.prefix(offset) {
                if byte & 0xC0 != 0x80 { column += 1 }
                if byte == UInt8(ascii: "\n") {
                    line += 1
                    column = 1
                }
            }
            return (line, column)
        }
    }

    private mutating func count(upTo end: Int) {
        buffer.withUnsafeBytes { bytes in
            while counted < end {
                guard let newline = memchr(bytes.baseAddress! + counted, 10, end - counted) else {
                    for byte in bytes[counted..<end] where byte & 0xC0 != 0x80 { column += 1 }
                    counted = end
                    return
                }
                counted = UnsafeRawPointer(newline) - bytes.baseAddress! + 1
                line += 1
                column = 1
            }
        }
    }

    /// Moves what is left to the front once that is the smaller part, so that each byte moves once on average.
    private mutating func dropUsedBytes() {
        guard head > 0, head * 2 >= buffer.count else { return }
        count(upTo: head)
        buffer.removeSubrange(..<head)
        counted = 0
        head = 0
    }
}
