import Model

extension CommandParser {
    /// item ::= "{" [ name ":" value { "," name ":" value } [","] ] "}"
    ///
    /// A key cannot be a map, so a key attribute with an object says that all of the item is DynamoDB JSON. Texts and
    /// numbers go straight from the statement's bytes into the item.
    mutating func parseItem(keys: [KeyAttribute]) throws(SyntaxError) -> Item {
        let start = token
        if try appendPlainAttributes(keys) { return builder.finish() }
        // A key attribute is an object: start over, reading every value as DynamoDB JSON.
        builder.reset()
        statement.notes = []
        token = start
        lexer.offset = start.end
        return try parseTypedItem()
    }

    /// False when a key attribute has an object for its value.
    private mutating func appendPlainAttributes(_ keys: [KeyAttribute]) throws(SyntaxError) -> Bool {
        lexer.offset = token.end
        while true {
            try skipTrivia()
            if lexer.offset == lexer.bytes.count { recordAttributes() }
            let first = lexer.byte(at: lexer.offset)
            if first == UInt8(ascii: "}") { break }
            let name = try takeAttributeName()
            try skipTrivia()
            guard lexer.byte(at: lexer.offset) == UInt8(ascii: ":") else {
                advance()
                throw unexpected("a colon")
            }
            lexer.offset += 1
            try skipTrivia()
            if lexer.offset == lexer.bytes.count { recordValues(of: name, keys) }
            if lexer.byte(at: lexer.offset) == UInt8(ascii: "{"), isKey(name, keys) { return false }
            try appendPlainValue(name)
            try skipTrivia()
            if lexer.byte(at: lexer.offset) != UInt8(ascii: ",") { break }
            lexer.offset += 1
        }
        advance()
        try expect(.rightBrace, builder.count == 0 ? "a name or }" : "a comma or }")
        return true
    }

    /// For completion, at the end of the text: the names that may stand here.
    private mutating func recordAttributes() {
        guard recorder != nil, let table = statement.table else { return }
        recorder?.add(.keyAttribute(ofTable: table.name, index: nil))
        recorder?.add(.attribute(ofTable: table.name, index: nil))
    }

    private mutating func recordValues(of name: UnsafeRawBufferPointer, _ keys: [KeyAttribute]) {
        guard recorder != nil, let table = statement.table, isKey(name, keys) else { return }
        recorder?.add(.keyValue(ofTable: table.name, attribute: name.text(0..<name.count)))
    }

    @inline(__always)
    private mutating func skipTrivia() throws(SyntaxError) {
        if !lexer.skipTrivia() { throw unclosed(at: lexer.offset) }
    }

    @inline(__always)
    private func isKey(_ name: UnsafeRawBufferPointer, _ keys: [KeyAttribute]) -> Bool {
        for key in keys where key.attribute.matches(name) { return true }
        return false
    }

    /// The bytes of a bare or simply quoted name. Others are decoded and kept in `decodedName`.
    @inline(__always)
    private mutating func takeAttributeName() throws(SyntaxError) -> UnsafeRawBufferPointer {
        let start = lexer.offset
        let first = lexer.byte(at: start)
        if isLetter(first) || first == UInt8(ascii: "_") {
            var end = start + 1
            while end < lexer.bytes.count, isWordByte(lexer.bytes[end]) { end += 1 }
            lexer.offset = end
            let name = lexer.bytes.slice(start..<end)
            if isASCII(name) { return name }
            lexer.offset = start
        }
        return try takeUnusualName()
    }

    private mutating func takeUnusualName() throws(SyntaxError) -> UnsafeRawBufferPointer {
        advance()
        switch token.kind {
        case .string where !token.hasEscapes, .quotedName:
            let body = lexer.bytes.slice(token.start + 1..<token.end - 1)
            if !isASCII(body) { _ = try stringValue(of: token) }
            if body.isEmpty { throw SyntaxError("a name is not empty", at: token.range) }
            return body
        case .string:
            // A name with escapes has no bytes in the statement, so it gets some that live as long as the parser does.
            let name = try stringValue(of: token)
            return keep(name)
        case .word, .number:
            _ = try nameText(of: token)
            return bytes(of: token)
        default: throw unexpected("a name or }")
        }
    }

