import Model

/// The grammar of conditions, filters and key conditions. Source: reference C1.
extension Parser {
    private static let conditionKeywords = ["AND", "OR", "NOT", "BETWEEN", "IN"]

    /// condition ::= disjunction <end>
    mutating func parseCondition() throws(ExpressionError) -> ConditionSyntax {
        let condition = try parseDisjunction()
        try requireCondition(condition)
        try expect(.end)
        return condition
    }

    /// disjunction ::= conjunction ( "OR" conjunction )*
    private mutating func parseDisjunction() throws(ExpressionError) -> ConditionSyntax {
        var parts = [try parseConjunction()]
        while isAt(keyword: "OR") {
            try requireCondition(parts[parts.count - 1])
            _ = advance()
            let part = try parseConjunction()
            try requireCondition(part)
            parts.append(part)
        }
        return parts.count == 1 ? parts[0] : .or(parts)
    }

    /// conjunction ::= negation ( "AND" negation )*
    private mutating func parseConjunction() throws(ExpressionError) -> ConditionSyntax {
        var parts = [try parseNegation()]
        while isAt(keyword: "AND") {
            try requireCondition(parts[parts.count - 1])
            _ = advance()
            let part = try parseNegation()
            try requireCondition(part)
            parts.append(part)
        }
        return parts.count == 1 ? parts[0] : .and(parts)
    }

    /// negation ::= "NOT"* primary
    private mutating func parseNegation() throws(ExpressionError) -> ConditionSyntax {
        var negations = 0
        while take(keyword: "NOT") { negations += 1 }
        var condition = try parsePrimary()
        if negations > 0 {
            try requireCondition(condition)
            if negations > Limits.expressionOperators { throw .tooManyOperators(negations) }
        }
        for _ in 0..<negations { condition = .not(condition) }
        return condition
    }

    /// primary    ::= "(" disjunction ")" | comparison | between | in | function
    /// comparison ::= operand ( "=" | "<>" | "<" | "<=" | ">" | ">=" ) operand
    /// between    ::= operand "BETWEEN" operand "AND" operand
    /// in         ::= operand "IN" "(" operand ( "," operand )* ")"
    ///
    /// A lone operand comes back as it is: it may be the inside of a parenthesis that turns out to be an operand.
    private mutating func parsePrimary() throws(ExpressionError) -> ConditionSyntax {
        let first = try parseOperandOrParenthesis()
        if let comparator = Comparator(current.kind) {
            try requireOperand(first)
            _ = advance()
            return .comparison(comparator, first, try parseOperand())
        }
        if isAt(keyword: "BETWEEN") {
            try requireOperand(first)
            _ = advance()
            let lower = try parseOperand()
            if !take(keyword: "AND") { throw syntaxError() }
            return .between(first, lower, try parseOperand())
        }
        if isAt(keyword: "IN") {
            try requireOperand(first)
            _ = advance()
            try expect(.leftParenthesis)
            let candidates = try parseOperandList()
            try expect(.rightParenthesis)
            return .isIn(first, candidates)
        }
        return first
    }

    private mutating func parseOperandOrParenthesis() throws(ExpressionError) -> ConditionSyntax {
        if current.kind != .leftParenthesis { return try parseOperand() }
        try openParenthesis()
        let inner = try parseDisjunction()
        try closeParenthesis()
        return .parenthesised(inner)
    }

    /// operand ::= path | value | function | "(" operand ")"
    private mutating func parseOperand() throws(ExpressionError) -> ConditionSyntax {
        switch current.kind {
        case .valuePlaceholder:
            return .value(try parseValue())
        case .leftParenthesis:
            try openParenthesis()
            let inner = try parseOperand()
            try closeParenthesis()
            return .parenthesised(inner)
        case .identifier where isAt(anyOf: Parser.conditionKeywords):
            throw syntaxError()
        case .identifier where isFollowed(by: .leftParenthesis):
            return try parseFunction()
        default:
            return .path(try parsePath())
        }
    }

    /// function ::= identifier "(" operand ( "," operand )* ")"
    private mutating func parseFunction() throws(ExpressionError) -> ConditionSyntax {
        let name = text(of: advance())
        try openParenthesis()
        let arguments = try parseOperandList()
        try closeParenthesis()
        return .function(name, arguments)
    }

    private mutating func parseOperandList() throws(ExpressionError) -> [ConditionSyntax] {
        var operands = [try parseOperand()]
        while take(.comma) { operands.append(try parseOperand()) }
        return operands
    }

    private func requireCondition(_ syntax: ConditionSyntax) throws(ExpressionError) {
        if !syntax.isCondition { throw syntaxError() }
    }

    private func requireOperand(_ syntax: ConditionSyntax) throws(ExpressionError) {
        if !syntax.isOperand { throw syntaxError() }
    }
}
