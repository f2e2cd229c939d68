/// A record's place in its stream, as the API writes it: 21 digits that grow within a shard and from parent to child.
///
/// ```
/// 1 000000000000042 00003
///   │               └ the partition whose changes the shard tells
///   └ position: counts the records of a lineage of shards
/// ```
/// A shard's first number is set aside when it opens, so that a shard without records has a range too.
enum SequenceNumber {
    private static let positionDigits = 15
    private static let partitionDigits = 5

    static func text(position: UInt64, partition: Int) -> String {
        "1" + String(position, width: positionDigits) + String(partition % 100_000, width: partitionDigits)
    }

    /// The position that a number stands for: 0 for one before all, the largest for one behind all. Nil for what is no
    /// number.
    static func position(in text: String) -> UInt64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) else {
            return nil
        }
        let significant = text.drop { $0 == "0" }
        let length = 1 + positionDigits + partitionDigits
        if significant.utf8.count < length { return 0 }
        if significant.utf8.count > length || significant.first != "1" { return .max }
        return UInt64(significant.dropFirst().prefix(positionDigits))
    }
}
