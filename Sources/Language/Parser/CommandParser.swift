import Model

/// Reads statements and answers what they ask for. Keep one for a session: it remembers the tables it met.
///
/// Recursive descent over the statement's bytes, two tokens of look-ahead at most, a function for each grammar rule.
/// There are no reserved words: where an operand may stand every word is an attribute, and only behind a complete
/// operand can a word open a clause.
public struct CommandParser {
    public let catalog: any TableCatalog
    /// The table of statements that name none.
    public var currentTable: Target?
    /// What `.param` set: keys carry their `:` or `#`.
    public var parameters: [String: AttributeValue] = [:]

    var lexer = Lexer(UnsafeRawBufferPointer(start: nil, count: 0))
    /// The next token, not yet taken.
    var token = Token(kind: .end, start: 0, end: 0)
    var tables = KnownTables()
    var builder = ItemBuilder()
    /// The expression being written, in UTF-8.
    var expression: [UInt8] = []
    var statement = StatementState()
    var recorder: ExpectationRecorder?

    public init(catalog: any TableCatalog) {
        self.catalog = catalog
        expression.reserveCapacity(256)
    }

    /// Parses one statement, with or without its terminator. The bytes need to live during the call only.
    public mutating func parse(_ text: UnsafeRawBufferPointer) throws(SyntaxError) -> ParsedStatement {
        begin(text)
        defer { lexer = Lexer(UnsafeRawBufferPointer(start: nil, count: 0)) }
        var prefix = ""
        while true {
            do throws(SyntaxError) {
                return try parseScript()
            } catch {
                guard statement.placeholders.collide, prefix.utf8.count < 8 else { throw blame(error) }
                // The user has placeholders like ours: read it again with longer ones of our own.
                prefix += "_"
                begin(text)
                statement.placeholderPrefix = prefix
                statement.placeholders = Placeholders(prefix: prefix)
            }
        }
    }

    public mutating func parse(_ text: String) throws(SyntaxError) -> ParsedStatement {
        var text = text
        let result: Result<ParsedStatement, SyntaxError> = text.withUTF8 { bytes in
            do throws(SyntaxError) {
                return .success(try parse(UnsafeRawBufferPointer(bytes)))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    mutating func begin(_ text: UnsafeRawBufferPointer) {
        lexer = Lexer(text)
        statement = StatementState()
        expression.removeAll(keepingCapacity: true)
        builder.reset()
    }

    /// script ::= dotline | shortcut | statement
    private mutating func parseScript() throws(SyntaxError) -> ParsedStatement {
        guard lexer.skipTrivia() else { throw unclosed(at: lexer.offset) }
        while lexer.byte(at: lexer.offset) == UInt8(ascii: ";") {
            lexer.offset += 1
            guard lexer.skipTrivia() else { throw unclosed(at: lexer.offset) }
        }
        switch lexer.byte(at: lexer.offset) {
        case UInt8(ascii: "."): return ParsedStatement(parseDotLine())
        case UInt8(ascii: "\\"): return ParsedStatement(try parseShortcut())
        default: return try parseStatement()
        }
    }
}

/// What the parser knows of the statement it is in.
struct StatementState {
    var verb: Verb?
    var placeholderPrefix = ""
    var placeholders = Placeholders()
    var notes: [String] = []
    /// Clauses seen already; each may stand once.
    var used: KeywordSet = []
    /// Where the clause being read began.
    var clauseStart = 0
    /// A word in operand position, in this clause, that spells a clause of the verb: the first to blame.
    var suspect: Token?
    /// The key was written in DynamoDB JSON, so everything else is.
    var isTyped = false
    /// The table and index that bare names belong to.
    var table: KnownTable?
    var index: String?
    /// Comparisons of bare names in the KEY clause.
    var comparisons: [KeyComparison] = []
    var isInKeyClause = false
    var depth = 0
    /// Inside pasted code, whose values have more forms.
    var isCode = false
    /// Names with escapes, decoded.
    var keptNames: [KeptBytes] = []
}

/// `name operator …` in a KEY clause.
struct KeyComparison {
    var name: String
    var isEquality: Bool
    var range: Range<Int>
}
