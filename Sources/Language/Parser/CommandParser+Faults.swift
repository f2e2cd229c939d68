import Model

/// `Fault …`: what is broken on purpose, and what is healed.
extension CommandParser {
    /// fault ::= "LIST" | "HEAL" ( "ALL" | scope ) | ( "KILL" | "SLOW" | "CUT" | "CORRUPT" ) injection
    mutating func parseFault() throws(SyntaxError) -> FaultCommand {
        let action = try parseFaultAction()
        do throws(SyntaxError) {
            switch action {
            case .list: return .list
            case .heal: return .heal(take(.all) ? nil : try parseFaultScope(action))
            case .kill, .slow, .cut, .corrupt: return try parseInjection(action)
            }
        } catch {
            throw error.suggesting(action.example())
        }
    }

    private mutating func parseFaultAction() throws(SyntaxError) -> FaultAction {
        let names = FaultAction.allCases.map(\.rawValue)
        for name in names { expecting(.word(name, kind: "keyword")) }
        guard token.kind == .word else {
            throw unexpected("what to do", expected: names).suggesting(FaultAction.kill.example())
        }
        let word = text(of: token)
        guard let action = FaultAction(rawValue: word.lowercased()) else {
            throw SyntaxError(
                "Fault does not know \(shown(token))",
                at: token.range,
                expected: names,
                remark: Suggestions.remark(word, among: names),
                suggestion: FaultAction.kill.example()
            )
        }
        advance()
        return action
    }

    /// injection ::= scope { "BY" duration | "FROM" scope | "FOR" duration }, in any order, each at most once
    private mutating func parseInjection(_ action: FaultAction) throws(SyntaxError) -> FaultCommand {
        var scope: FaultScope?
        var other: FaultScope?
        var delay: Int64?
        var duration: Int64?
        while true {
            if let scope {
                expectClauses(of: action)
                if token.endsStatement {
                    let fault = try fault(action, scope, by: delay, from: other)
                    return .inject(fault, forMicroseconds: duration)
                }
            }
            switch try nextFaultClause(action, hasScope: scope != nil) {
            case nil: scope = try parseFaultScope(action, otherThan: other)
            case .by: delay = try parseTimeSpan()
            case .from: other = try parseFaultScope(action, otherThan: scope)
            default: duration = try parseTimeSpan()
            }
        }
    }

    /// The clause that begins here, its keyword taken; nil where the scope begins.
    private mutating func nextFaultClause(_ action: FaultAction, hasScope: Bool) throws(SyntaxError) -> Keyword? {
        guard let clause = keyword, Verb.fault.clauses.contains(clause) else {
            if hasScope { throw notAClause(of: action) }
            return nil
        }
        guard action.clauses.contains(clause) else { throw notAClause(of: action) }
        if statement.used.contains(clause) { throw SyntaxError("\(shown(token)) stands twice", at: token.range) }
        statement.used.insert(clause)
        recorder?.clause = clause
        advance()
        return clause
    }

    private func fault(
        _ action: FaultAction,
        _ scope: FaultScope,
        by delay: Int64?,
        from other: FaultScope?
    ) throws(SyntaxError) -> Fault {
        switch action {
        case .slow:
            guard let delay else { throw unexpected("BY and a duration") }
            return .slow(scope, byMicroseconds: delay)
        case .cut:
            guard let other else { throw unexpected("FROM and the other side") }
            return .cut(scope, from: other)
        case .corrupt: return .corrupt(scope)
        case .kill, .list, .heal: return .kill(scope)
        }
    }

    /// A duration that is more than nothing.
    private mutating func parseTimeSpan() throws(SyntaxError) -> Int64 {
        let start = token.start
        let duration = try parseDuration()
        if duration > 0 { return duration }
        throw SyntaxError("this is no time at all", at: start..<previousEnd, expected: ["20ms", "2m"])
    }

    // MARK: Scopes

    /// scope ::= "NODE" "n" INT | ( "AZ" | "ZONE" ) ( "a" | "b" | "c" ) | "ROUTER" "r" INT | "LEADER" partition
    ///         | "REPLICA" partition "/" "n" INT | "COORDINATOR"
    private mutating func parseFaultScope(
        _ action: FaultAction,
        otherThan first: FaultScope? = nil
    ) throws(SyntaxError) -> FaultScope {
        for word in action.scopes { expecting(.word(word.rawValue, kind: "keyword")) }
        let start = token.start
        guard token.kind == .word, let word = FaultScopeWord(text(of: token)) else { throw missingScope(action) }
        guard action.scopes.contains(word) else {
            throw SyntaxError(
                "\(action.rawValue) takes \(Suggestions.list(action.scopes.map(\.rawValue))), not \(shown(token))",
                at: token.range,
                expected: action.scopes.map(\.example)
            )
        }
        advance()
        let scope: FaultScope
        do throws(SyntaxError) {
            scope = try parseFaultScope(word, action)
        } catch {
            throw error.suggesting(action.example(of: word))
        }
        if scope == first { throw SyntaxError("both sides are the same", at: start..<previousEnd) }
        return scope
    }

