import Model

/// Statements whose first word is no verb: pasted code, words of later versions, words of other shells.
extension CommandParser {
    mutating func parseWithoutVerb(_ word: Token) throws(SyntaxError) -> ParsedStatement {
        expecting(.verb)
        switch word.kind {
        case .end: throw SyntaxError("there is no statement", at: word.range)
        case .unclosed: throw unclosed(at: word.start)
        case .word:
            if looksLikePastedCode(behind: word) { return try parsePastedCode(from: word) }
            throw unknownVerb(word)
        default:
            throw SyntaxError("a statement begins with a verb, not with \(shown(word))", at: word.range)
        }
    }

    func unknownVerb(_ word: Token) -> SyntaxError {
        let text = text(of: word)
        let folded = FoldedWord(text)
        if let later = CommandParser.laterVerbs.first(where: { FoldedWord($0) == folded }) {
            return SyntaxError("this version has no \(later) yet", at: word.range)
        }
        if let (_, answer) = CommandParser.otherWords.first(where: { FoldedWord($0.0) == folded }) {
            return SyntaxError("\(shown(word)) is not a verb", at: word.range, remark: answer)
        }
        let names = VerbReference.rows.flatMap(\.names)
        return SyntaxError(
            "\(shown(word)) is not a verb",
            at: word.range,
            remark: Suggestions.remark(text, among: names) ?? "help lists them"
        )
    }

    /// Verbs and operations that are known, and not here yet.
    static let laterVerbs = [
        "CreateBackup", "ListBackups", "DescribeBackup", "DeleteBackup", "RestoreTable", "Workload", "Advise",
        "Import", "Export", "Connect", "WATCH", "REPEAT", "UpdateContinuousBackups",
        "DescribeContinuousBackups", "RestoreTableFromBackup", "RestoreTableToPointInTime",
    ]

    /// What people type elsewhere, and what it is here.
    private static let otherWords = [
        ("create", "the command is CreateTable"), ("drop", "the command is DropTable"),
        ("alter", "the command is UpdateTable"), ("truncate", "drop the table and create it again"),
        ("list", "the command is ListTables"), ("tables", "the command is ListTables"),
        ("begin", "a transaction is one statement: TransactWrite ( …; … )"),
        ("commit", "a transaction is one statement: TransactWrite ( …; … )"),
        ("set", "the command is UpdateItem, short upd"), ("find", "the command is Query, or Scan without a key"),
        ("db", "the command is Query, or Scan without a key"), ("upsert", "the command is PutItem, short put"),
        ("createlsi", "local indexes exist from CreateTable on: CreateTable … LSI name (attribute)"),
        ("kill", "the command is Fault kill"), ("heal", "the command is Fault heal"),
        ("next", "the command is more"), ("man", "the command is help"),
    ]
}
