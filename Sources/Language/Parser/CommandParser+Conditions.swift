import Model

/// Conditions: IF, FILTER and KEY.
extension CommandParser {
    /// cond ::= STRING (a whole expression, quoted) | or
    ///
    /// Answers the expression's text; what it stands on goes to `statement.placeholders`.
    mutating func parseCondition() throws(SyntaxError) -> String {
        if token.kind == .string, isWholeExpression { return try parseQuotedExpression() }
        expression.removeAll(keepingCapacity: true)
        guard try parseDisjunction() else { throw incompleteCondition() }
        return String(decoding: expression, as: UTF8.self)
    }

    /// Whether the current string is the clause's only token.
    var isWholeExpression: Bool {
        let next = peek()
        if next.endsStatement { return true }
        guard next.kind == .word, let keyword = Keyword.named(bytes(of: next)) else { return false }
        return keyword != .between && keyword != .in
    }

    /// An expression in the API's own form. Its placeholders are looked up like all others.
    mutating func parseQuotedExpression() throws(SyntaxError) -> String {
        let range = token.range
        let text = try parseStringToken()
        var rest = Substring(text)
        while let start = rest.utf8.firstIndex(where: { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: ":") }) {
            let body = rest[rest.index(after: start)...]
            let end = body.utf8.firstIndex { !isPlaceholderByte($0) } ?? rest.endIndex
            let placeholder = String(rest[start..<end])
            rest = rest[end...]
            if placeholder.utf8.count == 1 { continue }
            if placeholder.utf8.first == UInt8(ascii: "#") {
                statement.placeholders.want(name: placeholder, at: range)
            } else {
                statement.placeholders.want(value: placeholder, at: range)
            }
        }
        return text
    }

    /// or ::= and { "OR" and }. False when all there is is an operand without a comparison.
    private mutating func parseDisjunction() throws(SyntaxError) -> Bool {
        statement.depth += 1
        defer { statement.depth -= 1 }
        if statement.depth > CommandParser.depthMax {
            throw SyntaxError("conditions are nested too deeply", at: token.range)
        }
        var isCondition = try parseConjunction()
        while true {
            if isCondition { expecting(.keyword(.or)) }
            guard keyword == .or else { return isCondition }
            if !isCondition { throw incompleteCondition() }
            write(" OR ")
            advance()
            isCondition = try parseConjunction()
            if !isCondition { throw incompleteCondition() }
        }
    }

    /// and ::= not { "AND" not }
    private mutating func parseConjunction() throws(SyntaxError) -> Bool {
        var isCondition = try parseNegation()
        while true {
            if isCondition { expecting(.keyword(.and)) }
            guard keyword == .and else { return isCondition }
            if !isCondition { throw incompleteCondition() }
            write(" AND ")
            advance()
            isCondition = try parseNegation()
            if !isCondition { throw incompleteCondition() }
        }
    }

    /// not ::= "NOT" not | "(" or ")" | test
    private mutating func parseNegation() throws(SyntaxError) -> Bool {
        if !statement.isInKeyClause {
            expecting(.keyword(.not))
            expecting(.conditionFunction)
        }
        if keyword == .not, !isOperatorBehindWord {
            write("NOT ")
            let word = token
            advance()
            statement.depth += 1
            defer { statement.depth -= 1 }
            if statement.depth > CommandParser.depthMax {
                throw SyntaxError("conditions are nested too deeply", at: word.range)
            }
            guard try parseNegation() else { throw incompleteCondition() }
            return true
        }
        if token.kind == .leftParenthesis {
            write(UInt8(ascii: "("))
            advance()
            let isCondition = try parseDisjunction()
            try expect(.rightParenthesis, ")")
            write(UInt8(ascii: ")"))
            if isCondition { return true }
            return try parseComparison(behind: .path, left: nil)
        }
        return try parseTest()
    }

    /// Whether the word here is followed by what only follows an operand, so that it is an attribute.
    private var isOperatorBehindWord: Bool {
        let next = peek()
        if next.isComparator || next.kind == .dot || next.kind == .leftBracket || next.endsStatement,
            next.kind != .rightParenthesis
        {
            return true
        }
        guard next.kind == .word, let keyword = Keyword.named(bytes(of: next)) else { return false }
        return (keyword == .between || keyword == .in) && !isComparatorBehind(next)
    }

    private func isComparatorBehind(_ token: Token) -> Bool {
        var ahead = lexer
        ahead.offset = token.end
        return ahead.next().isComparator
    }

    /// test ::= operand [ CMP operand | "BETWEEN" operand "AND" operand | "IN" "(" operand { "," operand } ")" ]
    private mutating func parseTest() throws(SyntaxError) -> Bool {
        if statement.isInKeyClause { expecting(.keyword(.beginsWith)) }
        let left = token
        let written = expression.count
        let kind = try parseOperand()
        if kind == .predicate {
            if statement.isInKeyClause { noteKeyFunction(left) }
            return true
        }
        return try parseComparison(behind: kind, left: expression.count > written ? left : nil)
    }

    /// The part of a test behind its first operand. False when there is none.
    private mutating func parseComparison(behind kind: OperandKind, left: Token?) throws(SyntaxError) -> Bool {
        for symbol in ["=", "<>", "<", "<=", ">", ">="] where !statement.isInKeyClause || symbol != "<>" {
            expecting(.word(symbol, kind: "comparison"))
        }
        expecting(.keyword(.between))
        if !statement.isInKeyClause { expecting(.keyword(.in)) }
        if token.isComparator {
            let comparator = token
            write(UInt8(ascii: " "))
            expression.append(contentsOf: bytes(of: token))
            write(UInt8(ascii: " "))
            advance()
            let right = token
            expectKeyValue(behind: left)
            let rightKind = try parseOperand()
            try noteComparison(left, kind, comparator, right, rightKind)
            return true
        }
        switch keyword {
        case .between?:
            write(" BETWEEN ")
            advance()
            _ = try parseOperand()
            try expect(.and)
            write(" AND ")
            _ = try parseOperand()
            if let left { note(left, isEquality: false) }
            return true
        case .in?:
            write(" IN (")
            advance()
            try parseMembers()
            if let left { note(left, isEquality: false) }
            return true
        default: return false
        }
    }

    /// "(" operand { "," operand } ")"
    private mutating func parseMembers() throws(SyntaxError) {
        try expect(.leftParenthesis, "( and the values")
        while true {
            _ = try parseOperand()
            if !take(.comma) { break }
            write(", ")
        }
        try expect(.rightParenthesis, "a comma or )")
        write(UInt8(ascii: ")"))
    }

    private mutating func expectKeyValue(behind left: Token?) {
        guard recorder != nil, let left, let table = statement.table else { return }
        let attribute = text(of: left)
        expecting(.keyValue(ofTable: table.name, attribute: attribute))
    }

    private func incompleteCondition() -> SyntaxError {
        if token.kind == .minus, token.start > 0, isWordByte(lexer.bytes[token.start - 1]),
            isWordByte(lexer.byte(at: token.end))
        {
            return SyntaxError(
                "a name with - stands in backticks",
                at: token.range,
                remark: "or - with blanks around it"
            )
        }
        if token.kind == .plus || token.kind == .minus {
            return SyntaxError("a condition cannot calculate", at: token.range)
        }
        return unexpected("a comparison such as = or BETWEEN")
    }

    // MARK: What KEY compares

    private mutating func noteKeyFunction(_ function: Token) {
        var ahead = lexer
        ahead.offset = function.end
        _ = ahead.next()
        note(ahead.next(), isEquality: false)
    }

    private mutating func note(_ name: Token, isEquality: Bool) {
        guard statement.isInKeyClause else { return }
        let written = text(of: name)
        let attribute = name.kind == .quotedName ? String(written.dropFirst().dropLast()) : written
        statement.comparisons.append(KeyComparison(name: attribute, isEquality: isEquality, range: name.range))
    }

    private mutating func noteComparison(
        _ left: Token?,
        _ leftKind: OperandKind,
        _ comparator: Token,
        _ right: Token,
        _ rightKind: OperandKind
    ) throws(SyntaxError) {
        guard statement.isInKeyClause, let left else { return }
        if leftKind == .path, rightKind == .path {
            if let suspect = statement.suspect, suspect.start >= right.start { throw blamed(suspect) }
            throw SyntaxError(
                "KEY compares with a value, not with the attribute \(text(of: right))",
                at: right.range,
                remark: "a text stands in quotes: '\(shown(right))'"
            )
        }
        note(leftKind == .path ? left : right, isEquality: comparator.kind == .equal)
    }
}
