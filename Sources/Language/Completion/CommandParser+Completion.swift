import Model

/// What Tab offers. The parser reads the text up to the unfinished word and tells what it would take there.
extension CommandParser {
    /// What may stand at byte `offset` of the text, best first. Nothing is read from the tables but their samples.
    public func completions(in text: String, at offset: Int) -> [CompletionItem] {
        var text = text
        return text.withUTF8 { bytes in completions(UnsafeRawBufferPointer(bytes), at: offset) }
    }

    /// How the clause at byte `offset` is written, or the verb when no clause has begun.
    public func syntaxHint(in text: String, at offset: Int) -> String? {
        var text = text
        return text.withUTF8 { bytes in
            let all = UnsafeRawBufferPointer(bytes)
            guard let point = CompletionPoint(all, cursor: offset) else { return nil }
            let record = record(all.slice(point.start..<point.parsedEnd))
            guard let verb = record.verb else { return nil }
            let reference = verb.reference
            guard let clause = record.clause, let row = reference.clauses.first(where: { $0.keyword == clause }) else {
                return reference.syntax
            }
            return row.syntax
        }
    }

    private func completions(_ text: UnsafeRawBufferPointer, at offset: Int) -> [CompletionItem] {
        guard let point = CompletionPoint(text, cursor: offset), point.dialect != .dotLine, point.dialect != .shellLine
        else { return [] }
        let typed = text.text(point.wordStart..<point.cursor)
        let replaced = point.wordStart..<point.cursor
        var items: [CompletionItem] = []
        for expectation in record(text.slice(point.start..<point.parsedEnd)).expectations {
            items += self.items(for: expectation, typed, replaced, point)
        }
        if point.quote == nil { items += namesWithDashes(text, point) }
        return CommandParser.ranked(items)
    }

    /// `old-ta…`: the parser must be asked in front of the whole name.
    private func namesWithDashes(_ text: UnsafeRawBufferPointer, _ point: CompletionPoint) -> [CompletionItem] {
        let nameStart = point.tableNameStart(in: text)
        guard nameStart < point.wordStart else { return [] }
        let typed = text.text(nameStart..<point.cursor)
        return record(text.slice(point.start..<nameStart)).expectations.flatMap { expectation in
            switch expectation {
            case .table, .index: items(for: expectation, typed, nameStart..<point.cursor, point)
            default: [CompletionItem]()
            }
        }
    }

    private func record(_ statement: UnsafeRawBufferPointer) -> ExpectationRecorder {
        var parser = self
        parser.recorder = ExpectationRecorder()
        _ = try? parser.parse(statement)
        return parser.recorder ?? ExpectationRecorder()
    }

    private static func ranked(_ items: [CompletionItem]) -> [CompletionItem] {
        let order: [CompletionItem.Kind] = [
            .keyPrefix, .keyValue, .table, .index, .user, .keyAttribute, .attribute, .value, .function, .comparison,
            .keyword, .clause, .verb,
        ]
        var seen: Set<String> = []
        var result: [CompletionItem] = []
        for kind in order {
            for item in items where item.kind == kind && seen.insert(item.text).inserted { result.append(item) }
        }
        return result
    }

    // MARK: Candidates

    private func items(
        for expectation: Expectation,
        _ typed: String,
        _ replaced: Range<Int>,
        _ point: CompletionPoint
    ) -> [CompletionItem] {
        let wanted = typed.lowercased()
        func matching(_ texts: [String], _ kind: CompletionItem.Kind) -> [CompletionItem] {
            texts.filter { $0.lowercased().hasPrefix(wanted) }.map { CompletionItem($0, kind, replaces: replaced) }
        }
        if case .keyValue(let table, let attribute) = expectation {
            return keyItems(ofTable: table, attribute: attribute, typed, replaced, point)
        }
        if point.quote == UInt8(ascii: "`") { return namesInBackticks(for: expectation, typed, replaced) }
        if point.quote != nil { return [] }
        switch expectation {
        case .keyword(let keyword):
            return matching([keyword.rawValue], keyword.isInsideClauses ? .keyword : .clause)
        case .word(let word, let kind): return matching([word], CompletionItem.Kind(rawValue: kind) ?? .value)
        case .verb: return matching(VerbReference.rows.map(\.name), .verb)
        case .requestVerb:
            let rows = VerbReference.rows.filter { $0.verb.operation != nil || $0.verb.isPartiQL }
            return matching(rows.map(\.name), .verb)
        case .table: return matching(catalog.tableNames.compactMap { ValueFormat.table($0) }, .table)
        case .user: return matching(catalog.userNames, .user)
        case .index(let table): return matching(catalog.shape(of: table)?.indexes.map(\.name) ?? [], .index)
        case .innerName(let kind): return matching(catalog.innerNames(kind), .value)
        case .keyAttribute(let table, let index):
            return matching(keyNames(table, index).compactMap { ValueFormat.attribute($0) }, .keyAttribute)
        case .attribute(let table, _):
            return matching(sampledNames(table).compactMap { ValueFormat.attribute($0) }, .attribute)
        case .conditionFunction:
            return matching(ExpressionFunction.all.filter { !$0.isForUpdates }.map { $0.name + "(" }, .function)
        case .updateFunction:
            return matching(ExpressionFunction.all.filter(\.isForUpdates).map { $0.name + "(" }, .function)
        case .keyValue: return []
        }
    }

