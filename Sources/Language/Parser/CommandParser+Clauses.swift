import Model

extension CommandParser {
    /// The next clause of the verb, its keyword taken; nil where the statement may end. Each may stand once.
    @inline(__always)
    mutating func nextClause(_ verb: Verb, repeatable: KeywordSet = []) throws(SyntaxError) -> Keyword? {
        if token.kind == .semicolon { return nil }
        return try nextClauseSlowly(verb, repeatable)
    }

    private mutating func nextClauseSlowly(
        _ verb: Verb,
        _ repeatable: KeywordSet
    ) throws(SyntaxError) -> Keyword? {
        if recorder != nil, token.kind == .end {
            for keyword in verb.clauses.subtracting(statement.used).keywords { expecting(.keyword(keyword)) }
        }
        if token.endsStatement { return nil }
        guard let keyword, verb.clauses.contains(keyword) else { throw notAClause(verb) }
        if statement.used.contains(keyword), !repeatable.contains(keyword) {
            throw SyntaxError("\(shown(token)) stands twice", at: token.range)
        }
        statement.used.insert(keyword)
        statement.suspect = nil
        statement.clauseStart = token.start
        recorder?.clause = keyword
        advance()
        return keyword
    }

    private func notAClause(_ verb: Verb) -> SyntaxError {
        guard token.kind == .word else { return unexpected("a clause of \(verb.name)") }
        let word = text(of: token)
        if keyword?.isForLaterVersion == true {
            return SyntaxError("this version has no \(word.uppercased()) yet", at: token.range)
        }
        let unused = verb.clauses.subtracting(statement.used).keywords.map(\.rawValue)
        let near = Suggestions.remark(word, among: unused.isEmpty ? verb.clauses.keywords.map(\.rawValue) : unused)
        var error = SyntaxError("\(shown(token)) is not a clause of \(verb.name)", at: token.range, remark: near)
        if near == nil, peek().kind == .equal, verb == .updateItem {
            error.remark = "a comma is missing before it"
        } else if near == nil,
            let owner = Verb.allCases.first(where: { verb in
                keyword.map { verb.clauses.contains($0) } ?? false
            })
        {
            error.remark = "it belongs to \(owner.name)"
        }
        return error
    }

    /// Throws when two clauses contradict each other.
    func exclude(_ clause: Keyword, with other: Keyword) throws(SyntaxError) {
        guard statement.used.contains(other) else { return }
        throw SyntaxError(
            "\(clause.rawValue) and \(other.rawValue) exclude each other",
            at: statement.clauseStart..<previousEnd
        )
    }

    // MARK: Clauses that several verbs have

    /// NAMES object
    mutating func parseNames() throws(SyntaxError) {
        let literal = try parseObject()
        guard case .object(let members) = literal.form else { return }
        var names: [String: String] = [:]
        for member in members {
            guard case .value(.string(let name)) = member.value.form else {
                throw SyntaxError("a name is a text", at: member.value.range)
            }
            guard member.name.utf8.first == UInt8(ascii: "#") else {
                throw SyntaxError("a placeholder for a name begins with #", at: member.nameRange)
            }
            names[member.name] = name
        }
        statement.placeholders.givenNames = names
    }

    /// VALUES ["ddb" | "json"] object. Typed when every value is a one-type wrapper.
    mutating func parseValues() throws(SyntaxError) {
        var literal = try parseLiteral()
        var isTyped: Bool?
        switch literal.form {
        case .typed(let inner): (literal, isTyped) = (inner, true)
        case .plain(let inner): (literal, isTyped) = (inner, false)
        default: break
        }
        guard case .object(let members) = literal.form else {
            throw SyntaxError("VALUES takes an object {:name: value}", at: literal.range)
        }
        let typed = isTyped ?? (!members.isEmpty && members.allSatisfy { $0.value.isTypeWrapper })
        var values: [String: AttributeValue] = [:]
        for member in members {
            guard member.name.utf8.first == UInt8(ascii: ":") else {
                throw SyntaxError("a placeholder for a value begins with :", at: member.nameRange)
            }
            values[member.name] = typed ? try member.value.typedValue() : try member.value.plainValue()
        }
        statement.placeholders.givenValues = values
    }

    /// PROJECT STRING | path { "," path }
    mutating func parseProjection() throws(SyntaxError) -> String {
        if token.kind == .string { return try parseQuotedExpression() }
        expression.removeAll(keepingCapacity: true)
        while true {
            expectAttribute()
            guard token.kind == .word || token.kind == .quotedName || token.kind == .namePlaceholder else {
                throw unexpected("an attribute")
            }
            try parsePath()
            if !take(.comma) { break }
            write(", ")
        }
        return String(decoding: expression, as: UTF8.self)
    }

    /// CONSISTENT, or ConsistentRead ["true" | "false"]
    mutating func parseConsistency() -> Bool {
        switch keyword {
        case .yes?:
            advance()
            return true
        case .no?:
            advance()
            return false
        default: return true
        }
    }

    /// What the expressions of the statement stand on.
    func expressionAttributes() throws(SyntaxError) -> ExpressionAttributes {
        if statement.placeholders.isEmpty { return ExpressionAttributes() }
        if statement.placeholders.collide {
            throw SyntaxError(
                "a placeholder is called like one of the statement's own",
                at: statement.placeholders.wantedValues.first?.range ?? 0..<0,
                remark: "choose another name"
            )
        }
        return try statement.placeholders.resolved(parameters)
    }
}

extension Keyword {
    var isForLaterVersion: Bool {
        switch self {
        case .recovery, .autoScale: true
        default: false
        }
    }
}
