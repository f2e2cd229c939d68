import Model

/// Statements that are no requests: what the shell and the laboratory answer.
extension CommandParser {
    /// target ::= NAME ["/" NAME], of a table and index that exist.
    mutating func parseExistingTarget(_ verb: Verb) throws(SyntaxError) -> Target {
        expecting(.table)
        if verb == .use, token.endsStatement { throw unexpected("a table") }
        let target = try parseKnownTarget(verb)
        return Target(table: target.table.name, index: target.index)
    }

    /// "Show" SUBJECT [target] [ "LAST" duration ], the latter of events
    mutating func parseShow() throws(SyntaxError) -> Command {
        for subject in ShowSubject.allCases { expecting(.word(subject.rawValue, kind: "subject")) }
        let names = ShowSubject.allCases.map(\.rawValue)
        guard token.kind == .word else { throw unexpected(Suggestions.list(names)) }
        let word = token
        let written = text(of: word).lowercased()
        guard let subject = ShowSubject(rawValue: written) else {
            if ["metrics", "burst", "backups", "workloads"].contains(written) {
                throw SyntaxError("this version has no Show \(written) yet", at: word.range)
            }
            throw SyntaxError(
                "there is no \(text(of: word)) to show",
                at: word.range,
                expected: names,
                remark: Suggestions.remark(written, among: names)
            )
        }
        advance()
        expecting(.table)
        var target = subject.isAboutTable ? currentTable : nil
        let isLast = subject == .events && keyword == .last
        if !token.endsStatement, !isLast { target = try parseExistingTarget(.show) }
        guard subject == .events, take(.last) else { return .show(subject, target) }
        recorder?.clause = .last
        return .show(subject, target, last: try parseDuration())
    }

    /// "Locate" [target] key
    mutating func parseLocate() throws(SyntaxError) -> Command {
        let target = try parseKnownTarget(.locate)
        let table = target.table
        guard let key = table.key(ofIndex: target.index) else { preconditionFailure("the index was looked up") }
        let place = Target(table: table.name, index: target.index)
        return .locate(place, key: try parseLocatedKey(key, table))
    }

    /// The partition key is enough to locate.
    private mutating func parseLocatedKey(_ key: KnownKey, _ table: KnownTable) throws(SyntaxError) -> Item {
        if token.kind == .leftBrace || token.kind == .word { return try parseKey(key.attributes, table, .locate) }
        var attributes = AttributeMap()
        for (position, attribute) in key.attributes.enumerated() {
            if position > 0 {
                let isOptional = position >= key.schema.hash.count
                if isOptional, token.kind != .comma { break }
                try expect(.comma, "the key \(attribute.name)")
            }
            expecting(.keyValue(ofTable: table.name, attribute: attribute.name))
            attributes[attribute.name] = try parseKeyValue(attribute, table)
        }
        return Item(attributes)
    }

    /// "Clock" [ "ADVANCE" DURATION ]
    mutating func parseClock() throws(SyntaxError) -> ClockCommand {
        guard let clause = keyword, clause == .advance else {
            expecting(.keyword(.advance))
            if token.endsStatement { return .show }
            let word = text(of: token)
            if ["pause", "resume", "speed", "set"].contains(word.lowercased()) {
                throw SyntaxError("this version has no Clock \(word) yet", at: token.range)
            }
            throw SyntaxError(
                "\(shown(token)) is nothing that Clock does",
                at: token.range,
                remark: Suggestions.remark(word, among: ["ADVANCE"]) ?? "write Clock ADVANCE 5m"
            )
        }
        advance()
        return .advance(try parseDuration())
    }

    /// "Serve" [ "PORT" INT ]
    mutating func parseServe() throws(SyntaxError) -> Int {
        expecting(.keyword(.port))
        guard take(.port) else {
            if token.endsStatement { return CommandParser.standardPort }
            throw unexpected("PORT", expected: ["PORT"])
        }
        recorder?.clause = .port
        let word = token
        let port = try parseInteger("PORT")
        guard port <= 65_535 else { throw SyntaxError("a port is a number up to 65535", at: word.range) }
        return port
    }

    private static var standardPort: Int { 8_000 }

    /// duration ::= NUMBER UNIT { NUMBER UNIT }, in microseconds
    mutating func parseDuration() throws(SyntaxError) -> Int64 {
        let start = token.start
        var total: Int64 = 0
        let expected = ["5m", "20ms", "1h30m"]
        guard token.kind == .number else { throw unexpected("a duration", expected: expected) }
        while token.kind == .number {
            let amount = try? Number(utf8: bytes(of: token))
            advance()
            let unit = token.kind == .word ? CommandParser.durationUnits[takeUnit()] : nil
            guard let amount, let unit else {
                throw SyntaxError(
                    "a duration needs a unit: us, ms, s, m, h or d",
                    at: start..<max(previousEnd, start + 1),
                    expected: expected
                )
            }
            guard let part = try? amount.multiplied(by: unit), part <= 100 * 365 * 86_400_000_000 else {
                throw SyntaxError("this duration is too long", at: start..<token.end)
            }
            total += part
            advance()
        }
        return total
    }

