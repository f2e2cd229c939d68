import Model

/// A place where a partition's range may be cut in two.
struct RangeCut {
    /// The first storage key of the right side: a whole hash where that is possible.
    let key: [UInt8]
    /// The sort key there, when the cut lies inside an item collection.
    var sortKey: String?
}

extension KeySpace {
    /// Where half of the partition's bytes lie on either side, or as near to that as a cut can be: between two items,
    /// and where there are local indexes between two item collections. Nil when there is no such place.
    func cutAtByteMedian(of partition: Partition) -> RangeCut? {
        var best: RangeCut?
        var bestDistance = Int.max
        var passed = 0
        var previous: [UInt8] = []
        partition.tree.walk(.everything) { slot in
            let key = slot.keyBytes
            let distance = abs(2 * passed - partition.sizeBytes)
            if passed > 0, distance < bestDistance, let cut = cut(between: previous, and: key, at: slot.item) {
                (best, bestDistance) = (cut, distance)
            } else if best != nil, distance > bestDistance {
                return false
            }
            passed += weight(of: slot.item)
            previous.removeAll(keepingCapacity: true)
            previous.append(contentsOf: key)
            return true
        }
        return best
    }

    /// The middle of the partition's hashes; of its bytes, when all of it lies in one hash.
    func cutAtMiddle(of partition: Partition) -> RangeCut? {
        guard let middle = partition.range.middleHash else { return cutAtByteMedian(of: partition) }
        return RangeCut(key: KeyRange.bytes(of: middle))
    }

    private func cut(between previous: [UInt8], and key: UnsafeRawBufferPointer, at item: Item) -> RangeCut? {
        if !key.starts(with: previous.prefix(16)) { return RangeCut(key: Array(key.prefix(16))) }
        let collection = key.prefix(18 + Int(key[16]) << 8 + Int(key[17]))
        if !previous.starts(with: collection) { return RangeCut(key: Array(collection)) }
        return localIndexes.isEmpty ? RangeCut(key: Array(key), sortKey: sortKeyText(of: item)) : nil
    }

    /// What the item adds to its partition: itself, and its entries in local indexes.
    func weight(of item: Item) -> Int {
        localIndexes.reduce(item.size) { $0 + ($1.entry(for: item)?.size ?? 0) }
    }

    /// What orders the entry inside its collection, as a person reads it.
    private func sortKeyText(of entry: Item) -> String {
        let names =
            index.map { $0.definition.key.range + table.key.attributes } ?? table.key.range
        return names.map { entry[$0.name].map { $0.keyText } ?? "" }.joined(separator: ", ")
    }
}

extension AttributeValue {
    /// A key value as a person reads it.
    fileprivate var keyText: String {
        switch self {
        case .string(let text): text
        case .number(let number): "\(number)"
        case .binary(let bytes): Base64.text(bytes)
        default: preconditionFailure("a key is a string, a number or binary")
        }
    }
}

extension Base64 {
    fileprivate static func text(_ binary: [UInt8]) -> String {
        var bytes: [UInt8] = []
        binary.withUnsafeBytes { append($0, to: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
