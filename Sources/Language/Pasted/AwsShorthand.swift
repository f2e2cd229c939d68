import Model

/// The CLI's shorthand syntax: `IndexName=i,KeySchema=[{AttributeName=pk,KeyType=HASH}]`.
struct AwsShorthand {
    private let bytes: [UInt8]
    private let range: Range<Int>
    private var index = 0
    private var depth = 0

    static func parse(_ text: String, at range: Range<Int>) throws(SyntaxError) -> Literal {
        var parser = AwsShorthand(bytes: Array(text.utf8), range: range)
        let literal = text.utf8.contains(UInt8(ascii: "=")) ? try parser.members(until: 0) : try parser.items()
        if parser.index < parser.bytes.count { throw parser.error }
        return literal
    }

    private init(bytes: [UInt8], range: Range<Int>) {
        self.bytes = bytes
        self.range = range
    }

    private var error: SyntaxError {
        SyntaxError("this is neither JSON nor the CLI's shorthand", at: range, expected: ["Name=value,Name=value"])
    }

    private var byte: UInt8 { index < bytes.count ? bytes[index] : 0 }

    /// items ::= text { "," text }
    private mutating func items() throws(SyntaxError) -> Literal {
        let first = try text()
        guard byte == UInt8(ascii: ",") else { return scalar(first, name: "") }
        var elements = [scalar(first, name: "")]
        while byte == UInt8(ascii: ",") {
            index += 1
            elements.append(scalar(try text(), name: ""))
        }
        return Literal(form: .list(elements), range: range)
    }

    /// members ::= name "=" value { "," name "=" value }
    private mutating func members(until end: UInt8) throws(SyntaxError) -> Literal {
        depth += 1
        defer { depth -= 1 }
        if depth > 64 { throw error }
        var members: [Literal.Member] = []
        while byte != end || (end == 0 && index < bytes.count) {
            let name = try text(stoppingAtEqual: true)
            guard byte == UInt8(ascii: "="), !name.isEmpty else { throw error }
            index += 1
            var value = try self.value(name)
            // `a=1,2,b=3`: what follows a comma without a name of its own belongs to a list.
            var list: [Literal] = []
            while byte == UInt8(ascii: ","), !nextIsMember {
                index += 1
                list.append(try self.value(name))
            }
            if !list.isEmpty { value = Literal(form: .list([value] + list), range: range) }
            members.append(Literal.Member(name: name, nameRange: range, value: value))
            if byte != UInt8(ascii: ",") { break }
            index += 1
        }
        return Literal(form: .object(members), range: range)
    }

    private var nextIsMember: Bool {
        var offset = index + 1
        while offset < bytes.count, isWordByte(bytes[offset]) || ":#-.".utf8.contains(bytes[offset]) { offset += 1 }
        return offset < bytes.count && bytes[offset] == UInt8(ascii: "=")
    }

    /// value ::= "{" members "}" | "[" value { "," value } "]" | text
    private mutating func value(_ name: String) throws(SyntaxError) -> Literal {
        switch byte {
        case UInt8(ascii: "{"):
            index += 1
            let object = try members(until: UInt8(ascii: "}"))
            try expect(UInt8(ascii: "}"))
            return object
        case UInt8(ascii: "["):
            index += 1
            depth += 1
            defer { depth -= 1 }
            if depth > 64 { throw error }
            var elements: [Literal] = []
            while byte != UInt8(ascii: "]"), index < bytes.count {
                elements.append(try value(name))
                if byte != UInt8(ascii: ",") { break }
                index += 1
            }
            try expect(UInt8(ascii: "]"))
            return Literal(form: .list(elements), range: range)
        default: return scalar(try text(), name: name)
        }
    }

    private mutating func expect(_ wanted: UInt8) throws(SyntaxError) {
        guard byte == wanted else { throw error }
        index += 1
    }

    private mutating func text(stoppingAtEqual: Bool = false) throws(SyntaxError) -> String {
        let quote = byte
        if quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") {
            let start = index + 1
            guard let end = bytes[start...].firstIndex(of: quote) else { throw error }
            index = end + 1
            return String(decoding: bytes[start..<end], as: UTF8.self)
        }
        let start = index
        while index < bytes.count, !",]}".utf8.contains(bytes[index]) {
            if stoppingAtEqual, bytes[index] == UInt8(ascii: "=") { break }
            index += 1
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private func scalar(_ text: String, name: String) -> Literal {
        if OperationMember.nestedNumbers.contains(name), let number = try? Number(text) {
            return Literal(form: .value(.number(number)), range: range)
        }
        if OperationMember.nestedFlags.contains(name), text == "true" || text == "false" {
            return Literal(form: .value(.bool(text == "true")), range: range)
        }
        return Literal(form: .value(.string(text)), range: range)
    }
}
