/// Finds what a word stands for, by its folded form. Made once, then only read.
///
/// An open table of twice as many places as words: a look-up costs one hash over the word and hardly ever a second
/// probe, where a dictionary would hash the hash again.
struct WordTable<Value: Sendable>: Sendable {
    private var places: [(hash: UInt64, value: Value)?]
    private let mask: Int

    init(_ words: [(String, Value)]) {
        var size = 16
        while size < words.count * 2 { size *= 2 }
        places = Array(repeating: nil, count: size)
        mask = size - 1
        for (word, value) in words { insert(FoldedWord(word).hash, value) }
    }

    private mutating func insert(_ hash: UInt64, _ value: Value) {
        var place = Int(truncatingIfNeeded: hash) & mask
        while let taken = places[place], taken.hash != hash { place = (place + 1) & mask }
        places[place] = (hash, value)
    }

    @inline(__always)
    subscript(word: FoldedWord) -> Value? {
        var place = Int(truncatingIfNeeded: word.hash) & mask
        while let found = places[place] {
            if found.hash == word.hash { return found.value }
            place = (place + 1) & mask
        }
        return nil
    }
}
