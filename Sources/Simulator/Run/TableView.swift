import Engine
import Model

/// A table with all the keys it may have, and what items look like in it.
struct TableView {
    let number: Int
    let shape: TableShape
    /// In the order of storage keys, which is that of scans, and of queries within a partition key.
    let keys: [Item]
    /// Their storage keys.
    let places: [[UInt8]]
    /// Positions by partition key.
    let spans: [Range<Int>]
    /// Positions by partition key · sort keys + sort key.
    private let positions: [Int]

    /// The table must be there.
    init(number: Int, shape: TableShape, in region: Region) {
        self.number = number
        self.shape = shape
        let sorts = shape.sortCount ?? 1
        let drawn = (0..<shape.keyCount).map { flat in
            let key = shape.key(hash: flat / sorts, sort: flat % sorts)
            return (flat: flat, key: key, place: region.storageKey(of: key, in: shape.name)!)
        }
        let sorted = drawn.sorted { $0.place.lexicographicallyPrecedes($1.place) }
        keys = sorted.map(\.key)
        places = sorted.map(\.place)
        var positions = Array(repeating: 0, count: shape.keyCount)
        for (position, entry) in sorted.enumerated() { positions[entry.flat] = position }
        spans = (0..<shape.hashCount).map { hash in
            let first = positions[hash * sorts..<(hash + 1) * sorts].min()!
            return first..<first + sorts
        }
        self.positions = positions
    }

    /// The item that an operation leaves at a key.
    func item(at position: Int, _ stamp: Stamp, _ content: Content) -> Item {
        var builder = ItemBuilder()
        keys[position].forEach { name, value in builder.append(nameBytes: name, stored: value) }
        builder.append("w", .number(Number(stamp.writer)))
        builder.append("n", .number(Number(stamp.count)))
        for (name, value) in content.attributes { builder.append(name, value) }
        return builder.finish()
    }

    /// Nil when it is no key of this table.
    func position(of item: Item) -> Int? {
        guard case .string(let text)? = item["pk"], text.utf8.first == UInt8(ascii: "k"),
            let hash = Int(text.dropFirst()), hash >= 0, hash < shape.hashCount
        else { return nil }
        guard let sorts = shape.sortCount else { return positions[hash] }
        guard let sort = item.integer("sk"), sort >= 0, sort < sorts else { return nil }
        return positions[hash * sorts + sort]
    }

    func name(of position: Int) -> String {
        let sort = keys[position].integer("sk").map { "/\($0)" } ?? ""
        guard case .string(let hash)? = keys[position]["pk"] else { preconditionFailure("every key has a pk") }
        return "\(shape.name) \(hash)\(sort)"
    }
}

extension Content {
    /// In the order of names.
    var attributes: [(name: String, value: AttributeValue)] {
        var attributes: [(name: String, value: AttributeValue)] = []
        if fill > 0 { attributes.append(("fill", .string(String(repeating: "x", count: fill)))) }
        if let group { attributes.append(("g", .string("g\(group)"))) }
        if let localSort { attributes.append(("l", .number(Number(localSort)))) }
        if let sort { attributes.append(("s", .number(Number(sort)))) }
        return attributes
    }

    static let attributeNames = ["fill", "g", "l", "s"]
}

extension Item {
    func integer(_ name: String) -> Int? {
        if case .number(let number)? = self[name] { number.integer } else { nil }
    }

    var stamp: Stamp? {
        guard let writer = integer("w"), let count = integer("n") else { return nil }
        return Stamp(writer: writer, count: count)
    }
}
