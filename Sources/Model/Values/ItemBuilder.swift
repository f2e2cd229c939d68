#if canImport(Glibc)
    import Glibc
#endif

/// Builds an `Item` attribute by attribute, in any order. Reusable: `finish` empties it and keeps its memory.
public struct ItemBuilder {
    private struct Slot {
        let nameOffset: Int
        let nameLength: Int
        let end: Int
    }

    private var bytes: [UInt8] = []
    private var slots: [Slot] = []
    private var start = 0
    private var size = 0
    private var isSorted = true

    public init() {
        bytes.reserveCapacity(512)
        slots.reserveCapacity(16)
    }

    public var count: Int { slots.count }

    public mutating func append(_ name: String, _ value: AttributeValue) {
        var name = name
        name.withUTF8 { append(nameBytes: UnsafeRawBufferPointer($0), value) }
    }

    public mutating func append(nameBytes name: UnsafeRawBufferPointer, _ value: AttributeValue) {
        begin(name)
        bytes.append(value.type.storedByte)
        appendPayload(of: value, to: &bytes)
        end(valueSize: value.size)
    }

    public mutating func append(nameBytes name: UnsafeRawBufferPointer, string: UnsafeRawBufferPointer) {
        begin(name)
        bytes.append(AttributeType.string.storedByte)
        appendLength(string.count, to: &bytes)
        bytes.append(contentsOf: string)
        end(valueSize: string.count)
    }

    public mutating func append(nameBytes name: UnsafeRawBufferPointer, number: Number) {
        begin(name)
        bytes.append(AttributeType.number.storedByte)
        appendPayload(of: number, to: &bytes)
        end(valueSize: number.size)
    }

    /// Copies a value of another item without decoding it.
    public mutating func append(nameBytes name: UnsafeRawBufferPointer, stored value: StoredValue) {
        begin(name)
        bytes.append(value.type.storedByte)
        appendLength(value.payload.count, to: &bytes)
        bytes.append(contentsOf: value.payload)
        end(valueSize: value.size)
    }

    /// Whether an attribute of this name has been appended.
    public func contains(_ name: UnsafeRawBufferPointer) -> Bool {
        slots.contains { slot in
            slot.nameLength == name.count
                && bytes.withUnsafeBytes {
                    UnsafeRawBufferPointer(rebasing: $0[slot.nameOffset..<slot.nameOffset + slot.nameLength])
                        .elementsAreEqual(to: name)
                }
        }
    }

    /// Throws away what was appended.
    public mutating func reset() {
        bytes.removeAll(keepingCapacity: true)
        slots.removeAll(keepingCapacity: true)
        size = 0
        isSorted = true
    }

    /// The item. When a name was appended twice, the later value wins.
    public mutating func finish() -> Item {
        defer { reset() }
        if isSorted {
            let storage = ItemStorage.make(size: size, attributeCount: slots.count, byteCount: bytes.count)
            bytes.withUnsafeBytes { copy($0, to: storage, at: 0) }
            return Item(storage: storage)
        }
        return finishSorting()
    }

    private func finishSorting() -> Item {
        var order = Array(slots.indices)
        bytes.withUnsafeBytes { bytes in
            order.sort { left, right in
                let comparison = compareBytes(name(slots[left], in: bytes), name(slots[right], in: bytes))
                return comparison == 0 ? left < right : comparison < 0
            }
        }
        var kept: [Int] = []
        kept.reserveCapacity(order.count)
        var byteCount = 0
        var droppedSize = 0
        bytes.withUnsafeBytes { bytes in
            for slot in order {
                if let last = kept.last, compareBytes(name(slots[last], in: bytes), name(slots[slot], in: bytes)) == 0 {
                    byteCount -= extent(of: last).count
                    droppedSize += sizeOfAttribute(last, in: bytes)
                    kept.removeLast()
                }
                kept.append(slot)
                byteCount += extent(of: slot).count
            }
            // `size` was counted for every appended attribute, dropped ones included.
        }
        let storage = ItemStorage.make(size: size - droppedSize, attributeCount: kept.count, byteCount: byteCount)
        bytes.withUnsafeBytes { bytes in
            var offset = 0
            for slot in kept {
                let part = UnsafeRawBufferPointer(rebasing: bytes[extent(of: slot)])
                copy(part, to: storage, at: offset)
                offset += part.count
            }
        }
        return Item(storage: storage)
    }

    private func copy(_ part: UnsafeRawBufferPointer, to storage: ItemStorage, at offset: Int) {
        guard let base = part.baseAddress else { return }
        storage.withUnsafeMutablePointerToElements {
            ($0 + offset).update(from: base.assumingMemoryBound(to: UInt8.self), count: part.count)
        }
    }

    private func extent(of slot: Int) -> Range<Int> {
        (slot == 0 ? 0 : slots[slot - 1].end)..<slots[slot].end
    }

