import Model
import Wire

/// The value in the language's own syntax: what it prints reads back as the same value.
public func formatValue(_ value: AttributeValue) -> String {
    var format = ValueFormat()
    format.append(value)
    return format.text
}

/// Writes values and names as the language reads them. Control characters are always escaped.
struct ValueFormat {
    private(set) var text = ""
    /// PartiQL's quoting: quotes are doubled, and nothing is escaped.
    private let doublesQuotes: Bool

    init(doublesQuotes: Bool = false) { self.doublesQuotes = doublesQuotes }

    mutating func append(_ value: AttributeValue) {
        switch value {
        case .string(let string): append(string: string)
        case .number(let number): text += number.text
        case .binary(let bytes): text += "b64'\(Base64.encode(bytes))'"
        case .bool(let flag): text += flag ? "true" : "false"
        case .null: text += "null"
        case .stringSet(let members):
            append("<<", members.sortedByBytes, ">>") { $0.append(string: $1) }
        case .numberSet(let members): append("<<", members.sorted(), ">>") { $0.text += $1.text }
        case .binarySet(let members):
            let sorted = members.sorted { $0.lexicographicallyPrecedes($1) }
            append("<<", sorted, ">>") { $0.text += "b64'\(Base64.encode($1))'" }
        case .list(let elements): append("[", elements, "]") { $0.append($1) }
        case .map(let map):
            append("{", map.entries, "}") { format, entry in
                format.append(name: entry.name)
                format.text += ": "
                format.append(entry.value)
            }
        }
    }

    private mutating func append<Element>(
        _ opening: String,
        _ elements: [Element],
        _ closing: String,
        _ write: (inout ValueFormat, Element) -> Void
    ) {
        text += opening
        for (number, element) in elements.enumerated() {
            if number > 0 { text += ", " }
            write(&self, element)
        }
        text += closing
    }

    /// The name of an object's member: bare where possible.
    mutating func append(name: String) {
        if ValueFormat.isBareName(name) { text += name } else { append(string: name) }
    }

    mutating func append(string: String) {
        text += "'"
        for scalar in string.unicodeScalars {
            switch scalar {
            case "'": text += doublesQuotes ? "''" : "\\'"
            case _ where doublesQuotes: text.unicodeScalars.append(scalar)
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "'"
    }

    static func isBareName(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLetter(first) || first == UInt8(ascii: "_") else { return false }
        return name.utf8.allSatisfy(isPlaceholderByte)
    }

    // MARK: JSON of raw bodies

    mutating func append(_ document: Document) {
        switch document {
        case .null: text += "null"
        case .bool(let flag): text += flag ? "true" : "false"
        case .number(let digits): text += digits
        case .string(let string): append(string: string)
        case .bytes(let bytes): text += "b64'\(Base64.encode(bytes))'"
        case .array(let elements): append("[", elements, "]") { $0.append($1) }
        case .object(let members):
            append("{", members, "}") { format, member in
                format.append(name: member.name)
                format.text += ": "
                format.append(member.value)
            }
        }
    }

    // MARK: Names elsewhere

    /// An attribute within an expression, nil when it cannot be written.
    static func attribute(_ name: String) -> String? {
        if isBareName(name), !notBare.contains(name.lowercased()) { return name }
        return quoted(name)
    }

    /// Bare, these would be values or operators.
    private static let notBare: Set<String> = [
        "true", "false", "null", "b64", "ddb", "json", "and", "or", "not", "between", "in",
    ]

    /// A table or index.
    static func table(_ name: String) -> String? {
        guard let first = name.utf8.first, isLetter(first), name.utf8.allSatisfy(isTableNameByte),
            !name.utf8.elementsEqual("--".utf8), Keyword.named(name) == nil, !hasDoubleDash(name)
        else { return quoted(name) }
        return name
    }

    private static func hasDoubleDash(_ name: String) -> Bool {
        zip(name.utf8, name.utf8.dropFirst()).contains { $0 == UInt8(ascii: "-") && $1 == UInt8(ascii: "-") }
    }

    private static func quoted(_ name: String) -> String? {
        name.isEmpty || name.utf8.contains(UInt8(ascii: "`")) ? nil : "`\(name)`"
    }
}
