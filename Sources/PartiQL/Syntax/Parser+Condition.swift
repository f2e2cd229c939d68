import Expressions
import Model

/// Conditions and expressions. Source: reference D1.
extension Parser {
    /// disjunction ::= conjunction ( "OR" conjunction )*
    mutating func parseDisjunction() throws(PartiQLError) -> PartiQLCondition {
        var parts = [try parseConjunction()]
        while take(keyword: "OR") { parts.append(try parseConjunction()) }
        return parts.count == 1 ? parts[0] : .or(parts)
    }

    /// conjunction ::= negation ( "AND" negation )*
    private mutating func parseConjunction() throws(PartiQLError) -> PartiQLCondition {
        var parts = [try parseNegation()]
        while take(keyword: "AND") { parts.append(try parseNegation()) }
        return parts.count == 1 ? parts[0] : .and(parts)
    }

    /// negation ::= "NOT"* ( "(" disjunction ")" | test )
    private mutating func parseNegation() throws(PartiQLError) -> PartiQLCondition {
        var isNegated = false
        while take(keyword: "NOT") { isNegated.toggle() }
        let condition = try parsePrimary()
        return isNegated ? .not(condition) : condition
    }

    private mutating func parsePrimary() throws(PartiQLError) -> PartiQLCondition {
        guard isAt(symbol: "(") else { return try parseTest() }
        return try nested { parser throws(PartiQLError) in
            _ = parser.advance()
            if parser.isAt(keyword: "SELECT") { throw parser.unexpected() }
            let condition = try parser.parseDisjunction()
            try parser.expect(symbol: ")")
            return condition
        }
    }

    /// test ::= predicate | expression comparator expression | expression "BETWEEN" expression "AND" expression
    ///        | expression "NOT"? "IN" list | path "IS" "NOT"? ( "MISSING" | "NULL" )
    private mutating func parseTest() throws(PartiQLError) -> PartiQLCondition {
        if let predicate = try parsePredicate() { return predicate }
        let left = try parseExpression()
        if let comparator = takeComparator() { return .comparison(comparator, left, try parseExpression()) }
        if take(keyword: "BETWEEN") {
            let lower = try parseExpression()
            try expect(keyword: "AND")
            return .between(left, lower, try parseExpression())
        }
        if isAt(keyword: "NOT"), isFollowed(byKeyword: "IN") {
            _ = advance()
            _ = advance()
            return .not(.isIn(left, try parseCandidates()))
        }
        if take(keyword: "IN") { return .isIn(left, try parseCandidates()) }
        if isAt(keyword: "IS"), case .path(let path) = left { return try parseIs(path) }
        if isAt(keyword: "LIKE") { throw unexpected() }
        throw expected("a comparison")
    }

    private mutating func parseIs(_ path: Path) throws(PartiQLError) -> PartiQLCondition {
        _ = advance()
        let isNegated = take(keyword: "NOT")
        let condition: PartiQLCondition
        if take(keyword: "MISSING") {
            condition = .isMissing(path)
        } else if take(keyword: "NULL") {
            condition = .isNull(path)
        } else {
            throw expected("MISSING or NULL")
        }
        return isNegated ? .not(condition) : condition
    }

    /// predicate ::= ( "begins_with" | "contains" | "attribute_type" ) "(" path "," expression ")"
    private mutating func parsePredicate() throws(PartiQLError) -> PartiQLCondition? {
        guard case .word(let word) = current.kind, isFollowed(bySymbol: "(") else { return nil }
        switch word.uppercased() {
        case "BEGINS_WITH":
            let (path, prefix) = try parseArguments()
            return .beginsWith(path, prefix)
        case "CONTAINS":
            let (path, member) = try parseArguments()
            return .contains(path, member)
        case "ATTRIBUTE_TYPE":
            let (path, type) = try parseArguments()
            return .attributeType(path, type)
        case "SIZE":
            return nil
        default:
            throw unexpectedFunction(word)
        }
    }

    private func unexpectedFunction(_ word: String) -> PartiQLError {
        .malformed("Unexpected function \(word) at \(position(of: current))", current.range)
    }

    private mutating func parseArguments() throws(PartiQLError) -> (Path, PartiQLOperand) {
        _ = advance()
        try expect(symbol: "(")
        let path = try parsePath()
        try expect(symbol: ",")
        let operand = try parseExpression()
        try expect(symbol: ")")
        return (path, operand)
    }

    private mutating func takeComparator() -> Comparator? {
        guard case .symbol(let symbol) = current.kind else { return nil }
        // SQL's other spelling of <>.
        guard let comparator = Comparator(rawValue: symbol == "!=" ? "<>" : symbol) else { return nil }
        _ = advance()
        return comparator
    }

    /// list ::= "[" expression ( "," expression )* "]" | "(" expression ( "," expression )* ")"
    private mutating func parseCandidates() throws(PartiQLError) -> [PartiQLOperand] {
        let isBracketed = isAt(symbol: "[")
        guard isBracketed || isAt(symbol: "(") else { throw expected("a list") }
        _ = advance()
        if isAt(keyword: "SELECT") { throw unexpected() }
        var candidates: [PartiQLOperand] = []
        repeat { candidates.append(try parseExpression()) } while take(symbol: ",")
        try expect(symbol: isBracketed ? "]" : ")")
        return candidates
    }

    /// expression ::= term ( ( "+" | "-" ) term )*
    mutating func parseExpression() throws(PartiQLError) -> PartiQLOperand {
        var expression = try parseTerm()
        while true {
            if take(symbol: "+") {
                expression = .plus(expression, try parseTerm())
            } else if take(symbol: "-") {
                expression = .minus(expression, try parseTerm())
            } else if isAt(symbol: "*") || isAt(symbol: "/") {
                throw unexpected()
            } else {
                return expression
            }
        }
    }

    /// term ::= path | literal | "?" | "size" "(" path ")"
    private mutating func parseTerm() throws(PartiQLError) -> PartiQLOperand {
        switch current.kind {
        case .word(let word) where Parser.literalWords.contains(word.uppercased()):
            return try parseLiteral()
        case .word(let word) where isFollowed(bySymbol: "("):
            guard word.uppercased() == "SIZE" else { throw unexpectedFunction(word) }
            _ = advance()
            try expect(symbol: "(")
            let path = try parsePath()
            try expect(symbol: ")")
            return .size(path)
        case .word, .quotedName:
            return .path(try parsePath())
        default:
            return try parseLiteral()
        }
    }
}
