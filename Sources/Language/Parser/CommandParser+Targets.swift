import Model

/// A target whose table the catalog knows.
struct KnownTarget {
    var table: KnownTable
    var index: String?
    var range: Range<Int>
}

extension CommandParser {
    /// target ::= NAME ["/" NAME], left out after `use`. The token before it was the verb.
    ///
    /// A word that spells a clause of the verb is the clause, if a table is in use or none has that name.
    @inline(__always)
    mutating func parseKnownTarget(_ verb: Verb) throws(SyntaxError) -> KnownTarget {
        expecting(.table)
        let start = token.start
        if token.kind == .word, !isClauseInsteadOfTarget(verb) {
            let range = takeTableName()
            guard let table = tables.table(lexer.bytes.slice(range), in: catalog) else { throw unknownTable(range) }
            statement.table = table
            let index = try parseIndexName(of: table)
            statement.index = index
            return KnownTarget(table: table, index: index, range: start..<previousEnd)
        }
        return try parseKnownTargetSlowly()
    }

    private mutating func parseKnownTargetSlowly() throws(SyntaxError) -> KnownTarget {
        let range = token.range
        if token.kind == .quotedName {
            let name = try nameText(of: token)
            lexer.offset = token.end
            guard let table = tables.table(name, in: catalog) else { throw unknownTable(range) }
            statement.table = table
            statement.index = try parseIndexName(of: table)
            return KnownTarget(table: table, index: statement.index, range: range.lowerBound..<previousEnd)
        }
        guard let current = currentTable else { throw missingTarget() }
        guard let table = tables.table(current.table, in: catalog) else {
            throw SyntaxError("the table in use, \(current.table), is gone", at: range, suggestion: "use another table")
        }
        statement.table = table
        statement.index = current.index
        return KnownTarget(table: table, index: current.index, range: range.lowerBound..<range.lowerBound)
    }

    private func missingTarget() -> SyntaxError {
        if token.kind == .string {
            return SyntaxError(
                "quoted text is a key, and no table is in use",
                at: token.range,
                remark: "write the table's name before it, without quotes",
                suggestion: "use table"
            )
        }
        var error = unexpected("a table")
        error.suggestion = "use table"
        return error
    }

    private func isClauseInsteadOfTarget(_ verb: Verb) -> Bool {
        guard let keyword = Keyword.named(bytes(of: token)),
            verb.clauses.contains(keyword) || keyword == .dynamoDBJSON || keyword == .plainJSON
        else { return false }
        return currentTable != nil || catalog.shape(of: text(of: token)) == nil
    }

    /// Takes a bare table name, which may hold `-` and `.`, and leaves the lexer behind it.
    @inline(__always)
    mutating func takeTableName() -> Range<Int> {
        let start = token.start
        var end = start
        while end < lexer.bytes.count, isTableNameByte(lexer.bytes[end]) {
            if lexer.bytes[end] == UInt8(ascii: "-"), lexer.byte(at: end + 1) == UInt8(ascii: "-") { break }
            end += 1
        }
        // A name in another script is no table's name, but the message should show all of it.
        while end < lexer.bytes.count, isWordByte(lexer.bytes[end]) { end += 1 }
        lexer.offset = end
        return start..<end
    }

    /// Behind a table's name: ["/" NAME]. Takes the next token.
    @inline(__always)
    mutating func parseIndexName(of table: KnownTable) throws(SyntaxError) -> String? {
        guard let (name, range) = try parseIndexPart(ofTable: table.name) else { return nil }
        if table.key(ofIndex: name) == nil { throw unknownIndex(name, of: table, at: range) }
        return name
    }

    /// Behind a table's name: ["/" NAME], whether there is such an index or not. Takes the next token.
    @inline(__always)
    mutating func parseIndexPart(ofTable table: String) throws(SyntaxError) -> (name: String, range: Range<Int>)? {
        let next = lexer.byte(at: lexer.offset + 1)
        let isSlash = lexer.byte(at: lexer.offset) == UInt8(ascii: "/")
        guard isSlash, next != UInt8(ascii: "/"), next != UInt8(ascii: "*") else {
            advance()
            return nil
        }
        lexer.offset += 1
        advance()
        expecting(.index(ofTable: table))
        let range: Range<Int>
        let name: String
        switch token.kind {
        case .word:
            range = takeTableName()
            name = lexer.bytes.text(range)
        case .quotedName:
            range = token.range
            name = try nameText(of: token)
            lexer.offset = token.end
        default: throw unexpected("the name of an index")
        }
        advance()
        return (name, range)
    }

    /// target ::= NAME ["/" NAME] of a table that need not exist, or the one in use.
    mutating func parseTarget(_ verb: Verb) throws(SyntaxError) -> Target {
        expecting(.table)
        if token.kind == .word, !isClauseInsteadOfTarget(verb) {
            let table = lexer.bytes.text(takeTableName())
            return Target(table: table, index: try parseIndexPart(ofTable: table)?.name)
        }
        if token.kind == .quotedName {
            let table = try nameText(of: token)
            lexer.offset = token.end
            return Target(table: table, index: try parseIndexPart(ofTable: table)?.name)
        }
        guard let current = currentTable else { throw missingTarget() }
        return current
    }

    /// The name of a table that need not exist, or of anything else that is named like one.
    mutating func parseName(_ what: String) throws(SyntaxError) -> String {
        switch token.kind {
        case .word:
            let name = lexer.bytes.text(takeTableName())
            advance()
            return name
        case .quotedName:
            let name = try nameText(of: token)
            advance()
            return name
        case .string: return try parseStringToken()
        default: throw unexpected(what)
        }
    }

    // MARK: Names that are not there

    func unknownTable(_ range: Range<Int>) -> SyntaxError {
        let name = lexer.bytes.text(range)
        var error = SyntaxError(
            "table \"\(shown(range))\" not found",
            at: range,
            serviceMessage: "ResourceNotFoundException: Requested resource not found"
        )
        if let dot = name.lastIndex(of: "."), let shape = catalog.shape(of: String(name[..<dot])) {
            let index = String(name[name.index(after: dot)...])
            if shape.index(named: index) != nil || shape.indexes.isEmpty == false {
                error.message += "; for an index write \(name[..<dot])/\(index)"
                return error
            }
        }
        error.remark = Suggestions.remark(name, among: catalog.tableNames)
        return error
    }

    func unknownIndex(_ name: String, of table: KnownTable, at range: Range<Int>) -> SyntaxError {
        SyntaxError(
            "table \(table.name) has no index \(name)",
            at: range,
            expected: Array(table.indexNames.prefix(5)),
            remark: Suggestions.remark(name, among: table.indexNames),
            serviceMessage: "ValidationException: The table does not have the specified index: \(name)"
        )
    }

    /// For verbs that address items, which indexes do not hold.
    func refuseIndex(_ target: KnownTarget, _ verb: Verb) throws(SyntaxError) {
        guard let index = target.index, !target.range.isEmpty else { return }
        throw SyntaxError(
            "\(verb.name) takes a table, not the index \(index)",
            at: target.range,
            suggestion: "Query \(target.table.name)/\(index) …"
        )
    }
}
