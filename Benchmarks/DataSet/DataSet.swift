import Model

/// The rows that every measure works on: flat items of six attributes, about 300 bytes, 50 under each partition key.
///
/// ```
/// pk  CUST#0001234    sk  ORDER#000017    city  C0123    note  about 235 letters    status  SHIPPED    total  123456
/// ```
/// The texts lie behind one another in one block of memory and are lent as they are, so that both sides of a
/// comparison are fed from the same bytes and neither pays for Strings.
final class DataSet {
    static let itemsPerPartitionKey = 50

    struct Row {
        let partitionKey: Text
        let sortKey: Text
        let city: Text
        let note: Text
        let status: Text
        let total: Int
    }

    /// Where a text lies in the block.
    struct Text {
        let offset: Int
        let count: Int
    }

    let count: Int
    /// By partition key, then sort key.
    private(set) var rows: [Row] = []
    /// Row numbers in random order: how rows are written, and another one for how they are read.
    let writeOrder: [Int]
    let readOrder: [Int]
    private let base: UnsafeMutableRawPointer

    /// `noteBytes` is the length of the attribute that makes an item as large as it is.
    init(count: Int, noteBytes: Int = 235) {
        precondition(count % DataSet.itemsPerPartitionKey == 0, "every partition key has all its items")
        self.count = count
        var random = SeededRandom(seed: 20_260_101)
        writeOrder = (0..<count).shuffled(using: &random)
        readOrder = (0..<count).shuffled(using: &random)
        base = .allocate(byteCount: count * (noteBytes + 64), alignment: 8)
        rows.reserveCapacity(count)
        var end = 0
        for number in 0..<count {
            rows.append(makeRow(number, noteBytes: noteBytes, &random, &end))
        }
    }

    deinit { base.deallocate() }

    subscript(text: Text) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base + text.offset, count: text.count)
    }

    func string(_ text: Text) -> String { String(decoding: self[text], as: UTF8.self) }

    private static let statuses = ["PENDING", "PAID", "SHIPPED", "DELIVERED", "RETURNED"]

    private func makeRow(_ number: Int, noteBytes: Int, _ random: inout SeededRandom, _ end: inout Int) -> Row {
        let owner = number / DataSet.itemsPerPartitionKey
        let order = number % DataSet.itemsPerPartitionKey
        return Row(
            partitionKey: keep("CUST#" + DataSet.digits(owner, 7), &end),
            sortKey: keep("ORDER#" + DataSet.digits(order, 6), &end),
            city: keep("C" + DataSet.digits(random.below(2_000), 4), &end),
            note: keepLetters(noteBytes, &random, &end),
            status: keep(DataSet.statuses[random.below(DataSet.statuses.count)], &end),
            total: 100 + random.below(1_000_000)
        )
    }

    private func keep(_ string: String, _ end: inout Int) -> Text {
        let text = Text(offset: end, count: string.utf8.count)
        for byte in string.utf8 {
            base.storeBytes(of: byte, toByteOffset: end, as: UInt8.self)
            end += 1
        }
        return text
    }

    private func keepLetters(_ count: Int, _ random: inout SeededRandom, _ end: inout Int) -> Text {
        let text = Text(offset: end, count: count)
        for _ in 0..<count {
            base.storeBytes(of: UInt8(97 + random.below(26)), toByteOffset: end, as: UInt8.self)
            end += 1
        }
        return text
    }

    static func digits(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: width - digits.count) + digits
    }
}
