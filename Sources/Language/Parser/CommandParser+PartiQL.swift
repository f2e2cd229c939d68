import Model

/// PartiQL statements: passed on as typed, their syntax checked at once so that the caret is right.
extension CommandParser {
    /// partiql ::= ("SELECT" | "INSERT" | "UPDATE" | "DELETE" | "EXISTS") TEXT [ "PARAMS" list ]
    ///
    /// The first word was taken, the token behind it not.
    mutating func parsePartiQL(from word: Token) throws(SyntaxError) -> ExecuteStatementRequest {
        ExecuteStatementRequest(statement: try parsePartiQLStatement(from: word))
    }

    private mutating func parsePartiQLStatement(from word: Token) throws(SyntaxError) -> ParameterizedStatement {
        lexer.doublesQuotes = true
        defer { lexer.doublesQuotes = false }
        try refuseMistakenCommand(word)
        let (end, parameters) = try parsePartiQLText()
        let text = try textWithoutComments(word.start..<end)
        try PartiQLSyntax.check(text, at: word.start)
        return ParameterizedStatement(statement: text, parameters: parameters)
    }

    /// Passes the statement's text. Answers where it ends, and its parameters; the token behind them is taken.
    private mutating func parsePartiQLText() throws(SyntaxError) -> (end: Int, parameters: [AttributeValue]) {
        var depth = 0
        advance()
        while true {
            switch token.kind {
            case .end, .mode, .semicolon: return (previousEnd, [])
            case .rightParenthesis where depth == 0: return (previousEnd, [])
            case .unclosed: throw unclosed(at: token.start)
            case .leftParenthesis, .leftBrace, .leftBracket, .leftSet: depth += 1
            case .rightParenthesis, .rightBrace, .rightBracket, .rightSet: depth -= 1
            case .word where depth == 0 && keyword == .parameters && peek().kind == .leftBracket:
                let end = previousEnd
                advance()
                let parameters = try parsePartiQLParameters()
                return (end, parameters)
            default: break
            }
            let namesTable = keyword == .from || keyword == .into
            advance()
            if namesTable { expecting(.table) }
        }
    }

    private mutating func parsePartiQLParameters() throws(SyntaxError) -> [AttributeValue] {
        guard case .list(let literals) = try parseList().form else { return [] }
        let isTyped = !literals.isEmpty && literals.allSatisfy(\.isTypeWrapper)
        var values: [AttributeValue] = []
        for literal in literals { values.append(isTyped ? try literal.typedValue() : try literal.plainValue()) }
        return values
    }

    /// The text with blanks for comments, which not every service reads. Places stay the same.
    private func textWithoutComments(_ range: Range<Int>) throws(SyntaxError) -> String {
        var bytes = Array(lexer.bytes.slice(range))
        var index = 0
        var quote: UInt8 = 0
        while index < bytes.count {
            let byte = bytes[index]
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`") {
                quote = byte
            } else if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") {
                var comment = Lexer(lexer.bytes)
                comment.offset = range.lowerBound + index
                _ = comment.skipTrivia()
                var end = min(comment.offset - range.lowerBound, bytes.count)
                // What skipTrivia passed behind the comment is blank already, or another comment.
                for place in index..<end where bytes[place] != UInt8(ascii: "\n") { bytes[place] = UInt8(ascii: " ") }
                if end == index { end += 1 }
                index = end
                continue
            }
            index += 1
        }
        return try StringLiteral.validated(bytes, at: range.lowerBound, length: range.count)
    }

    /// `delete app 'x'`: a command whose name was cut short begins like PartiQL.
    private mutating func refuseMistakenCommand(_ word: Token) throws(SyntaxError) {
        var ahead = lexer
        let next = ahead.next()
        let behind = ahead.next()
        let isMistaken: Bool
        let command: Verb
        switch Verb.named(bytes(of: word)) {
        case .delete?:
            isMistaken = next.kind != .word || Keyword.named(bytes(of: next)) != .from
            command = .deleteItem
        case .insert?:
            isMistaken = next.kind != .word || Keyword.named(bytes(of: next)) != .into
            command = .putItem
        case .update?:
            // PartiQL's table is followed by SET or REMOVE; the command's by a key.
            isMistaken =
                (next.kind == .word
                    && (behind.kind == .string && lexer.byte(at: behind.start) == UInt8(ascii: "'")
                        || behind.kind == .leftBrace))
                || next.kind == .leftBrace
            command = .updateItem
        default: return
        }
        if !isMistaken || next.endsStatement { return }
        let short = command.reference.names[1]
        throw SyntaxError(
            "\(text(of: word).uppercased()) starts PartiQL; the command is \(command.name), short \(short)",
            at: word.range
        )
    }

    // MARK: Several statements

    /// "ExecuteTransaction" block [ "TOKEN" value ]
    mutating func parseExecuteTransaction() throws(SyntaxError) -> ExecuteTransactionRequest {
        var request = ExecuteTransactionRequest(transactStatements: try parsePartiQLBlock(.executeTransaction))
        while let clause = try nextClause(.executeTransaction) {
            if clause == .token {
                request.clientRequestToken = try parseTokenText()
            } else {
                request.returnConsumedCapacity = try parseChoice(clause.rawValue, ReturnConsumedCapacity.allCases)
            }
        }
        return request
    }

    /// "BatchExecute" block
    mutating func parseBatchExecute() throws(SyntaxError) -> BatchExecuteStatementRequest {
        var request = BatchExecuteStatementRequest(statements: try parsePartiQLBlock(.batchExecuteStatement))
        while let clause = try nextClause(.batchExecuteStatement) {
            request.returnConsumedCapacity = try parseChoice(clause.rawValue, ReturnConsumedCapacity.allCases)
        }
        return request
    }

    /// block ::= "(" partiql { ";" partiql } [ ";" ] ")"
    private mutating func parsePartiQLBlock(_ block: Verb) throws(SyntaxError) -> [ParameterizedStatement] {
        try expect(.leftParenthesis, "( and the statements")
        var statements: [ParameterizedStatement] = []
        while token.kind != .rightParenthesis {
            for verb in [Verb.select, .insert, .update, .delete] { expecting(.word(verb.name, kind: "PartiQL")) }
            rewind()
            let word = takeVerbWord()
            guard word.kind == .word, let verb = Verb.named(bytes(of: word)), verb.isPartiQL else {
                throw unexpected("SELECT, INSERT, UPDATE or DELETE")
            }
            statements.append(try parsePartiQLStatement(from: word))
            if !take(.semicolon) { break }
        }
        try expect(.rightParenthesis, "; or )")
        return statements
    }
}
