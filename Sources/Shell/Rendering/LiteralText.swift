import Model
import Wire

/// Values as the language writes them, on one line and safe to print.
struct LiteralText {
    var nullText = "null"

    /// A cell of a table: strings stand bare, unless they would be taken for something else.
    func cell(_ value: StoredValue) -> String {
        var bytes: [UInt8] = []
        if value.type == .string {
            appendBare(value.payload, to: &bytes)
        } else {
            append(value, to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// As a statement would write it: strings are always quoted.
    func text(_ value: StoredValue) -> String {
        var bytes: [UInt8] = []
        if value.type == .string {
            appendQuoted(value.payload, quote: UInt8(ascii: "'"), to: &bytes)
        } else {
            append(value, to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A map or list in at most `columnsMax` columns: `{city: "Oslo", …2}`. Other values are not changed.
    func cell(_ value: StoredValue, columnsMax: Int, ellipsis: String) -> String {
        let whole = cell(value)
        guard displayWidth(of: whole) > columnsMax, value.type == .map || value.type == .list else { return whole }
        let parts = parts(of: value)
        for count in stride(from: parts.count - 1, through: 1, by: -1) {
            let tail = "\(ellipsis)\(parts.count - count)"
            let text = brackets(of: value, around: (parts.prefix(count) + [tail]).joined(separator: ", "))
            if displayWidth(of: text) <= columnsMax { return text }
        }
        return whole
    }

    func append(_ value: StoredValue, to bytes: inout [UInt8]) {
        switch value.type {
        case .string: appendQuoted(value.payload, quote: UInt8(ascii: "\""), to: &bytes)
        case .number: value.number.append(to: &bytes)
        case .binary: appendBinary(value.payload, to: &bytes)
        case .bool: bytes.append(value.payload[0] == 1 ? "true" : "false")
        case .null: bytes.append(text: nullText)
        case .stringSet:
            appendSet(value, to: &bytes) { appendQuoted($0, quote: UInt8(ascii: "'"), to: &$1) }
        case .numberSet: appendSet(value, to: &bytes) { Number(storedBytes: $0).append(to: &$1) }
        case .binarySet: appendSet(value, to: &bytes) { appendBinary($0, to: &$1) }
        case .list, .map: bytes.append(text: brackets(of: value, around: parts(of: value).joined(separator: ", ")))
        }
    }

    private func parts(of value: StoredValue) -> [String] {
        var reader = value.contents
        var parts: [String] = []
        if value.type == .list {
            while let element = reader.nextElement() { parts.append(nested(element)) }
        } else {
            while let (name, entry) = reader.nextAttribute() { parts.append("\(self.name(name)): \(nested(entry))") }
        }
        return parts
    }

    private func nested(_ value: StoredValue) -> String {
        var bytes: [UInt8] = []
        append(value, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func brackets(of value: StoredValue, around text: String) -> String {
        value.type == .list ? "[\(text)]" : "{\(text)}"
    }

    private func name(_ name: UnsafeRawBufferPointer) -> String {
        var bytes: [UInt8] = []
        if name.isEmpty || !name.allSatisfy(Self.isWordByte) {
            appendQuoted(name, quote: UInt8(ascii: "\""), to: &bytes)
        } else {
            bytes.append(contentsOf: name)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func appendSet(
        _ value: StoredValue,
        to bytes: inout [UInt8],
        member: (UnsafeRawBufferPointer, inout [UInt8]) -> Void
    ) {
        var reader = value.contents
        bytes.append("<<")
        var isFirst = true
        while let next = reader.nextMember() {
            if !isFirst { bytes.append(", ") }
            isFirst = false
            member(next, &bytes)
        }
        bytes.append(">>")
    }

    private func appendBinary(_ value: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
        bytes.append("b64'")
        Base64.append(value, to: &bytes)
        bytes.append("'")
    }

    private func appendBare(_ text: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
        if needsQuotes(text) {
            appendQuoted(text, quote: UInt8(ascii: "'"), to: &bytes)
        } else {
            Escaping.append(text, to: &bytes)
        }
    }

    /// Whether the text, bare, reads as a value of another type, or as nothing.
    private func needsQuotes(_ text: UnsafeRawBufferPointer) -> Bool {
        guard let first = text.first, let last = text.last else { return true }
        if first == UInt8(ascii: " ") || last == UInt8(ascii: " ") { return true }
        if Self.openers.contains(first) { return true }
        let string = String(decoding: text, as: UTF8.self)
        if ["null", "true", "false", "·", ".", nullText].contains(string) || string.hasPrefix("b64'") { return true }
        guard first == UInt8(ascii: "-") || first == UInt8(ascii: "+") || first == UInt8(ascii: ".") || first < 0x3A
        else { return false }
        return Number.isNumeric(string)
    }

    private static let openers = Array("{[<'\"".utf8)

    private func appendQuoted(_ text: UnsafeRawBufferPointer, quote: UInt8, to bytes: inout [UInt8]) {
        bytes.append(quote)
        var plain = 0
        func appendPlain(upTo end: Int) {
            Escaping.append(UnsafeRawBufferPointer(rebasing: text[plain..<end]), to: &bytes)
        }
        for (offset, byte) in text.enumerated() where byte == quote || byte == UInt8(ascii: "\\") {
            appendPlain(upTo: offset)
            bytes.append(UInt8(ascii: "\\"))
            plain = offset
        }
        appendPlain(upTo: text.count)
        bytes.append(quote)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: byte >= 0x80
        }
    }
}

extension Number {
    static func isNumeric(_ text: String) -> Bool { (try? Number(text)) != nil }
}
