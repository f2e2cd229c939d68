import Model

/// The literal values of one bound expression, in stored form, so that they compare with an item's bytes directly.
struct LiteralPool: Sendable {
    private let item: Item
    /// Where each literal's type, length and payload stand in the item's bytes.
    private let ranges: [Range<Int>]

    init(_ values: [AttributeValue]) {
        let item = Item(["l": .list(values)])
        self.item = item
        ranges = item.withBytes { bytes in
            var ranges: [Range<Int>] = []
            ranges.reserveCapacity(values.count)
            var reader = StoredReader(bytes)
            guard let (_, list) = reader.nextAttribute() else { return ranges }
            var contents = list.contents
            var start = list.payload.baseAddress! - bytes.baseAddress!
            while let element = contents.nextElement() {
                let end = element.payload.baseAddress! - bytes.baseAddress! + element.payload.count
                ranges.append(start..<end)
                start = end
            }
            return ranges
        }
    }

    /// Calls `body` with the literals' bytes, to be read by `value(_:in:)`.
    func withBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R { item.withBytes(body) }

    func value(_ index: Int, in bytes: UnsafeRawBufferPointer) -> StoredValue {
        var reader = StoredReader(UnsafeRawBufferPointer(rebasing: bytes[ranges[index]]))
        return reader.nextElement()!
    }
}
