import Model

/// Code pasted from a program that uses an SDK, reduced to its object and operation:
/// `new PutCommand({…})`, `client.putItem({…})`, `table.put_item(Item={…})`, `const params = {…}`.
extension CommandParser {
    /// Whether the first word, which is no verb, looks like the start of a program's line.
    func looksLikePastedCode(behind word: Token) -> Bool {
        if ["new", "await", "const", "let", "var", "return"].contains(text(of: word)) { return true }
        var offset = word.end
        while offset < lexer.bytes.count, isBlank(lexer.bytes[offset]) { offset += 1 }
        let next = lexer.byte(at: offset)
        if next == UInt8(ascii: ".") || next == UInt8(ascii: "(") { return true }
        return next == UInt8(ascii: "=") && lexer.byte(at: offset + 1) != UInt8(ascii: "=")
    }

    /// code ::= … NAME "(" ( object | NAME "=" value { "," NAME "=" value } ) ")" … | … NAME "=" object
    mutating func parsePastedCode(from word: Token) throws(SyntaxError) -> ParsedStatement {
        lexer.offset = word.start
        statement.isCode = true
        advance()
        var receiver: String?
        while true {
            switch token.kind {
            case .end: throw noRequest(word)
            case .unclosed: throw unclosed(at: token.start)
            case .word:
                let name = token
                advance()
                if token.kind == .dot {
                    receiver = text(of: name)
                } else if token.kind == .leftParenthesis, let operation = operation(called: text(of: name)) {
                    advance()
                    return try parsePastedCall(operation, receiver)
                } else if token.kind == .equal, peek().kind == .leftBrace {
                    advance()
                    return try parsePastedParameters()
                }
            default: advance()
            }
        }
    }

    private func noRequest(_ word: Token) -> SyntaxError {
        SyntaxError(
            "this looks like code, but no request is in it",
            at: word.range,
            expected: ["new PutCommand({…})", "client.putItem({…})", "table.put_item(Item={…})"]
        )
    }

    /// `PutCommand`, `PutItemCommand`, `putItem`, `put_item`, `put`.
    private func operation(called name: String) -> Operation? {
        var name = name
        for suffix in ["Command", "CommandInput", "Input", "Request"] where name.hasSuffix(suffix) {
            name.removeLast(suffix.utf8.count)
        }
        let short: [String: Operation] = [
            "put": .putItem, "get": .getItem, "update": .updateItem, "delete": .deleteItem, "batchGet": .batchGetItem,
            "batchWrite": .batchWriteItem, "transactGet": .transactGetItems, "transactWrite": .transactWriteItems,
        ]
        if let operation = short[name.prefix(1).lowercased() + name.dropFirst()] { return operation }
        let folded = FoldedWord(name)
        return Operation.allCases.first { FoldedWord($0.rawValue) == folded }
    }

    /// What stands in the call's parentheses.
    private mutating func parsePastedCall(
        _ operation: Operation,
        _ receiver: String?
    ) throws(SyntaxError) -> ParsedStatement {
        let start = token.start
        var body: Literal
        switch token.kind {
        case .leftBrace: body = try parseObject()
        case .rightParenthesis: body = Literal(form: .object([]), range: start..<token.end)
        case .word where peek().kind == .equal: body = try parseKeywordArguments()
        default: throw unexpected("the request's object {…}")
        }
        guard case .object(var members) = body.form else { preconditionFailure("an object was parsed") }
        members += placeholderMembers(at: body.range)
        let takesTable = OperationMember.of(operation).contains { $0.name == "TableName" }
        if takesTable, !members.contains(where: { $0.name == "TableName" }) {
            // boto3's table resource knows its table; here it is the one in use, or the variable's name.
            let named = receiver.flatMap { catalog.shape(of: $0) == nil ? nil : $0 }
            guard let table = named ?? currentTable?.table else {
                throw SyntaxError(
                    "the code does not say which table",
                    at: body.range,
                    suggestion: "use table, then paste it again"
                )
            }
            let name = Literal(form: .value(.string(table)), range: body.range)
            members.insert(Literal.Member(name: "TableName", nameRange: body.range, value: name), at: 0)
        }
        return try pasted(operation, Literal(form: .object(members), range: body.range))
    }

