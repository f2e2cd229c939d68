import Model

/// Attribute values and items as DynamoDB JSON.
enum AttributeValueEncoder {
    static func encode(_ value: AttributeValue) -> Document {
        switch value {
        case .string(let text): tagged("S", .string(text))
        case .number(let number): tagged("N", .string(number.text))
        case .binary(let bytes): tagged("B", .string(Base64.encode(bytes)))
        case .bool(let flag): tagged("BOOL", .bool(flag))
        case .null: tagged("NULL", .bool(true))
        case .stringSet(let members): tagged("SS", .array(members.map(Document.string)))
        case .numberSet(let members): tagged("NS", .array(members.map { .string($0.text) }))
        case .binarySet(let members): tagged("BS", .array(members.map { .string(Base64.encode($0)) }))
        case .list(let elements): tagged("L", .array(elements.map(encode)))
        case .map(let map): tagged("M", encode(map))
        }
    }

    static func encode(_ map: AttributeMap) -> Document {
        .object(map.entries.map { Document.Member($0.name, encode($0.value)) })
    }

    static func encode(_ item: Item) -> Document { encode(item.attributes) }

    private static func tagged(_ tag: String, _ value: Document) -> Document {
        .object([Document.Member(tag, value)])
    }
}

/// Collects an object's members and leaves out what is nil.
struct ObjectBuilder {
    private(set) var members: [Document.Member] = []

    var object: Document { .object(members) }

    mutating func add(_ name: String, _ value: Document?) {
        if let value { members.append(Document.Member(name, value)) }
    }

    mutating func add(_ name: String, _ text: String?) { add(name, text.map(Document.string)) }
    mutating func add(_ name: String, _ number: Int?) { add(name, number.map(Document.number)) }
    mutating func add(_ name: String, _ number: Double?) { add(name, number.map(Document.number)) }
    mutating func add(_ name: String, _ item: Item?) { add(name, item.map(AttributeValueEncoder.encode)) }

    /// Left out when it is the default.
    mutating func add(_ name: String, _ flag: Bool, unless standard: Bool) {
        if flag != standard { add(name, .bool(flag)) }
    }

    /// Left out when it is the default.
    mutating func add<Choice: RawRepresentable<String> & Equatable>(
        _ name: String,
        _ choice: Choice,
        unless standard: Choice
    ) {
        if choice != standard { add(name, choice.rawValue) }
    }
}