    private mutating func parseFaultScope(_ word: FaultScopeWord, _ action: FaultAction) throws(SyntaxError)
        -> FaultScope
    {
        switch word {
        case .node: return .node(try parseNumbered("n", "a node", .nodes))
        case .router: return .router(try parseNumbered("r", "a router", .routers))
        case .az: return .zone(try parseZone())
        case .coordinator: return .coordinator
        case .leader:
            let parts = try parsePlace("a partition such as app/p0", hasNode: false)
            let (table, partition) = try resolve(parts[...], mustExist: action != .heal)
            return .leader(table: table, partition: partition)
        case .replica:
            let parts = try parsePlace("a replica such as app/p0/n4", hasNode: true)
            guard let last = parts.last, let node = Self.number(of: last.name, behind: "n") else {
                throw SyntaxError(
                    "a replica ends with its node, as in p0/n4",
                    at: parts.last?.range ?? token.range,
                    expected: ["app/p0/n4"]
                )
            }
            let (table, partition) = try resolve(parts.dropLast(), mustExist: action != .heal)
            return .replica(table: table, partition: partition, node: node)
        }
    }

    private static let zones = ["a", "b", "c"]

    private mutating func parseZone() throws(SyntaxError) -> String {
        for zone in Self.zones { expecting(.word(zone, kind: "value")) }
        guard token.kind == .word else { throw unexpected("a zone", expected: Self.zones) }
        let zone = text(of: token).lowercased()
        guard Self.zones.contains(zone) else {
            throw SyntaxError("the zones are a, b and c", at: token.range, expected: Self.zones)
        }
        advance()
        return zone
    }

    /// A name such as `n4`: a letter and a number.
    private mutating func parseNumbered(
        _ letter: Character,
        _ what: String,
        _ kind: InnerName
    ) throws(SyntaxError) -> Int {
        expecting(.innerName(kind))
        let example = "\(letter)1"
        if token.kind == .number, Int(text(of: token)) != nil {
            throw SyntaxError(
                "\(what) is called by its name",
                at: token.range,
                expected: [example],
                remark: "write \(letter)\(shown(token))"
            )
        }
        guard token.kind == .word else { throw unexpected(what, expected: [example]) }
        guard let number = Self.number(of: text(of: token), behind: letter) else {
            throw SyntaxError("\(what) is called like \(example), not \(shown(token))", at: token.range)
        }
        advance()
        return number
    }

    /// 4 for `n4` or `N4`.
    private static func number(of name: String, behind letter: Character) -> Int? {
        guard name.first?.lowercased() == String(letter), name.dropFirst().utf8.allSatisfy(isDigit) else { return nil }
        return Int(name.dropFirst())
    }

    // MARK: Partitions

    private struct PlacePart {
        var name: String
        var range: Range<Int>
    }

    /// NAME { "/" NAME }
    private mutating func parsePlace(_ what: String, hasNode: Bool) throws(SyntaxError) -> [PlacePart] {
        var parts: [PlacePart] = []
        while true {
            if recorder != nil, token.kind == .end { expectPlace(behind: parts.map(\.name), hasNode: hasNode) }
            switch token.kind {
            case .word:
                let range = takeTableName()
                parts.append(PlacePart(name: lexer.bytes.text(range), range: range))
            case .quotedName:
                parts.append(PlacePart(name: try nameText(of: token), range: token.range))
                lexer.offset = token.end
            default: throw unexpected(what)
            }
            let next = lexer.byte(at: lexer.offset + 1)
            let isSlash = lexer.byte(at: lexer.offset) == UInt8(ascii: "/")
            let goesOn = isSlash && next != UInt8(ascii: "/") && next != UInt8(ascii: "*")
            if goesOn { lexer.offset += 1 }
            advance()
            if !goesOn { return parts }
        }
    }

