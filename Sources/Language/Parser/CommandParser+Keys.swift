import Model

extension CommandParser {
    /// key ::= object | value {"," value}
    ///
    /// By position: the key attributes in the schema's order, all of them.
    mutating func parseKey(
        _ attributes: [KeyAttribute],
        _ table: KnownTable,
        index: String? = nil,
        _ verb: Verb
    ) throws(SyntaxError) -> Item {
        if let first = attributes.first { expecting(.keyValue(ofTable: table.name, attribute: first.name)) }
        switch token.kind {
        case .leftBrace: return try parseItem(keys: attributes)
        case .valuePlaceholder:
            if case .map(let map)? = parameters[text(of: token)] {
                advance()
                return Item(map)
            }
        case .word where text(of: token) == "ddb" || text(of: token) == "json":
            return try parseForcedItem()
        default: break
        }
        return try parsePositionalKey(attributes, table, index: index, verb)
    }

    private mutating func parsePositionalKey(
        _ attributes: [KeyAttribute],
        _ table: KnownTable,
        index: String?,
        _ verb: Verb
    ) throws(SyntaxError) -> Item {
        for (position, attribute) in attributes.enumerated() {
            if position > 0 {
                guard token.kind == .comma else {
                    throw unexpected("the key \(attribute.name) of \(table.name)", expected: [", value"])
                }
                advance()
            }
            expecting(.keyValue(ofTable: table.name, attribute: attribute.name))
            try appendKeyValue(attribute, table)
        }
        if token.kind == .comma {
            throw SyntaxError(
                "the key of \(table.name) is \(attributes.map(\.name).joined(separator: ", ")), nothing more",
                at: token.range
            )
        }
        return builder.finish()
    }

    /// One value of a key by position, straight into the builder where it is a plain text.
    @inline(__always)
    private mutating func appendKeyValue(_ attribute: KeyAttribute, _ table: KnownTable) throws(SyntaxError) {
        if token.kind == .string, !token.hasEscapes, attribute.type == .string {
            let body = lexer.bytes.slice(token.start + 1..<token.end - 1)
            if isASCII(body) {
                attribute.attribute.bytes.withUnsafeBytes { builder.append(nameBytes: $0, string: body) }
                advance()
                return
            }
        }
        let value = try parseKeyValue(attribute, table)
        attribute.attribute.bytes.withUnsafeBytes { builder.append(nameBytes: $0, value) }
    }

    /// A value for a key attribute by position: of the attribute's type.
    mutating func parseKeyValue(_ attribute: KeyAttribute, _ table: KnownTable) throws(SyntaxError) -> AttributeValue {
        if !beginsLiteral, token.kind != .valuePlaceholder {
            throw unexpected("a value of \(attribute.name), the key of \(table.name),")
        }
        let literal = try parseLiteral()
        let value = literal.isTypeWrapper ? try literal.typedValue() : try literal.plainValue()
        if value.type == attribute.type { return value }
        throw CommandParser.wrongKeyType(value, attribute, table, at: literal.range)
    }

    static func wrongKeyType(
        _ value: AttributeValue,
        _ attribute: KeyAttribute,
        _ table: KnownTable,
        at range: Range<Int>
    ) -> SyntaxError {
        let remark: String? =
            switch (value, attribute.type) {
            case (.number(let number), .string): "write '\(number.text)'"
            case (.string(let text), .number) where (try? Number(text)) != nil: "write \(text)"
            case (_, .binary): "write b64'…'"
            default: nil
            }
        return SyntaxError(
            "\(attribute.name) of \(table.name) is a \(attribute.type.spoken), not a \(value.type.spoken)",
            at: range,
            remark: remark,
            serviceMessage: "ValidationException: The provided key element does not match the schema"
        )
    }
}

extension AttributeType {
    /// As messages call it.
    var spoken: String {
        switch self {
        case .string: "text (S)"
        case .number: "number (N)"
        case .binary: "binary (B)"
        case .bool: "truth value (BOOL)"
        case .null: "null"
        case .stringSet: "set of texts (SS)"
        case .numberSet: "set of numbers (NS)"
        case .binarySet: "set of binaries (BS)"
        case .list: "list (L)"
        case .map: "map (M)"
        }
    }
}

/// Whether no byte belongs to a longer character.
@inline(__always)
func isASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var all: UInt8 = 0
    for byte in bytes { all |= byte }
    return all < 0x80
}
