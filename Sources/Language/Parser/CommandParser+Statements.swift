import Model

extension CommandParser {
    /// statement ::= { "EXPLAIN" | "TRACE" } ( partiql | verb ) END
    @inline(__always)
    mutating func parseStatement() throws(SyntaxError) -> ParsedStatement {
        let word = takeVerbWord()
        guard word.kind == .word, let verb = Verb.named(bytes(of: word)) else {
            return try parseWithoutVerb(word)
        }
        statement.verb = verb
        let command = try parseVerb(verb, word)
        let mode = token.kind == .semicolon && lexer.offset >= lexer.bytes.count ? nil : try parseEnd()
        return ParsedStatement(command, outputMode: mode)
    }

    /// Takes a verb's word, in which `-` may stand. The token behind it is not read yet.
    mutating func takeVerbWord() -> Token {
        guard lexer.skipTrivia() else { return Token(kind: .unclosed, start: lexer.offset, end: lexer.bytes.count) }
        let start = lexer.offset
        var end = start
        while end < lexer.bytes.count, isWordByte(lexer.bytes[end]) || lexer.bytes[end] == UInt8(ascii: "-") {
            if lexer.bytes[end] == UInt8(ascii: "-"), lexer.byte(at: end + 1) == UInt8(ascii: "-") { break }
            end += 1
        }
        if end == start || !isLetter(lexer.byte(at: start)) {
            advance()
            return token
        }
        lexer.offset = end
        token = Token(kind: .word, start: start, end: end)
        return token
    }

    /// END ::= ";" | "\" MODE [";"] | end. Answers the output mode.
    mutating func parseEnd() throws(SyntaxError) -> String? {
        var mode: String?
        if token.kind == .mode {
            mode = String(text(of: token).dropFirst())
            advance()
        }
        while token.kind == .semicolon { advance() }
        switch token.kind {
        case .end: return mode
        case .unclosed: throw unclosed(at: token.start)
        case .rightParenthesis: throw SyntaxError("this ) closes nothing", at: token.range)
        default: throw SyntaxError("\(shown(token)) does not belong here", at: token.range)
        }
    }

    @inline(__always)
    private mutating func parseVerb(_ verb: Verb, _ word: Token) throws(SyntaxError) -> Command {
        recorder?.verb = verb
        switch verb {
        case .putItem where nextByte != UInt8(ascii: "{"):
            advance()
            let request = try parsePutItem()
            return .call(call(.putItem(request)))
        case .getItem where nextByte != UInt8(ascii: "{"):
            advance()
            let request = try parseGetItem()
            return .call(call(.getItem(request)))
        case .query where nextByte != UInt8(ascii: "{"):
            advance()
            var call = try parseQuery()
            call.notes = statement.notes
            return .call(call)
        default: return try parseOtherVerb(verb, word)
        }
    }

    /// The first byte behind blanks. The next token has not been read.
    private var nextByte: UInt8 {
        var offset = lexer.offset
        while offset < lexer.bytes.count, isBlank(lexer.bytes[offset]) { offset += 1 }
        return lexer.byte(at: offset)
    }

    /// Mutating so that its argument, which may parse, is evaluated before the notes are read.
    mutating func call(_ request: Request) -> Call { Call(request, notes: statement.notes) }

    private mutating func parseOtherVerb(_ verb: Verb, _ word: Token) throws(SyntaxError) -> Command {
        if verb.isPartiQL { return .call(call(.executeStatement(try parsePartiQL(from: word)))) }
        if verb == .aws { return .call(try parseAwsLine(from: word)) }
        advance()
        if let operation = verb.operation, token.kind == .leftBrace, isRawBody(of: verb) {
            return .call(try parseRawBody(operation))
        }
        switch verb {
        case .putItem: return .call(call(.putItem(try parsePutItem())))
        case .getItem: return .call(call(.getItem(try parseGetItem())))
        case .updateItem: return .call(call(.updateItem(try parseUpdateItem())))
        case .deleteItem: return .call(call(.deleteItem(try parseDeleteItem())))
        case .query: return .call(try parseQuery())
        case .scan: return .call(try parseScan())
        case .batchGetItem: return .call(call(.batchGetItem(try parseBatchGet())))
        case .batchWriteItem: return .call(call(.batchWriteItem(try parseBatchWrite())))
        case .transactGetItems: return .call(call(.transactGetItems(try parseTransactGet())))
        case .transactWriteItems: return .call(call(.transactWriteItems(try parseTransactWrite())))
        case .batchExecuteStatement: return .call(call(.batchExecuteStatement(try parseBatchExecute())))
        case .executeTransaction: return .call(call(.executeTransaction(try parseExecuteTransaction())))
        case .createTable: return .call(try parseCreateTable())
        case .updateTable: return .call(try parseUpdateTable())
        case .createGSI: return .call(call(.updateTable(try parseCreateGSI())))
        case .dropGSI: return .call(call(.updateTable(try parseDropGSI())))
        case .deleteTable: return .call(try parseDropTable())
        case .describeTable: return .call(call(.describeTable(try parseDescribeTable())))
        case .listTables: return .call(call(.listTables(try parseListTables())))
        case .describeLimits: return .call(call(.describeLimits))
        case .describeEndpoints: return .call(call(.describeEndpoints))
        case .listStreams: return .call(call(.listStreams(ListStreamsRequest())))
        case .updateTimeToLive, .describeTimeToLive, .tagResource, .untagResource, .listTagsOfResource,
            .putResourcePolicy, .getResourcePolicy, .deleteResourcePolicy, .describeStream, .getShardIterator,
            .getRecords:
            throw SyntaxError("\(verb.name) takes the API's body", at: word.range, remark: verb.reference.syntax)
        case .explain: return .explain(try parseExplained(.explain))
        case .trace: return .trace(try parseExplained(.trace))
        case .tail: return .tail(try parseTail())
        case .describe: return .describe(try parseExistingTarget(.describe))
        case .show: return try parseShow()
        case .locate: return try parseLocate()
        case .clock: return .clock(try parseClock())
        case .fault: return .fault(try parseFault())
        case .serve: return .serve(port: try parseServe())
        case .createUser: return .user(try parseCreateUser())
        case .updateUser: return .user(try parseUpdateUser())
        case .dropUser: return .user(try parseDropUser())
        case .sample: return .sample(try parseName("the name of a sample, such as music,"))
        case .use:
            let target = try parseExistingTarget(.use)
            return .use(target)
        case .more: return .more
        case .clear: return .clear
        case .exit: return .exit
        case .help: return parseHelp()
        case .conditionCheck:
            throw SyntaxError("ConditionCheck stands inside TransactWrite ( … )", at: word.range)
        case .executeStatement:
            throw SyntaxError(
                "ExecuteStatement takes the API's body {Statement: '…'}",
                at: word.range,
                remark: "PartiQL is typed as it is: SELECT …"
            )
        case .select, .insert, .update, .delete, .exists, .aws: preconditionFailure("handled above")
        }
    }

    /// "EXPLAIN" or "TRACE" before a request.
    private mutating func parseExplained(_ prefix: Verb) throws(SyntaxError) -> Command {
        expecting(.requestVerb)
        rewind()
        let word = takeVerbWord()
        guard word.kind == .word else { throw unexpected("a request") }
        guard let verb = Verb.named(bytes(of: word)) else { throw unknownVerb(word) }
        statement.verb = verb
        let command = try parseVerb(verb, word)
        if case .call = command { return command }
        throw SyntaxError("\(prefix.name) goes with a request, not with \(verb.name)", at: word.range)
    }
}
