/// One attribute's value, in the form used at the edges and inside expressions. Stored items use `Item`.
///
/// Strings compare as UTF-8 bytes, never by Unicode equivalence. Sets hold no duplicates and compare without order.
public enum AttributeValue: Sendable {
    case string(String)
    case number(Number)
    case binary([UInt8])
    case bool(Bool)
    case null
    case stringSet([String])
    case numberSet([Number])
    case binarySet([[UInt8]])
    case list([AttributeValue])
    case map(AttributeMap)

    public var type: AttributeType {
        switch self {
        case .string: .string
        case .number: .number
        case .binary: .binary
        case .bool: .bool
        case .null: .null
        case .stringSet: .stringSet
        case .numberSet: .numberSet
        case .binarySet: .binarySet
        case .list: .list
        case .map: .map
        }
    }
}

/// The ten types, by the tag the API writes them with.
public enum AttributeType: String, Sendable, CaseIterable {
    case string = "S"
    case number = "N"
    case binary = "B"
    case bool = "BOOL"
    case null = "NULL"
    case stringSet = "SS"
    case numberSet = "NS"
    case binarySet = "BS"
    case list = "L"
    case map = "M"

    /// Only these may be keys, and only these are ordered.
    public var isScalarKey: Bool { self == .string || self == .number || self == .binary }

    /// The name that some error texts use instead of the tag.
    public var longName: String {
        switch self {
        case .string: "STRING"
        case .number: "NUMBER"
        case .binary: "BINARY"
        case .bool: "BOOLEAN"
        case .null: "NULL"
        case .stringSet: "STRING_SET"
        case .numberSet: "NUMBER_SET"
        case .binarySet: "BINARY_SET"
        case .list: "LIST"
        case .map: "MAP"
        }
    }
}

extension AttributeValue: Equatable {
    public static func == (left: AttributeValue, right: AttributeValue) -> Bool {
        switch (left, right) {
        case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
        case (.number(let left), .number(let right)): left == right
        case (.binary(let left), .binary(let right)): left == right
        case (.bool(let left), .bool(let right)): left == right
        case (.null, .null): true
        case (.stringSet(let left), .stringSet(let right)):
            left.count == right.count
                && zip(left.sortedByBytes, right.sortedByBytes).allSatisfy { $0.hasSameBytes(as: $1) }
        case (.numberSet(let left), .numberSet(let right)):
            left.count == right.count && Set(left) == Set(right)
        case (.binarySet(let left), .binarySet(let right)):
            left.count == right.count && Set(left) == Set(right)
        case (.list(let left), .list(let right)): left == right
        case (.map(let left), .map(let right)): left == right
        default: false
        }
    }
}

extension AttributeValue {
    /// Orders two values of one scalar type: strings and binaries by unsigned bytes, numbers by value.
    /// Nil when the types differ or have no order.
    public func ordered(before other: AttributeValue) -> Bool? {
        switch (self, other) {
        case (.string(let left), .string(let right)): left.bytesPrecede(right)
        case (.number(let left), .number(let right)): left < right
        case (.binary(let left), .binary(let right)): left.lexicographicallyPrecedes(right)
        default: nil
        }
    }

    /// Bytes the value counts towards an item's size. Source: reference table A1.
    public var size: Int {
        switch self {
        case .string(let text): text.utf8.count
        case .number(let number): number.size
        case .binary(let bytes): bytes.count
        case .bool, .null: 1
        case .stringSet(let members): members.reduce(0) { $0 + $1.utf8.count }
        case .numberSet(let members): members.reduce(0) { $0 + $1.size }
        case .binarySet(let members): members.reduce(0) { $0 + $1.count }
        case .list(let elements): elements.reduce(3) { $0 + 1 + $1.size }
        case .map(let map): map.entries.reduce(3) { $0 + 1 + $1.name.utf8.count + $1.value.size }
        }
    }

    /// How many lists and maps are nested in this value; 0 for a scalar or a set.
    public var depth: Int {
        switch self {
        case .list(let elements): 1 + (elements.map(\.depth).max() ?? 0)
        case .map(let map): 1 + (map.entries.map(\.value.depth).max() ?? 0)
        default: 0
        }
    }
}

extension String {
    /// Equality of UTF-8 bytes. `==` would take "é" in one and in two code points for the same.
    public func hasSameBytes(as other: String) -> Bool {
        utf8.count == other.utf8.count && self == other && utf8.elementsEqual(other.utf8)
    }

    /// The order of UTF-8 bytes, unsigned.
    public func bytesPrecede(_ other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }
}

extension Array where Element == String {
    public var sortedByBytes: [String] { sorted { $0.bytesPrecede($1) } }
}
