import Model

/// The attributes of a result in the order of its columns: keys first, then by frequency, then by name.
struct ItemColumns {
    let names: [AttributeName]

    init(of items: [Item?], keys: [AttributeName]) {
        var positions: [AttributeName: Int] = [:]
        var found: [(name: AttributeName, count: Int)] = []
        for case let item? in items {
            item.forEach { name, _ in
                let name = AttributeName(utf8: name)
                if let position = positions[name] {
                    found[position].count += 1
                } else {
                    positions[name] = found.count
                    found.append((name, 1))
                }
            }
        }
        let presentKeys = keys.filter { positions[$0] != nil }
        let others = found.filter { !presentKeys.contains($0.name) }
            .sorted { ($1.count, $0.name.bytes) < ($0.count, $1.name.bytes) }
        names = presentKeys + others.map(\.name)
    }
}

extension AttributeName {
    init(utf8 bytes: UnsafeRawBufferPointer) {
        self.init(String(decoding: bytes, as: UTF8.self))
    }
}

/// Lexicographic order of a pair: a larger count, then smaller bytes.
private func < (left: (Int, [UInt8]), right: (Int, [UInt8])) -> Bool {
    left.0 != right.0 ? left.0 < right.0 : left.1.lexicographicallyPrecedes(right.1)
}
