import Model

/// A token of an expression in the API's form, with placeholders replaced by what they stand for.
enum ExpressionToken: Equatable {
    case name(String)
    case value(AttributeValue)
    /// AND, SET … in upper case.
    case keyword(String)
    case function(String)
    case symbol(String)
    case number(String)
}

/// Takes an expression of the API apart, to write it with its names and values in place, or to compare it.
struct ExpressionTokens {
    private(set) var tokens: [ExpressionToken] = []
    private(set) var usedNames: Set<String> = []
    private(set) var usedValues: Set<String> = []

    private static let keywords: Set<String> = [
        "AND", "OR", "NOT", "BETWEEN", "IN", "SET", "REMOVE", "ADD", "DELETE",
    ]

    /// Nil when a placeholder stands for nothing, or the text is no expression at all.
    init?(_ text: String, _ attributes: ExpressionAttributes) {
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if isBlank(byte) {
                index += 1
                continue
            }
            var end = index + 1
            while end < bytes.count, isPlaceholderByte(bytes[end]) { end += 1 }
            let word = String(decoding: bytes[index..<end], as: UTF8.self)
            switch byte {
            case UInt8(ascii: "#"):
                guard let name = attributes.names?[word] else { return nil }
                usedNames.insert(word)
                tokens.append(.name(name))
            case UInt8(ascii: ":"):
                guard let value = attributes.values?[word] else { return nil }
                usedValues.insert(word)
                tokens.append(.value(value))
            case _ where isLetter(byte) || byte == UInt8(ascii: "_"):
                tokens.append(token(word, followedBy: bytes[end...].first { !isBlank($0) }))
            case _ where isDigit(byte): tokens.append(.number(word))
            default:
                let symbol = String(decoding: bytes[index..<min(index + 2, bytes.count)], as: UTF8.self)
                end = index + (["<=", ">=", "<>"].contains(symbol) ? 2 : 1)
                guard "()[],.=<>+-".utf8.contains(byte) else { return nil }
                tokens.append(.symbol(String(decoding: bytes[index..<end], as: UTF8.self)))
            }
            index = end
        }
        if tokens.isEmpty { return nil }
    }

    private func token(_ word: String, followedBy next: UInt8?) -> ExpressionToken {
        let upper = word.uppercased()
        if tokens.last == .symbol(".") { return .name(word) }
        if Self.keywords.contains(upper) { return .keyword(upper) }
        if next == UInt8(ascii: "("), ExpressionFunction.named(word) != nil { return .function(word) }
        return .name(word)
    }

    /// The expression in the language's own form. Nil when a name cannot be written.
    var text: String? {
        var text = ""
        var previous: ExpressionToken?
        for token in tokens {
            let written: String
            switch token {
            case .name(let name):
                guard let attribute = ValueFormat.attribute(name) else { return nil }
                written = attribute
            case .value(let value): written = formatValue(value)
            case .keyword(let word), .function(let word), .symbol(let word), .number(let word): written = word
            }
            if let previous, needsBlank(previous, token) { text += " " }
            text += written
            previous = token
        }
        return text
    }

    private func needsBlank(_ left: ExpressionToken, _ right: ExpressionToken) -> Bool {
        switch (left, right) {
        case (.symbol("("), _), (.symbol("["), _), (.symbol("."), _): false
        case (_, .symbol(")")), (_, .symbol("]")), (_, .symbol(",")), (_, .symbol(".")), (_, .symbol("[")): false
        case (.function, .symbol("(")): false
        default: true
        }
    }
}
