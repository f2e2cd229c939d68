import CChunkedArray
import Engine
import Model

/// The B-tree alone, beside a sorted array in chunks, written in C++.
enum BTreeMeasures {
    static var all: [Measure] { [insert, get, scan] }

    private static let opponent = "C++ chunked sorted array"

    private static var insert: Measure {
        Measure(
            name: "btree-insert",
            title: "B-tree alone: insert",
            opponent: opponent,
            unit: .perSecond,
            target: .ratioAtLeast(floor: 0.6, goal: 0.85)
        ) { bench in
            let places = Places(bench.data)
            return bench.compare {
                var tree = BTree()
                let time = seconds { places.fill(&tree) }
                precondition(tree.count == places.count, "every place is new")
                return time
            } opponent: {
                let array = ChunkedSortedArray()
                return seconds { places.fill(array) }
            }.rates(places.count)
        }
    }

    private static var get: Measure {
        Measure(
            name: "btree-get",
            title: "B-tree alone: get",
            opponent: opponent,
            unit: .perSecond,
            target: .ratioAtLeast(floor: 0.6, goal: 0.75)
        ) { bench in
            let (places, tree, array) = filled(bench)
            return bench.compareOften {
                seconds { bench.keep(places.readEach(tree)) }
            } opponent: {
                seconds { bench.keep(places.readEach(array)) }
            }.rates(places.count)
        }
    }

    private static var scan: Measure {
        Measure(
            name: "btree-scan",
            title: "B-tree alone: scan of 20",
            opponent: opponent,
            unit: .perSecond,
            target: .ratioAtLeast(floor: 0.25, goal: 0.5)
        ) { bench in
            let (places, tree, array) = filled(bench)
            return bench.compareOften {
                seconds { bench.keep(places.scanTwenty(tree)) }
            } opponent: {
                seconds { bench.keep(places.scanTwenty(array)) }
            }.rates(places.count)
        }
    }

    private static func filled(_ bench: Workbench) -> (Places, BTree, ChunkedSortedArray) {
        let places = Places(bench.data)
        var tree = BTree()
        places.fill(&tree)
        let array = ChunkedSortedArray()
        places.fill(array)
        return (places, tree, array)
    }
}

/// The data set's items at storage keys: hash, length and bytes of the partition key, and the sort key.
private final class Places {
    let count: Int
    private let data: DataSet
    private let items: [Item]
    private let keyBytes: UnsafeMutableRawBufferPointer
    private let keyLength: Int

    init(_ data: DataSet) {
        self.data = data
        count = data.count
        var maker = ItemMaker(data)
        items = data.rows.map { maker.item($0) }
        keyLength = 18 + data.rows[0].partitionKey.count + data.rows[0].sortKey.count
        keyBytes = .allocate(byteCount: data.count * keyLength, alignment: 8)
        for (number, row) in data.rows.enumerated() { writeKey(number, row) }
    }

    deinit { keyBytes.deallocate() }

    private func writeKey(_ number: Int, _ row: DataSet.Row) {
        let start = number * keyLength
        var hash = SeededRandom(seed: UInt64(number / DataSet.itemsPerPartitionKey))
        keyBytes.storeBytes(of: hash.next(), toByteOffset: start, as: UInt64.self)
        keyBytes.storeBytes(of: hash.next(), toByteOffset: start + 8, as: UInt64.self)
        keyBytes.storeBytes(of: UInt16(row.partitionKey.count).bigEndian, toByteOffset: start + 16, as: UInt16.self)
        let rest = UnsafeMutableRawBufferPointer(rebasing: keyBytes[(start + 18)...])
        rest.copyMemory(from: data[row.partitionKey])
        UnsafeMutableRawBufferPointer(rebasing: rest[row.partitionKey.count...]).copyMemory(from: data[row.sortKey])
    }

    private func key(_ number: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: keyBytes.baseAddress! + number * keyLength, count: keyLength)
    }

    // MARK: Ours

    func fill(_ tree: inout BTree) {
        for number in data.writeOrder {
            let bytes = key(number)
            tree.put(items[number], at: KeyProbe(bytes))
        }
    }

    func readEach(_ tree: BTree) -> Int {
        var bytes = 0
        for number in data.readOrder { bytes += tree.item(at: KeyProbe(key(number)))!.size }
        return bytes
    }

    func scanTwenty(_ tree: BTree) -> Int {
        var bytes = 0
        for number in data.readOrder {
            var left = 20
            tree.walk(KeyRange(lower: Array(key(number)), upper: nil)) { slot in
                bytes += slot.item.size
                left -= 1
                return left > 0
            }
        }
        return bytes
    }

    // MARK: The opponent: its payloads are pointers to the same items' bytes

    func fill(_ array: ChunkedSortedArray) {
        for number in data.writeOrder {
            let payload = items[number].withBytes { $0.baseAddress! }
            _ = chunked_array_insert(array.handle, key(number).baseAddress!, keyLength, payload)
        }
    }

    func readEach(_ array: ChunkedSortedArray) -> Int {
        var bytes = 0
        for number in data.readOrder {
            let payload = chunked_array_find(array.handle, key(number).baseAddress!, keyLength)!
            bytes += Int(payload.load(as: UInt8.self))
        }
        return bytes
    }

    func scanTwenty(_ array: ChunkedSortedArray) -> Int {
        var bytes = 0
        withUnsafeTemporaryAllocation(of: UnsafeRawPointer?.self, capacity: 20) { payloads in
            for number in data.readOrder {
                let found = chunked_array_scan(
                    array.handle,
                    key(number).baseAddress!,
                    keyLength,
                    20,
                    payloads.baseAddress!
                )
                for index in 0..<found { bytes += Int(payloads[index]!.load(as: UInt8.self)) }
            }
        }
        return bytes
    }
}

private final class ChunkedSortedArray {
    let handle = chunked_array_create()!

    deinit { chunked_array_destroy(handle) }
}
