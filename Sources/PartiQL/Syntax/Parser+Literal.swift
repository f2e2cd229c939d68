import Model

/// Literals. Source: reference D1, D2.
extension Parser {
    static let literalWords = ["TRUE", "FALSE", "NULL"]

    /// literal ::= string | "-"? number | "TRUE" | "FALSE" | "NULL" | "?" | list | tuple | set
    mutating func parseLiteral() throws(PartiQLError) -> PartiQLOperand {
        switch current.kind {
        case .string(let text):
            _ = advance()
            return .literal(.string(text))
        case .number, .symbol("-"), .symbol("+"):
            return .literal(.number(try parseNumber()))
        case .parameter:
            return .parameter(takeParameter())
        case .symbol("["):
            return try nested { parser throws(PartiQLError) in try parser.parseList() }
        case .symbol("{"):
            return try nested { parser throws(PartiQLError) in try parser.parseTuple() }
        case .symbol("<<"):
            return .literal(try parseSet())
        default:
            if take(keyword: "TRUE") { return .literal(.bool(true)) }
            if take(keyword: "FALSE") { return .literal(.bool(false)) }
            if take(keyword: "NULL") { return .literal(.null) }
            if isAt(keyword: "SELECT") { throw unexpected() }
            throw expected("a value")
        }
    }

    private mutating func parseNumber() throws(PartiQLError) -> Number {
        let start = current.range.lowerBound
        let sign = take(symbol: "-") ? "-" : ""
        if sign.isEmpty { _ = take(symbol: "+") }
        guard case .number(let digits) = current.kind else { throw expected("a number") }
        let range = start..<current.range.upperBound
        _ = advance()
        do throws(NumberError) {
            return try Number(sign + digits)
        } catch {
            throw PartiQLError(message: error.message, range: range)
        }
    }

    /// list ::= "[" ( literal ( "," literal )* )? "]"
    private mutating func parseList() throws(PartiQLError) -> PartiQLOperand {
        try expect(symbol: "[")
        var elements: [PartiQLOperand] = []
        if take(symbol: "]") { return .literal(.list([])) }
        repeat { elements.append(try parseLiteral()) } while take(symbol: ",")
        try expect(symbol: "]")
        return PartiQLOperand.list(elements).folded
    }

    /// tuple ::= "{" ( key ":" literal ( "," key ":" literal )* )? "}"      key ::= string
    private mutating func parseTuple() throws(PartiQLError) -> PartiQLOperand {
        try expect(symbol: "{")
        var entries: [PartiQLOperand.Entry] = []
        if take(symbol: "}") { return .literal(.map([:])) }
        repeat {
            let token = current
            guard case .string(let name) = token.kind else { throw expected("an attribute name in single quotes") }
            if entries.contains(where: { $0.name.hasSameBytes(as: name) }) {
                throw .malformed("Unexpected second value for '\(name)' at \(position(of: token))", token.range)
            }
            _ = advance()
            try expect(symbol: ":")
            entries.append(.init(name: name, value: try parseLiteral()))
        } while take(symbol: ",")
        try expect(symbol: "}")
        return PartiQLOperand.map(entries).folded
    }

    /// set ::= "<<" literal ( "," literal )* ">>"      all strings or all numbers, none twice
    private mutating func parseSet() throws(PartiQLError) -> AttributeValue {
        let start = current.range.lowerBound
        try expect(symbol: "<<")
        if isAt(symbol: ">>") {
            throw .malformed("Unexpected empty set at \(position(of: current))", start..<current.range.upperBound)
        }
        var strings: [String] = []
        var numbers: [Number] = []
        repeat {
            switch current.kind {
            case .string(let text):
                _ = advance()
                strings.append(text)
            case .number, .symbol("-"), .symbol("+"):
                numbers.append(try parseNumber())
            case .parameter:
                throw .malformed("Unexpected parameter in a set at \(position(of: current))", current.range)
            default:
                throw expected("a string or a number")
            }
        } while take(symbol: ",")
        try expect(symbol: ">>")
        if !strings.isEmpty, !numbers.isEmpty {
            throw .malformed("Unexpected mixture of strings and numbers in a set", start..<previousEnd)
        }
        try checkDistinct(strings, numbers, start..<previousEnd)
        return numbers.isEmpty ? .stringSet(strings) : .numberSet(numbers)
    }

    /// In the words the service has for values that come as JSON.
    private func checkDistinct(
        _ strings: [String],
        _ numbers: [Number],
        _ range: Range<Int>
    ) throws(PartiQLError) {
        if Set(numbers).count < numbers.count {
            throw PartiQLError(message: "Input collection contains duplicates", range: range)
        }
        if Set(strings.map { Array($0.utf8) }).count < strings.count {
            throw PartiQLError(
                message: "One or more parameter values were invalid: Input collection "
                    + "[\(strings.joined(separator: ", "))] contains duplicates.",
                range: range
            )
        }
    }
}