    private func name(_ slot: Slot, in bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[slot.nameOffset..<slot.nameOffset + slot.nameLength])
    }

    private func sizeOfAttribute(_ slot: Int, in bytes: UnsafeRawBufferPointer) -> Int {
        var reader = StoredReader(UnsafeRawBufferPointer(rebasing: bytes[extent(of: slot)]))
        guard let (name, value) = reader.nextAttribute() else { return 0 }
        return name.count + value.size
    }

    private mutating func begin(_ name: UnsafeRawBufferPointer) {
        start = bytes.count
        appendLength(name.count, to: &bytes)
        let nameOffset = bytes.count
        bytes.append(contentsOf: name)
        if isSorted, let last = slots.last {
            isSorted = bytes.withUnsafeBytes {
                compareBytes(
                    UnsafeRawBufferPointer(rebasing: $0[last.nameOffset..<last.nameOffset + last.nameLength]),
                    UnsafeRawBufferPointer(rebasing: $0[nameOffset..<nameOffset + name.count])
                ) < 0
            }
        }
        slots.append(Slot(nameOffset: nameOffset, nameLength: name.count, end: 0))
        size += name.count
    }

    private mutating func end(valueSize: Int) {
        let last = slots.removeLast()
        slots.append(Slot(nameOffset: last.nameOffset, nameLength: last.nameLength, end: bytes.count))
        size += valueSize
    }
}

extension StoredValue {
    /// Bytes the value counts towards an item's size.
    public var size: Int {
        var reader = contents
        var total = 0
        switch type {
        case .string, .binary: return payload.count
        case .number: return number.size
        case .bool, .null: return 1
        case .stringSet, .binarySet:
            while let member = reader.nextMember() { total += member.count }
        case .numberSet:
            while let member = reader.nextMember() { total += Number(storedBytes: member).size }
        case .list:
            total = 3
            while let element = reader.nextElement() { total += 1 + element.size }
        case .map:
            total = 3
            while let (name, value) = reader.nextAttribute() { total += 1 + name.count + value.size }
        }
        return total
    }
}

/// Appends length and payload of a value, as drawn at `Item`.
private func appendPayload(of value: AttributeValue, to bytes: inout [UInt8]) {
    switch value {
    case .string(var text):
        text.withUTF8 {
            appendLength($0.count, to: &bytes)
            bytes.append(contentsOf: $0)
        }
    case .number(let number):
        appendPayload(of: number, to: &bytes)
    case .binary(let binary):
        appendLength(binary.count, to: &bytes)
        bytes.append(contentsOf: binary)
    case .bool(let flag):
        appendLength(1, to: &bytes)
        bytes.append(flag ? 1 : 0)
    case .null:
        appendLength(0, to: &bytes)
    case .stringSet(let members):
        appendMembers(members.sortedByBytes.map { Array($0.utf8) }, to: &bytes)
    case .numberSet(let members):
        appendMembers(
            members.sorted().map { member in
                var stored: [UInt8] = []
                member.appendStoredBytes(to: &stored)
                return stored
            },
            to: &bytes
        )
    case .binarySet(let members):
        appendMembers(members.sorted { $0.lexicographicallyPrecedes($1) }, to: &bytes)
    case .list(let elements):
        var nested: [UInt8] = []
        for element in elements {
            nested.append(element.type.storedByte)
            appendPayload(of: element, to: &nested)
        }
        appendLength(nested.count, to: &bytes)
        bytes.append(contentsOf: nested)
    case .map(let map):
        var nested: [UInt8] = []
        for entry in map.entries {
            appendLength(entry.name.utf8.count, to: &nested)
            nested.append(contentsOf: entry.name.utf8)
            nested.append(entry.value.type.storedByte)
            appendPayload(of: entry.value, to: &nested)
        }
        appendLength(nested.count, to: &bytes)
        bytes.append(contentsOf: nested)
    }
}

private func appendPayload(of number: Number, to bytes: inout [UInt8]) {
    // The longest form is 19 bytes, so the length is one byte and can be patched.
    let lengthOffset = bytes.count
    bytes.append(0)
    number.appendStoredBytes(to: &bytes)
    bytes[lengthOffset] = UInt8(bytes.count - lengthOffset - 1)
}

/// The members must be in ascending order.
private func appendMembers(_ members: [[UInt8]], to bytes: inout [UInt8]) {
    var nested: [UInt8] = []
    for member in members {
        appendLength(member.count, to: &nested)
        nested.append(contentsOf: member)
    }
    appendLength(nested.count, to: &bytes)
    bytes.append(contentsOf: nested)
}

/// LEB128.
private func appendLength(_ length: Int, to bytes: inout [UInt8]) {
    var rest = length
    while rest >= 0x80 {
        bytes.append(UInt8(rest & 0x7F) | 0x80)
        rest >>= 7
    }
    bytes.append(UInt8(rest))
}

/// Negative, zero or positive as `left` sorts before, with or after `right`, by unsigned bytes.
@inlinable
public func compareBytes(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
    let common = min(left.count, right.count)
    if common > 0 {
        let comparison = memcmp(left.baseAddress!, right.baseAddress!, common)
        if comparison != 0 { return Int(comparison) }
    }
    return left.count - right.count
}