    /// `const params = {…}`: the operation is inferred from the members.
    private mutating func parsePastedParameters() throws(SyntaxError) -> ParsedStatement {
        let body = try parseObject()
        guard case .object(let members) = body.form else { preconditionFailure("an object was parsed") }
        let names = Set(members.map(\.name))
        let operation: Operation? =
            if names.contains("Item") {
                .putItem
            } else if names.contains("UpdateExpression") {
                .updateItem
            } else if names.contains("KeyConditionExpression") {
                .query
            } else if names.contains("KeySchema") {
                .createTable
            } else if names.contains("FilterExpression") || names.contains("TotalSegments") {
                .scan
            } else if names.contains("Key"), !names.contains("ConditionExpression") {
                .getItem
            } else if names.contains("Key") {
                .deleteItem
            } else if let items = members.first(where: { $0.name == "TransactItems" }) {
                items.value.elements.contains { $0.has("Get") } ? .transactGetItems : .transactWriteItems
            } else if let items = members.first(where: { $0.name == "RequestItems" }) {
                items.value.elements.contains { $0.has("Keys") } ? .batchGetItem : .batchWriteItem
            } else if names.contains("Statement") {
                .executeStatement
            } else if names.contains("TransactStatements") {
                .executeTransaction
            } else if names.contains("Statements") {
                .batchExecuteStatement
            } else {
                nil
            }
        guard let operation else {
            throw SyntaxError(
                "which operation is this for?",
                at: body.range,
                remark: "write its name before the object",
                suggestion: "Scan {…}"
            )
        }
        return try pasted(operation, body)
    }

    private mutating func pasted(_ operation: Operation, _ body: Literal) throws(SyntaxError) -> ParsedStatement {
        let call = try call(operation, body)
        lexer.offset = lexer.bytes.count
        advance()
        let form = CanonicalPrinter.print(call.request, catalog: catalog)
        return ParsedStatement(.call(call), canonicalForm: form)
    }

    // MARK: Python

    /// NAME "=" value { "," NAME "=" value } [ "," ] ")"
    private mutating func parseKeywordArguments() throws(SyntaxError) -> Literal {
        let start = token.start
        var members: [Literal.Member] = []
        while token.kind == .word {
            let name = token
            advance()
            try expect(.equal, "=")
            let value = beginsPythonCondition ? try parsePythonConditionText() : try parseLiteral()
            members.append(Literal.Member(name: text(of: name), nameRange: name.range, value: value))
            if !take(.comma) { break }
        }
        if token.kind != .rightParenthesis { throw unexpected("a comma or )") }
        return Literal(form: .object(members), range: start..<previousEnd)
    }

    private var beginsPythonCondition: Bool {
        switch token.kind {
        case .leftParenthesis: true
        case .word: ["Key", "Attr"].contains(text(of: token)) && peek().kind == .leftParenthesis
        case .unknown: text(of: token) == "~"
        default: false
        }
    }

    private mutating func parsePythonConditionText() throws(SyntaxError) -> Literal {
        let start = token.start
        expression.removeAll(keepingCapacity: true)
        try parsePythonCondition()
        return Literal(
            form: .value(.string(String(decoding: expression, as: UTF8.self))),
            range: start..<previousEnd
        )
    }

    /// condition ::= term { ("&" | "|") term }
    private mutating func parsePythonCondition() throws(SyntaxError) {
        statement.depth += 1
        defer { statement.depth -= 1 }
        if statement.depth > CommandParser.depthMax { throw SyntaxError("nested too deeply", at: token.range) }
        try parsePythonTerm()
        while token.kind == .unknown, ["&", "|"].contains(text(of: token)) {
            write(text(of: token) == "&" ? " AND " : " OR ")
            advance()
            try parsePythonTerm()
        }
    }

    /// term ::= "~" term | "(" condition ")"
    ///        | ("Key" | "Attr") "(" STRING ")" "." METHOD "(" [ value { "," value } ] ")"
    private mutating func parsePythonTerm() throws(SyntaxError) {
        if token.kind == .unknown, text(of: token) == "~" {
            write("NOT ")
            advance()
            return try parsePythonTerm()
        }
        if take(.leftParenthesis) {
            write(UInt8(ascii: "("))
            try parsePythonCondition()
            try expect(.rightParenthesis, ")")
            write(UInt8(ascii: ")"))
            return
        }
        guard token.kind == .word, ["Key", "Attr"].contains(text(of: token)) else { throw unexpected("Key or Attr") }
        advance()
        try expect(.leftParenthesis, "(")
        let path = try parsePythonPath()
        try expect(.rightParenthesis, ")")
        try expect(.dot, ".")
        let method = token
        try expect(.word, "a method such as eq")
        try expect(.leftParenthesis, "(")
        var values: [String] = []
        while token.kind != .rightParenthesis {
            let literal = try parseLiteral()
            if case .list(let members) = literal.form, text(of: method) == "is_in" {
                for member in members { values.append(statement.placeholders.bind(try member.plainValue())) }
            } else {
                values.append(statement.placeholders.bind(try literal.plainValue()))
            }
            if !take(.comma) { break }
        }
        try expect(.rightParenthesis, ")")
        try write(pythonMethod: method, path, values)
    }

