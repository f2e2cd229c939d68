/// The grammar of update expressions. Source: reference C1.
extension Parser {
    private static let sectionKeywords = ["SET", "REMOVE", "ADD", "DELETE"]

    /// update  ::= section+ <end>
    /// section ::= "SET" set ( "," set )* | "REMOVE" path ( "," path )*
    ///           | "ADD" path value ( "," path value )* | "DELETE" path value ( "," path value )*
    mutating func parseUpdate() throws(ExpressionError) -> UpdateSyntax {
        var update = UpdateSyntax()
        var seen: Set<String> = []
        repeat {
            guard let keyword = Parser.sectionKeywords.first(where: isAt) else { throw syntaxError() }
            _ = advance()
            if !seen.insert(keyword).inserted, update.repeatedSection == nil { update.repeatedSection = keyword }
            repeat { update.actions.append(try parseAction(of: keyword)) } while take(.comma)
        } while current.kind != .end
        return update
    }

    private mutating func parseAction(of keyword: String) throws(ExpressionError) -> UpdateSyntax.Action {
        let path = try parseTarget()
        switch keyword {
        case "SET":
            try expect(.equal)
            return .set(path, try parseSum())
        case "REMOVE": return .remove(path)
        case "ADD": return .add(path, try parseValue())
        default: return .delete(path, try parseValue())
        }
    }

    private mutating func parseTarget() throws(ExpressionError) -> PathSyntax {
        if isAt(anyOf: Parser.sectionKeywords) { throw syntaxError() }
        return try parsePath()
    }

    /// sum ::= term ( ( "+" | "-" ) term )?
    private mutating func parseSum() throws(ExpressionError) -> UpdateOperandSyntax {
        let left = try parseTerm()
        if take(.plus) { return .plus(left, try parseTerm()) }
        if take(.minus) { return .minus(left, try parseTerm()) }
        return left
    }

    /// term ::= path | value | identifier "(" sum ( "," sum )* ")" | "(" sum ")"
    ///
    /// Which function takes which operands is checked later: each mistake has a message of its own.
    private mutating func parseTerm() throws(ExpressionError) -> UpdateOperandSyntax {
        switch current.kind {
        case .valuePlaceholder:
            return .value(try parseValue())
        case .leftParenthesis:
            try openParenthesis()
            let inner = try parseSum()
            try closeParenthesis()
            return .parenthesised(inner)
        case .identifier where isFollowed(by: .leftParenthesis) && !isAt(anyOf: Parser.sectionKeywords):
            let name = text(of: advance())
            try openParenthesis()
            var arguments = [try parseSum()]
            while take(.comma) { arguments.append(try parseSum()) }
            try closeParenthesis()
            return .function(name, arguments)
        default:
            return .path(try parseTarget())
        }
    }
}
