/// The words that may not stand as bare attribute names in an expression. Case does not matter.
public enum ReservedWords {
    public static func contains(_ word: String) -> Bool {
        // No reserved word is longer than this, and fewer bytes mean less to upper-case.
        if word.utf8.count > longest { return false }
        let wanted = word.utf8.map { $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") ? $0 & 0xDF : $0 }
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle].utf8.lexicographicallyPrecedes(wanted) { low = middle + 1 } else { high = middle }
        }
        return low < sorted.count && sorted[low].utf8.elementsEqual(wanted)
    }

    private static let longest = sorted.reduce(0) { max($0, $1.utf8.count) }
}
