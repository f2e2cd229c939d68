import Model

#if canImport(Glibc)
    import Glibc
#endif

/// What conditions ask of stored values. Source: reference C2.
extension StoredValue {
    /// Deep equality, sets without order, numbers by value. The stored form is canonical, so equal values are equal
    /// bytes.
    package func isEqual(to other: StoredValue) -> Bool {
        type == other.type && compareBytes(payload, other.payload) == 0
    }

    /// Negative, zero or positive as this value sorts before, with or after the other; nil when the types differ or
    /// have no order.
    package func comparison(with other: StoredValue) -> Int? {
        guard type == other.type else { return nil }
        switch type {
        case .string, .binary: return compareBytes(payload, other.payload)
        case .number:
            let (mine, theirs) = (number, other.number)
            return mine == theirs ? 0 : mine < theirs ? -1 : 1
        case .bool, .null, .stringSet, .numberSet, .binarySet, .list, .map: return nil
        }
    }

    /// What `size` answers: UTF-16 code units of a string, bytes of a binary, members of a container; nil for the rest.
    package var memberCount: Int? {
        var reader = contents
        var count = 0
        switch type {
        case .string: return utf16Length(payload)
        case .binary: return payload.count
        case .number, .bool, .null: return nil
        case .stringSet, .numberSet, .binarySet: while reader.nextMember() != nil { count += 1 }
        case .list: while reader.nextElement() != nil { count += 1 }
        case .map: while reader.nextAttribute() != nil { count += 1 }
        }
        return count
    }

    /// Substring of a string, subsequence of a binary, member of a set, element of a list.
    package func contains(_ other: StoredValue) -> Bool {
        var reader = contents
        switch (type, other.type) {
        case (.string, .string), (.binary, .binary):
            return payload.contains(sequence: other.payload)
        case (.stringSet, .string), (.numberSet, .number), (.binarySet, .binary):
            while let member = reader.nextMember() {
                if compareBytes(member, other.payload) == 0 { return true }
            }
            return false
        case (.list, _):
            while let element = reader.nextElement() {
                if element.isEqual(to: other) { return true }
            }
            return false
        default:
            return false
        }
    }

    /// Only strings begin with strings and binaries with binaries.
    package func begins(with prefix: StoredValue) -> Bool {
        guard type == prefix.type, type == .string || type == .binary, payload.count >= prefix.payload.count
        else { return false }
        return compareBytes(UnsafeRawBufferPointer(rebasing: payload[..<prefix.payload.count]), prefix.payload) == 0
    }
}

extension AttributeValue {
    /// As `StoredValue.memberCount`.
    package var memberCount: Int? {
        switch self {
        case .string(let text): text.utf16.count
        case .binary(let bytes): bytes.count
        case .number, .bool, .null: nil
        case .stringSet(let members): members.count
        case .numberSet(let members): members.count
        case .binarySet(let members): members.count
        case .list(let elements): elements.count
        case .map(let map): map.count
        }
    }

    /// Calls `body` with the stored form of this value, which is valid only inside.
    package func withStored<R>(_ body: (StoredValue) -> R) -> R {
        Item(["v": self]).withValue(of: "v") { body($0!) }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func contains(sequence: UnsafeRawBufferPointer) -> Bool {
        guard let first = sequence.first else { return true }
        var start = 0
        while start + sequence.count <= count {
            guard let found = memchr(baseAddress! + start, Int32(first), count - sequence.count - start + 1)
            else { return false }
            start = UnsafeRawPointer(found) - baseAddress!
            if memcmp(found, sequence.baseAddress!, sequence.count) == 0 { return true }
            start += 1
        }
        return false
    }
}

/// One code unit a character, two for those of four bytes.
private func utf16Length(_ utf8: UnsafeRawBufferPointer) -> Int {
    utf8.reduce(0) { length, byte in
        byte & 0xC0 == 0x80 ? length : length + (byte >= 0xF0 ? 2 : 1)
    }
}
