import Model

/// An item's JSON straight from its stored bytes. Every piped GetItem goes through here: no strings are made.
extension ResponseEncoder {
    /// DynamoDB JSON: `{"pk":{"S":"x"}}`. The attributes named in `first` lead, the others follow by name.
    public static func appendJSON(item: Item, first: [AttributeName] = [], to bytes: inout [UInt8]) {
        JSONWriter.build(into: &bytes, capacity: capacity(for: item)) {
            ItemJSON(isTyped: true).append(item, first: first, to: &$0)
        }
    }

    /// Plain JSON: `{"pk":"x","n":42}`. Sets become arrays in ascending order, binaries base64 strings; numbers keep
    /// all their digits.
    public static func appendPlainJSON(item: Item, first: [AttributeName] = [], to bytes: inout [UInt8]) {
        JSONWriter.build(into: &bytes, capacity: capacity(for: item)) {
            ItemJSON(isTyped: false).append(item, first: first, to: &$0)
        }
    }

    /// `{"S":"x"}`
    public static func appendTyped(_ value: StoredValue, to bytes: inout [UInt8]) {
        JSONWriter.build(into: &bytes) { ItemJSON(isTyped: true).append(value, to: &$0) }
    }

    /// `"x"`
    public static func appendPlain(_ value: StoredValue, to bytes: inout [UInt8]) {
        JSONWriter.build(into: &bytes) { ItemJSON(isTyped: false).append(value, to: &$0) }
    }

    /// Enough for most items.
    private static func capacity(for item: Item) -> Int { item.byteCount + 16 * item.count + 32 }
}

/// Stored values as JSON.
struct ItemJSON {
    /// With the types' names, as DynamoDB writes them.
    let isTyped: Bool

    func append(_ item: Item, first: [AttributeName] = [], to bytes: inout ByteBuilder) {
        let opening = bytes.count
        bytes.append(UInt8(ascii: "{"))
        for name in first {
            item.withValue(of: name) { value in
                guard let value else { return }
                if bytes.count > opening + 1 { bytes.append(UInt8(ascii: ",")) }
                name.bytes.withUnsafeBytes { append(name: $0, value, to: &bytes) }
            }
        }
        item.forEach { name, value in
            for other in first where other.matches(name) { return }
            if bytes.count > opening + 1 { bytes.append(UInt8(ascii: ",")) }
            append(name: name, value, to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    func append(_ value: StoredValue, to bytes: inout ByteBuilder) {
        if isTyped { bytes.append(Self.opening(of: value.type)) }
        switch value.type {
        case .string: JSONWriter.append(utf8: value.payload, to: &bytes)
        case .number: append(number: value.payload, to: &bytes)
        case .binary: JSONWriter.append(base64Of: value.payload, to: &bytes)
        case .bool: JSONWriter.append(value.payload[0] == 1, to: &bytes)
        case .null: bytes.append(isTyped ? "true" : "null")
        case .stringSet: appendMembers(of: value, to: &bytes) { JSONWriter.append(utf8: $0, to: &$1) }
        case .numberSet: appendMembers(of: value, to: &bytes) { append(number: $0, to: &$1) }
        case .binarySet: appendMembers(of: value, to: &bytes) { JSONWriter.append(base64Of: $0, to: &$1) }
        case .list: appendElements(of: value, to: &bytes)
        case .map: appendEntries(of: value, to: &bytes)
        }
        if isTyped { bytes.append(UInt8(ascii: "}")) }
    }

    private static func opening(of type: AttributeType) -> StaticString {
        switch type {
        case .string: "{\"S\":"
        case .number: "{\"N\":"
        case .binary: "{\"B\":"
        case .bool: "{\"BOOL\":"
        case .null: "{\"NULL\":"
        case .stringSet: "{\"SS\":"
        case .numberSet: "{\"NS\":"
        case .binarySet: "{\"BS\":"
        case .list: "{\"L\":"
        case .map: "{\"M\":"
        }
    }

    /// A string where types are named: JSON's own numbers have fewer digits.
    private func append(number stored: UnsafeRawBufferPointer, to bytes: inout ByteBuilder) {
        Number(storedBytes: stored).withText { digits in
            if isTyped { bytes.append(UInt8(ascii: "\"")) }
            bytes.append(digits)
            if isTyped { bytes.append(UInt8(ascii: "\"")) }
        }
    }

    private func append(name: UnsafeRawBufferPointer, _ value: StoredValue, to bytes: inout ByteBuilder) {
        JSONWriter.append(utf8: name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(value, to: &bytes)
    }

    private func appendEntries(of map: StoredValue, to bytes: inout ByteBuilder) {
        var entries = map.contents
        let opening = bytes.count
        bytes.append(UInt8(ascii: "{"))
        while let (name, value) = entries.nextAttribute() {
            if bytes.count > opening + 1 { bytes.append(UInt8(ascii: ",")) }
            append(name: name, value, to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private func appendElements(of list: StoredValue, to bytes: inout ByteBuilder) {
        var elements = list.contents
        let opening = bytes.count
        bytes.append(UInt8(ascii: "["))
        while let element = elements.nextElement() {
            if bytes.count > opening + 1 { bytes.append(UInt8(ascii: ",")) }
            append(element, to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    @inline(__always)
    private func appendMembers(
        of set: StoredValue,
        to bytes: inout ByteBuilder,
        member append: (UnsafeRawBufferPointer, inout ByteBuilder) -> Void
    ) {
        var members = set.contents
        let opening = bytes.count
        bytes.append(UInt8(ascii: "["))
        while let member = members.nextMember() {
            if bytes.count > opening + 1 { bytes.append(UInt8(ascii: ",")) }
            append(member, &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }
}
