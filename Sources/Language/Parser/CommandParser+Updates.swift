import Model

/// The sections of an update expression. Each appends to what the sections before it wrote.
extension CommandParser {
    /// update ::= "SET" … | "REMOVE" … | "ADD" … | "DELETE" …, the keyword taken already
    ///
    /// Answers the section's text.
    mutating func parseUpdateSection(_ clause: Keyword) throws(SyntaxError) -> String {
        expression.removeAll(keepingCapacity: true)
        write(clause.rawValue)
        write(UInt8(ascii: " "))
        while true {
            switch clause {
            case .set: try parseAssignment()
            case .remove: try parseUpdatedPath()
            default: try parseAddition(clause)
            }
            if !take(.comma) { break }
            write(", ")
        }
        return String(decoding: expression, as: UTF8.self)
    }

    private mutating func parseUpdatedPath() throws(SyntaxError) {
        if let table = statement.table {
            expecting(.attribute(ofTable: table.name, index: nil))
        }
        guard token.kind == .word || token.kind == .quotedName || token.kind == .namePlaceholder else {
            throw unexpected("an attribute")
        }
        try parsePath()
    }

    /// path "=" sum
    private mutating func parseAssignment() throws(SyntaxError) {
        try parseUpdatedPath()
        try expect(.equal, "=")
        write(" = ")
        try parseSum()
    }

    /// sum ::= term { ("+" | "-") term }
    ///
    /// The API adds two terms at most, so a third one puts the first two in parentheses.
    private mutating func parseSum() throws(SyntaxError) {
        let start = expression.count
        try parseTerm()
        var count = 1
        while token.kind == .plus || token.kind == .minus {
            if count > 1 {
                expression.insert(UInt8(ascii: "("), at: start)
                write(UInt8(ascii: ")"))
            }
            write(token.kind == .plus ? " + " : " - ")
            advance()
            try parseTerm()
            count += 1
        }
    }

    /// term ::= operand | "(" sum ")"
    private mutating func parseTerm() throws(SyntaxError) {
        expecting(.updateFunction)
        guard token.kind == .leftParenthesis else {
            let start = token
            if try parseOperand() == .predicate {
                throw SyntaxError("\(text(of: start)) is a condition, not a value", at: start.range)
            }
            return
        }
        statement.depth += 1
        defer { statement.depth -= 1 }
        if statement.depth > CommandParser.depthMax { throw SyntaxError("sums are nested too deeply", at: token.range) }
        write(UInt8(ascii: "("))
        advance()
        try parseSum()
        try expect(.rightParenthesis, ")")
        write(UInt8(ascii: ")"))
    }

    /// path value
    private mutating func parseAddition(_ clause: Keyword) throws(SyntaxError) {
        try parseUpdatedPath()
        write(UInt8(ascii: " "))
        guard beginsLiteral || token.kind == .valuePlaceholder else {
            throw unexpected(clause == .add ? "a number or a set" : "a set such as <<'a'>>")
        }
        _ = try parseOperand()
    }
}