    private mutating func parsePythonPath() throws(SyntaxError) -> String {
        let text = try parseStringToken()
        return text.split(separator: ".").map { segment in
            let name = segment.prefix { $0 != "[" }
            let plain = String(name)
            let written = isPlainName(plain) ? plain : statement.placeholders.alias(of: plain)
            return written + segment.dropFirst(name.count)
        }.joined(separator: ".")
    }

    private mutating func write(
        pythonMethod method: Token,
        _ path: String,
        _ values: [String]
    ) throws(SyntaxError) {
        let comparisons = ["eq": "=", "ne": "<>", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="]
        let name = text(of: method)
        switch (name, values.count) {
        case (_, 1) where comparisons[name] != nil: write("\(path) \(comparisons[name]!) \(values[0])")
        case ("begins_with", 1), ("contains", 1), ("attribute_type", 1): write("\(name)(\(path), \(values[0]))")
        case ("between", 2): write("\(path) BETWEEN \(values[0]) AND \(values[1])")
        case ("is_in", 1...): write("\(path) IN (\(values.joined(separator: ", ")))")
        case ("exists", 0): write("attribute_exists(\(path))")
        case ("not_exists", 0): write("attribute_not_exists(\(path))")
        default: throw SyntaxError("\(name) with \(values.count) values is not understood", at: method.range)
        }
    }

    /// What the conditions stand on, as members of the body.
    private func placeholderMembers(at range: Range<Int>) -> [Literal.Member] {
        guard let attributes = try? statement.placeholders.resolved([:]) else { return [] }
        var members: [Literal.Member] = []
        func add(_ name: String, _ entries: [(String, AttributeValue)]) {
            let literals = entries.map { entry in
                let value = Literal(form: .value(entry.1), range: range)
                return Literal.Member(
                    name: entry.0,
                    nameRange: range,
                    value: Literal(form: .plain(value), range: range)
                )
            }
            let object = Literal(form: .object(literals), range: range)
            members.append(Literal.Member(name: name, nameRange: range, value: object))
        }
        if let names = attributes.names {
            let entries = names.sorted { $0.key < $1.key }.map { name in
                Literal.Member(
                    name: name.key,
                    nameRange: range,
                    value: Literal(form: .value(.string(name.value)), range: range)
                )
            }
            members.append(
                Literal.Member(
                    name: "ExpressionAttributeNames",
                    nameRange: range,
                    value: Literal(form: .object(entries), range: range)
                )
            )
        }
        if let values = attributes.values {
            add("ExpressionAttributeValues", values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        }
        return members
    }

    // MARK: Values of programs

    /// Words that are values in JavaScript or Python: `new Set([…])`, `Decimal('1')`.
    mutating func parseCodeLiteral() throws(SyntaxError) -> Literal {
        let word = token
        let name = text(of: word)
        switch name {
        case "new":
            advance()
            return try parseCodeLiteral()
        case "Set", "set", "frozenset":
            advance()
            try expect(.leftParenthesis, "(")
            guard case .list(let members) = try parseLiteral().form else {
                throw SyntaxError("a set is made of a list", at: word.range)
            }
            try expect(.rightParenthesis, ")")
            return try set(members, from: word)
        case "Decimal", "Number", "BigInt", "int", "float":
            advance()
            try expect(.leftParenthesis, "(")
            let inner = try parseLiteral()
            try expect(.rightParenthesis, ")")
            switch inner.form {
            case .value(.string(let text)):
                guard let number = try? Number(text) else { throw SyntaxError("this is no number", at: inner.range) }
                return Literal(form: .value(.number(number)), range: word.start..<previousEnd)
            case .value(.number): return inner
            default: throw SyntaxError("this is no number", at: inner.range)
            }
        default:
            throw SyntaxError(
                "\(shown(word)) is a variable of the program",
                at: word.range,
                remark: "put its value there"
            )
        }
    }

    private func set(_ members: [Literal], from word: Token) throws(SyntaxError) -> Literal {
        let range = word.start..<previousEnd
        var strings: [String] = []
        var numbers: [Number] = []
        for member in members {
            switch member.form {
            case .value(.string(let text)) where numbers.isEmpty && !strings.contains(text): strings.append(text)
            case .value(.number(let number)) where strings.isEmpty && !numbers.contains(number): numbers.append(number)
            default: throw SyntaxError("a set holds only texts or only numbers, each once", at: member.range)
            }
        }
        if members.isEmpty { throw SyntaxError("a set has at least one member", at: range) }
        return Literal(form: .value(strings.isEmpty ? .numberSet(numbers) : .stringSet(strings)), range: range)
    }
}

extension Literal {
    /// The elements of a list, or the values of an object's members.
    fileprivate var elements: [Literal] {
        switch form {
        case .list(let elements): elements
        case .object(let members): members.map(\.value)
        case .value, .typed, .plain: []
        }
    }

    fileprivate func has(_ name: String) -> Bool {
        if case .object(let members) = form { members.contains { $0.name == name } } else { false }
    }
}