    /// partition ::= [ TABLE "/" ] [ INDEX "/" ] "p" INT; without a table, that in use is meant.
    private mutating func resolve(
        _ parts: ArraySlice<PlacePart>,
        mustExist: Bool
    ) throws(SyntaxError) -> (table: String, partition: PartitionLabel) {
        guard let last = parts.last, let number = Self.number(of: last.name, behind: "p") else {
            throw SyntaxError(
                "a partition is called like p0, behind its table",
                at: parts.last?.range ?? token.range,
                expected: ["app/p0", "app/gsi1/p0"]
            )
        }
        let names = Array(parts.dropLast())
        if names.count > 2 {
            throw SyntaxError("a partition has a table and perhaps an index before it", at: names[2].range)
        }
        let isIndexInUse = names.count == 1 && !isTable(names[0].name) && isIndexInUse(names[0].name)
        guard let table = isIndexInUse ? currentTable?.table : names.first?.name ?? currentTable?.table else {
            throw SyntaxError(
                "no table is in use, so \(last.name) needs its own",
                at: last.range,
                remark: "write app/\(last.name)"
            )
        }
        let index = isIndexInUse ? names[0].name : names.isEmpty ? currentTable?.index : names.dropFirst().first?.name
        if mustExist {
            let place = names.first?.range.lowerBound ?? last.range.lowerBound
            try requireGlobalIndex(index, of: table, at: place..<last.range.upperBound, names)
        }
        return (table, PartitionLabel(indexName: index, number: number))
    }

    private mutating func isTable(_ name: String) -> Bool { tables.table(name, in: catalog) != nil }

    private mutating func isIndexInUse(_ name: String) -> Bool {
        guard let current = currentTable else { return false }
        return tables.table(current.table, in: catalog)?.shape.index(named: name) != nil
    }

    /// Throws unless there is such a table, and such an index with partitions of its own.
    private mutating func requireGlobalIndex(
        _ index: String?,
        of name: String,
        at place: Range<Int>,
        _ written: [PlacePart]
    ) throws(SyntaxError) {
        guard let table = tables.table(name, in: catalog) else { throw unknownTable(written.first?.range ?? place) }
        guard let index else { return }
        let range = written.last?.range ?? place
        guard let found = table.shape.index(named: index) else { throw unknownIndex(index, of: table, at: range) }
        if found.isLocal {
            throw SyntaxError(
                "\(index) is a local index: it lives in the partitions of \(name)",
                at: range,
                remark: "write \(name)/p0"
            )
        }
    }

    // MARK: What may stand there

    private mutating func expectClauses(of action: FaultAction) {
        for clause in action.clauses where !statement.used.contains(clause) { expecting(.keyword(clause)) }
    }

    private mutating func expectPlace(behind names: [String], hasNode: Bool) {
        guard let last = names.last else {
            expecting(.table)
            if let current = currentTable {
                expecting(.innerName(.partitions(ofTable: current.table, index: current.index)))
            }
            return
        }
        if Self.number(of: last, behind: "p") != nil, names.count > 1 || !isTable(last) {
            if hasNode { expecting(.innerName(.nodes)) }
        } else if names.count == 1, !isTable(last), isIndexInUse(last), let current = currentTable {
            expecting(.innerName(.partitions(ofTable: current.table, index: last)))
        } else {
            if names.count == 1 { expecting(.index(ofTable: last)) }
            expecting(.innerName(.partitions(ofTable: names[0], index: names.dropFirst().first)))
        }
    }

    private func notAClause(of action: FaultAction) -> SyntaxError {
        let names = action.clauses.map(\.rawValue)
        guard token.kind == .word else { return unexpected(Suggestions.list(names)) }
        let owner = FaultAction.allCases.first { other in keyword.map { other.clauses.contains($0) } ?? false }
        return SyntaxError(
            "\(shown(token)) is not a clause of Fault \(action.rawValue)",
            at: token.range,
            expected: names,
            remark: owner.map { "it belongs to Fault \($0.rawValue)" }
                ?? Suggestions.remark(text(of: token), among: names)
        )
    }

    private mutating func missingScope(_ action: FaultAction) -> SyntaxError {
        let examples = (action == .heal ? ["ALL"] : []) + action.scopes.map(\.example)
        guard token.kind == .word else { return unexpected("what to \(action.rawValue)", expected: examples) }
        return SyntaxError(
            "\(shown(token)) is nothing to \(action.rawValue)",
            at: token.range,
            expected: examples,
            remark: remark(onScope: text(of: token), action)
        )
    }

    /// What was meant by a word that opens no scope.
    private mutating func remark(onScope word: String, _ action: FaultAction) -> String? {
        if Self.number(of: word, behind: "n") != nil { return "write node \(word)" }
        if Self.number(of: word, behind: "r") != nil { return "write router \(word)" }
        if Self.zones.contains(word.lowercased()) { return "write az \(word)" }
        if action.scopes.contains(.leader) {
            if Self.number(of: word, behind: "p") != nil { return "write leader \(word)" }
            if isTable(word) { return "write leader \(word)/p0" }
        }
        if action == .heal, FaultAction(rawValue: word.lowercased()) != nil { return "leave \(word) out" }
        return Suggestions.remark(word, among: action.scopes.map(\.rawValue))
    }
}

extension SyntaxError {
    /// With a statement to try, unless it has one.
    fileprivate func suggesting(_ example: String) -> SyntaxError {
        var error = self
        error.suggestion = suggestion ?? example
        return error
    }
}
