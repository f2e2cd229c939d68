#if canImport(Glibc)
    import Glibc
#endif

/// A borrowed view of one value inside an item's bytes. Valid only as long as the item is.
public struct StoredValue {
    public let type: AttributeType
    /// As drawn at `Item`.
    public let payload: UnsafeRawBufferPointer

    @inlinable
    init(type: AttributeType, payload: UnsafeRawBufferPointer) {
        self.type = type
        self.payload = payload
    }

    public var decoded: AttributeValue {
        var reader = StoredReader(payload)
        switch type {
        case .string: return .string(String(decoding: payload, as: UTF8.self))
        case .number: return .number(Number(storedBytes: payload))
        case .binary: return .binary(Array(payload))
        case .bool: return .bool(payload[0] == 1)
        case .null: return .null
        case .stringSet:
            var members: [String] = []
            while let member = reader.nextMember() { members.append(String(decoding: member, as: UTF8.self)) }
            return .stringSet(members)
        case .numberSet:
            var members: [Number] = []
            while let member = reader.nextMember() { members.append(Number(storedBytes: member)) }
            return .numberSet(members)
        case .binarySet:
            var members: [[UInt8]] = []
            while let member = reader.nextMember() { members.append(Array(member)) }
            return .binarySet(members)
        case .list:
            var elements: [AttributeValue] = []
            while let element = reader.nextElement() { elements.append(element.decoded) }
            return .list(elements)
        case .map:
            var entries: [AttributeMap.Entry] = []
            while let (name, value) = reader.nextAttribute() {
                entries.append(.init(name: String(decoding: name, as: UTF8.self), value: value.decoded))
            }
            return .map(AttributeMap(sorted: entries))
        }
    }

    public var number: Number {
        precondition(type == .number, "only a number has digits")
        return Number(storedBytes: payload)
    }

    /// A reader over the members, elements or entries of a set, list or map.
    public var contents: StoredReader { StoredReader(payload) }

    /// Appends the bytes that order scalar values: as they are for strings and binaries, base 100 for numbers.
    @inlinable
    public func appendOrderedBytes(to bytes: inout [UInt8]) {
        if type == .number {
            Number(storedBytes: payload).appendOrderedBytes(to: &bytes)
        } else {
            bytes.append(contentsOf: payload)
        }
    }
}

/// Walks encoded attributes, list elements or set members from front to back.
public struct StoredReader {
    @usableFromInline let bytes: UnsafeRawBufferPointer
    @usableFromInline var offset = 0

    @inlinable
    public init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    @inlinable
    public mutating func nextAttribute() -> (name: UnsafeRawBufferPointer, value: StoredValue)? {
        if offset >= bytes.count { return nil }
        let name = take(takeLength())
        return (name, takeValue())
    }

    @inlinable
    public mutating func nextElement() -> StoredValue? {
        offset >= bytes.count ? nil : takeValue()
    }

    @inlinable
    public mutating func nextMember() -> UnsafeRawBufferPointer? {
        offset >= bytes.count ? nil : take(takeLength())
    }

    @inlinable
    mutating func takeValue() -> StoredValue {
        let type = AttributeType.stored(bytes[offset])
        offset += 1
        return StoredValue(type: type, payload: take(takeLength()))
    }

    @inlinable
    mutating func take(_ count: Int) -> UnsafeRawBufferPointer {
        defer { offset += count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }

    @inlinable @inline(__always)
    mutating func takeLength() -> Int {
        let first = bytes[offset]
        if first >= 0x80 { return takeLongLength() }
        offset += 1
        return Int(first)
    }

    @inlinable
    mutating func takeLongLength() -> Int {
        var length = 0
        var shift = 0
        while true {
            let byte = bytes[offset]
            offset += 1
            length |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return length }
            shift += 7
        }
    }
}

extension AttributeType {
    /// The type's byte in stored form.
    @inlinable
    var storedByte: UInt8 {
        switch self {
        case .string: 0
        case .number: 1
        case .binary: 2
        case .bool: 3
        case .null: 4
        case .stringSet: 5
        case .numberSet: 6
        case .binarySet: 7
        case .list: 8
        case .map: 9
        }
    }

    @inlinable
    static func stored(_ byte: UInt8) -> AttributeType {
        switch byte {
        case 0: .string
        case 1: .number
        case 2: .binary
        case 3: .bool
        case 4: .null
        case 5: .stringSet
        case 6: .numberSet
        case 7: .binarySet
        case 8: .list
        case 9: .map
        default: preconditionFailure("unknown stored type \(byte)")
        }
    }
}

extension UnsafeRawBufferPointer {
    /// Compares equally long buffers.
    @inlinable
    func elementsAreEqual(to other: UnsafeRawBufferPointer) -> Bool {
        count == 0 || memcmp(baseAddress!, other.baseAddress!, count) == 0
    }
}