    private mutating func keep(_ name: String) -> UnsafeRawBufferPointer {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: name.utf8.count, alignment: 1)
        copy.copyBytes(from: name.utf8)
        statement.keptNames.append(KeptBytes(copy))
        return UnsafeRawBufferPointer(copy)
    }

    @inline(__always)
    private mutating func appendPlainValue(_ name: UnsafeRawBufferPointer) throws(SyntaxError) {
        let start = lexer.offset
        let first = lexer.byte(at: start)
        if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") {
            var end = start + 1
            var all: UInt8 = 0
            while end < lexer.bytes.count {
                let byte = lexer.bytes[end]
                if byte == first {
                    if all < 0x80 {
                        builder.append(nameBytes: name, string: lexer.bytes.slice(start + 1..<end))
                        lexer.offset = end + 1
                        return
                    }
                    break
                }
                if byte == UInt8(ascii: "\\") { break }
                all |= byte
                end += 1
            }
        }
        advance()
        if token.kind == .number {
            builder.append(nameBytes: name, number: try parseNumber())
        } else {
            let literal = try parseLiteral()
            note(literal)
            builder.append(nameBytes: name, try literal.plainValue())
        }
        // The token behind the value is read again, byte by byte.
        lexer.offset = token.start
    }

    /// A plain map that looks like DynamoDB JSON is worth a word.
    private mutating func note(_ literal: Literal) {
        guard literal.isTypeWrapper, statement.notes.isEmpty else { return }
        let text = lexer.bytes.text(literal.range)
        statement.notes.append(
            "\(text) was read as a map, because the key is plain; write ddb \(text) for a typed value"
        )
    }

    /// All of the item as DynamoDB JSON.
    private mutating func parseTypedItem() throws(SyntaxError) -> Item {
        statement.isTyped = true
        return try typedItem(try parseObject())
    }

    private mutating func typedItem(_ literal: Literal) throws(SyntaxError) -> Item {
        guard case .object(let members) = literal.form else {
            throw SyntaxError("an item is an object {…}", at: literal.range)
        }
        for member in members {
            let value: AttributeValue
            if case .value(let scalar) = member.value.form, !isForced(member) {
                throw SyntaxError(
                    "the key is written in DynamoDB JSON, so \(member.name) must be too",
                    at: member.value.range,
                    remark: "write {\(scalar.type.rawValue): …}"
                )
            } else {
                value = try member.value.typedValue()
            }
            builder.append(member.name, value)
        }
        return builder.finish()
    }

    /// Sets, `b64'…'` and `:parameters` say their type themselves.
    private func isForced(_ member: Literal.Member) -> Bool {
        let first = lexer.byte(at: member.value.range.lowerBound)
        return first == UInt8(ascii: "<") || first == UInt8(ascii: "b") || first == UInt8(ascii: ":")
    }

    /// ("ddb" | "json") object
    mutating func parseForcedItem() throws(SyntaxError) -> Item {
        let literal = try parseLiteral()
        switch literal.form {
        case .typed(let inner):
            statement.isTyped = true
            return try typedItem(inner)
        default:
            guard case .map(let map) = try literal.plainValue() else {
                throw SyntaxError("an item is an object {…}", at: literal.range)
            }
            return Item(map)
        }
    }
}

/// Bytes that are freed with the last reference.
final class KeptBytes {
    private let bytes: UnsafeMutableRawBufferPointer

    init(_ bytes: UnsafeMutableRawBufferPointer) { self.bytes = bytes }

    deinit { bytes.deallocate() }
}