    private func namesInBackticks(
        for expectation: Expectation,
        _ typed: String,
        _ replaced: Range<Int>
    ) -> [CompletionItem] {
        func matching(_ names: [String], _ kind: CompletionItem.Kind) -> [CompletionItem] {
            names.filter { $0.hasPrefix(typed) }.map { CompletionItem($0, kind, replaces: replaced) }
        }
        switch expectation {
        case .table: return matching(catalog.tableNames, .table)
        case .index(let table): return matching(catalog.shape(of: table)?.indexes.map(\.name) ?? [], .index)
        case .keyAttribute(let table, let index): return matching(keyNames(table, index), .keyAttribute)
        case .attribute(let table, _): return matching(sampledNames(table), .attribute)
        default: return []
        }
    }

    /// The key of the index, if one is read, else of the table.
    private func keyNames(_ table: String, _ index: String?) -> [String] {
        guard let shape = catalog.shape(of: table) else { return [] }
        let key = index.flatMap { shape.index(named: $0)?.key } ?? shape.key
        return key.attributes.map(\.name)
    }

    /// By how many sampled items have them, then by name; key attributes are not among them.
    private func sampledNames(_ table: String) -> [String] {
        var counts: [String: Int] = [:]
        for item in catalog.sampleItems(of: table, limit: 50) {
            for name in item.attributes.names { counts[name, default: 0] += 1 }
        }
        for name in keyNames(table, nil) { counts[name] = nil }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }

    /// Values of a key attribute, cut behind the next `#` so that `USER#` stands for all users.
    private func keyItems(
        ofTable table: String,
        attribute: String,
        _ typed: String,
        _ replaced: Range<Int>,
        _ point: CompletionPoint
    ) -> [CompletionItem] {
        if point.quote == UInt8(ascii: "`") || (point.quote == nil && !typed.isEmpty) { return [] }
        var counts: [String: Int] = [:]
        let name = AttributeName(attribute)
        for item in catalog.sampleItems(of: table, limit: 200) {
            guard case .string(let value)? = item[name], value.hasPrefix(typed) else { continue }
            let rest = value.dropFirst(typed.count)
            let end = rest.firstIndex(of: "#").map { rest.index(after: $0) } ?? rest.endIndex
            counts[typed + rest[..<end], default: 0] += 1
        }
        let isPartOfMore = counts.keys.filter { $0.hasSuffix("#") }
        return (isPartOfMore.sorted() + counts.keys.filter { !$0.hasSuffix("#") }.sorted()).prefix(20).map { text in
            let isPrefix = text.hasSuffix("#")
            let written = point.quote == nil ? "'\(text)" + (isPrefix ? "" : "'") : text
            return CompletionItem(written, isPrefix ? .keyPrefix : .keyValue, replaces: replaced)
        }
    }
}

extension Keyword {
    /// Whether it continues a clause, as against opening one.
    fileprivate var isInsideClauses: Bool {
        switch self {
        case .and, .or, .not, .between, .in, .beginsWith, .of, .last, .demand, .max, .readUnits, .writeUnits, .off,
            .hash, .range, .exists, .from, .by, .forDuration, .into, .yes, .no, .null, .binary, .dynamoDBJSON,
            .plainJSON:
            true
        default: false
        }
    }
}
