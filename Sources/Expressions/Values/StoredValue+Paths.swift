import Model

/// Finding a path's value inside an item's bytes, without decoding anything on the way.
extension StoredReader {
    /// The value of an attribute or map entry; the reader must stand before the first one.
    package mutating func attribute(named name: AttributeName) -> StoredValue? {
        name.bytes.withUnsafeBytes { wanted in
            while let (candidate, value) = nextAttribute() {
                let comparison = compareBytes(candidate, wanted)
                if comparison == 0 { return value }
                // Names are sorted.
                if comparison > 0 { return nil }
            }
            return nil
        }
    }

    package mutating func element(at index: Int) -> StoredValue? {
        var position = 0
        while let element = nextElement() {
            if position == index { return element }
            position += 1
        }
        return nil
    }
}

extension Path {
    /// The value at this path in an item's bytes; nil when any part of the path is missing or no container.
    package func value(in itemBytes: UnsafeRawBufferPointer) -> StoredValue? {
        var reader = StoredReader(itemBytes)
        guard var value = reader.attribute(named: root) else { return nil }
        for segment in rest {
            var contents = value.contents
            let next: StoredValue? =
                switch (segment, value.type) {
                case (.name(let name), .map): contents.attribute(named: name)
                case (.index(let index), .list): contents.element(at: index)
                default: nil
                }
            guard let next else { return nil }
            value = next
        }
        return value
    }
}
