import Language
import LineEditor
import Model

/// The few places where the session speaks to the parser.
extension Session {
    /// The shell's own commands are looked up here: what the list does not know may be another shell's, which the
    /// parser translates.
    func parse(_ bytes: UnsafeRawBufferPointer) throws(SyntaxError) -> ParsedStatement {
        if bytes.first == UInt8(ascii: "."), let command = dotCommand(bytes) { return ParsedStatement(command) }
        if let offset = InvalidUTF8.offset(in: bytes) {
            throw SyntaxError("this is not UTF-8 text", at: offset..<offset + 1)
        }
        return try parser.parse(bytes)
    }

    private func dotCommand(_ bytes: UnsafeRawBufferPointer) -> Command? {
        let line = String(decoding: bytes.dropFirst(), as: UTF8.self)
        var name = line.prefix { !$0.isWhitespace }
        let arguments = line.dropFirst(name.count).trimmingBlanks()
        if arguments.isEmpty, name.last == ";" { name = name.dropLast() }
        guard DotCommand.all.contains(where: { $0.name == name }) else { return nil }
        return .dot(name: String(name), arguments: arguments)
    }

    func setParserTarget(_ target: Target?) {
        parser.currentTable = target
    }
}

extension Session {
    func languageCompletion(of text: String, at offset: Int) -> Completion {
        let items = parser.completions(in: text, at: offset)
        let replaced = items.first?.replaces ?? offset..<offset
        return Completion(
            candidates: items.filter { $0.replaces == replaced }
                .map { Completion.Candidate($0.insertion, display: $0.text, kind: $0.kind.rawValue) },
            replacing: replaced,
            syntaxHint: parser.syntaxHint(in: text, at: offset)
        )
    }
}

extension CompletionItem {
    /// With a blank where no word goes on: behind a table may come `/`, behind the start of a key its rest.
    fileprivate var insertion: String {
        switch kind {
        case .verb, .clause, .keyword, .comparison, .attribute, .keyAttribute: text + " "
        case .keyPrefix, .keyValue, .table, .index, .user, .value, .function: text
        }
    }
}
