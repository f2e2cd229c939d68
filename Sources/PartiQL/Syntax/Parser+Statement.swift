import Expressions
import Model

/// Statements. Source: reference D1.
extension Parser {
    /// statement ::= ( select | insert | update | delete | exists ) ";"?
    mutating func parseStatement() throws(PartiQLError) -> PartiQLStatement {
        let statement = try parseManipulation()
        _ = take(symbol: ";")
        if current.kind != .end { throw unexpected() }
        return statement
    }

    private mutating func parseManipulation() throws(PartiQLError) -> PartiQLStatement {
        if isAt(keyword: "SELECT") { return .select(try parseSelect()) }
        if take(keyword: "INSERT") { return .insert(try parseInsert()) }
        if take(keyword: "UPDATE") { return .update(try parseUpdate()) }
        if take(keyword: "DELETE") { return .delete(try parseDelete()) }
        if take(keyword: "EXISTS") {
            try expect(symbol: "(")
            let select = try parseSelect()
            try expect(symbol: ")")
            return .exists(select)
        }
        throw .malformed("Expected data manipulation", current.range)
    }

    /// select ::= "SELECT" ( "*" | path ( "," path )* ) "FROM" source ( "WHERE" condition )? order?
    private mutating func parseSelect() throws(PartiQLError) -> SelectStatement {
        try expect(keyword: "SELECT")
        let paths = take(symbol: "*") ? nil : try parseSelectList()
        try expect(keyword: "FROM")
        let source = try parseSource()
        let condition = try parseWhere()
        return SelectStatement(source: source, paths: paths, condition: condition, order: try parseOrder())
    }

    private mutating func parseSelectList() throws(PartiQLError) -> [Path] {
        var paths: [Path] = []
        repeat {
            // COUNT(*) and other calls: the service counts the word as a path component.
            if case .word(let word) = current.kind, isFollowed(bySymbol: "(") {
                throw PartiQLError(
                    message: "Unexpected path component at \(position(of: current)):\(word.utf8.count)",
                    range: current.range
                )
            }
            paths.append(try parsePath())
        } while take(symbol: ",")
        return paths
    }

    /// source ::= ident ( "." ident )?
    private mutating func parseSource() throws(PartiQLError) -> PartiQLSource {
        let start = current.range.lowerBound
        var components = [try parseIdentifier("a table name")]
        while take(symbol: ".") { components.append(try parseIdentifier("an index name")) }
        let range = start..<previousEnd
        if components.count > 2 {
            throw PartiQLError(
                message: "A path may contain at most 2 components in the FROM clause",
                range: range
            )
        }
        return PartiQLSource(
            table: components[0],
            index: components.count == 2 ? components[1] : nil,
            range: range
        )
    }

    private mutating func parseWhere() throws(PartiQLError) -> PartiQLCondition? {
        take(keyword: "WHERE") ? try parseDisjunction() : nil
    }

    /// order ::= "ORDER" "BY" key ( "," key )*      key ::= ident ( "ASC" | "DESC" )?
    private mutating func parseOrder() throws(PartiQLError) -> [OrderKey] {
        guard take(keyword: "ORDER") else { return [] }
        try expect(keyword: "BY")
        var keys: [OrderKey] = []
        repeat {
            let start = current.range.lowerBound
            let name = try parseIdentifier("an attribute name")
            let isDescending = take(keyword: "DESC")
            if !isDescending { _ = take(keyword: "ASC") }
            keys.append(OrderKey(name: name, isDescending: isDescending, range: start..<previousEnd))
        } while take(symbol: ",")
        return keys
    }

    /// insert ::= "INSERT" "INTO" source "VALUE" tuple
    private mutating func parseInsert() throws(PartiQLError) -> InsertStatement {
        try expect(keyword: "INTO")
        let source = try parseSource()
        if isAt(keyword: "VALUES") { throw unexpected() }
        try expect(keyword: "VALUE")
        guard isAt(symbol: "{") else { throw expected("an item '{…}'") }
        return InsertStatement(source: source, tuple: try parseLiteral())
    }

