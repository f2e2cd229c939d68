/// An item, or a key, in one compact buffer: shared between replicas and indexes, never changed after it is built.
///
/// ```
/// attribute*     sorted by name bytes, no name twice
/// attribute  =   name length · name · type · payload length · payload      lengths are LEB128
/// payload    =   S, B: the bytes          N: sign, exponent, coefficient   BOOL: 0 or 1     NULL: nothing
///                sets: (length · member)*, members in ascending order
///                L: (type · length · payload)*         M: as an item's attributes
/// ```
/// The form is canonical: two items are equal exactly when their bytes are.
///
/// Sendable because the storage is never written after `ItemBuilder` made it.
public struct Item: @unchecked Sendable {
    @usableFromInline let storage: ItemStorage

    @usableFromInline init(storage: ItemStorage) { self.storage = storage }

    public static let empty = Item(AttributeMap())

    public init(_ attributes: AttributeMap) {
        var builder = ItemBuilder()
        for entry in attributes.entries { builder.append(entry.name, entry.value) }
        self = builder.finish()
    }

    /// The size the service counts: for the 400 KB limit, capacity and pages. Source: reference A2.
    @inlinable public var size: Int { Int(storage.header.size) }

    /// Number of top-level attributes.
    @inlinable public var count: Int { Int(storage.header.attributeCount) }
    @inlinable public var isEmpty: Bool { count == 0 }

    /// Bytes of the encoded form.
    @inlinable public var byteCount: Int { Int(storage.header.byteCount) }

    @inlinable
    public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        let count = Int(storage.header.byteCount)
        return try storage.withUnsafeMutablePointerToElements { pointer throws(E) in
            try body(UnsafeRawBufferPointer(start: pointer, count: count))
        }
    }

    /// The top-level attributes in order of their names' bytes. The views are valid inside `body` only.
    @inlinable
    public func forEach<E: Error>(
        _ body: (_ name: UnsafeRawBufferPointer, _ value: StoredValue) throws(E) -> Void
    ) throws(E) {
        try withBytes { bytes throws(E) in
            var reader = StoredReader(bytes)
            while let (name, value) = reader.nextAttribute() { try body(name, value) }
        }
    }

    /// Calls `body` with the attribute's stored value, or nil when there is none.
    @inlinable
    public func withValue<R, E: Error>(
        of name: AttributeName,
        _ body: (StoredValue?) throws(E) -> R
    ) throws(E) -> R {
        try withBytes { bytes throws(E) in
            var reader = StoredReader(bytes)
            let wanted = name.bytes.count
            let found = name.bytes.withUnsafeBytes { nameBytes -> StoredValue? in
                while let (candidate, value) = reader.nextAttribute() {
                    if candidate.count == wanted, candidate.elementsAreEqual(to: nameBytes) { return value }
                }
                return nil
            }
            return try body(found)
        }
    }

    public subscript(name: AttributeName) -> AttributeValue? {
        withValue(of: name) { $0?.decoded }
    }

    public subscript(name: String) -> AttributeValue? {
        self[AttributeName(name)]
    }

    public var attributes: AttributeMap {
        var entries: [AttributeMap.Entry] = []
        entries.reserveCapacity(count)
        forEach { name, value in
            entries.append(.init(name: String(decoding: name, as: UTF8.self), value: value.decoded))
        }
        return AttributeMap(sorted: entries)
    }

    /// Only the named attributes; absent ones are skipped.
    public func projected(to names: [AttributeName]) -> Item {
        var builder = ItemBuilder()
        forEach { name, value in
            if names.contains(where: { $0.matches(name) }) { builder.append(nameBytes: name, stored: value) }
        }
        return builder.finish()
    }

    /// Where the item lies in memory, to be fetched early; not to be read from.
    @inlinable package var address: UnsafeRawPointer { UnsafeRawPointer(Unmanaged.passUnretained(storage).toOpaque()) }
}

extension Item: Equatable {
    public static func == (left: Item, right: Item) -> Bool {
        if left.storage === right.storage { return true }
        return left.withBytes { leftBytes in
            right.withBytes { leftBytes.count == $0.count && leftBytes.elementsAreEqual(to: $0) }
        }
    }
}

extension Item: CustomStringConvertible, ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, AttributeValue)...) {
        var builder = ItemBuilder()
        for (name, value) in elements { builder.append(name, value) }
        self = builder.finish()
    }

    public var description: String { attributes.entries.map { "\($0.name): \($0.value)" }.joined(separator: ", ") }
}

/// An attribute's name with its UTF-8 bytes at hand.
public struct AttributeName: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    public let bytes: [UInt8]

    @inlinable public init(_ text: String) { bytes = Array(text.utf8) }
    @inlinable public init(stringLiteral text: String) { self.init(text) }

    public var description: String { String(decoding: bytes, as: UTF8.self) }

    @inlinable
    public func matches(_ other: UnsafeRawBufferPointer) -> Bool {
        other.count == bytes.count && bytes.withUnsafeBytes { other.elementsAreEqual(to: $0) }
    }
}

@usableFromInline
struct ItemHeader {
    @usableFromInline var byteCount: UInt32
    @usableFromInline var size: UInt32
    @usableFromInline var attributeCount: UInt32

    @usableFromInline
    init(byteCount: UInt32, size: UInt32, attributeCount: UInt32) {
        self.byteCount = byteCount
        self.size = size
        self.attributeCount = attributeCount
    }
}

/// Header and bytes in one allocation. Written once, by `ItemBuilder`.
@usableFromInline
final class ItemStorage: ManagedBuffer<ItemHeader, UInt8> {
    static func make(size: Int, attributeCount: Int, byteCount: Int) -> ItemStorage {
        let header = ItemHeader(
            byteCount: UInt32(byteCount),
            size: UInt32(size),
            attributeCount: UInt32(attributeCount)
        )
        let storage = create(minimumCapacity: byteCount) { _ in header }
        return unsafeDowncast(storage, to: ItemStorage.self)
    }
}
