import Model

/// An item's JSON straight from its stored bytes. Every piped GetItem goes through here: no strings are made.
extension ResponseEncoder {
    /// DynamoDB JSON: `{"pk":{"S":"x"}}`. The attributes named in `first` lead, the others follow by name.
    public static func appendJSON(item: Item, first: [AttributeName] = [], to bytes: inout [UInt8]) {
        appendObject(of: item, first: first, to: &bytes, value: appendTyped)
    }

    /// Plain JSON: `{"pk":"x","n":42}`. Sets become arrays in ascending order, binaries base64 strings; numbers keep
    /// all their digits.
    public static func appendPlainJSON(item: Item, first: [AttributeName] = [], to bytes: inout [UInt8]) {
        appendObject(of: item, first: first, to: &bytes, value: appendPlain)
    }

    /// `{"S":"x"}`
    public static func appendTyped(_ value: StoredValue, to bytes: inout [UInt8]) {
        var contents = value.contents
        switch value.type {
        case .string:
            bytes.append(literal: "{\"S\":")
            JSONWriter.append(utf8: value.payload, to: &bytes)
        case .number:
            bytes.append(literal: "{\"N\":\"")
            value.number.append(to: &bytes)
            bytes.append(UInt8(ascii: "\""))
        case .binary:
            bytes.append(literal: "{\"B\":")
            append(binary: value.payload, to: &bytes)
        case .bool:
            bytes.append(literal: "{\"BOOL\":")
            append(bool: value, to: &bytes)
        case .null: bytes.append(literal: "{\"NULL\":true")
        case .stringSet:
            bytes.append(literal: "{\"SS\":")
            appendMembers(contents, to: &bytes) { JSONWriter.append(utf8: $0, to: &$1) }
        case .numberSet:
            bytes.append(literal: "{\"NS\":")
            appendMembers(contents, to: &bytes) { member, bytes in
                bytes.append(UInt8(ascii: "\""))
                Number(storedBytes: member).append(to: &bytes)
                bytes.append(UInt8(ascii: "\""))
            }
        case .binarySet:
            bytes.append(literal: "{\"BS\":")
            appendMembers(contents, to: &bytes) { append(binary: $0, to: &$1) }
        case .list:
            bytes.append(literal: "{\"L\":")
            appendElements(&contents, to: &bytes, value: appendTyped)
        case .map:
            bytes.append(literal: "{\"M\":")
            appendEntries(&contents, to: &bytes, value: appendTyped)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// `"x"`
    public static func appendPlain(_ value: StoredValue, to bytes: inout [UInt8]) {
        var contents = value.contents
        switch value.type {
        case .string: JSONWriter.append(utf8: value.payload, to: &bytes)
        case .number: value.number.append(to: &bytes)
        case .binary: append(binary: value.payload, to: &bytes)
        case .bool: append(bool: value, to: &bytes)
        case .null: bytes.append(literal: "null")
        case .stringSet: appendMembers(contents, to: &bytes) { JSONWriter.append(utf8: $0, to: &$1) }
        case .numberSet: appendMembers(contents, to: &bytes) { Number(storedBytes: $0).append(to: &$1) }
        case .binarySet: appendMembers(contents, to: &bytes) { append(binary: $0, to: &$1) }
        case .list: appendElements(&contents, to: &bytes, value: appendPlain)
        case .map: appendEntries(&contents, to: &bytes, value: appendPlain)
        }
    }

    private typealias AppendValue = (StoredValue, inout [UInt8]) -> Void

    @inline(__always)
    private static func appendObject(
        of item: Item,
        first: [AttributeName],
        to bytes: inout [UInt8],
        value appendValue: AppendValue
    ) {
        let opening = bytes.count
        bytes.append(UInt8(ascii: "{"))
        for name in first {
            item.withValue(of: name) { value in
                guard let value else { return }
                if bytes.count > opening + 1 { bytes.append(UInt8(ascii: ",")) }
                name.bytes.withUnsafeBytes { JSONWriter.append(utf8: $0, to: &bytes) }
                bytes.append(UInt8(ascii: ":"))
                appendValue(value, &bytes)
            }
        }
        item.forEach { name, value in
            for other in first where other.matches(name) { return }
            if bytes.count > opening + 1 { bytes.append(UInt8(ascii: ",")) }
            JSONWriter.append(utf8: name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            appendValue(value, &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private static func appendEntries(
        _ entries: inout StoredReader,
        to bytes: inout [UInt8],
        value appendValue: AppendValue
    ) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        while let (name, value) = entries.nextAttribute() {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            JSONWriter.append(utf8: name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            appendValue(value, &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private static func appendElements(
        _ elements: inout StoredReader,
        to bytes: inout [UInt8],
        value appendValue: AppendValue
    ) {
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        while let element = elements.nextElement() {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            appendValue(element, &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    @inline(__always)
    private static func appendMembers(
        _ members: StoredReader,
        to bytes: inout [UInt8],
        member append: (UnsafeRawBufferPointer, inout [UInt8]) -> Void
    ) {
        var members = members
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        while let member = members.nextMember() {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            append(member, &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private static func append(binary: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        Base64.append(binary, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    private static func append(bool value: StoredValue, to bytes: inout [UInt8]) {
        if value.payload[0] == 1 { bytes.append(literal: "true") } else { bytes.append(literal: "false") }
    }
}