    /// update ::= "UPDATE" source clause+ "WHERE" condition returning?
    /// clause ::= "SET" assignment ( "," assignment )* | "REMOVE" path ( "," path )*
    private mutating func parseUpdate() throws(PartiQLError) -> UpdateStatement {
        let source = try parseSource()
        var actions: [UpdateStatement.Action] = []
        repeat {
            if take(keyword: "SET") {
                repeat { actions.append(try parseAssignment()) } while take(symbol: ",")
            } else if take(keyword: "REMOVE") {
                repeat { actions.append(.remove(try parsePath())) } while take(symbol: ",")
            } else {
                throw expected("SET or REMOVE")
            }
        } while isAt(anyOf: ["SET", "REMOVE"])
        let condition = try parseWhere()
        return UpdateStatement(
            source: source,
            actions: actions,
            condition: condition,
            returning: try parseReturning()
        )
    }

    /// assignment ::= path "=" right
    /// right      ::= expression | "list_append" "(" right "," right ")"
    ///              | ( "set_add" | "set_delete" ) "(" path "," right ")"
    private mutating func parseAssignment() throws(PartiQLError) -> UpdateStatement.Action {
        let path = try parsePath()
        try expect(symbol: "=")
        return .set(path, try parseRightHandSide())
    }

    private mutating func parseRightHandSide() throws(PartiQLError) -> UpdateStatement.Value {
        guard isFollowed(bySymbol: "(") else { return .operand(try parseExpression()) }
        if take(keyword: "LIST_APPEND") {
            return try nested { parser throws(PartiQLError) in
                try parser.expect(symbol: "(")
                let first = try parser.parseRightHandSide()
                try parser.expect(symbol: ",")
                let second = try parser.parseRightHandSide()
                try parser.expect(symbol: ")")
                return .listAppend(first, second)
            }
        }
        let isAddition = isAt(keyword: "SET_ADD")
        guard isAddition || isAt(keyword: "SET_DELETE") else { return .operand(try parseExpression()) }
        _ = advance()
        try expect(symbol: "(")
        let path = try parsePath()
        try expect(symbol: ",")
        let members = try parseExpression()
        try expect(symbol: ")")
        return isAddition ? .setAdd(path, members) : .setDelete(path, members)
    }

    /// delete ::= "DELETE" "FROM" source "WHERE" condition ( "RETURNING" "ALL" "OLD" "*" )?
    private mutating func parseDelete() throws(PartiQLError) -> DeleteStatement {
        try expect(keyword: "FROM")
        let source = try parseSource()
        let condition = try parseWhere()
        let start = current.range.lowerBound
        let returning = try parseReturning()
        if let returning, returning != .allOld {
            throw PartiQLError(
                message: "Invalid returning clause: RETURNING \(returning.rawValue) *. "
                    + "Only RETURNING ALL OLD * is allowed in DELETE statements.",
                range: start..<previousEnd
            )
        }
        return DeleteStatement(source: source, condition: condition, returnsOld: returning != nil)
    }

    /// returning ::= "RETURNING" ( "ALL" | "MODIFIED" ) ( "OLD" | "NEW" ) "*"
    private mutating func parseReturning() throws(PartiQLError) -> Returning? {
        let start = current.range.lowerBound
        guard take(keyword: "RETURNING") else { return nil }
        let first = ["ALL", "MODIFIED"].first(where: isAt(keyword:))
        if first != nil { _ = advance() }
        let second = ["OLD", "NEW"].first(where: isAt(keyword:))
        if second != nil { _ = advance() }
        guard let first, let second, let returning = Returning(rawValue: "\(first) \(second)"), take(symbol: "*")
        else {
            throw .malformed(
                "Malformed RETURNING clause; expected RETURNING <ALL|MODIFIED> <OLD|NEW> *",
                start..<current.range.upperBound
            )
        }
        return returning
    }
}