    /// The letters of a unit alone: in `1h30m` digits follow.
    private mutating func takeUnit() -> String {
        var end = token.start
        while end < token.end, isLetter(lexer.bytes[end]) { end += 1 }
        token.end = end
        lexer.offset = end
        return text(of: token).lowercased()
    }

    private static let durationUnits: [String: Int64] = [
        "us": 1, "ms": 1_000, "s": 1_000_000, "m": 60_000_000, "min": 60_000_000, "h": 3_600_000_000,
        "d": 86_400_000_000,
    ]

    /// "help" [ TOPIC ]: the rest of the line.
    mutating func parseHelp() -> Command {
        let start = token.start
        var end = lexer.bytes.count
        while end > start, isBlank(lexer.bytes[end - 1]) || lexer.bytes[end - 1] == UInt8(ascii: ";") { end -= 1 }
        for row in VerbReference.rows { expecting(.word(row.name, kind: "topic")) }
        let topic = start < end ? lexer.bytes.text(start..<end) : ""
        lexer.offset = lexer.bytes.count
        advance()
        return .help(topic: topic.isEmpty ? nil : topic)
    }

    // MARK: Lines

    /// "." NAME ARGUMENTS, to the end of the line
    mutating func parseDotLine() -> Command {
        let start = lexer.offset + 1
        var end = start
        while end < lexer.bytes.count, !isBlank(lexer.bytes[end]) { end += 1 }
        let rest = String(lexer.bytes.text(end..<lexer.bytes.count).trimmingBlanks)
        var name = lexer.bytes.text(start..<end)
        if rest.isEmpty, name.utf8.last == UInt8(ascii: ";") { name.removeLast() }
        let arguments = rest
        lexer.offset = lexer.bytes.count
        switch name {
        case "tables": return .show(.tables, nil)
        case "schema": return arguments.isEmpty ? .show(.tables, nil) : .describe(target(arguments))
        case "exit", "quit", "q": return .exit
        case "help": return .help(topic: arguments.isEmpty ? nil : arguments)
        default: return .dot(name: name, arguments: arguments)
        }
    }

    /// What other shells begin with a backslash; alone on a line, an output mode shows the last result again.
    mutating func parseShortcut() throws(SyntaxError) -> Command {
        let start = lexer.offset
        var end = lexer.bytes.count
        while end > start, isBlank(lexer.bytes[end - 1]) || lexer.bytes[end - 1] == UInt8(ascii: ";") { end -= 1 }
        let line = lexer.bytes.text(start + 1..<max(start + 1, end))
        let words = line.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
        lexer.offset = lexer.bytes.count
        switch (words.first ?? "", words.dropFirst().first) {
        case ("d", let table?), ("d+", let table?): return .describe(target(table))
        case ("d", nil), ("d+", nil), ("dt", _), ("dt+", _), ("l", _): return .show(.tables, nil)
        case ("di", let table): return .show(.indexes, table.map { target($0) } ?? currentTable)
        case ("q", _), ("quit", _): return .exit
        case ("c", let table?), ("use", let table?): return .use(target(table))
        case ("x", _): return .dot(name: "mode", arguments: "vertical")
        case ("?", _), ("h", _), ("help", _): return .help(topic: words.dropFirst().first)
        case ("timing", let argument): return .dot(name: "timer", arguments: argument ?? "")
        case ("i", let file?): return .dot(name: "read", arguments: file)
        case ("", _): throw SyntaxError("a command belongs behind the backslash", at: start..<start + 1)
        case (let mode, nil) where mode.utf8.allSatisfy(isLetter): return .dot(name: "last", arguments: mode)
        default:
            throw SyntaxError("there is no \\\(words[0]) here", at: start..<end, remark: "help lists the commands")
        }
    }

    private func target(_ text: String) -> Target {
        var text = text
        if text.utf8.last == UInt8(ascii: ";") { text.removeLast() }
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        return Target(table: parts.first ?? text, index: parts.count > 1 ? parts[1] : nil)
    }
}

extension ShowSubject {
    /// Whether the table in use is meant when none is named.
    fileprivate var isAboutTable: Bool {
        switch self {
        case .indexes, .partitions, .replicas, .lag, .streams: true
        case .tables, .nodes, .router, .faults, .users, .settings, .cost, .events: false
        }
    }
}

extension Number {
    /// The product as a whole number, rounded down; nil when it does not fit.
    func multiplied(by factor: Int64) throws(NumberError) -> Int64? {
        if isNegative { return nil }
        // Shorter than a duration could be with fewer digits; anything larger is too long anyway.
        guard Int(exponent) + digitCount <= 17 else { return nil }
        var magnitude = coefficient * UInt128(factor)
        if exponent > 0 {
            for _ in 0..<exponent { magnitude *= 10 }
        } else {
            for _ in 0..<(-Int(exponent)) where magnitude > 0 { magnitude /= 10 }
        }
        return Int64(exactly: magnitude)
    }
}
